//! Watched time from the player to the server's books, against a bitmap: whatever the player does
//! and whatever happens to page, link and store on the way.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract::{Completion, WatchedReply};
use domain::{
    Watch,
    outbox::{Body, Entry, Event as OutboxEvent, Reply},
    watch::{Effect, Event},
};
use proptest::{collection::vec, prelude::*};

use crate::{
    bitmap::{Bitmap, QUANTUM_MS},
    books::{Books, LESSONS_MS, POLICY, START, lesson_id},
    sim::{Device, Told},
};

mod bitmap;
mod books;
#[path = "../sim/mod.rs"]
mod sim;

/// Time between two `timeupdate` events.
const STEP_MS: u64 = 240;

/// What may happen.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// The person starts playback at 0.5, 1, 1.5 or 2 times the speed, or at one that is not
    /// credited.
    Play(u8),
    Rate(u8),
    Pause,
    Seek(u16),
    /// A seek of which only the end is told.
    SuddenSeek(u16),
    /// The page is hidden; playback goes on.
    Hide,
    /// Time passes, in steps.
    Pass(u8),
    /// To the other lesson.
    Switch,
    /// The page is killed and opened again.
    Crash,
    /// A letter arrives, once or not for the last time.
    Arrive(u8),
    ArriveTwice(u8),
    /// A letter is lost, noticed or not.
    Lose(u8),
    Fail(u8),
    Offline,
    Online,
    Overload(bool),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..5_u8).prop_map(Act::Play),
        2 => (0..5_u8).prop_map(Act::Rate),
        2 => Just(Act::Pause),
        3 => (0..1600_u16).prop_map(Act::Seek),
        1 => (0..1600_u16).prop_map(Act::SuddenSeek),
        1 => Just(Act::Hide),
        8 => (1..60_u8).prop_map(Act::Pass),
        1 => Just(Act::Switch),
        1 => Just(Act::Crash),
        4 => any::<u8>().prop_map(Act::Arrive),
        1 => any::<u8>().prop_map(Act::ArriveTwice),
        1 => any::<u8>().prop_map(Act::Lose),
        1 => any::<u8>().prop_map(Act::Fail),
        1 => Just(Act::Offline),
        1 => Just(Act::Online),
        1 => any::<bool>().prop_map(Act::Overload),
    ]
}

/// A person at a device, with the naive account of what they watch.
struct World {
    now: u64,
    server: Books,
    device: Device<WatchedReply>,
    watch: Watch,
    lesson: usize,
    position_ms: u64,
    rate: Option<u32>,
    next_rate: u32,
    keys: u32,
    /// Played in this session of this lesson.
    played: Bitmap,
    /// Played and reported, for each lesson: what must come out at the end.
    reported: [Bitmap; 2],
    /// Position of the last report, for each lesson.
    last_position: [u64; 2],
}

const RATES: [u32; 5] = [500, 1000, 1500, 2000, 3000];

impl World {
    fn new(remembers: bool) -> Self {
        let mut server = Books {
            remembers,
            ..Books::default()
        };
        let progress = server.open(START, 0);
        Self {
            now: START,
            server,
            device: Device::new(START, "p"),
            watch: Watch::open(LESSONS_MS[0], POLICY, progress, Vec::new()),
            lesson: 0,
            position_ms: 0,
            rate: None,
            next_rate: 1000,
            keys: 0,
            played: Bitmap::new(LESSONS_MS[0]),
            reported: LESSONS_MS.map(Bitmap::new),
            last_position: [0; 2],
        }
    }

    fn open(&mut self, lesson: usize) {
        self.lesson = lesson;
        self.rate = None;
        let id = lesson_id(lesson);
        let held = self.device.outbox.entries().filter_map(|e| match &e.body {
            Body::Watched { lesson, report, .. } if *lesson == id => Some(report.clone()),
            _ => None,
        });
        let held = held.collect();
        let progress = self.server.open(self.now, lesson);
        self.watch = Watch::open(LESSONS_MS[lesson], POLICY, progress, held);
        self.position_ms = self.watch.resume_at();
        self.played = Bitmap::new(LESSONS_MS[lesson]);
        // What was reported is not forgotten, wherever it is now.
        let covered = Bitmap::of(&self.watch.covered(), LESSONS_MS[lesson]);
        assert_eq!(covered, self.reported[lesson]);
    }

    fn tell(&mut self, event: Event) {
        for Effect::Report(report) in self.watch.step(self.now, event) {
            self.reported[self.lesson].add(&self.played);
            self.last_position[self.lesson] = report.position_ms;
            self.keys += 1;
            let key = format!("{:08}", self.keys).into();
            let body = Body::Watched {
                lesson: lesson_id(self.lesson),
                key,
                report,
            };
            let told = self.device.put(self.now, body);
            self.hear(told);
        }
    }

    fn hear(&mut self, told: Vec<Told<WatchedReply>>) {
        let written = self.device.flush(self.now);
        for told in told.into_iter().chain(written) {
            match told {
                Told::Stored(_) => {}
                Told::Replied(
                    Entry {
                        body: Body::Watched { lesson, report, .. },
                        ..
                    },
                    reply,
                ) => {
                    if lesson == lesson_id(self.lesson) {
                        self.tell(Event::Acknowledged { report, reply });
                    }
                }
                told => panic!("{told:?}"),
            }
        }
    }

    fn pass(&mut self) {
        self.now += STEP_MS;
        if let Some(rate) = self.rate {
            let end = LESSONS_MS[self.lesson];
            let to = (self.position_ms + STEP_MS * u64::from(rate) / 1000).min(end);
            if rate <= POLICY.max_rate_permille {
                self.played.mark(self.position_ms, to);
            }
            self.position_ms = to;
            self.tell(Event::Progress { position_ms: to });
            if to == end {
                self.pause();
            }
        }
        let told = self.device.wake(self.now);
        self.hear(told);
        let at_risk = self.played.ms_not_in(&self.reported[self.lesson]);
        assert!(
            at_risk <= 2 * (10_000 + STEP_MS),
            "{at_risk} ms are not reported"
        );
    }

    fn pause(&mut self) {
        if self.rate.take().is_some() {
            self.tell(Event::Stopped {
                position_ms: self.position_ms,
            });
            assert_eq!(self.played.ms_not_in(&self.reported[self.lesson]), 0);
        }
    }

    fn play(&mut self) {
        self.rate = Some(self.next_rate);
        let (position_ms, rate_permille) = (self.position_ms, self.next_rate);
        self.tell(Event::Playing {
            position_ms,
            rate_permille,
        });
    }

    fn act(&mut self, act: Act) {
        let letter = |n: u8, world: &Self| match world.device.letters() {
            0 => None,
            many => Some(usize::from(n) % many),
        };
        match act {
            Act::Play(rate) => {
                self.pause();
                self.next_rate = RATES[usize::from(rate)];
                self.play();
            }
            Act::Rate(rate) => {
                self.next_rate = RATES[usize::from(rate)];
                if self.rate.is_some() {
                    self.rate = Some(self.next_rate);
                    let (position_ms, rate_permille) = (self.position_ms, self.next_rate);
                    self.tell(Event::RateChanged {
                        position_ms,
                        rate_permille,
                    });
                }
            }
            Act::Pause => self.pause(),
            Act::Seek(to) => {
                let was_playing = self.rate.is_some();
                self.pause();
                self.position_ms = (u64::from(to) * QUANTUM_MS).min(LESSONS_MS[self.lesson]);
                self.tell(Event::Seeked {
                    position_ms: self.position_ms,
                });
                if was_playing {
                    self.play();
                }
            }
            Act::SuddenSeek(to) => {
                self.position_ms = (u64::from(to) * QUANTUM_MS).min(LESSONS_MS[self.lesson]);
                self.tell(Event::Seeked {
                    position_ms: self.position_ms,
                });
            }
            Act::Hide => {
                self.tell(Event::Leaving {
                    position_ms: self.position_ms,
                });
                assert_eq!(self.played.ms_not_in(&self.reported[self.lesson]), 0);
            }
            Act::Pass(steps) => (0..steps).for_each(|_| self.pass()),
            Act::Switch => {
                self.tell(Event::Leaving {
                    position_ms: self.position_ms,
                });
                self.open(1 - self.lesson);
            }
            Act::Crash => {
                self.device.restart(self.now, true);
                self.device.read(self.now);
                self.open(self.lesson);
            }
            Act::Arrive(n) | Act::ArriveTwice(n) => {
                if let Some(at) = letter(n, self) {
                    let twice = matches!(act, Act::ArriveTwice(_));
                    let told = self.device.arrive(self.now, at, twice, &mut self.server);
                    self.hear(told);
                }
            }
            Act::Lose(n) | Act::Fail(n) => {
                if let Some(at) = letter(n, self) {
                    let later = Reply::Later {
                        retry_after_ms: None,
                    };
                    let noticed = matches!(act, Act::Fail(_)).then_some(later);
                    let told = self.device.lose(self.now, at, noticed);
                    self.hear(told);
                }
            }
            Act::Offline | Act::Online => {
                let online = matches!(act, Act::Online);
                let event = if online {
                    OutboxEvent::Online
                } else {
                    OutboxEvent::Offline
                };
                let told = self.device.step(self.now, event);
                self.hear(told);
            }
            Act::Overload(yes) => self.server.overloaded = yes,
        }
    }

    /// The faults are over: a minute later everything is there.
    fn end(&mut self) {
        self.tell(Event::Leaving {
            position_ms: self.position_ms,
        });
        self.rate = None;
        self.server.overloaded = false;
        let until = self.now + 60_000;
        while self.now < until && (self.device.outbox.waiting_count() + self.device.letters()) > 0 {
            let told = self.device.settle(self.now, &mut self.server);
            self.hear(told);
            self.now += 100;
        }
        assert_eq!(self.device.outbox.waiting_count(), 0);
        assert!(self.device.disk.is_empty());
    }
}

fn run(acts: &[Act], remembers: bool) -> World {
    let mut world = World::new(remembers);
    for act in acts {
        world.act(*act);
    }
    world.end();
    world
}

proptest! {
    #![proptest_config(sim::config(100_000))]

    #[test]
    fn the_server_credits_the_union_of_what_was_played_and_nothing_else(
        acts in vec(act(), 1..40),
        remembers in any::<bool>(),
    ) {
        let world = run(&acts, remembers);
        prop_assert_eq!(world.server.refused_ms, 0, "an honest player was refused");
        for (id, row) in &world.server.lessons {
            let lesson = usize::from(*id == lesson_id(1));
            let credited = Bitmap::of(&row.covered, row.duration_ms);
            prop_assert_eq!(&credited, &world.reported[lesson]);
            prop_assert_eq!(credited.ms(), row.covered.total_ms());
            if remembers {
                prop_assert_eq!(row.position_ms, world.last_position[lesson]);
            }
        }
        // The page knows it, and says the same.
        let row = &world.server.lessons[&lesson_id(world.lesson)];
        prop_assert_eq!(&world.watch.covered(), &row.covered);
        prop_assert_eq!(world.watch.on_device_only_ms(), 0);
        prop_assert_eq!(world.watch.completion(), row.progress().completion);
        prop_assert_eq!(world.watch.complete_here(), row.progress().completion != Completion::Open);
    }
}
