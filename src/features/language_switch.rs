//! Changes the language: a button that names the other one.

use yew::prelude::*;

use crate::i18n::Language;
use crate::state::language::SetLanguage;

/// The switch.
#[component]
pub(crate) fn LanguageSwitch() -> Html {
    let current = use_context::<Language>().unwrap_or_default();
    let Some(SetLanguage(set)) = use_context::<SetLanguage>() else {
        return Html::default();
    };
    html! {
        for language in Language::ALL.into_iter().filter(|language| *language != current) {
            <button
                type="button"
                class="button button-quiet small"
                lang={language.tag()}
                onclick={set.reform(move |_| language)}
            >
                { language.own_name() }
            </button>
        }
    }
}
