//! No such page.

use yew::prelude::*;

use super::frame::Frame;
use super::nav_link::NavLink;
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::ui::button::Weight;
use crate::ui::notice::Empty;

/// The page for an address that leads nowhere.
#[component]
pub(crate) fn NotFoundPage() -> Html {
    let texts = use_texts();
    html! {
        <Frame title={texts.not_found_title}>
            <h1 class="sr-only">{ texts.not_found_title }</h1>
            <Empty title={texts.not_found_title} text={texts.not_found_text}>
                <NavLink class={Weight::Primary.classes()} to={Route::Home}>{ texts.back_home }</NavLink>
            </Empty>
        </Frame>
    }
}
