//! Reports of watched time: checked and credited by the domain's rule.

use axum::extract::State;
use contract::{ErrorCode, LessonId, Timestamp, WatchedReply, WatchedReport};
use domain::credit::{self, Credit, MAX_UNREPORTED_MS, credit};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::certificate;
use crate::db::{Conn, from_db, to_db};
use crate::extract::{Ids, Json, Key};
use crate::failure::{Failure, Reply};
use crate::openapi::{KeyHeader, TAG_STUDY, WriteHeader, problems};
use crate::session::Signed;

use super::lesson::{Place, Study};
use super::{Repeat, remember, repeated};

/// Stretches in one report.
const MOST_INTERVALS: usize = 512;
/// Stretches that are kept of a lesson. Each report reads and writes them all, so one person's must
/// not grow without end; a player that is honest makes a few dozen.
const MOST_COVERED: usize = 4096;

problems! {
    Problems = NotSignedIn NotFound MissingWriteHeader InvalidRequest BrokenJson InvalidBody KeyReused
        BodyTooLarge NotJson ClassNotRunning;
}

/// What a report gained; remembered under its key.
#[derive(Serialize, Deserialize)]
struct Gained {
    credited_ms: u64,
    refused_ms: u64,
}

/// Reports watched stretches.
///
/// They are clipped to the lesson and merged; what is new among them is credited as far as the
/// wall clock allows at the class's fastest rate. Repeating a report, or any part of it, adds
/// nothing.
#[utoipa::path(post, path = "/api/v1/lessons/{lesson}/watched", operation_id = "reportWatched", tag = TAG_STUDY,
    security(("session" = [])), request_body = WatchedReport,
    params(("lesson" = String, Path, description = "Lesson id."), WriteHeader, KeyHeader),
    responses((status = 200, body = WatchedReply, description = "What it gained."), Problems))]
pub(super) async fn report(
    State(app): State<App>,
    signed: Signed,
    Ids(lesson): Ids<LessonId>,
    Key(key): Key,
    Json(report): Json<WatchedReport>,
) -> Reply<axum::Json<WatchedReply>> {
    if report.intervals.len() > MOST_INTERVALS {
        return Err(Failure::body("`intervals` holds at most 512"));
    }
    let now = app.clock.now();
    let person = &signed.person;
    let operation = format!("watched {lesson}");
    let repeat = Repeat::new(person, &key, &operation, &report)?;

    let mut tx = app.db.write_for(person.as_str()).await?;
    let place = Place::find(&mut tx, person, lesson).await?;
    if let Some(gained) = repeated::<Gained>(&mut tx, &repeat).await? {
        let study = place
            .study(&mut tx, person)
            .await?
            .ok_or(ErrorCode::NotFound)?;
        return Ok(reply(now, &gained, &place, &study));
    }
    // What was watched before the end may come in late, but no later than a device may keep it.
    if !place.begun(now) || place.over(now, MAX_UNREPORTED_MS) {
        return Err(ErrorCode::ClassNotRunning.into());
    }
    let mut study = place.open(&mut tx, person, now).await?;
    let credit = credit(
        place.counts_until(now),
        place.policy,
        accounted_until(&mut tx, person.as_str()).await?,
        &credit::Study {
            opened_at: study.opened_at,
            duration_ms: place.document.duration_ms,
            covered: &study.covered,
        },
        &report.intervals,
    );
    if credit.covered.as_slice().len() > MOST_COVERED {
        return Err(Failure::body(
            "`intervals` leave at most 4096 separate stretches of the lesson",
        ));
    }
    let gained = Gained {
        credited_ms: credit.credited_ms,
        refused_ms: credit.refused_ms,
    };
    let was_complete = study.completed;
    study.position_ms = report.position_ms.min(place.document.duration_ms);
    keep(&mut tx, person.as_str(), &place, &mut study, credit, now).await?;
    if study.completed && !was_complete {
        certificate::issue_if_due(&mut tx, person, &place.class, now).await?;
    }
    remember(&mut tx, &repeat, &gained, now).await?;
    tx.commit().await?;
    Ok(reply(now, &gained, &place, &study))
}

async fn accounted_until(tx: &mut Conn, person: &str) -> Reply<Option<Timestamp>> {
    let (until,): (Option<i64>,) =
        sqlx::query_as("SELECT accounted_until FROM persons WHERE id = $1")
            .bind(person)
            .fetch_one(tx)
            .await?;
    Ok(until.map(|until| Timestamp(from_db(until))))
}

async fn keep(
    tx: &mut Conn,
    person: &str,
    place: &Place,
    study: &mut Study,
    credit: Credit,
    now: Timestamp,
) -> Reply<()> {
    study.covered = credit.covered;
    study.completed = place.complete(study);
    sqlx::query(
        "UPDATE studies SET covered = $1, position_ms = $2, completed_at = COALESCE(completed_at, $3) \
         WHERE person_id = $4 AND lesson_id = $5",
    )
    .bind(serde_json::to_string(&study.covered)?)
    .bind(to_db(study.position_ms))
    .bind(study.completed.then_some(to_db(now.0)))
    .bind(person)
    .bind(place.lesson.as_str())
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE persons SET accounted_until = $1 WHERE id = $2")
        .bind(to_db(credit.accounted_until.0))
        .bind(person)
        .execute(tx)
        .await?;
    Ok(())
}

fn reply(
    now: Timestamp,
    gained: &Gained,
    place: &Place,
    study: &Study,
) -> axum::Json<WatchedReply> {
    axum::Json(WatchedReply {
        now,
        credited_ms: gained.credited_ms,
        refused_ms: gained.refused_ms,
        progress: place.progress(study),
    })
}
