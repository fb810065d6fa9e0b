//! To come.

use yew::prelude::*;

#[component]
pub(crate) fn CertificatesPage() -> Html {
    Html::default()
}
