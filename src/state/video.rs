//! A video and where it stands.

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
        position_ms: u64,
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
                state.position_ms = position_ms;
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

/// Something that happened to the video, with where it was.
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
            if video.paused() {
                video.play();
            } else {
                video.pause();
            }
        }
    }

    /// Goes to a position. What was played until now is counted first.
    pub(crate) fn seek(&self, position_ms: u64) {
        if let Some(video) = self.video() {
            self.tell.emit(Happening::Stopped {
                position_ms: video.position_ms(),
            });
            video.seek(position_ms);
            self.set.dispatch(Change::Position(position_ms));
        }
    }

    /// Goes to where the person left off, before anything has played.
    pub(crate) fn begin_at(&self, position_ms: u64) {
        if let (Some(video), true) = (self.video(), position_ms > 0) {
            video.seek(position_ms);
        }
    }

    /// Whether this browser plays H.264 and AAC at all.
    pub(crate) fn plays_mp4(&self) -> bool {
        const MP4: &str = "video/mp4; codecs=\"avc1.42E01E, mp4a.40.2\"";
        self.video().is_some_and(|video| video.can_play(MP4))
    }

    /// Goes back or forth.
    pub(crate) fn skip(&self, by_ms: i64) {
        if let Some(video) = self.video() {
            let to = video.position_ms().saturating_add_signed(by_ms);
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

    /// Tries again after the data did not come.
    pub(crate) fn reload(&self) {
        if let Some(video) = self.video() {
            self.set.dispatch(Change::Playing(Playing::Still));
            video.reload();
        }
    }

    /// The captions, once they are loaded.
    pub(crate) fn cues(&self) -> Rc<[Cue]> {
        self.video()
            .map(|video| video.cues())
            .unwrap_or_default()
            .into()
    }

    /// Makes a listener for one of the element's events: what it makes of the playing, and what
    /// it tells.
    fn on(&self, hear: fn(&Video) -> (Option<Playing>, Option<Happening>)) -> Callback<Event> {
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
            let (playing, happening) = hear(&video);
            if let Some(playing) = playing {
                set.dispatch(Change::Playing(playing));
            }
            if let Some(happening) = happening {
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
                    if let Some(video) = video.video() {
                        video.show_captions(captions);
                    }
                })
            },
            playing: self.on(|video| (Some(Playing::Running), Some(plays(video)))),
            progress: self.on(|video| {
                (
                    None,
                    Some(Happening::Progress {
                        position_ms: video.position_ms(),
                    }),
                )
            }),
            paused: self.on(|video| (Some(Playing::Still), Some(stops(video)))),
            waiting: self.on(|video| (Some(Playing::Stalled), Some(stops(video)))),
            seeked: self.on(|video| {
                // Some engines give no `playing` after a jump within what is loaded.
                if video.paused() {
                    (
                        None,
                        Some(Happening::Seeked {
                            position_ms: video.position_ms(),
                        }),
                    )
                } else {
                    (Some(Playing::Running), Some(plays(video)))
                }
            }),
            rate: self.on(|video| {
                let (position_ms, rate_permille) = (video.position_ms(), video.rate_permille());
                (
                    None,
                    Some(Happening::RateChanged {
                        position_ms,
                        rate_permille,
                    }),
                )
            }),
            changed: self.on(|_| (None, None)),
            failed: self.on(|video| {
                let why = if video.unsupported() {
                    Playing::Unsupported
                } else {
                    Playing::Lost
                };
                (Some(why), Some(stops(video)))
            }),
        }
    }
}

fn plays(video: &Video) -> Happening {
    Happening::Playing {
        position_ms: video.position_ms(),
        rate_permille: video.rate_permille(),
    }
}

fn stops(video: &Video) -> Happening {
    Happening::Stopped {
        position_ms: video.position_ms(),
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
    {
        let (node, tell) = (node.clone(), tell.clone());
        use_life(Callback::from(move |life| {
            if let (Life::Hidden, Some(element)) = (life, node.cast::<HtmlVideoElement>()) {
                let position_ms = Video::new(element).position_ms();
                tell.emit(Happening::Leaving { position_ms });
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
                    let position_ms = video.position_ms();
                    tell.emit(Happening::Leaving { position_ms });
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
        set: state.dispatcher(),
        tell,
    }
}
