//! The device's clocks.

use gloo::utils::window;

/// Milliseconds on a clock that nobody can set: it starts with the page and only moves forward.
pub(crate) fn monotonic_ms() -> u64 {
    let now = window().performance().map_or(0.0, |p| p.now());
    to_u64(now)
}

/// Milliseconds since 1970 by the device's clock, which may be wrong.
pub(crate) fn device_ms() -> u64 {
    to_u64(js_sys::Date::now())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped; a whole number of milliseconds fits 53 bits"
)]
fn to_u64(ms: f64) -> u64 {
    ms.max(0.0) as u64
}
