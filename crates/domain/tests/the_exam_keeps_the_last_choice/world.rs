//! The candidate, two devices and the server.

use std::collections::BTreeMap;

use contract::{Answer, AnswerPut, Attempt, ErrorCode, OptionId, QuestionId, Timestamp};
use domain::{
    ExamSession,
    exam::{Effect, Event, Notice, Stage},
    outbox::{Body, Event as OutboxEvent, Held, Reply, held_answers},
};

use crate::{
    acts::Act,
    server::{QUESTIONS, ReplyBody, Rows, START},
    sim::{Device, Told},
};

/// How far each device's idea of the server's clock is off.
pub(crate) const SKEW_MS: [i64; 2] = [-40, 40];
/// What it takes to walk from one device to the other: more than the clocks are apart.
pub(crate) const WALK_MS: u64 = 200;

/// A device with the exam page on it.
pub(crate) struct Page {
    pub(crate) device: Device<ReplyBody>,
    pub(crate) skew_ms: i64,
    /// Read from the outbox when the page was opened, before the server was asked.
    pub(crate) held: Held,
    pub(crate) session: Option<ExamSession>,
    pub(crate) asked: Vec<Attempt>,
    /// What the candidate must see: of all that this page has heard, the answer with the highest
    /// number.
    pub(crate) shown: BTreeMap<QuestionId, (u64, Vec<OptionId>)>,
    /// What it said last of each question: the number, and that the server has it.
    pub(crate) said: BTreeMap<QuestionId, u64>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) hand_ins: usize,
}

/// What the candidate wanted last for a question.
pub(crate) struct Intent {
    pub(crate) page: usize,
    pub(crate) seq: u64,
    pub(crate) choice: Vec<OptionId>,
    /// The page was killed before anything was safe, or the server refused it: the page said so.
    pub(crate) may_be_lost: bool,
}

pub(crate) struct World {
    pub(crate) now: u64,
    pub(crate) rows: Rows,
    pub(crate) pages: [Page; 2],
    /// Where the candidate is.
    pub(crate) at: usize,
    pub(crate) intents: BTreeMap<QuestionId, Intent>,
    pub(crate) keys: usize,
    pub(crate) refusals: usize,
}

impl World {
    pub(crate) fn new(left_ms: u64) -> Self {
        let page = |skew_ms| Page {
            device: Device::new(START, "p"),
            skew_ms,
            held: Held::default(),
            session: None,
            asked: Vec::new(),
            shown: BTreeMap::new(),
            said: BTreeMap::new(),
            notices: Vec::new(),
            hand_ins: 0,
        };
        let mut world = Self {
            now: START,
            rows: Rows {
                deadline: Timestamp(START + left_ms),
                closed: None,
                in_time: BTreeMap::new(),
                late: BTreeMap::new(),
            },
            pages: SKEW_MS.map(page),
            at: 0,
            intents: BTreeMap::new(),
            keys: 0,
            refusals: 0,
        };
        world.open(0);
        world
    }

    pub(crate) fn fresh_key(&mut self) -> contract::IdempotencyKey {
        self.keys += 1;
        format!("key-{}", self.keys).into()
    }

    pub(crate) fn open(&mut self, p: usize) {
        if self.pages[p].session.is_some() {
            return;
        }
        let attempt = self.rows.attempt(self.now);
        let key = self.fresh_key();
        let page = &mut self.pages[p];
        page.shown.clear();
        page.said.clear();
        page.see(&attempt.answers);
        for (question, put) in &page.held.answers {
            if page
                .shown
                .get(question)
                .is_none_or(|(seq, _)| put.seq > *seq)
            {
                page.shown
                    .insert(question.clone(), (put.seq, put.choice.clone()));
            }
        }
        page.notices.clear();
        page.hand_ins = 0;
        page.session = Some(ExamSession::open(attempt, page.held.clone(), key));
    }

    /// An event for a page's session, and all that follows from it. Returns what was put.
    pub(crate) fn tell(&mut self, p: usize, event: Event) -> Option<AnswerPut> {
        let now = Timestamp(self.now.saturating_add_signed(self.pages[p].skew_ms));
        let page = &mut self.pages[p];
        let effects = page.session.as_mut()?.step(now, event);
        let mut written = None;
        for effect in effects {
            match effect {
                Effect::Announce(notice) => {
                    assert!(
                        page.notices.last().is_none_or(|last| *last < notice),
                        "said twice"
                    );
                    page.notices.push(notice);
                }
                Effect::Put(body) => {
                    match &body {
                        Body::Answer { question, put, .. } => {
                            page.shown
                                .insert(question.clone(), (put.seq, put.choice.clone()));
                            written = Some(put.clone());
                        }
                        Body::HandIn { .. } => page.hand_ins += 1,
                        Body::Watched { .. } => panic!(),
                    }
                    let told = page.device.put(self.now, body);
                    assert!(told.is_empty());
                }
            }
        }
        written
    }

    pub(crate) fn hear(&mut self, p: usize, told: Vec<Told<ReplyBody>>) {
        for told in told {
            match told {
                Told::Stored(entry) => {
                    for (question, seq) in answers_of(&entry.body) {
                        self.tell(p, Event::Stored { question, seq });
                    }
                }
                Told::StoreFailed(entry) => {
                    if let Body::Answer { question, put, .. } = entry.body {
                        self.tell(
                            p,
                            Event::StoreFailed {
                                question,
                                seq: put.seq,
                            },
                        );
                    }
                }
                Told::Replied(_, ReplyBody::Answered(reply)) => {
                    self.pages[p].see(std::slice::from_ref(&reply.answer));
                    self.tell(p, Event::Answered(reply));
                }
                Told::Replied(_, ReplyBody::HandedIn(attempt)) => {
                    self.pages[p].see(&attempt.answers);
                    self.tell(p, Event::HandedIn(attempt));
                }
                Told::Refused(body, _) => {
                    self.refusals += 1;
                    // A page that is there sends the answers of a refused hand-in one by one.
                    let is_gone = self.pages[p].session.is_none();
                    for (question, seq) in answers_of(&body) {
                        if let Some(intent) = self.intents.get_mut(&question)
                            && (is_gone || matches!(body, Body::Answer { .. }))
                        {
                            intent.may_be_lost |= intent.seq == seq;
                        }
                    }
                    match body {
                        Body::Answer { question, put, .. } => {
                            self.tell(
                                p,
                                Event::Refused {
                                    question,
                                    seq: put.seq,
                                },
                            );
                        }
                        _ => {
                            let fresh_key = self.fresh_key();
                            self.pages[p].hand_ins = 0;
                            self.tell(p, Event::HandInRefused { fresh_key });
                        }
                    }
                }
            }
        }
    }

    /// The candidate does something about a question.
    pub(crate) fn write(&mut self, question: &str, event: Event) {
        let question = QuestionId::from(question);
        let page = self.at;
        let before = self.pages[page].session.as_ref().map(ExamSession::stage);
        if let Some(AnswerPut { seq, choice }) = self.tell(page, event) {
            assert!(matches!(before, Some(Stage::Answering | Stage::Overview)));
            let last = self
                .intents
                .values()
                .filter(|i| i.page == page)
                .map(|i| i.seq)
                .max();
            assert!(last.is_none_or(|last| last < seq), "numbers must grow");
            let intent = Intent {
                page,
                seq,
                choice,
                may_be_lost: false,
            };
            self.intents.insert(question, intent);
        }
    }

    pub(crate) fn act(&mut self, act: Act) {
        match act {
            Act::Choose(q, o) => {
                let option = ["a", "b", "c"][o].into();
                self.write(
                    QUESTIONS[q],
                    Event::Choose {
                        question: QUESTIONS[q].into(),
                        option,
                    },
                );
            }
            Act::Clear(q) => {
                self.write(
                    QUESTIONS[q],
                    Event::Clear {
                        question: QUESTIONS[q].into(),
                    },
                );
            }
            Act::HandIn => {
                self.tell(self.at, Event::HandIn);
            }
            Act::Walk => {
                self.now += WALK_MS;
                self.at = 1 - self.at;
                self.open(self.at);
            }
            Act::Pass(n) => self.pass(u64::from(n) * 100),
            Act::Flush(p) => {
                let told = self.pages[p].device.flush_some(self.now, 1);
                self.hear(p, told);
            }
            Act::DiskWorks(p, works) => self.pages[p].device.disk_works = works,
            Act::Crash(p) => self.crash(p),
            Act::Open(p) => self.open(p),
            Act::Ask(p) => {
                let attempt = self.rows.attempt(self.now);
                self.pages[p].asked.push(attempt);
            }
            Act::Reload(p, n) => {
                let page = &mut self.pages[p];
                if page.session.is_some() && !page.asked.is_empty() {
                    let attempt = page.asked[usize::from(n) % page.asked.len()].clone();
                    page.see(&attempt.answers);
                    self.tell(p, Event::Reloaded(attempt));
                }
            }
            Act::Arrive(p, n) | Act::ArriveTwice(p, n) => {
                let twice = matches!(act, Act::ArriveTwice(..));
                let device = &mut self.pages[p].device;
                if device.letters() > 0 {
                    let at = usize::from(n) % device.letters();
                    let told = device.arrive(self.now, at, twice, &mut self.rows);
                    self.hear(p, told);
                }
            }
            Act::Lose(p, n) => self.lose(p, n, None),
            Act::Fail(p, n) => self.lose(
                p,
                n,
                Some(Reply::Later {
                    retry_after_ms: None,
                }),
            ),
            Act::Refuse(p, n) => self.lose(p, n, Some(Reply::Refused(ErrorCode::NotFound))),
            Act::SignOut(p, n) => self.lose(p, n, Some(Reply::SignedOut)),
            Act::SignIn(p) => self.link(p, OutboxEvent::SignedIn),
            Act::Offline(p) => self.link(p, OutboxEvent::Offline),
            Act::Online(p) => self.link(p, OutboxEvent::Online),
        }
    }

    pub(crate) fn link(&mut self, p: usize, event: OutboxEvent) {
        let told = self.pages[p].device.step(self.now, event);
        self.hear(p, told);
    }

    pub(crate) fn lose(&mut self, p: usize, n: u8, noticed: Option<Reply>) {
        let device = &mut self.pages[p].device;
        if device.letters() > 0 {
            let at = usize::from(n) % device.letters();
            let told = device.lose(self.now, at, noticed);
            self.hear(p, told);
        }
    }

    pub(crate) fn pass(&mut self, ms: u64) {
        self.now += ms;
        for p in 0..2 {
            let device = &mut self.pages[p].device;
            let mut told = device.flush(self.now);
            told.extend(device.wake(self.now));
            self.hear(p, told);
            self.tell(p, Event::Tick);
        }
    }

    pub(crate) fn crash(&mut self, p: usize) {
        self.now += WALK_MS; // a page is not opened again within the same instant
        let page = &mut self.pages[p];
        page.device.restart(self.now, true);
        page.device.read(self.now);
        page.session = None;
        page.asked.clear();
        page.held = held_answers(page.device.outbox.entries(), &"a".into());
        for (question, intent) in self.intents.iter_mut().filter(|(_, i)| i.page == p) {
            let on_disk = page.device.disk.values().any(|e| {
                answers_of(&e.body)
                    .iter()
                    .any(|(q, seq)| q == question && *seq >= intent.seq)
            });
            let on_server = self.rows.top(question).is_some_and(|a| a.seq >= intent.seq);
            intent.may_be_lost |= !on_disk && !on_server;
        }
    }
}

impl Page {
    /// The page hears of answers that the server has.
    pub(crate) fn see(&mut self, answers: &[Answer]) {
        for a in answers {
            if self
                .shown
                .get(&a.question)
                .is_none_or(|(seq, _)| a.seq >= *seq)
            {
                self.shown
                    .insert(a.question.clone(), (a.seq, a.choice.clone()));
            }
        }
    }
}

pub(crate) fn answers_of(body: &Body) -> Vec<(QuestionId, u64)> {
    match body {
        Body::Answer { question, put, .. } => vec![(question.clone(), put.seq)],
        Body::HandIn { hand_in, .. } => hand_in
            .answers
            .iter()
            .map(|a| (a.question.clone(), a.seq))
            .collect(),
        Body::Watched { .. } => Vec::new(),
    }
}
