//! Plays a lesson and counts what is watched. View of `domain::watch`.

mod controls;
mod outline;
mod screen;
mod study;
mod study_state;
mod timeline;
mod transcript;

pub(crate) use outline::Outline;
pub(crate) use screen::Player;
use study::{Study, use_study};
