//! The server's side of one attempt.

use std::collections::BTreeMap;

use contract::{
    Answer, AnswerPut, AnswerReply, Attempt, AttemptState, HandInBy, Outcome, Question, QuestionId,
    QuestionKind, QuestionOption, Receipt, Timestamp,
};
use domain::{
    grading::{Verdict, accept, closed_by},
    outbox::{Body, Entry, Reply},
};

use crate::sim::Server;

pub(crate) const START: u64 = 1_800_000_000_000;
pub(crate) const GRACE_MS: u64 = 5000;
pub(crate) const QUESTIONS: [&str; 3] = ["q0", "q1", "q2"];

pub(crate) fn paper() -> Vec<Question> {
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
pub(crate) struct Rows {
    pub(crate) deadline: Timestamp,
    pub(crate) closed: Option<(Timestamp, HandInBy)>,
    pub(crate) in_time: BTreeMap<QuestionId, Answer>,
    pub(crate) late: BTreeMap<QuestionId, Answer>,
}

#[derive(Clone, Debug)]
pub(crate) enum ReplyBody {
    Answered(AnswerReply),
    HandedIn(Attempt),
}

impl Rows {
    pub(crate) fn top(&self, question: &QuestionId) -> Option<&Answer> {
        let rows = [self.in_time.get(question), self.late.get(question)];
        rows.into_iter().flatten().max_by_key(|a| a.seq)
    }

    pub(crate) fn take(&mut self, now: u64, question: &QuestionId, put: &AnswerPut) {
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
    pub(crate) fn close_if_due(&mut self, now: u64) {
        if now > self.deadline.0 + GRACE_MS && self.closed.is_none() {
            self.closed = Some((self.deadline, HandInBy::Deadline));
        }
    }

    pub(crate) fn attempt(&mut self, now: u64) -> Attempt {
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
