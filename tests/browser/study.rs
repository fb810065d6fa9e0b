//! Study counts what was watched, once.

use anyhow::{Result, ensure};
use contract::Completion;
use harness::{Key, Page, Role};

use crate::steps::{BEGINNER, LESSON, Stage, played_to, position, sign_in};

/// What the server has of the first lesson: milliseconds covered, and whether it is complete.
async fn on_server(stage: &Stage) -> Result<(u64, Completion)> {
    let class = stage.api(BEGINNER).await?.class().await?;
    let lesson = &class.courses[0].lessons[0];
    Ok((lesson.covered_ms, lesson.completion))
}

/// Moves the player by a key on its position slider.
async fn seek(page: &Page, key: Key) -> Result<()> {
    page.one(Role::Slider, "播放进度")
        .await?
        .element
        .focus()
        .await?;
    page.press(key).await
}

async fn saved(page: &Page) -> Result<()> {
    page.shows("学习记录已保存").await
}

#[tokio::test]
async fn seeking_to_the_end_without_watching_completes_nothing() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    sign_in(page, BEGINNER).await?;
    page.open(LESSON).await?;
    page.button("播放").await?;
    played_to(page, 2000).await?;
    let before = position(page).await?;
    seek(page, Key::End).await?;
    page.until("the video to end", || async {
        let ended: bool = page
            .js("return document.querySelector('video').ended", vec![])
            .await?;
        Ok(ended.then_some(()))
    })
    .await?;
    saved(page).await?;
    let (covered, completion) = on_server(&stage).await?;
    ensure!(
        completion == Completion::Open,
        "the lesson counts as complete"
    );
    // What was played before the jump, and what the player had left to play after it.
    let most = before + 4000;
    ensure!(
        (1..most).contains(&covered),
        "{covered} ms count of about {before} ms played"
    );
    page.open("/classes/fgqy-2026").await?;
    page.shows("已完成 0 门，共 8 门").await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn watching_one_part_twice_adds_nothing() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    sign_in(page, BEGINNER).await?;
    page.open(LESSON).await?;
    page.button("播放").await?;
    played_to(page, 8000).await?;
    page.button("暂停").await?;
    let first = position(page).await?;
    saved(page).await?;
    let (once, _) = on_server(&stage).await?;
    ensure!(
        once.abs_diff(first) <= 1000,
        "{once} ms count of {first} ms"
    );

    seek(page, Key::Home).await?;
    page.until("the beginning", || async {
        Ok((position(page).await? < 1000).then_some(()))
    })
    .await?;
    page.button("播放").await?;
    played_to(page, 6000).await?;
    page.button("暂停").await?;
    saved(page).await?;
    let (twice, _) = on_server(&stage).await?;
    ensure!(
        twice.abs_diff(once) <= 100,
        "{twice} ms count after the second time, {once} before"
    );
    stage.browser.quit().await
}

#[tokio::test]
async fn a_lesson_resumes_where_the_person_left_off_also_in_another_browser() -> Result<()> {
    let stage = Stage::sample().await?;
    sign_in(&stage.page, BEGINNER).await?;
    stage.page.open(LESSON).await?;
    stage.page.button("播放").await?;
    played_to(&stage.page, 7000).await?;
    stage.page.button("暂停").await?;
    let left_at = position(&stage.page).await?;
    saved(&stage.page).await?;

    let other = harness::Browser::start().await?;
    let page = other.page(&stage.backend.origin())?;
    sign_in(&page, BEGINNER).await?;
    page.open(LESSON).await?;
    page.one(Role::Button, "播放").await?;
    page.until("the place where the person left off", || async {
        Ok((position(&page).await?.abs_diff(left_at) < 1000).then_some(()))
    })
    .await?;
    other.quit().await?;
    stage.browser.quit().await
}
