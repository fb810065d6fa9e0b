//! The player's buttons.

use contract::StudyPolicy;
use stylist::yew::use_style;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::i18n::use_texts;
use crate::state::video::{Playing, VideoHandle};
use crate::ui::icon::Icon;

/// Speeds on offer, in thousandths; a class may allow fewer.
const RATES: [u32; 5] = [750, 1000, 1250, 1500, 2000];

/// Properties of [`Controls`].
#[derive(Properties, PartialEq)]
pub(crate) struct ControlsProps {
    /// The video.
    pub(crate) video: VideoHandle,
    /// Its length.
    pub(crate) duration_ms: u64,
    /// The fastest speed that counts.
    pub(crate) policy: StudyPolicy,
    /// Whether there are captions.
    pub(crate) has_captions: bool,
}

/// Play, time, speed, captions, sound, full screen.
#[component]
pub(crate) fn Controls(props: &ControlsProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 4px;
        .tool { display: inline-flex; align-items: center; justify-content: center; min-width: 44px; min-height: 44px; padding: 0 10px; border: 0; border-radius: var(--radius-s); background: none; cursor: pointer; gap: 6px; }
        .tool:hover { background: var(--sunken); }
        .tool[aria-pressed='true'] { box-shadow: inset 0 -3px 0 var(--accent); }
        .time { padding: 0 8px; white-space: nowrap; }
        .rest { display: flex; align-items: center; gap: 4px; margin-left: auto; }
        select { min-height: 44px; padding: 0 4px; border: 1px solid transparent; border-radius: var(--radius-s); background: transparent; cursor: pointer; }
        select:hover { border-color: var(--edge); }
        .volume { width: 80px; accent-color: var(--accent); }
        .word { font-size: var(--text-s); }
        @media (max-width: 639px) {
            .volume, .word { display: none; }
            .rest { gap: 0; }
            .tool { padding: 0; }
            .time { padding: 0; }
        }
        "
    );
    let video = &props.video;
    let state = video.state;
    let act = |act: fn(&VideoHandle)| {
        let video = video.clone();
        Callback::from(move |_: MouseEvent| act(&video))
    };
    let playing = matches!(state.playing, Playing::Running | Playing::Stalled);
    let (play_icon, play) = if playing {
        ("pause", texts.pause)
    } else {
        ("play", texts.play)
    };
    let silent = state.volume_percent == 0;
    let (sound_icon, sound) = if silent {
        ("volume-x", texts.unmute)
    } else {
        ("volume-2", texts.mute)
    };
    let (screen_icon, screen) = if state.full_screen {
        ("minimize", texts.leave_full_screen)
    } else {
        ("maximize", texts.full_screen)
    };
    let onrate = {
        let video = video.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>()
                && let Ok(permille) = select.value().parse()
            {
                video.set_rate(permille);
            }
        })
    };
    let onvolume = {
        let video = video.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>()
                && let Ok(percent) = input.value().parse()
            {
                video.set_volume(percent);
            }
        })
    };
    html! {
        <div class={style}>
            <button type="button" class="tool" aria-label={play} title={play} onclick={act(VideoHandle::toggle)}>
                <Icon name={play_icon} />
            </button>
            <span class="time numbers small">
                { format!("{} / {}", texts.clock(state.position_ms), texts.clock(props.duration_ms)) }
            </span>
            <div class="rest">
                <label>
                    <span class="sr-only">{ texts.speed }</span>
                    <select class="numbers small" onchange={onrate} title={texts.speed}>
                        for rate in RATES.into_iter().filter(|r| *r <= props.policy.max_rate_permille) {
                            <option value={rate.to_string()} selected={rate == state.rate_permille}>
                                { texts.rate(rate) }
                            </option>
                        }
                    </select>
                </label>
                if props.has_captions {
                    <button
                        type="button"
                        class="tool"
                        aria-label={texts.captions}
                        title={if state.captions { texts.captions_off } else { texts.captions_on }}
                        aria-pressed={if state.captions { "true" } else { "false" }}
                        onclick={act(VideoHandle::toggle_captions)}
                    >
                        <Icon name="captions" />
                        <span class="word">{ texts.captions }</span>
                    </button>
                }
                <button type="button" class="tool" aria-label={sound} title={sound} onclick={act(VideoHandle::toggle_sound)}>
                    <Icon name={sound_icon} />
                </button>
                <input
                    class="volume"
                    type="range"
                    min="0"
                    max="100"
                    step="5"
                    value={state.volume_percent.to_string()}
                    aria-label={texts.volume}
                    oninput={onvolume}
                />
                <button type="button" class="tool" aria-label={screen} title={screen} onclick={act(VideoHandle::toggle_full_screen)}>
                    <Icon name={screen_icon} />
                </button>
            </div>
        </div>
    }
}
