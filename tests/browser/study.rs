//! Study counts what was watched, once.

use std::time::Duration;

use anyhow::{Result, ensure};
use contract::Completion;
use harness::{Browser, Fault, FaultProxy, Key, Page, Role};
use tokio::time::sleep;

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

/// Watches the first lesson up to that millisecond and a little more, and pauses there; says where
/// that was.
async fn watch_to(page: &Page, ms: u64) -> Result<u64> {
    page.open(LESSON).await?;
    page.button("播放").await?;
    played_to(page, ms).await?;
    page.button("暂停").await?;
    let left_at = position(page).await?;
    saved(page).await?;
    Ok(left_at)
}

#[tokio::test]
async fn a_lesson_resumes_where_the_person_left_off_also_in_another_browser() -> Result<()> {
    let stage = Stage::sample().await?;
    sign_in(&stage.page, BEGINNER).await?;
    let left_at = watch_to(&stage.page, 7000).await?;

    let other = Browser::start().await?;
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

#[tokio::test]
async fn leaving_a_lesson_before_its_video_has_come_keeps_the_place() -> Result<()> {
    let stage = Stage::sample().await?;
    sign_in(&stage.page, BEGINNER).await?;
    watch_to(&stage.page, 7000).await?;
    let api = stage.api(BEGINNER).await?;
    let lesson = api.class().await?.courses[0].lessons[0].id.clone();
    let left_at = api.lesson(&lesson).await?.progress.position_ms;
    ensure!(left_at >= 6500, "the server has {left_at} ms");

    // Another browser, which has nothing of the video.
    let proxy = FaultProxy::start(stage.backend.port()).await?;
    let other = Browser::start().await?;
    let page = other.page(&proxy.origin())?;
    sign_in(&page, BEGINNER).await?;
    proxy.fail("GET", ".mp4", Fault::Delay(Duration::from_secs(60)));
    page.open(LESSON).await?;
    page.until("the video to be asked for", || async {
        Ok((proxy.happened() > 0).then_some(()))
    })
    .await?;
    let ready: u8 = page
        .js("return document.querySelector('video').readyState", vec![])
        .await?;
    ensure!(ready == 0, "the video has come");
    page.link("学习").await?;
    page.arrives_at("/").await?;
    sleep(Duration::from_secs(1)).await;
    let kept = api.lesson(&lesson).await?.progress.position_ms;
    ensure!(kept == left_at, "{left_at} ms were left, {kept} are kept");
    other.quit().await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn a_video_that_lost_its_link_goes_on_where_it_was() -> Result<()> {
    let stage = Stage::sample().await?;
    sign_in(&stage.page, BEGINNER).await?;
    watch_to(&stage.page, 2000).await?;

    let proxy = FaultProxy::start(stage.backend.port()).await?;
    let other = Browser::start().await?;
    let page = other.page(&proxy.origin())?;
    sign_in(&page, BEGINNER).await?;
    // A part of it comes, and then nothing more.
    proxy.fail("GET", ".mp4", Fault::Truncate);
    page.open(LESSON).await?;
    page.until("the video to break off", || async {
        Ok((proxy.happened() > 0).then_some(()))
    })
    .await?;
    proxy.fail("GET", ".mp4", Fault::Status(503));
    page.button("播放").await?;
    page.shows("视频加载失败").await?;
    let lost_at = position(&page).await?;
    ensure!(lost_at > 4000, "it stopped at {lost_at} ms");

    proxy.heal();
    page.button("播放").await?;
    played_to(&page, lost_at + 1000).await?;
    page.button("暂停").await?;
    let now = position(&page).await?;
    ensure!(now < lost_at + 9000, "{lost_at} ms, then {now}");
    saved(&page).await?;
    other.quit().await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn a_place_chosen_before_the_video_has_come_wins() -> Result<()> {
    let stage = Stage::sample().await?;
    sign_in(&stage.page, BEGINNER).await?;
    watch_to(&stage.page, 2000).await?;

    let proxy = FaultProxy::start(stage.backend.port()).await?;
    let other = Browser::start().await?;
    let page = other.page(&proxy.origin())?;
    sign_in(&page, BEGINNER).await?;
    proxy.fail("GET", ".mp4", Fault::Status(503));
    page.open(LESSON).await?;
    page.shows("视频加载失败").await?;
    ensure!(proxy.happened() > 0, "the video was there");
    seek(&page, Key::End).await?;
    proxy.heal();
    page.button("重试").await?;
    page.until("the video to stand", || async {
        let stands = "const video = document.querySelector('video');
            return video.readyState > 1 && !video.seeking";
        Ok(page.js::<bool>(stands, vec![]).await?.then_some(()))
    })
    .await?;
    let at = position(&page).await?;
    ensure!(at > 60_000, "the video stands at {at} ms");
    other.quit().await?;
    stage.browser.quit().await
}
