//! The clock: the system's in production, one that stands still until moved in tests.

use std::time::{Duration, SystemTime};

use contract::Timestamp;
use tokio::sync::watch;

/// Class dates, certificate dates and serial years are those of Beijing, UTC+8 without summer time.
const ZONE_MS: u64 = 8 * 3600 * 1000;

/// The longest sleep in one piece, so that a corrected system clock is noticed.
const NAP_MS: u64 = 30_000;

/// Where the time comes from.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(watch::Sender<Timestamp>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that shows `now` until it is moved.
    pub fn manual(now: Timestamp) -> Self {
        Self(Source::Manual(watch::Sender::new(now)))
    }

    /// Moves a manual clock forward; does nothing to the system's.
    pub fn advance(&self, ms: u64) {
        if let Source::Manual(now) = &self.0 {
            now.send_modify(|now| *now = now.plus(ms));
        }
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
                Timestamp(since.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX)))
            }
            Source::Manual(now) => *now.borrow(),
        }
    }

    /// Waits until the clock shows `time`, or a little less long: look again after it.
    pub(crate) async fn sleep_until(&self, time: Timestamp) {
        match &self.0 {
            Source::System => {
                let ms = time.since(self.now()).min(NAP_MS);
                tokio::time::sleep(Duration::from_millis(ms)).await;
            }
            Source::Manual(now) => {
                let _ = now.subscribe().wait_for(|now| *now >= time).await;
            }
        }
    }
}

/// The day in the class's time zone, `YYYY-MM-DD`.
pub(crate) fn day(time: Timestamp) -> String {
    time.plus(ZONE_MS).to_rfc3339().chars().take(10).collect()
}

/// When a day (`YYYY-MM-DD`) begins in the class's time zone; `None` if it is not a day after 1970.
pub(crate) fn day_begins(day: &str) -> Option<Timestamp> {
    let utc = Timestamp::parse(&format!("{day}T00:00:00Z"))?;
    utc.0.checked_sub(ZONE_MS).map(Timestamp)
}

/// The first moment after a day.
pub(crate) fn day_ends(day: &str) -> Option<Timestamp> {
    day_begins(day).map(|begin| begin.plus(24 * 3600 * 1000))
}

#[cfg(test)]
mod tests {
    use contract::Timestamp;

    #[test]
    fn days_begin_at_midnight_in_beijing() {
        let begin = super::day_begins("2026-11-22").unwrap();
        assert_eq!(begin, Timestamp::parse("2026-11-21T16:00:00Z").unwrap());
        assert_eq!(super::day(begin), "2026-11-22");
        assert_eq!(super::day(Timestamp(begin.0 - 1)), "2026-11-21");
        assert_eq!(
            super::day_ends("2026-11-22"),
            super::day_begins("2026-11-23")
        );
        assert_eq!(super::day_begins("2026-13-01"), None);
    }
}
