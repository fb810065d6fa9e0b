//! Who is signed in.

mod known;

use std::rc::Rc;

use contract::{ErrorCode, Session, SignIn, path};
use wasm_bindgen_futures::spawn_local;
use yew::html::ChildrenProps;
use yew::prelude::*;

use super::connection::{Life, use_life};
use super::machine::{Machine, use_machine};
use super::{remote, server_clock};
use crate::platform::http::{self, Failure, Reply, Write};
use crate::platform::{json, life};
use known::Known;
pub(crate) use known::SessionState;

/// The session, and what may be done with it.
#[derive(Clone, PartialEq)]
pub(crate) struct SessionHandle {
    /// Who is signed in.
    pub(crate) state: SessionState,
    /// Tells one sign-in from the next of the same person.
    number: u32,
    known: Machine<Known>,
}

impl SessionHandle {
    /// Signs in; `Err` says why not.
    pub(crate) async fn sign_in(&self, sign_in: &SignIn) -> Result<(), Failure> {
        let body = json::write(sign_in);
        let reply = http::write(Write::Post(None), path::SESSION, body)
            .await?
            .read::<Session>()?;
        server_clock::observe(&reply, reply.body.now);
        let person = Rc::new(reply.body.person);
        let before = self.known.read().state().person().cloned();
        if before.is_none_or(|before| before.id != person.id) {
            remote::forget_all();
        }
        step(&self.known, |known| {
            known.becomes(SessionState::SignedIn(person))
        });
        Ok(())
    }

    /// Signs out here and, if it can be reached, on the server.
    pub(crate) async fn sign_out(&self) -> Result<(), Failure> {
        match http::delete(path::SESSION).await {
            Ok(()) => {}
            Err(Failure::Problem(problem)) if problem.code == ErrorCode::NotSignedIn => {}
            // The cookie would stay, and the next person at this device would be signed in as
            // this one: say so instead of pretending.
            Err(failure) => return Err(failure),
        }
        remote::forget_all();
        step(&self.known, |known| known.becomes(SessionState::SignedOut));
        Ok(())
    }

    /// Notes that the server has ended the session.
    pub(crate) fn expire(&self) {
        if let Some(person) = self.state.person() {
            step(&self.known, |known| known.expires(&person.id));
        }
    }

    /// Asks the server again.
    pub(crate) fn ask(&self) {
        ask(&self.known);
    }
}

/// Every change goes through here, so that requests name who is signed in from that moment on.
fn step<R>(known: &Machine<Known>, change: impl FnOnce(&mut Known) -> R) -> R {
    let result = known.step(change);
    let now = known.read();
    let person = now.state().person().map(|person| person.id.clone());
    http::set_person(person, now.number());
    result
}

fn ask(known: &Machine<Known>) {
    let number = step(known, |known| known.becomes(SessionState::Asking));
    hear(known, number);
}

/// Asks behind an open page whether it is still its person's session: another tab may have signed
/// somebody else in, on a computer that several people use.
fn look(known: &Machine<Known>) {
    let number = {
        let known = known.read();
        known.state().person().map(|_| known.number())
    };
    if let Some(number) = number {
        hear(known, number);
    }
}

fn hear(known: &Machine<Known>, number: u32) {
    let known = known.clone();
    spawn_local(async move {
        let said = match http::get(path::SESSION)
            .await
            .and_then(Reply::read::<Session>)
        {
            Ok(reply) => {
                server_clock::observe(&reply, reply.body.now);
                SessionState::SignedIn(Rc::new(reply.body.person))
            }
            Err(Failure::Problem(problem)) if problem.code == ErrorCode::NotSignedIn => {
                SessionState::SignedOut
            }
            Err(failure) => SessionState::Unknown(failure),
        };
        step(&known, |known| known.hears(number, said));
    });
}

/// Provides [`SessionHandle`].
#[component]
pub(crate) fn SessionProvider(props: &ChildrenProps) -> Html {
    let known = use_machine(Known::default);
    {
        let known = known.clone();
        use_effect_with((), move |()| {
            ask(&known);
            // Whose page it was says nothing of who is signed in now.
            let listener = life::on_restored(move || {
                remote::forget_all();
                ask(&known);
            });
            move || drop(listener)
        });
    }
    {
        let known = known.clone();
        use_life(Callback::from(move |life| {
            if life == Life::Shown {
                look(&known);
            }
        }));
    }
    let handle = {
        let now = known.read();
        SessionHandle {
            state: now.state().clone(),
            number: now.number(),
            known: known.clone(),
        }
    };
    html! {
        <ContextProvider<SessionHandle> context={handle}>
            { props.children.clone() }
        </ContextProvider<SessionHandle>>
    }
}

/// The session of the nearest [`SessionProvider`].
#[hook]
#[expect(clippy::expect_used, reason = "the app provides it above every page")]
pub(crate) fn use_session() -> SessionHandle {
    use_context::<SessionHandle>().expect("a session provider above")
}
