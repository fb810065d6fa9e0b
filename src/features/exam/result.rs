//! A closed attempt: its outcome, the receipt, the answers with their reasons.

use std::rc::Rc;

use contract::{Attempt, AttemptState, Exam, HandInBy, Outcome, Receipt};
use stylist::yew::use_style;
use yew::prelude::*;

use super::answers::Answers;
use crate::i18n::{CONTENT, Texts, use_texts};
use crate::state::device::local_time;
use crate::ui::facts::Facts;

/// Properties of [`ExamResult`].
#[derive(Properties, PartialEq)]
pub(crate) struct ExamResultProps {
    /// The attempt, closed.
    pub(crate) attempt: Rc<Attempt>,
    /// The exam, once the class is known.
    pub(crate) exam: Option<Exam>,
    /// Answers whose last change the server does not have.
    pub(crate) lost: usize,
    /// Where the person is on the way, above the outcome.
    pub(crate) path: Html,
    /// What comes next, below the outcome.
    pub(crate) next: Html,
}

/// The result of an attempt.
#[component]
pub(crate) fn ExamResult(props: &ExamResultProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        gap: 32px;
        .head { display: grid; gap: 4px; }
        .outcome { display: grid; gap: 16px; }
        .word { margin-top: 4px; font-size: var(--text-2xl); }
        .word.passed { color: var(--done); }
        .marks { margin-top: 4px; }
        .next { padding-top: 16px; border-top: 1px solid var(--hairline); }
        .care { padding: 12px 16px; border-left: 4px solid var(--caution); border-radius: var(--radius-s); background: var(--caution-ground); }
        "
    );
    let attempt = &props.attempt;
    let AttemptState::HandedIn { receipt, outcome } = &attempt.state else {
        return Html::default();
    };
    let late = attempt.answers.iter().filter(|a| a.late).count();
    html! {
        <div class={style}>
            <div class="head">
                <h1 lang={CONTENT}>{ &attempt.title }</h1>
                <p class="soft" lang={CONTENT}>{ &attempt.class_title }</p>
            </div>
            { props.path.clone() }
            <section class="panel outcome" aria-labelledby="outcome">
                <div>
                    <p class="soft">{ texts.attempt_number(attempt.number) }</p>
                    <h2
                        id="outcome"
                        class={classes!("word", passed(outcome).then_some("passed"))}
                    >
                        { if passed(outcome) { texts.result_passed } else { texts.result_failed } }
                    </h2>
                    if let Some(words) = marks(texts, outcome, props.exam.as_ref()) {
                        <p class="marks numbers">{ words }</p>
                    }
                </div>
                if late > 0 {
                    <p class="care">{ texts.answers_late(late) }</p>
                }
                if props.lost > 0 {
                    <p class="care">{ texts.answers_lost(props.lost) }</p>
                }
                <div class="next">{ props.next.clone() }</div>
            </section>
            if let Some(review) = &attempt.review {
                <Answers attempt={attempt.clone()} review={review.clone()} />
            } else {
                <p class="soft">{ texts.answers_not_shown }</p>
            }
            <ReceiptView receipt={receipt.clone()} />
        </div>
    }
}

fn passed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Passed { .. })
}

fn marks(texts: &Texts, outcome: &Outcome, exam: Option<&Exam>) -> Option<String> {
    let (Outcome::Passed { marks } | Outcome::Failed { marks }) = outcome;
    let marks = (*marks)?;
    Some(match exam {
        Some(exam) => texts.result_marks(marks, exam.full_marks, exam.pass_mark),
        None => texts.question_marks(marks),
    })
}

#[derive(Properties, PartialEq)]
struct ReceiptViewProps {
    receipt: Receipt,
}

/// What the server certifies.
#[component]
fn ReceiptView(props: &ReceiptViewProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        h2 { margin-bottom: 12px; }
        .sum { display: grid; gap: 4px; padding-top: 10px; }
        .sum code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: var(--text-s); line-height: 1.5; overflow-wrap: anywhere; }
        "
    );
    let receipt = &props.receipt;
    let by = match receipt.by {
        HandInBy::Candidate => texts.by_candidate,
        HandInBy::Deadline => texts.by_deadline,
    };
    let rows = vec![
        (
            texts.receipt_at.into(),
            local_time(texts, receipt.at).into(),
        ),
        (texts.receipt_by.into(), by.into()),
        (
            texts.receipt_answered.into(),
            texts.answered_of(receipt.answered, receipt.of).into(),
        ),
    ];
    html! {
        <section class={style} aria-labelledby="receipt">
            <h2 id="receipt">{ texts.receipt_title }</h2>
            <Facts {rows} />
            <div class="sum">
                <p><span class="soft">{ texts.receipt_digest }</span></p>
                <p><code>{ &receipt.digest }</code></p>
                <p class="soft small">{ texts.receipt_note }</p>
            </div>
        </section>
    }
}
