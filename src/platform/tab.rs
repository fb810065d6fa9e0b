//! What lasts as long as the tab, reloads included. Never anything personal.

use gloo::utils::window;

/// Reads a note; `None` if there is none, or storage is closed.
pub(crate) fn read(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(key).ok()?
}

/// Keeps a note; a closed or full storage is no error, the note is then lost at a reload.
pub(crate) fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, value);
    }
}
