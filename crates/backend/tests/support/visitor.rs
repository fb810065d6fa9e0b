//! Someone who talks to the backend as a client does.

use contract::{
    Attempt, IDEMPOTENCY_KEY, Interval, PROBLEM_JSON, Problem, WRITE_HEADER, WatchedReply,
    WatchedReport,
};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::key;

/// A browser, with its cookies.
#[derive(Clone)]
pub(crate) struct Visitor {
    base: String,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Visitor {
    pub(crate) fn new(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .no_proxy()
            .build()
            .unwrap();
        Self {
            base: base.to_owned(),
            http,
        }
    }

    /// A bare request.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A request that writes, with what every write carries.
    pub(crate) fn write(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header(WRITE_HEADER, "1")
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, key: &str, body: &impl Serialize) -> Reply {
        send(
            self.write(Method::POST, path)
                .header(IDEMPOTENCY_KEY, key)
                .json(body),
        )
        .await
    }

    pub(crate) async fn put(&self, path: &str, body: &impl Serialize) -> Reply {
        send(self.write(Method::PUT, path).json(body)).await
    }

    pub(crate) async fn sign_in(&self, username: &str, password: &str) -> Reply {
        let form = serde_json::json!({ "username": username, "password": password });
        send(
            self.write(Method::POST, contract::path::SESSION)
                .json(&form),
        )
        .await
    }

    /// Reports that stretches were watched.
    pub(crate) async fn watch(&self, lesson: &str, stretches: &[(u64, u64)]) -> WatchedReply {
        let reply = self
            .post(
                &contract::path::watched(&lesson.into()),
                &key(),
                &report(stretches),
            )
            .await;
        reply.ok()
    }

    /// Starts or resumes an attempt.
    pub(crate) async fn start(&self, class: &str) -> Reply {
        send(self.write(Method::POST, &contract::path::attempts(&class.into()))).await
    }

    /// Hands an attempt in.
    pub(crate) async fn hand_in(
        &self,
        attempt: &Attempt,
        key: &str,
        form: &contract::HandIn,
    ) -> Reply {
        self.post(&contract::path::hand_in(&attempt.id), key, form)
            .await
    }
}

/// A report of stretches, with the position at the end of the last one.
pub(crate) fn report(stretches: &[(u64, u64)]) -> WatchedReport {
    let interval = |(start_ms, end_ms): &(u64, u64)| Interval {
        start_ms: *start_ms,
        end_ms: *end_ms,
    };
    WatchedReport {
        intervals: stretches.iter().map(interval).collect(),
        position_ms: stretches.last().map_or(0, |(_, end_ms)| *end_ms),
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Reply {
        status,
        headers,
        body: response.bytes().await.unwrap().to_vec(),
    }
}

impl Reply {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body of a reply that went well.
    #[track_caller]
    pub(crate) fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(
            (200..300).contains(&self.status),
            "{} {}",
            self.status,
            self.text()
        );
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The problem of one that did not, which must be one on the wire as in its body.
    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(
            self.header("content-type"),
            Some(PROBLEM_JSON),
            "{} {}",
            self.status,
            self.text()
        );
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        assert_eq!(problem.code.status(), self.status);
        assert_eq!(self.header("cache-control"), Some("no-store"));
        problem
    }

    /// Its code.
    #[track_caller]
    pub(crate) fn refused(&self) -> contract::ErrorCode {
        self.problem().code
    }
}
