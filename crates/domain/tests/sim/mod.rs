//! A device with its store and its link, for the property suites: the real outbox, and around it
//! everything that can go wrong. Nothing happens by itself; a schedule says what does.

#![expect(dead_code, reason = "each suite uses its part")]

use std::collections::{BTreeMap, VecDeque};

use contract::{ErrorCode, PersonId};
use domain::outbox::{Body, Effect, Entry, Event, Outbox, Reply, SEND_LIMIT_MS, Slot};
use proptest::test_runner::Config;

/// Cases of a property: `PROPTEST_CASES`, or so many. Nothing is written beside the sources; a
/// failure prints its minimal case.
pub(crate) fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    Config {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        ..Config::default()
    }
}

/// What a server makes of an entry: the outbox's view of the reply, and the reply itself.
pub(crate) trait Server {
    /// The reply's body.
    type Body: Clone;
    /// Handles a request that has arrived.
    fn handle(&mut self, now: u64, entry: &Entry) -> (Reply, Option<Self::Body>);
}

/// What the page of a device learns.
#[derive(Debug)]
pub(crate) enum Told<B> {
    Stored(Entry),
    StoreFailed(Entry),
    Replied(Entry, B),
    Refused(Body, ErrorCode),
}

enum DiskOp {
    Write(Entry),
    Erase(Slot, u64),
}

struct Letter<B> {
    boot: u32,
    entry: Entry,
    reply: Option<(Reply, Option<B>)>,
}

/// A device of one person.
pub(crate) struct Device<B> {
    pub(crate) outbox: Outbox,
    /// What survives a crash.
    pub(crate) disk: BTreeMap<Slot, Entry>,
    pub(crate) disk_works: bool,
    person: PersonId,
    pending: VecDeque<DiskOp>,
    /// What the disk holds and the page has not read yet, because reading takes long.
    pub(crate) unread: Option<Vec<Entry>>,
    /// Requests on their way there, then replies on their way back.
    letters: Vec<Letter<B>>,
    wake_at: Option<u64>,
    boot: u32,
    booted_at: u64,
    /// The request that the outbox waits for, and since when.
    flight: Option<(Slot, u64, u64)>,
    /// Something that was to be removed from the disk is still there, because the disk failed.
    pub(crate) left_over: bool,
    /// Sends that the outbox asked for, with their times; never cleared by a crash.
    pub(crate) sends: Vec<(u64, Entry)>,
}

impl<B: Clone> Device<B> {
    pub(crate) fn new(now: u64, person: &str) -> Self {
        let mut device = Self {
            outbox: Outbox::new(person.into(), 0),
            disk: BTreeMap::new(),
            disk_works: true,
            person: person.into(),
            pending: VecDeque::new(),
            unread: None,
            letters: Vec::new(),
            wake_at: None,
            boot: 0,
            booted_at: 0,
            flight: None,
            left_over: false,
            sends: Vec::new(),
        };
        device.restart(now, true);
        device.read(now);
        device
    }

    /// Monotonic time of this run of the page.
    pub(crate) fn mono(&self, now: u64) -> u64 {
        now - self.booted_at + 7
    }

    /// The page is killed and opened again. What was not yet written is lost; requests under way
    /// may still arrive, and their replies find nobody. What the disk holds is still to be read.
    pub(crate) fn restart(&mut self, now: u64, new_seed: bool) {
        self.pending.clear();
        self.boot += u32::from(new_seed);
        let seed = u64::from(self.boot) * 0x1234_5678_9ABC;
        for letter in &mut self.letters {
            letter.boot = u32::MAX;
        }
        self.wake_at = None;
        self.flight = None;
        self.booted_at = now;
        self.outbox = Outbox::new(self.person.clone(), seed);
        self.unread = Some(self.disk.values().cloned().collect());
    }

    /// The page has read what the disk held when it was opened.
    pub(crate) fn read(&mut self, now: u64) -> Vec<Told<B>> {
        match self.unread.take() {
            Some(entries) => self.step(now, Event::Restored(entries)),
            None => Vec::new(),
        }
    }

    /// Hands an event to the outbox and carries its effects out, as far as they need no schedule.
    pub(crate) fn step(&mut self, now: u64, event: Event) -> Vec<Told<B>> {
        let mut told = Vec::new();
        for effect in self.outbox.step(self.mono(now), event) {
            match effect {
                Effect::Store(entry) => self.pending.push_back(DiskOp::Write(entry)),
                Effect::Forget { slot, version } => {
                    self.pending.push_back(DiskOp::Erase(slot, version));
                }
                Effect::Send(entry) => {
                    let (slot, version) = (entry.slot.clone(), entry.version);
                    let before = self.flight.replace((slot, version, now));
                    let is_over = before.is_none_or(|(.., at)| now - at >= SEND_LIMIT_MS);
                    assert!(is_over, "two requests at a time");
                    assert_eq!(entry.person, self.person);
                    self.sends.push((now, entry.clone()));
                    self.letters.push(Letter {
                        boot: self.boot,
                        entry,
                        reply: None,
                    });
                }
                Effect::Wake { in_ms } => self.wake_at = Some(now + in_ms),
                Effect::Settled {
                    body,
                    refused: Some(code),
                } => told.push(Told::Refused(body, code)),
                Effect::Settled { refused: None, .. } => {}
            }
        }
        told
    }

    pub(crate) fn put(&mut self, now: u64, body: Body) -> Vec<Told<B>> {
        self.step(now, Event::Put(body))
    }

    /// The disk does what it was asked to.
    pub(crate) fn flush(&mut self, now: u64) -> Vec<Told<B>> {
        // What a failed write makes the outbox ask for waits for the next flush.
        self.flush_some(now, self.pending.len())
    }

    /// The disk does the first few things that it was asked to.
    pub(crate) fn flush_some(&mut self, now: u64, count: usize) -> Vec<Told<B>> {
        let mut told = Vec::new();
        for _ in 0..count {
            match self.pending.pop_front() {
                Some(DiskOp::Write(entry)) => {
                    let Entry { slot, version, .. } = entry.clone();
                    if self.disk_works {
                        self.disk.insert(slot.clone(), entry.clone());
                        told.push(Told::Stored(entry));
                        told.extend(self.step(now, Event::Stored { slot, version }));
                    } else {
                        told.push(Told::StoreFailed(entry));
                        told.extend(self.step(now, Event::StoreFailed { slot, version }));
                    }
                }
                Some(DiskOp::Erase(slot, version)) => {
                    let is_it = self.disk.get(&slot).is_some_and(|e| e.version == version);
                    if is_it && self.disk_works {
                        self.disk.remove(&slot);
                    }
                    self.left_over |= is_it && !self.disk_works;
                }
                None => {}
            }
        }
        told
    }

    /// The disk takes so long over what is first that the page takes it for failed.
    pub(crate) fn doubt(&mut self, now: u64) -> Vec<Told<B>> {
        let Some(DiskOp::Write(entry)) = self.pending.front() else {
            return Vec::new();
        };
        let (entry, Entry { slot, version, .. }) = (entry.clone(), entry.clone());
        let mut told = vec![Told::StoreFailed(entry)];
        told.extend(self.step(now, Event::StoreFailed { slot, version }));
        told
    }

    /// Wakes the outbox if it asked for that.
    pub(crate) fn wake(&mut self, now: u64) -> Vec<Told<B>> {
        match self.wake_at {
            Some(at) if at <= now => {
                self.wake_at = None;
                self.flight.take_if(|(.., at)| now - *at >= SEND_LIMIT_MS);
                self.step(now, Event::Wake)
            }
            _ => Vec::new(),
        }
    }

    /// Whether the outbox will be woken.
    pub(crate) fn has_alarm(&self) -> bool {
        self.wake_at.is_some()
    }

    /// Whether the disk has done all that it was asked to.
    pub(crate) fn is_flushed(&self) -> bool {
        self.pending.is_empty()
    }

    /// How many letters are under way, there or back.
    pub(crate) fn letters(&self) -> usize {
        self.letters.len()
    }

    /// Whether this letter is a reply that settles something.
    pub(crate) fn settles(&self, at: usize) -> bool {
        let Letter { boot, entry, reply } = &self.letters[at];
        let is_news = self.outbox.entries().any(|e| e == entry) || self.is_awaited(at);
        reply.is_some() && *boot == self.boot && is_news
    }

    /// Whether the outbox waits for this letter's end.
    pub(crate) fn is_awaited(&self, at: usize) -> bool {
        let Letter { boot, entry, .. } = &self.letters[at];
        let is_it = |f: &(Slot, u64, u64)| f.0 == entry.slot && f.1 == entry.version;
        *boot == self.boot && self.flight.as_ref().is_some_and(is_it)
    }

    /// A letter arrives: a request at the server, a reply at the page. With `twice` it stays under
    /// way and may arrive again, however much later.
    pub(crate) fn arrive<S>(
        &mut self,
        now: u64,
        at: usize,
        twice: bool,
        server: &mut S,
    ) -> Vec<Told<B>>
    where
        S: Server<Body = B>,
    {
        let letter = &self.letters[at];
        let (boot, entry) = (letter.boot, letter.entry.clone());
        match letter.reply.clone() {
            None => {
                let reply = Some(server.handle(now, &entry));
                if !twice {
                    self.letters.swap_remove(at);
                }
                self.letters.push(Letter { boot, entry, reply });
                Vec::new()
            }
            Some((reply, body)) => {
                if !twice {
                    self.letters.swap_remove(at);
                }
                self.replied(now, boot, entry, reply, body)
            }
        }
    }

    /// A letter is lost; if `noticed`, the page learns that at once.
    pub(crate) fn lose(&mut self, now: u64, at: usize, noticed: Option<Reply>) -> Vec<Told<B>> {
        let letter = self.letters.swap_remove(at);
        match noticed {
            Some(reply) => self.replied(now, letter.boot, letter.entry, reply, None),
            None => Vec::new(),
        }
    }

    fn replied(
        &mut self,
        now: u64,
        boot: u32,
        entry: Entry,
        reply: Reply,
        body: Option<B>,
    ) -> Vec<Told<B>> {
        if boot != self.boot {
            return Vec::new();
        }
        let Entry { slot, version, .. } = entry.clone();
        self.flight.take_if(|(s, v, _)| *s == slot && *v == version);
        let mut told: Vec<Told<B>> = body.map(|b| Told::Replied(entry, b)).into_iter().collect();
        told.extend(self.step(
            now,
            Event::Reply {
                slot,
                version,
                reply,
            },
        ));
        told
    }

    /// The page is in good order again and the link is good: one round of whatever waits.
    pub(crate) fn settle<S>(&mut self, now: u64, server: &mut S) -> Vec<Told<B>>
    where
        S: Server<Body = B>,
    {
        self.disk_works = true;
        let mut told = self.flush(now);
        told.extend(self.wake(now));
        for _ in 0..self.letters.len() {
            told.extend(self.arrive(now, 0, false, server));
        }
        told.extend(self.flush(now));
        told
    }
}
