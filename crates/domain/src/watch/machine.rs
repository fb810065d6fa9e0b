//! The machine that tells what was played from what was skipped.

use contract::{Completion, Interval, LessonProgress, StudyPolicy, WatchedReport};

use super::{Effect, Event, REPORT_EVERY_MS};
use crate::{Intervals, progress::lesson_complete};

/// Media time by which the player may be ahead of the clock before a step counts as a jump: events
/// come late, clocks are coarse. It is a pool for the whole playback and fills up again slowly, so
/// that many small jumps get no more out of it than one.
const TOLERANCE_MS: u64 = 300;
/// How far the position must have moved for a report of its own.
const MOVED_MS: u64 = 1000;
/// Stretches that a report may carry.
const MAX_INTERVALS: usize = 512;

/// Where and when playback was last seen.
#[derive(Clone, Copy, Debug)]
struct Playback {
    position_ms: u64,
    at_ms: u64,
    rate_permille: u32,
}

/// The machine. `now` is monotonic milliseconds.
///
/// While playing, a step from one position to the next counts as played if it is no longer than
/// the time between allows at the playback rate; a longer or backward one is a jump, and nothing
/// between is counted. Nor is anything played faster than the class credits.
#[derive(Clone, Debug)]
pub struct Watch {
    duration_ms: u64,
    policy: StudyPolicy,
    completion: Completion,
    /// What the server has.
    server: Intervals,
    /// What was played on this device, as far as it is known.
    here: Intervals,
    /// What reports hold that the server has not answered. Nothing is in two of them.
    outstanding: Intervals,
    /// What the server will never take.
    refused: Intervals,
    position_ms: u64,
    reported_position_ms: u64,
    reported_at_ms: u64,
    completion_reported: bool,
    playback: Option<Playback>,
    /// How much of the tolerance is in use.
    ahead_ms: u64,
}

impl Watch {
    /// `held` are the reports of this lesson that the outbox still holds, oldest first, read before
    /// the server was asked for the progress.
    pub fn open(
        duration_ms: u64,
        policy: StudyPolicy,
        progress: LessonProgress,
        held: Vec<WatchedReport>,
    ) -> Self {
        let position_ms = held.last().map_or(progress.position_ms, |r| r.position_ms);
        let outstanding: Intervals = held.into_iter().flat_map(|r| r.intervals).collect();
        Self {
            duration_ms,
            policy,
            completion: progress.completion,
            server: set(progress.covered).clip(duration_ms),
            here: outstanding.clip(duration_ms),
            outstanding,
            refused: Intervals::new(),
            position_ms,
            reported_position_ms: position_ms,
            reported_at_ms: 0,
            completion_reported: false,
            playback: None,
            ahead_ms: 0,
        }
    }

    /// Takes an event in.
    pub fn step(&mut self, now: u64, event: Event) -> Vec<Effect> {
        match event {
            Event::Playing {
                position_ms,
                rate_permille,
            } => {
                self.reach(now, position_ms, 0);
                if self.playback.is_none() {
                    self.reported_at_ms = now; // a report is due a full period after the start
                }
                self.playback = Some(Playback {
                    position_ms,
                    at_ms: now,
                    rate_permille,
                });
                self.report(now, false)
            }
            Event::Progress { position_ms } => {
                self.reach(now, position_ms, 0);
                self.report(now, false)
            }
            Event::RateChanged {
                position_ms,
                rate_permille,
            } => {
                // The event may come a little after the change.
                self.reach(now, position_ms, rate_permille);
                if let Some(playback) = &mut self.playback {
                    playback.rate_permille = rate_permille;
                }
                self.report(now, false)
            }
            Event::Stopped { position_ms } => {
                let was_playing = self.playback.is_some();
                self.reach(now, position_ms, 0);
                self.playback = None;
                self.report(now, was_playing)
            }
            Event::Seeked { position_ms } => {
                self.position_ms = position_ms.min(self.duration_ms);
                if let Some(playback) = &mut self.playback {
                    playback.position_ms = position_ms;
                    playback.at_ms = now;
                }
                Vec::new()
            }
            Event::Leaving { position_ms } => {
                self.reach(now, position_ms, 0);
                self.report(now, true)
            }
            Event::Tick => self.report(now, false),
            Event::Acknowledged { report, reply } => {
                self.outstanding = self.outstanding.minus(&set(report.intervals));
                self.server = self
                    .server
                    .union(&set(reply.progress.covered))
                    .clip(self.duration_ms);
                if self.completion == Completion::Open {
                    self.completion = reply.progress.completion;
                }
                Vec::new()
            }
            Event::Refused { report } => {
                let refused = set(report.intervals);
                self.outstanding = self.outstanding.minus(&refused);
                self.refused = self.refused.union(&refused);
                Vec::new()
            }
        }
    }

    /// What is watched: what the server has, and what this device played.
    pub fn covered(&self) -> Intervals {
        self.server.union(&self.here)
    }

    /// Length of [`Self::covered`].
    pub fn covered_ms(&self) -> u64 {
        self.covered().total_ms()
    }

    /// How much of it the server lacks.
    pub fn on_device_only_ms(&self) -> u64 {
        self.here.minus(&self.server).total_ms()
    }

    /// How much of it the server will never take.
    pub fn refused_ms(&self) -> u64 {
        self.refused.minus(&self.server).total_ms()
    }

    /// The server's word on whether the lesson counts as studied.
    pub fn completion(&self) -> Completion {
        self.completion
    }

    /// Whether it will, once the server has what this device has.
    pub fn complete_here(&self) -> bool {
        self.completion != Completion::Open || self.completes(&self.covered())
    }

    /// Where the player is.
    pub fn position_ms(&self) -> u64 {
        self.position_ms
    }

    /// Where to go on; the beginning if the end was reached.
    pub fn resume_at(&self) -> u64 {
        if self.position_ms.saturating_add(MOVED_MS) > self.duration_ms {
            0
        } else {
            self.position_ms
        }
    }

    /// The player is at `position_ms`: counts the way there if it was played.
    fn reach(&mut self, now: u64, position_ms: u64, new_rate: u32) {
        if let Some(playback) = &mut self.playback {
            let from = *playback;
            playback.position_ms = position_ms;
            playback.at_ms = now;
            let rate = from
                .rate_permille
                .max(new_rate.min(self.policy.max_rate_permille));
            // 5 % more than the rate: clocks of sound and page run apart.
            let allowed = now
                .saturating_sub(from.at_ms)
                .saturating_mul(u64::from(rate) * 105)
                / 100_000;
            if let Some(step) = position_ms.checked_sub(from.position_ms) {
                let ahead_ms = self.ahead_ms.saturating_add(step).saturating_sub(allowed);
                if ahead_ms <= TOLERANCE_MS {
                    self.ahead_ms = ahead_ms;
                    if from.rate_permille <= self.policy.max_rate_permille {
                        self.here.insert(Interval {
                            start_ms: from.position_ms,
                            end_ms: position_ms.min(self.duration_ms),
                        });
                    }
                }
            }
        }
        self.position_ms = position_ms.min(self.duration_ms);
    }

    /// Reports what is not reported, if it is time to.
    fn report(&mut self, now: u64, at_once: bool) -> Vec<Effect> {
        let reported = self.server.union(&self.outstanding);
        let new = self.here.minus(&reported).minus(&self.refused);
        let since_ms = now.saturating_sub(self.reported_at_ms);
        let completes = !self.completion_reported
            && self.completion == Completion::Open
            && !self.completes(&reported)
            && self.completes(&reported.union(&new));
        let moved = self.position_ms.abs_diff(self.reported_position_ms) >= MOVED_MS;
        let due = !new.is_empty() && (at_once || completes || since_ms >= REPORT_EVERY_MS);
        if !(due || at_once && moved) {
            return Vec::new();
        }
        self.completion_reported |= completes;
        self.reported_at_ms = now;
        self.reported_position_ms = self.position_ms;
        let mut intervals = new.into_vec();
        intervals.truncate(MAX_INTERVALS);
        self.outstanding = self.outstanding.union(&set(intervals.clone()));
        vec![Effect::Report(WatchedReport {
            intervals,
            position_ms: self.position_ms,
        })]
    }

    fn completes(&self, covered: &Intervals) -> bool {
        lesson_complete(covered.total_ms(), self.duration_ms, self.policy)
    }
}

fn set(list: Vec<Interval>) -> Intervals {
    list.into_iter().collect()
}
