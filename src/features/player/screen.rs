//! The video with its controls and keys.

use std::rc::Rc;

use domain::Intervals;
use stylist::yew::use_style;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::controls::Controls;
use super::study_state::{StudyState, saved};
use super::timeline::Timeline;
use super::transcript::{Sidebar, TranscriptState};
use super::use_study;
use crate::i18n::{Advice, use_texts};
use crate::state::remote::media_url;
use crate::state::since::Since;
use crate::state::video::{Playing, VideoHandle, use_video};
use crate::ui::notice::Trouble;

/// Properties of [`Player`].
#[derive(Properties, PartialEq)]
pub(crate) struct PlayerProps {
    /// The lesson, as just read from the server.
    pub(crate) lesson: Rc<contract::Lesson>,
    /// What was delivered since it was asked for.
    pub(crate) since: Rc<Since>,
    /// Its title, above the video; below it on a phone.
    pub(crate) head: Html,
    /// The server has just said that it counts as studied.
    pub(crate) on_complete: Callback<()>,
    /// What stands below once the lesson counts as studied.
    pub(crate) when_complete: Html,
}

/// Plays a lesson, counts it, and shows what goes with it.
#[component]
pub(crate) fn Player(props: &PlayerProps) -> Html {
    let texts = use_texts();
    let lesson = &props.lesson;
    let study = use_study(lesson, &props.since);
    let cues = use_state(|| TranscriptState::Loading);
    let tell = {
        let study = study.clone();
        Callback::from(move |happening| study.hear(happening))
    };
    let resume_ms = study.watch.read().resume_at();
    let video = use_video(resume_ms, tell);
    let style = use_style!(
        "
        display: flex;
        flex-direction: column;
        .screen { background: var(--surface); border: 1px solid var(--hairline); border-radius: var(--radius-m); overflow: hidden; }
        .stage { position: relative; background: #000; aspect-ratio: 16 / 9; }
        .frame { width: 100%; height: 100%; }
        video { display: block; width: 100%; height: 100%; }
        .over { position: absolute; inset: 0; display: grid; place-items: center; padding: 16px; pointer-events: none; }
        .over > * { pointer-events: auto; }
        .over.still { place-items: end; }
        .big { width: 64px; height: 64px; border: 0; border-radius: 50%; background: rgb(20 20 20 / 0.72); color: #fff; font-size: 1.6rem; cursor: pointer; }
        .stalled { padding: 4px 12px; border-radius: var(--radius-s); background: rgb(20 20 20 / 0.72); color: #fff; }
        .bar { padding: 4px 12px 8px; }
        .below { padding: 12px 0 0; }
        .keys { margin-top: 12px; color: var(--ink-soft); font-size: var(--text-s); }
        .screen:fullscreen { display: flex; flex-direction: column; border: 0; border-radius: 0; }
        .screen:fullscreen .stage { flex: 1; min-height: 0; aspect-ratio: auto; }
        @media (max-width: 639px) {
            .screen { margin-inline: -16px; border-width: 0 0 1px; border-radius: 0; }
            .keys { display: none; }
            .screen { order: -1; }
        }
        "
    );
    let covered: Intervals = study.watch.read().covered();
    let covered_ms = covered.total_ms();
    let complete = study.watch.read().completion() != contract::Completion::Open;
    let was_complete = use_state(|| complete);
    use_effect_with(
        (complete, props.on_complete.clone()),
        move |(complete, tell)| {
            if *complete && !*was_complete {
                was_complete.set(true);
                tell.emit(());
            }
        },
    );
    let caption = lesson.captions.first();
    let on = video.listeners();
    let oncues = {
        let (video, cues) = (video.clone(), cues.clone());
        Callback::from(move |_: Event| cues.set(TranscriptState::Ready(video.cues())))
    };
    let onnocues = {
        let cues = cues.clone();
        Callback::from(move |_: Event| cues.set(TranscriptState::Failed))
    };
    let transcript = if caption.is_some() {
        (*cues).clone()
    } else {
        TranscriptState::None
    };
    let seek = {
        let video = video.clone();
        Callback::from(move |ms| video.seek(ms))
    };
    let toggle = {
        let video = video.clone();
        Callback::from(move |_: MouseEvent| video.toggle())
    };
    html! {
        <div class={style}>
            { props.head.clone() }
            <section
                ref={video.screen.clone()}
                class="screen"
                aria-label={texts.player_label}
                onkeydown={keys(&video)}
            >
                <div class="stage">
                    // The video has a parent of its own with nothing else in it: a sibling that
                    // comes or goes would make Yew replace it in the middle of playing.
                    <div class="frame">
                        <video
                            ref={video.node.clone()}
                            src={media_url(&lesson.video_url)}
                            poster={lesson.poster_url.as_deref().map(media_url)}
                            preload="metadata"
                            playsinline=true
                            onclick={toggle.clone()}
                            onloadedmetadata={on.loaded}
                            onplaying={on.playing}
                            ontimeupdate={on.progress}
                            onpause={on.paused.clone()}
                            onended={on.paused}
                            onwaiting={on.waiting}
                            onseeked={on.seeked}
                            onratechange={on.rate}
                            onvolumechange={on.changed}
                            onerror={on.failed}
                        >
                            if let Some(caption) = caption {
                                <track
                                    kind="captions"
                                    src={media_url(&caption.url)}
                                    srclang={caption.language.clone()}
                                    label={caption.label.clone()}
                                    onload={oncues}
                                    onerror={onnocues}
                                />
                            }
                        </video>
                    </div>
                    <div class={if video.state.playing == Playing::Still { "over still" } else { "over" }}>{ overlay(texts, &video, toggle) }</div>
                </div>
                <div class="bar">
                    <Timeline
                        lesson={lesson.clone()}
                        position_ms={video.state.position_ms}
                        {covered}
                        on_seek={seek.clone()}
                    />
                    <Controls
                        video={video.clone()}
                        duration_ms={lesson.duration_ms}
                        policy={lesson.policy}
                        has_captions={caption.is_some()}
                    />
                </div>
            </section>
            <div class="below">
                <StudyState saved={saved(texts, &study)} study={study.clone()} {covered_ms} />
                if complete {
                    { props.when_complete.clone() }
                }
                <Sidebar
                    lesson={lesson.clone()}
                    {transcript}
                    position_ms={video.state.position_ms}
                    on_seek={seek}
                />
                <p class="keys">{ texts.keys_hint }</p>
            </div>
        </div>
    }
}

/// What stands over the picture: the way to begin, or why it does not go on.
fn overlay(
    texts: &'static crate::i18n::Texts,
    video: &VideoHandle,
    toggle: Callback<MouseEvent>,
) -> Html {
    match video.state.playing {
        Playing::Running => Html::default(),
        Playing::Still => html! {
            <button type="button" class="big" tabindex="-1" aria-hidden="true" onclick={toggle}>
                <crate::ui::icon::Icon name="play" />
            </button>
        },
        Playing::Stalled => html! { <p class="stalled" role="status">{ texts.buffering }</p> },
        Playing::Lost | Playing::Unsupported => {
            let unsupported = video.state.playing == Playing::Unsupported && !video.plays_mp4();
            let (title, text) = if unsupported {
                (texts.video_unsupported_title, texts.video_unsupported)
            } else {
                (texts.video_failed_title, texts.video_failed_text)
            };
            let text = text.to_owned();
            let retry = (!unsupported).then(|| {
                let video = video.clone();
                Callback::from(move |()| video.reload())
            });
            html! { <Trouble advice={Advice { title, text }} {retry} /> }
        }
    }
}

/// Keys work while the focus is in the player, and leave each control its own.
fn keys(video: &VideoHandle) -> Callback<KeyboardEvent> {
    let video = video.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is = |selector| {
            let target = target.as_ref();
            target.is_some_and(|element| element.matches(selector).unwrap_or(false))
        };
        let own = is("select, .volume");
        match event.key().as_str() {
            " " if is("button, select") => return,
            " " | "k" => video.toggle(),
            "ArrowLeft" if !own => video.skip(-5000),
            "ArrowRight" if !own => video.skip(5000),
            "ArrowUp" if !own => video.set_volume(video.state.volume_percent + 10),
            "ArrowDown" if !own => video.set_volume(video.state.volume_percent.saturating_sub(10)),
            "m" => video.toggle_sound(),
            "c" => video.toggle_captions(),
            "f" => video.toggle_full_screen(),
            _ => return,
        }
        event.prevent_default();
    })
}
