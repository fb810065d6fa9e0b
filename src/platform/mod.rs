//! The only code that touches the outside: network, storage, clock, page life, downloads.

pub(crate) mod clock;
pub(crate) mod config;
pub(crate) mod download;
pub(crate) mod http;
pub(crate) mod json;
pub(crate) mod life;
pub(crate) mod media;
pub(crate) mod page;
pub(crate) mod preferences;
pub(crate) mod press;
pub(crate) mod random;
pub(crate) mod store;
pub(crate) mod tab;
