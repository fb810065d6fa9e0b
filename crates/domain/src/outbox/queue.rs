//! What waits, in which order it goes, and where it is kept.

use std::collections::BTreeSet;

use contract::PersonId;

use super::{Body, Effect, Entry, Keep, Slot};

/// Stretches that a report may carry; see [`contract::WatchedReport`].
const MAX_INTERVALS: usize = 512;

#[derive(Clone, Debug)]
pub(super) struct Queue {
    person: PersonId,
    items: Vec<Item>,
    next_version: u64,
    /// Slots that were put before the store was read: what it holds there is superseded, even
    /// where the newer body has come and gone. Reports have a slot of their own each.
    put_unread: Option<BTreeSet<Slot>>,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) entry: Entry,
    pub(super) keep: Keep,
    /// Failed sends.
    pub(super) tries: u32,
    /// Whether it was ever sent, as far as is known.
    pub(super) sent: bool,
    /// What it takes the place of, as far as the store may still hold that: to be forgotten once
    /// this one is safe.
    older: Vec<(Slot, u64)>,
}

impl Item {
    fn is_refused(&self) -> bool {
        matches!(self.keep, Keep::Refused(_))
    }
}

impl Queue {
    pub(super) fn new(person: PersonId, first_version: u64) -> Self {
        Self {
            person,
            items: Vec::new(),
            next_version: first_version,
            put_unread: Some(BTreeSet::new()),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    pub(super) fn at(&self, slot: &Slot) -> Option<&Item> {
        self.items.iter().find(|i| i.entry.slot == *slot)
    }

    pub(super) fn at_mut(&mut self, slot: &Slot) -> Option<&mut Item> {
        self.items.iter_mut().find(|i| i.entry.slot == *slot)
    }

    pub(super) fn version_mut(&mut self, slot: &Slot, version: u64) -> Option<&mut Item> {
        self.at_mut(slot).filter(|i| i.entry.version == version)
    }

    /// Entries of the store, in whatever order. They go before what was put since; in its slot
    /// they are superseded.
    pub(super) fn restore(&mut self, mut entries: Vec<Entry>, effects: &mut Vec<Effect>) {
        entries.sort_by(|a, b| age(&a.body).cmp(&age(&b.body)));
        let put_since = self.put_unread.take().unwrap_or_default();
        let mut restored = Vec::new();
        for entry in entries {
            if entry.person != self.person {
                continue;
            }
            if let Some(newer) = self.at_mut(&entry.slot) {
                if newer.keep != Keep::Device && newer.entry.version != entry.version {
                    newer.older.push((entry.slot, entry.version));
                }
                continue;
            }
            if put_since.contains(&entry.slot) {
                effects.push(Effect::Forget {
                    slot: entry.slot,
                    version: entry.version,
                });
                continue;
            }
            // Made with the same seed: go on counting behind it.
            if entry.version >= self.next_version && entry.version - self.next_version < 1 << 20 {
                self.next_version = entry.version + 1;
            }
            restored.push(Item {
                entry,
                keep: Keep::Device,
                tries: 0,
                sent: true,
                older: Vec::new(),
            });
        }
        self.items.splice(0..0, restored);
        self.drop_carried(effects);
    }

    /// Puts a body in its slot. A report takes in the one before it of the same lesson if that was
    /// never sent: so a day without a link waits as a few reports, not as thousands. It does so
    /// under its own key, and no key ever comes with two bodies.
    pub(super) fn put(&mut self, mut body: Body, effects: &mut Vec<Effect>) {
        let mut old = self.items.iter().position(|i| i.entry.slot == body.slot());
        if let Some((at, both)) = self.with_unsent_report(&body) {
            body = both;
            old = Some(at);
        }
        if let (Some(slots), false) = (&mut self.put_unread, matches!(body, Body::Watched { .. })) {
            slots.insert(body.slot());
        }
        let version = self.next_version;
        self.next_version += 1;
        let entry = Entry {
            slot: body.slot(),
            version,
            person: self.person.clone(),
            body,
        };
        effects.push(Effect::Store(entry.clone()));
        let new = Item {
            entry,
            keep: Keep::Memory,
            tries: 0,
            sent: false,
            older: Vec::new(),
        };
        match old {
            Some(at) => {
                let old = std::mem::replace(&mut self.items[at], new);
                let mut older = old.older;
                if old.keep == Keep::Device {
                    older.clear();
                }
                older.push((old.entry.slot, old.entry.version));
                self.items[at].older = older;
            }
            None => self.items.push(new),
        }
    }

    pub(super) fn stored(&mut self, slot: &Slot, version: u64, effects: &mut Vec<Effect>) {
        if let Some(item) = self.version_mut(slot, version) {
            let older = std::mem::take(&mut item.older);
            if !item.is_refused() {
                item.keep = Keep::Device;
            }
            // What stood under the same slot is overwritten.
            let others = older.into_iter().filter(|(s, _)| s != slot);
            effects.extend(others.map(|(slot, version)| Effect::Forget { slot, version }));
            self.drop_carried(effects);
        }
        self.store_again(effects); // there is room, it seems
    }

    pub(super) fn store_failed(&mut self, slot: &Slot, version: u64) {
        if let Some(item) = self.version_mut(slot, version)
            && item.keep == Keep::Memory
        {
            item.keep = Keep::Unsaved;
        }
    }

    /// Tries to store what could not be stored.
    pub(super) fn store_again(&mut self, effects: &mut Vec<Effect>) {
        for item in &mut self.items {
            if item.keep == Keep::Unsaved {
                item.keep = Keep::Memory;
                effects.push(Effect::Store(item.entry.clone()));
            }
        }
    }

    /// The entry to send next: by kind and order, or after a failure by the number of tries first.
    pub(super) fn next(&mut self, failing: bool) -> Option<&mut Item> {
        let ready = (0..self.items.len())
            .filter(|&i| self.is_waiting(&self.items[i]) && !self.is_behind(i));
        let next = ready.min_by_key(|&i| {
            let item = &self.items[i];
            (
                if failing { item.tries } else { 0 },
                rank(&item.entry.body),
                i,
            )
        })?;
        self.items.get_mut(next)
    }

    pub(super) fn waiting_count(&self) -> usize {
        self.items.iter().filter(|i| self.is_waiting(i)).count()
    }

    pub(super) fn unsaved_count(&self) -> usize {
        let unsaved = |i: &&Item| matches!(i.keep, Keep::Memory | Keep::Unsaved);
        self.items.iter().filter(unsaved).count()
    }

    /// Removes what the server has (or what the person gives up), here and in the store.
    pub(super) fn remove(&mut self, effects: &mut Vec<Effect>, which: impl Fn(&Entry) -> bool) {
        let mut at = 0;
        while at < self.items.len() {
            if !which(&self.items[at].entry) {
                at += 1;
                continue;
            }
            let Item { entry, older, .. } = self.items.remove(at);
            let stored = older.into_iter().chain([(entry.slot, entry.version)]);
            effects.extend(stored.map(|(slot, version)| Effect::Forget { slot, version }));
        }
    }

    /// Whether it is to be sent: not refused, and not part of a hand-in that is to be sent.
    fn is_waiting(&self, item: &Item) -> bool {
        let body = &item.entry.body;
        let is_carried = || {
            self.items
                .iter()
                .any(|i| !i.is_refused() && carries(&i.entry.body, body))
        };
        let is_answer = matches!(body, Body::Answer { .. });
        !(item.is_refused() || is_answer && is_carried())
    }

    /// Whether an earlier report of the same lesson waits: the last one tells the position.
    fn is_behind(&self, at: usize) -> bool {
        let Body::Watched { lesson, .. } = &self.items[at].entry.body else {
            return false;
        };
        self.items[..at]
            .iter()
            .any(|i| !i.is_refused() && is_report_of(&i.entry.body, lesson))
    }

    /// The last report of the lesson, if it was never sent, together with `body`.
    fn with_unsent_report(&self, body: &Body) -> Option<(usize, Body)> {
        let Body::Watched { lesson, .. } = body else {
            return None;
        };
        let last = self
            .items
            .iter()
            .rposition(|i| is_report_of(&i.entry.body, lesson))?;
        let item = &self.items[last];
        if item.sent {
            return None;
        }
        Some((last, merged(&item.entry.body, body)?))
    }

    /// Answers that a stored hand-in carries need no place of their own.
    fn drop_carried(&mut self, effects: &mut Vec<Effect>) {
        let stored = self
            .items
            .iter()
            .filter(|i| i.keep == Keep::Device)
            .map(|i| &i.entry.body);
        let hand_ins: Vec<Body> = stored
            .filter(|b| matches!(b, Body::HandIn { .. }))
            .cloned()
            .collect();
        for hand_in in hand_ins {
            self.remove(effects, |e| carries(&hand_in, &e.body));
        }
    }
}

/// Whether `hand_in` is a hand-in that holds the answer `body`, or a newer one to its question.
pub(super) fn carries(hand_in: &Body, body: &Body) -> bool {
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

fn rank(body: &Body) -> u8 {
    match body {
        Body::HandIn { .. } => 0,
        Body::Answer { .. } => 1,
        Body::Watched { .. } => 2,
    }
}

/// Sorts entries of one kind by when they were made: keys are UUID v7, and sequence numbers follow
/// the clock. Versions begin anywhere with each page.
fn age(body: &Body) -> (u8, &str, u64) {
    let (key, seq) = match body {
        Body::HandIn { key, .. } | Body::Watched { key, .. } => (key.as_str(), 0),
        Body::Answer { put, .. } => ("", put.seq),
    };
    (rank(body), key, seq)
}

fn is_report_of(body: &Body, of: &contract::LessonId) -> bool {
    matches!(body, Body::Watched { lesson, .. } if lesson == of)
}

/// Two reports of one lesson as one, under the key of the second; `None` if that were too long.
fn merged(first: &Body, second: &Body) -> Option<Body> {
    let (
        Body::Watched { report: a, .. },
        Body::Watched {
            lesson,
            key,
            report: b,
        },
    ) = (first, second)
    else {
        return None;
    };
    let all = a.intervals.iter().chain(&b.intervals).copied();
    let intervals = all.collect::<crate::Intervals>().into_vec();
    (intervals.len() <= MAX_INTERVALS).then(|| Body::Watched {
        lesson: lesson.clone(),
        key: key.clone(),
        report: contract::WatchedReport {
            intervals,
            position_ms: b.position_ms,
        },
    })
}
