//! The attempts so far, as a table of records.

use contract::{AttemptId, AttemptState, AttemptSummary, Outcome};
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{Texts, use_texts};
use crate::state::device::local_time;

/// Properties of [`AttemptTable`].
#[derive(Properties, PartialEq)]
pub(crate) struct AttemptTableProps {
    /// Oldest first.
    pub(crate) attempts: Vec<AttemptSummary>,
    /// A link to an attempt, around its words.
    pub(crate) link: Callback<(AttemptId, Html), Html>,
}

/// The table.
#[component]
pub(crate) fn AttemptTable(props: &AttemptTableProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        h2 { margin-bottom: 12px; }
        table { width: 100%; border-collapse: collapse; border-top: 1px solid var(--hairline); }
        th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--hairline); text-align: left; font-weight: 400; vertical-align: middle; }
        thead th { color: var(--ink-soft); font-size: var(--text-s); }
        td:last-child { padding-right: 0; text-align: right; white-space: nowrap; }
        td a { display: inline-flex; align-items: center; min-height: 44px; }
        .result { white-space: nowrap; }
        .passed { color: var(--done); font-weight: 600; }
        "
    );
    html! {
        <section class={style} aria-labelledby="attempts">
            <h2 id="attempts">{ texts.exam_history }</h2>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ texts.attempt_column }</th>
                        <th scope="col">{ texts.result_column }</th>
                        <td />
                    </tr>
                </thead>
                <tbody>
                    for attempt in &props.attempts {
                        <tr key={attempt.id.as_str()}>
                            <th scope="row">
                                { texts.attempt_number(attempt.number) }
                                <div class="soft small numbers">{ local_time(texts, attempt.started_at) }</div>
                            </th>
                            <td class="numbers result">{ result(texts, &attempt.state) }</td>
                            <td>
                                { props.link.emit((
                                    attempt.id.clone(),
                                    html! {
                                        <>
                                            { texts.see_attempt }
                                            <span class="sr-only">{ texts.attempt_number(attempt.number) }</span>
                                        </>
                                    },
                                )) }
                            </td>
                        </tr>
                    }
                </tbody>
            </table>
        </section>
    }
}

fn result(texts: &'static Texts, state: &AttemptState) -> Html {
    let (class, words, marks) = match state {
        AttemptState::Open => ("", texts.attempt_open, None),
        AttemptState::HandedIn { outcome, .. } => match outcome {
            Outcome::Passed { marks } => ("passed", texts.result_passed, *marks),
            Outcome::Failed { marks } => ("", texts.result_failed, *marks),
        },
    };
    html! {
        <>
            <span {class}>{ words }</span>
            if let Some(marks) = marks {
                <div>{ texts.question_marks(marks) }</div>
            }
        </>
    }
}
