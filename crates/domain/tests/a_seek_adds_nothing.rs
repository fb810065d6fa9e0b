//! The player skips without a word: no event tells the jump, the position is just another one.

use contract::{Completion, LessonProgress, StudyPolicy};
use domain::{
    Intervals, Watch,
    watch::{Effect, Event},
};
use proptest::{collection::vec, prelude::*};

mod sim;

const POLICY: StudyPolicy = StudyPolicy {
    max_rate_permille: 2000,
    complete_at_permille: 950,
};
const DURATION_MS: u64 = 600_000;

fn watch() -> Watch {
    let progress = LessonProgress {
        covered: Vec::new(),
        position_ms: 0,
        completion: Completion::Open,
    };
    Watch::open(DURATION_MS, POLICY, progress, Vec::new())
}

/// Plays `steps` of (wall time, jump before it in either direction) at one speed; returns what the
/// machine counted and what was truly played.
fn play(rate_permille: u32, steps: &[(u64, i64)]) -> (Intervals, Intervals) {
    let mut watch = watch();
    let mut truth = Intervals::new();
    let (mut now, mut position_ms) = (5000, 0_u64);
    let _ = watch.step(
        now,
        Event::Playing {
            position_ms,
            rate_permille,
        },
    );
    for (wall_ms, jump_ms) in steps {
        position_ms = position_ms.saturating_add_signed(*jump_ms).min(DURATION_MS);
        let to = (position_ms + wall_ms * u64::from(rate_permille) / 1000).min(DURATION_MS);
        truth = truth.union(&Intervals::of(position_ms, to));
        position_ms = to;
        now += wall_ms;
        let _: Vec<Effect> = watch.step(now, Event::Progress { position_ms });
    }
    (watch.covered(), truth)
}

fn jump() -> impl Strategy<Value = i64> {
    prop_oneof![-2000..2000_i64, -100_000..100_000_i64]
}

proptest! {
    #![proptest_config(sim::config(20_000))]

    #[test]
    fn three_silent_jumps_in_a_session_change_what_counts_by_less_than_a_second(
        rate in prop_oneof![Just(500_u32), Just(1000), Just(1500), Just(2000)],
        runs in vec((1..40_usize, jump()), 1..4),
    ) {
        let mut steps = Vec::new();
        for (length, jump) in runs {
            steps.push((240, jump));
            steps.extend(std::iter::repeat_n((240, 0), length));
        }
        let (counted, truth) = play(rate, &steps);
        prop_assert!(counted.minus(&truth).total_ms() <= 1000, "{counted:?} {truth:?}");
        // Of each jump the step that it falls into is lost.
        prop_assert!(truth.minus(&counted).total_ms() <= 3 * 240 * u64::from(rate) / 1000);
    }

    #[test]
    fn many_small_silent_jumps_get_no_more_than_the_clock_and_the_tolerance_allow(
        rate in 500..=2000_u32,
        steps in vec((1..2000_u64, 0..1000_i64), 1..200),
    ) {
        let (counted, _) = play(rate, &steps);
        let wall_ms: u64 = steps.iter().map(|(wall_ms, _)| wall_ms).sum();
        prop_assert!(counted.total_ms() <= wall_ms * u64::from(rate) * 105 / 100_000 + 300);
    }

    #[test]
    fn late_and_coarse_events_lose_nothing(
        rate in prop_oneof![Just(1000_u32), Just(2000)],
        lateness in vec(0..120_u64, 1..100),
    ) {
        // The position is of the time at which it was taken, the event comes up to 120 ms later.
        let mut watch = watch();
        let _ = watch.step(0, Event::Playing { position_ms: 0, rate_permille: rate });
        let mut position_ms = 0;
        for (i, late_ms) in (1_u64..).zip(&lateness) {
            position_ms = i * 250 * u64::from(rate) / 1000;
            let _ = watch.step(i * 250 + late_ms, Event::Progress { position_ms });
        }
        prop_assert_eq!(watch.covered(), Intervals::of(0, position_ms));
    }
}
