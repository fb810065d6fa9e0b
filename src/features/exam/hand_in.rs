//! Handing in: the look back before it, the question that is asked once, and the wait for the
//! server's word.

use contract::HandInBy;
use domain::exam::{Counts, Event};
use stylist::yew::use_style;
use yew::prelude::*;

use super::overview::{Cell, Numbers};
use super::sitting::Saving;
use crate::i18n::use_texts;
use crate::state::title::use_fresh_page;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// Properties of [`LookBack`].
#[derive(Properties, PartialEq)]
pub(super) struct LookBackProps {
    /// The questions.
    pub(super) cells: Vec<Cell>,
    /// How many are in which state.
    pub(super) counts: Counts,
    /// To a question, by its place.
    pub(super) on_go: Callback<usize>,
    /// What the candidate does.
    pub(super) on: Callback<Event>,
}

/// What is answered and what is not, and the way to hand in.
#[component]
pub(super) fn LookBack(props: &LookBackProps) -> Html {
    let texts = use_texts();
    use_fresh_page("look-back");
    let asking = use_state(|| false);
    let style = use_style!(
        "
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 24px;
        max-width: var(--measure);
        h1 { font-size: var(--text-xl); }
        h1 + p { margin-top: 8px; }
        h2 { margin-bottom: 12px; font-family: var(--font-text); font-size: var(--text-m); }
        .ways { display: flex; flex-wrap: wrap; gap: 16px; padding-top: 24px; border-top: 1px solid var(--hairline); }
        .ways .button { min-width: 9em; min-height: 48px; }
        @media (max-width: 639px) {
            .ways .button { flex: 1 1 0; min-width: 0; }
        }
        "
    );
    let Counts {
        answered,
        unanswered,
        flagged,
        ..
    } = props.counts;
    let list = |title: &'static str, cells: Vec<Cell>| {
        html! {
            if !cells.is_empty() {
                <section aria-label={title}>
                    <h2>{ title }</h2>
                    <Numbers {cells} on_go={props.on_go.clone()} />
                </section>
            }
        }
    };
    let some = |is: fn(&Cell) -> bool| props.cells.iter().filter(|c| is(c)).copied().collect();
    let ask = |shown: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(shown))
    };
    let tell = |event: Event| {
        let on = props.on.clone();
        Callback::from(move |()| on.emit(event.clone()))
    };
    html! {
        <>
            <section class={style} aria-labelledby="look-back">
                <div>
                    <h1 id="look-back" tabindex="-1">{ texts.overview_title }</h1>
                    <p class="numbers">{ texts.counts(answered, unanswered, flagged) }</p>
                </div>
                if unanswered == 0 {
                    <p>{ texts.hand_in_unanswered(0) }</p>
                }
                { list(texts.unanswered_list, some(|cell| !cell.answered)) }
                { list(texts.flagged_list, some(|cell| cell.flagged)) }
                <div class="ways">
                    <Button onclick={tell(Event::Resume)}>{ texts.resume_answering }</Button>
                    <Button weight={Weight::Primary} onclick={ask(true)}>{ texts.hand_in }</Button>
                </div>
            </section>
            if *asking {
                <Dialog id="hand-in" title={texts.hand_in_title} on_cancel={ask(false)}>
                    <p class="numbers">{ texts.counts(answered, unanswered, flagged) }</p>
                    <p>{ texts.hand_in_final }</p>
                    <div class="ways">
                        <Button onclick={ask(false)}>{ texts.resume_answering }</Button>
                        <Button weight={Weight::Primary} onclick={tell(Event::HandIn)}>
                            { texts.hand_in_confirm }
                        </Button>
                    </div>
                </Dialog>
            }
        </>
    }
}

/// Properties of [`HandingIn`].
#[derive(Properties, PartialEq)]
pub(super) struct HandingInProps {
    /// Who hands in.
    pub(super) by: HandInBy,
    /// How the answers are kept.
    pub(super) saving: Saving,
    /// Nothing can be sent for now.
    pub(super) cut_off: bool,
    /// Sends what waits, now.
    pub(super) send_now: Callback<()>,
    /// A way to other pages; the paper is handed in from there as well.
    pub(super) leave: Html,
}

/// Handed in here, and waiting for the server's word.
#[component]
pub(super) fn HandingIn(props: &HandingInProps) -> Html {
    let texts = use_texts();
    use_fresh_page("handing-in");
    let style = use_style!(
        "
        display: grid;
        justify-items: start;
        gap: 16px;
        max-width: 36em;
        padding: 24px 0;
        .ways { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 24px; margin-top: 8px; }
        .care { padding: 12px 16px; border-left: 4px solid var(--caution); border-radius: var(--radius-s); background: var(--caution-ground); }
        "
    );
    let unsaved = matches!(props.saving, Saving::Unsaved(_));
    html! {
        <section class={style} aria-labelledby="handing-in">
            <h1 id="handing-in" tabindex="-1">{ texts.handing_in }</h1>
            if props.by == HandInBy::Deadline && !props.cut_off {
                <p role="alert">{ texts.time_up }</p>
            }
            <p class={(unsaved || props.cut_off).then_some("care")} role="status">
                { match (unsaved, props.cut_off, props.by) {
                    (true, ..) => texts.handing_in_unsaved,
                    (false, true, HandInBy::Candidate) => texts.handing_in_offline,
                    (false, true, HandInBy::Deadline) => texts.handing_in_late,
                    (false, false, _) => texts.handing_in_text,
                } }
            </p>
            if props.cut_off {
                <div class="ways">
                    <Button weight={Weight::Primary} onclick={props.send_now.clone()}>
                        { texts.save_now }
                    </Button>
                    if !unsaved {
                        { props.leave.clone() }
                    }
                </div>
            }
        </section>
    }
}
