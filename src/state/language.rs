//! The language of the interface: the person's choice, else the browser's.

use yew::html::ChildrenProps;
use yew::prelude::*;

use crate::i18n::Language;
use crate::platform::{page, preferences};

const KEY: &str = "language";

/// Changes the language.
#[derive(Clone, PartialEq)]
pub(crate) struct SetLanguage(pub(crate) Callback<Language>);

/// Provides [`Language`] and [`SetLanguage`].
#[component]
pub(crate) fn LanguageProvider(props: &ChildrenProps) -> Html {
    let language = use_state(initial);
    use_effect_with(*language, |language| page::set_language(language.tag()));
    let set = {
        let setter = language.setter();
        use_callback((), move |language: Language, ()| {
            preferences::write(KEY, language.tag());
            setter.set(language);
        })
    };
    html! {
        <ContextProvider<Language> context={*language}>
            <ContextProvider<SetLanguage> context={SetLanguage(set)}>
                { props.children.clone() }
            </ContextProvider<SetLanguage>>
        </ContextProvider<Language>>
    }
}

fn initial() -> Language {
    match preferences::read(KEY) {
        Some(tag) => Language::choose(&[tag]),
        None => Language::choose(&preferences::languages()),
    }
}
