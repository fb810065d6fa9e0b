//! How much of the lesson is watched, and whether that is saved: in words, and no better than true.

use contract::Completion;
use domain::outbox::{Keep, Link};
use stylist::yew::use_style;
use yew::prelude::*;

use super::Study;
use crate::i18n::{Texts, use_texts};

/// Properties of [`StudyState`].
#[derive(Properties, PartialEq)]
pub(crate) struct StudyStateProps {
    /// The study.
    pub(crate) study: Study,
    /// Changes with what is watched, so that this is drawn anew.
    pub(crate) covered_ms: u64,
    /// Changes with the queue.
    pub(crate) saved: &'static str,
}

/// Watched time and save state.
#[component]
pub(crate) fn StudyState(props: &StudyStateProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        gap: 8px;
        .words { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; font-size: var(--text-s); }
        .done { color: var(--done); font-weight: 600; }
        .refused { color: var(--caution); font-size: var(--text-s); }
        "
    );
    let watch = props.study.watch.read();
    let lesson = &props.study.lesson;
    let words = match watch.completion() {
        Completion::Granted => html! { <span class="done">{ texts.lesson_granted }</span> },
        Completion::Watched => html! { <span class="done">{ texts.lesson_done }</span> },
        Completion::Open if watch.complete_here() => html! { texts.lesson_complete_here },
        Completion::Open => html! {
            <span class="numbers">
                { texts.watched_of(&texts.clock(props.covered_ms), &texts.clock(lesson.duration_ms)) }
            </span>
        },
    };
    let refused_ms = watch.refused_ms();
    // Said aloud: what needs attention, and the end. Not each report, every ten seconds.
    let spoken = if watch.completion() == Completion::Watched {
        texts.lesson_done
    } else if [
        texts.study_on_device,
        texts.study_not_kept,
        texts.study_refused,
    ]
    .contains(&props.saved)
    {
        props.saved
    } else {
        ""
    };
    let open = watch.completion() == Completion::Open && !watch.complete_here();
    let unwatched: Vec<String> = watch
        .covered()
        .gaps(lesson.duration_ms)
        .as_slice()
        .iter()
        .filter(|gap| gap.end_ms - gap.start_ms >= 1000)
        .map(|gap| texts.span(&texts.clock(gap.start_ms), &texts.clock(gap.end_ms)))
        .collect();
    html! {
        <div class={style}>
            <div class="words">
                <span>{ words }</span>
                <span class="soft">{ props.saved }</span>
            </div>
            <p class="sr-only" role="status">{ spoken }</p>
            // What the strip under the video shows.
            if open && !unwatched.is_empty() {
                <p class="sr-only">{ texts.unwatched(&unwatched) }</p>
            }
            if refused_ms >= 1000 {
                <p class="refused">{ texts.study_clipped(refused_ms) }</p>
            }
        </div>
    }
}

/// Where the study of this lesson is kept.
pub(crate) fn saved(texts: &'static Texts, study: &Study) -> &'static str {
    let waiting = study.waiting();
    let keep = |wanted: fn(Keep) -> bool| {
        waiting
            .iter()
            .any(|e| study.outbox().keep(&e.slot).is_some_and(wanted))
    };
    if keep(|k| k == Keep::Unsaved) {
        return texts.study_not_kept;
    }
    if keep(|k| matches!(k, Keep::Memory | Keep::Device)) {
        return match study.outbox().link() {
            Link::Idle | Link::Sending => texts.study_saving,
            Link::Waiting { .. } | Link::Offline | Link::SignedOut => texts.study_on_device,
        };
    }
    if keep(|k| matches!(k, Keep::Refused(_))) {
        return texts.study_refused;
    }
    // Played, and not yet due for a report.
    if study.watch.read().on_device_only_ms() > study.watch.read().refused_ms() {
        return texts.study_recording;
    }
    texts.study_all_saved
}
