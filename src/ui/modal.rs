//! What makes a `<dialog>` modal as long as it is rendered.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a modal `<dialog>` takes.
pub(crate) struct Modal {
    /// Its `ref`. It opens over the page when it is rendered first.
    pub(crate) node: NodeRef,
    /// Its `oncancel`: Escape is told on, but whether it closes is decided by who renders it.
    pub(crate) on_cancel: Callback<Event>,
    /// Its `onclose`: browsers close a dialog at the second Escape, or Android's second "back",
    /// whatever was said at the first. One that cannot be left opens again.
    pub(crate) on_close: Callback<Event>,
}

/// A modal dialog; `leave` is told when the person wants out, `None`: there is no way out.
#[hook]
pub(crate) fn use_modal(leave: Option<Callback<()>>) -> Modal {
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
    let on_cancel = {
        let leave = leave.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            if let Some(leave) = &leave {
                leave.emit(());
            }
        })
    };
    let on_close = {
        let node = node.clone();
        Callback::from(move |_| match &leave {
            Some(leave) => leave.emit(()),
            None => {
                if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                    let _ = dialog.show_modal();
                }
            }
        })
    };
    Modal {
        node,
        on_cancel,
        on_close,
    }
}
