//! Who is signed in.

use std::rc::Rc;

use contract::{ErrorCode, Person, Session, SignIn, path};
use wasm_bindgen_futures::spawn_local;
use yew::html::ChildrenProps;
use yew::prelude::*;

use super::{remote, server_clock};
use crate::platform::http::{self, Failure, Reply, Write};
use crate::platform::{json, life};

/// Who is signed in, as far as the client knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SessionState {
    /// Being asked.
    Asking,
    /// Nobody.
    SignedOut,
    /// This person.
    SignedIn(Rc<Person>),
    /// This person was, and the server has ended the session; what is on the page stays.
    Expired(Rc<Person>),
    /// The server could not be asked.
    Unknown(Failure),
}

impl SessionState {
    /// Whose pages are shown.
    pub(crate) fn person(&self) -> Option<&Rc<Person>> {
        match self {
            Self::SignedIn(person) | Self::Expired(person) => Some(person),
            Self::Asking | Self::SignedOut | Self::Unknown(_) => None,
        }
    }
}

/// The session, and what may be done with it.
#[derive(Clone, PartialEq)]
pub(crate) struct SessionHandle {
    /// Who is signed in.
    pub(crate) state: SessionState,
    set: UseStateSetter<SessionState>,
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
        let same = self
            .state
            .person()
            .is_some_and(|before| before.id == person.id);
        if !same {
            remote::forget_all();
        }
        self.set.set(SessionState::SignedIn(person));
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
        self.set.set(SessionState::SignedOut);
        Ok(())
    }

    /// Notes that the server has ended the session.
    pub(crate) fn expire(&self) {
        match &self.state {
            SessionState::SignedIn(person) => self.set.set(SessionState::Expired(person.clone())),
            SessionState::Asking | SessionState::Unknown(_) => {
                self.set.set(SessionState::SignedOut);
            }
            SessionState::SignedOut | SessionState::Expired(_) => {}
        }
    }

    /// Asks the server again.
    pub(crate) fn ask(&self) {
        self.set.set(SessionState::Asking);
        ask(self.set.clone());
    }
}

fn ask(set: UseStateSetter<SessionState>) {
    spawn_local(async move {
        set.set(
            match http::get(path::SESSION)
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
            },
        );
    });
}

/// Provides [`SessionHandle`].
#[component]
pub(crate) fn SessionProvider(props: &ChildrenProps) -> Html {
    let state = use_state(|| SessionState::Asking);
    {
        let set = state.setter();
        use_effect_with((), move |()| {
            ask(set.clone());
            // Whose page it was says nothing of who is signed in now.
            let listener = life::on_restored(move || {
                remote::forget_all();
                set.set(SessionState::Asking);
                ask(set.clone());
            });
            move || drop(listener)
        });
    }
    let handle = SessionHandle {
        state: (*state).clone(),
        set: state.setter(),
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
