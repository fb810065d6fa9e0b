//! The machine of an exam session.

use contract::{
    AnswerPut, Attempt, AttemptState, HandInBy, IdempotencyKey, OptionId, QuestionId, Timestamp,
};

use super::{Counts, Effect, Event, Kept, Notice, Stage, sheet::Sheet};
use crate::outbox::{Body, Held};

/// Notices before the deadline, and the time left at which they are due.
const NOTICES: [(Notice, u64); 3] = [
    (Notice::TenMinutes, 600_000),
    (Notice::FiveMinutes, 300_000),
    (Notice::OneMinute, 60_000),
];

/// The machine of an exam session; `now` is the estimated time of the server.
///
/// Sequence numbers strictly increase over all answers of the device, and the answer with the
/// higher number wins wherever it came from: so two devices that know the server's clock agree on
/// what the candidate did last.
#[derive(Clone, Debug)]
pub struct ExamSession {
    attempt: Attempt,
    sheet: Sheet,
    stage: Stage,
    current: usize,
    key: IdempotencyKey,
    /// How many of [`NOTICES`] were given, or were past when the session began.
    noticed: usize,
}

impl ExamSession {
    /// Begins or goes on with an attempt. `held` is what the outbox holds of it
    /// ([`crate::outbox::held_answers`]), read before the server was asked for the attempt: what is
    /// delivered in between is then in both, not in neither. `fresh_key` names the hand-in, should
    /// there be one.
    pub fn open(attempt: Attempt, held: Held, fresh_key: IdempotencyKey) -> Self {
        let mut sheet = Sheet::new(&attempt.questions);
        for answer in &attempt.answers {
            sheet.confirm(answer);
        }
        for (question, put) in held.answers {
            sheet.hold(&question, put);
        }
        let stage = match (&attempt.state, &held.hand_in) {
            (AttemptState::HandedIn { .. }, _) => Stage::Closed,
            (AttemptState::Open, Some(_)) if attempt.now < attempt.deadline => {
                Stage::HandingIn(HandInBy::Candidate)
            }
            (AttemptState::Open, Some(_)) => Stage::HandingIn(HandInBy::Deadline),
            (AttemptState::Open, None) => Stage::Answering,
        };
        let left = attempt.deadline.since(attempt.now);
        let noticed = NOTICES.iter().filter(|(_, at)| left <= *at).count();
        Self {
            attempt,
            sheet,
            stage,
            current: 0,
            key: fresh_key,
            noticed,
        }
    }

    /// Takes an event in.
    pub fn step(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        // Replies first: a closed attempt needs no hand-in. All else comes after the deadline.
        match event {
            Event::HandedIn(attempt) | Event::Reloaded(attempt) => {
                self.merge(attempt);
                self.tick(now, &mut effects);
            }
            other => {
                self.tick(now, &mut effects);
                self.act(now, other, &mut effects);
            }
        }
        effects
    }

    /// The attempt, as the server last told it.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// Where the session stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Place of the question that is shown.
    pub fn current(&self) -> usize {
        self.current
    }

    /// What is chosen, in the order of the paper.
    pub fn choice(&self, question: &QuestionId) -> &[OptionId] {
        self.sheet.choice(question)
    }

    /// Where the answer is; `None` if there never was one.
    pub fn kept(&self, question: &QuestionId) -> Option<Kept> {
        self.sheet.kept(question)
    }

    /// Whether the question has a marker.
    pub fn flagged(&self, question: &QuestionId) -> bool {
        self.sheet.flagged(question)
    }

    /// Questions with an answer.
    pub fn answered_count(&self) -> usize {
        self.counts().answered
    }

    /// How many questions are in which state.
    pub fn counts(&self) -> Counts {
        self.sheet.counts()
    }

    /// Time left.
    pub fn remaining_ms(&self, now: Timestamp) -> u64 {
        self.attempt.deadline.since(now)
    }

    fn act(&mut self, now: Timestamp, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Choose { question, option } => {
                let asked = self.attempt.questions.iter().find(|q| q.id == question);
                if let (true, Some(asked)) = (self.may_answer(), asked) {
                    let put = self.sheet.choose(asked, &option, now.0);
                    self.put(question, put, effects);
                }
            }
            Event::Clear { question } => {
                if self.may_answer() {
                    let put = self.sheet.write(&question, Vec::new(), now.0);
                    self.put(question, put, effects);
                }
            }
            Event::Flag { question } => self.sheet.flag(&question),
            Event::GoTo(place) => self.go_to(Some(place)),
            Event::Next => self.go_to(self.current.checked_add(1)),
            Event::Previous => self.go_to(self.current.checked_sub(1)),
            Event::Overview if self.stage == Stage::Answering => self.stage = Stage::Overview,
            Event::Resume if self.stage == Stage::Overview => self.stage = Stage::Answering,
            Event::HandIn => self.hand_in(HandInBy::Candidate, effects),
            Event::Overview | Event::Resume | Event::Tick => {}
            Event::Stored { question, seq } => {
                self.sheet
                    .keep(&question, seq, &[Kept::Memory, Kept::Unsaved], Kept::Device);
            }
            Event::StoreFailed { question, seq } => {
                // Also told of an answer that the outbox held in memory when the session began.
                let from = [Kept::Memory, Kept::Device];
                self.sheet.keep(&question, seq, &from, Kept::Unsaved);
            }
            Event::Refused { question, seq } => {
                let from = [Kept::Memory, Kept::Device, Kept::Unsaved];
                self.sheet.keep(&question, seq, &from, Kept::Refused);
            }
            Event::Answered(reply) => {
                self.sheet.confirm(&reply.answer);
                if reply.now >= self.attempt.now {
                    self.attempt.now = reply.now;
                    self.attempt.deadline = reply.deadline;
                }
            }
            Event::HandInRefused { fresh_key } => self.hand_in_refused(now, fresh_key, effects),
            Event::HandedIn(attempt) | Event::Reloaded(attempt) => self.merge(attempt),
        }
    }

    fn may_answer(&self) -> bool {
        matches!(self.stage, Stage::Answering | Stage::Overview)
    }

    fn put(&self, question: QuestionId, put: Option<AnswerPut>, effects: &mut Vec<Effect>) {
        if let Some(put) = put {
            let attempt = self.attempt.id.clone();
            effects.push(Effect::Put(Body::Answer {
                attempt,
                question,
                put,
            }));
        }
    }

    fn go_to(&mut self, place: Option<usize>) {
        if let Some(place) = place.filter(|p| *p < self.attempt.questions.len()) {
            self.current = place;
            if self.stage == Stage::Overview {
                self.stage = Stage::Answering;
            }
        }
    }

    fn tick(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if !self.may_answer() {
            return;
        }
        let left = self.remaining_ms(now);
        if left == 0 {
            effects.push(Effect::Announce(Notice::TimeUp));
            self.hand_in(HandInBy::Deadline, effects);
            return;
        }
        let due = NOTICES.iter().filter(|(_, at)| left <= *at).count();
        if due > self.noticed {
            // After a sleep several are due: the last one says it all.
            effects.push(Effect::Announce(NOTICES[due - 1].0));
            self.noticed = due;
        }
    }

    fn hand_in(&mut self, by: HandInBy, effects: &mut Vec<Effect>) {
        if self.may_answer() {
            self.stage = Stage::HandingIn(by);
            effects.push(Effect::Put(Body::HandIn {
                attempt: self.attempt.id.clone(),
                key: self.key.clone(),
                hand_in: self.sheet.hand_in(),
            }));
        }
    }

    /// What the hand-in carried is sent one by one; and before the deadline the candidate goes on.
    fn hand_in_refused(
        &mut self,
        now: Timestamp,
        fresh_key: IdempotencyKey,
        effects: &mut Vec<Effect>,
    ) {
        self.key = fresh_key;
        for (question, put) in self.sheet.unsent() {
            self.put(question, Some(put), effects);
        }
        if matches!(self.stage, Stage::HandingIn(_)) && self.remaining_ms(now) > 0 {
            self.stage = Stage::Overview;
        }
    }

    /// Takes in the attempt as the server told it, at whatever time that was.
    fn merge(&mut self, attempt: Attempt) {
        for answer in &attempt.answers {
            self.sheet.confirm(answer);
        }
        let was_closed = self.stage == Stage::Closed;
        let closes = attempt.state != AttemptState::Open;
        if closes {
            self.sheet.close(&attempt.answers);
            self.stage = Stage::Closed;
        }
        // Closed is for good; between two of a kind the later reading stands.
        let stands = if closes == was_closed {
            attempt.now >= self.attempt.now
        } else {
            closes
        };
        if stands {
            self.attempt = attempt;
        }
    }
}
