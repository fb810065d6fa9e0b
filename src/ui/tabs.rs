//! Tabs, by the ARIA pattern: arrows move, one is in the tab order.

use stylist::yew::use_style;
use web_sys::HtmlElement;
use yew::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tab {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// Its words.
    pub(crate) label: AttrValue,
    /// What it shows.
    pub(crate) content: Html,
}

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub(crate) struct TabsProps {
    /// The tabs, in order; at least one.
    pub(crate) tabs: Vec<Tab>,
    /// What they are together.
    pub(crate) label: AttrValue,
}

/// A row of tabs and the content of the chosen one.
#[component]
pub(crate) fn Tabs(props: &TabsProps) -> Html {
    let chosen = use_state(|| 0_usize);
    let style = use_style!(
        "
        .row { display: flex; gap: 4px; border-bottom: 1px solid var(--hairline); }
        .row button {
            min-height: 48px;
            padding: 8px 16px;
            white-space: nowrap;
            border: 0;
            border-bottom: 3px solid transparent;
            background: none;
            color: var(--ink-soft);
            cursor: pointer;
        }
        .row button[aria-selected='true'] { border-bottom-color: var(--accent); color: var(--ink); font-weight: 600; }
        .panel-of-tab { padding: 16px 0; }
        "
    );
    let count = props.tabs.len();
    let current = (*chosen).min(count.saturating_sub(1));
    let onkeydown = {
        let chosen = chosen.clone();
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (current + 1) % count,
                "ArrowLeft" => (current + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            chosen.set(next);
            let row = event.current_target().and_then(|row| {
                use wasm_bindgen::JsCast;
                row.dyn_into::<HtmlElement>().ok()
            });
            let tab = row.and_then(|row| row.children().item(u32::try_from(next).ok()?));
            if let Some(tab) = tab {
                use wasm_bindgen::JsCast;
                if let Ok(tab) = tab.dyn_into::<HtmlElement>() {
                    let _ = tab.focus();
                }
            }
        })
    };
    html! {
        <div class={style}>
            <div class="row" role="tablist" aria-label={props.label.clone()} {onkeydown}>
                for (i, tab) in props.tabs.iter().enumerate() {
                    <button
                        key={tab.id}
                        type="button"
                        role="tab"
                        id={format!("tab-{}", tab.id)}
                        aria-selected={if i == current { "true" } else { "false" }}
                        aria-controls={format!("panel-{}", tab.id)}
                        tabindex={if i == current { "0" } else { "-1" }}
                        onclick={{
                            let chosen = chosen.clone();
                            move |_| chosen.set(i)
                        }}
                    >
                        { &tab.label }
                    </button>
                }
            </div>
            for (i, tab) in props.tabs.iter().enumerate() {
                <div
                    key={tab.id}
                    class="panel-of-tab"
                    role="tabpanel"
                    id={format!("panel-{}", tab.id)}
                    aria-labelledby={format!("tab-{}", tab.id)}
                    hidden={i != current}
                    tabindex="0"
                >
                    { tab.content.clone() }
                </div>
            }
        </div>
    }
}
