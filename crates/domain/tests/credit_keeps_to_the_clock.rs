//! The backend's rule for watched time: whatever is claimed, the clock bounds it; and who truly
//! watched is never refused, in whatever order and how late the reports come.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract::{Interval, StudyPolicy, Timestamp};
use domain::{
    Intervals,
    credit::{Credit, MAX_UNREPORTED_MS, SLACK_MS, Study, credit},
};
use proptest::{collection::vec, prelude::*};

mod sim;

const DURATION_MS: u64 = 300_000;
const START: u64 = 1_800_000_000_000;

/// The backend's rows of one person.
struct Person {
    policy: StudyPolicy,
    accounted_until: Option<Timestamp>,
    lessons: Vec<Option<(Timestamp, Intervals)>>,
    credited_ms: u64,
}

impl Person {
    fn new(max_rate_permille: u32) -> Self {
        Self {
            policy: StudyPolicy {
                max_rate_permille,
                complete_at_permille: 950,
            },
            accounted_until: None,
            lessons: vec![None; 3],
            credited_ms: 0,
        }
    }

    fn open(&mut self, now: u64, lesson: usize) {
        let now = Timestamp(now);
        self.accounted_until.get_or_insert(now);
        self.lessons[lesson].get_or_insert((now, Intervals::new()));
    }

    fn report(&mut self, now: u64, lesson: usize, claim: &[Interval]) -> Credit {
        let (opened_at, covered) = self.lessons[lesson].as_mut().unwrap();
        let study = Study {
            opened_at: *opened_at,
            duration_ms: DURATION_MS,
            covered,
        };
        let credit = credit(
            Timestamp(now),
            self.policy,
            self.accounted_until,
            &study,
            claim,
        );
        let wanted = Intervals::from(claim).clip(DURATION_MS).minus(covered);

        // The books balance.
        assert_eq!(credit.credited_ms + credit.refused_ms, wanted.total_ms());
        assert_eq!(
            credit.covered.total_ms(),
            covered.total_ms() + credit.credited_ms
        );
        assert!(covered.minus(&credit.covered).is_empty(), "coverage shrank");
        assert!(
            credit.covered.minus(&covered.union(&wanted)).is_empty(),
            "credited what nobody claimed"
        );
        // The clock bounds every lesson, and the time before it is never spent again.
        let since_ms = now.saturating_sub(opened_at.0);
        assert!(credit.covered.total_ms() <= allowed_ms(self.policy, since_ms));
        assert!(credit.accounted_until >= self.accounted_until.unwrap());

        *covered = credit.covered.clone();
        self.credited_ms += credit.credited_ms;
        self.accounted_until = Some(credit.accounted_until);
        credit
    }

    fn allowed_ms(&self, wall_ms: u64) -> u64 {
        allowed_ms(self.policy, wall_ms)
    }
}

fn allowed_ms(policy: StudyPolicy, wall_ms: u64) -> u64 {
    wall_ms * u64::from(policy.max_rate_permille) / 1000 + SLACK_MS
}

fn stretch() -> impl Strategy<Value = Interval> {
    (0..DURATION_MS + 5000, 0..40_000_u64).prop_map(|(start_ms, length)| Interval {
        start_ms,
        end_ms: (start_ms + length).saturating_sub(200), // some are reversed
    })
}

proptest! {
    #![proptest_config(sim::config(50_000))]

    #[test]
    fn whatever_is_claimed_the_sum_stays_within_rate_times_clock_and_one_slack(
        rate in 1..4000_u32,
        reports in vec((0..20_000_u64, 0..3_usize, vec(stretch(), 0..4)), 1..30),
    ) {
        let mut person = Person::new(rate);
        let mut now = START;
        for (pause, lesson, claim) in &reports {
            now += pause;
            person.open(now, *lesson);
            person.report(now, *lesson, claim);
            prop_assert!(person.credited_ms <= person.allowed_ms(now - START));
        }
    }

    #[test]
    fn thousands_of_tiny_reports_get_no_more_than_one_big_one(
        rate in 1..4000_u32,
        tiny in 1..5_u64,
        each_ms in 0..3_u64,
    ) {
        let mut person = Person::new(rate);
        person.open(START, 0);
        let mut now = START;
        for i in 0..400 {
            let claim = Interval { start_ms: i * tiny, end_ms: (i + 1) * tiny };
            person.report(now, 0, &[claim]);
            prop_assert!(person.credited_ms <= person.allowed_ms(now - START));
            now += each_ms;
        }
    }

    #[test]
    fn an_honest_player_is_never_refused_in_any_batching_order_delay_or_repetition(
        max_rate in 1000..3000_u32,
        // Idle before, lesson, first position, and the chunks in which it is played and reported:
        // wall time, delay of the report, whether it comes twice.
        plays in vec(
            (0..20_000_u64, 0..3_usize, 0..DURATION_MS,
             vec((1..15_000_u64, 0..60_000_u64, any::<bool>()), 1..6)),
            1..6,
        ),
    ) {
        let mut person = Person::new(max_rate);
        let mut truth = vec![Intervals::new(); 3];
        let mut opened = [None; 3];
        let mut reports = Vec::new();
        let mut now = START;
        for (idle, lesson, from, chunks) in plays {
            now += idle;
            opened[lesson].get_or_insert(now);
            let began = now;
            let mut at = from;
            for (wall_ms, delay_ms, twice) in chunks {
                now += wall_ms;
                let to = from + (now - began) * u64::from(max_rate) / 1000;
                let claim = Interval { start_ms: at, end_ms: to };
                at = to;
                truth[lesson].insert(claim);
                // Clocks of player and server do not agree to the millisecond.
                let due = (now + delay_ms).saturating_sub(300);
                reports.push((due, lesson, claim));
                if twice {
                    reports.push((due + delay_ms, lesson, claim));
                }
            }
        }
        reports.sort_by_key(|(due, ..)| *due);
        let mut opens: Vec<(u64, usize)> =
            opened.iter().enumerate().filter_map(|(l, at)| Some(((*at)?, l))).collect();
        opens.sort_unstable();
        for (due, lesson, claim) in reports {
            for (at, l) in &opens {
                if *at <= due || *l == lesson {
                    person.open(*at, *l);
                }
            }
            let credit = person.report(due, lesson, &[claim]);
            prop_assert_eq!(credit.refused_ms, 0);
        }
        for (lesson, truth) in truth.iter().enumerate() {
            let covered = person.lessons[lesson].clone().map(|(_, c)| c).unwrap_or_default();
            prop_assert_eq!(covered, truth.clip(DURATION_MS));
        }
    }
}

const NORMAL: StudyPolicy = StudyPolicy {
    max_rate_permille: 1000,
    complete_at_permille: 950,
};
const HOUR: u64 = 3_600_000;

fn claim_after(
    wall_ms: u64,
    accounted_until: Option<Timestamp>,
    covered: &Intervals,
    claim_ms: u64,
) -> Credit {
    let study = Study {
        opened_at: Timestamp(START),
        duration_ms: 400 * HOUR,
        covered,
    };
    let claim = [Interval {
        start_ms: 0,
        end_ms: claim_ms,
    }];
    credit(
        Timestamp(START + wall_ms),
        NORMAL,
        accounted_until,
        &study,
        &claim,
    )
}

#[test]
fn an_offline_day_of_study_is_kept_and_an_idle_week_is_not_a_credit_line() {
    let nothing = Intervals::new();
    let day = claim_after(MAX_UNREPORTED_MS, None, &nothing, MAX_UNREPORTED_MS);
    assert_eq!((day.credited_ms, day.refused_ms), (MAX_UNREPORTED_MS, 0));

    let week = claim_after(7 * 24 * HOUR, None, &nothing, 100 * HOUR);
    assert_eq!(week.credited_ms, MAX_UNREPORTED_MS + SLACK_MS);
}

#[test]
fn a_report_that_claims_nothing_new_costs_and_moves_nothing() {
    let covered = Intervals::of(0, HOUR);
    let until = Some(Timestamp(START + HOUR));
    let again = claim_after(HOUR, until, &covered, HOUR);
    assert_eq!((again.credited_ms, again.refused_ms), (0, 0));
    assert_eq!(again.accounted_until, Timestamp(START + HOUR));
    assert_eq!(again.covered, covered);
}

#[test]
fn nothing_before_the_first_opening_is_credited() {
    let c = claim_after(0, None, &Intervals::new(), HOUR);
    assert_eq!((c.credited_ms, c.refused_ms), (SLACK_MS, HOUR - SLACK_MS));
    // A server whose clock went back does not panic, and credits no more either.
    let study = Study {
        opened_at: Timestamp(START),
        duration_ms: HOUR,
        covered: &c.covered,
    };
    let all = [Interval {
        start_ms: 0,
        end_ms: u64::MAX,
    }];
    let back = credit(
        Timestamp(START - 9 * HOUR),
        NORMAL,
        Some(c.accounted_until),
        &study,
        &all,
    );
    assert_eq!(back.credited_ms, 0);
    assert_eq!(back.accounted_until, c.accounted_until);
}

#[test]
fn two_lessons_opened_together_share_one_wall_clock() {
    let mut person = Person::new(1000);
    person.open(START, 0);
    person.open(START, 1);
    let whole = [Interval {
        start_ms: 0,
        end_ms: DURATION_MS,
    }];
    let first = person.report(START + DURATION_MS, 0, &whole);
    let second = person.report(START + DURATION_MS, 1, &whole);
    assert_eq!(first.credited_ms, DURATION_MS);
    assert_eq!(second.credited_ms, SLACK_MS);
    // Tried again when the clock has run on, it gets the rest.
    let later = person.report(START + 2 * DURATION_MS, 1, &whole);
    assert_eq!(later.credited_ms, DURATION_MS - SLACK_MS);
}

#[test]
fn thousands_of_tiny_honest_reports_lose_nothing_to_rounding() {
    let mut person = Person::new(1999);
    person.open(START, 0);
    let mut at = 0;
    for wall_ms in 1..5000 {
        let to = wall_ms * 1999 / 1000;
        let claim = Interval {
            start_ms: at,
            end_ms: to,
        };
        assert_eq!(person.report(START + wall_ms, 0, &[claim]).refused_ms, 0);
        at = to;
    }
}

#[test]
fn tiny_parts_of_many_lessons_gain_nothing_by_rounding() {
    let mut person = Person::new(3000);
    person.lessons = vec![None; 2000];
    for lesson in 0..2000 {
        person.open(START, lesson);
        person.report(
            START,
            lesson,
            &[Interval {
                start_ms: 0,
                end_ms: 2,
            }],
        );
    }
    assert!(person.credited_ms <= SLACK_MS);
}
