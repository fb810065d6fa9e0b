//! The router: API, health, and the built client.

use std::any::Any;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::{ErrorCode, Service, WRITE_HEADER};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::failure::Failure;
use crate::files::{media, site};
use crate::openapi::{Frame, TAG_SERVICE, problems};
use crate::{certificate, exam, session, study};

/// Only our own scripts and no inline ones; `'wasm-unsafe-eval'` compiles the client; inline styles
/// are what the client's style library injects; Trusted Types close the ways from text to markup.
const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Every operation of the contract.
pub(crate) fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Frame::openapi())
        .routes(routes!(service))
        .merge(session::routes())
        .merge(study::routes())
        .merge(exam::routes())
        .merge(certificate::routes())
        .merge(media::routes())
}

/// The whole backend.
pub(crate) fn router(app: App) -> Router {
    let (api, _) = api().split_for_parts();
    let api = api
        .route_layer(middleware::from_fn(write_guard))
        .route("/api/{*rest}", axum::routing::any(unknown))
        .route("/api/", axum::routing::any(unknown))
        .route("/api", axum::routing::any(unknown))
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(no_store));
    Router::new()
        .merge(api)
        .route("/healthz", get(health))
        .fallback(site::serve)
        .layer(middleware::from_fn(log))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(security_headers))
        .with_state(app)
}

problems! { Public = ; }

/// What the backend says of itself; needs no session.
#[utoipa::path(get, path = contract::path::ROOT, operation_id = "readService", tag = TAG_SERVICE,
    responses((status = 200, body = Service, description = "The service document."), Public))]
async fn service(State(app): State<App>) -> axum::Json<Service> {
    axum::Json(Service {
        name: app.settings.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        contract: 1,
        now: app.clock.now(),
        features: Vec::new(),
        help: app.settings.help.clone(),
    })
}

/// 200 while the database answers.
async fn health(State(app): State<App>) -> Result<&'static str, Failure> {
    let mut tx = app.db.read().await?;
    sqlx::query("SELECT 1").execute(&mut *tx).await?;
    Ok("ok\n")
}

async fn unknown() -> Failure {
    ErrorCode::NotFound.into()
}

async fn wrong_method() -> Failure {
    ErrorCode::MethodNotAllowed.into()
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    Failure::from(ErrorCode::Internal).into_response()
}

/// One line a request: the route's pattern, never its ids, query, body or address.
async fn log(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("the site", MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    tracing::debug!(%method, route, status, ?took);
    response
}

async fn write_guard(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if reads || request.headers().contains_key(WRITE_HEADER) {
        next.run(request).await
    } else {
        Failure::from(ErrorCode::MissingWriteHeader).into_response()
    }
}

/// Replies of the API are a person's own and of this moment; media say otherwise for themselves.
async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let unsaid = || HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert_with(unsaid);
    response
}

async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_becomes_a_500_problem_without_detail() {
        let app: Router = Router::new()
            .route("/", get(|| async { panic!("a secret") as &'static str }))
            .layer(CatchPanicLayer::custom(panicked));
        let reply = app
            .oneshot(Request::new(axum::body::Body::empty()))
            .await
            .unwrap();
        assert_eq!(reply.status(), 500);
        let body = axum::body::to_bytes(reply.into_body(), 1000).await.unwrap();
        let expected = r#"{"type":"/problems/internal","title":"internal error","status":500}"#;
        assert_eq!(body, expected);
    }
}
