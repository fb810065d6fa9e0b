//! How far something is, as a thin bar. The words beside it say the same.

use stylist::yew::use_style;
use yew::prelude::*;

/// Properties of [`ProgressBar`].
#[derive(Properties, PartialEq)]
pub(crate) struct ProgressBarProps {
    /// 0 to 100.
    pub(crate) percent: u64,
    /// What it measures.
    pub(crate) label: AttrValue,
}

/// A progress bar.
#[component]
pub(crate) fn ProgressBar(props: &ProgressBarProps) -> Html {
    let style = use_style!(
        "
        height: 4px;
        border-radius: 2px;
        background: var(--hairline);
        overflow: hidden;
        .fill { height: 100%; background: var(--done); }
        "
    );
    let percent = props.percent.min(100);
    html! {
        <div
            class={style}
            role="progressbar"
            aria-label={props.label.clone()}
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow={percent.to_string()}
        >
            <div class="fill" style={format!("width:{percent}%")} />
        </div>
    }
}
