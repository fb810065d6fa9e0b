//! One attempt, a candidate at two devices, a server, and everything that goes wrong between them:
//! for every question the server ends with the candidate's last choice, and until it has that, the
//! device says so and truly holds what it says that it holds.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use contract::{
    Answer, AnswerPut, AnswerReply, Attempt, AttemptState, ErrorCode, HandInBy, OptionId, Outcome,
    Question, QuestionId, QuestionKind, QuestionOption, Receipt, Timestamp,
};
use domain::{
    ExamSession,
    exam::{Effect, Event, Kept, Notice, Stage},
    grading::{self, Key, Verdict, accept, closed_by, digest_text},
    outbox::{Body, Entry, Event as OutboxEvent, Held, Reply, Slot, held_answers},
};
use proptest::{collection::vec, prelude::*};
use sim::{Device, Server, Told};

mod sim;

const START: u64 = 1_800_000_000_000;
const GRACE_MS: u64 = 5000;
/// How far each device's idea of the server's clock is off.
const SKEW_MS: [i64; 2] = [-40, 40];
/// What it takes to walk from one device to the other: more than the clocks are apart.
const WALK_MS: u64 = 200;
const QUESTIONS: [&str; 3] = ["q0", "q1", "q2"];

fn paper() -> Vec<Question> {
    let kinds = [
        QuestionKind::Single,
        QuestionKind::Multiple,
        QuestionKind::Judge,
    ];
    let question = |(id, kind): (&str, QuestionKind)| Question {
        id: id.into(),
        kind,
        stem: String::new(),
        options: ["a", "b", "c"]
            .map(|o| QuestionOption {
                id: o.into(),
                text: String::new(),
            })
            .to_vec(),
        marks: 10,
    };
    QUESTIONS.into_iter().zip(kinds).map(question).collect()
}

/// The server's rows of one attempt.
struct Rows {
    deadline: Timestamp,
    closed: Option<(Timestamp, HandInBy)>,
    in_time: BTreeMap<QuestionId, Answer>,
    late: BTreeMap<QuestionId, Answer>,
}

#[derive(Clone, Debug)]
enum ReplyBody {
    Answered(AnswerReply),
    HandedIn(Attempt),
}

impl Rows {
    fn top(&self, question: &QuestionId) -> Option<&Answer> {
        let rows = [self.in_time.get(question), self.late.get(question)];
        rows.into_iter().flatten().max_by_key(|a| a.seq)
    }

    fn take(&mut self, now: u64, question: &QuestionId, put: &AnswerPut) {
        let (now, closed) = (Timestamp(now), self.closed.is_some());
        let verdict = accept(
            now,
            self.deadline,
            GRACE_MS,
            closed,
            self.top(question),
            put,
            question,
        );
        if let Verdict::Keep(answer) = verdict {
            assert!(answer.late || !closed, "a closed attempt was changed");
            assert!(self.top(question).is_none_or(|kept| kept.seq < put.seq));
            let rows = if answer.late {
                &mut self.late
            } else {
                &mut self.in_time
            };
            rows.insert(question.clone(), answer);
        }
    }

    /// What a backend does before whatever it does with an attempt.
    fn close_if_due(&mut self, now: u64) {
        if now > self.deadline.0 + GRACE_MS && self.closed.is_none() {
            self.closed = Some((self.deadline, HandInBy::Deadline));
        }
    }

    fn attempt(&mut self, now: u64) -> Attempt {
        self.close_if_due(now);
        let receipt = |(at, by)| Receipt {
            at,
            by,
            answered: u32::try_from(self.in_time.len()).unwrap(),
            of: 3,
            digest: String::new(),
        };
        let state = match self.closed {
            None => AttemptState::Open,
            Some(closed) => AttemptState::HandedIn {
                receipt: receipt(closed),
                outcome: Outcome::Failed { marks: None },
            },
        };
        Attempt {
            id: "a".into(),
            class_id: "c".into(),
            class_title: String::new(),
            title: String::new(),
            number: 1,
            now: Timestamp(now),
            started_at: Timestamp(START),
            deadline: self.deadline,
            state,
            questions: paper(),
            answers: self
                .in_time
                .values()
                .chain(self.late.values())
                .cloned()
                .collect(),
            review: None,
        }
    }
}

impl Server for Rows {
    type Body = ReplyBody;

    fn handle(&mut self, now: u64, entry: &Entry) -> (Reply, Option<ReplyBody>) {
        self.close_if_due(now);
        let body = match &entry.body {
            Body::Answer { question, put, .. } => {
                self.take(now, question, put);
                ReplyBody::Answered(AnswerReply {
                    now: Timestamp(now),
                    deadline: self.deadline,
                    answer: self.top(question).unwrap().clone(),
                })
            }
            Body::HandIn { hand_in, .. } => {
                for a in &hand_in.answers {
                    let put = AnswerPut {
                        seq: a.seq,
                        choice: a.choice.clone(),
                    };
                    self.take(now, &a.question, &put);
                }
                let by = closed_by(Timestamp(now), self.deadline);
                self.closed.get_or_insert((Timestamp(now), by));
                ReplyBody::HandedIn(self.attempt(now))
            }
            Body::Watched { .. } => panic!(),
        };
        (Reply::Done, Some(body))
    }
}

/// What may happen; the first number is the device where there is one.
#[derive(Clone, Copy, Debug)]
enum Act {
    Choose(usize, usize),
    Clear(usize),
    HandIn,
    Walk,
    /// Time passes; both devices write what they have to write.
    Pass(u8),
    /// A device does one of the writes that it has to do.
    Flush(usize),
    DiskWorks(usize, bool),
    /// The page is killed, and (by `Open`) opened again.
    Crash(usize),
    Open(usize),
    /// The attempt is read from the server …
    Ask(usize),
    /// … and that comes back, in any order, or again.
    Reload(usize, u8),
    Arrive(usize, u8),
    ArriveTwice(usize, u8),
    Lose(usize, u8),
    /// No link, noticed.
    Fail(usize, u8),
    /// The server, or something before it, refuses for good.
    Refuse(usize, u8),
    SignOut(usize, u8),
    SignIn(usize),
    Offline(usize),
    Online(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let d = || 0..2_usize;
    prop_oneof![
        12 => (0..3_usize, 0..3_usize).prop_map(|(q, o)| Act::Choose(q, o)),
        2 => (0..3_usize).prop_map(Act::Clear),
        1 => Just(Act::HandIn),
        2 => Just(Act::Walk),
        6 => (1..40_u8).prop_map(Act::Pass),
        3 => d().prop_map(Act::Flush),
        1 => (d(), any::<bool>()).prop_map(|(d, works)| Act::DiskWorks(d, works)),
        2 => d().prop_map(Act::Crash),
        3 => d().prop_map(Act::Open),
        1 => d().prop_map(Act::Ask),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Reload(d, n)),
        10 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Arrive(d, n)),
        2 => (d(), any::<u8>()).prop_map(|(d, n)| Act::ArriveTwice(d, n)),
        2 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Lose(d, n)),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Fail(d, n)),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Refuse(d, n)),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::SignOut(d, n)),
        1 => d().prop_map(Act::SignIn),
        1 => d().prop_map(Act::Offline),
        1 => d().prop_map(Act::Online),
    ]
}

/// A device with the exam page on it.
struct Page {
    device: Device<ReplyBody>,
    skew_ms: i64,
    /// Read from the outbox when the page was opened, before the server was asked.
    held: Held,
    session: Option<ExamSession>,
    asked: Vec<Attempt>,
    /// What the candidate must see: of all that this page has heard, the answer with the highest
    /// number.
    shown: BTreeMap<QuestionId, (u64, Vec<OptionId>)>,
    /// What it said last of each question: the number, and that the server has it.
    said: BTreeMap<QuestionId, u64>,
    notices: Vec<Notice>,
    hand_ins: usize,
}

/// What the candidate wanted last for a question.
struct Intent {
    page: usize,
    seq: u64,
    choice: Vec<OptionId>,
    /// The page was killed before anything was safe, or the server refused it: the page said so.
    may_be_lost: bool,
}

struct World {
    now: u64,
    rows: Rows,
    pages: [Page; 2],
    /// Where the candidate is.
    at: usize,
    intents: BTreeMap<QuestionId, Intent>,
    keys: usize,
    refusals: usize,
}

impl World {
    fn new(left_ms: u64) -> Self {
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

    fn fresh_key(&mut self) -> contract::IdempotencyKey {
        self.keys += 1;
        format!("key-{}", self.keys).into()
    }

    fn open(&mut self, p: usize) {
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
    fn tell(&mut self, p: usize, event: Event) -> Option<AnswerPut> {
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

    fn hear(&mut self, p: usize, told: Vec<Told<ReplyBody>>) {
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
    fn write(&mut self, question: &str, event: Event) {
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

    fn act(&mut self, act: Act) {
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

    fn link(&mut self, p: usize, event: OutboxEvent) {
        let told = self.pages[p].device.step(self.now, event);
        self.hear(p, told);
    }

    fn lose(&mut self, p: usize, n: u8, noticed: Option<Reply>) {
        let device = &mut self.pages[p].device;
        if device.letters() > 0 {
            let at = usize::from(n) % device.letters();
            let told = device.lose(self.now, at, noticed);
            self.hear(p, told);
        }
    }

    fn pass(&mut self, ms: u64) {
        self.now += ms;
        for p in 0..2 {
            let device = &mut self.pages[p].device;
            let mut told = device.flush(self.now);
            told.extend(device.wake(self.now));
            self.hear(p, told);
            self.tell(p, Event::Tick);
        }
    }

    fn crash(&mut self, p: usize) {
        self.now += WALK_MS; // a page is not opened again within the same instant
        let page = &mut self.pages[p];
        page.device.restart(self.now, true);
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

    /// What a page says of its answers is true at any moment.
    fn check(&mut self) {
        for page in &mut self.pages {
            let Some(session) = &page.session else {
                continue;
            };
            for question in QUESTIONS.map(QuestionId::from) {
                let Some((seq, choice)) = page.shown.get(&question) else {
                    assert_eq!(session.kept(&question), None);
                    assert!(session.choice(&question).is_empty());
                    continue;
                };
                assert_eq!(session.choice(&question), choice, "{question} at {seq}");
                let has = |a: &&Answer| a.seq > *seq || a.seq == *seq && a.choice == *choice;
                let on_server = self.rows.top(&question).filter(has);
                let held = || {
                    let disk = page.device.disk.values();
                    disk.flat_map(|e| answers_of(&e.body))
                        .any(|(q, s)| q == question && s >= *seq)
                };
                match session.kept(&question) {
                    None => panic!("an answer is kept nowhere"),
                    Some(Kept::Server) => {
                        let counted = self.rows.in_time.get(&question).filter(has);
                        assert!(counted.is_some(), "{question} is not on the server");
                    }
                    Some(Kept::Late) => assert!(on_server.is_some_and(|a| a.late)),
                    Some(Kept::Device) => {
                        assert!(
                            on_server.is_some() || held(),
                            "{question} is not on the device"
                        );
                    }
                    Some(Kept::Refused) => assert!(self.refusals > 0),
                    Some(Kept::Memory | Kept::Unsaved) => {}
                }
                // What it once said to be on the server it does not take back.
                let on_server = matches!(session.kept(&question), Some(Kept::Server | Kept::Late));
                assert!(
                    on_server || page.said.get(&question) != Some(seq),
                    "taken back"
                );
                if on_server {
                    page.said.insert(question, *seq);
                }
            }
            assert!(page.hand_ins <= 1, "handed in twice");
        }
    }

    /// The faults are over: a minute later all is where it belongs.
    fn end(&mut self) {
        for p in 0..2 {
            self.open(p);
            self.link(p, OutboxEvent::SignedIn);
        }
        let until = self.now + 60_000;
        let waits = |page: &Page| page.device.outbox.waiting_count() + page.device.letters() > 0;
        while self.now < until && self.pages.iter().any(waits) {
            for p in 0..2 {
                let told = self.pages[p].device.settle(self.now, &mut self.rows);
                self.hear(p, told);
            }
            self.pass(100);
            self.check();
        }
        for p in 0..2 {
            assert_eq!(self.pages[p].device.outbox.waiting_count(), 0);
            let attempt = self.rows.attempt(self.now);
            self.pages[p].see(&attempt.answers);
            self.tell(p, Event::Reloaded(attempt));
        }
        self.check();
        self.check_end();
    }

    fn check_end(&self) {
        for (question, intent) in &self.intents {
            let top = self.rows.top(question);
            if !intent.may_be_lost {
                assert_eq!(top.map(|a| &a.choice), Some(&intent.choice), "{question}");
            }
            for page in &self.pages {
                let session = page.session.as_ref().unwrap();
                let kept = session.kept(question);
                let is_there = matches!(kept, Some(Kept::Server | Kept::Late));
                if self.refusals == 0 {
                    assert!(is_there || top.is_none(), "{question} {kept:?}");
                }
                if is_there {
                    assert_eq!(session.choice(question), top.unwrap().choice);
                }
            }
        }
        if self.now > self.rows.deadline.0 + GRACE_MS {
            assert!(self.rows.closed.is_some());
            for page in &self.pages {
                assert_eq!(page.session.as_ref().unwrap().stage(), Stage::Closed);
            }
        }
        // What is marked and certified is what was in time, and nothing else.
        let answers: Vec<Answer> = self
            .rows
            .late
            .values()
            .chain(self.rows.in_time.values())
            .cloned()
            .collect();
        let keys = QUESTIONS.map(|q| Key {
            question: q.into(),
            kind: paper().iter().find(|p| p.id.as_str() == q).unwrap().kind,
            marks: 10,
            right: vec!["b".into()],
        });
        let marks: u32 = grading::grade(&keys, &answers)
            .iter()
            .map(|g| g.marks)
            .sum();
        let right = self
            .rows
            .in_time
            .values()
            .filter(|a| a.choice == [OptionId::from("b")]);
        assert_eq!(marks as usize, 10 * right.count());
        let digest = digest_text(&QUESTIONS.map(QuestionId::from), &answers);
        for (line, question) in digest.lines().zip(QUESTIONS) {
            let answer = self.rows.in_time.get(&question.into());
            let ids: Vec<&str> = answer
                .iter()
                .flat_map(|a| &a.choice)
                .map(OptionId::as_str)
                .collect();
            assert_eq!(line, format!("{question}={}", ids.join(",")));
        }
    }
}

impl Page {
    /// The page hears of answers that the server has.
    fn see(&mut self, answers: &[Answer]) {
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

fn answers_of(body: &Body) -> Vec<(QuestionId, u64)> {
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

proptest! {
    #![proptest_config(sim::config(100_000))]

    #[test]
    fn at_the_end_the_server_has_the_last_choice_or_the_page_says_that_it_has_not(
        left_ms in 1000..40_000_u64,
        acts in vec(act(), 1..50),
    ) {
        let mut world = World::new(left_ms);
        for act in acts {
            world.act(act);
            world.check();
        }
        world.end();
    }
}

#[test]
fn a_hand_in_survives_a_kill_and_is_not_made_twice() {
    let mut world = World::new(30_000);
    world.act(Act::Choose(0, 1));
    world.act(Act::Flush(0));
    world.act(Act::HandIn);
    world.act(Act::Flush(0));
    world.act(Act::Crash(0));
    assert!(
        world.pages[0]
            .device
            .disk
            .contains_key(&Slot::hand_in(&"a".into()))
    );
    world.act(Act::Open(0));
    let stage = world.pages[0].session.as_ref().unwrap().stage();
    assert_eq!(stage, Stage::HandingIn(HandInBy::Candidate));
    world.act(Act::Choose(0, 2));
    world.end();
    assert_eq!(
        world.rows.closed.map(|(_, by)| by),
        Some(HandInBy::Candidate)
    );
    assert_eq!(world.rows.in_time[&"q0".into()].choice, ["b".into()]);
    assert_eq!(world.pages[0].hand_ins, 0);
}
