//! No answer is ever lost: killed browsers, killed backends, broken links, reloads, other devices.

use std::time::Duration;

use anyhow::{Result, ensure};
use contract::AttemptState;
use harness::{Api, Bank, Browser, Engine, Fault, Role, note, sample};

use crate::steps::{
    CANDIDATE, CLASS, InExam, PASSWORD, Stage, all_saved, answer_some, at_question, attempt_path,
    fill_sign_in, right_on_server, sign_in, start_exam,
};

#[tokio::test]
async fn killing_the_browser_in_mid_exam_and_starting_it_again_loses_no_answer() -> Result<()> {
    if Engine::asked_for()? == Engine::WebKit {
        note("WPE WebKit under WebDriver keeps nothing over a restart: not tested there");
        return Ok(());
    }
    let InExam {
        bank,
        backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    answer_some(&page, &bank, 1, 3).await?;
    all_saved(&page).await?;

    proxy.fail("PUT", "/answers/", Fault::Refuse);
    answer_some(&page, &bank, 4, 3).await?;
    page.shows("3 题已存本机，待上传").await?;
    ensure!(proxy.happened() > 0, "the server was reachable");
    let path = attempt_path(&page).await?;

    let browser = browser.kill_and_start_again().await?;
    let page = browser.page(&proxy.origin())?;
    page.open(&path).await?;
    // A cookie that was not yet on the disk is gone with the kill; answers must not be.
    let asked = page
        .until("the exam, or the form to sign in", || async {
            let asked = !page.all(Role::Field, "密码").await?.is_empty();
            let there = !page.all_with(Role::Heading, "题，共").await?.is_empty();
            Ok((asked || there).then_some(asked))
        })
        .await?;
    if asked {
        fill_sign_in(&page, CANDIDATE, PASSWORD).await?;
    }
    page.shows("已答 6 题").await?;
    let api = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    ensure!(
        right_on_server(&api, &bank).await? == 3,
        "the server had been reached"
    );

    proxy.heal();
    all_saved(&page).await?;
    ensure!(
        right_on_server(&api, &bank).await? == 6,
        "an answer is lost"
    );
    browser.quit().await
}

#[tokio::test]
async fn killing_the_backend_in_mid_exam_and_starting_it_again_loses_no_answer() -> Result<()> {
    let bank = Bank::read(&sample())?;
    let mut stage = Stage::sample().await?;
    let page = stage.page.clone();
    sign_in(&page, CANDIDATE).await?;
    page.open(CLASS).await?;
    start_exam(&page).await?;
    answer_some(&page, &bank, 1, 3).await?;
    all_saved(&page).await?;

    stage.backend.kill()?;
    answer_some(&page, &bank, 4, 2).await?;
    page.shows("2 题已存本机，待上传").await?;
    stage.backend.start_again().await?;
    all_saved(&page).await?;
    let api = stage.api(CANDIDATE).await?;
    ensure!(
        right_on_server(&api, &bank).await? == 5,
        "an answer is lost"
    );
    stage.browser.quit().await
}

#[tokio::test]
async fn an_answer_whose_reply_is_lost_a_reload_and_another_browser_go_on_where_it_was()
-> Result<()> {
    let InExam {
        bank,
        backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    proxy.fail("PUT", "/answers/", Fault::LoseReply);
    answer_some(&page, &bank, 1, 2).await?;
    page.shows("2 题已存本机，待上传").await?;
    ensure!(proxy.happened() > 0, "no reply was lost");
    page.reload().await?;
    page.shows("已答 2 题").await?;
    proxy.heal();
    all_saved(&page).await?;

    let other = Browser::start().await?;
    let second = other.page(&backend.origin())?;
    sign_in(&second, CANDIDATE).await?;
    second.link("继续考试").await?;
    second.shows("已答 2 题").await?;
    second.button("第 3 题，未作答").await?;
    answer_some(&second, &bank, 3, 1).await?;
    all_saved(&second).await?;

    page.reload().await?;
    page.shows("已答 3 题").await?;
    let api = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    let attempts = api.class().await?.exam.attempts.len();
    ensure!(attempts == 1, "{attempts} attempts were consumed");
    ensure!(
        right_on_server(&api, &bank).await? == 3,
        "an answer is lost"
    );
    at_question(&page, 3).await?;
    other.quit().await?;
    browser.quit().await
}

// The server's word on the attempt is from before the device's own arrives, and comes after it.

#[tokio::test]
async fn answers_that_arrive_while_a_reload_waits_for_the_attempt_are_shown_and_saved() -> Result<()>
{
    let InExam {
        bank,
        backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    proxy.fail("PUT", "/answers/", Fault::Refuse);
    answer_some(&page, &bank, 1, 2).await?;
    page.shows("2 题已存本机，待上传").await?;

    proxy.heal();
    let before = (proxy.happened(), proxy.seen("GET", "/api/v1/attempts/"));
    proxy.fail("PUT", "/answers/", Fault::Delay(Duration::from_secs(1)));
    let late = Fault::DelayReply(Duration::from_secs(9));
    proxy.fail("GET", "/api/v1/attempts/", late);
    page.reload().await?;
    let api = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    page.until("the answers to reach the server", || async {
        Ok((right_on_server(&api, &bank).await? == 2).then_some(()))
    })
    .await?;
    let asked = proxy.seen("GET", "/api/v1/attempts/") - before.1;
    ensure!(
        asked == 1 && proxy.happened() >= before.0 + 3,
        "no reply was slow: {asked} were asked for"
    );
    ensure!(
        page.all_with(Role::Heading, "题，共").await?.is_empty(),
        "the attempt was shown before the answers had arrived"
    );
    page.shows("已答 2 题").await?;
    all_saved(&page).await?;
    browser.quit().await
}

#[tokio::test]
async fn a_hand_in_that_arrives_while_a_reload_waits_for_the_attempt_shows_the_result() -> Result<()>
{
    let InExam {
        bank,
        backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    answer_some(&page, &bank, 1, 1).await?;
    all_saved(&page).await?;
    proxy.fail("POST", "/hand-in", Fault::Refuse);
    page.click_with(Role::Button, "检查答卷").await?;
    page.button("交卷").await?;
    page.button("确认交卷").await?;
    page.until("the hand-in to fail", || async {
        Ok((proxy.happened() > 0).then_some(()))
    })
    .await?;

    proxy.heal();
    let before = proxy.happened();
    proxy.fail("POST", "/hand-in", Fault::Delay(Duration::from_secs(1)));
    let late = Fault::DelayReply(Duration::from_secs(8));
    proxy.fail("GET", "/api/v1/attempts/", late);
    page.reload().await?;
    let api = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    page.until("the hand-in to reach the server", || async {
        let attempt = api.newest_attempt().await?;
        Ok((attempt.state != AttemptState::Open).then_some(()))
    })
    .await?;
    ensure!(proxy.happened() >= before + 2, "no reply was slow");
    ensure!(
        page.all(Role::Heading, "考试未合格").await?.is_empty(),
        "the attempt was shown before the hand-in had arrived"
    );
    page.heading("考试未合格").await?;
    browser.quit().await
}
