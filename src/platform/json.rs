//! JSON.
//!
//! The browser's own parser judges the text and writes it anew without escapes of its own
//! choosing, so that the compact deserialiser needs to know neither (serde-json-core: 26 KB of
//! brotli less than serde_json's, but no escaped surrogate pairs).

use serde::{Serialize, de::DeserializeOwned};

/// Writes a value. What the app sends has only string keys, so that nothing can fail.
pub(crate) fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Reads a value; `None` if the text is not JSON, or not of this type.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let plain = js_sys::JSON::stringify(&js_sys::JSON::parse(text).ok()?)
        .ok()?
        .as_string()?;
    let mut unescaped = vec![0; plain.len()];
    let (value, _) = serde_json_core::from_slice_escaped(plain.as_bytes(), &mut unescaped).ok()?;
    Some(value)
}
