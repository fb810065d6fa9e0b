//! To come.

use yew::prelude::*;

#[component]
pub(crate) fn MePage() -> Html {
    Html::default()
}
