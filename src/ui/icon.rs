//! Icons, from the sprite of Lucide that the build puts into index.html (`styles/icons.txt`).
//! They stand beside a word or in a labelled button, so they are hidden from screen readers.

use yew::prelude::*;

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub(crate) struct IconProps {
    /// Lucide's name of it.
    pub(crate) name: &'static str,
}

/// An icon, one line of text high.
#[component]
pub(crate) fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <use href={format!("#icon-{}", props.name)} />
        </svg>
    }
}
