//! Every page in every state, person by person: one browser each.

use std::time::Duration;

use anyhow::{Context as _, Result};
use harness::{Fault, Role};

use crate::exam;
use crate::studio::{Options, Studio};

pub(crate) const CLASS: &str = "/classes/fgqy-2026";
const LESSON: &str = "/lessons/fgqy-01-1";
/// Longer than a picture takes; the page stands still in its loading state meanwhile.
const LONG: Duration = Duration::from_secs(600);

/// Whose pages there are: nobody's, and those of the sample's accounts.
pub(crate) const PEOPLE: [&str; 6] = [
    "nobody",
    "newcomer",
    "wangjianguo",
    "lihua",
    "zhaomin",
    "tursun",
];

const SCENES: [(&str, &[&str]); 6] = [
    (
        "nobody",
        &[
            "sign-in",
            "sign-in-missing",
            "sign-in-sending",
            "sign-in-wrong",
            "sign-in-unreachable",
            "sign-in-offline",
        ],
    ),
    ("newcomer", &["home-empty", "certificates-empty", "me"]),
    (
        "wangjianguo",
        &[
            "home-new",
            "home-loading",
            "home-error",
            "home-unreachable",
            "home-offline",
            "class-new",
            "class-loading",
            "class-error",
            "class-unknown",
            "not-found",
            "exam-closed",
            "lesson",
            "lesson-loading",
            "lesson-error",
            "lesson-video-failed",
            "lesson-offline",
            "lesson-playing",
        ],
    ),
    ("lihua", &["home-half", "class-half"]),
    (
        "zhaomin",
        &[
            "class-exam-open",
            "exam-open",
            "exam-start-failed",
            "attempt-loading",
            "attempt-error",
            "attempt-question",
            "attempt-answered",
            "attempt-unsent",
            "attempt-offline",
            "attempt-multiple",
            "attempt-sheet",
            "attempt-review",
            "attempt-hand-in",
            "class-exam-under-way",
            "result-passed",
            "class-passed",
            "exam-passed",
            "certificates",
            "certificates-error",
            "certificate",
            "certificate-loading",
            "certificate-error",
        ],
    ),
    (
        "tursun",
        &[
            "attempt-last-minute",
            "result-failed",
            "class-failed",
            "exam-again",
        ],
    ),
];

/// All names, for a message.
pub(crate) fn names() -> String {
    let names: Vec<&str> = SCENES
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .collect();
    names.join(", ")
}

/// Takes the wanted scenes of a person; says how many pictures that made.
pub(crate) async fn of(person: &str, options: &Options) -> Result<usize> {
    let scenes = SCENES
        .iter()
        .find(|(known, _)| *known == person)
        .context("no such person")?
        .1;
    if !scenes.iter().any(|scene| options.wants(scene)) {
        return Ok(0);
    }
    let account = (person != "nobody").then_some(person);
    let time = (person == "tursun").then_some("80s");
    let mut studio = Studio::open(options, account, time).await?;
    match person {
        "nobody" => sign_in(&mut studio).await?,
        "newcomer" => newcomer(&mut studio).await?,
        "wangjianguo" => new_trainee(&mut studio).await?,
        "lihua" => half_way(&mut studio).await?,
        "zhaomin" => exam::passed(&mut studio).await?,
        _ => exam::failed(&mut studio).await?,
    }
    Ok(studio.taken())
}

async fn sign_in(studio: &mut Studio<'_>) -> Result<()> {
    let (user, password) = (
        studio.word("用户名", "User name"),
        studio.word("密码", "Password"),
    );
    let go = studio.word("登录", "Sign in");
    studio.visit("/sign-in", user).await?;
    studio.take("sign-in").await?;
    studio.page.button(go).await?;
    studio
        .page
        .shows(studio.word("请填写用户名", "Enter your user name"))
        .await?;
    studio.take("sign-in-missing").await?;

    studio.page.fill(user, "wangjianguo").await?;
    studio.page.fill(password, "wrong-password").await?;
    studio.proxy.fail("POST", "/session", Fault::Delay(LONG));
    studio.page.button(go).await?;
    studio
        .page
        .shows(studio.word("正在登录", "Signing in"))
        .await?;
    studio.take("sign-in-sending").await?;
    studio.proxy.heal();

    for (scene, fault) in [
        ("sign-in-wrong", None),
        ("sign-in-unreachable", Some(Fault::Refuse)),
    ] {
        studio.visit("/sign-in", user).await?;
        studio.page.fill(user, "wangjianguo").await?;
        studio.page.fill(password, "wrong-password").await?;
        if let Some(fault) = fault {
            studio.proxy.fail("POST", "/session", fault);
        }
        studio.page.button(go).await?;
        studio.page.first_with(Role::Alert, "").await?;
        studio.take(scene).await?;
        studio.proxy.heal();
    }
    studio.offline(true).await?;
    studio
        .page
        .shows(studio.word("网络已断开", "No connection"))
        .await?;
    studio.take("sign-in-offline").await?;
    studio.offline(false).await
}

async fn newcomer(studio: &mut Studio<'_>) -> Result<()> {
    studio
        .visit("/", studio.word("还没有培训班", "No class yet"))
        .await?;
    studio.take("home-empty").await?;
    studio
        .visit(
            "/certificates",
            studio.word("还没有证书", "No certificate yet"),
        )
        .await?;
    studio.take("certificates-empty").await?;
    studio
        .visit("/me", studio.word("退出登录", "Sign out"))
        .await?;
    studio.take("me").await
}

/// A page that reads `api` in its loading and error states.
pub(crate) async fn waits_and_fails(
    studio: &mut Studio<'_>,
    page: &str,
    api: &str,
    name: &str,
) -> Result<()> {
    let loading = studio.word("正在加载", "Loading");
    let retry = studio.word("重试", "Try again");
    let scene = format!("{name}-loading");
    if studio.wants(&scene) {
        studio.proxy.fail("GET", api, Fault::Delay(LONG));
        studio.page.open(page).await?;
        studio.page.first_with(Role::Status, loading).await?;
        studio.take(&scene).await?;
        studio.proxy.heal();
    }
    let scene = format!("{name}-error");
    if studio.wants(&scene) {
        studio.proxy.fail("GET", api, Fault::Status(500));
        studio.visit(page, retry).await?;
        studio.take(&scene).await?;
        studio.proxy.heal();
    }
    Ok(())
}

async fn new_trainee(studio: &mut Studio<'_>) -> Result<()> {
    let begin = studio.word("开始学习", "Begin");
    let retry = studio.word("重试", "Try again");
    studio.visit("/", begin).await?;
    studio.take("home-new").await?;
    studio.offline(true).await?;
    studio.take("home-offline").await?;
    studio.offline(false).await?;
    waits_and_fails(studio, "/", "/enrolments", "home").await?;
    studio.proxy.fail("GET", "/enrolments", Fault::Refuse);
    studio.visit("/", retry).await?;
    studio.take("home-unreachable").await?;
    studio.proxy.heal();

    studio.visit(CLASS, begin).await?;
    studio.take("class-new").await?;
    waits_and_fails(studio, CLASS, "/api/v1/classes/", "class").await?;
    studio.visit("/classes/nothing", retry).await?;
    studio.take("class-unknown").await?;
    studio
        .visit("/nothing/here", studio.word("页面不存在", "Page not found"))
        .await?;
    studio.take("not-found").await?;
    let exam = format!("{CLASS}/exam");
    studio
        .visit(
            &exam,
            studio.word("考试尚未开放", "The exam is not open yet"),
        )
        .await?;
    studio.take("exam-closed").await?;

    let play = studio.word("播放", "Play");
    waits_and_fails(studio, LESSON, "/api/v1/lessons/", "lesson").await?;
    studio.proxy.fail("GET", ".mp4", Fault::Status(503));
    studio
        .visit(
            LESSON,
            studio.word("视频加载失败", "The video did not load"),
        )
        .await?;
    studio.take("lesson-video-failed").await?;
    studio.proxy.heal();
    studio.page.open(LESSON).await?;
    studio.page.one(Role::Button, play).await?;
    studio.take("lesson").await?;
    if studio.wants("lesson-playing") || studio.wants("lesson-offline") {
        studio.page.button(play).await?;
        studio.page.shows("0:05 /").await?;
        studio.take("lesson-playing").await?;
        studio.offline(true).await?;
        studio
            .page
            .shows(studio.word("网络已断开", "No connection"))
            .await?;
        studio.take("lesson-offline").await?;
        studio.offline(false).await?;
    }
    Ok(())
}

async fn half_way(studio: &mut Studio<'_>) -> Result<()> {
    let begin = studio.word("开始学习", "Begin");
    studio.visit("/", begin).await?;
    studio.take("home-half").await?;
    studio.visit(CLASS, begin).await?;
    studio.take("class-half").await
}
