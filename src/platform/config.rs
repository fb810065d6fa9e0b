//! `config.json`, the one file that tells a build which backend it serves.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::json;

/// What `config.json` may say. Unknown members are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    /// Origin of the backend, without a slash at the end; empty for the page's own.
    pub(crate) api: String,
}

/// Reads the configuration. `boot.js` asks for it while the program is still on its way and
/// leaves the promise of its text in `window.gongkeConfig`; without one the defaults stand.
pub(crate) async fn load() -> Config {
    let promise = js_sys::Reflect::get(&gloo::utils::window(), &JsValue::from_str("gongkeConfig"));
    let Ok(promise) = promise else {
        return Config::default();
    };
    let text = match JsFuture::from(js_sys::Promise::resolve(&promise)).await {
        Ok(text) => text.as_string().unwrap_or_default(),
        Err(_) => String::new(),
    };
    json::read(&text).unwrap_or_default()
}
