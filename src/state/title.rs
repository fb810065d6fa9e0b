//! The window's title.

use yew::prelude::*;

use crate::i18n::use_texts;
use crate::platform::page;

/// Names the window after the page.
#[hook]
pub(crate) fn use_title(title: impl Into<AttrValue>) {
    let texts = use_texts();
    use_effect_with((texts, title.into()), |(texts, title)| {
        page::set_title(&texts.window_title(title));
    });
}
