//! The reference backend: the contract served over HTTP, on SQLite or PostgreSQL.
//!
//! [`serve`] runs an [`App`] on a listener; [`loader`] brings class folders in; [`document`] is the
//! OpenAPI document. What counts is decided by the `domain` crate, never here.

mod app;
mod certificate;
mod clock;
mod db;
mod documents;
mod exam;
mod extract;
mod failure;
mod files;
mod openapi;
mod page;
mod routes;
mod server;
mod session;
mod study;

pub mod loader;

pub use app::{App, Inner, Settings};
pub use clock::Clock;
pub use db::Db;
pub use openapi::document;
pub use server::serve;

/// Lower-case hex.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
