//! What the client knows of the session, and which words change it.

use std::rc::Rc;

use contract::{Person, PersonId};

use crate::platform::http::Failure;

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

/// What is known of the session. Words come late: one that was asked for before the last sign-in
/// or sign-out says nothing of what is now.
#[derive(Debug)]
pub(super) struct Known {
    state: SessionState,
    number: u32,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            state: SessionState::Asking,
            number: 0,
        }
    }
}

impl Known {
    pub(super) fn state(&self) -> &SessionState {
        &self.state
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// A new state, and with it a new number.
    pub(super) fn becomes(&mut self, state: SessionState) -> u32 {
        self.state = state;
        self.number += 1;
        self.number
    }

    /// What the server said when it was asked under that number.
    pub(super) fn hears(&mut self, number: u32, said: SessionState) {
        if number != self.number {
            return;
        }
        let Some(shown) = self.state.person().cloned() else {
            self.state = said;
            return;
        };
        // Pages are open: they stay whatever was said, but for whom they are is never exchanged.
        match said {
            SessionState::SignedIn(person) if person.id == shown.id => {
                if matches!(self.state, SessionState::Expired(_)) {
                    self.becomes(SessionState::SignedIn(person));
                }
            }
            SessionState::SignedIn(_) | SessionState::SignedOut => self.expires(&shown.id),
            SessionState::Asking | SessionState::Expired(_) | SessionState::Unknown(_) => {}
        }
    }

    /// The session of that person has ended.
    pub(super) fn expires(&mut self, whose: &PersonId) {
        if let SessionState::SignedIn(person) = &self.state
            && person.id == *whose
        {
            self.state = SessionState::Expired(person.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> Rc<Person> {
        Rc::new(Person {
            id: id.into(),
            username: id.to_owned(),
            name: id.to_owned(),
            unit: String::new(),
            post: String::new(),
            id_number_masked: None,
        })
    }

    fn signed_in(id: &str) -> SessionState {
        SessionState::SignedIn(person(id))
    }

    #[test]
    fn a_slow_reply_to_who_is_signed_in_never_overrules_a_sign_in_or_sign_out_after_it() {
        let mut known = Known::default();
        let slow = known.becomes(SessionState::Asking);
        known.becomes(signed_in("x"));
        known.hears(slow, SessionState::SignedOut);
        assert_eq!(*known.state(), signed_in("x"));
        let slow = known.number();
        known.becomes(SessionState::SignedOut);
        known.hears(slow, signed_in("x"));
        assert_eq!(*known.state(), SessionState::SignedOut);
    }

    #[test]
    fn of_two_asks_the_later_one_counts() {
        let mut known = Known::default();
        let first = known.becomes(SessionState::Asking);
        let second = known.becomes(SessionState::Asking);
        known.hears(second, signed_in("x"));
        known.hears(first, SessionState::Unknown(Failure::Unreachable));
        assert_eq!(*known.state(), signed_in("x"));
    }

    #[test]
    fn an_open_page_is_never_exchanged_for_another_persons() {
        let mut known = Known::default();
        let number = known.becomes(signed_in("x"));
        known.hears(number, SessionState::Unknown(Failure::Unreachable));
        assert_eq!(*known.state(), signed_in("x"));
        known.hears(number, signed_in("y"));
        assert_eq!(*known.state(), SessionState::Expired(person("x")));
        // Signed in again in another tab.
        known.hears(number, signed_in("x"));
        assert_eq!(*known.state(), signed_in("x"));
        assert_ne!(known.number(), number);
    }

    #[test]
    fn the_end_of_one_persons_session_does_not_end_the_next_ones() {
        let mut known = Known::default();
        known.becomes(signed_in("y"));
        known.expires(&"x".into());
        assert_eq!(*known.state(), signed_in("y"));
        known.expires(&"y".into());
        assert_eq!(*known.state(), SessionState::Expired(person("y")));
    }
}
