//! What a machine's shell needs of the device: its monotonic clock, and fresh keys.

pub(crate) use crate::platform::clock::monotonic_ms;
pub(crate) use crate::platform::random::idempotency_key;
