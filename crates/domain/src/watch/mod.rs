//! Watched time of one lesson, on the device: what was truly played, and what to report of it.

use contract::{WatchedReply, WatchedReport};

mod machine;
#[cfg(test)]
mod tests;

pub use machine::Watch;

/// Wall time between two reports while playing: what a crash may cost.
pub const REPORT_EVERY_MS: u64 = 10_000;

/// What happened in the player. Positions are media time, rates are in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It began to play, or goes on playing after a seek or a stall.
    Playing {
        /// Where.
        position_ms: u64,
        /// How fast.
        rate_permille: u32,
    },
    /// It has played up to here (`timeupdate`).
    Progress {
        /// Where it is.
        position_ms: u64,
    },
    /// It plays at another speed from here on.
    RateChanged {
        /// Where it is.
        position_ms: u64,
        /// How fast it plays now.
        rate_permille: u32,
    },
    /// It stopped: pause, stall, end, or the beginning of a seek.
    Stopped {
        /// Where; before a seek the position that it left, if known.
        position_ms: u64,
    },
    /// It jumped. `Playing` follows if it goes on.
    Seeked {
        /// Where to.
        position_ms: u64,
    },
    /// The page is hidden or left: the last chance to report.
    Leaving {
        /// Where it is.
        position_ms: u64,
    },
    /// Time passed; only needed while nothing plays, for what is still to be reported.
    Tick,
    /// The server took a report.
    Acknowledged {
        /// The report.
        report: WatchedReport,
        /// The reply.
        reply: WatchedReply,
    },
    /// The server will never take a report. It stays on the device and is not reported again.
    Refused {
        /// The report.
        report: WatchedReport,
    },
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Give this a new idempotency key and put it into the outbox.
    Report(WatchedReport),
}
