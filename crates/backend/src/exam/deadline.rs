//! Attempts hand themselves in at their deadline and its grace: whenever anyone asks, and by a
//! keeper that sleeps until the next one.

use contract::{AttemptId, HandInBy, PersonId, Timestamp};

use crate::app::App;
use crate::db::{Conn, from_db, to_db};
use crate::failure::Reply;

use super::sitting::Sitting;

/// How soon to try again what failed.
const AGAIN_MS: u64 = 10_000;

/// Hands in what is due of one person's, so that what is read next is true.
pub(crate) async fn settle(app: &App, person: &PersonId) -> Reply<()> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let due = due_of(&mut tx, person, now).await?;
    drop(tx);
    if !due.is_empty() {
        let mut tx = app.db.write_for(person.as_str()).await?;
        settle_person(&mut tx, person, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The same within a transaction that writes; tells whether there was something to do.
pub(super) async fn settle_person(tx: &mut Conn, person: &PersonId, now: Timestamp) -> Reply<bool> {
    let mut closed = false;
    for id in due_of(tx, person, now).await? {
        if let Some(mut sitting) = Sitting::find(tx, person, &id).await?
            && sitting.due(now)
        {
            sitting.close(tx, now, HandInBy::Deadline).await?;
            closed = true;
        }
    }
    Ok(closed)
}

async fn due_of(tx: &mut Conn, person: &PersonId, now: Timestamp) -> Reply<Vec<AttemptId>> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT id FROM attempts WHERE person_id = $1 AND closed_at IS NULL AND deadline + grace_ms < $2",
    )
    .bind(person.as_str())
    .bind(to_db(now.0))
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|(id,)| AttemptId(id)).collect())
}

/// Runs as long as the backend does.
pub(crate) async fn keep_deadlines(app: App) {
    loop {
        let started = app.attempt_started.notified();
        let next = match settle_all(&app).await {
            Ok(next) => next,
            Err(_) => Some(app.clock.now().plus(AGAIN_MS)),
        };
        // Another process on the same database may start attempts too, so never sleep for long.
        let next = next
            .unwrap_or(Timestamp(u64::MAX))
            .min(app.clock.now().plus(60_000));
        tokio::select! {
            () = app.clock.sleep_until(next) => {}
            () = started => {}
        }
    }
}

/// Hands in all that is due; replies when the next one will be.
async fn settle_all(app: &App) -> Reply<Option<Timestamp>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let due: Vec<(String,)> = sqlx::query_as(
        "SELECT DISTINCT person_id FROM attempts WHERE closed_at IS NULL AND deadline + grace_ms < $1",
    )
    .bind(to_db(now.0))
    .fetch_all(&mut *tx)
    .await?;
    let (next,): (Option<i64>,) = sqlx::query_as(
        "SELECT MIN(deadline + grace_ms) FROM attempts WHERE closed_at IS NULL AND deadline + grace_ms >= $1",
    )
    .bind(to_db(now.0))
    .fetch_one(&mut *tx)
    .await?;
    drop(tx);
    // A write at the last millisecond of the grace still counts; the one after does not.
    let mut next = next.map(|next| Timestamp(from_db(next)).plus(1));
    for (person,) in due {
        // One person's trouble must not keep the others' attempts open.
        if settle(app, &PersonId(person)).await.is_err() {
            tracing::error!("an attempt could not be handed in at its deadline");
            let again = now.plus(AGAIN_MS);
            next = Some(next.map_or(again, |next| next.min(again)));
        }
    }
    Ok(next)
}
