//! A video and where it stands.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{Element, HtmlVideoElement};
use yew::prelude::*;

use super::connection::use_life;
use crate::platform::life::Life;
pub(crate) use crate::platform::media::Cue;
use crate::platform::media::{self, Video};
use crate::platform::preferences;

const CAPTIONS_KEY: &str = "captions";

/// What the video is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Playing {
    /// Not playing.
    Still,
    /// Playing.
    Running,
    /// Would play, and waits for data.
    Stalled,
    /// Cannot: the data did not come.
    Lost,
    /// Cannot: this browser does not play the format.
    Unsupported,
}

/// Where a video stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VideoState {
    pub(crate) playing: Playing,
    pub(crate) position_ms: u64,
    pub(crate) rate_permille: u32,
    pub(crate) volume_percent: u32,
    pub(crate) captions: bool,
    pub(crate) full_screen: bool,
}

/// A change of the state. Each names only what it knows, so that two events between two renders
/// do not undo each other.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    /// What the element itself says.
    Seen {
        position_ms: Option<u64>,
        rate_permille: u32,
        volume_percent: u32,
    },
    Playing(Playing),
    Position(u64),
    Captions(bool),
    FullScreen(bool),
}

impl Reducible for VideoState {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut state = *self;
        match change {
            Change::Seen {
                position_ms,
                rate_permille,
                volume_percent,
            } => {
                state.position_ms = position_ms.unwrap_or(state.position_ms);
                state.rate_permille = rate_permille;
                state.volume_percent = volume_percent;
            }
            Change::Playing(playing) => state.playing = playing,
            Change::Position(position_ms) => state.position_ms = position_ms,
            Change::Captions(captions) => state.captions = captions,
            Change::FullScreen(full_screen) => state.full_screen = full_screen,
        }
        if state == *self { self } else { Rc::new(state) }
    }
}

/// Something that happened to the video, with where it was. Of a video that does not know its media
/// nothing is told: it is nowhere yet, and has played nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// It plays from here.
    Playing {
        position_ms: u64,
        rate_permille: u32,
    },
    /// It has come this far.
    Progress { position_ms: u64 },
    /// It stopped here.
    Stopped { position_ms: u64 },
    /// It jumped here.
    Seeked { position_ms: u64 },
    /// It goes at another speed from here.
    RateChanged {
        position_ms: u64,
        rate_permille: u32,
    },
    /// The page is hidden or left.
    Leaving { position_ms: u64 },
}

/// A video of a component: where it stands, and what may be done with it.
#[derive(Clone, PartialEq)]
pub(crate) struct VideoHandle {
    /// For the `<video>` element.
    pub(crate) node: NodeRef,
    /// For the element that may fill the screen.
    pub(crate) screen: NodeRef,
    /// Where it stands.
    pub(crate) state: VideoState,
    /// Where to go as soon as the element knows its media.
    wanted: Rc<Cell<Option<u64>>>,
    set: UseReducerDispatcher<VideoState>,
    tell: Callback<Happening>,
}

impl VideoHandle {
    fn video(&self) -> Option<Video> {
        self.node.cast::<HtmlVideoElement>().map(Video::new)
    }

    /// Plays or pauses.
    pub(crate) fn toggle(&self) {
        if let Some(video) = self.video() {
            if video.plays() {
                video.pause();
            } else if video.failed() {
                self.load_anew(&video, true);
            } else {
                video.play();
            }
        }
    }

    /// Goes to a position. What was played until now is counted first.
    pub(crate) fn seek(&self, to_ms: u64) {
        let Some(video) = self.video() else { return };
        if let Some(position_ms) = video.position_ms() {
            self.tell.emit(Happening::Stopped { position_ms });
            video.seek(to_ms);
        } else {
            self.wanted.set(Some(to_ms));
        }
        self.set.dispatch(Change::Position(to_ms));
    }

    /// Whether this browser plays H.264 and AAC at all.
    pub(crate) fn plays_mp4(&self) -> bool {
        self.video().is_some_and(|video| video.plays_mp4())
    }

    /// Goes back or forth.
    pub(crate) fn skip(&self, by_ms: i64) {
        if let Some(video) = self.video()
            && let Some(position_ms) = video.position_ms()
        {
            let to = position_ms.saturating_add_signed(by_ms);
            self.seek(to.min(video.duration_ms()));
        }
    }

    /// Sets the speed, in thousandths.
    pub(crate) fn set_rate(&self, permille: u32) {
        if let Some(video) = self.video() {
            video.set_rate(permille);
        }
    }

    /// Sets the volume, 0 to 100.
    pub(crate) fn set_volume(&self, percent: u32) {
        if let Some(video) = self.video() {
            video.set_volume(percent);
        }
    }

    /// Switches the sound off or on.
    pub(crate) fn toggle_sound(&self) {
        if let Some(video) = self.video() {
            video.set_muted(video.volume_percent() > 0);
        }
    }

    /// Shows or hides the captions, and keeps the choice.
    pub(crate) fn toggle_captions(&self) {
        if let Some(video) = self.video() {
            let captions = !self.state.captions;
            video.show_captions(captions);
            preferences::write(CAPTIONS_KEY, if captions { "on" } else { "off" });
            self.set.dispatch(Change::Captions(captions));
        }
    }

    /// Fills the screen, or gives it back.
    pub(crate) fn toggle_full_screen(&self) {
        if let (Some(screen), Some(video)) = (self.screen.cast::<Element>(), self.video()) {
            media::toggle_full_screen(&screen, &video);
        }
    }

    /// Tries again after the data did not come, and goes on if it played.
    pub(crate) fn reload(&self) {
        if let Some(video) = self.video() {
            self.load_anew(&video, !video.paused());
        }
    }

    /// Loads the video anew, to go on where it is, or where it was to go.
    fn load_anew(&self, video: &Video, play: bool) {
        if let Some(position_ms) = video.position_ms() {
            self.wanted.set(Some(position_ms));
        }
        self.set.dispatch(Change::Playing(Playing::Still));
        video.load();
        if play {
            video.play();
        }
    }

    /// The captions, once they are loaded.
    pub(crate) fn cues(&self) -> Rc<[Cue]> {
        self.video()
            .map(|video| video.cues())
            .unwrap_or_default()
            .into()
    }

    /// A listener for one of the element's events. It tells nothing while that is nowhere yet.
    fn on(
        &self,
        playing: fn(&Video) -> Option<Playing>,
        happening: fn(&Video, u64) -> Option<Happening>,
    ) -> Callback<Event> {
        let (node, set, tell) = (self.node.clone(), self.set.clone(), self.tell.clone());
        Callback::from(move |_| {
            let Some(video) = node.cast::<HtmlVideoElement>().map(Video::new) else {
                return;
            };
            set.dispatch(Change::Seen {
                position_ms: video.position_ms(),
                rate_permille: video.rate_permille(),
                volume_percent: video.volume_percent(),
            });
            // An element that has given up still tells of pauses and jumps.
            if let Some(playing) = given_up(&video).or_else(|| playing(&video)) {
                set.dispatch(Change::Playing(playing));
            }
            let position_ms = video.position_ms();
            if let Some(happening) = position_ms.and_then(|at_ms| happening(&video, at_ms)) {
                tell.emit(happening);
            }
        })
    }

    /// The listeners of the `<video>` element.
    pub(crate) fn listeners(&self) -> Listeners {
        Listeners {
            loaded: {
                let (video, captions) = (self.clone(), self.state.captions);
                Callback::from(move |_| {
                    let Some(element) = video.video() else { return };
                    if let Some(position_ms) = video.wanted.take() {
                        element.seek(position_ms);
                    }
                    element.show_captions(captions);
                })
            },
            playing: self.on(|_| Some(Playing::Running), plays),
            progress: self.on(
                |_| None,
                |_, position_ms| Some(Happening::Progress { position_ms }),
            ),
            paused: self.on(|_| Some(Playing::Still), stops),
            waiting: self.on(|_| Some(Playing::Stalled), stops),
            // Some engines give no `playing` after a jump within what is loaded.
            seeked: self.on(
                |video| video.plays().then_some(Playing::Running),
                |video, position_ms| match video.plays() {
                    true => plays(video, position_ms),
                    false => Some(Happening::Seeked { position_ms }),
                },
            ),
            rate: self.on(
                |_| None,
                |video, position_ms| {
                    Some(Happening::RateChanged {
                        position_ms,
                        rate_permille: video.rate_permille(),
                    })
                },
            ),
            changed: self.on(|_| None, |_, _| None),
            failed: self.on(|_| None, stops),
        }
    }
}

fn given_up(video: &Video) -> Option<Playing> {
    video.failed().then(|| {
        if video.unsupported() {
            Playing::Unsupported
        } else {
            Playing::Lost
        }
    })
}

fn plays(video: &Video, position_ms: u64) -> Option<Happening> {
    Some(Happening::Playing {
        position_ms,
        rate_permille: video.rate_permille(),
    })
}

fn stops(_: &Video, position_ms: u64) -> Option<Happening> {
    Some(Happening::Stopped { position_ms })
}

fn leave(video: &Video, tell: &Callback<Happening>) {
    if let Some(position_ms) = video.position_ms() {
        tell.emit(Happening::Leaving { position_ms });
    }
}

/// Listeners for a `<video>` element.
pub(crate) struct Listeners {
    /// `loadedmetadata`
    pub(crate) loaded: Callback<Event>,
    /// `playing`
    pub(crate) playing: Callback<Event>,
    /// `timeupdate`
    pub(crate) progress: Callback<Event>,
    /// `pause`, `ended`
    pub(crate) paused: Callback<Event>,
    /// `waiting`
    pub(crate) waiting: Callback<Event>,
    /// `seeked`
    pub(crate) seeked: Callback<Event>,
    /// `ratechange`
    pub(crate) rate: Callback<Event>,
    /// `volumechange`
    pub(crate) changed: Callback<Event>,
    /// `error`
    pub(crate) failed: Callback<Event>,
}

/// A video that begins at `resume_ms`; `tell` hears what happens to it.
#[hook]
pub(crate) fn use_video(resume_ms: u64, tell: Callback<Happening>) -> VideoHandle {
    let (node, screen) = (use_node_ref(), use_node_ref());
    let state = use_reducer(|| VideoState {
        playing: Playing::Still,
        position_ms: resume_ms,
        rate_permille: 1000,
        volume_percent: 100,
        captions: preferences::read(CAPTIONS_KEY).is_none_or(|choice| choice == "on"),
        full_screen: false,
    });
    let wanted = use_memo((), |()| Cell::new((resume_ms > 0).then_some(resume_ms)));
    {
        let (node, tell) = (node.clone(), tell.clone());
        use_life(Callback::from(move |life| {
            if let (Life::Hidden, Some(element)) = (life, node.cast::<HtmlVideoElement>()) {
                leave(&Video::new(element), &tell);
            }
        }));
    }
    {
        // The element is held by hand: at the end of the component it is out of the document.
        let (node, tell) = (node.clone(), tell.clone());
        use_effect_with((), move |()| {
            let video = node.cast::<HtmlVideoElement>().map(Video::new);
            move || {
                if let Some(video) = video {
                    leave(&video, &tell);
                    video.pause();
                }
            }
        });
    }
    {
        let set = state.dispatcher();
        use_effect_with((), move |()| {
            let listener = media::on_full_screen(move |on| set.dispatch(Change::FullScreen(on)));
            move || drop(listener)
        });
    }
    VideoHandle {
        node,
        screen,
        state: *state,
        wanted,
        set: state.dispatcher(),
        tell,
    }
}
