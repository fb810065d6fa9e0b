//! The window's title, and where a page begins.

use yew::prelude::*;

use crate::i18n::use_texts;
use crate::platform::page;

/// A new page begins at its top, with the focus on the element of that id: what a fresh load does.
#[hook]
pub(crate) fn use_fresh_page(id: &'static str) {
    use_effect_with((), move |()| {
        page::focus(id);
        // Last, because the focus may scroll: to an element taller than the window, below the bar.
        page::scroll_to_top();
    });
}

/// Moves the focus to the element of that id.
pub(crate) fn focus(id: &str) {
    page::focus(id);
}

/// Names the window after the page.
#[hook]
pub(crate) fn use_title(title: impl Into<AttrValue>) {
    let texts = use_texts();
    use_effect_with((texts, title.into()), |(texts, title)| {
        page::set_title(&texts.window_title(title));
    });
}
