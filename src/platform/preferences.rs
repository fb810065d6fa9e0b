//! Small choices that stay on this device. Never anything personal.

use gloo::utils::window;

/// Reads a choice; `None` if there is none, or storage is closed.
pub(crate) fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a choice; a closed or full storage is no error, the choice then lasts as long as the page.
pub(crate) fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// The languages that the browser prefers, best first, as BCP 47 tags.
pub(crate) fn languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}
