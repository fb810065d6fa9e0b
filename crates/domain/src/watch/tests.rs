use contract::{Completion, Interval, LessonProgress, StudyPolicy, WatchedReply, WatchedReport};

use super::{Effect, Event, Watch};

const POLICY: StudyPolicy = StudyPolicy {
    max_rate_permille: 2000,
    complete_at_permille: 950,
};

fn progress(covered: &[(u64, u64)], position_ms: u64) -> LessonProgress {
    LessonProgress {
        covered: stretches(covered),
        position_ms,
        completion: Completion::Open,
    }
}

fn stretches(list: &[(u64, u64)]) -> Vec<Interval> {
    list.iter()
        .map(|&(start_ms, end_ms)| Interval { start_ms, end_ms })
        .collect()
}

fn report(list: &[(u64, u64)], position_ms: u64) -> WatchedReport {
    WatchedReport {
        intervals: stretches(list),
        position_ms,
    }
}

fn open(duration_ms: u64) -> Watch {
    Watch::open(duration_ms, POLICY, progress(&[], 0), Vec::new())
}

/// Plays from `from_ms` for `steps` steps of 250 ms at normal speed, beginning at `now`.
fn play(watch: &mut Watch, now: u64, from_ms: u64, steps: u64) -> Vec<(u64, WatchedReport)> {
    let start = Event::Playing {
        position_ms: from_ms,
        rate_permille: 1000,
    };
    let mut reports: Vec<(u64, WatchedReport)> = reports(now, watch.step(now, start));
    for i in 1..=steps {
        let at = now + i * 250;
        let effects = watch.step(
            at,
            Event::Progress {
                position_ms: from_ms + i * 250,
            },
        );
        reports.extend(self::reports(at, effects));
    }
    reports
}

fn reports(now: u64, effects: Vec<Effect>) -> Vec<(u64, WatchedReport)> {
    effects
        .into_iter()
        .map(|Effect::Report(report)| (now, report))
        .collect()
}

fn acknowledge(watch: &mut Watch, report: &WatchedReport, covered: &[(u64, u64)], refused_ms: u64) {
    let reply = WatchedReply {
        now: contract::Timestamp(0),
        credited_ms: 0,
        refused_ms,
        progress: progress(covered, 0),
    };
    watch.step(
        0,
        Event::Acknowledged {
            report: report.clone(),
            reply,
        },
    );
}

#[test]
fn while_playing_it_reports_every_ten_seconds_what_is_new() {
    let mut watch = open(600_000);
    let reports = play(&mut watch, 5000, 1000, 100);
    let expected = [
        (15_000, report(&[(1000, 11_000)], 11_000)),
        (25_000, report(&[(11_000, 21_000)], 21_000)),
    ];
    assert_eq!(reports, expected);
    assert_eq!(watch.covered_ms(), 25_000);
    assert_eq!(watch.on_device_only_ms(), 25_000);
    acknowledge(&mut watch, &expected[0].1, &[(1000, 11_000)], 0);
    assert_eq!(watch.on_device_only_ms(), 15_000);
}

#[test]
fn stopping_and_leaving_report_at_once() {
    let mut watch = open(600_000);
    play(&mut watch, 0, 0, 4);
    let effects = watch.step(1000, Event::Stopped { position_ms: 1000 });
    assert_eq!(effects, [Effect::Report(report(&[(0, 1000)], 1000))]);
    assert_eq!(watch.step(1500, Event::Leaving { position_ms: 1000 }), []);

    play(&mut watch, 2000, 1000, 2);
    let effects = watch.step(2600, Event::Leaving { position_ms: 1600 });
    assert_eq!(effects, [Effect::Report(report(&[(1000, 1600)], 1600))]);
}

#[test]
fn a_new_position_is_told_on_leaving_and_scrubbing_tells_nothing() {
    let mut watch = open(600_000);
    for position_ms in [100_000, 200_000, 300_000] {
        assert_eq!(watch.step(0, Event::Stopped { position_ms: 0 }), []);
        assert_eq!(watch.step(0, Event::Seeked { position_ms }), []);
    }
    let effects = watch.step(
        10,
        Event::Leaving {
            position_ms: 300_000,
        },
    );
    assert_eq!(effects, [Effect::Report(report(&[], 300_000))]);
    assert_eq!(
        watch.step(
            20,
            Event::Leaving {
                position_ms: 300_999
            }
        ),
        [],
        "less than a second"
    );
}

#[test]
fn what_completes_the_lesson_is_reported_at_once_and_once() {
    let mut watch = open(4000);
    let reports = play(&mut watch, 0, 0, 16);
    // 95 % of 4 s are reached in the sixteenth step.
    assert_eq!(reports, [(4000, report(&[(0, 4000)], 4000))]);
    assert!(watch.complete_here());
    assert_eq!(
        watch.completion(),
        Completion::Open,
        "the server has the word"
    );

    // Partly refused, it is not claimed again with each step, but within the next period.
    acknowledge(&mut watch, &reports[0].1, &[(0, 3000)], 1000);
    assert_eq!(watch.on_device_only_ms(), 1000);
    assert!(play(&mut watch, 5000, 0, 10).is_empty());
    let effects = watch.step(15_100, Event::Tick);
    assert_eq!(effects, [Effect::Report(report(&[(3000, 4000)], 2500))]);
}

#[test]
fn what_server_and_device_have_is_not_reported_again() {
    let held = vec![report(&[(10_000, 20_000)], 20_000)];
    let mut watch = Watch::open(600_000, POLICY, progress(&[(0, 10_000)], 10_000), held);
    assert_eq!(watch.resume_at(), 20_000);
    assert_eq!(watch.covered_ms(), 20_000);
    assert_eq!(watch.on_device_only_ms(), 10_000);
    assert!(play(&mut watch, 0, 0, 80).is_empty());
    let effects = watch.step(
        20_250,
        Event::Stopped {
            position_ms: 20_250,
        },
    );
    assert_eq!(
        effects,
        [Effect::Report(report(&[(20_000, 20_250)], 20_250))]
    );
}

#[test]
fn what_the_server_will_never_take_stays_here_and_is_not_reported_again() {
    let mut watch = open(600_000);
    let reports = play(&mut watch, 0, 0, 40);
    watch.step(
        10_000,
        Event::Refused {
            report: reports[0].1.clone(),
        },
    );
    assert_eq!(
        (watch.refused_ms(), watch.on_device_only_ms()),
        (10_000, 10_000)
    );
    let effects = watch.step(
        20_000,
        Event::Leaving {
            position_ms: 10_000,
        },
    );
    assert_eq!(effects, []);
}

#[test]
fn nothing_counts_that_is_played_faster_than_the_class_credits() {
    let mut watch = open(600_000);
    watch.step(
        0,
        Event::Playing {
            position_ms: 0,
            rate_permille: 3000,
        },
    );
    watch.step(1000, Event::Progress { position_ms: 3000 });
    watch.step(
        1000,
        Event::RateChanged {
            position_ms: 3000,
            rate_permille: 2000,
        },
    );
    watch.step(2000, Event::Progress { position_ms: 5000 });
    assert_eq!(watch.covered().as_slice(), stretches(&[(3000, 5000)]));
}

#[test]
fn a_step_counts_up_to_rate_times_clock_and_the_tolerance() {
    for (step, counts) in [(1350, true), (1351, false)] {
        let mut watch = open(600_000);
        watch.step(
            0,
            Event::Playing {
                position_ms: 0,
                rate_permille: 1000,
            },
        );
        watch.step(1000, Event::Progress { position_ms: step });
        assert_eq!(watch.covered_ms(), if counts { step } else { 0 });
        // Backwards never does.
        watch.step(
            2000,
            Event::Progress {
                position_ms: step - 1000,
            },
        );
        assert_eq!(watch.covered_ms(), if counts { step } else { 0 });
    }
}

#[test]
fn positions_are_not_believed_while_nothing_plays() {
    let mut watch = open(600_000);
    watch.step(0, Event::Progress { position_ms: 0 });
    watch.step(1000, Event::Progress { position_ms: 1000 });
    assert_eq!(watch.covered_ms(), 0);
    assert_eq!(watch.position_ms(), 1000);
}

#[test]
fn it_goes_on_where_the_person_left_off_and_at_the_beginning_after_the_end() {
    let at = |position_ms| {
        Watch::open(60_000, POLICY, progress(&[], position_ms), Vec::new()).resume_at()
    };
    assert_eq!(
        [at(0), at(59_000), at(59_001), at(60_000)],
        [0, 59_000, 0, 0]
    );
}

#[test]
fn positions_beyond_the_end_add_nothing() {
    let mut watch = open(10_000);
    watch.step(
        0,
        Event::Playing {
            position_ms: 9500,
            rate_permille: 1000,
        },
    );
    watch.step(
        1000,
        Event::Progress {
            position_ms: 10_500,
        },
    );
    watch.step(
        1250,
        Event::Progress {
            position_ms: 10_750,
        },
    );
    assert_eq!(watch.covered().as_slice(), stretches(&[(9500, 10_000)]));
    watch.step(
        2000,
        Event::Seeked {
            position_ms: u64::MAX,
        },
    );
    watch.step(
        2250,
        Event::Progress {
            position_ms: u64::MAX,
        },
    );
    assert_eq!(watch.position_ms(), 10_000);
}

#[test]
fn once_complete_a_late_reply_does_not_take_it_back() {
    let mut watch = open(10_000);
    let mut done = progress(&[(0, 10_000)], 0);
    done.completion = Completion::Watched;
    let reply = WatchedReply {
        now: contract::Timestamp(0),
        credited_ms: 0,
        refused_ms: 0,
        progress: done,
    };
    watch.step(
        0,
        Event::Acknowledged {
            report: report(&[], 0),
            reply,
        },
    );
    acknowledge(&mut watch, &report(&[], 0), &[(0, 5000)], 0);
    assert_eq!(
        (watch.completion(), watch.covered_ms()),
        (Completion::Watched, 10_000)
    );
}
