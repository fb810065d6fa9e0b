//! A video element, in the units of the app: integer milliseconds and thousandths.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlMediaElement, HtmlVideoElement, TextTrack, TextTrackMode, VttCue};

/// A caption: what is said, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) start_ms: u64,
    pub(crate) end_ms: u64,
    pub(crate) text: String,
}

/// A video element.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Video(HtmlVideoElement);

impl Video {
    /// Takes hold of an element.
    pub(crate) fn new(element: HtmlVideoElement) -> Self {
        Self(element)
    }

    /// Where it is; `None` until it knows its media, when the element says 0 whatever is to come.
    pub(crate) fn position_ms(&self) -> Option<u64> {
        (self.0.ready_state() > HtmlMediaElement::HAVE_NOTHING)
            .then(|| to_ms(self.0.current_time()))
    }

    /// 0 until it is known.
    pub(crate) fn duration_ms(&self) -> u64 {
        to_ms(self.0.duration())
    }

    pub(crate) fn paused(&self) -> bool {
        self.0.paused()
    }

    pub(crate) fn rate_permille(&self) -> u32 {
        u32::try_from(to_ms(self.0.playback_rate())).unwrap_or(u32::MAX)
    }

    /// 0 to 100; 0 also when muted.
    pub(crate) fn volume_percent(&self) -> u32 {
        if self.0.muted() {
            0
        } else {
            u32::try_from(to_ms(self.0.volume()) / 10).unwrap_or(100)
        }
    }

    /// Whether it plays, or would if it had the data.
    pub(crate) fn plays(&self) -> bool {
        !self.paused() && !self.failed()
    }

    /// Whether it has given up: it plays again only after [`Self::load`].
    pub(crate) fn failed(&self) -> bool {
        self.0.error().is_some()
    }

    /// Why it has given up, if it has: `true` if the format is the reason.
    pub(crate) fn unsupported(&self) -> bool {
        const MEDIA_ERR_SRC_NOT_SUPPORTED: u16 = 4;
        self.0
            .error()
            .is_some_and(|error| error.code() == MEDIA_ERR_SRC_NOT_SUPPORTED)
    }

    /// Whether this browser plays H.264 and AAC at all.
    pub(crate) fn plays_mp4(&self) -> bool {
        const MP4: &str = "video/mp4; codecs=\"avc1.42E01E, mp4a.40.2\"";
        !self.0.can_play_type(MP4).is_empty()
    }

    /// Begins to play. A refusal shows as the `pause` that follows.
    pub(crate) fn play(&self) {
        if let Ok(promise) = self.0.play() {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
            });
        }
    }

    pub(crate) fn pause(&self) {
        let _ = self.0.pause();
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "media is far shorter than 2^52 ms"
    )]
    pub(crate) fn seek(&self, position_ms: u64) {
        self.0.set_current_time(position_ms as f64 / 1000.0);
    }

    pub(crate) fn set_rate(&self, permille: u32) {
        let rate = f64::from(permille) / 1000.0;
        self.0.set_playback_rate(rate);
        self.0.set_default_playback_rate(rate); // for when it is loaded anew
    }

    pub(crate) fn set_volume(&self, percent: u32) {
        self.0.set_volume(f64::from(percent.min(100)) / 100.0);
        self.0.set_muted(percent == 0);
    }

    pub(crate) fn set_muted(&self, muted: bool) {
        self.0.set_muted(muted);
    }

    /// Shows or hides the captions. Hidden ones are still loaded, for the transcript.
    pub(crate) fn show_captions(&self, shown: bool) {
        if let Some(track) = self.track() {
            track.set_mode(if shown {
                TextTrackMode::Showing
            } else {
                TextTrackMode::Hidden
            });
        }
    }

    /// The captions, once the browser has loaded them.
    pub(crate) fn cues(&self) -> Vec<Cue> {
        let Some(cues) = self.track().and_then(|track| track.cues()) else {
            return Vec::new();
        };
        (0..cues.length())
            .filter_map(|i| {
                let cue: VttCue = cues.get(i)?.dyn_into().ok()?;
                Some(Cue {
                    start_ms: to_ms(cue.start_time()),
                    end_ms: to_ms(cue.end_time()),
                    text: cue.text().replace('\n', ""),
                })
            })
            .collect()
    }

    /// Loads the video anew, as after a lost link. It then stands at its beginning, and does not
    /// play.
    pub(crate) fn load(&self) {
        self.0.load();
    }

    fn track(&self) -> Option<TextTrack> {
        self.0.text_tracks()?.get(0)
    }
}

/// Tells, until the listener is dropped, when something begins or ceases to fill the screen.
pub(crate) fn on_full_screen(tell: impl Fn(bool) + 'static) -> EventListener {
    EventListener::new(
        &document(),
        "fullscreenchange",
        move |_| tell(full_screen()),
    )
}

fn full_screen() -> bool {
    document().fullscreen_element().is_some()
}

/// Lets an element fill the screen, or gives the screen back. Engines that know no full screen
/// for elements (iPhones) let the video do it.
pub(crate) fn toggle_full_screen(element: &Element, video: &Video) {
    if full_screen() {
        document().exit_fullscreen();
        return;
    }
    if has_method(element, "requestFullscreen") {
        let _ = element.request_fullscreen();
    } else {
        let name = JsValue::from_str("webkitEnterFullscreen");
        let enter = js_sys::Reflect::get(&video.0, &name).ok();
        if let Some(enter) = enter.and_then(|f| f.dyn_into::<js_sys::Function>().ok()) {
            let _ = enter.call0(&video.0);
        }
    }
}

fn has_method(target: &JsValue, name: &str) -> bool {
    js_sys::Reflect::get(target, &JsValue::from_str(name)).is_ok_and(|f| f.is_function())
}

/// Thousandths of a unit; nothing for what is not a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped; NaN becomes 0"
)]
fn to_ms(seconds: f64) -> u64 {
    (seconds * 1000.0).round().max(0.0) as u64
}
