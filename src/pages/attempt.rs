//! To come.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct AttemptPageProps {
    pub(crate) id: String,
}

#[component]
pub(crate) fn AttemptPage(props: &AttemptPageProps) -> Html {
    html! { <p>{ &props.id }</p> }
}
