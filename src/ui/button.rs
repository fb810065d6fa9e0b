//! Buttons.

use yew::prelude::*;

/// How much a button asks for attention. One primary a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The one next step.
    Primary,
    /// Anything else.
    #[default]
    Plain,
    /// Beside text.
    Quiet,
}

impl Weight {
    /// The classes of a button or of a link that looks like one.
    pub(crate) const fn classes(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    /// What it does.
    pub(crate) onclick: Callback<()>,
    /// Its words, perhaps with an icon.
    pub(crate) children: Html,
    /// How much it asks for attention.
    #[prop_or_default]
    pub(crate) weight: Weight,
    /// It submits its form instead of calling `onclick`.
    #[prop_or_default]
    pub(crate) submit: bool,
    /// Its work is under way: it keeps the focus and does nothing.
    #[prop_or_default]
    pub(crate) busy: bool,
    /// There is nothing for it to do.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// `aria-pressed`, for what is on or off.
    #[prop_or_default]
    pub(crate) pressed: Option<bool>,
}

/// A button.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    let idle = !props.busy && !props.disabled;
    let onclick = props.onclick.clone();
    html! {
        <button
            type={if props.submit { "submit" } else { "button" }}
            class={props.weight.classes()}
            aria-disabled={(!idle).then_some("true")}
            aria-busy={props.busy.then_some("true")}
            aria-pressed={props.pressed.map(|on| if on { "true" } else { "false" })}
            onclick={Callback::from(move |event: MouseEvent| {
                if idle {
                    onclick.emit(());
                } else {
                    event.prevent_default();
                }
            })}
        >
            { props.children.clone() }
        </button>
    }
}
