//! What a device still holds of an attempt.

use contract::{AnswerPut, AttemptId, IdempotencyKey, QuestionId};

use super::{Body, Entry};

/// What a device's outbox holds of one attempt, for [`crate::ExamSession::open`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The latest answer to each question, those of a hand-in included.
    pub answers: Vec<(QuestionId, AnswerPut)>,
    /// The key of a hand-in that is on its way.
    pub hand_in: Option<IdempotencyKey>,
}

/// What the entries hold of an attempt.
pub fn held_answers<'a>(entries: impl IntoIterator<Item = &'a Entry>, attempt: &AttemptId) -> Held {
    let mut held = Held::default();
    for entry in entries {
        match &entry.body {
            Body::Answer {
                attempt: of,
                question,
                put,
            } if of == attempt => {
                held.add(question, put.seq, &put.choice);
            }
            Body::HandIn {
                attempt: of,
                key,
                hand_in,
            } if of == attempt => {
                held.hand_in = Some(key.clone());
                for a in &hand_in.answers {
                    held.add(&a.question, a.seq, &a.choice);
                }
            }
            _ => {}
        }
    }
    held
}

impl Held {
    fn add(&mut self, question: &QuestionId, seq: u64, choice: &[contract::OptionId]) {
        let put = AnswerPut {
            seq,
            choice: choice.to_vec(),
        };
        match self.answers.iter_mut().find(|(q, _)| q == question) {
            Some((_, held)) if held.seq >= seq => {}
            Some((_, held)) => *held = put,
            None => self.answers.push((question.clone(), put)),
        }
    }
}
