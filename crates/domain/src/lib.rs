//! The rules of the training network and its client's state machines: pure. No IO, no clock, no
//! randomness; time comes in as an argument. Backend and client decide by the same code.
//!
//! A machine is `fn step(&mut self, now, event) -> Vec<Effect>`: the shell turns what happens into
//! events and carries the effects out, in their order. `now` is either the estimated time of the
//! server ([`contract::Timestamp`]) or monotonic milliseconds of the device (`u64`).

pub mod certificate;
pub mod clock;
pub mod credit;
pub mod exam;
pub mod grading;
pub mod intervals;
pub mod outbox;
pub mod progress;
pub mod watch;

pub use clock::ServerClock;
pub use exam::ExamSession;
pub use intervals::Intervals;
pub use outbox::Outbox;
pub use watch::Watch;
