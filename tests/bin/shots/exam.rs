//! The pages of an exam, from before it to the certificate.

use anyhow::{Context as _, Result, bail};
use harness::{Bank, Fault, Role, sample};

use crate::scenes::{CLASS, waits_and_fails};
use crate::studio::Studio;

/// An exam that is passed.
pub(crate) async fn passed(studio: &mut Studio<'_>) -> Result<()> {
    let exam = format!("{CLASS}/exam");
    let start = studio.word("开始考试", "Start the exam");
    studio
        .visit(CLASS, studio.word("参加考试", "Go to the exam"))
        .await?;
    studio.take("class-exam-open").await?;
    studio.visit(&exam, start).await?;
    studio.take("exam-open").await?;
    studio.proxy.fail("POST", "/attempts", Fault::Refuse);
    studio.page.button(start).await?;
    studio.page.first_with(Role::Alert, "").await?;
    studio.take("exam-start-failed").await?;
    studio.proxy.heal();

    let attempt = studio.api()?.start_exam().await?;
    let path = format!("/attempts/{}", attempt.id);
    waits_and_fails(studio, &path, "/api/v1/attempts/", "attempt").await?;
    sitting(studio, &path).await?;
    let under_way = studio.word("考试正在进行", "The exam is under way");
    studio.visit(CLASS, under_way).await?;
    studio.take("class-exam-under-way").await?;

    let bank = Bank::read(&sample())?;
    studio.api()?.hand_in(&attempt, Some(&bank)).await?;
    studio
        .visit(&path, studio.word("考试合格", "Passed"))
        .await?;
    studio.take("result-passed").await?;
    let see = studio.word("查看证书", "View the certificate");
    studio.visit(CLASS, see).await?;
    studio.take("class-passed").await?;
    studio
        .visit(&exam, studio.word("您已通过考试", "You have passed"))
        .await?;
    studio.take("exam-passed").await?;

    let certificates = studio.api()?.certificates().await?;
    let certificate = certificates.first().context("no certificate")?;
    studio.visit("/certificates", &certificate.number).await?;
    studio.take("certificates").await?;
    waits_and_fails(
        studio,
        "/certificates",
        "/api/v1/certificates",
        "certificates",
    )
    .await?;
    let path = format!("/certificates/{}", certificate.id);
    studio
        .visit(&path, studio.word("下载 PDF", "Download PDF"))
        .await?;
    studio.take("certificate").await?;
    waits_and_fails(studio, &path, "/api/v1/certificates/", "certificate").await
}

/// The exam under way.
async fn sitting(studio: &mut Studio<'_>, path: &str) -> Result<()> {
    let first = studio.word("第 1 题，共", "Question 1 of");
    studio.visit(path, first).await?;
    studio.take("attempt-question").await?;
    studio.page.click_with(Role::Radio, "").await?;
    studio.page.shows(studio.word("已保存", "Saved")).await?;
    studio.take("attempt-answered").await?;

    studio.proxy.fail("PUT", "/answers/", Fault::Refuse);
    studio.page.button(studio.word("下一题", "Next")).await?;
    studio
        .page
        .shows(studio.word("第 2 题，共", "Question 2 of"))
        .await?;
    studio.page.click_with(Role::Radio, "").await?;
    studio.page.button(studio.word("标记", "Flag")).await?;
    studio
        .page
        .shows(studio.word("已存本机", "On this device"))
        .await?;
    studio.take("attempt-unsent").await?;
    studio.offline(true).await?;
    studio.take("attempt-offline").await?;
    studio.offline(false).await?;
    studio.proxy.heal();

    let overview = studio.word("答题卡", "Overview");
    if studio.wants("attempt-sheet") && !studio.page.all(Role::Button, overview).await?.is_empty() {
        studio.page.button(overview).await?;
        studio.page.first_with(Role::Dialog, "").await?;
        studio.take("attempt-sheet").await?;
        studio
            .visit(path, studio.word("题，共", "Question"))
            .await?;
    }
    let further = ["attempt-multiple", "attempt-review", "attempt-hand-in"];
    if !further.iter().any(|scene| studio.wants(scene)) {
        return Ok(());
    }
    let mut met_multiple = false;
    while next_question(studio).await?.is_some() {
        let boxes = studio.page.all(Role::Checkbox, "").await?;
        if !met_multiple && !boxes.is_empty() {
            met_multiple = true;
            studio.page.click_with(Role::Checkbox, "").await?;
            studio.take("attempt-multiple").await?;
        }
    }
    if studio.wants("attempt-review") || studio.wants("attempt-hand-in") {
        studio
            .page
            .click_with(Role::Button, studio.word("检查答卷", "Review"))
            .await?;
        let hand_in = studio.word("交卷", "Hand in");
        studio.page.one(Role::Button, hand_in).await?;
        studio.take("attempt-review").await?;
        studio.page.button(hand_in).await?;
        studio.page.first_with(Role::Dialog, "").await?;
        studio.take("attempt-hand-in").await?;
    }
    Ok(())
}

/// Goes to the next question, unless this is the last; says its number.
async fn next_question(studio: &Studio<'_>) -> Result<Option<usize>> {
    let heading = studio
        .page
        .first_with(Role::Heading, studio.word("题，共", "Question"))
        .await?;
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let words: Vec<String> = heading.name.split(['，', 'o']).map(digits).collect();
    let numbers: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let [number, of] = numbers[..] else {
        bail!("no numbers in “{}”", heading.name)
    };
    if number == of {
        return Ok(None);
    }
    studio.page.button(studio.word("下一题", "Next")).await?;
    let next = number + 1;
    let words = if studio.is_english() {
        format!("Question {next} of")
    } else {
        format!("第 {next} 题，共")
    };
    studio.page.shows(&words).await?;
    Ok(Some(next))
}

/// An exam that hands itself in, unanswered.
pub(crate) async fn failed(studio: &mut Studio<'_>) -> Result<()> {
    let attempt = studio.api()?.start_exam().await?;
    let path = format!("/attempts/{}", attempt.id);
    studio
        .visit(&path, studio.word("还有 1 分钟", "1 minute left"))
        .await?;
    studio.take("attempt-last-minute").await?;
    studio.api()?.hand_in(&attempt, None).await?;
    studio
        .visit(&path, studio.word("考试未合格", "Not passed"))
        .await?;
    studio.take("result-failed").await?;
    let go = studio.word("参加考试", "Go to the exam");
    studio.visit(CLASS, go).await?;
    studio.take("class-failed").await?;
    studio
        .visit(
            &format!("{CLASS}/exam"),
            studio.word("开始考试", "Start the exam"),
        )
        .await?;
    studio.take("exam-again").await
}
