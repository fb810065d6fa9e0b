//! The built client: precompressed, hashed names for ever, everything else asked for anew.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::app::App;

const HASHED: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const OTHERS: HeaderValue = HeaderValue::from_static("no-cache");
/// The page itself is not to be brought back as it was left: on a shared computer "back" would show
/// the former person's page, and in Chromium a page that was left while it opened its database
/// keeps the next one from opening it.
const PAGE: HeaderValue = HeaderValue::from_static("no-store");

/// Serves whatever is not the API.
pub(crate) async fn serve(State(app): State<App>, request: Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            allow,
            "method not allowed\n",
        )
            .into_response();
    }
    let Some(site) = &app.settings.site else {
        return (StatusCode::NOT_FOUND, "this backend serves no site\n").into_response();
    };
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    let page = accept.is_some_and(|accept| accept.contains("text/html"));
    let path = request.uri().path().to_owned();
    let named = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));

    let mut index = Request::new(Body::empty());
    *index.method_mut() = request.method().clone();
    *index.headers_mut() = request.headers().clone();
    *index.uri_mut() = Uri::from_static("/index.html");
    if path == "/" || path == "/index.html" {
        return file(site, index, PAGE).await;
    }
    let response = file(site, request, if hashed(&path) { HASHED } else { OTHERS }).await;
    if response.status() == StatusCode::NOT_FOUND && page && !named {
        return file(site, index, PAGE).await;
    }
    response
}

async fn file(site: &Path, request: Request, cache: HeaderValue) -> Response {
    let files = ServeDir::new(site)
        .append_index_html_on_directories(false)
        .redirect_to_trailing_slash(false)
        .ignore_multi_range_requests(true)
        .precompressed_br()
        .precompressed_gzip();
    let mut response = match files.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    let status = response.status();
    let headers = response.headers_mut();
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        headers.insert(header::CACHE_CONTROL, cache);
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if let Some(kind) = kind.filter(|kind| kind.starts_with("text/") && !kind.contains("charset"))
        && let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// Whether some part of the path holds a hash: eight or more lower-case hex digits that stand by
/// themselves, a decimal digit among them.
fn hashed(path: &str) -> bool {
    path.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| {
            word.len() >= 8
                && word
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
                && word.bytes().any(|byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_with_a_hash_are_told_from_those_without() {
        for path in [
            "/gongke-0123abcd.js",
            "/gongke-71fe9f6ca22af1c2_bg.wasm",
            "/fonts-0123abcd/song/4e00.otf",
        ] {
            assert!(super::hashed(path), "{path}");
        }
        for path in [
            "/",
            "/index.html",
            "/config.json",
            "/press.js",
            "/deadbeef.js",
            "/a1b2.js",
        ] {
            assert!(!super::hashed(path), "{path}");
        }
    }
}
