//! Handing in.

use std::collections::HashSet;

use axum::extract::State;
use contract::{AnswerPut, Attempt, AttemptId, ErrorCode, HandIn, HandInBy};
use domain::grading::closed_by;

use crate::app::App;
use crate::extract::{Ids, Json, Key};
use crate::failure::{Failure, Reply};
use crate::openapi::{KeyHeader, TAG_EXAM, WriteHeader, problems};
use crate::session::Signed;
use crate::study::{Repeat, remember, repeated};

use super::answer::check;
use super::sitting::Sitting;
use super::view::attempt;

problems! {
    Problems = NotSignedIn NotFound MissingWriteHeader InvalidRequest BrokenJson InvalidBody KeyReused
        BodyTooLarge NotJson;
}

/// Hands in, with every answer that the device holds.
///
/// The answers are taken by the rules of single ones; then the attempt is closed and graded. An
/// attempt that is closed already stays as it is: what is new is kept beside, marked late.
#[utoipa::path(post, path = "/api/v1/attempts/{attempt}/hand-in", operation_id = "handIn", tag = TAG_EXAM,
    security(("session" = [])), request_body = HandIn,
    params(("attempt" = String, Path, description = "Attempt id."), WriteHeader, KeyHeader),
    responses((status = 200, body = Attempt, description = "The closed attempt."), Problems))]
pub(super) async fn hand_in(
    State(app): State<App>,
    signed: Signed,
    Ids(id): Ids<AttemptId>,
    Key(key): Key,
    Json(form): Json<HandIn>,
) -> Reply<axum::Json<Attempt>> {
    // The time when the whole request has come counts, not that of getting the turn to write.
    let now = app.clock.now();
    let person = &signed.person;
    let operation = format!("hand-in {id}");
    let repeat = Repeat::new(person, &key, &operation, &form)?;

    let mut tx = app.db.write_for(person.as_str()).await?;
    let mut sitting = Sitting::find(&mut tx, person, &id)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    if repeated::<()>(&mut tx, &repeat).await?.is_some() {
        return Ok(axum::Json(attempt(&mut tx, now, &sitting).await?));
    }
    let mut asked = HashSet::new();
    for answer in &form.answers {
        // So there are no more answers than questions either: one person's hand-in must not hold
        // up everyone else's writes.
        if !asked.insert(&answer.question) {
            return Err(Failure::body("`answers` holds one for each question"));
        }
        check(&sitting, &answer.question, answer.seq, &answer.choice)?;
    }
    if sitting.due(now) {
        sitting.close(&mut tx, now, HandInBy::Deadline).await?;
    }
    let kept = sitting.answers(&mut tx).await?;
    for answer in form.answers {
        let put = AnswerPut {
            seq: answer.seq,
            choice: answer.choice,
        };
        sitting
            .take(&mut tx, now, &kept, &answer.question, &put)
            .await?;
    }
    if sitting.closing.is_none() {
        sitting
            .close(&mut tx, now, closed_by(now, sitting.deadline))
            .await?;
    }
    remember(&mut tx, &repeat, &(), now).await?;
    let reply = attempt(&mut tx, now, &sitting).await?;
    tx.commit().await?;
    Ok(axum::Json(reply))
}
