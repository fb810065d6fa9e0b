//! What a page reads from the backend: loading, there, or failed.
//!
//! A reply stays in memory as long as the person is signed in: a page that was seen before shows
//! at once what it knew, and is brought up to date behind it.

use std::any::Any;
use std::cell::{Cell, RefCell};
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
    static KNOWN: RefCell<HashMap<String, Value>> = RefCell::new(HashMap::new());
}

/// Forgets what was read from `path`: it has changed.
pub(crate) fn forget(path: &str) {
    KNOWN.with_borrow_mut(|all| all.remove(path));
}

/// Forgets every reply: another person may come.
pub(crate) fn forget_all() {
    KNOWN.with_borrow_mut(HashMap::clear);
}

/// Something read from the backend, as an [`Rc`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Remote<R> {
    /// Not here yet.
    Loading,
    /// Here; perhaps not the newest.
    Ready(R),
    /// Not to be had.
    Failed(Failure),
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
pub(crate) fn use_remote<T: DeserializeOwned + 'static>(
    path: String,
    freshness: Freshness,
) -> (Remote<Rc<T>>, Callback<()>) {
    use_remote_read(path, freshness, |reply| {
        Ok(Rc::new(reply.read::<T>()?.body))
    })
}

/// [`use_remote`] with its own way to read a reply, which is called once for each.
#[hook]
pub(crate) fn use_remote_read<T: 'static>(
    path: String,
    freshness: Freshness,
    read: Read,
) -> (Remote<Rc<T>>, Callback<()>) {
    let (state, again) = use_any(path, freshness, read);
    let state = match state {
        Remote::Loading => Remote::Loading,
        Remote::Failed(failure) => Remote::Failed(failure),
        Remote::Ready(value) => match Rc::downcast::<T>(value.0) {
            Ok(value) => Remote::Ready(value),
            // The path has changed and with it the type: the effect is about to see that.
            Err(_) => Remote::Loading,
        },
    };
    (state, again)
}

type Read = fn(Reply<String>) -> Result<Rc<dyn Any>, Failure>;

/// A value of whatever type; one body of code serves all of them, which the wasm's size rewards.
#[derive(Clone, Debug)]
struct Value(Rc<dyn Any>);

#[hook]
fn use_any(path: String, freshness: Freshness, read: Read) -> (Remote<Value>, Callback<()>) {
    let session = use_session();
    let first = move |path: &str| match known(path) {
        Some(value) if freshness == Freshness::KnownFirst => Remote::Ready(value),
        _ => Remote::Loading,
    };
    let state = use_state(|| first(&path));
    let round = use_state(|| 0_u32);
    {
        let setter = state.setter();
        // Expired or not, it is the same person: the key is who may read.
        let person = session.state.person().map(|person| person.id.clone());
        use_effect_with((path, *round, person), move |(path, ..)| {
            let stop = Rc::new(Cell::new(false));
            setter.set(first(path));
            let (path, stopped) = (path.clone(), stop.clone());
            spawn_local(async move {
                let reply = http::get(&path).await.and_then(read);
                if stopped.get() {
                    return;
                }
                match reply {
                    Ok(value) => {
                        let value = Value(value);
                        KNOWN.with_borrow_mut(|all| all.insert(path, value.clone()));
                        setter.set(Remote::Ready(value));
                    }
                    Err(failure) => {
                        if matches!(&failure, Failure::Problem(p) if p.code == ErrorCode::NotSignedIn)
                        {
                            session.expire();
                        }
                        setter.set(match first(&path) {
                            Remote::Ready(value) => Remote::Ready(value),
                            _ => Remote::Failed(failure),
                        });
                    }
                }
            });
            move || stop.set(true)
        });
    }
    let again = Callback::from(move |()| round.set(*round + 1));
    ((*state).clone(), again)
}

fn known(path: &str) -> Option<Value> {
    KNOWN.with_borrow(|all| all.get(path).cloned())
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
