//! What holds on every page: accessible, narrow enough, silent in the console, true to the CSP.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use harness::{Bank, Engine, Page, has_horizontal_scroll, sample};

use crate::steps::{BEGINNER, CANDIDATE, CLASS, LESSON, NEWCOMER, Stage, sign_in};

/// Paths of the app with words that tell that the page is there.
async fn pages_of_everyone(stage: &Stage) -> Result<Vec<(&'static str, String, &'static str)>> {
    let api = stage.api(CANDIDATE).await?;
    let open = api.start_exam().await?;
    api.hand_in(&open, Some(&Bank::read(&sample())?)).await?;
    let certificates = api.certificates().await?;
    let certificate = certificates.first().context("no certificate")?;
    let other = stage.api("tursun").await?.start_exam().await?;
    let page = |person, path: &str, words| (person, path.to_owned(), words);
    Ok(vec![
        page("", "/sign-in", "用户名"),
        page(NEWCOMER, "/", "还没有培训班"),
        page(NEWCOMER, "/certificates", "还没有证书"),
        page(BEGINNER, "/", "开始学习"),
        page(BEGINNER, CLASS, "开始学习"),
        page(BEGINNER, LESSON, "示例课件"),
        page(BEGINNER, &format!("{CLASS}/exam"), "考试尚未开放"),
        page(BEGINNER, "/me", "退出登录"),
        page(BEGINNER, "/nothing/here", "页面不存在"),
        page(BEGINNER, "/classes/nothing", "没有找到"),
        page("tursun", &format!("/attempts/{}", other.id), "第 1 题，共"),
        page("tursun", CLASS, "继续考试"),
        page("lihua", CLASS, "开始学习"),
        page(CANDIDATE, &format!("/attempts/{}", open.id), "考试合格"),
        page(CANDIDATE, CLASS, "查看证书"),
        page(CANDIDATE, "/certificates", "工会干部上岗资格培训证书"),
        page(
            CANDIDATE,
            &format!("/certificates/{}", certificate.id),
            "下载 PDF",
        ),
    ])
}

/// Visits every page and looks at it; ends with all that is wrong, not with the first of it.
async fn on_every_page(
    stage: &Stage,
    look: impl AsyncFn(&Page) -> Result<Vec<String>>,
) -> Result<()> {
    let pages = pages_of_everyone(stage).await?;
    let page = &stage.page;
    let mut wrong = BTreeMap::new();
    let mut signed_in = "";
    for (person, path, words) in &pages {
        if *person != signed_in {
            page.open("/sign-in").await?;
            page.driver().delete_all_cookies().await?;
            sign_in(page, person).await?;
            signed_in = person;
        }
        page.open(path).await?;
        page.shows(words).await?;
        let found = look(page).await.with_context(|| path.clone())?;
        if !found.is_empty() {
            wrong.insert(format!("{person} {path}"), found);
        }
    }
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[tokio::test]
async fn axe_finds_no_serious_or_critical_violation_on_any_page() -> Result<()> {
    let stage = Stage::sample().await?;
    on_every_page(&stage, async |page| {
        let violations = page.violations().await?;
        Ok(violations
            .iter()
            .map(|found| format!("{found:?}"))
            .collect())
    })
    .await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn no_page_scrolls_sideways_at_320_px() -> Result<()> {
    let stage = Stage::sample().await?;
    stage.browser.resize(320, 640).await?;
    on_every_page(&stage, async |page| {
        let scrolls = has_horizontal_scroll(page).await?;
        Ok(scrolls
            .then(|| "wider than 320 px".to_owned())
            .into_iter()
            .collect())
    })
    .await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn no_page_breaks_the_csp_or_writes_to_the_console() -> Result<()> {
    let stage = Stage::sample().await?;
    if stage.browser.engine() != Engine::Chromium {
        harness::note("only Chromium's driver tells what the console says: not tested here");
        return Ok(());
    }
    on_every_page(&stage, async |_| stage.browser.console().await).await?;
    stage.browser.quit().await
}
