//! Carries the outbox's effects out: storage, requests, timers. One for each signed-in person.
//!
//! The machine decides (`domain::outbox`); this file only does. Pages put bodies in and listen to
//! what the server replied.

mod provider;
mod send;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use contract::{AnswerReply, Attempt, Person, PersonId, WatchedReply};
use domain::outbox::{self, Body, Effect, Entry, Event, Keep, Link, Outbox, Slot};
use gloo::timers::callback::Timeout;
use yew::platform::spawn_local;

use super::session::SessionHandle;
use crate::platform::{clock, random, store};
pub(super) use provider::use_outbox;
pub(crate) use provider::{OutboxProvider, use_outbox_news, use_watched_outbox};
use send::{reply_of, send};

/// After this the device's storage counts as failed, for now: a database that never opens must
/// hold no page up, and what waits for it is not stored.
const SLOW_MS: u32 = 3_000;
/// From a read of the store that failed to the next one, doubled each time.
const FIRST_PAUSE_MS: u32 = 250;
const LONGEST_PAUSE_MS: u32 = 30_000;

/// What the outbox tells those who listen.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// The device has written this entry down.
    Stored(Entry),
    /// The device could not write this entry down.
    NotStored(Entry),
    /// The server took it, and said this.
    Delivered(Entry, Said),
    /// The server will never take it.
    Refused(Entry),
    /// Something in the queue changed.
    Changed,
}

/// The server's reply to a delivered entry.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// To watched intervals.
    Watched(WatchedReply),
    /// To an answer.
    Answered(AnswerReply),
    /// To a hand-in.
    HandedIn(Box<Attempt>),
}

type Listener = Rc<dyn Fn(&News)>;

struct Inner {
    person: PersonId,
    machine: RefCell<Outbox>,
    listeners: RefCell<Vec<(u64, Listener)>>,
    next_listener: Cell<u64>,
    wake: RefCell<Option<Timeout>>,
    restorations: Cell<u32>,
    session: RefCell<SessionHandle>,
}

/// The outbox of the person who is signed in. Cheap to clone.
#[derive(Clone)]
pub(crate) struct OutboxHandle(Rc<Inner>);

impl PartialEq for OutboxHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl OutboxHandle {
    fn open(person: &Person, session: SessionHandle) -> Self {
        let handle = Self(Rc::new(Inner {
            person: person.id.clone(),
            machine: RefCell::new(Outbox::new(person.id.clone(), random::seed())),
            listeners: RefCell::default(),
            next_listener: Cell::new(0),
            wake: RefCell::default(),
            restorations: Cell::new(0),
            session: RefCell::new(session),
        }));
        handle.later(SLOW_MS, Self::wait_no_longer).forget();
        handle.read_store(FIRST_PAUSE_MS);
        handle
    }

    /// Reads what the device holds. A browser that was killed may not give its storage out at
    /// once: it is asked until it does, and the pages do not wait for that.
    fn read_store(&self, pause_ms: u32) {
        let (weak, person) = (Rc::downgrade(&self.0), self.0.person.clone());
        spawn_local(async move {
            let read = store::entries(&person).await;
            let Some(handle) = revive(&weak) else { return };
            match read {
                Ok(entries) => {
                    let before = handle.0.restorations.get();
                    if before == 0 || !entries.is_empty() {
                        handle.0.restorations.set(before + 1);
                    }
                    handle.step(Event::Restored(entries));
                }
                Err(store::StorageFailed) => {
                    handle.clone().wait_no_longer();
                    let longer = (2 * pause_ms).min(LONGEST_PAUSE_MS);
                    let again = handle.later(pause_ms, move |handle| handle.read_store(longer));
                    again.forget();
                }
            }
        });
    }

    /// Lets the pages open on what is known.
    fn wait_no_longer(self) {
        if self.0.restorations.get() == 0 {
            self.0.restorations.set(1);
            self.tell(&News::Changed);
        }
    }

    /// Does something then, unless what this returns is dropped before.
    fn later(&self, in_ms: u32, what: impl FnOnce(Self) + 'static) -> Timeout {
        let weak = Rc::downgrade(&self.0);
        Timeout::new(in_ms, move || {
            if let Some(handle) = revive(&weak) {
                what(handle);
            }
        })
    }

    /// Puts something to be sent, and kept until the server has it.
    pub(crate) fn put(&self, body: Body) {
        self.step(Event::Put(body));
    }

    /// Sends now what waits.
    pub(crate) fn send_now(&self) {
        self.step(Event::Online);
    }

    /// 0 until the device's own entries have been read, or that takes too long: machines open
    /// after that. Higher once they came late: machines open anew then.
    pub(crate) fn restorations(&self) -> u32 {
        self.0.restorations.get()
    }

    /// How something is kept; `None` if nothing waits in that slot.
    pub(crate) fn keep(&self, slot: &Slot) -> Option<Keep> {
        self.0.machine.borrow().keep(slot)
    }

    /// Everything that waits.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0.machine.borrow().entries().cloned().collect()
    }

    /// How many entries wait.
    pub(crate) fn waiting(&self) -> usize {
        self.0.machine.borrow().waiting_count()
    }

    /// How many entries are in this page only, not stored on the device.
    pub(crate) fn unsaved(&self) -> usize {
        self.0.machine.borrow().unsaved_count()
    }

    /// What the sender is doing.
    pub(crate) fn link(&self) -> Link {
        self.0.machine.borrow().link()
    }

    pub(super) fn listen(&self, listener: Listener) -> u64 {
        let id = self.0.next_listener.get();
        self.0.next_listener.set(id + 1);
        self.0.listeners.borrow_mut().push((id, listener));
        id
    }

    pub(super) fn unlisten(&self, id: u64) {
        self.0
            .listeners
            .borrow_mut()
            .retain(|(other, _)| *other != id);
    }

    fn tell(&self, news: &News) {
        // Cloned first: who hears may listen, leave, or put something in.
        let listeners: Vec<Listener> = self
            .0
            .listeners
            .borrow()
            .iter()
            .map(|(_, listener)| listener.clone())
            .collect();
        for listener in listeners {
            listener(news);
        }
    }

    fn step(&self, event: Event) {
        let effects = self
            .0
            .machine
            .borrow_mut()
            .step(clock::monotonic_ms(), event);
        for effect in effects {
            self.carry_out(effect);
        }
        self.tell(&News::Changed);
    }

    fn stored(&self, entry: Entry) {
        let (slot, version) = (entry.slot.clone(), entry.version);
        self.step(Event::Stored { slot, version });
        self.tell(&News::Stored(entry));
    }

    fn not_stored(&self, entry: Entry) {
        let (slot, version) = (entry.slot.clone(), entry.version);
        self.step(Event::StoreFailed { slot, version });
        self.tell(&News::NotStored(entry));
    }

    fn carry_out(&self, effect: Effect) {
        let weak = Rc::downgrade(&self.0);
        match effect {
            Effect::Store(entry) => {
                let slow = {
                    let entry = entry.clone();
                    self.later(SLOW_MS, move |handle| handle.not_stored(entry))
                };
                spawn_local(async move {
                    let stored = store::put(&entry).await;
                    drop(slow);
                    let Some(handle) = revive(&weak) else { return };
                    match stored {
                        Ok(()) => handle.stored(entry),
                        Err(store::StorageFailed) => handle.not_stored(entry),
                    }
                });
            }
            Effect::Forget { slot, version } => {
                let person = self.0.person.clone();
                spawn_local(async move {
                    // If it stays, it is sent once more later, which adds nothing.
                    let _ = store::remove(&person, &slot, version).await;
                });
            }
            Effect::Send(entry) => spawn_local(async move {
                let sent = send(&entry).await;
                let Some(handle) = revive(&weak) else { return };
                let (slot, version) = (entry.slot.clone(), entry.version);
                let (reply, news) = match sent {
                    Ok(said) => (outbox::Reply::Done, Some(News::Delivered(entry, said))),
                    Err(failure) => {
                        let reply = reply_of(&failure);
                        if reply == outbox::Reply::SignedOut {
                            handle.0.session.borrow().expire();
                        }
                        let news = match reply {
                            outbox::Reply::Refused(_) => Some(News::Refused(entry)),
                            _ => None,
                        };
                        (reply, news)
                    }
                };
                handle.step(Event::Reply {
                    slot,
                    version,
                    reply,
                });
                if let Some(news) = news {
                    handle.tell(&news);
                }
            }),
            Effect::Wake { in_ms } => {
                let in_ms = u32::try_from(in_ms).unwrap_or(u32::MAX);
                let timeout = Timeout::new(in_ms, move || {
                    if let Some(handle) = revive(&weak) {
                        handle.step(Event::Wake);
                    }
                });
                *self.0.wake.borrow_mut() = Some(timeout);
            }
            // Said with the reply itself, as `News::Delivered` or `News::Refused`.
            Effect::Settled { .. } => {}
        }
    }
}

fn revive(weak: &Weak<Inner>) -> Option<OutboxHandle> {
    weak.upgrade().map(OutboxHandle)
}
