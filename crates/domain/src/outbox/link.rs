//! When the outbox may send: link, back-off, session.

/// Longest back-off, and the time between tries while the browser says that there is no link.
const LONGEST_MS: u64 = 30_000;
/// Longest wait that a `Retry-After` gets.
const LONGEST_RETRY_AFTER_MS: u64 = 10 * 60 * 1000;

/// What the outbox is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nothing to send.
    Idle,
    /// A request is under way.
    Sending,
    /// The last try failed.
    Waiting {
        /// When the next one is due, monotonic milliseconds.
        until_ms: u64,
    },
    /// The browser says that there is no link.
    Offline,
    /// Nothing is sent until the person signs in again.
    SignedOut,
}

/// When the next try may be.
#[derive(Clone, Debug)]
pub(super) struct Pacing {
    pub(super) offline: bool,
    pub(super) signed_out: bool,
    failures: u32,
    not_before_ms: u64,
    /// Until when the server asked to be left alone.
    asked_until_ms: u64,
    jitter: u64,
}

impl Pacing {
    pub(super) fn new(seed: u64) -> Self {
        let jitter = seed ^ 0x9E37_79B9_7F4A_7C15;
        Self {
            offline: false,
            signed_out: false,
            failures: 0,
            not_before_ms: 0,
            asked_until_ms: 0,
            // The generator stands still at zero.
            jitter: if jitter == 0 { 1 } else { jitter },
        }
    }

    /// How long to wait before the next try; `None` until the person signs in.
    pub(super) fn wait_ms(&self, now: u64) -> Option<u64> {
        (!self.signed_out).then(|| self.not_before_ms.saturating_sub(now))
    }

    pub(super) fn until_ms(&self) -> u64 {
        self.not_before_ms
    }

    /// Whether the last try failed.
    pub(super) fn is_failing(&self) -> bool {
        self.failures > 0
    }

    /// The server replied: the link is good, whatever the browser says.
    pub(super) fn succeeded(&mut self) {
        self.offline = false;
        self.failures = 0;
        self.not_before_ms = 0;
        self.asked_until_ms = 0;
    }

    /// A try failed. Back-off 1, 2, 4 … 30 s, less up to a quarter, so that a class of clients that
    /// failed together does not come back together.
    pub(super) fn failed(&mut self, now: u64, retry_after_ms: Option<u64>) {
        let full = (1000_u64 << self.failures.min(5)).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        let mut wait = full - self.random() % (full / 4);
        if self.offline {
            wait = LONGEST_MS;
        }
        let asked = retry_after_ms.map_or(0, |ms| ms.min(LONGEST_RETRY_AFTER_MS));
        self.asked_until_ms = now.saturating_add(asked);
        self.not_before_ms = now.saturating_add(wait).max(self.asked_until_ms);
    }

    pub(super) fn went_offline(&mut self, now: u64) {
        if !self.offline {
            self.offline = true;
            self.not_before_ms = self.not_before_ms.max(now.saturating_add(LONGEST_MS));
        }
    }

    /// The link is back: no reason to wait any longer, unless the server asked for it.
    pub(super) fn went_online(&mut self) {
        self.offline = false;
        self.failures = 0;
        self.not_before_ms = self.asked_until_ms;
    }

    pub(super) fn signed_in(&mut self) {
        self.signed_out = false;
        self.went_online();
    }

    /// xorshift64: enough to spread clients out.
    fn random(&mut self) -> u64 {
        self.jitter ^= self.jitter << 13;
        self.jitter ^= self.jitter >> 7;
        self.jitter ^= self.jitter << 17;
        self.jitter
    }
}
