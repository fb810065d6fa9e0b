//! Errors: RFC 9457 problem details, with one stable `type` for each code.

use serde::{Deserialize, Serialize};

/// The MIME type of a [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A problem detail (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What went wrong. A code that the client does not know reads as [`ErrorCode::Internal`].
    #[serde(rename = "type", default)]
    pub code: ErrorCode,
    /// The code in a few English words, for logs; clients show their own text.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// More on this occurrence, for whoever writes a client. Holds no personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Seconds to wait before trying again, as in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $uri:literal, $status:literal, $title:literal;)*) => {
        /// Every error that a backend may reply.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $uri)] $variant,)*
            /// The server failed; nothing is known of why.
            #[default]
            #[serde(rename = "/problems/internal", other)]
            Internal,
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)* Self::Internal];

            /// The stable URI that stands in `type`.
            pub const fn uri(self) -> &'static str {
                match self {
                    $(Self::$variant => $uri,)*
                    Self::Internal => "/problems/internal",
                }
            }

            /// The HTTP status that it comes with.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)*
                    Self::Internal => 500,
                }
            }

            /// A few English words.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)*
                    Self::Internal => "internal error",
                }
            }
        }
    };
}

codes! {
    /// The body is not JSON.
    BrokenJson = "/problems/broken-json", 400, "the body is not JSON";
    /// JSON, but not of the shape or range that the operation takes.
    InvalidBody = "/problems/invalid-body", 422, "the body does not fit the operation";
    /// A query parameter or header is missing or malformed.
    InvalidRequest = "/problems/invalid-request", 400, "a parameter or header is missing or malformed";
    /// The body is larger than [`crate::BODY_LIMIT`].
    BodyTooLarge = "/problems/body-too-large", 413, "the body is too large";
    /// The body is not `application/json`.
    NotJson = "/problems/not-json", 415, "the body must be application/json";
    /// Nobody is signed in, or the session has ended.
    NotSignedIn = "/problems/not-signed-in", 401, "sign in first";
    /// User name or password are wrong. Unknown users get the same reply.
    WrongCredentials = "/problems/wrong-credentials", 403, "wrong user name or password";
    /// Too many tries at signing in, whether or not the user exists; see `retry_after_s`.
    TooManyAttempts = "/problems/too-many-attempts", 429, "too many tries";
    /// A write without the header that proves it came from the client.
    MissingWriteHeader = "/problems/missing-write-header", 403, "the write header is missing";
    /// No such thing, or not this person's: the two are not told apart.
    NotFound = "/problems/not-found", 404, "not found";
    /// The path exists and does not take this method.
    MethodNotAllowed = "/problems/method-not-allowed", 405, "method not allowed";
    /// The same idempotency key came with another body.
    KeyReused = "/problems/idempotency-key-reused", 422, "the idempotency key was used with another body";
    /// The exam opens when every course is complete.
    ExamClosed = "/problems/exam-closed", 409, "the exam is not open yet";
    /// No attempt is left.
    NoAttemptLeft = "/problems/no-attempt-left", 409, "no attempt is left";
    /// Already passed: there is nothing to sit again.
    AlreadyPassed = "/problems/already-passed", 409, "the exam is passed already";
    /// The class has not begun, or is over.
    ClassNotRunning = "/problems/class-not-running", 409, "the class is not running";
    /// The server is overloaded or being maintained; see `retry_after_s`.
    Unavailable = "/problems/unavailable", 503, "try again later";
}

// By hand: the derive does not see the names that the macro above gives.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ErrorCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::ALL.iter().map(|code| code.uri())))
            .description(Some(
                "Every error that a backend may reply; read unknown ones as internal.",
            ))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ErrorCode {}

impl Problem {
    /// A problem of that code.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            title: code.title().to_owned(),
            status: code.status(),
            detail: None,
            retry_after_s: None,
        }
    }

    /// With words on this occurrence.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// With a time to wait, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Problem};

    #[test]
    fn every_code_survives_the_wire_under_its_uri() {
        for &code in ErrorCode::ALL {
            let json = serde_json::to_value(Problem::new(code)).unwrap();
            assert_eq!(json["type"], code.uri());
            assert_eq!(json["status"], code.status());
            let back: Problem = serde_json::from_value(json).unwrap();
            assert_eq!(back.code, code);
        }
    }

    #[test]
    fn an_unknown_code_reads_as_internal() {
        let problem: Problem =
            serde_json::from_str(r#"{"type":"/problems/new-one","status":418}"#).unwrap();
        assert_eq!(problem.code, ErrorCode::Internal);
    }
}
