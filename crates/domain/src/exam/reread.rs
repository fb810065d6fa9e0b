//! When to read an attempt again.

/// Longest wait between two tries.
const LONGEST_MS: u64 = 15_000;

/// Whether an attempt is to be read again, since it may have changed behind the candidate's back,
/// and when. Once wanted it is tried until a reply has come. `now` is monotonic milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reread {
    /// Nobody needs it.
    #[default]
    Idle,
    /// It is to be read at this time.
    Due {
        /// When.
        at_ms: u64,
        /// Tries that failed.
        failures: u32,
    },
    /// It is being read.
    UnderWay {
        /// Tries that failed before.
        failures: u32,
        /// Something has happened since the server was asked.
        stale: bool,
    },
}

impl Reread {
    /// Something has happened that only the server knows the outcome of: reads at once, and once
    /// more if it was under way.
    pub fn want(&mut self, now: u64) {
        *self = match *self {
            Self::Idle | Self::Due { .. } => Self::Due {
                at_ms: now,
                failures: 0,
            },
            Self::UnderWay { failures, .. } => Self::UnderWay {
                failures,
                stale: true,
            },
        };
    }

    /// The link is back: a read that waits does not wait any longer.
    pub fn hurry(&mut self, now: u64) {
        if let Self::Due { .. } = self {
            self.want(now);
        }
    }

    /// Whether to read now; the end of that is to be told.
    pub fn begin(&mut self, now: u64) -> bool {
        match *self {
            Self::Due { at_ms, failures } if at_ms <= now => {
                let stale = false;
                *self = Self::UnderWay { failures, stale };
                true
            }
            _ => false,
        }
    }

    /// The read has come to its end. After a failure the next is in 1, 2, 4 … 15 s.
    pub fn ended(&mut self, now: u64, done: bool) {
        let Self::UnderWay { failures, stale } = *self else {
            return;
        };
        *self = match (done, stale) {
            (true, false) => Self::Idle,
            (_, true) => Self::Due {
                at_ms: now,
                failures: 0,
            },
            (false, false) => Self::Due {
                at_ms: now.saturating_add((1000_u64 << failures.min(4)).min(LONGEST_MS)),
                failures: failures.saturating_add(1),
            },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::Reread;

    #[test]
    fn a_failed_read_is_tried_again_later_each_time_until_it_succeeds() {
        let mut reread = Reread::default();
        assert!(!reread.begin(0), "nobody wants it");
        reread.want(0);
        let mut at_ms = 0;
        for wait_ms in [1000, 2000, 4000, 8000, 15_000, 15_000] {
            assert!(reread.begin(at_ms));
            assert!(!reread.begin(at_ms + 60_000), "one at a time");
            reread.ended(at_ms, false);
            assert!(!reread.begin(at_ms + wait_ms - 1));
            at_ms += wait_ms;
        }
        assert!(reread.begin(at_ms));
        reread.ended(at_ms, true);
        assert_eq!(reread, Reread::Idle);
    }

    #[test]
    fn what_happens_while_it_is_read_makes_it_read_once_more() {
        for done in [true, false] {
            let mut reread = Reread::default();
            reread.want(0);
            assert!(reread.begin(0));
            reread.want(10);
            reread.ended(20, done);
            assert!(reread.begin(20), "at once");
            reread.ended(30, true);
            assert_eq!(reread, Reread::Idle);
        }
    }

    #[test]
    fn when_the_link_is_back_it_does_not_wait_and_without_need_it_does_not_read() {
        let mut reread = Reread::default();
        reread.hurry(0);
        assert_eq!(reread, Reread::Idle);
        reread.want(0);
        assert!(reread.begin(0));
        reread.ended(100, false);
        reread.hurry(200);
        assert!(reread.begin(200));
        reread.hurry(300);
        reread.ended(400, true);
        assert_eq!(reread, Reread::Idle);
    }
}
