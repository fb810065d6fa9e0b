//! Every question with the candidate's answer, the right one, and why.

use std::rc::Rc;

use contract::{Attempt, OptionId, Question, QuestionKind, ReviewItem};
use stylist::yew::use_style;
use yew::prelude::*;

use super::{kind_name, letter};
use crate::i18n::{CONTENT, use_texts};
use crate::ui::button::Button;
use crate::ui::icon::Icon;

/// Properties of [`Answers`].
#[derive(Properties, PartialEq)]
pub(super) struct AnswersProps {
    /// The attempt, closed.
    pub(super) attempt: Rc<Attempt>,
    /// What may be known of its questions.
    pub(super) review: Vec<ReviewItem>,
}

/// The answers; all of them, or the wrong ones.
#[component]
pub(super) fn Answers(props: &AnswersProps) -> Html {
    let texts = use_texts();
    let wrong_only = use_state(|| false);
    let style = use_style!(
        "
        .lead { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; }
        .filter { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0 0; }
        .filter .button[aria-pressed='true'] { border-color: var(--ink); box-shadow: inset 0 0 0 1px var(--ink); font-weight: 600; }
        .none { padding: 24px 0; color: var(--ink-soft); }
        "
    );
    let attempt = &props.attempt;
    let rows: Vec<(usize, &Question, &ReviewItem)> = attempt
        .questions
        .iter()
        .enumerate()
        .filter_map(|(place, question)| {
            let item = props.review.iter().find(|r| r.question == question.id)?;
            Some((place, question, item))
        })
        .collect();
    let right = |question: &Question, item: &ReviewItem| item.marks >= question.marks;
    let right_count = rows.iter().filter(|(_, q, item)| right(q, item)).count();
    let shown: Vec<_> = rows
        .iter()
        .filter(|(_, q, item)| !*wrong_only || !right(q, item))
        .collect();
    let show = |wrong: bool| {
        let wrong_only = wrong_only.clone();
        Callback::from(move |()| wrong_only.set(wrong))
    };
    html! {
        <section class={style} aria-labelledby="answers">
            <div class="lead">
                <h2 id="answers">{ texts.review_title }</h2>
                <p class="soft numbers">{ texts.right_of(right_count, rows.len()) }</p>
            </div>
            <div class="filter">
                <Button pressed={!*wrong_only} onclick={show(false)}>{ texts.show_all }</Button>
                <Button pressed={*wrong_only} onclick={show(true)}>{ texts.show_wrong }</Button>
            </div>
            if shown.is_empty() {
                <p class="none">{ texts.nothing_wrong }</p>
            }
            for (place, question, item) in shown {
                <AnswerView
                    key={question.id.as_str()}
                    number={place + 1}
                    question={(*question).clone()}
                    item={(*item).clone()}
                    choice={choice(attempt, question)}
                />
            }
        </section>
    }
}

/// The answer that counts: one in time.
fn choice(attempt: &Attempt, question: &Question) -> Vec<OptionId> {
    let mut answers = attempt.answers.iter();
    let counted = answers.find(|a| a.question == question.id && !a.late);
    counted.map(|a| a.choice.clone()).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
struct AnswerViewProps {
    number: usize,
    question: Question,
    item: ReviewItem,
    choice: Vec<OptionId>,
}

#[component]
fn AnswerView(props: &AnswerViewProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        gap: 12px;
        padding: 24px 0;
        border-bottom: 1px solid var(--hairline);
        & > * { max-width: 38rem; }
        .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; color: var(--ink-soft); }
        h3 { font-family: var(--font-text); font-size: var(--text-m); color: var(--ink); }
        .verdict { font-weight: 600; }
        .verdict .icon { margin-right: 4px; }
        .right { color: var(--done); }
        .wrong { color: var(--accent); }
        .stem { font-size: var(--text-l); }
        .options { display: grid; gap: 8px; }
        .option { display: grid; grid-template-columns: auto 1fr; gap: 0 12px; padding: 8px 12px; border: 1px solid var(--hairline); border-radius: var(--radius-s); }
        .option.is-right { border-color: var(--done); background: var(--done-ground); }
        .option.is-wrong { border-color: var(--accent); border-style: dashed; background: var(--accent-ground); }
        .letter { min-width: 1em; font-weight: 600; }
        .tags { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 16px; font-weight: 600; }
        .tag { display: inline-flex; align-items: center; gap: 4px; font-size: var(--text-s); }
        .judge .tags { grid-column: auto; }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 1.5em; }
        dl div { display: contents; }
        dt { color: var(--ink-soft); }
        "
    );
    let (question, item) = (&props.question, &props.item);
    let right = item.marks >= question.marks;
    let judge = question.kind == QuestionKind::Judge;
    html! {
        <article class={style} aria-labelledby={format!("answer-{}", props.number)}>
            <div class="head">
                <h3 id={format!("answer-{}", props.number)}>{ texts.question_number(props.number) }</h3>
                <span>{ kind_name(texts, question.kind) }</span>
                <span class={classes!("verdict", if right { "right" } else { "wrong" })}>
                    <Icon name={if right { "check" } else { "x" }} />
                    { if right { texts.review_right } else { texts.review_wrong } }
                </span>
                <span class="numbers">{ texts.marks_given(item.marks, question.marks) }</span>
            </div>
            <p class="stem" lang={CONTENT}>{ &question.stem }</p>
            <ul class="options">
                for (place, option) in question.options.iter().enumerate() {
                    <li
                        key={option.id.as_str()}
                        class={classes!("option", ground(item, &props.choice, &option.id))}
                    >
                        <span class="letter">{ if judge { ' ' } else { letter(place) } }</span>
                        <span lang={CONTENT}>{ &option.text }</span>
                        if item.right.contains(&option.id) || props.choice.contains(&option.id) {
                            <span class="tags">
                                if props.choice.contains(&option.id) {
                                    <span class="tag">
                                        <Icon name={if item.right.contains(&option.id) { "check" } else { "x" }} />
                                        { texts.your_answer }
                                    </span>
                                }
                                if item.right.contains(&option.id) {
                                    <span class="tag right">
                                        <Icon name="check" />
                                        { texts.right_answer }
                                    </span>
                                }
                            </span>
                        }
                    </li>
                }
            </ul>
            if props.choice.is_empty() {
                <p class="soft">{ texts.no_answer }</p>
            }
            <dl>
                if !item.explanation.is_empty() {
                    <div><dt>{ texts.explanation }</dt><dd lang={CONTENT}>{ &item.explanation }</dd></div>
                }
                if !item.basis.is_empty() {
                    <div><dt>{ texts.basis }</dt><dd lang={CONTENT}>{ &item.basis }</dd></div>
                }
            </dl>
        </article>
    }
}

fn ground(item: &ReviewItem, choice: &[OptionId], option: &OptionId) -> Option<&'static str> {
    match (item.right.contains(option), choice.contains(option)) {
        (true, _) => Some("is-right"),
        (false, true) => Some("is-wrong"),
        (false, false) => None,
    }
}
