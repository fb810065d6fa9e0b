//! What handlers take from a request; whatever does not fit becomes a problem.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use contract::{BODY_LIMIT, ErrorCode, IDEMPOTENCY_KEY, IdempotencyKey};
use http_body_util::{BodyExt, Limited};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::failure::Failure;

/// How much of an oversized body is still read, so that the client gets to see the refusal instead
/// of a broken connection.
const DRAIN_LIMIT: usize = 8 * BODY_LIMIT;

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(ErrorCode::NotJson.into());
        }
        let bytes = collect(request.into_body()).await?;
        // A member that is skipped or refused is not looked into, so this goes first.
        let text = std::str::from_utf8(&bytes).map_err(|_| ErrorCode::BrokenJson)?;
        let mut json = serde_json::Deserializer::from_str(text);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            // A member that does not fit is met before a break further on; the break goes first.
            if serde_json::from_str::<IgnoredAny>(text).is_err() {
                return Failure::from(ErrorCode::BrokenJson);
            }
            // The message of the inner error may quote values; the path holds member names only.
            Failure::body(format!("`{}` is missing or does not fit", error.path()))
        })?;
        json.end()
            .map_err(|_| Failure::from(ErrorCode::BrokenJson))?;
        Ok(Self(value))
    }
}

async fn collect(body: Body) -> Result<Vec<u8>, Failure> {
    let mut body = Limited::new(body, DRAIN_LIMIT);
    let mut bytes = Vec::new();
    let mut total = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            // Past the drain limit, or the connection broke.
            let code = if total > BODY_LIMIT {
                ErrorCode::BodyTooLarge
            } else {
                ErrorCode::BrokenJson
            };
            return Err(code.into());
        };
        if let Some(data) = frame.data_ref() {
            total += data.len();
            if total <= BODY_LIMIT {
                bytes.extend_from_slice(data);
            }
        }
    }
    if total > BODY_LIMIT {
        Err(ErrorCode::BodyTooLarge.into())
    } else {
        Ok(bytes)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Ids from the path. A segment that is not UTF-8 names nothing, and neither does one with a NUL,
/// which PostgreSQL cannot even be asked about.
pub(crate) struct Ids<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Ids<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(ids)) if !parts.uri.path().contains("%00") => Ok(Self(ids)),
            _ => Err(ErrorCode::NotFound.into()),
        }
    }
}

/// Parameters from the query.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(_) => Err(Failure::request("a query parameter does not fit")),
        }
    }
}

/// The key of a repeatable `POST`, if it carries one; always a UUID v7.
pub(crate) struct OptionalKey(pub(crate) Option<IdempotencyKey>);

impl<S: Send + Sync> FromRequestParts<S> for OptionalKey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(value) = parts.headers.get(IDEMPOTENCY_KEY) else {
            return Ok(Self(None));
        };
        let uuid = value
            .to_str()
            .ok()
            .and_then(|text| uuid::Uuid::try_parse(text.trim()).ok());
        match uuid {
            Some(uuid) if uuid.get_version_num() == 7 => {
                Ok(Self(Some(IdempotencyKey(uuid.hyphenated().to_string()))))
            }
            _ => Err(Failure::request("Idempotency-Key must be a UUID v7")),
        }
    }
}

/// The key of a `POST` that must carry one.
pub(crate) struct Key(pub(crate) IdempotencyKey);

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match OptionalKey::from_request_parts(parts, state).await?.0 {
            Some(key) => Ok(Self(key)),
            None => Err(Failure::request("Idempotency-Key is missing: a UUID v7")),
        }
    }
}
