//! A computer that several people use at a time.

use anyhow::{Result, ensure};
use harness::{Api, Fault, Page, Role};
use serde_json::json;

use crate::steps::{
    CANDIDATE, InExam, PASSWORD, RARE_NAME, answer_some, fill_sign_in, right_on_server, sign_in,
};

#[tokio::test]
async fn what_one_person_has_not_sent_never_goes_as_the_next_and_waits_for_its_owner() -> Result<()>
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

    sign_in_elsewhere(&page, RARE_NAME).await?;
    proxy.heal();
    page.one(Role::Dialog, "请重新登录").await?;
    ensure!(proxy.happened() > 0, "the server was reachable");
    let owner = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    let next = Api::sign_in(&backend.origin(), RARE_NAME, PASSWORD).await?;
    ensure!(
        right_on_server(&owner, &bank).await? == 0,
        "sent under a session that is another's"
    );

    fill_sign_in(&page, RARE_NAME, PASSWORD).await?;
    page.shows("没有找到").await?;
    let seen: String = page
        .js("return document.documentElement.outerHTML", vec![])
        .await?;
    ensure!(
        !seen.contains("赵敏") && !seen.contains(CANDIDATE),
        "the page still names the former person"
    );
    page.open("/me").await?;
    page.shows("没有待上传的记录").await?;
    let attempts = next.class().await?.exam.attempts.len();
    ensure!(attempts == 0, "the next person has {attempts} attempts");
    page.button("退出登录").await?;

    sign_in(&page, CANDIDATE).await?;
    page.until("the answers to arrive", || async {
        Ok((right_on_server(&owner, &bank).await? == 2).then_some(()))
    })
    .await?;
    browser.quit().await
}

/// Signs in as another tab of this browser would: the cookie is the other person's from now on.
async fn sign_in_elsewhere(page: &Page, username: &str) -> Result<()> {
    const SCRIPT: &str = "
        const [username, password, done] = arguments;
        const headers = { 'Content-Type': 'application/json', 'X-Gongke': '1' };
        const body = JSON.stringify({ username, password });
        fetch('/api/v1/session', { method: 'POST', headers, body })
          .then((reply) => done(reply.status), () => done(0));";
    let args = vec![json!(username), json!(PASSWORD)];
    let status: u16 = page.driver().execute_async(SCRIPT, args).await?.convert()?;
    ensure!(status == 200, "signing in elsewhere: {status}");
    Ok(())
}
