//! Candidates who know, or do not know, the answers.

use contract::{Attempt, HandIn, HandInAnswer, OptionId, Question, QuestionKind};

/// The right options of a question of [`super::Folder`].
pub(crate) fn right(question: &Question) -> Vec<OptionId> {
    let truth = if question.stem.ends_with("(t)") {
        "正确"
    } else {
        "错误"
    };
    let fits = |text: &str| match question.kind {
        QuestionKind::Judge => text == truth,
        QuestionKind::Single | QuestionKind::Multiple => text.starts_with("r-"),
    };
    question
        .options
        .iter()
        .filter(|o| fits(&o.text))
        .map(|o| o.id.clone())
        .collect()
}

/// One option that is wrong.
pub(crate) fn wrong(question: &Question) -> Vec<OptionId> {
    let right = right(question);
    question
        .options
        .iter()
        .map(|o| o.id.clone())
        .filter(|id| !right.contains(id))
        .take(1)
        .collect()
}

/// Every question answered by `choose`, with this sequence number.
pub(crate) fn all(attempt: &Attempt, seq: u64, choose: fn(&Question) -> Vec<OptionId>) -> HandIn {
    let answer = |question: &Question| HandInAnswer {
        question: question.id.clone(),
        seq,
        choice: choose(question),
    };
    HandIn {
        answers: attempt.questions.iter().map(answer).collect(),
    }
}
