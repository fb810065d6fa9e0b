//! A sheet that comes from below, over a phone's page: a modal dialog at the lower edge.

use stylist::yew::use_style;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icon::Icon;
use super::modal::use_modal;
use crate::i18n::use_texts;

/// Properties of [`Sheet`].
#[derive(Properties, PartialEq)]
pub(crate) struct SheetProps {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// Its title.
    pub(crate) title: AttrValue,
    /// Its content.
    pub(crate) children: Html,
    /// It is to be closed: by its button, by Escape, or by a tap beside it.
    pub(crate) on_close: Callback<()>,
}

/// A sheet, open as long as it is rendered.
#[component]
pub(crate) fn Sheet(props: &SheetProps) -> Html {
    let texts = use_texts();
    let modal = use_modal(Some(props.on_close.clone()));
    let style = use_style!(
        "
        width: 100%;
        max-width: 640px;
        max-height: min(85vh, 100% - 48px);
        margin: auto auto 0;
        padding: 0;
        border: 1px solid var(--hairline);
        border-bottom: 0;
        border-radius: var(--radius-m) var(--radius-m) 0 0;
        background: var(--surface);
        color: var(--ink);
        overflow: auto;
        overscroll-behavior: contain;
        &::backdrop { background: rgb(20 20 20 / 0.55); }
        .inside { padding: 0 16px calc(24px + env(safe-area-inset-bottom)); }
        .head {
            position: sticky;
            top: 0;
            z-index: 1;
            display: flex;
            align-items: center;
            justify-content: space-between;
            margin: 0 -16px 8px;
            padding: 8px 8px 8px 16px;
            border-bottom: 1px solid var(--hairline);
            background: var(--surface);
        }
        .head h2 { font-size: var(--text-l); }
        "
    );
    let title_id = format!("{}-title", props.id);
    let close = props.on_close.clone();
    let beside = props.on_close.clone();
    html! {
        <dialog
            ref={modal.node}
            id={props.id}
            class={style}
            aria-labelledby={title_id.clone()}
            oncancel={modal.on_cancel}
            onclose={modal.on_close}
            onclick={Callback::from(move |event: MouseEvent| {
                // Beside the sheet is its backdrop, which is the dialog element itself.
                let on_backdrop = event
                    .target()
                    .is_some_and(|target| target.has_type::<HtmlDialogElement>());
                if on_backdrop {
                    beside.emit(());
                }
            })}
        >
            <div class="inside">
                <div class="head">
                    <h2 id={title_id}>{ &props.title }</h2>
                    <button
                        type="button"
                        class="button button-quiet"
                        onclick={Callback::from(move |_| close.emit(()))}
                    >
                        <Icon name="x" />
                        { texts.close }
                    </button>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
