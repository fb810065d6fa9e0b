//! The deadline is the server's, and needs nobody's help.

use anyhow::{Result, bail, ensure};
use contract::{AttemptState, HandInBy};
use harness::{Backend, Bank, Browser, ClassFolder, Fault, FaultProxy, Page, Role, sample};

use crate::steps::{CANDIDATE, CLASS, Stage, answer_some, at_question, sign_in, start_exam};

#[tokio::test]
async fn the_exam_hands_itself_in_at_the_deadline_with_the_answers_so_far() -> Result<()> {
    let class = ClassFolder::sample()?.exam_time("25s")?;
    let bank = Bank::read(class.path())?;
    let stage = Stage::with(class.path()).await?;
    let page = &stage.page;
    sign_in(page, CANDIDATE).await?;
    page.open(CLASS).await?;
    start_exam(page).await?;
    answer_some(page, &bank, 1, 1).await?;
    page.heading("考试未合格").await?;
    page.shows("到时自动交卷").await?;
    let attempt = stage.api(CANDIDATE).await?.newest_attempt().await?;
    let AttemptState::HandedIn { receipt, .. } = attempt.state else {
        bail!("the attempt is still open");
    };
    ensure!(
        receipt.by == HandInBy::Deadline,
        "handed in by {:?}",
        receipt.by
    );
    ensure!(receipt.answered == 1, "{} answers count", receipt.answered);
    ensure!(
        receipt.at >= attempt.deadline,
        "handed in before the deadline"
    );
    stage.browser.quit().await
}

/// Seconds left, as shown.
async fn seconds_left(page: &Page) -> Result<u64> {
    let shown = page.one(Role::Timer, "剩余时间").await?.element;
    let text = shown.text().await?;
    let digits = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    digits
        .split(':')
        .try_fold(0, |sum, part| Ok(sum * 60 + part.parse::<u64>()?))
}

#[tokio::test]
async fn after_a_sleep_no_more_time_is_shown_than_there_is_until_the_server_has_told_it()
-> Result<()> {
    let backend = Backend::start(&sample()).await?;
    let proxy = FaultProxy::start(backend.port()).await?;
    let browser = Browser::start().await?;
    let page = browser.page(&proxy.origin())?;
    sign_in(&page, CANDIDATE).await?;
    page.open(CLASS).await?;
    start_exam(&page).await?;
    ensure!(
        seconds_left(&page).await? > 55 * 60,
        "the exam takes an hour"
    );

    // To the page this is a sleep of ten minutes. Nothing really slept: when the server says so,
    // the time is back.
    proxy.fail("GET", "/api/v1/attempts/", Fault::Refuse);
    let sleep = "const now = Date.now.bind(Date); Date.now = () => now() + 600000; return true";
    page.js::<bool>(sleep, vec![]).await?;
    page.until("ten minutes less", || async {
        Ok((seconds_left(&page).await? <= 50 * 60).then_some(()))
    })
    .await?;
    page.until("the server to be asked again and again", || async {
        Ok((proxy.happened() > 2).then_some(()))
    })
    .await?;
    at_question(&page, 1).await?;
    proxy.heal();
    page.until("the server's time", || async {
        Ok((seconds_left(&page).await? > 55 * 60).then_some(()))
    })
    .await?;
    browser.quit().await
}
