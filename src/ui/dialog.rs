//! A modal dialog: the browser's own, so that focus, Escape and the page behind are its concern.

use stylist::yew::use_style;
use yew::prelude::*;

use super::modal::use_modal;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// Its title.
    pub(crate) title: AttrValue,
    /// Its content and buttons.
    pub(crate) children: Html,
    /// Escape was pressed; `None`: it cannot be left that way.
    #[prop_or_default]
    pub(crate) on_cancel: Option<Callback<()>>,
}

/// A modal dialog, open as long as it is rendered.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let modal = use_modal(props.on_cancel.clone());
    let style = use_style!(
        "
        width: min(480px, calc(100vw - 32px));
        max-height: calc(100dvh - 32px);
        padding: 24px;
        border: 1px solid var(--hairline);
        border-radius: var(--radius-m);
        background: var(--surface);
        color: var(--ink);
        overflow: auto;
        &::backdrop { background: rgb(20 20 20 / 0.55); }
        & > * + * { margin-top: 16px; }
        .ways { display: flex; flex-wrap: wrap; gap: 12px; }
        "
    );
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog
            ref={modal.node}
            id={props.id}
            class={style}
            aria-labelledby={title_id.clone()}
            oncancel={modal.on_cancel}
            onclose={modal.on_close}
        >
            <h2 id={title_id}>{ &props.title }</h2>
            { props.children.clone() }
        </dialog>
    }
}
