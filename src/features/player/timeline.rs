//! The seek bar, over a strip that shows which parts were watched.

use std::rc::Rc;

use contract::Lesson;
use domain::Intervals;
use stylist::yew::use_style;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::i18n::use_texts;

/// Properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub(crate) struct TimelineProps {
    /// The lesson.
    pub(crate) lesson: Rc<Lesson>,
    /// Where the video is.
    pub(crate) position_ms: u64,
    /// What is watched.
    pub(crate) covered: Intervals,
    /// The person wants to go there.
    pub(crate) on_seek: Callback<u64>,
}

/// The seek bar.
#[component]
pub(crate) fn Timeline(props: &TimelineProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        position: relative;
        height: 32px;
        .strip { position: absolute; left: 0; right: 0; top: 20px; height: 4px; border-radius: 2px; background: var(--hairline); overflow: hidden; }
        .part { position: absolute; top: 0; bottom: 0; background: var(--done); }
        .chapter { position: absolute; top: 0; bottom: 0; width: 2px; background: var(--surface); }
        input { position: absolute; inset: 0; width: 100%; height: 32px; margin: 0; accent-color: var(--accent); cursor: pointer; }
        input { appearance: none; background: transparent; }
        input::-webkit-slider-runnable-track { height: 4px; margin-top: 0; background: transparent; }
        input::-moz-range-track { height: 4px; background: transparent; }
        input::-webkit-slider-thumb { appearance: none; width: 16px; height: 16px; margin-top: 0; border: 2px solid var(--surface); border-radius: 50%; background: var(--accent); transform: translateY(0); }
        input::-moz-range-thumb { width: 12px; height: 12px; border: 2px solid var(--surface); border-radius: 50%; background: var(--accent); }
        "
    );
    let duration_ms = props.lesson.duration_ms.max(1);
    let place = |ms: u64| {
        let permyriad = ms.min(duration_ms) * 10_000 / duration_ms;
        format!("{}.{:02}%", permyriad / 100, permyriad % 100)
    };
    let on_seek = props.on_seek.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>()
            && let Ok(position_ms) = input.value().parse()
        {
            on_seek.emit(position_ms);
        }
    });
    html! {
        <div class={style}>
            <div class="strip" aria-hidden="true">
                for part in props.covered.as_slice() {
                    <span
                        class="part"
                        style={format!("left:{};width:{}", place(part.start_ms), place(part.end_ms - part.start_ms))}
                    />
                }
                for chapter in props.lesson.chapters.iter().filter(|c| c.start_ms > 0) {
                    <span class="chapter" style={format!("left:{}", place(chapter.start_ms))} />
                }
            </div>
            <input
                type="range"
                min="0"
                max={duration_ms.to_string()}
                step="1000"
                value={props.position_ms.to_string()}
                aria-label={texts.seek_bar}
                aria-valuetext={texts.position(&texts.clock(props.position_ms), &texts.clock(duration_ms))}
                {oninput}
            />
        </div>
    }
}
