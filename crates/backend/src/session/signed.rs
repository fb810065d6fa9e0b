//! Who is asking: the session behind the cookie, and the address behind the connection.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::{ErrorCode, PERSON_HEADER, PersonId, Timestamp};

use super::{IDLE_MS, LIFE_MS, cookie};
use crate::app::App;
use crate::db::{from_db, to_db};
use crate::failure::Failure;

/// How stale the time of the last request may get in the database; saves a write a request.
const SEEN_EVERY_MS: u64 = 60 * 1000;

/// The signed-in person. Where the request names another one, nobody is: what a client kept for
/// that person must not be written under this session.
pub(crate) struct Signed {
    pub(crate) person: PersonId,
}

impl FromRequestParts<App> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let refused = || Failure::from(ErrorCode::NotSignedIn);
        let token = cookie::token(&parts.headers, app.settings.public_https).ok_or_else(refused)?;
        let hash = cookie::hash(&token);
        let mut tx = app.db.read().await?;
        let row: Option<(String, i64, i64)> = sqlx::query_as(
            "SELECT person_id, created_at, seen_at FROM sessions WHERE token_hash = $1",
        )
        .bind(&hash)
        .fetch_optional(&mut *tx)
        .await?;
        drop(tx);
        let (person, created_at, seen_at) = row.ok_or_else(refused)?;
        let now = app.clock.now();
        let unseen = now.0.saturating_sub(from_db(seen_at));
        if now.0.saturating_sub(from_db(created_at)) >= LIFE_MS || unseen >= IDLE_MS {
            return Err(refused());
        }
        if !meant(&parts.headers, &person) {
            return Err(refused());
        }
        if unseen >= SEEN_EVERY_MS {
            // Beside the request: it must not wait for its turn to write, or an answer that came in
            // time would be late by then.
            tokio::spawn(see(app.clone(), hash, now));
        }
        Ok(Self {
            person: PersonId(person),
        })
    }
}

/// Notes that the session was in use. Should it fail, the next request notes it.
async fn see(app: App, hash: String, now: Timestamp) {
    let seen = async {
        let mut tx = app.db.write().await?;
        sqlx::query("UPDATE sessions SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1")
            .bind(to_db(now.0))
            .bind(&hash)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    };
    if let Err(error) = seen.await {
        tracing::warn!(%error, "the use of a session could not be noted");
    }
}

/// Whether the request is meant for this person: it names nobody, or nobody else.
fn meant(headers: &HeaderMap, person: &str) -> bool {
    let mut named = headers.get_all(PERSON_HEADER).iter();
    named.all(|name| name.as_bytes() == person.as_bytes())
}

/// The address that a request came from: the connection's, or behind an HTTPS proxy the one that
/// the proxy added last.
pub(super) struct Address(pub(super) String);

impl FromRequestParts<App> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let forwarded = || {
            let line = parts
                .headers
                .get_all("x-forwarded-for")
                .iter()
                .next_back()?
                .to_str()
                .ok()?;
            Some(line.rsplit(',').next()?.trim().to_owned())
        };
        let direct = || {
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            peer.map_or_else(String::new, |peer| peer.0.ip().to_string())
        };
        let trusted = if app.settings.public_https {
            forwarded()
        } else {
            None
        };
        Ok(Self(trusted.unwrap_or_else(direct)))
    }
}
