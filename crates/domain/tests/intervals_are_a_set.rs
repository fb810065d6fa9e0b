//! Interval arithmetic against the naive set of milliseconds.

use std::collections::BTreeSet;

use contract::Interval;
use domain::Intervals;
use proptest::{collection::vec, prelude::*};

mod sim;

type Naive = BTreeSet<u64>;

fn interval() -> impl Strategy<Value = Interval> {
    // Reversed and empty ones too.
    (0..60_u64, 0..60_u64).prop_map(|(start_ms, end_ms)| Interval { start_ms, end_ms })
}

fn naive(list: &[Interval]) -> Naive {
    list.iter().flat_map(|i| i.start_ms..i.end_ms).collect()
}

/// The milliseconds of a set, which must be in its normal form.
fn ms(set: &Intervals) -> Naive {
    for pair in set.as_slice().windows(2) {
        assert!(
            pair[0].end_ms < pair[1].start_ms,
            "unsorted or touching: {set:?}"
        );
    }
    assert!(
        set.as_slice().iter().all(|i| i.start_ms < i.end_ms),
        "empty stretch: {set:?}"
    );
    naive(set.as_slice())
}

proptest! {
    #![proptest_config(sim::config(20_000))]

    #[test]
    fn every_operation_equals_that_of_the_naive_set(
        a in vec(interval(), 0..8),
        b in vec(interval(), 0..8),
        n in 0..70_u64,
    ) {
        let (x, y) = (Intervals::from(&a[..]), b.iter().copied().collect::<Intervals>());
        let (p, q) = (naive(&a), naive(&b));
        prop_assert_eq!(&ms(&x), &p);
        prop_assert_eq!(ms(&x.union(&y)), &p | &q);
        prop_assert_eq!(ms(&x.minus(&y)), &p - &q);
        prop_assert_eq!(ms(&x.intersect(&y)), &p & &q);
        prop_assert_eq!(ms(&x.clip(n)), p.range(..n).copied().collect::<Naive>());
        prop_assert_eq!(ms(&x.gaps(n)), &(0..n).collect::<Naive>() - &p);
        let first = p.iter().copied().take(usize::try_from(n).unwrap_or(0)).collect::<Naive>();
        prop_assert_eq!(ms(&x.first_ms(n)), first);
        prop_assert_eq!(x.total_ms(), p.len() as u64);
        prop_assert_eq!(x.is_empty(), p.is_empty());

        let mut one_by_one = Intervals::new();
        for interval in &a {
            one_by_one.insert(*interval);
        }
        prop_assert_eq!(&one_by_one, &x);
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Intervals>(&json).unwrap(), &x);
        let back = serde_json::to_string(&x).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Interval>>(&back).unwrap(), x.into_vec());
    }
}

#[test]
fn the_ends_of_the_number_range_are_ordinary_positions() {
    let all = Intervals::of(0, u64::MAX);
    assert_eq!(all.total_ms(), u64::MAX);
    assert_eq!(all.minus(&Intervals::of(5, u64::MAX)), Intervals::of(0, 5));
    assert_eq!(all.first_ms(u64::MAX), all);
    assert!(all.gaps(u64::MAX).is_empty());
}
