//! The server's clock, as seen from a device whose own clock may be wrong.

use contract::Timestamp;

/// An old sample grows uncertain by 1 ms in so many: 100 ppm, twice the drift of a bad quartz.
const DRIFT_MS: u64 = 10_000;

/// An estimate of the server's clock from the replies that carried it. Times of the device are
/// monotonic milliseconds (`performance.now()`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerClock {
    /// The server's time …
    server: Timestamp,
    /// … at this monotonic time …
    at_ms: u64,
    /// … give or take so much, if a reply told it.
    margin_ms: Option<u64>,
}

impl ServerClock {
    /// A clock that shows the device's time until a reply tells the server's.
    pub fn new(mono_ms: u64, device: Timestamp) -> Self {
        Self {
            server: device,
            at_ms: mono_ms,
            margin_ms: None,
        }
    }

    /// Takes in a reply that carried the server's time. The sample with the smallest margin is kept,
    /// unless a new one contradicts it: then the monotonic clock stood still (the device slept), and
    /// the new one is right. Ask anew when the page becomes visible: until then a sleep goes unnoticed.
    pub fn observe(&mut self, sent_ms: u64, received_ms: u64, server: Timestamp) {
        if received_ms < sent_ms {
            return;
        }
        let new = Self {
            server,
            at_ms: sent_ms + (received_ms - sent_ms) / 2,
            // Half the way there and back, and 1 ms for the roundings.
            margin_ms: Some((received_ms - sent_ms).div_ceil(2) + 1),
        };
        let old_margin = self.uncertainty_ms(received_ms);
        let new_margin = new.uncertainty_ms(received_ms);
        let apart = self.now(received_ms).0.abs_diff(new.now(received_ms).0);
        if new_margin <= old_margin || apart > old_margin.saturating_add(new_margin) {
            *self = new;
        }
    }

    /// The server's time at a monotonic time of the device.
    pub fn now(&self, mono_ms: u64) -> Timestamp {
        if mono_ms >= self.at_ms {
            self.server.plus(mono_ms - self.at_ms)
        } else {
            Timestamp(self.server.0.saturating_sub(self.at_ms - mono_ms))
        }
    }

    /// How far [`Self::now`] may be off, in milliseconds; `u64::MAX` before the first reply.
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
