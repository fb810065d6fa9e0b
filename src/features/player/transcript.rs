//! What goes with the video: transcript, chapters, hand-outs, as tabs.

use std::rc::Rc;

use contract::Lesson;
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{CONTENT, Texts, use_texts};
use crate::state::remote::media_url;
use crate::state::video::Cue;
use crate::ui::tabs::{Tab, Tabs};

/// The transcript, which the browser reads from the captions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TranscriptState {
    /// The lesson has none.
    None,
    /// Being read.
    Loading,
    /// Here.
    Ready(Rc<[Cue]>),
    /// Not to be had.
    Failed,
}

/// Properties of [`Sidebar`].
#[derive(Properties, PartialEq)]
pub(crate) struct SidebarProps {
    /// The lesson.
    pub(crate) lesson: Rc<Lesson>,
    /// Its transcript.
    pub(crate) transcript: TranscriptState,
    /// Where the video is.
    pub(crate) position_ms: u64,
    /// The person wants to go there.
    pub(crate) on_seek: Callback<u64>,
}

/// Transcript, chapters and hand-outs.
#[component]
pub(crate) fn Sidebar(props: &SidebarProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        margin-top: 16px;
        .cues { max-width: var(--measure); }
        .cue, .chapter { display: grid; grid-template-columns: 4em 1fr; gap: 8px; width: 100%; min-height: 44px; padding: 8px; border: 0; border-radius: var(--radius-s); background: none; text-align: left; cursor: pointer; line-height: 1.7; }
        .cue:hover, .chapter:hover { background: var(--sunken); }
        .cue[aria-current='true'], .chapter[aria-current='true'] { background: var(--accent-ground); box-shadow: inset 3px 0 0 var(--accent); }
        .at { color: var(--ink-soft); }
        .handout a { display: inline-flex; align-items: center; min-height: 44px; }
        .handout { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; min-height: 44px; }
        "
    );
    let tabs = vec![
        Tab {
            id: "transcript",
            label: texts.transcript.into(),
            content: transcript(texts, props),
        },
        Tab {
            id: "chapters",
            label: texts.chapters.into(),
            content: chapters(texts, props),
        },
        Tab {
            id: "handouts",
            label: texts.handouts.into(),
            content: handouts(texts, props),
        },
    ];
    html! {
        <div class={style}>
            <Tabs {tabs} label={texts.lesson_materials} />
        </div>
    }
}

fn transcript(texts: &'static Texts, props: &SidebarProps) -> Html {
    match &props.transcript {
        TranscriptState::None => html! { <p class="soft">{ texts.transcript_empty }</p> },
        TranscriptState::Loading => html! { <p class="soft">{ texts.loading }</p> },
        TranscriptState::Failed => html! { <p class="soft">{ texts.transcript_failed }</p> },
        TranscriptState::Ready(cues) => html! {
            <ol class="cues">
                for cue in cues.iter() {
                    <li>
                        { place(
                            texts,
                            "cue",
                            cue.start_ms,
                            (cue.start_ms..cue.end_ms).contains(&props.position_ms),
                            &cue.text,
                            &props.on_seek,
                        ) }
                    </li>
                }
            </ol>
        },
    }
}

fn chapters(texts: &'static Texts, props: &SidebarProps) -> Html {
    let chapters = &props.lesson.chapters;
    if chapters.is_empty() {
        return html! { <p class="soft">{ texts.chapters_empty }</p> };
    }
    let ends = chapters
        .iter()
        .skip(1)
        .map(|next| next.start_ms)
        .chain([u64::MAX]);
    html! {
        <ol>
            for (chapter, end_ms) in chapters.iter().zip(ends) {
                <li>
                    { place(
                        texts,
                        "chapter",
                        chapter.start_ms,
                        (chapter.start_ms..end_ms).contains(&props.position_ms),
                        &chapter.title,
                        &props.on_seek,
                    ) }
                </li>
            }
        </ol>
    }
}

/// A button that leads to a place in the video.
fn place(
    texts: &Texts,
    class: &'static str,
    at_ms: u64,
    here: bool,
    words: &str,
    on_seek: &Callback<u64>,
) -> Html {
    html! {
        <button
            type="button"
            {class}
            aria-current={here.then_some("true")}
            onclick={on_seek.reform(move |_| at_ms)}
        >
            <span class="at numbers small">{ texts.clock(at_ms) }</span>
            <span lang={CONTENT}>{ words }</span>
        </button>
    }
}

fn handouts(texts: &'static Texts, props: &SidebarProps) -> Html {
    if props.lesson.handouts.is_empty() {
        return html! { <p class="soft">{ texts.handouts_empty }</p> };
    }
    html! {
        <ul>
            for handout in &props.lesson.handouts {
                <li class="handout">
                    <a href={media_url(&handout.url)} target="_blank" rel="noopener" lang={CONTENT}>{ &handout.title }</a>
                    <span class="soft small numbers">{ texts.bytes(handout.bytes) }</span>
                </li>
            }
        </ul>
    }
}
