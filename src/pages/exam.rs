//! To come.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ExamPageProps {
    pub(crate) id: String,
}

#[component]
pub(crate) fn ExamPage(props: &ExamPageProps) -> Html {
    html! { <p>{ &props.id }</p> }
}
