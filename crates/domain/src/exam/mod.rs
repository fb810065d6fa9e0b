//! The exam session of a device.

use contract::{AnswerReply, Attempt, HandInBy, IdempotencyKey, OptionId, QuestionId};

use crate::outbox;

mod reread;
mod session;
mod sheet;
#[cfg(test)]
mod tests;

pub use reread::Reread;
pub use session::ExamSession;

/// What happened. `now` is the estimated time of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The candidate picks an option: it takes the place of the chosen one, or where several may
    /// be chosen it is added or taken away.
    Choose {
        /// The question.
        question: QuestionId,
        /// The option.
        option: OptionId,
    },
    /// The candidate takes the answer back.
    Clear {
        /// The question.
        question: QuestionId,
    },
    /// The candidate sets or removes the marker; it stays in this session.
    Flag {
        /// The question.
        question: QuestionId,
    },
    /// To the question at this place.
    GoTo(usize),
    /// To the next question.
    Next,
    /// To the previous question.
    Previous,
    /// To the overview.
    Overview,
    /// From the overview back to the question.
    Resume,
    /// The candidate hands in.
    HandIn,
    /// Time passed: at least once a second.
    Tick,
    /// The device stored an answer, alone or within a hand-in.
    Stored {
        /// The question.
        question: QuestionId,
        /// The answer's sequence number.
        seq: u64,
    },
    /// The device could not store an answer.
    StoreFailed {
        /// The question.
        question: QuestionId,
        /// The answer's sequence number.
        seq: u64,
    },
    /// The server replied to an answer.
    Answered(AnswerReply),
    /// The server will never take an answer.
    Refused {
        /// The question.
        question: QuestionId,
        /// The answer's sequence number.
        seq: u64,
    },
    /// The server replied to the hand-in.
    HandedIn(Attempt),
    /// The server refused the hand-in for good. Before the deadline the candidate may go on; the
    /// next hand-in is another write and needs another key.
    HandInRefused {
        /// A new key.
        fresh_key: IdempotencyKey,
    },
    /// The attempt was read again.
    Reloaded(Attempt),
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Put this into the outbox.
    Put(outbox::Body),
    /// Tell the candidate.
    Announce(Notice),
}

/// What a candidate must hear, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// Ten minutes are left.
    TenMinutes,
    /// Five minutes are left.
    FiveMinutes,
    /// One minute is left.
    OneMinute,
    /// The time is up; what was answered is being handed in.
    TimeUp,
}

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// At a question.
    Answering,
    /// At the overview.
    Overview,
    /// Handed in here, not yet confirmed. Nothing can be changed any more.
    HandingIn(HandInBy),
    /// Confirmed closed: the attempt's state says the rest.
    Closed,
}

/// Where an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Only in this page, for the moment.
    Memory,
    /// On this device.
    Device,
    /// On the server.
    Server,
    /// The device could not store it, and the server does not have it.
    Unsaved,
    /// The server refused it.
    Refused,
    /// On the server, too late to count.
    Late,
}

/// How many questions are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// With an answer.
    pub answered: usize,
    /// Without.
    pub unanswered: usize,
    /// With a marker.
    pub flagged: usize,
    /// With a change that the server does not have.
    pub on_device_only: usize,
}
