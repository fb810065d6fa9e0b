//! Before an exam: what it is, what to know, and the start.

use std::rc::Rc;

use contract::{AttemptId, Class, ClassId};
use domain::progress;
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{CONTENT, use_texts};
use crate::state::attempt::{Starting, use_start};
use crate::state::remote::advice;
use crate::ui::button::{Button, Weight};
use crate::ui::notice::Trouble;

/// Properties of [`ExamFacts`].
#[derive(Properties, PartialEq)]
pub(crate) struct ExamFactsProps {
    /// The class.
    pub(crate) class: Rc<Class>,
}

/// The exam in figures.
#[component]
pub(crate) fn ExamFacts(props: &ExamFactsProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(128px, 1fr));
        gap: 16px 24px;
        padding: 16px 0;
        border: solid var(--hairline);
        border-width: 1px 0;
        dt { color: var(--ink-soft); font-size: var(--text-s); }
        dd { font-size: var(--text-l); font-weight: 600; }
        "
    );
    let exam = &props.class.exam;
    let made = u32::try_from(exam.attempts.len()).unwrap_or(u32::MAX);
    let mut rows = vec![
        (texts.exam_questions, texts.questions(exam.question_count)),
        (texts.exam_time, texts.duration(exam.duration_ms)),
        (texts.exam_full_marks, texts.marks_of(exam.full_marks)),
        (texts.exam_pass_mark, texts.marks_of(exam.pass_mark)),
    ];
    if !progress::passed(exam) {
        let left = exam.attempts_allowed.saturating_sub(made);
        let words = texts.attempts_left(left, exam.attempts_allowed);
        rows.push((texts.exam_attempts, words));
    }
    html! {
        <dl class={style}>
            for (name, value) in rows {
                <div>
                    <dt>{ name }</dt>
                    <dd class="numbers">{ value }</dd>
                </div>
            }
        </dl>
    }
}

/// Properties of [`Instructions`].
#[derive(Properties, PartialEq)]
pub(crate) struct InstructionsProps {
    /// A paragraph each.
    pub(crate) paragraphs: Vec<String>,
}

/// What a candidate should know before the start.
#[component]
pub(crate) fn Instructions(props: &InstructionsProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        max-width: var(--measure);
        h2 { margin-bottom: 12px; }
        ol { display: grid; gap: 8px; counter-reset: rule; }
        li { display: grid; grid-template-columns: 1.75em 1fr; counter-increment: rule; }
        li::before { content: counter(rule); color: var(--ink-soft); font-variant-numeric: tabular-nums; }
        "
    );
    html! {
        <section class={style} aria-labelledby="instructions">
            <h2 id="instructions">{ texts.exam_before }</h2>
            <ol>
                for paragraph in &props.paragraphs {
                    <li lang={CONTENT}>{ paragraph }</li>
                }
            </ol>
        </section>
    }
}

/// Properties of [`StartPanel`].
#[derive(Properties, PartialEq)]
pub(crate) struct StartPanelProps {
    /// The class.
    pub(crate) class: ClassId,
    /// Attempts left, this one included.
    pub(crate) left: u32,
    /// The attempt was started.
    pub(crate) started: Callback<AttemptId>,
}

/// The start of an attempt, with what it means.
#[component]
pub(crate) fn StartPanel(props: &StartPanelProps) -> Html {
    let texts = use_texts();
    let (starting, start) = use_start(&props.class, props.started.clone());
    let style = use_style!(
        "
        display: grid;
        gap: 16px;
        .row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 16px 24px; }
        .why { flex: 1 1 18em; display: grid; gap: 4px; }
        .row .button { flex: 0 0 auto; min-width: 9em; min-height: 48px; }
        @media (max-width: 639px) {
            .row .button { flex: 1 1 100%; }
        }
        "
    );
    let busy = starting == Starting::UnderWay;
    html! {
        <div class={style}>
            if let Starting::Failed(failure) = &starting {
                <Trouble advice={advice(texts, failure)} />
            }
            <div class="row">
                <div class="why">
                    <p>{ texts.exam_open(props.left) }</p>
                    <p class="soft">{ texts.exam_start_note }</p>
                </div>
                <Button weight={Weight::Primary} {busy} onclick={start}>
                    { if busy { texts.exam_starting } else { texts.exam_start } }
                </Button>
            </div>
        </div>
    }
}
