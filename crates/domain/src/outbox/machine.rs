//! The machine that stores, sends and forgets.

use contract::PersonId;

use super::{
    Effect, Entry, Event, Keep, Link, Reply, SEND_LIMIT_MS, Slot,
    link::Pacing,
    queue::{Queue, carries},
};

/// The machine; `now` is monotonic milliseconds.
///
/// One request is under way at a time: hand-ins first, then answers, then watched time, each in
/// their order. After a failure the next try takes another entry, so that one which the server
/// cannot digest does not hold up the rest; reports of one lesson keep their order all the same.
///
/// A report takes in an earlier one of its lesson that was never sent: the earlier slot is gone
/// then, and what settles is the two as one.
#[derive(Clone, Debug)]
pub struct Outbox {
    queue: Queue,
    flight: Option<Flight>,
    pacing: Pacing,
}

/// A request under way.
#[derive(Clone, Debug)]
struct Flight {
    entry: Entry,
    sent_at_ms: u64,
}

impl Outbox {
    /// An empty outbox. `seed` should be random: it spreads the back-offs of many clients, and
    /// keeps the versions of two tabs apart.
    pub fn new(person: PersonId, seed: u64) -> Self {
        let first_version = ((seed ^ (seed >> 32)) & 0xFFFF_FFFF) << 20;
        Self {
            queue: Queue::new(person, first_version),
            flight: None,
            pacing: Pacing::new(seed),
        }
    }

    /// Takes an event in.
    pub fn step(&mut self, now: u64, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Restored(entries) => self.queue.restore(entries, &mut effects),
            Event::Put(body) => self.queue.put(body, &mut effects),
            Event::Stored { slot, version } => self.queue.stored(&slot, version, &mut effects),
            Event::StoreFailed { slot, version } => self.queue.store_failed(&slot, version),
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
                let is_lost = |f: &mut Flight| now.saturating_sub(f.sent_at_ms) >= SEND_LIMIT_MS;
                if let Some(lost) = self.flight.take_if(is_lost) {
                    self.failed(now, &lost.entry.slot, None, &mut effects);
                }
            }
            Event::Discard { slot } => self.queue.remove(&mut effects, |e| e.slot == slot),
        }
        self.pump(now, &mut effects);
        effects
    }

    /// Where the entry of a slot is; `None` if nothing waits there.
    pub fn keep(&self, slot: &Slot) -> Option<Keep> {
        self.queue.at(slot).map(|i| i.keep)
    }

    /// Every entry that the server does not have, refused ones too.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.queue.iter().map(|i| &i.entry)
    }

    /// How many entries are to be sent.
    pub fn waiting_count(&self) -> usize {
        self.queue.waiting_count()
    }

    /// How many entries are in memory only: if the page goes now, they are lost.
    pub fn unsaved_count(&self) -> usize {
        self.queue.unsaved_count()
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

    fn replied(
        &mut self,
        now: u64,
        slot: &Slot,
        version: u64,
        reply: Reply,
        effects: &mut Vec<Effect>,
    ) {
        let is_it = |e: &Entry| e.version == version && e.slot == *slot;
        let flight = self.flight.take_if(|f| is_it(&f.entry)).map(|f| f.entry);
        match reply {
            Reply::Done | Reply::Refused(_) => {
                let waiting = || {
                    self.queue
                        .at(slot)
                        .map(|i| &i.entry)
                        .filter(|e| is_it(e))
                        .cloned()
                };
                let Some(entry) = flight.or_else(waiting) else {
                    return; // settled before
                };
                self.pacing.succeeded();
                let refused = match reply {
                    Reply::Refused(code) => {
                        if let Some(item) = self.queue.version_mut(slot, version) {
                            item.keep = Keep::Refused(code);
                        }
                        Some(code)
                    }
                    _ => {
                        // What it carried has arrived with it.
                        self.queue
                            .remove(effects, |e| is_it(e) || carries(&entry.body, &e.body));
                        None
                    }
                };
                effects.push(Effect::Settled {
                    body: entry.body,
                    refused,
                });
            }
            // The end of a send that was given up before tells nothing new.
            Reply::Later { .. } | Reply::SignedOut if flight.is_none() => {}
            Reply::Later { retry_after_ms } => self.failed(now, slot, retry_after_ms, effects),
            Reply::SignedOut => self.pacing.signed_out = true,
        }
    }

    fn failed(
        &mut self,
        now: u64,
        slot: &Slot,
        retry_after_ms: Option<u64>,
        effects: &mut Vec<Effect>,
    ) {
        self.pacing.failed(now, retry_after_ms);
        if let Some(item) = self.queue.at_mut(slot) {
            item.tries = item.tries.saturating_add(1);
        }
        self.queue.store_again(effects);
    }

    /// Sends what is next, or says when to come back.
    fn pump(&mut self, now: u64, effects: &mut Vec<Effect>) {
        if let Some(flight) = &self.flight {
            let limit = flight.sent_at_ms.saturating_add(SEND_LIMIT_MS);
            effects.push(Effect::Wake {
                in_ms: limit.saturating_sub(now),
            });
            return;
        }
        let Some(wait_ms) = self.pacing.wait_ms(now) else {
            return;
        };
        let Some(item) = self.queue.next(self.pacing.is_failing()) else {
            return;
        };
        if wait_ms > 0 {
            effects.push(Effect::Wake { in_ms: wait_ms });
            return;
        }
        item.sent = true;
        let entry = item.entry.clone();
        effects.push(Effect::Send(entry.clone()));
        effects.push(Effect::Wake {
            in_ms: SEND_LIMIT_MS,
        });
        self.flight = Some(Flight {
            entry,
            sent_at_ms: now,
        });
    }
}
