//! No answer is ever lost: killed browsers, killed backends, broken links, reloads, other devices.

use anyhow::{Result, ensure};
use harness::{Api, Backend, Bank, Browser, Engine, Fault, FaultProxy, Role, note, sample};

use crate::steps::{
    CANDIDATE, CLASS, PASSWORD, Stage, all_saved, answer_some, at_question, attempt_path,
    fill_sign_in, right_on_server, sign_in, start_exam,
};

#[tokio::test]
async fn killing_the_browser_in_mid_exam_and_starting_it_again_loses_no_answer() -> Result<()> {
    if Engine::asked_for()? == Engine::WebKit {
        note("WPE WebKit under WebDriver keeps nothing over a restart: not tested there");
        return Ok(());
    }
    let bank = Bank::read(&sample())?;
    let backend = Backend::start(&sample()).await?;
    let proxy = FaultProxy::start(backend.port()).await?;
    let browser = Browser::start().await?;
    let page = browser.page(&proxy.origin())?;
    sign_in(&page, CANDIDATE).await?;
    page.open(CLASS).await?;
    start_exam(&page).await?;
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
    let bank = Bank::read(&sample())?;
    let backend = Backend::start(&sample()).await?;
    let proxy = FaultProxy::start(backend.port()).await?;
    let browser = Browser::start().await?;
    let page = browser.page(&proxy.origin())?;
    sign_in(&page, CANDIDATE).await?;
    page.open(CLASS).await?;
    start_exam(&page).await?;
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
