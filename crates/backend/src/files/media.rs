//! Videos, posters, captions, hand-outs and photos: by the hash of their content, to those whom
//! they concern, in byte ranges.

use std::io::SeekFrom;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{ErrorCode, PersonId};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::db::{Conn, from_db};
use crate::extract::Ids;
use crate::failure::Reply;
use crate::openapi::{TAG_STUDY, problems};
use crate::session::Signed;

use super::range::{Asked, asked};

/// The name is the hash of the content, so what stands under it never changes.
const CLASS_CACHE: &str = "private, max-age=31536000, immutable";
/// A photo must not reach the next person at a shared computer.
const PHOTO_CACHE: &str = "private, no-store";

const CHUNK: usize = 64 * 1024;

problems! { Problems = NotSignedIn NotFound; }

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// Where a file is read.
pub(crate) fn url(hash: &str, extension: &str) -> String {
    format!("{}/media/{hash}.{extension}", contract::path::ROOT)
}

struct Medium {
    mime: String,
    bytes: u64,
    cache: &'static str,
}

/// A file of a lesson, or my photo. URLs stand in the replies; read nothing into them.
#[utoipa::path(get, path = "/api/v1/media/{file}", operation_id = "readMedia", tag = TAG_STUDY, security(("session" = [])),
    params(
        ("file" = String, Path, description = "As a URL of another reply names it."),
        ("Range" = Option<String>, Header, description = "`bytes=…`, one range."),
        ("If-Range" = Option<String>, Header, description = "An ETag; if it is another, the whole comes."),
        ("If-None-Match" = Option<String>, Header, description = "An ETag; if it is this, 304 comes.")),
    responses(
        (status = 200, description = "The whole.", content_type = "application/octet-stream",
            headers(("ETag", description = "Strong."), ("Accept-Ranges", description = "`bytes`."))),
        (status = 206, description = "The part.", content_type = "application/octet-stream",
            headers(("ETag", description = "Strong."), ("Content-Range", description = "Which part of how much."))),
        (status = 304, description = "Not changed."),
        (status = 416, description = "Nothing of the file lies in the range.",
            headers(("Content-Range", description = "How much there is."))),
        Problems))]
async fn read(
    State(app): State<App>,
    signed: Signed,
    Ids(file): Ids<String>,
    method: Method,
    headers: HeaderMap,
) -> Reply<Response> {
    let hash = file.split('.').next().unwrap_or_default();
    let mut tx = app.db.read().await?;
    let medium = find(&mut tx, &signed.person, hash)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    drop(tx);

    let etag = format!("\"{hash}\"");
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let known = text(header::IF_NONE_MATCH).is_some_and(|list| {
        list.split(',')
            .any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag)
    });
    let asked = match text(header::RANGE) {
        Some(range)
            if method == Method::GET && text(header::IF_RANGE).is_none_or(|tag| tag == etag) =>
        {
            asked(range, medium.bytes)
        }
        _ => Asked::Whole,
    };
    let (status, first, length, range) = match asked {
        _ if known => (StatusCode::NOT_MODIFIED, 0, 0, None),
        Asked::Whole => (StatusCode::OK, 0, medium.bytes, None),
        Asked::Part(first, last) => {
            let range = format!("bytes {first}-{last}/{}", medium.bytes);
            (
                StatusCode::PARTIAL_CONTENT,
                first,
                last - first + 1,
                Some(range),
            )
        }
        Asked::Unsatisfiable => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            0,
            0,
            Some(format!("bytes */{}", medium.bytes)),
        ),
    };
    let body = if length == 0 || method == Method::HEAD {
        Body::empty()
    } else {
        let mut file = File::open(app.settings.media_dir().join(hash)).await?;
        file.seek(SeekFrom::Start(first)).await?;
        Body::from_stream(ReaderStream::with_capacity(file.take(length), CHUNK))
    };
    let mut response = (
        status,
        [
            (header::ETAG, etag),
            (header::CACHE_CONTROL, medium.cache.to_owned()),
        ],
        [(header::ACCEPT_RANGES, "bytes")],
        body,
    )
        .into_response();
    let out = response.headers_mut();
    if status.is_success() {
        out.insert(header::CONTENT_LENGTH, length.into());
        if let Ok(mime) = HeaderValue::try_from(medium.mime) {
            out.insert(header::CONTENT_TYPE, mime);
        }
    }
    if let Some(range) = range.and_then(|range| HeaderValue::try_from(range).ok()) {
        out.insert(header::CONTENT_RANGE, range);
    }
    Ok(response)
}

/// A file of a class that the person is enrolled in, or the person's own photo: the present one, or
/// one that a certificate was issued with.
async fn find(tx: &mut Conn, person: &PersonId, hash: &str) -> Reply<Option<Medium>> {
    let row: Option<(String, i64, Option<String>)> = sqlx::query_as(
        "SELECT m.mime, m.bytes, own.photo FROM media m \
         LEFT JOIN (SELECT photo FROM persons WHERE id = $2 \
             UNION SELECT photo FROM certificates WHERE person_id = $2) own ON own.photo = m.hash \
         WHERE m.hash = $1 AND (own.photo IS NOT NULL OR EXISTS ( \
             SELECT 1 FROM class_media c JOIN enrolments e ON e.class_id = c.class_id \
             WHERE c.hash = m.hash AND e.person_id = $2))",
    )
    .bind(hash)
    .bind(person.as_str())
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|(mime, bytes, photo)| Medium {
        mime,
        bytes: from_db(bytes),
        cache: if photo.is_some() {
            PHOTO_CACHE
        } else {
            CLASS_CACHE
        },
    }))
}
