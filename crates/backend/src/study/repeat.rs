//! Writes that come twice under one idempotency key.

use contract::{ErrorCode, IdempotencyKey, PersonId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::db::{Conn, to_db};
use crate::failure::Reply;
use crate::hex;

/// How long a key is remembered.
pub(crate) const KEEP_MS: u64 = 30 * 24 * 3600 * 1000;

/// A keyed write: the person's key, and what it asks for.
pub(crate) struct Repeat<'a> {
    person: &'a PersonId,
    key: &'a IdempotencyKey,
    body_hash: String,
}

impl<'a> Repeat<'a> {
    /// `operation` tells the operations apart, the ids in their paths included. The body is hashed
    /// as it was understood, so that spaces and the order of members make no other body of it.
    pub(crate) fn new(
        person: &'a PersonId,
        key: &'a IdempotencyKey,
        operation: &str,
        body: &impl Serialize,
    ) -> Reply<Self> {
        let mut hash = Sha256::new_with_prefix(operation);
        hash.update(b"\n");
        hash.update(serde_json::to_vec(body)?);
        Ok(Self {
            person,
            key,
            body_hash: hex(&hash.finalize()),
        })
    }
}

/// What was remembered of an earlier write under this key; another body under it is refused.
pub(crate) async fn repeated<T: DeserializeOwned>(
    tx: &mut Conn,
    repeat: &Repeat<'_>,
) -> Reply<Option<T>> {
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT body_hash, reply FROM idempotency WHERE person_id = $1 AND key = $2",
    )
    .bind(repeat.person.as_str())
    .bind(repeat.key.as_str())
    .fetch_optional(tx)
    .await?;
    match row {
        None => Ok(None),
        Some((body_hash, reply)) if body_hash == repeat.body_hash => {
            Ok(Some(serde_json::from_str(&reply)?))
        }
        Some(_) => Err(ErrorCode::KeyReused.into()),
    }
}

/// Remembers a write within its own transaction.
pub(crate) async fn remember(
    tx: &mut Conn,
    repeat: &Repeat<'_>,
    reply: &impl Serialize,
    now: Timestamp,
) -> Reply<()> {
    sqlx::query(
        "INSERT INTO idempotency (person_id, key, body_hash, reply, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(repeat.person.as_str())
    .bind(repeat.key.as_str())
    .bind(&repeat.body_hash)
    .bind(serde_json::to_string(reply)?)
    .bind(to_db(now.0))
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets what is older than it need be.
pub(crate) async fn prune(app: &App) -> Result<(), sqlx::Error> {
    let before = app.clock.now().0.saturating_sub(KEEP_MS);
    let mut tx = app.db.write().await?;
    sqlx::query("DELETE FROM idempotency WHERE created_at < $1")
        .bind(to_db(before))
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}
