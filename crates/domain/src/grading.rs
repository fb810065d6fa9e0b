//! What a backend makes of answers: which it keeps, which count, and what marks they get.

use contract::{
    Answer, AnswerPut, HandInBy, OptionId, Question, QuestionId, QuestionKind, Timestamp,
};

/// Sequence numbers lie below this, so that every JSON reader gets them exactly.
pub const SEQ_LIMIT: u64 = 1 << 53;

/// The right answer to a question. Never leaves the backend before hand-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The question.
    pub question: QuestionId,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Marks for a right answer.
    pub marks: u32,
    /// The right options, in any order.
    pub right: Vec<OptionId>,
}

/// Marks given for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The question.
    pub question: QuestionId,
    /// Its marks: all or none.
    pub marks: u32,
}

/// When a write came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Before the deadline, or within its grace.
    InTime,
    /// After.
    Late,
}

/// What becomes of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Keep this answer. A late one is kept beside the one in time, never in its place.
    Keep(Answer),
    /// Something as new is kept already: nothing changes.
    Stale,
}

/// Marks for each key, in the order of the keys. Late answers count for nothing; of several in time
/// for one question the one with the highest sequence number counts.
pub fn grade(keys: &[Key], answers: &[Answer]) -> Vec<Graded> {
    let graded = keys.iter().map(|key| Graded {
        question: key.question.clone(),
        marks: match counting(&key.question, answers) {
            Some(answer) if is_right(key, &answer.choice) => key.marks,
            _ => 0,
        },
    });
    graded.collect()
}

/// Whether the marks suffice.
pub fn passes(marks: u32, pass_mark: u32) -> bool {
    marks >= pass_mark
}

/// Whether a write at `now` counts. The last millisecond of the grace does.
pub fn arrival(now: Timestamp, deadline: Timestamp, grace_ms: u64) -> Arrival {
    if now <= deadline.plus(grace_ms) {
        Arrival::InTime
    } else {
        Arrival::Late
    }
}

/// Who closes an attempt whose hand-in arrives at `now`.
pub fn closed_by(now: Timestamp, deadline: Timestamp) -> HandInBy {
    if now < deadline {
        HandInBy::Candidate
    } else {
        HandInBy::Deadline
    }
}

/// What becomes of a write, alone or within a hand-in.
///
/// `kept` is the answer with the highest sequence number that the backend has for the question,
/// late or not; `closed` is whether the attempt was handed in before. Keep the late ones under a
/// key of their own (attempt, question, late): they must not overwrite what counts.
pub fn accept(
    now: Timestamp,
    deadline: Timestamp,
    grace_ms: u64,
    closed: bool,
    kept: Option<&Answer>,
    put: &AnswerPut,
    question: &QuestionId,
) -> Verdict {
    if kept.is_some_and(|kept| put.seq <= kept.seq) {
        return Verdict::Stale;
    }
    Verdict::Keep(Answer {
        question: question.clone(),
        seq: put.seq,
        choice: put.choice.clone(),
        late: closed || arrival(now, deadline, grace_ms) == Arrival::Late,
    })
}

/// Whether a choice may be made: options of the question, none twice, one at most unless several
/// may be chosen. No option at all clears the answer.
pub fn choice_fits(question: &Question, choice: &[OptionId]) -> bool {
    let known = |id: &OptionId| question.options.iter().any(|o| o.id == *id);
    let once = |(i, id): (usize, &OptionId)| !choice[..i].contains(id);
    (question.kind == QuestionKind::Multiple || choice.len() <= 1)
        && choice.iter().all(known)
        && choice.iter().enumerate().all(once)
}

/// The text whose SHA-256 is [`contract::Receipt::digest`]: `question-id=option-id,option-id\n` for
/// each question of the paper, options sorted, only answers in time.
pub fn digest_text(questions: &[QuestionId], answers: &[Answer]) -> String {
    let mut text = String::new();
    for question in questions {
        text.push_str(question.as_str());
        text.push('=');
        if let Some(answer) = counting(question, answers) {
            let mut ids: Vec<&str> = answer.choice.iter().map(OptionId::as_str).collect();
            ids.sort_unstable();
            for (i, id) in ids.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(id);
            }
        }
        text.push('\n');
    }
    text
}

/// The answer that counts for a question.
pub fn counting<'a>(question: &QuestionId, answers: &'a [Answer]) -> Option<&'a Answer> {
    let in_time = answers
        .iter()
        .filter(|a| a.question == *question && !a.late);
    in_time.max_by_key(|a| a.seq)
}

/// Single choice and judgement take any one right option, multiple choice all and no other.
fn is_right(key: &Key, choice: &[OptionId]) -> bool {
    let chosen_right = !choice.is_empty() && choice.iter().all(|c| key.right.contains(c));
    chosen_right
        && match key.kind {
            QuestionKind::Single | QuestionKind::Judge => choice.len() == 1,
            QuestionKind::Multiple => key.right.iter().all(|r| choice.contains(r)),
        }
}
