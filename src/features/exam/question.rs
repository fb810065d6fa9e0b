//! One question: its stem, its options as native radio buttons or checkboxes, where its answer is.

use std::rc::Rc;

use contract::{OptionId, Question, QuestionKind};
use domain::exam::{Event, Kept};
use stylist::yew::use_style;
use yew::prelude::*;

use super::{kept_words, kind_name, letter};
use crate::i18n::{CONTENT, use_texts};
use crate::state::title::use_fresh_page;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::Icon;

/// Properties of [`QuestionView`].
#[derive(Properties, PartialEq)]
pub(super) struct QuestionViewProps {
    /// The question; give the view its id as key.
    pub(super) question: Rc<Question>,
    /// Its place, from 1.
    pub(super) number: usize,
    /// Questions on the paper.
    pub(super) of: usize,
    /// What is chosen.
    pub(super) choice: Vec<OptionId>,
    /// Where that is.
    pub(super) kept: Option<Kept>,
    /// It has a marker.
    pub(super) flagged: bool,
    /// What the candidate does.
    pub(super) on: Callback<Event>,
}

/// A question to answer. It begins at the top of the page, with the focus on its heading.
#[component]
pub(super) fn QuestionView(props: &QuestionViewProps) -> Html {
    let texts = use_texts();
    use_fresh_page("question");
    let style = use_style!(
        "
        max-width: var(--measure);
        .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-bottom: 16px; }
        .head h1 { font-family: var(--font-text); font-size: var(--text-m); line-height: 1.75; }
        .kind { color: var(--ink-soft); }
        .flag { color: var(--caution); font-weight: 600; }
        .flag .icon { margin-right: 4px; }
        fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
        legend { width: 100%; margin-bottom: 16px; padding: 0; font-size: var(--text-l); line-height: 1.75; }
        .hint { margin: -8px 0 16px; color: var(--ink-soft); }
        .options { display: grid; gap: 12px; }
        .option {
            display: grid;
            grid-template-columns: 24px auto 1fr;
            gap: 0 12px;
            align-items: start;
            min-height: 56px;
            padding: 13px 16px;
            border: 1px solid var(--edge);
            border-radius: var(--radius-s);
            background: var(--surface);
            font-size: 1.0625rem;
            cursor: pointer;
        }
        .option:hover { border-color: var(--ink); }
        .option.chosen { border-color: var(--ink); background: var(--sunken); box-shadow: inset 0 0 0 1px var(--ink); }
        .option input { width: 22px; height: 22px; margin: 4px 0 0; accent-color: var(--ink); }
        .letter { min-width: 1em; font-weight: 600; }
        .below { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; min-height: 44px; margin-top: 12px; }
        .kept { display: inline-flex; align-items: center; gap: 6px; min-height: 44px; color: var(--ink-soft); line-height: 1.4; }
        .kept.done { color: var(--done); }
        .kept.care { color: var(--caution); }
        .tools { display: flex; flex-wrap: wrap; margin: 0 -12px 0 auto; }
        "
    );
    let question = &props.question;
    let tell = |event: Event| {
        let on = props.on.clone();
        Callback::from(move |()| on.emit(event.clone()))
    };
    let judge = question.kind == QuestionKind::Judge;
    let answered = !props.choice.is_empty();
    html! {
        <section class={style} aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">{ texts.question_of(props.number, props.of) }</h1>
                <p class="kind">
                    { texts.kind_and_marks(kind_name(texts, question.kind), question.marks) }
                </p>
                if props.flagged {
                    <p class="flag"><Icon name="flag" />{ texts.flagged }</p>
                }
            </div>
            <fieldset aria-describedby="answer-kept">
                <legend lang={CONTENT}>{ &question.stem }</legend>
                if question.kind == QuestionKind::Multiple {
                    <p class="hint">{ texts.multiple_hint }</p>
                }
                <div class="options">
                    for (place, option) in question.options.iter().enumerate() {
                        <label
                            key={option.id.as_str()}
                            class={classes!("option", props.choice.contains(&option.id).then_some("chosen"))}
                        >
                            <input
                                type={if question.kind == QuestionKind::Multiple { "checkbox" } else { "radio" }}
                                name={question.id.to_string()}
                                value={option.id.to_string()}
                                checked={props.choice.contains(&option.id)}
                                onchange={{
                                    let choose = tell(Event::Choose {
                                        question: question.id.clone(),
                                        option: option.id.clone(),
                                    });
                                    Callback::from(move |_| choose.emit(()))
                                }}
                            />
                            if !judge {
                                <span class="letter" aria-hidden="true">{ letter(place) }</span>
                            }
                            <span lang={CONTENT}>{ &option.text }</span>
                        </label>
                    }
                </div>
            </fieldset>
            <div class="below">
                <p id="answer-kept">
                    { match props.kept {
                        None => html! { <span class="kept">{ texts.no_answer }</span> },
                        Some(kept) => html! {
                            <span class={classes!("kept", tone(kept))}>
                                if kept == Kept::Server {
                                    <Icon name="check" />
                                }
                                { kept_words(texts, kept) }
                            </span>
                        },
                    } }
                </p>
                <div class="tools">
                    <Button
                        weight={Weight::Quiet}
                        disabled={!answered}
                        onclick={tell(Event::Clear { question: question.id.clone() })}
                    >
                        { texts.clear_answer }
                    </Button>
                    <Button
                        weight={Weight::Quiet}
                        onclick={tell(Event::Flag { question: question.id.clone() })}
                    >
                        <Icon name="flag" />
                        { if props.flagged { texts.unflag } else { texts.flag } }
                    </Button>
                </div>
            </div>
        </section>
    }
}

fn tone(kept: Kept) -> &'static str {
    match kept {
        Kept::Server => "done",
        Kept::Memory | Kept::Device => "",
        Kept::Unsaved | Kept::Refused | Kept::Late => "care",
    }
}
