//! How a backend credits watched time: never faster than the clock ran.
//!
//! A person's wall clock is a bucket of time that fills as it passes and is spent once, by whatever
//! lesson. It holds at most [`MAX_UNREPORTED_MS`], so that a day of study without a link is kept
//! and an idle week is no credit line. Beside it, no lesson gets more than the time since it was
//! first opened. Both bounds hold for every honest player whatever order its reports come in, so
//! none of them is ever refused.

use contract::{Interval, StudyPolicy, Timestamp};

use crate::Intervals;

/// Longest wall time that a person may study before reporting it: 12 h.
pub const MAX_UNREPORTED_MS: u64 = 12 * 3600 * 1000;

/// Media time that a person may be ahead of the clock, for timers and clocks that are not exact.
/// Once, not with each report.
pub const SLACK_MS: u64 = 1000;

/// A person's study of one lesson, as the backend has it before a report.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// When the person first asked for this lesson.
    pub opened_at: Timestamp,
    /// Length of the lesson.
    pub duration_ms: u64,
    /// What is credited so far.
    pub covered: &'a Intervals,
}

/// What becomes of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The lesson's covered set after it: keep it.
    pub covered: Intervals,
    /// Media time that it added.
    pub credited_ms: u64,
    /// Media time that it claimed, that is not covered, and that the clock does not allow.
    pub refused_ms: u64,
    /// The person's new `accounted_until`: keep it, in the same transaction.
    pub accounted_until: Timestamp,
}

/// Credits a claim. `claim` is clipped to the lesson and merged; what is covered already costs
/// nothing and adds nothing.
///
/// `accounted_until` belongs to the person, not to the lesson: the wall time before it is spent.
/// It starts as the time at which the person first opened *any* lesson; `None` stands for the
/// `opened_at` of this one. It may lie ahead of `now` by the slack.
pub fn credit(
    now: Timestamp,
    policy: StudyPolicy,
    accounted_until: Option<Timestamp>,
    study: &Study<'_>,
    claim: &[Interval],
) -> Credit {
    let rate = u64::from(policy.max_rate_permille);
    let claimed = Intervals::from(claim).clip(study.duration_ms);
    let new = claimed.minus(study.covered);
    let before = study.covered.total_ms();
    let anchor = accounted_until
        .unwrap_or(study.opened_at)
        .max(Timestamp(now.0.saturating_sub(MAX_UNREPORTED_MS)));

    // Wall time is reckoned from the lesson's total, not report by report: so the roundings of many
    // small reports cancel, and neither honest nor forged reports gain or lose by their number.
    let spent_before = wall_ms(before, rate);
    let until = now.plus(SLACK_MS * 1000 / rate.max(1));
    let by_person = media_ms(until.since(anchor).saturating_add(spent_before), rate);
    let by_lesson = media_ms(until.since(study.opened_at), rate);
    let allowance = by_person.min(by_lesson).saturating_sub(before);

    let credited = new.first_ms(allowance);
    let credited_ms = credited.total_ms();
    Credit {
        covered: study.covered.union(&credited),
        credited_ms,
        refused_ms: new.total_ms() - credited_ms,
        accounted_until: anchor.plus(wall_ms(before + credited_ms, rate) - spent_before),
    }
}

/// The least wall time in which so much media can be played.
fn wall_ms(media_ms: u64, rate: u64) -> u64 {
    media_ms.saturating_mul(1000).div_ceil(rate.max(1))
}

/// The most media that can be played in so much wall time.
fn media_ms(wall_ms: u64, rate: u64) -> u64 {
    wall_ms.saturating_mul(rate) / 1000
}
