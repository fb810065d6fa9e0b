//! Whatever happens to page, store, link and session: what was put is delivered in its last
//! version, until then it is where the outbox says that it is, and a minute after the last fault
//! nothing waits.

use contract::{AnswerPut, AttemptId, HandIn, HandInAnswer, Interval, QuestionId, WatchedReport};
use domain::{
    Intervals,
    outbox::{Body, Entry, Event, Keep, Reply},
};
use proptest::{collection::vec, prelude::*};
use sim::{Device, Server, Told};

mod sim;

const START: u64 = 1_800_000_000_000;

/// Takes everything, and remembers it.
#[derive(Default)]
struct Archive(Vec<Body>);

impl Server for Archive {
    type Body = ();

    fn handle(&mut self, _: u64, entry: &Entry) -> (Reply, Option<()>) {
        self.0.push(entry.body.clone());
        (Reply::Done, None)
    }
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Watched(u8),
    Answer(u8, u8),
    HandIn(u8),
    Pass(u16),
    Write(u8),
    DiskWorks(bool),
    /// The disk takes long over a write.
    Doubt,
    Crash,
    /// The disk takes long over the first read as well.
    CrashUnread,
    Read,
    Arrive(u8),
    ArriveTwice(u8),
    Lose(u8),
    Fail(u8),
    /// Overloaded: come back in so many seconds.
    Overload(u8, u16),
    SignOut(u8),
    SignIn,
    Offline,
    Online,
}

fn act() -> impl Strategy<Value = Act> {
    let n = any::<u8>;
    prop_oneof![
        6 => (0..2_u8).prop_map(Act::Watched),
        6 => (0..2_u8, 0..2_u8).prop_map(|(a, q)| Act::Answer(a, q)),
        1 => (0..2_u8).prop_map(Act::HandIn),
        6 => (0..3000_u16).prop_map(Act::Pass),
        2 => (0..60_000_u16).prop_map(Act::Pass),
        8 => (1..4_u8).prop_map(Act::Write),
        2 => any::<bool>().prop_map(Act::DiskWorks),
        1 => Just(Act::Doubt),
        1 => Just(Act::Crash),
        1 => Just(Act::CrashUnread),
        1 => Just(Act::Read),
        8 => n().prop_map(Act::Arrive),
        1 => n().prop_map(Act::ArriveTwice),
        2 => n().prop_map(Act::Lose),
        2 => n().prop_map(Act::Fail),
        1 => (n(), 0..900_u16).prop_map(|(n, s)| Act::Overload(n, s)),
        1 => n().prop_map(Act::SignOut),
        2 => Just(Act::SignIn),
        1 => Just(Act::Offline),
        1 => Just(Act::Online),
    ]
}

struct World {
    now: u64,
    server: Archive,
    device: Device<()>,
    count: u64,
    /// Everything put that is not lost by a crash before the store had it.
    put: Vec<Body>,
    /// When the outbox may send: each set by a fault, cleared by what ends it.
    offline_until: Option<u64>,
    asked_until: Option<u64>,
    signed_out: bool,
    /// The latest end of a wait that the server asked for: that long its fault lasts.
    fault_until: u64,
}

impl World {
    fn new() -> Self {
        Self {
            now: START,
            server: Archive::default(),
            device: Device::new(START, "p"),
            count: 0,
            put: Vec::new(),
            offline_until: None,
            asked_until: None,
            signed_out: false,
            fault_until: 0,
        }
    }

    /// A body that says something new.
    fn body(&mut self, act: Act) -> Body {
        self.count += 1;
        let seq = self.count;
        match act {
            Act::Watched(lesson) => Body::Watched {
                lesson: format!("l{lesson}").into(),
                key: format!("{seq:06}").into(),
                report: WatchedReport {
                    intervals: vec![Interval {
                        start_ms: 10 * seq,
                        end_ms: 10 * seq + 5,
                    }],
                    position_ms: seq,
                },
            },
            Act::Answer(attempt, question) => Body::Answer {
                attempt: format!("a{attempt}").into(),
                question: format!("q{question}").into(),
                put: AnswerPut {
                    seq,
                    choice: Vec::new(),
                },
            },
            Act::HandIn(attempt) => {
                let attempt = AttemptId::from(format!("a{attempt}"));
                let mut answers: Vec<HandInAnswer> = Vec::new();
                for body in self.put.iter().rev() {
                    if let Body::Answer {
                        attempt: of,
                        question,
                        put,
                    } = body
                        && *of == attempt
                        && answers.iter().all(|a| a.question != *question)
                    {
                        answers.push(HandInAnswer {
                            question: question.clone(),
                            seq: put.seq,
                            choice: Vec::new(),
                        });
                    }
                }
                Body::HandIn {
                    attempt,
                    key: format!("{seq:06}").into(),
                    hand_in: HandIn { answers },
                }
            }
            _ => unreachable!(),
        }
    }

    fn put(&mut self, act: Act) {
        let body = self.body(act);
        // A newer body of a slot takes the place of the older one.
        let slot = body.slot();
        self.put.retain(|old| old.slot() != slot);
        self.put.push(body.clone());
        let told = self.watch_sends(|device, now| device.put(now, body));
        assert!(told.is_empty());
    }

    /// Does something to the device, and looks at what it sends meanwhile.
    fn watch_sends(
        &mut self,
        does: impl FnOnce(&mut Device<()>, u64) -> Vec<Told<()>>,
    ) -> Vec<Told<()>> {
        let before = self.device.sends.len();
        let told = does(&mut self.device, self.now);
        for (at, entry) in &self.device.sends[before..] {
            assert!(!self.signed_out, "sent while signed out");
            assert!(
                self.offline_until.is_none_or(|until| *at >= until),
                "sent while off line"
            );
            assert!(
                self.asked_until.is_none_or(|until| *at >= until),
                "sent before Retry-After"
            );
            assert_eq!(entry.person.as_str(), "p");
            if self.offline_until.is_some() {
                self.offline_until = Some(at + 30_000);
            }
        }
        told
    }

    fn act(&mut self, act: Act) {
        let letters = self.device.letters();
        let pick = |n: u8| (letters > 0).then(|| usize::from(n) % letters.max(1));
        match act {
            Act::Watched(_) | Act::Answer(..) | Act::HandIn(_) => self.put(act),
            Act::Pass(ms) => {
                self.now += u64::from(ms);
                self.watch_sends(Device::wake);
            }
            Act::Write(n) => {
                self.watch_sends(|device, now| device.flush_some(now, usize::from(n)));
            }
            Act::DiskWorks(works) => self.device.disk_works = works,
            Act::Doubt => {
                self.watch_sends(Device::doubt);
            }
            Act::Crash => {
                self.crash();
                self.watch_sends(Device::read);
            }
            Act::CrashUnread => self.crash(),
            Act::Read => {
                self.watch_sends(Device::read);
            }
            Act::Arrive(n) | Act::ArriveTwice(n) => {
                if let Some(at) = pick(n) {
                    // A reply clears every doubt of the link.
                    if self.device.settles(at) {
                        self.offline_until = None;
                        self.asked_until = None;
                    }
                    let mut server = std::mem::take(&mut self.server);
                    let twice = matches!(act, Act::ArriveTwice(_));
                    self.watch_sends(|device, now| device.arrive(now, at, twice, &mut server));
                    self.server = server;
                }
            }
            Act::Lose(n) => self.lose(pick(n), None),
            Act::Fail(n) => self.lose(
                pick(n),
                Some(Reply::Later {
                    retry_after_ms: None,
                }),
            ),
            Act::Overload(n, s) => {
                let retry_after_ms = Some(u64::from(s) * 1000);
                self.lose(pick(n), Some(Reply::Later { retry_after_ms }));
            }
            Act::SignOut(n) => self.lose(pick(n), Some(Reply::SignedOut)),
            Act::SignIn => self.sign_in(),
            Act::Offline => {
                self.offline_until.get_or_insert(self.now + 30_000);
                self.watch_sends(|device, now| device.step(now, Event::Offline));
            }
            Act::Online => {
                self.offline_until = None;
                self.watch_sends(|device, now| device.step(now, Event::Online));
            }
        }
    }

    fn sign_in(&mut self) {
        self.signed_out = false;
        self.offline_until = None;
        self.watch_sends(|device, now| device.step(now, Event::SignedIn));
    }

    fn lose(&mut self, at: Option<usize>, noticed: Option<Reply>) {
        let Some(at) = at else { return };
        if self.device.is_awaited(at) {
            match noticed {
                Some(Reply::Later {
                    retry_after_ms: Some(ms),
                }) => {
                    let until = self.now + ms.min(600_000);
                    self.asked_until = Some(until);
                    self.fault_until = self.fault_until.max(until);
                }
                Some(Reply::Later { .. }) => self.asked_until = None,
                Some(Reply::SignedOut) => self.signed_out = true,
                _ => {}
            }
        }
        self.watch_sends(|device, now| device.lose(now, at, noticed));
    }

    fn crash(&mut self) {
        self.offline_until = None;
        self.asked_until = None;
        self.signed_out = false;
        // What neither store nor server has is lost; the outbox never said otherwise.
        let safe: Vec<Body> = self.device.disk.values().map(|e| e.body.clone()).collect();
        self.put
            .retain(|body| holds(&safe, body) || holds(&self.server.0, body));
        self.watch_sends(|device, now| {
            device.restart(now, true);
            Vec::new()
        });
    }

    fn check(&self) {
        let outbox = &self.device.outbox;
        let mut held = Vec::new();
        for entry in outbox.entries() {
            held.push(entry.body.clone());
            if outbox.keep(&entry.slot) == Some(Keep::Device) {
                assert_eq!(
                    self.device.disk.get(&entry.slot),
                    Some(entry),
                    "not on the device"
                );
            }
        }
        let unread = self.device.unread.iter().flatten();
        held.extend(unread.map(|e| e.body.clone()));
        held.extend(self.server.0.iter().cloned());
        for body in &self.put {
            assert!(holds(&held, body), "{body:?} is nowhere");
        }
        let sleeps = outbox.waiting_count() == 0 || self.signed_out;
        assert!(
            sleeps || self.device.has_alarm(),
            "something waits, and nothing will wake it"
        );
    }

    /// The faults are over. A server that asked for time gets it; then a minute must do.
    fn end(&mut self) {
        self.sign_in();
        self.watch_sends(Device::read);
        self.now = self.now.max(self.fault_until);
        let until = self.now + 60_000;
        while self.now < until && self.device.outbox.waiting_count() + self.device.letters() > 0 {
            let mut server = std::mem::take(&mut self.server);
            self.device.settle(self.now, &mut server);
            self.server = server;
            self.now += 100;
        }
        assert_eq!(
            self.device.outbox.entries().count(),
            0,
            "the queue did not drain"
        );
        for body in &self.put {
            assert!(holds(&self.server.0, body), "{body:?} was never delivered");
        }
        self.device.settle(self.now, &mut self.server);
        assert!(self.device.is_flushed());
        assert!(
            self.device.left_over || self.device.disk.is_empty(),
            "left in the store"
        );
    }
}

/// Whether what `body` says is said by these, or something newer is.
fn holds(all: &[Body], body: &Body) -> bool {
    match body {
        Body::Watched { lesson, report, .. } => {
            let said = all.iter().filter_map(|b| match b {
                Body::Watched {
                    lesson: l, report, ..
                } if l == lesson => Some(&report.intervals),
                _ => None,
            });
            let said: Intervals = said.flatten().copied().collect();
            Intervals::from(&report.intervals[..])
                .minus(&said)
                .is_empty()
        }
        Body::Answer {
            attempt,
            question,
            put,
        } => all
            .iter()
            .any(|b| seq_of(b, attempt, question).is_some_and(|seq| seq >= put.seq)),
        Body::HandIn { .. } => all.contains(body),
    }
}

fn seq_of(body: &Body, attempt: &AttemptId, question: &QuestionId) -> Option<u64> {
    match body {
        Body::Answer {
            attempt: a,
            question: q,
            put,
        } if a == attempt && q == question => Some(put.seq),
        Body::HandIn {
            attempt: a,
            hand_in,
            ..
        } if a == attempt => hand_in
            .answers
            .iter()
            .find(|h| h.question == *question)
            .map(|h| h.seq),
        _ => None,
    }
}

proptest! {
    #![proptest_config(sim::config(50_000))]

    #[test]
    fn what_was_put_is_delivered_within_a_minute_of_the_last_fault_and_stored_until_then(
        acts in vec(act(), 1..60),
    ) {
        let mut world = World::new();
        for act in acts {
            world.act(act);
            world.check();
        }
        world.end();
    }
}

#[test]
fn no_bytes_of_one_person_are_sent_or_removed_by_the_next() {
    let mut first = Device::<()>::new(START, "first");
    let mut world = World::new();
    let body = world.body(Act::Answer(0, 0));
    first.put(START, body);
    first.flush(START);
    let theirs = first.disk.values().next().unwrap().clone();

    let mut second = Device::<()>::new(START, "second");
    second.disk = first.disk;
    second.restart(START, true);
    second.read(START);
    assert_eq!(second.letters(), 0);
    assert_eq!(second.outbox.entries().count(), 0);
    second.settle(START, &mut world.server);
    assert_eq!(second.disk.values().collect::<Vec<_>>(), [&theirs]);
}

#[test]
fn a_day_without_a_link_waits_as_a_few_reports_and_drains_within_a_minute() {
    let mut world = World::new();
    world.act(Act::Offline);
    for _ in 0..4320 {
        world.act(Act::Watched(0));
        world.act(Act::Write(3));
        world.act(Act::Pass(10_000));
        world.act(Act::Fail(0));
    }
    world.check();
    // Stretches that do not touch: 512 fit into a report.
    assert!(world.device.outbox.waiting_count() < 4320 / 512 + 3);
    world.act(Act::Online);
    world.end();
}
