//! To come.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct CertificatePageProps {
    pub(crate) id: String,
}

#[component]
pub(crate) fn CertificatePage(props: &CertificatePageProps) -> Html {
    html! { <p>{ &props.id }</p> }
}
