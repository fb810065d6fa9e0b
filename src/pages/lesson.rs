//! To come.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct LessonPageProps {
    pub(crate) id: String,
}

#[component]
pub(crate) fn LessonPage(props: &LessonPageProps) -> Html {
    html! { <p>{ &props.id }</p> }
}
