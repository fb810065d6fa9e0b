//! What of the outbox goes over the wire, and what comes back.

use contract::{AnswerReply, Attempt, ErrorCode, WatchedReply, path};
use domain::outbox::{self, Body, Entry};

use super::Said;
use crate::platform::http::{self, Failure, Reply, Write};
use crate::platform::json;
use crate::state::server_clock;

/// Sends an entry as its person's, whoever is signed in by now.
pub(super) async fn send(entry: &Entry) -> Result<Said, Failure> {
    let body = &entry.body;
    let (write, to, json) = match body {
        Body::Watched {
            lesson,
            key,
            report,
        } => (
            Write::Post(Some(key.as_str())),
            path::watched(lesson),
            json::write(report),
        ),
        Body::Answer {
            attempt,
            question,
            put,
        } => (
            Write::Put,
            path::answer(attempt, question),
            json::write(put),
        ),
        Body::HandIn {
            attempt,
            key,
            hand_in,
        } => (
            Write::Post(Some(key.as_str())),
            path::hand_in(attempt),
            json::write(hand_in),
        ),
    };
    let person = Some(entry.person.clone());
    hear(body, http::write_as(person, write, &to, json).await?)
}

/// Reads what the server said to a body, and its clock.
fn hear(body: &Body, reply: Reply<String>) -> Result<Said, Failure> {
    Ok(match body {
        Body::Watched { .. } => {
            let reply = reply.read::<WatchedReply>()?;
            server_clock::observe(&reply, reply.body.now);
            Said::Watched(reply.body)
        }
        Body::Answer { .. } => {
            let reply = reply.read::<AnswerReply>()?;
            server_clock::observe(&reply, reply.body.now);
            Said::Answered(reply.body)
        }
        Body::HandIn { .. } => {
            let reply = reply.read::<Attempt>()?;
            server_clock::observe(&reply, reply.body.now);
            Said::HandedIn(Box::new(reply.body))
        }
    })
}

/// What a failure means to the queue: only a refusal by the backend itself is final.
pub(super) fn reply_of(failure: &Failure) -> outbox::Reply {
    match failure {
        Failure::Unreachable | Failure::Malformed => outbox::Reply::Later {
            retry_after_ms: None,
        },
        Failure::Problem(problem) => match (problem.code, problem.status) {
            (ErrorCode::NotSignedIn, _) => outbox::Reply::SignedOut,
            (_, 408 | 425 | 429 | 500..) => outbox::Reply::Later {
                retry_after_ms: problem.retry_after_s.map(|s| u64::from(s) * 1000),
            },
            (code, _) => outbox::Reply::Refused(code),
        },
    }
}
