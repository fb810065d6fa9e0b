//! What a page reads from the backend: loading, there, or failed.
//!
//! A reply stays in memory as long as the person is signed in: a page that was seen before shows
//! at once what it knew, and is brought up to date behind it.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use contract::ErrorCode;
use serde::de::DeserializeOwned;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::session::use_session;
use crate::i18n::{Advice, Texts};
pub(crate) use crate::platform::http::Failure;
use crate::platform::http::{self, Reply};

thread_local! {
    static KNOWN: RefCell<HashMap<String, Rc<dyn Any>>> = RefCell::new(HashMap::new());
}

/// Forgets what was read from `path`: it has changed.
pub(crate) fn forget(path: &str) {
    KNOWN.with_borrow_mut(|all| all.remove(path));
}

/// Forgets every reply: another person may come.
pub(crate) fn forget_all() {
    KNOWN.with_borrow_mut(HashMap::clear);
}

/// Something read from the backend.
#[derive(Debug, PartialEq)]
pub(crate) enum Remote<T> {
    /// Not here yet.
    Loading,
    /// Here; perhaps not the newest.
    Ready(Rc<T>),
    /// Not to be had.
    Failed(Failure),
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(value.clone()),
            Self::Failed(failure) => Self::Failed(failure.clone()),
        }
    }
}

/// Whether what the page saw before may stand in until the reply is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// It may: lists and overviews.
    KnownFirst,
    /// It may not: a machine is opened on it.
    Fresh,
}

/// Reads `path`, again whenever it changes, and when the returned callback is called.
#[hook]
pub(crate) fn use_remote<T: DeserializeOwned + PartialEq + 'static>(
    path: String,
    freshness: Freshness,
) -> (Remote<T>, Callback<()>) {
    use_remote_heard(path, freshness, |_| {})
}

/// [`use_remote`], and `hear` is told every reply, once.
#[hook]
pub(crate) fn use_remote_heard<T: DeserializeOwned + PartialEq + 'static>(
    path: String,
    freshness: Freshness,
    hear: fn(&Reply<T>),
) -> (Remote<T>, Callback<()>) {
    let session = use_session();
    let state = use_state(|| match freshness {
        Freshness::KnownFirst => known(&path).map_or(Remote::Loading, Remote::Ready),
        Freshness::Fresh => Remote::Loading,
    });
    let round = use_state(|| 0_u32);
    {
        let setter = state.setter();
        // Expired or not, it is the same person: the key is who may read.
        let person = session.state.person().map(|person| person.id.clone());
        use_effect_with((path, *round, person), move |(path, ..)| {
            let stop = Rc::new(std::cell::Cell::new(false));
            if freshness == Freshness::KnownFirst {
                setter.set(known(path).map_or(Remote::Loading, Remote::Ready));
            } else {
                setter.set(Remote::Loading);
            }
            let (path, stopped) = (path.clone(), stop.clone());
            spawn_local(async move {
                let reply = http::get::<T>(&path).await;
                if stopped.get() {
                    return;
                }
                match reply {
                    Ok(reply) => {
                        hear(&reply);
                        let value = Rc::new(reply.body);
                        KNOWN.with_borrow_mut(|all| all.insert(path, value.clone() as Rc<dyn Any>));
                        setter.set(Remote::Ready(value));
                    }
                    Err(failure) => {
                        if matches!(&failure, Failure::Problem(p) if p.code == ErrorCode::NotSignedIn)
                        {
                            session.expire();
                        }
                        let fallback = match freshness {
                            Freshness::KnownFirst => known(&path),
                            Freshness::Fresh => None,
                        };
                        setter.set(fallback.map_or(Remote::Failed(failure), Remote::Ready));
                    }
                }
            });
            move || stop.set(true)
        });
    }
    let again = {
        let round = round.clone();
        Callback::from(move |()| round.set(*round + 1))
    };
    ((*state).clone(), again)
}

fn known<T: 'static>(path: &str) -> Option<Rc<T>> {
    KNOWN
        .with_borrow(|all| all.get(path).cloned())
        .and_then(|value| value.downcast().ok())
}

/// The address of something that the backend named: a video, a picture, a file.
pub(crate) fn media_url(path: &str) -> String {
    http::url(path)
}

/// A failure in words.
pub(crate) fn advice(texts: &Texts, failure: &Failure) -> Advice {
    match failure {
        Failure::Unreachable => texts.unreachable(),
        Failure::Malformed => texts.malformed(),
        Failure::Problem(problem) => texts.problem(problem.code, problem.retry_after_s),
    }
}
