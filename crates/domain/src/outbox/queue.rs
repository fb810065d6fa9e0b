//! The machine that stores, sends and forgets.

use contract::PersonId;

use super::{Body, Effect, Entry, Event, Keep, Link, Reply, SEND_LIMIT_MS, Slot, link::Pacing};

/// The machine; `now` is monotonic milliseconds.
///
/// One request is under way at a time: hand-ins first, then answers, then watched time, each in
/// their order. After a failure the next try takes another entry, so that one which the server
/// cannot digest does not hold up the rest; reports of one lesson keep their order all the same,
/// since the last one tells the position.
#[derive(Clone, Debug)]
pub struct Outbox {
    person: PersonId,
    items: Vec<Item>,
    flight: Option<Flight>,
    pacing: Pacing,
    next_version: u64,
}

#[derive(Clone, Debug)]
struct Item {
    entry: Entry,
    keep: Keep,
    tries: u32,
}

#[derive(Clone, Debug)]
struct Flight {
    entry: Entry,
    sent_at_ms: u64,
}

impl Outbox {
    /// An empty outbox. `seed` should be random: it spreads the back-offs of many clients, and
    /// keeps the versions of two tabs apart.
    pub fn new(person: PersonId, seed: u64) -> Self {
        let next_version = ((seed ^ (seed >> 32)) & 0xFFFF_FFFF) << 20;
        Self {
            person,
            items: Vec::new(),
            flight: None,
            pacing: Pacing::new(seed),
            next_version,
        }
    }

    /// Takes an event in.
    pub fn step(&mut self, now: u64, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Restored(entries) => self.restore(entries, &mut effects),
            Event::Put(body) => self.put(body, &mut effects),
            Event::Stored { slot, version } => self.stored(&slot, version, &mut effects),
            Event::StoreFailed { slot, version } => {
                if let Some(item) = self.find(&slot, version)
                    && item.keep == Keep::Memory
                {
                    item.keep = Keep::Unsaved;
                }
            }
            Event::Reply {
                slot,
                version,
                reply,
            } => {
                self.replied(now, &slot, version, reply, &mut effects);
            }
            Event::Online => self.pacing.went_online(),
            Event::Offline => self.pacing.went_offline(now),
            Event::SignedIn => self.pacing.signed_in(),
            Event::Wake => {
                let lost = self
                    .flight
                    .as_ref()
                    .is_some_and(|f| now.saturating_sub(f.sent_at_ms) >= SEND_LIMIT_MS);
                if lost && let Some(flight) = self.flight.take() {
                    self.failed(now, &flight.entry, None, &mut effects);
                }
            }
            Event::Discard { slot } => self.remove(|i| i.entry.slot == slot, &mut effects),
        }
        self.pump(now, &mut effects);
        effects
    }

    /// Where the entry of a slot is; `None` if nothing waits there.
    pub fn keep(&self, slot: &Slot) -> Option<Keep> {
        self.items
            .iter()
            .find(|i| i.entry.slot == *slot)
            .map(|i| i.keep)
    }

    /// Every entry that the server does not have, refused ones too.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.items.iter().map(|i| &i.entry)
    }

    /// What it is doing.
    pub fn link(&self) -> Link {
        if self.pacing.signed_out {
            Link::SignedOut
        } else if self.flight.is_some() {
            Link::Sending
        } else if self.pacing.offline {
            Link::Offline
        } else if self.waiting_count() == 0 {
            Link::Idle
        } else {
            Link::Waiting {
                until_ms: self.pacing.until_ms(),
            }
        }
    }

    /// How many entries are to be sent.
    pub fn waiting_count(&self) -> usize {
        (0..self.items.len())
            .filter(|&i| self.is_waiting(i))
            .count()
    }

    fn restore(&mut self, entries: Vec<Entry>, effects: &mut Vec<Effect>) {
        for entry in entries {
            let known = self.items.iter().any(|i| i.entry.slot == entry.slot);
            if known || entry.person != self.person {
                continue; // what was put since is newer
            }
            if entry.version >= self.next_version && entry.version - self.next_version < 1 << 20 {
                self.next_version = entry.version + 1;
            }
            self.items.push(Item {
                entry,
                keep: Keep::Device,
                tries: 0,
            });
        }
        self.drop_carried(effects);
    }

    fn put(&mut self, body: Body, effects: &mut Vec<Effect>) {
        let entry = Entry {
            slot: body.slot(),
            version: self.next_version,
            person: self.person.clone(),
            body,
        };
        self.next_version += 1;
        effects.push(Effect::Store(entry.clone()));
        let new = Item {
            entry,
            keep: Keep::Memory,
            tries: 0,
        };
        match self
            .items
            .iter_mut()
            .find(|i| i.entry.slot == new.entry.slot)
        {
            Some(item) => *item = new,
            None => self.items.push(new),
        }
    }

    fn stored(&mut self, slot: &Slot, version: u64, effects: &mut Vec<Effect>) {
        if let Some(item) = self.find(slot, version)
            && matches!(item.keep, Keep::Memory | Keep::Unsaved)
        {
            item.keep = Keep::Device;
        }
        self.drop_carried(effects);
        self.store_again(effects); // there is room, it seems
    }

    fn replied(
        &mut self,
        now: u64,
        slot: &Slot,
        version: u64,
        reply: Reply,
        effects: &mut Vec<Effect>,
    ) {
        let is_ours = |e: &Entry| e.slot == *slot && e.version == version;
        let flight = self.flight.take_if(|f| is_ours(&f.entry)).map(|f| f.entry);
        let waiting = self
            .items
            .iter()
            .find(|i| is_ours(&i.entry))
            .map(|i| i.entry.clone());
        let Some(entry) = flight.clone().or(waiting) else {
            return; // settled before
        };
        match reply {
            Reply::Done => {
                self.pacing.succeeded();
                if let Body::HandIn { .. } = &entry.body {
                    self.remove(|i| carries(&entry.body, &i.entry.body), effects);
                }
                self.remove(|i| is_ours(&i.entry), effects);
                effects.push(Effect::Settled {
                    body: entry.body,
                    refused: None,
                });
            }
            Reply::Refused(code) => {
                self.pacing.succeeded();
                if let Some(item) = self.find(slot, version) {
                    item.keep = Keep::Refused(code);
                }
                effects.push(Effect::Settled {
                    body: entry.body,
                    refused: Some(code),
                });
            }
            // An answer to a send that was given up before tells nothing new.
            Reply::Later { .. } | Reply::SignedOut if flight.is_none() => {}
            Reply::Later { retry_after_ms } => self.failed(now, &entry, retry_after_ms, effects),
            Reply::SignedOut => self.pacing.signed_out = true,
        }
    }

    fn failed(
        &mut self,
        now: u64,
        entry: &Entry,
        retry_after_ms: Option<u64>,
        effects: &mut Vec<Effect>,
    ) {
        self.pacing.failed(now, retry_after_ms);
        if let Some(item) = self.items.iter_mut().find(|i| i.entry.slot == entry.slot) {
            item.tries = item.tries.saturating_add(1);
        }
        self.store_again(effects);
    }

    /// Sends what is next, or says when to come back.
    fn pump(&mut self, now: u64, effects: &mut Vec<Effect>) {
        if let Some(flight) = &self.flight {
            let left = (flight.sent_at_ms + SEND_LIMIT_MS).saturating_sub(now);
            effects.push(Effect::Wake { in_ms: left });
            return;
        }
        let Some(next) = self.next() else { return };
        match self.pacing.wait_ms(now) {
            None => {}
            Some(0) => {
                let entry = self.items[next].entry.clone();
                self.flight = Some(Flight {
                    entry: entry.clone(),
                    sent_at_ms: now,
                });
                effects.push(Effect::Send(entry));
                effects.push(Effect::Wake {
                    in_ms: SEND_LIMIT_MS,
                });
            }
            Some(in_ms) => effects.push(Effect::Wake { in_ms }),
        }
    }

    /// The entry to send next.
    fn next(&self) -> Option<usize> {
        let ready = (0..self.items.len()).filter(|&i| self.is_waiting(i) && !self.is_behind(i));
        let failing = self.pacing.is_failing();
        ready.min_by_key(|&i| {
            let item = &self.items[i];
            (
                if failing { item.tries } else { 0 },
                rank(&item.entry.body),
                i,
            )
        })
    }

    /// Whether it is to be sent: not refused, and not part of a hand-in that is to be sent.
    fn is_waiting(&self, at: usize) -> bool {
        let body = &self.items[at].entry.body;
        let is_carried = || {
            self.items
                .iter()
                .any(|i| !is_refused(i) && carries(&i.entry.body, body))
        };
        !is_refused(&self.items[at]) && !is_carried()
    }

    /// Whether an earlier report of the same lesson waits.
    fn is_behind(&self, at: usize) -> bool {
        let Body::Watched { lesson, .. } = &self.items[at].entry.body else {
            return false;
        };
        self.items[..at].iter().any(|i| {
            !is_refused(i)
                && matches!(&i.entry.body, Body::Watched { lesson: l, .. } if l == lesson)
        })
    }

    /// Answers that a stored hand-in carries need no place of their own.
    fn drop_carried(&mut self, effects: &mut Vec<Effect>) {
        let stored = self.items.iter().filter(|i| i.keep == Keep::Device);
        let hand_ins: Vec<Body> = stored
            .filter(|i| matches!(i.entry.body, Body::HandIn { .. }))
            .map(|i| i.entry.body.clone())
            .collect();
        for hand_in in hand_ins {
            self.remove(|i| carries(&hand_in, &i.entry.body), effects);
        }
    }

    fn store_again(&mut self, effects: &mut Vec<Effect>) {
        for item in &mut self.items {
            if item.keep == Keep::Unsaved {
                item.keep = Keep::Memory;
                effects.push(Effect::Store(item.entry.clone()));
            }
        }
    }

    fn remove(&mut self, which: impl Fn(&Item) -> bool, effects: &mut Vec<Effect>) {
        self.items.retain(|item| {
            let goes = which(item);
            if goes {
                let Entry { slot, version, .. } = &item.entry;
                effects.push(Effect::Forget {
                    slot: slot.clone(),
                    version: *version,
                });
            }
            !goes
        });
    }

    fn find(&mut self, slot: &Slot, version: u64) -> Option<&mut Item> {
        self.items
            .iter_mut()
            .find(|i| i.entry.version == version && i.entry.slot == *slot)
    }
}

fn rank(body: &Body) -> u8 {
    match body {
        Body::HandIn { .. } => 0,
        Body::Answer { .. } => 1,
        Body::Watched { .. } => 2,
    }
}

fn is_refused(item: &Item) -> bool {
    matches!(item.keep, Keep::Refused(_))
}

/// Whether `hand_in` is a hand-in that holds the answer `body`, or a newer one to its question.
fn carries(hand_in: &Body, body: &Body) -> bool {
    let (
        Body::HandIn {
            attempt, hand_in, ..
        },
        Body::Answer {
            attempt: of,
            question,
            put,
        },
    ) = (hand_in, body)
    else {
        return false;
    };
    attempt == of
        && hand_in
            .answers
            .iter()
            .any(|a| a.question == *question && a.seq >= put.seq)
}
