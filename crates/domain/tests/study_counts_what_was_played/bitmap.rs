//! A set of media time, the naive way.

use domain::Intervals;

/// All positions are multiples of this.
pub(crate) const QUANTUM_MS: u64 = 20;

/// One flag for each quantum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bitmap(Vec<bool>);

impl Bitmap {
    pub(crate) fn new(duration_ms: u64) -> Self {
        Self(vec![
            false;
            usize::try_from(duration_ms / QUANTUM_MS).unwrap()
        ])
    }

    pub(crate) fn mark(&mut self, from_ms: u64, to_ms: u64) {
        for quantum in from_ms / QUANTUM_MS..to_ms / QUANTUM_MS {
            self.0[usize::try_from(quantum).unwrap()] = true;
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (here, there) in self.0.iter_mut().zip(&other.0) {
            *here |= there;
        }
    }

    pub(crate) fn ms(&self) -> u64 {
        self.0.iter().filter(|b| **b).count() as u64 * QUANTUM_MS
    }

    pub(crate) fn ms_not_in(&self, other: &Self) -> u64 {
        let only = self
            .0
            .iter()
            .zip(&other.0)
            .filter(|(here, there)| **here && !**there);
        only.count() as u64 * QUANTUM_MS
    }

    pub(crate) fn of(set: &Intervals, duration_ms: u64) -> Self {
        let mut map = Self::new(duration_ms);
        for i in set.as_slice() {
            assert_eq!(
                (i.start_ms % QUANTUM_MS, i.end_ms % QUANTUM_MS),
                (0, 0),
                "{set:?}"
            );
            map.mark(i.start_ms, i.end_ms);
        }
        map
    }
}
