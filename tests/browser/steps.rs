//! What people do, in one place: the words of the app stand here and in the tests only.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use harness::{Api, Backend, Bank, Browser, FaultProxy, Page, Role, sample};

pub(crate) const PASSWORD: &str = "gongke-2026";
pub(crate) const CLASS: &str = "/classes/fgqy-2026";
pub(crate) const LESSON: &str = "/lessons/fgqy-01-1";
/// Nothing of the class is studied yet.
pub(crate) const BEGINNER: &str = "wangjianguo";
/// Every course is credited: the exam is open.
pub(crate) const CANDIDATE: &str = "zhaomin";
/// The same, and a name with a character beyond the Basic Multilingual Plane.
pub(crate) const RARE_NAME: &str = "chenhong";
/// In no class.
pub(crate) const NEWCOMER: &str = "newcomer";

/// A backend with a class, and a browser at it.
pub(crate) struct Stage {
    pub(crate) backend: Backend,
    pub(crate) browser: Browser,
    pub(crate) page: Page,
}

impl Stage {
    pub(crate) async fn sample() -> Result<Self> {
        Self::with(&sample()).await
    }

    pub(crate) async fn with(folder: &Path) -> Result<Self> {
        let backend = Backend::start(folder).await?;
        let browser = Browser::start().await?;
        let page = browser.page(&backend.origin())?;
        Ok(Self {
            backend,
            browser,
            page,
        })
    }

    pub(crate) async fn api(&self, person: &str) -> Result<Api> {
        Api::sign_in(&self.backend.origin(), person, PASSWORD).await
    }
}

/// A candidate at the first question of the sample's exam, over a link that can fail.
pub(crate) struct InExam {
    pub(crate) bank: Bank,
    pub(crate) backend: Backend,
    pub(crate) proxy: FaultProxy,
    pub(crate) browser: Browser,
    pub(crate) page: Page,
}

impl InExam {
    pub(crate) async fn begin() -> Result<Self> {
        let bank = Bank::read(&sample())?;
        let backend = Backend::start(&sample()).await?;
        let proxy = FaultProxy::start(backend.port()).await?;
        let browser = Browser::start().await?;
        let page = browser.page(&proxy.origin())?;
        sign_in(&page, CANDIDATE).await?;
        page.open(CLASS).await?;
        start_exam(&page).await?;
        Ok(Self {
            bank,
            backend,
            proxy,
            browser,
            page,
        })
    }
}

/// Opens the app and signs in; ends on the home page.
pub(crate) async fn sign_in(page: &Page, person: &str) -> Result<()> {
    page.open("/sign-in").await?;
    in_chinese(page).await?;
    fill_sign_in(page, person, PASSWORD).await?;
    page.arrives_at("/").await
}

/// Switches the app to Chinese where the browser asked for another language: WPE WebKit has the
/// languages that the system has locales for.
async fn in_chinese(page: &Page) -> Result<()> {
    page.until("the button to switch the language", || async {
        if !page.all(Role::Button, "中文").await?.is_empty() {
            page.button("中文").await?;
        }
        Ok(page.all(Role::Button, "English").await?.pop())
    })
    .await
    .map(drop)
}

/// Fills the form in and sends it.
pub(crate) async fn fill_sign_in(page: &Page, person: &str, password: &str) -> Result<()> {
    page.fill("用户名", person).await?;
    page.fill("密码", password).await?;
    page.button("登录").await
}

/// From the class page into a new attempt.
pub(crate) async fn start_exam(page: &Page) -> Result<()> {
    page.link("参加考试").await?;
    page.button("开始考试").await?;
    at_question(page, 1).await
}

pub(crate) async fn at_question(page: &Page, number: usize) -> Result<()> {
    page.first_with(Role::Heading, &format!("第 {number} 题，共"))
        .await
        .map(drop)
}

/// Answers the question that is shown as the bank says.
pub(crate) async fn answer(page: &Page, bank: &Bank) -> Result<()> {
    let shown = page.text().await?;
    let role = if bank.is_single(&shown) {
        Role::Radio
    } else {
        Role::Checkbox
    };
    for option in bank.right(&shown)? {
        page.click(role, &option).await?;
    }
    Ok(())
}

/// Answers so many questions from the one that is shown, whose number is `from`; ends on the one
/// after them, which must exist.
pub(crate) async fn answer_some(page: &Page, bank: &Bank, from: usize, count: usize) -> Result<()> {
    for number in from..from + count {
        at_question(page, number).await?;
        answer(page, bank).await?;
        page.button("下一题").await?;
    }
    at_question(page, from + count).await
}

/// Every answer that is given is with the server.
pub(crate) async fn all_saved(page: &Page) -> Result<()> {
    // After an outage the next try may be half a minute away.
    let wait = Duration::from_secs(90);
    page.until_within(wait, "the words “全部已保存”", || async {
        Ok(page.text().await?.contains("全部已保存").then_some(()))
    })
    .await
}

/// The id of the attempt that the page shows.
pub(crate) async fn attempt_path(page: &Page) -> Result<String> {
    let path = page.path().await?;
    path.starts_with("/attempts/")
        .then_some(path)
        .context("this is no attempt's page")
}

/// How many questions of the person's newest attempt the server has rightly answered.
pub(crate) async fn right_on_server(api: &Api, bank: &Bank) -> Result<usize> {
    let attempt = api.newest_attempt().await?;
    let mut right = 0;
    for question in &attempt.questions {
        let wanted = bank.right(&question.stem)?;
        let kept = attempt
            .answers
            .iter()
            .find(|answer| answer.question == question.id);
        let Some(kept) = kept.filter(|answer| !answer.late) else {
            continue;
        };
        let chosen = question
            .options
            .iter()
            .filter(|option| kept.choice.contains(&option.id));
        let mut chosen: Vec<&str> = chosen.map(|option| option.text.as_str()).collect();
        let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        chosen.sort_unstable();
        wanted.sort_unstable();
        right += usize::from(chosen == wanted);
    }
    Ok(right)
}

/// Where the video is, in milliseconds.
pub(crate) async fn position(page: &Page) -> Result<u64> {
    let script = "return Math.round(document.querySelector('video').currentTime * 1000)";
    page.js(script, vec![]).await
}

/// Waits until the video is at that millisecond or beyond.
pub(crate) async fn played_to(page: &Page, ms: u64) -> Result<()> {
    page.until(&format!("the video to reach {ms} ms"), || async {
        Ok((position(page).await? >= ms).then_some(()))
    })
    .await
}
