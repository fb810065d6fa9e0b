//! Starting an attempt, or going on with the open one.

use axum::extract::State;
use axum::http::StatusCode;
use contract::{Attempt, AttemptId, AttemptState, Class, ClassId, ErrorCode, PersonId, Timestamp};
use domain::progress;

use crate::app::App;
use crate::clock::{day_begins, day_ends};
use crate::db::{Conn, to_db};
use crate::documents::ClassDocument;
use crate::extract::{Ids, OptionalKey};
use crate::failure::Reply;
use crate::openapi::{OptionalKeyHeader, TAG_EXAM, WriteHeader, problems};
use crate::session::Signed;
use crate::study::{Repeat, read_class, remember, repeated};

use super::deadline;
use super::paper::Paper;
use super::sitting::Sitting;
use super::view::attempt;

problems! {
    Problems = NotSignedIn NotFound MissingWriteHeader InvalidRequest KeyReused ExamClosed
        NoAttemptLeft AlreadyPassed ClassNotRunning;
}

/// Starts an attempt, or replies the open one. Takes no body.
///
/// Opens when every course is complete. The deadline runs from here, whoever looks or not.
#[utoipa::path(post, path = "/api/v1/classes/{class}/attempts", operation_id = "startAttempt", tag = TAG_EXAM, security(("session" = [])),
    params(("class" = String, Path, description = "Class id."), WriteHeader, OptionalKeyHeader),
    responses(
        (status = 201, body = Attempt, description = "A new attempt."),
        (status = 200, body = Attempt, description = "The open one, or the one that this key started."),
        Problems))]
pub(super) async fn start(
    State(app): State<App>,
    signed: Signed,
    Ids(class): Ids<ClassId>,
    OptionalKey(key): OptionalKey,
) -> Reply<(StatusCode, axum::Json<Attempt>)> {
    let now = app.clock.now();
    let person = &signed.person;
    let operation = format!("start {class}");
    let repeat = key
        .as_ref()
        .map(|key| Repeat::new(person, key, &operation, &()))
        .transpose()?;

    let mut tx = app.db.write_for(person.as_str()).await?;
    let view = read_class(&mut tx, person, &class)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    if let Some(repeat) = &repeat
        && let Some(id) = repeated::<AttemptId>(&mut tx, repeat).await?
        && let Some(sitting) = Sitting::find(&mut tx, person, &id).await?
    {
        return Ok((
            StatusCode::OK,
            axum::Json(attempt(&mut tx, now, &sitting).await?),
        ));
    }
    let view = if deadline::settle_person(&mut tx, person, now).await? {
        read_class(&mut tx, person, &class)
            .await?
            .ok_or(ErrorCode::NotFound)?
    } else {
        view
    };
    let open = view
        .exam
        .attempts
        .iter()
        .find(|attempt| attempt.state == AttemptState::Open);
    let (status, id) = match open {
        Some(open) => (StatusCode::OK, open.id.clone()),
        None => {
            allowed(&view, now)?;
            (
                StatusCode::CREATED,
                begin(&mut tx, person, &view, now).await?,
            )
        }
    };
    if let Some(repeat) = &repeat {
        remember(&mut tx, repeat, &id, now).await?;
    }
    let sitting = Sitting::find(&mut tx, person, &id)
        .await?
        .ok_or(ErrorCode::Internal)?;
    let reply = attempt(&mut tx, now, &sitting).await?;
    tx.commit().await?;
    app.attempt_started.notify_one();
    Ok((status, axum::Json(reply)))
}

/// Whether a new attempt may begin.
fn allowed(class: &Class, now: Timestamp) -> Reply<()> {
    if progress::passed(&class.exam) {
        return Err(ErrorCode::AlreadyPassed.into());
    }
    let begun = day_begins(&class.starts_on).is_some_and(|begin| begin <= now);
    let over = day_ends(&class.ends_on).is_none_or(|end| end <= now);
    if !begun || over {
        return Err(ErrorCode::ClassNotRunning.into());
    }
    if progress::missing(class).is_some() {
        return Err(ErrorCode::ExamClosed.into());
    }
    let made = u32::try_from(class.exam.attempts.len()).unwrap_or(u32::MAX);
    if made >= class.exam.attempts_allowed {
        return Err(ErrorCode::NoAttemptLeft.into());
    }
    Ok(())
}

async fn begin(
    tx: &mut Conn,
    person: &PersonId,
    class: &Class,
    now: Timestamp,
) -> Reply<AttemptId> {
    let (document,): (String,) = sqlx::query_as("SELECT document FROM classes WHERE id = $1")
        .bind(class.id.as_str())
        .fetch_one(&mut *tx)
        .await?;
    let document: ClassDocument = serde_json::from_str(&document)?;
    let paper = Paper::draw(tx, &class.id, &class.title, &document.exam).await?;
    let number = class
        .exam
        .attempts
        .iter()
        .map(|attempt| attempt.number)
        .max()
        .unwrap_or(0)
        + 1;
    let id = AttemptId(uuid::Uuid::now_v7().to_string());
    sqlx::query(
        "INSERT INTO attempts (id, person_id, class_id, number, started_at, deadline, grace_ms, paper) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.as_str())
    .bind(person.as_str())
    .bind(class.id.as_str())
    .bind(i64::from(number))
    .bind(to_db(now.0))
    .bind(to_db(now.plus(document.exam.duration_ms).0))
    .bind(to_db(document.exam.grace_ms))
    .bind(serde_json::to_string(&paper)?)
    .execute(tx)
    .await?;
    Ok(id)
}
