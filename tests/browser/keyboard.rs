//! The way through without a mouse.

use anyhow::{Result, ensure};
use harness::{Key, Page, Role};

use crate::steps::{CANDIDATE, CLASS, PASSWORD, Stage, at_question};

async fn press_on(page: &Page, role: Role, name: &str, key: Key) -> Result<()> {
    page.tab_to(role, name).await?;
    page.press(key).await
}

async fn write_in(page: &Page, label: &str, text: &str) -> Result<()> {
    page.tab_to(Role::Field, label).await?;
    Ok(page
        .driver()
        .action_chain()
        .send_keys(text)
        .perform()
        .await?)
}

#[tokio::test]
async fn sign_in_and_exam_go_by_keyboard_alone() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    page.open(CLASS).await?;
    write_in(page, "用户名", CANDIDATE).await?;
    write_in(page, "密码", PASSWORD).await?;
    page.press(Key::Enter).await?;
    page.arrives_at(CLASS).await?;
    press_on(page, Role::Link, "参加考试", Key::Enter).await?;
    press_on(page, Role::Button, "开始考试", Key::Enter).await?;
    at_question(page, 1).await?;
    press_on(page, Role::Radio, "", Key::Space).await?;
    page.shows("已答 1 题").await?;
    page.press(Key::Down).await?;
    page.shows("已保存").await?;
    press_on(page, Role::Button, "下一题", Key::Enter).await?;
    at_question(page, 2).await?;
    press_on(page, Role::Button, "检查答卷", Key::Enter).await?;
    press_on(page, Role::Button, "交卷", Key::Enter).await?;
    page.first_with(Role::Dialog, "").await?;
    // A dialog keeps the focus, and Escape leaves it.
    page.press(Key::Escape).await?;
    page.until("the dialog to close", || async {
        Ok(page.all(Role::Dialog, "").await?.is_empty().then_some(()))
    })
    .await?;
    press_on(page, Role::Button, "交卷", Key::Enter).await?;
    press_on(page, Role::Button, "确认交卷", Key::Enter).await?;
    page.heading("考试未合格").await?;
    let attempt = stage.api(CANDIDATE).await?.newest_attempt().await?;
    ensure!(
        attempt.answers.len() == 1,
        "{} answers arrived",
        attempt.answers.len()
    );
    stage.browser.quit().await
}
