//! Every word that people read, in zh-CN and in English. Nothing else holds text.
//!
//! `texts.rs` is the table of fixed texts, both languages side by side, so that neither can lack
//! one. `phrases.rs` holds what has numbers or names in it (`exam.rs` those of the exam),
//! `errors.rs` what goes wrong.

mod errors;
mod exam;
mod phrases;
mod texts;

use yew::prelude::*;

pub(crate) use errors::Advice;
pub(crate) use texts::{EN, Texts, ZH_CN};

/// BCP 47 tag of what classes bring: the contract has no language of content, and the network has
/// one. A voice that reads an English page must know it.
pub(crate) const CONTENT: &str = "zh-CN";

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// Simplified Chinese, the first language.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Language {
    /// All of them, in the order of the switch.
    pub(crate) const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// BCP 47 tag.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Its name in itself.
    pub(crate) const fn own_name(self) -> &'static str {
        match self {
            Self::ZhCn => "中文",
            Self::En => "English",
        }
    }

    /// The best of ours for a list of BCP 47 tags, best first.
    pub(crate) fn choose<S: AsRef<str>>(tags: &[S]) -> Self {
        tags.iter()
            .find_map(|tag| match tag.as_ref().split('-').next()? {
                "zh" => Some(Self::ZhCn),
                "en" => Some(Self::En),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The texts in this language.
    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::ZhCn => &ZH_CN,
            Self::En => &EN,
        }
    }
}

/// The texts in the language of the nearest [`ContextProvider`] of [`Language`].
#[hook]
pub(crate) fn use_texts() -> &'static Texts {
    use_context::<Language>().unwrap_or_default().texts()
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_browser_s_first_known_language_is_taken_and_chinese_otherwise() {
        assert_eq!(Language::choose(&["fr", "en-GB", "zh"]), Language::En);
        assert_eq!(Language::choose(&["zh-Hant-TW"]), Language::ZhCn);
        assert_eq!(Language::choose(&["ug"]), Language::ZhCn);
    }
}
