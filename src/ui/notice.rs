//! What stands in the place of content: loading, nothing there, gone wrong.

use stylist::yew::use_style;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::button::{Button, Weight};
use crate::i18n::{Advice, use_texts};

/// A page's skeleton while it loads.
#[component]
pub(crate) fn Loading() -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        gap: 16px;
        .skeleton:nth-child(2) { width: 60%; height: 2.4rem; }
        .skeleton:nth-child(3) { height: 6rem; }
        .skeleton:nth-child(4) { height: 12rem; }
        "
    );
    html! {
        <div class={style}>
            <p class="sr-only">{ texts.loading }</p>
            <div class="skeleton" />
            <div class="skeleton" />
            <div class="skeleton" />
        </div>
    }
}

/// Properties of [`Empty`].
#[derive(Properties, PartialEq)]
pub(crate) struct EmptyProps {
    /// What is not there.
    pub(crate) title: AttrValue,
    /// How it comes to be there.
    pub(crate) text: AttrValue,
    /// What to do, if anything.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// Nothing there yet.
#[component]
pub(crate) fn Empty(props: &EmptyProps) -> Html {
    let style = use_style!(
        "
        display: grid;
        justify-items: start;
        gap: 12px;
        padding: 32px 0;
        max-width: 36em;
        "
    );
    html! {
        <section class={style}>
            <h2>{ &props.title }</h2>
            <p class="soft">{ &props.text }</p>
            { props.children.clone() }
        </section>
    }
}

/// Properties of [`Trouble`].
#[derive(Properties, PartialEq)]
pub(crate) struct TroubleProps {
    /// What happened, and what to do.
    pub(crate) advice: Advice,
    /// Trying again, where that may help.
    #[prop_or_default]
    pub(crate) retry: Option<Callback<()>>,
    /// Another way on.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// Something went wrong.
#[component]
pub(crate) fn Trouble(props: &TroubleProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        justify-items: start;
        gap: 12px;
        padding: 16px 16px 16px 20px;
        border-left: 4px solid var(--caution);
        background: var(--caution-ground);
        border-radius: var(--radius-s);
        max-width: 40em;
        .title { font-weight: 600; }
        .ways { display: flex; flex-wrap: wrap; gap: 12px; }
        "
    );
    let node = use_node_ref();
    let retry = props.retry.clone().map(|retry| {
        let node = node.clone();
        Callback::from(move |()| {
            // The button is about to go: the focus waits where the content will be.
            let element = node.cast::<HtmlElement>();
            let main = element.and_then(|element| element.closest("main").ok()?);
            if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
                let _ = main.focus();
            }
            retry.emit(());
        })
    });
    html! {
        <div class={style} role="alert" ref={node}>
            <p class="title">{ props.advice.title }</p>
            <p>{ &props.advice.text }</p>
            <div class="ways">
                if let Some(retry) = retry {
                    <Button onclick={retry} weight={Weight::Plain}>{ texts.retry }</Button>
                }
                { props.children.clone() }
            </div>
        </div>
    }
}
