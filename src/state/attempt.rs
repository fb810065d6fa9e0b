//! Attempts at an exam: started, read, and where the candidate was in one.

use std::rc::Rc;

use contract::{Attempt, AttemptId, ClassId, ErrorCode, QuestionId, path};
use serde::{Deserialize, Serialize};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::remote::{self, Failure, Freshness, Remote, use_remote_read};
use super::server_clock;
use super::session::{SessionHandle, use_session};
use crate::platform::http::{self, Reply, Write};
use crate::platform::{json, random, tab};

/// Reads an attempt, fresh. The server's clock is learned from the reply.
#[hook]
pub(crate) fn use_attempt(id: &AttemptId) -> (Remote<Rc<Attempt>>, Callback<()>) {
    use_remote_read(path::attempt(id), Freshness::Fresh, |reply| {
        let reply = reply.read::<Attempt>()?;
        server_clock::observe(&reply, reply.body.now);
        Ok(Rc::new(reply.body))
    })
}

/// Reads an attempt once more, and tells it, or that it could not be had.
pub(crate) fn read_again(
    id: &AttemptId,
    session: SessionHandle,
    tell: impl FnOnce(Option<Attempt>) + 'static,
) {
    let path = path::attempt(id);
    spawn_local(async move {
        match http::get(&path).await.and_then(Reply::read::<Attempt>) {
            Ok(reply) => {
                server_clock::observe(&reply, reply.body.now);
                tell(Some(reply.body));
            }
            Err(failure) => {
                expire(&session, &failure);
                tell(None);
            }
        }
    });
}

/// Starting an attempt: where that stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Starting {
    /// Not begun.
    Idle,
    /// Being asked for.
    UnderWay,
    /// Not to be had.
    Failed(Failure),
}

/// Starts an attempt, or finds the open one; `started` is told which. However often the person
/// tries, one page starts one attempt.
#[hook]
pub(crate) fn use_start(class: &ClassId, started: Callback<AttemptId>) -> (Starting, Callback<()>) {
    let session = use_session();
    let state = use_state(|| Starting::Idle);
    let key = use_memo((), |()| random::idempotency_key());
    let start = {
        let (state, class) = (state.clone(), class.clone());
        Callback::from(move |()| {
            if *state == Starting::UnderWay {
                return;
            }
            state.set(Starting::UnderWay);
            let (state, class, session) = (state.setter(), class.clone(), session.clone());
            let (key, started) = (key.clone(), started.clone());
            spawn_local(async move {
                let to = path::attempts(&class);
                let write = Write::Post(Some(key.as_str()));
                match http::write(write, &to, "null".to_owned())
                    .await
                    .and_then(Reply::read::<Attempt>)
                {
                    Ok(reply) => {
                        server_clock::observe(&reply, reply.body.now);
                        forget_class(&class);
                        started.emit(reply.body.id);
                    }
                    Err(failure) => {
                        expire(&session, &failure);
                        state.set(Starting::Failed(failure));
                    }
                }
            });
        })
    };
    ((*state).clone(), start)
}

/// What is known of a class is out of date: an attempt began or ended.
pub(crate) fn forget_class(class: &ClassId) {
    remote::forget(&path::class(class));
    remote::forget(path::ENROLMENTS);
    remote::forget(path::CERTIFICATES);
}

/// Where a candidate was in an attempt. The server knows nothing of it; a reload keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Place of the question, from 0.
    pub(crate) current: usize,
    /// Questions with a marker.
    pub(crate) flagged: Vec<QuestionId>,
}

impl Place {
    /// What this tab remembers of the attempt.
    pub(crate) fn recall(attempt: &AttemptId) -> Option<Self> {
        json::read(&tab::read(&note(attempt))?)
    }

    /// Remembers it.
    pub(crate) fn keep(&self, attempt: &AttemptId) {
        tab::write(&note(attempt), &json::write(self));
    }
}

fn note(attempt: &AttemptId) -> String {
    format!("place/{attempt}")
}

fn expire(session: &SessionHandle, failure: &Failure) {
    if matches!(failure, Failure::Problem(p) if p.code == ErrorCode::NotSignedIn) {
        session.expire();
    }
}
