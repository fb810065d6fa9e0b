//! What stands on a page whose content did not come.

use yew::prelude::*;

use super::nav_link::NavLink;
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::state::remote::{Failure, advice};
use crate::ui::button::Weight;
use crate::ui::notice::Trouble;

/// Properties of [`PageTrouble`].
#[derive(Properties, PartialEq)]
pub(crate) struct PageTroubleProps {
    /// Why it did not come.
    pub(crate) failure: Failure,
    /// Asks for it again.
    pub(crate) again: Callback<()>,
}

/// The reason in words, another try, and the way to a page that is there.
#[component]
pub(crate) fn PageTrouble(props: &PageTroubleProps) -> Html {
    let texts = use_texts();
    html! {
        <Trouble advice={advice(texts, &props.failure)} retry={props.again.clone()}>
            <NavLink class={Weight::Quiet.classes()} to={Route::Home}>{ texts.back_home }</NavLink>
        </Trouble>
    }
}
