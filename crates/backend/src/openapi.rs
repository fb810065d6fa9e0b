//! The OpenAPI document, generated from the types and the handlers.

use std::collections::BTreeMap;

use contract::{ErrorCode, PERSON_HEADER, PROBLEM_JSON, Problem};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, Object, Ref, RefOr, Required, Response, ResponseBuilder,
    schema::Type,
};
use utoipa::{IntoParams, Modify, OpenApi};

pub(crate) const TAG_SERVICE: &str = "service";
pub(crate) const TAG_SESSION: &str = "session";
pub(crate) const TAG_STUDY: &str = "study";
pub(crate) const TAG_EXAM: &str = "exam";
pub(crate) const TAG_CERTIFICATE: &str = "certificate";

/// The frame of the document; the router adds the operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gongke",
        version = "1",
        description = "What a learning client and a backend say to each other; docs/contract.md tells it in prose. \
                       Additive only: ignore members that you don't know. Times are RFC 3339 in UTC with milliseconds, \
                       media positions and lengths integer milliseconds, ids opaque strings."
    ),
    components(schemas(Problem)),
    tags(
        (name = TAG_SERVICE, description = "What a backend says of itself."),
        (name = TAG_SESSION, description = "Signing in and out."),
        (name = TAG_STUDY, description = "Classes, lessons, media and watched time."),
        (name = TAG_EXAM, description = "Attempts and answers."),
        (name = TAG_CERTIFICATE, description = "Certificates."),
    ),
    modifiers(&Security)
)]
pub(crate) struct Frame;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description(
            "__Host-gongke",
            "The session: HttpOnly, Secure. Over plain HTTP on loopback its name is `gongke`.",
        );
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// The document as it is kept in docs/openapi.json.
pub fn document() -> String {
    let (_, mut document) = crate::routes::api().split_for_parts();
    for path in document.paths.paths.values_mut() {
        let operations = [
            &mut path.get,
            &mut path.put,
            &mut path.post,
            &mut path.delete,
        ];
        for operation in operations.into_iter().flatten() {
            if operation.security.is_some() {
                operation
                    .parameters
                    .get_or_insert_default()
                    .push(person_header().into());
            }
        }
    }
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// What every request that needs a session may carry.
fn person_header() -> Parameter {
    ParameterBuilder::new()
        .name(PERSON_HEADER)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Id of the person whom the client takes to be signed in; if the session is another's, 401.",
        ))
        .schema(Some(Object::with_type(Type::String)))
        .build()
}

/// What every write carries.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(
    dead_code,
    reason = "describes headers in the document; handlers read them elsewhere"
)]
pub(crate) struct WriteHeader {
    /// Any value: shows that no other site's form wrote this.
    #[param(rename = "X-Gongke")]
    write: String,
}

/// What a repeatable `POST` carries.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(
    dead_code,
    reason = "describes headers in the document; handlers read them elsewhere"
)]
pub(crate) struct KeyHeader {
    /// A UUID v7 that names this write; the same key with another body is refused.
    #[param(rename = "Idempotency-Key", format = "uuid")]
    key: String,
}

/// What a `POST` that is repeatable by its nature may carry.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(
    dead_code,
    reason = "describes headers in the document; handlers read them elsewhere"
)]
pub(crate) struct OptionalKeyHeader {
    /// A UUID v7 that names this write.
    #[param(rename = "Idempotency-Key", format = "uuid", required = false)]
    key: Option<String>,
}

/// Names a set of problem replies for `responses(…)`.
macro_rules! problems {
    ($($name:ident = $($code:ident)*;)*) => {$(
        struct $name;

        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<
                String,
                utoipa::openapi::RefOr<utoipa::openapi::Response>,
            > {
                crate::openapi::problem_replies(&[$(contract::ErrorCode::$code),*])
            }
        }
    )*};
}
pub(crate) use problems;

/// One reply for each status; those that any operation may meet are added.
pub(crate) fn problem_replies(codes: &[ErrorCode]) -> BTreeMap<String, RefOr<Response>> {
    let mut texts: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for code in codes
        .iter()
        .chain(&[ErrorCode::Internal, ErrorCode::Unavailable])
    {
        texts.entry(code.status()).or_default().push(format!(
            "`{}`: {}.",
            code.uri(),
            code.title()
        ));
    }
    let reply = |(status, texts): (u16, Vec<String>)| {
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let mut reply = ResponseBuilder::new()
            .description(texts.join(" "))
            .content(PROBLEM_JSON, content);
        if status == 429 || status == 503 {
            let seconds = HeaderBuilder::new()
                .schema(Some(Object::with_type(Type::Integer)))
                .description(Some("Seconds."));
            reply = reply.header("Retry-After", seconds.build());
        }
        (status.to_string(), reply.build().into())
    };
    texts.into_iter().map(reply).collect()
}
