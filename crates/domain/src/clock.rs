//! The server's clock, as seen from a device whose own clock may be wrong.

use contract::Timestamp;

/// An old sample grows uncertain by 1 ms in so many: 100 ppm, twice the drift of a bad quartz.
const DRIFT_MS: u64 = 10_000;
/// The device's two clocks come apart by this much at once only when it slept, or when its own
/// clock was set.
const JUMP_MS: u64 = 2000;

/// An estimate of the server's clock from the replies that carried it. Times of the device are
/// monotonic milliseconds (`performance.now()`), which stand still while it sleeps; its own clock
/// runs on, but may be wrong, and may be set at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerClock {
    /// The server's time …
    server: Timestamp,
    /// … at this monotonic time …
    at_ms: u64,
    /// … give or take so much, if a reply told it.
    margin_ms: Option<u64>,
    /// By how much the device's own clock was ahead of its monotonic one when last looked at.
    gap_ms: i64,
    doubt: Option<Doubt>,
}

/// The device's clocks have come apart, and no reply to what was asked since has told the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Doubt {
    /// At this monotonic time it was seen …
    at_ms: u64,
    /// … and this is the server's time then, if the device slept.
    server: Timestamp,
}

impl ServerClock {
    /// A clock that shows the device's time until a reply tells the server's.
    pub fn new(mono_ms: u64, device: Timestamp) -> Self {
        Self {
            server: device,
            at_ms: mono_ms,
            margin_ms: None,
            gap_ms: gap(mono_ms, device),
            doubt: None,
        }
    }

    /// Looks at the device's own clock, whether the device slept; at least once a second where it
    /// matters.
    pub fn look(&mut self, mono_ms: u64, device: Timestamp) {
        let gap_ms = gap(mono_ms, device);
        let jump_ms = gap_ms.saturating_sub(self.gap_ms);
        self.gap_ms = gap_ms;
        if jump_ms.unsigned_abs() > JUMP_MS {
            self.doubt = Some(Doubt {
                at_ms: mono_ms,
                server: self
                    .latest(mono_ms)
                    .plus(u64::try_from(jump_ms).unwrap_or(0)),
            });
        }
    }

    /// Takes in a reply that carried the server's time. The sample with the smallest margin is kept,
    /// unless a new one contradicts it: then the monotonic clock stood still (the device slept), and
    /// the new one is right.
    pub fn observe(&mut self, sent_ms: u64, received_ms: u64, server: Timestamp) {
        if received_ms < sent_ms {
            return;
        }
        let new = Self {
            server,
            at_ms: sent_ms + (received_ms - sent_ms) / 2,
            // Half the way there and back, and 1 ms for the roundings.
            margin_ms: Some((received_ms - sent_ms).div_ceil(2) + 1),
            // What was under way when the clocks came apart may be from before that.
            doubt: self.doubt.filter(|doubt| sent_ms < doubt.at_ms),
            ..*self
        };
        let old_margin = self.uncertainty_ms(received_ms);
        let new_margin = new.uncertainty_ms(received_ms);
        let apart = self.now(received_ms).0.abs_diff(new.now(received_ms).0);
        if new.doubt != self.doubt
            || new_margin <= old_margin
            || apart > old_margin.saturating_add(new_margin)
        {
            *self = new;
        }
    }

    /// The server's time at a monotonic time of the device.
    pub fn now(&self, mono_ms: u64) -> Timestamp {
        since(self.server, self.at_ms, mono_ms)
    }

    /// The latest that it may be on the server: later than [`Self::now`] if the device seems to have
    /// slept. Good to show, and not to act on what cannot be taken back: perhaps somebody has only
    /// set the device's clock.
    pub fn latest(&self, mono_ms: u64) -> Timestamp {
        let slept = self.doubt.map(|d| since(d.server, d.at_ms, mono_ms));
        self.now(mono_ms).max(slept.unwrap_or(Timestamp(0)))
    }

    /// Whether the device may have slept since the server last told the time: ask it.
    pub fn is_in_doubt(&self) -> bool {
        self.doubt.is_some()
    }

    /// How far [`Self::now`] may be off, in milliseconds, unless the device slept; `u64::MAX` before
    /// the first reply.
    pub fn uncertainty_ms(&self, mono_ms: u64) -> u64 {
        match self.margin_ms {
            Some(margin) => margin.saturating_add(mono_ms.abs_diff(self.at_ms).div_ceil(DRIFT_MS)),
            None => u64::MAX,
        }
    }

    /// Whether a reply has told the server's time.
    pub fn is_known(&self) -> bool {
        self.margin_ms.is_some()
    }
}

fn since(server: Timestamp, at_ms: u64, mono_ms: u64) -> Timestamp {
    if mono_ms >= at_ms {
        server.plus(mono_ms - at_ms)
    } else {
        Timestamp(server.0.saturating_sub(at_ms - mono_ms))
    }
}

fn gap(mono_ms: u64, device: Timestamp) -> i64 {
    i64::try_from(device.0)
        .unwrap_or(i64::MAX)
        .saturating_sub_unsigned(mono_ms)
}
