//! Randomness, for keys and jitter.

use std::fmt::Write as _;

use contract::IdempotencyKey;
use gloo::utils::window;

use super::clock;

/// A fresh idempotency key: a UUID v7 (RFC 9562).
pub(crate) fn idempotency_key() -> IdempotencyKey {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes);
    bytes[..6].copy_from_slice(&clock::device_ms().to_be_bytes()[2..]);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    let mut text = String::with_capacity(36);
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}

/// A seed for jitter.
pub(crate) fn seed() -> u64 {
    let mut bytes = [0_u8; 8];
    fill(&mut bytes);
    u64::from_be_bytes(bytes)
}

fn fill(bytes: &mut [u8]) {
    let filled = window()
        .crypto()
        .and_then(|c| c.get_random_values_with_u8_array(bytes));
    if filled.is_err() {
        for byte in bytes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            let random = (js_sys::Math::random() * 256.0) as u8;
            *byte = random;
        }
    }
}
