//! Pairs of a name and a value: a small table of records.

use stylist::yew::use_style;
use yew::prelude::*;

/// Properties of [`Facts`].
#[derive(Properties, PartialEq)]
pub(crate) struct FactsProps {
    /// Name and value, in order.
    pub(crate) rows: Vec<(AttrValue, AttrValue)>,
}

/// A list of facts.
#[component]
pub(crate) fn Facts(props: &FactsProps) -> Html {
    let style = use_style!(
        "
        display: grid;
        border-top: 1px solid var(--hairline);
        .row {
            display: grid;
            grid-template-columns: minmax(5em, 8em) 1fr;
            gap: 16px;
            padding: 10px 0;
            border-bottom: 1px solid var(--hairline);
        }
        dt { color: var(--ink-soft); }
        @media (max-width: 639px) {
            .row { grid-template-columns: 5.5em 1fr; gap: 12px; }
        }
        "
    );
    html! {
        <dl class={style}>
            for (name, value) in &props.rows {
                <div class="row">
                    <dt>{ name }</dt>
                    <dd class="numbers">{ value }</dd>
                </div>
            }
        </dl>
    }
}
