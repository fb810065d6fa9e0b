//! From sign-in to the certificate in one's hands.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use harness::{Api, Bank, Engine, Page, Role, note, pdf_text, sample};

use crate::steps::{
    BEGINNER, CLASS, RARE_NAME, Stage, all_saved, answer, answer_some, at_question, sign_in,
    start_exam,
};

/// A lesson lasts at most 120 s, here at twice the speed.
const LESSON: Duration = Duration::from_secs(180);

#[tokio::test]
async fn the_whole_trip_from_sign_in_over_every_lesson_and_the_exam_to_a_pdf_with_name_and_number()
-> Result<()> {
    let stage = Stage::sample().await?;
    let (page, bank) = (&stage.page, Bank::read(&sample())?);
    sign_in(page, BEGINNER).await?;
    let api = stage.api(BEGINNER).await?;
    let class = api.class().await?;
    let lessons: usize = class
        .courses
        .iter()
        .map(|course| course.lessons.len())
        .sum();
    ensure!(lessons >= 8, "the sample class has {lessons} lessons");

    page.open(&format!("{CLASS}/exam")).await?;
    page.shows("考试尚未开放").await?;
    ensure!(
        page.all(Role::Button, "开始考试").await?.is_empty(),
        "the exam opens too early"
    );

    page.open(CLASS).await?;
    page.link("开始学习").await?;
    for number in 1..=lessons {
        let next = if number < lessons {
            "开始学习"
        } else {
            "参加考试"
        };
        watch(page, next)
            .await
            .with_context(|| format!("lesson {number}"))?;
        note(&format!("lesson {number} of {lessons} watched"));
        if number < lessons {
            page.link(next).await?;
        }
    }
    let class = api.class().await?;
    for lesson in class.courses.iter().flat_map(|course| &course.lessons) {
        let enough = lesson.duration_ms * u64::from(class.policy.complete_at_permille) / 1000;
        ensure!(lesson.covered_ms >= enough, "{} is not covered", lesson.id);
    }

    pass_the_exam(page, &api, &bank).await?;
    holds_name_and_number(&stage, &api).await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn a_name_with_a_rare_character_is_on_the_certificate_and_in_its_pdf() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    sign_in(page, RARE_NAME).await?;
    let api = stage.api(RARE_NAME).await?;
    page.open(CLASS).await?;
    pass_the_exam(page, &api, &Bank::read(&sample())?).await?;
    holds_name_and_number(&stage, &api).await?;
    stage.browser.quit().await
}

/// From the class page over the exam to its result, every answer right.
async fn pass_the_exam(page: &Page, api: &Api, bank: &Bank) -> Result<()> {
    start_exam(page).await?;
    let questions = api.newest_attempt().await?.questions.len();
    answer_some(page, bank, 1, questions - 1).await?;
    at_question(page, questions).await?;
    answer(page, bank).await?;
    all_saved(page).await?;
    page.click_with(Role::Button, "检查答卷").await?;
    page.shows("全部题目已作答").await?;
    page.button("交卷").await?;
    page.button("确认交卷").await?;
    page.heading("考试合格").await
}

/// From the result to the certificate, on the page and as PDF.
async fn holds_name_and_number(stage: &Stage, api: &Api) -> Result<()> {
    let page = &stage.page;
    page.link("查看证书").await?;
    let certificates = api.certificates().await?;
    let certificate = certificates.first().context("no certificate was issued")?;
    page.shows(&certificate.name).await?;
    page.shows(&certificate.number).await?;
    let folder = stage.browser.downloads();
    let pdf = if stage.browser.engine() == Engine::WebKit {
        note("WPE WebKit has no downloads under WebDriver: the PDF is taken as the page saves it");
        keep_what_is_saved(page).await?;
        page.button("下载 PDF").await?;
        saved(page, &folder).await?
    } else {
        page.button("下载 PDF").await?;
        downloaded(page, &folder).await?
    };
    let text: String = pdf_text(&pdf)?.split_whitespace().collect();
    let has = |words: &str| text.contains(&words.split_whitespace().collect::<String>());
    ensure!(has(&certificate.name), "the PDF lacks the name");
    ensure!(has(&certificate.number), "the PDF lacks the number");
    Ok(())
}

/// Plays the lesson that is shown from its beginning to its end, at twice the speed, until the
/// page offers the next step.
async fn watch(page: &Page, next: &str) -> Result<()> {
    page.choose("播放速度", "2 倍").await?;
    page.button("播放").await?;
    page.until_within(
        LESSON,
        &format!("the link “{next}” after the lesson"),
        || async { Ok(page.all(Role::Link, next).await?.pop().map(drop)) },
    )
    .await
}

/// Lets the page keep the file that it saves next, instead of going where the file is.
async fn keep_what_is_saved(page: &Page) -> Result<()> {
    page.js::<()>(
        "const url = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
            const reader = new FileReader();
            reader.onload = () => { window.saved = reader.result; };
            reader.readAsDataURL(blob);
            return url.call(URL, blob);
        };
        HTMLAnchorElement.prototype.click = () => {};",
        vec![],
    )
    .await
}

/// The PDF that the page kept, in a file.
async fn saved(page: &Page, folder: &Path) -> Result<PathBuf> {
    let data = page
        .until("the PDF to be saved", || async {
            page.js::<Option<String>>("return window.saved ?? null", vec![])
                .await
        })
        .await?;
    let body = data.strip_prefix("data:application/pdf;base64,");
    let body = body.context("what was saved is no PDF")?;
    let file = folder.join("saved.pdf");
    std::fs::write(&file, BASE64_STANDARD.decode(body)?)?;
    Ok(file)
}

/// The one PDF in the folder, once it is whole.
async fn downloaded(page: &Page, folder: &Path) -> Result<PathBuf> {
    page.until("the PDF to be downloaded", || async {
        let mut whole = None;
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let size = path.metadata().map_or(0, |file| file.len());
            match path.extension().and_then(|ext| ext.to_str()) {
                Some("pdf") if size > 0 => whole = Some(path),
                // Under way: .crdownload, .part.
                _ => return Ok(None),
            }
        }
        Ok(whole)
    })
    .await
}
