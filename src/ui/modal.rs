//! What makes a `<dialog>` modal as long as it is rendered.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// The `ref` for a `<dialog>` that opens over the page when it is rendered first.
#[hook]
pub(crate) fn use_modal() -> NodeRef {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let dialog = node.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    node
}

/// For `oncancel`: Escape is told on, but whether the dialog closes is decided by who renders it.
pub(crate) fn cancel(on_cancel: Option<Callback<()>>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        event.prevent_default();
        if let Some(on_cancel) = &on_cancel {
            on_cancel.emit(());
        }
    })
}
