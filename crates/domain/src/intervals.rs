//! Sets of media time.

use contract::Interval;
use serde::{Deserialize, Deserializer, Serialize};

/// A set of media time in milliseconds: half-open stretches, sorted, disjoint, not touching, none
/// empty. On the wire a list of [`Interval`]; any list may be read and becomes a set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Intervals(Vec<Interval>);

impl Intervals {
    /// The empty set.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The set of one stretch; empty if `end_ms` is not above `start_ms`.
    pub fn of(start_ms: u64, end_ms: u64) -> Self {
        Self::normalised(vec![Interval { start_ms, end_ms }])
    }

    /// Adds a stretch. Empty and reversed ones change nothing.
    pub fn insert(&mut self, add: Interval) {
        if add.start_ms >= add.end_ms {
            return;
        }
        // What ends before `add` stays as it is; what it overlaps or touches melts into it.
        let from = self.0.partition_point(|i| i.end_ms < add.start_ms);
        let to = self.0.partition_point(|i| i.start_ms <= add.end_ms);
        let mut melted = add;
        if from < to {
            melted.start_ms = melted.start_ms.min(self.0[from].start_ms);
            melted.end_ms = melted.end_ms.max(self.0[to - 1].end_ms);
        }
        self.0.splice(from..to, [melted]);
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut all = self.0.clone();
        all.extend_from_slice(&other.0);
        Self::normalised(all)
    }

    /// What is in `self` and not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for whole in &self.0 {
            let mut start_ms = whole.start_ms;
            while let Some(cut) = cuts.peek() {
                if cut.start_ms >= whole.end_ms {
                    break;
                }
                if cut.start_ms > start_ms {
                    left.push(Interval {
                        start_ms,
                        end_ms: cut.start_ms,
                    });
                }
                start_ms = start_ms.max(cut.end_ms);
                if cut.end_ms > whole.end_ms {
                    break; // it may cut the next one too
                }
                cuts.next();
            }
            if start_ms < whole.end_ms {
                left.push(Interval {
                    start_ms,
                    end_ms: whole.end_ms,
                });
            }
        }
        Self(left)
    }

    /// What is in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        self.minus(&self.minus(other))
    }

    /// What lies before `end_ms`.
    #[must_use]
    pub fn clip(&self, end_ms: u64) -> Self {
        self.intersect(&Self::of(0, end_ms))
    }

    /// The earliest `ms` milliseconds of it; all of it if it is shorter.
    #[must_use]
    pub fn first_ms(&self, ms: u64) -> Self {
        let mut left = ms;
        let mut first = Vec::new();
        for i in &self.0 {
            let take = left.min(i.end_ms - i.start_ms);
            if take == 0 {
                break;
            }
            first.push(Interval {
                start_ms: i.start_ms,
                end_ms: i.start_ms + take,
            });
            left -= take;
        }
        Self(first)
    }

    /// What of `0..duration_ms` is not in it.
    #[must_use]
    pub fn gaps(&self, duration_ms: u64) -> Self {
        Self::of(0, duration_ms).minus(self)
    }

    /// How long it is in all.
    pub fn total_ms(&self) -> u64 {
        self.0.iter().map(|i| i.end_ms - i.start_ms).sum()
    }

    /// The stretches, in order.
    pub fn as_slice(&self) -> &[Interval] {
        &self.0
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The stretches, in order, owned.
    pub fn into_vec(self) -> Vec<Interval> {
        self.0
    }

    fn normalised(mut all: Vec<Interval>) -> Self {
        all.retain(|i| i.start_ms < i.end_ms);
        all.sort_unstable();
        all.dedup_by(|next, kept| {
            let melts = next.start_ms <= kept.end_ms;
            if melts {
                kept.end_ms = kept.end_ms.max(next.end_ms);
            }
            melts
        });
        Self(all)
    }
}

impl FromIterator<Interval> for Intervals {
    fn from_iter<T: IntoIterator<Item = Interval>>(iter: T) -> Self {
        Self::normalised(iter.into_iter().collect())
    }
}

impl From<&[Interval]> for Intervals {
    fn from(list: &[Interval]) -> Self {
        Self::normalised(list.to_vec())
    }
}

impl<'de> Deserialize<'de> for Intervals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::normalised)
    }
}
