//! What a handler fails with, and how it becomes a problem reply.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{ErrorCode, PROBLEM_JSON, Problem};

/// A problem on its way out.
#[derive(Debug)]
pub(crate) struct Failure(Problem);

pub(crate) type Reply<T> = Result<T, Failure>;

impl Failure {
    /// Not of the shape or range that the operation takes; says what was expected, never what came.
    pub(crate) fn body(expected: impl Into<String>) -> Self {
        Self(Problem::new(ErrorCode::InvalidBody).detail(expected))
    }

    /// A parameter or header is missing or malformed.
    pub(crate) fn request(expected: impl Into<String>) -> Self {
        Self(Problem::new(ErrorCode::InvalidRequest).detail(expected))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self(Problem::new(code))
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            tracing::warn!("no database connection came free");
            return Self(Problem::new(ErrorCode::Unavailable).retry_after(5));
        }
        tracing::error!(%error, "the database failed");
        Self(Problem::new(ErrorCode::Internal))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(line = error.line(), "a stored document cannot be read");
        Self(Problem::new(ErrorCode::Internal))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(kind = %error.kind(), "a file cannot be read");
        Self(Problem::new(ErrorCode::Internal))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let kind = HeaderValue::from_static(PROBLEM_JSON);
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(seconds) = problem.retry_after_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
