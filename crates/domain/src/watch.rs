//! Watched time of one lesson, on the device: what was truly played, and what to report of it.

use contract::{Completion, Interval, LessonProgress, StudyPolicy, WatchedReply, WatchedReport};

use crate::{Intervals, progress::lesson_complete};

/// Wall time between two reports while playing.
pub const REPORT_EVERY_MS: u64 = 10_000;
/// Media time by which the player may be ahead of the clock before a step counts as a jump: events
/// come late, clocks are coarse. It is a pool for the whole playback and fills up again slowly, so
/// that many small jumps get no more out of it than one.
const TOLERANCE_MS: u64 = 300;
/// How far the position must have moved for a report of its own.
const MOVED_MS: u64 = 1000;
/// Stretches that a report may carry.
const MAX_INTERVALS: usize = 512;

/// What happened in the player. Positions are media time, rates are in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It began to play, or goes on playing after a seek or a stall.
    Playing {
        /// Where.
        position_ms: u64,
        /// How fast.
        rate_permille: u32,
    },
    /// It has played up to here (`timeupdate`).
    Progress {
        /// Where it is.
        position_ms: u64,
    },
    /// It plays at another speed from here on.
    RateChanged {
        /// Where it is.
        position_ms: u64,
        /// How fast it plays now.
        rate_permille: u32,
    },
    /// It stopped: pause, stall, end, or the beginning of a seek.
    Stopped {
        /// Where; before a seek the position that it left, if known.
        position_ms: u64,
    },
    /// It jumped. `Playing` follows if it goes on.
    Seeked {
        /// Where to.
        position_ms: u64,
    },
    /// The page is hidden or left: the last chance to report.
    Leaving {
        /// Where it is.
        position_ms: u64,
    },
    /// Time passed; only needed while nothing plays, for what is still to be reported.
    Tick,
    /// The server took a report.
    Acknowledged {
        /// The report.
        report: WatchedReport,
        /// The reply.
        reply: WatchedReply,
    },
    /// The server will never take a report. It stays on the device and is not reported again.
    Refused {
        /// The report.
        report: WatchedReport,
    },
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Give this a new idempotency key and put it into the outbox.
    Report(WatchedReport),
}

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
    /// What reports hold that the server has not answered.
    outstanding: Vec<Intervals>,
    /// What the server will never take.
    refused: Intervals,
    position_ms: u64,
    reported_position_ms: u64,
    reported_at_ms: Option<u64>,
    completion_reported: bool,
    playback: Option<Playback>,
    /// How much of the tolerance is in use.
    ahead_ms: u64,
}

impl Watch {
    /// `held` are the reports of this lesson that the outbox still holds, oldest first.
    pub fn open(
        duration_ms: u64,
        policy: StudyPolicy,
        progress: LessonProgress,
        held: Vec<WatchedReport>,
    ) -> Self {
        let position_ms = held.last().map_or(progress.position_ms, |r| r.position_ms);
        let outstanding: Vec<Intervals> = held.into_iter().map(|r| set(r.intervals)).collect();
        let here = outstanding
            .iter()
            .fold(Intervals::new(), |all, r| all.union(r));
        Self {
            duration_ms,
            policy,
            completion: progress.completion,
            server: set(progress.covered).clip(duration_ms),
            here: here.clip(duration_ms),
            outstanding,
            refused: Intervals::new(),
            position_ms,
            reported_position_ms: position_ms,
            reported_at_ms: None,
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
                self.playback = Some(Playback {
                    position_ms,
                    at_ms: now,
                    rate_permille,
                });
                // The first report is due a full period after playback began.
                self.reported_at_ms.get_or_insert(now);
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
                self.answered(report);
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
                self.refused = self.refused.union(&set(report.intervals.clone()));
                self.answered(report);
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
            let rate = u64::from(from.rate_permille.max(new_rate));
            // 5 % more than the rate: clocks of sound and page run apart.
            let allowed = now.saturating_sub(from.at_ms).saturating_mul(rate * 105) / 100_000;
            if let Some(step) = position_ms.checked_sub(from.position_ms) {
                let ahead_ms = (self.ahead_ms + step).saturating_sub(allowed);
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
        let reported = self
            .outstanding
            .iter()
            .fold(self.server.clone(), |all, r| all.union(r));
        let new = self.here.minus(&reported).minus(&self.refused);
        let since_ms = self
            .reported_at_ms
            .map_or(u64::MAX, |at| now.saturating_sub(at));
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
        self.reported_at_ms = Some(now);
        self.reported_position_ms = self.position_ms;
        let mut intervals = new.into_vec();
        intervals.truncate(MAX_INTERVALS);
        if !intervals.is_empty() {
            self.outstanding.push(set(intervals.clone()));
        }
        vec![Effect::Report(WatchedReport {
            intervals,
            position_ms: self.position_ms,
        })]
    }

    /// A report is no longer on its way. A second answer to it finds nothing.
    fn answered(&mut self, report: WatchedReport) {
        let answered = set(report.intervals);
        if let Some(at) = self.outstanding.iter().position(|r| *r == answered) {
            self.outstanding.remove(at);
        }
    }

    fn completes(&self, covered: &Intervals) -> bool {
        lesson_complete(covered.total_ms(), self.duration_ms, self.policy)
    }
}

fn set(list: Vec<Interval>) -> Intervals {
    list.into_iter().collect()
}
