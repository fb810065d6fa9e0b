//! The device's clocks.

use gloo::utils::window;
use wasm_bindgen::JsValue;

/// Milliseconds on a clock that nobody can set: it starts with the page and only moves forward.
pub(crate) fn monotonic_ms() -> u64 {
    let now = window().performance().map_or(0.0, |p| p.now());
    to_u64(now)
}

/// Milliseconds since 1970 by the device's clock, which may be wrong.
pub(crate) fn device_ms() -> u64 {
    to_u64(js_sys::Date::now())
}

/// A time since 1970 as people read it where the device is, with seconds. `language`: BCP 47 tag.
pub(crate) fn local_time(ms: u64, language: &str) -> String {
    let options = js_sys::Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "medium")] {
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit 53 bits"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    date.to_locale_string(language, &options).into()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped; a whole number of milliseconds fits 53 bits"
)]
fn to_u64(ms: f64) -> u64 {
    ms.max(0.0) as u64
}
