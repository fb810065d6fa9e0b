//! The deadline is the server's, and needs nobody's help.

use anyhow::{Result, bail, ensure};
use contract::{AttemptState, HandInBy};
use harness::{Bank, ClassFolder};

use crate::steps::{CANDIDATE, CLASS, Stage, answer_some, sign_in, start_exam};

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
