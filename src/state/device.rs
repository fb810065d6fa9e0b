//! What a machine's shell needs of the device: its clocks, fresh keys, a word before it is left.

pub(crate) use crate::platform::clock::monotonic_ms;
pub(crate) use crate::platform::random::idempotency_key;

use contract::Timestamp;
use gloo::events::EventListener;
use yew::prelude::*;

use crate::i18n::Texts;
use crate::platform::{clock, page};

/// A time in words, where the device is.
pub(crate) fn local_time(texts: &Texts, at: Timestamp) -> String {
    clock::local_time(at.0, texts.language.tag())
}

/// While `ask`, the browser asks before the page is left.
#[hook]
pub(crate) fn use_ask_before_leaving(ask: bool) {
    use_effect_with(ask, |ask| {
        let listener: Option<EventListener> = ask.then(page::ask_before_leaving);
        move || drop(listener)
    });
}
