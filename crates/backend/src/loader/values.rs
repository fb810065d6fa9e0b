//! What values of a class folder look like.

use std::path::{Component, PathBuf};

use toml::de::DeValue;

/// Text with something in it besides spaces.
pub(super) fn text(value: &DeValue<'_>) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

/// Text of at most so many characters.
pub(super) fn short(most: usize) -> impl Fn(&DeValue<'_>) -> Option<String> {
    move |value| text(value).filter(|text| text.chars().count() <= most)
}

/// An id.
pub(super) fn id(value: &DeValue<'_>) -> Option<String> {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    value
        .as_str()
        .filter(|id| (1..=64).contains(&id.len()) && !id.starts_with('-'))
        .filter(|id| id.bytes().all(|byte| inner(byte) || byte == b'-'))
        .map(str::to_owned)
}

/// What an id looks like, for complaints.
pub(super) const ID: &str = "an id of a-z, 0-9 and -, 1 to 64 characters";

/// A whole number within bounds.
pub(super) fn whole(least: u32, most: u32) -> impl Fn(&DeValue<'_>) -> Option<u32> {
    move |value| {
        let number = value.as_integer()?;
        let digits = number.as_str().replace('_', "");
        let number = u32::from_str_radix(&digits, number.radix()).ok()?;
        (least..=most).contains(&number).then_some(number)
    }
}

/// A list of texts.
pub(super) fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|item| text(item.get_ref()))
        .collect()
}

/// A path that stays inside the folder: no root, no `..`.
pub(super) fn path(value: &DeValue<'_>) -> Option<PathBuf> {
    let path = PathBuf::from(text(value)?);
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    inside.then_some(path)
}
