//! Requests to the backend. The one file that knows reqwasm.

use std::cell::RefCell;

use contract::{ErrorCode, IDEMPOTENCY_KEY, PERSON_HEADER, PersonId, Problem, WRITE_HEADER, path};
use gloo::timers::callback::Timeout;
use reqwasm::http::{Method, Request};
use serde::de::DeserializeOwned;
use web_sys::{AbortController, RequestCredentials};

use super::{clock, json};

/// After this a request counts as lost. Weak links are slow, so it is generous.
const TIMEOUT_MS: u32 = 20_000;

thread_local! {
    static BASE: RefCell<String> = const { RefCell::new(String::new()) };
    static SIGNED: RefCell<Signed> = const { RefCell::new(Signed { person: None, number: 0 }) };
}

/// Whose pages are shown, and by which sign-in.
#[derive(Clone)]
struct Signed {
    person: Option<PersonId>,
    number: u32,
}

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No reply: no link, no server, or none in time.
    Unreachable,
    /// A reply that is not the backend's: a captive portal's page, a truncated body.
    Malformed,
    /// The backend's own word.
    Problem(Problem),
}

/// A reply, and when on the monotonic clock it was asked for and came.
pub(crate) struct Reply<T> {
    pub(crate) body: T,
    pub(crate) sent_ms: u64,
    pub(crate) received_ms: u64,
}

/// A write that may be repeated.
pub(crate) enum Write<'a> {
    /// `POST`, with its idempotency key where the operation takes one.
    Post(Option<&'a str>),
    /// `PUT`; the body carries a sequence number.
    Put,
}

/// Sets the backend's origin; empty for the page's own.
pub(crate) fn set_base(base: &str) {
    BASE.with_borrow_mut(|b| base.trim_end_matches('/').clone_into(b));
}

/// Sets whose pages are shown. Requests name that person, so that a session which is another's by
/// now refuses them. Each sign-in has its `number`.
pub(crate) fn set_person(person: Option<PersonId>, number: u32) {
    SIGNED.set(Signed { person, number });
}

/// The URL of something that the backend named by path.
pub(crate) fn url(path: &str) -> String {
    if path.starts_with('/') {
        BASE.with_borrow(|base| format!("{base}{path}"))
    } else {
        path.to_owned()
    }
}

impl Reply<String> {
    /// Reads the body as JSON.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<Reply<T>, Failure> {
        let Self {
            body,
            sent_ms,
            received_ms,
        } = self;
        let body = json::read(&body).ok_or(Failure::Malformed)?;
        Ok(Reply {
            body,
            sent_ms,
            received_ms,
        })
    }
}

/// Reads.
pub(crate) async fn get(path: &str) -> Result<Reply<String>, Failure> {
    exchange(Method::GET, path, None, None, shown(path)).await
}

/// Writes JSON.
pub(crate) async fn write(
    write: Write<'_>,
    path: &str,
    body: String,
) -> Result<Reply<String>, Failure> {
    let person = shown(path);
    write_as(person, write, path, body).await
}

/// Writes JSON that is this person's, whoever's pages are shown.
pub(crate) async fn write_as(
    person: Option<PersonId>,
    write: Write<'_>,
    path: &str,
    body: String,
) -> Result<Reply<String>, Failure> {
    let (method, key) = match write {
        Write::Post(key) => (Method::POST, key),
        Write::Put => (Method::PUT, None),
    };
    exchange(method, path, Some(body), key, person).await
}

/// Writes without a body, and expects none.
pub(crate) async fn delete(path: &str) -> Result<(), Failure> {
    exchange(Method::DELETE, path, None, None, shown(path))
        .await
        .map(|_| ())
}

/// Whose pages are shown. Who asks for the session itself wants to know whose it is.
fn shown(path: &str) -> Option<PersonId> {
    let person = || SIGNED.with_borrow(|signed| signed.person.clone());
    (path != path::SESSION).then(person).flatten()
}

async fn exchange(
    method: Method,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
    person: Option<PersonId>,
) -> Result<Reply<String>, Failure> {
    let asked_by = SIGNED.with_borrow(|signed| signed.number);
    let reply = send(method, path, body, key, person.as_ref()).await;
    let now = SIGNED.with_borrow(Clone::clone);
    let ended = |reply: &Result<_, Failure>| matches!(reply, Err(Failure::Problem(p)) if p.code == ErrorCode::NotSignedIn);
    // While it was under way, somebody else signed in: what is said to one person is not told to
    // the next. Or the same person did: then it is the session before that has ended.
    if person.is_some() && (person != now.person || now.number != asked_by && ended(&reply)) {
        return Err(Failure::Unreachable);
    }
    reply
}

async fn send(
    method: Method,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
    person: Option<&PersonId>,
) -> Result<Reply<String>, Failure> {
    let abort = AbortOnDrop::new();
    let credentials = if BASE.with_borrow(String::is_empty) {
        RequestCredentials::SameOrigin
    } else {
        RequestCredentials::Include
    };
    let write = !matches!(method, Method::GET);
    let mut request = Request::new(&url(path))
        .method(method)
        .credentials(credentials)
        .header("Accept", "application/json")
        .abort_signal(abort.signal().as_ref());
    if write {
        request = request.header(WRITE_HEADER, "1");
    }
    if let Some(person) = person {
        request = request.header(PERSON_HEADER, person.as_str());
    }
    if let Some(key) = key {
        request = request.header(IDEMPOTENCY_KEY, key);
    }
    if let Some(body) = body {
        request = request
            .header("Content-Type", "application/json")
            .body(body);
    }
    let sent_ms = clock::monotonic_ms();
    let reply = request.send().await.map_err(|_| Failure::Unreachable)?;
    let received_ms = clock::monotonic_ms();
    let text = reply.text().await.map_err(|_| Failure::Unreachable)?;
    if reply.ok() {
        return Ok(Reply {
            body: text,
            sent_ms,
            received_ms,
        });
    }
    match json::read::<Problem>(&text) {
        // A proxy's own JSON is no problem detail of ours: it has no status that agrees.
        Some(problem) if problem.status == reply.status() => Err(Failure::Problem(problem)),
        _ => Err(Failure::Malformed),
    }
}

/// Aborts the request when its future is dropped, or when it takes too long.
struct AbortOnDrop {
    controller: Option<AbortController>,
    _timeout: Option<Timeout>,
}

impl AbortOnDrop {
    fn new() -> Self {
        let controller = AbortController::new().ok();
        let timeout = controller
            .clone()
            .map(|c| Timeout::new(TIMEOUT_MS, move || c.abort()));
        Self {
            controller,
            _timeout: timeout,
        }
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
