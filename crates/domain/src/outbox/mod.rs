//! The outbox: everything that a device owes the server, kept until the server has it.

use contract::{
    AnswerPut, AttemptId, ErrorCode, HandIn, IdempotencyKey, LessonId, PersonId, QuestionId,
    WatchedReport,
};
use serde::{Deserialize, Serialize};

mod held;
mod link;
mod machine;
mod queue;
#[cfg(test)]
mod tests;

pub use held::{Held, held_answers};
pub use link::Link;
pub use machine::Outbox;

/// The storage key of an entry, and what makes two entries versions of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(pub String);

/// Something to be sent, as the device stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it is stored: a newer entry of the same slot takes its place.
    pub slot: Slot,
    /// Tells the versions of a slot apart; below 2^53. Compare for equality only.
    pub version: u64,
    /// Whose it is. Nobody else's session sends it.
    pub person: PersonId,
    /// What to send.
    pub body: Body,
}

/// What may be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A report of watched time.
    Watched {
        /// The lesson.
        lesson: LessonId,
        /// Names the write.
        key: IdempotencyKey,
        /// The report.
        report: WatchedReport,
    },
    /// An answer.
    Answer {
        /// The attempt.
        attempt: AttemptId,
        /// The question.
        question: QuestionId,
        /// The answer.
        put: AnswerPut,
    },
    /// A hand-in.
    HandIn {
        /// The attempt.
        attempt: AttemptId,
        /// Names the write.
        key: IdempotencyKey,
        /// All answers.
        hand_in: HandIn,
    },
}

impl Body {
    /// `watched/<lesson>/<key>`, `answer/<attempt>/<question>` or `hand-in/<attempt>`.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Watched { lesson, key, .. } => slot(&["watched", lesson.as_str(), key.as_str()]),
            Self::Answer {
                attempt, question, ..
            } => Slot::answer(attempt, question),
            Self::HandIn { attempt, .. } => Slot::hand_in(attempt),
        }
    }
}

impl Slot {
    /// The slot of an answer.
    pub fn answer(attempt: &AttemptId, question: &QuestionId) -> Self {
        slot(&["answer", attempt.as_str(), question.as_str()])
    }

    /// The slot of a hand-in.
    pub fn hand_in(attempt: &AttemptId) -> Self {
        slot(&["hand-in", attempt.as_str()])
    }
}

/// Joins the parts by slashes; ids are opaque, so theirs are escaped.
fn slot(parts: &[&str]) -> Slot {
    let mut text = String::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push('/');
        }
        for c in part.chars() {
            match c {
                '%' => text.push_str("%25"),
                '/' => text.push_str("%2F"),
                c => text.push(c),
            }
        }
    }
    Slot(text)
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The device's store was read, early or late, in whatever order. Entries of other persons are
    /// left alone.
    Restored(Vec<Entry>),
    /// Send this.
    Put(Body),
    /// [`Effect::Store`] succeeded.
    Stored {
        /// Its slot.
        slot: Slot,
        /// Its version.
        version: u64,
    },
    /// [`Effect::Store`] failed, or takes long; [`Event::Stored`] may still follow.
    StoreFailed {
        /// Its slot.
        slot: Slot,
        /// Its version.
        version: u64,
    },
    /// [`Effect::Send`] came to an end. Every send must, within [`SEND_LIMIT_MS`]; one that does
    /// not is taken for lost.
    Reply {
        /// Its slot.
        slot: Slot,
        /// Its version.
        version: u64,
        /// How.
        reply: Reply,
    },
    /// The browser says that there is a link.
    Online,
    /// The browser says that there is none. It may be wrong.
    Offline,
    /// The person signed in again.
    SignedIn,
    /// The time of [`Effect::Wake`] has come. Extra ones do no harm.
    Wake,
    /// The person gives this up.
    Discard {
        /// Its slot.
        slot: Slot,
    },
}

/// How a send ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The server has it.
    Done,
    /// The server will never take it.
    Refused(ErrorCode),
    /// Try again: no link, time-out, 408, 429, 5xx, or a reply that is none of the contract's (a
    /// captive portal's page).
    Later {
        /// What `Retry-After` asked for, if it did.
        retry_after_ms: Option<u64>,
    },
    /// The session has ended.
    SignedOut,
}

/// What to do. Effects on the store must be carried out in their order; nothing waits for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Store it under its slot, in place of what is there, and tell how that went.
    Store(Entry),
    /// Remove what is stored under the slot if it has this version.
    Forget {
        /// The slot.
        slot: Slot,
        /// The version.
        version: u64,
    },
    /// Send it, and tell how that went.
    Send(Entry),
    /// Come back with [`Event::Wake`] after this time; takes the place of an earlier wake.
    Wake {
        /// In how many milliseconds.
        in_ms: u64,
    },
    /// The server has it, or never will.
    Settled {
        /// What was sent.
        body: Body,
        /// Why the server refused it, if it did.
        refused: Option<ErrorCode>,
    },
}

/// Where an entry is that the server does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Not yet stored on the device.
    Memory,
    /// Stored on the device.
    Device,
    /// The device could not store it.
    Unsaved,
    /// The server refused it: kept, and not sent again.
    Refused(ErrorCode),
}

/// Longest that a send may take, in milliseconds.
pub const SEND_LIMIT_MS: u64 = 20_000;
