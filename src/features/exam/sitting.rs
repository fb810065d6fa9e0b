//! Runs the exam session: what the candidate does and what the outbox says in, answers out.

use std::cell::Cell;
use std::rc::Rc;

use contract::{Attempt, QuestionId};
use domain::exam::{Effect, Event, ExamSession, Kept, Notice, Reread, Stage};
use domain::outbox::{Body, Entry, Keep, Link, Slot, held_answers};
use gloo::timers::callback::Interval;
use yew::prelude::*;

use crate::state::attempt::{Place, forget_class, read_again};
use crate::state::connection::{Life, use_life};
use crate::state::device::{idempotency_key, monotonic_ms, use_ask_before_leaving};
use crate::state::machine::{Machine, use_machine};
use crate::state::outbox::{News, OutboxHandle, Said, use_outbox_news, use_watched_outbox};
use crate::state::server_clock;
use crate::state::session::{SessionHandle, use_session};
use crate::state::since::Since;

/// How often the clock is looked at; the session hears of every new second.
const LOOK_MS: u32 = 250;

/// The sitting of one attempt. Cheap to clone; never equal to the one of another render, so that
/// who is given it is drawn anew.
#[derive(Clone)]
pub(crate) struct Sitting {
    session: Machine<ExamSession>,
    shell: Rc<Shell>,
    outbox: OutboxHandle,
    signed: SessionHandle,
}

/// What the session itself need not know.
#[derive(Default)]
struct Shell {
    /// What the candidate was told last.
    notice: Cell<Option<Notice>>,
    /// The last second that the session heard of.
    second: Cell<Option<u64>>,
    reread: Cell<Reread>,
    /// Sending has failed since everything was saved.
    troubled: Cell<bool>,
    closed: Cell<bool>,
    /// The page is gone.
    left: Cell<bool>,
}

impl PartialEq for Sitting {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// How the answers are kept, all in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saving {
    /// The server has them all.
    All,
    /// On their way, and nothing is wrong.
    UnderWay,
    /// So many are on this device only.
    OnDevice(usize),
    /// So many are in this page only.
    Unsaved(usize),
    /// So many the server will not take.
    Refused(usize),
}

impl Sitting {
    /// Reads the session.
    pub(crate) fn read(&self) -> std::cell::Ref<'_, ExamSession> {
        self.session.read()
    }

    /// Takes in what the candidate did, or what happened.
    pub(crate) fn tell(&self, event: Event) {
        if self.shell.left.get() {
            return;
        }
        let moves = matches!(
            event,
            Event::GoTo(_) | Event::Next | Event::Previous | Event::Flag { .. }
        );
        let effects = self
            .session
            .step(|session| session.step(server_clock::now(), event));
        for effect in effects {
            match effect {
                Effect::Put(body) => self.outbox.put(body),
                Effect::Announce(notice) => self.shell.notice.set(Some(notice)),
            }
        }
        if moves {
            self.note_place();
        }
        let session = self.read();
        if session.stage() == Stage::Closed && !self.shell.closed.replace(true) {
            forget_class(&session.attempt().class_id);
        }
    }

    /// Time left, by the server's clock; the less if the device may have slept. The session itself
    /// goes by what is sure: nobody's exam is handed in because a clock was set.
    pub(crate) fn remaining_ms(&self) -> u64 {
        self.read().remaining_ms(server_clock::latest())
    }

    /// What the candidate was told last about the time.
    pub(crate) fn notice(&self) -> Option<Notice> {
        self.shell.notice.get()
    }

    /// How the answers are kept.
    pub(crate) fn saving(&self) -> Saving {
        let session = self.read();
        let waiting = session.counts().on_device_only;
        if waiting == 0 {
            self.shell.troubled.set(false);
            return Saving::All;
        }
        let questions = &session.attempt().questions;
        let count = |kept: Kept| {
            let kept = questions
                .iter()
                .filter(|q| session.kept(&q.id) == Some(kept));
            kept.count()
        };
        match (count(Kept::Unsaved), count(Kept::Refused)) {
            (0, 0) => {}
            (0, refused) => return Saving::Refused(refused),
            (unsaved, _) => return Saving::Unsaved(unsaved),
        }
        // Neither kept nor refused by the device so far, whatever the link does.
        if count(Kept::Memory) > 0 {
            return Saving::UnderWay;
        }
        match self.outbox.link() {
            Link::Idle | Link::Sending if !self.shell.troubled.get() => Saving::UnderWay,
            Link::Idle | Link::Sending => Saving::OnDevice(waiting),
            Link::Waiting { .. } | Link::Offline | Link::SignedOut => {
                self.shell.troubled.set(true);
                Saving::OnDevice(waiting)
            }
        }
    }

    /// Whether what waits cannot be sent for now.
    pub(crate) fn is_cut_off(&self) -> bool {
        !matches!(self.outbox.link(), Link::Idle | Link::Sending)
    }

    /// Sends what waits, now.
    pub(crate) fn send_now(&self) {
        self.outbox.send_now();
    }

    /// Has the attempt read once more: the device may have slept, or another one has handed in.
    fn read_again(&self) {
        self.reread(Reread::want);
        self.read_if_due();
    }

    fn read_if_due(&self) {
        if !self.reread(Reread::begin) {
            return;
        }
        let sitting = self.clone();
        let id = self.read().attempt().id.clone();
        read_again(&id, self.signed.clone(), move |attempt| {
            sitting.reread(|reread, now| reread.ended(now, attempt.is_some()));
            if let Some(attempt) = attempt {
                sitting.tell(Event::Reloaded(attempt));
            }
        });
    }

    fn reread<R>(&self, step: impl FnOnce(&mut Reread, u64) -> R) -> R {
        let mut reread = self.shell.reread.get();
        let result = step(&mut reread, monotonic_ms());
        self.shell.reread.set(reread);
        result
    }

    /// Goes on where the candidate was; on a device that does not know, at the first question
    /// without an answer.
    fn take_place(&self) {
        let place = Place::recall(&self.read().attempt().id);
        let place = place.unwrap_or_else(|| Place {
            current: first_open(&self.read()),
            flagged: Vec::new(),
        });
        for question in place.flagged {
            if !self.read().flagged(&question) {
                self.tell(Event::Flag { question });
            }
        }
        self.tell(Event::GoTo(place.current));
    }

    fn note_place(&self) {
        let session = self.read();
        let attempt = session.attempt();
        let ids = attempt.questions.iter().map(|q| &q.id);
        let place = Place {
            current: session.current(),
            flagged: ids.filter(|id| session.flagged(id)).cloned().collect(),
        };
        place.keep(&attempt.id);
    }

    /// What the outbox could not deliver before this page was opened.
    fn recall_keeping(&self) {
        let id = self.read().attempt().id.clone();
        let refused = |slot: &Slot| matches!(self.outbox.keep(slot), Some(Keep::Refused(_)));
        for entry in self.outbox.entries() {
            if let Body::Answer {
                attempt,
                question,
                put,
            } = entry.body
                && attempt == id
            {
                let seq = put.seq;
                match self.outbox.keep(&entry.slot) {
                    Some(Keep::Refused(_)) => self.tell(Event::Refused { question, seq }),
                    Some(Keep::Unsaved) => self.tell(Event::StoreFailed { question, seq }),
                    Some(Keep::Memory | Keep::Device) | None => {}
                }
            }
        }
        if refused(&Slot::hand_in(&id)) {
            self.hand_in_refused();
        }
    }

    fn hand_in_refused(&self) {
        let fresh_key = idempotency_key();
        self.tell(Event::HandInRefused { fresh_key });
    }

    fn hear(&self, news: &News) {
        match news {
            News::Stored(entry) => {
                for (question, seq) in self.answers_in(entry) {
                    self.tell(Event::Stored { question, seq });
                }
            }
            News::NotStored(entry) => {
                for (question, seq) in self.answers_in(entry) {
                    self.tell(Event::StoreFailed { question, seq });
                }
            }
            News::Delivered(entry, Said::Answered(reply)) if self.owns(entry) => {
                let late = reply.answer.late;
                self.tell(Event::Answered(reply.clone()));
                if late {
                    self.read_again();
                }
            }
            News::Delivered(entry, Said::HandedIn(attempt)) if self.owns(entry) => {
                self.tell(Event::HandedIn((**attempt).clone()));
            }
            News::Refused(entry) if self.owns(entry) => {
                if matches!(entry.body, Body::HandIn { .. }) {
                    self.hand_in_refused();
                } else {
                    for (question, seq) in self.answers_in(entry) {
                        self.tell(Event::Refused { question, seq });
                    }
                }
                self.read_again();
            }
            News::Delivered(..) | News::Refused(..) | News::Changed => {}
        }
    }

    fn owns(&self, entry: &Entry) -> bool {
        match &entry.body {
            Body::Answer { attempt, .. } | Body::HandIn { attempt, .. } => {
                *attempt == self.read().attempt().id
            }
            Body::Watched { .. } => false,
        }
    }

    /// The answers to this attempt that an entry carries.
    fn answers_in(&self, entry: &Entry) -> Vec<(QuestionId, u64)> {
        if !self.owns(entry) {
            return Vec::new();
        }
        match &entry.body {
            Body::Answer { question, put, .. } => vec![(question.clone(), put.seq)],
            Body::HandIn { hand_in, .. } => {
                let answers = hand_in.answers.iter();
                answers.map(|a| (a.question.clone(), a.seq)).collect()
            }
            Body::Watched { .. } => Vec::new(),
        }
    }

    /// Tells the session every new second; after a sleep the attempt is read until the server has
    /// told the time.
    fn look_at_clock(&self) {
        if server_clock::is_in_doubt() && self.shell.reread.get() == Reread::Idle {
            self.reread(Reread::want);
        }
        self.read_if_due();
        let second = Some(self.remaining_ms().div_ceil(1000));
        if self.shell.second.replace(second) != second {
            self.tell(Event::Tick);
        }
    }
}

fn first_open(session: &ExamSession) -> usize {
    let mut questions = session.attempt().questions.iter();
    let open = questions.position(|q| session.choice(&q.id).is_empty());
    open.unwrap_or(0)
}

/// Sits an attempt that was read from the server, with what this device has held of it `since` it
/// asked.
#[hook]
pub(crate) fn use_sitting(attempt: &Rc<Attempt>, since: &Rc<Since>) -> Sitting {
    let outbox = use_watched_outbox();
    let signed = use_session();
    let session = use_machine(|| {
        let held = held_answers(&since.held(), &attempt.id);
        ExamSession::open((**attempt).clone(), held, idempotency_key())
    });
    let shell = use_memo((), |()| Shell::default());
    let sitting = Sitting {
        session,
        shell,
        outbox,
        signed,
    };
    {
        let sitting = sitting.clone();
        use_outbox_news(move |news| sitting.hear(news));
    }
    {
        let sitting = sitting.clone();
        use_life(Callback::from(move |life| match life {
            Life::Shown if sitting.read().stage() != Stage::Closed => sitting.read_again(),
            Life::Online => {
                sitting.reread(Reread::hurry);
                sitting.read_if_due();
            }
            Life::Shown | Life::Hidden | Life::Offline => {}
        }));
    }
    let closed = sitting.read().stage() == Stage::Closed;
    {
        let sitting = sitting.clone();
        use_effect_with(closed, move |closed| {
            let clock = (!closed).then(|| Interval::new(LOOK_MS, move || sitting.look_at_clock()));
            move || drop(clock)
        });
    }
    {
        let (sitting, since) = (sitting.clone(), since.clone());
        use_effect_with((), move |()| {
            if !closed {
                sitting.recall_keeping();
                sitting.take_place();
            }
            for news in since.delivered() {
                sitting.hear(&news);
            }
            move || sitting.shell.left.set(true)
        });
    }
    use_ask_before_leaving(!closed && matches!(sitting.saving(), Saving::Unsaved(_)));
    sitting
}
