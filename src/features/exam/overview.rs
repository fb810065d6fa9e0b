//! The overview: every question by its number, grouped by kind, its state told by shape and word.

use contract::QuestionKind;
use domain::exam::{ExamSession, Kept};
use stylist::yew::use_style;
use yew::prelude::*;

use super::kind_name;
use crate::i18n::{Texts, use_texts};

/// A question in the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its place, from 0.
    pub(super) place: usize,
    kind: QuestionKind,
    pub(super) answered: bool,
    pub(super) flagged: bool,
    /// The server does not have the last change.
    waiting: bool,
    /// The server will not take the last change.
    refused: bool,
    current: bool,
}

/// The questions of a session.
pub(super) fn cells(session: &ExamSession) -> Vec<Cell> {
    let questions = session.attempt().questions.iter().enumerate();
    let cell = |(place, question): (usize, &contract::Question)| Cell {
        place,
        kind: question.kind,
        answered: !session.choice(&question.id).is_empty(),
        flagged: session.flagged(&question.id),
        waiting: !matches!(
            session.kept(&question.id),
            None | Some(Kept::Memory | Kept::Server | Kept::Late | Kept::Refused)
        ),
        refused: session.kept(&question.id) == Some(Kept::Refused),
        current: place == session.current(),
    };
    questions.map(cell).collect()
}

/// Properties of [`Overview`].
#[derive(Properties, PartialEq)]
pub(super) struct OverviewProps {
    /// The questions.
    pub(super) cells: Vec<Cell>,
    /// To a question, by its place.
    pub(super) on_go: Callback<usize>,
    /// What stands between the numbers and the legend.
    #[prop_or_default]
    pub(super) children: Html,
}

/// The overview.
#[component]
pub(super) fn Overview(props: &OverviewProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        h3 { margin-bottom: 8px; font-family: var(--font-text); font-size: var(--text-s); font-weight: 400; color: var(--ink-soft); }
        .legend { display: flex; flex-wrap: wrap; gap: 8px 16px; padding-top: 16px; border-top: 1px solid var(--hairline); font-size: var(--text-s); color: var(--ink-soft); }
        .legend li { display: inline-flex; align-items: center; gap: 8px; }
        .sample { position: relative; width: 22px; height: 22px; border: 1px solid var(--edge); border-radius: var(--radius-s); background: var(--surface); }
        .sample.answered { background: var(--ink); border-color: var(--ink); }
        .sample.flagged::after {
            content: '';
            position: absolute;
            top: -1px;
            right: -1px;
            border-style: solid;
            border-width: 0 12px 12px 0;
            border-color: transparent var(--caution) transparent transparent;
        }
        .sample.waiting { border-bottom: 4px double var(--caution); }
        "
    );
    let waiting = props.cells.iter().any(|cell| cell.waiting);
    let refused = props.cells.iter().any(|cell| cell.refused);
    html! {
        <div class={style}>
            for group in props.cells.chunk_by(|a, b| a.kind == b.kind) {
                <section>
                    <h3>{ kind_name(texts, group[0].kind) }</h3>
                    <Numbers cells={group.to_vec()} on_go={props.on_go.clone()} />
                </section>
            }
            { props.children.clone() }
            <ul class="legend" aria-label={texts.legend}>
                <li><span class="sample answered" aria-hidden="true" />{ texts.answered }</li>
                <li><span class="sample" aria-hidden="true" />{ texts.unanswered }</li>
                <li><span class="sample flagged" aria-hidden="true" />{ texts.flagged }</li>
                if refused {
                    <li><span class="sample waiting" aria-hidden="true" />{ texts.kept_refused }</li>
                } else if waiting {
                    <li><span class="sample waiting" aria-hidden="true" />{ texts.not_sent }</li>
                }
            </ul>
        </div>
    }
}

/// Questions as a row of buttons.
#[component]
pub(super) fn Numbers(props: &OverviewProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(44px, 1fr));
        gap: 8px;
        max-width: 560px;
        button {
            position: relative;
            width: 100%;
            min-height: 44px;
            padding: 0;
            border: 1px solid var(--edge);
            border-radius: var(--radius-s);
            background: var(--surface);
            font-variant-numeric: tabular-nums;
            cursor: pointer;
        }
        button:hover { border-color: var(--ink); }
        .answered { background: var(--ink); border-color: var(--ink); color: var(--paper); font-weight: 600; }
        .flagged::after {
            content: '';
            position: absolute;
            top: -1px;
            right: -1px;
            border-style: solid;
            border-width: 0 14px 14px 0;
            border-color: transparent var(--caution) transparent transparent;
        }
        .answered.flagged::after { border-right-color: var(--paper); }
        .waiting { border-bottom: 5px double var(--caution); }
        .answered.waiting { border-bottom-color: var(--paper); }
        .current { box-shadow: 0 0 0 2px var(--paper), 0 0 0 4px var(--accent); }
        "
    );
    html! {
        <ol class={style}>
            for cell in props.cells.iter().copied() {
                <li key={cell.place}>
                    <button
                        type="button"
                        class={classes!(
                            cell.answered.then_some("answered"),
                            cell.flagged.then_some("flagged"),
                            (cell.waiting || cell.refused).then_some("waiting"),
                            cell.current.then_some("current"),
                        )}
                        aria-label={label(texts, cell)}
                        aria-current={cell.current.then_some("true")}
                        onclick={{
                            let on_go = props.on_go.clone();
                            Callback::from(move |_| on_go.emit(cell.place))
                        }}
                    >
                        { cell.place + 1 }
                    </button>
                </li>
            }
        </ol>
    }
}

fn label(texts: &Texts, cell: Cell) -> String {
    let mut words = vec![if cell.answered {
        texts.answered
    } else {
        texts.unanswered
    }];
    if cell.flagged {
        words.push(texts.flagged);
    }
    if cell.waiting {
        words.push(texts.not_sent);
    }
    if cell.refused {
        words.push(texts.kept_refused);
    }
    texts.question_state(cell.place + 1, &texts.joined(&words))
}
