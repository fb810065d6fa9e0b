//! One answer.

use axum::extract::State;
use contract::{AnswerPut, AnswerReply, AttemptId, ErrorCode, HandInBy, OptionId, QuestionId};
use domain::grading::{SEQ_LIMIT, choice_fits};

use crate::app::App;
use crate::extract::{Ids, Json};
use crate::failure::{Failure, Reply};
use crate::openapi::{TAG_EXAM, WriteHeader, problems};
use crate::session::Signed;

use super::sitting::Sitting;

problems! {
    Problems = NotSignedIn NotFound MissingWriteHeader BrokenJson InvalidBody BodyTooLarge NotJson;
}

/// Keeps an answer.
///
/// A `seq` that is not above the kept one changes nothing. What comes after the deadline and its
/// grace, or after hand-in, is kept beside and marked late.
#[utoipa::path(put, path = "/api/v1/attempts/{attempt}/answers/{question}", operation_id = "putAnswer", tag = TAG_EXAM,
    security(("session" = [])), request_body = AnswerPut,
    params(("attempt" = String, Path, description = "Attempt id."),
        ("question" = String, Path, description = "Question id, of this paper."), WriteHeader),
    responses((status = 200, body = AnswerReply, description = "What is kept now."), Problems))]
pub(super) async fn put(
    State(app): State<App>,
    signed: Signed,
    Ids((id, question)): Ids<(AttemptId, QuestionId)>,
    Json(put): Json<AnswerPut>,
) -> Reply<axum::Json<AnswerReply>> {
    // The time when the whole request has come counts, not that of getting the turn to write.
    let now = app.clock.now();
    let mut tx = app.db.write_for(signed.person.as_str()).await?;
    let mut sitting = Sitting::find(&mut tx, &signed.person, &id)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    if sitting.paper.question(&question).is_none() {
        return Err(ErrorCode::NotFound.into());
    }
    check(&sitting, &question, put.seq, &put.choice)?;
    if sitting.due(now) {
        sitting.close(&mut tx, now, HandInBy::Deadline).await?;
    }
    let kept = sitting.answers(&mut tx).await?;
    let answer = sitting.take(&mut tx, now, &kept, &question, &put).await?;
    tx.commit().await?;
    Ok(axum::Json(AnswerReply {
        now,
        deadline: sitting.deadline,
        answer,
    }))
}

/// Whether such an answer can be given at all.
pub(super) fn check(
    sitting: &Sitting,
    question: &QuestionId,
    seq: u64,
    choice: &[OptionId],
) -> Reply<()> {
    if seq >= SEQ_LIMIT {
        return Err(Failure::body("`seq` lies below 2^53"));
    }
    match sitting.paper.question(question) {
        None => Err(Failure::body("`question` is one of this paper")),
        Some(question) if !choice_fits(question, choice) => Err(Failure::body(
            "`choice` holds options of the question, none twice, at most one unless its kind is multiple",
        )),
        Some(_) => Ok(()),
    }
}
