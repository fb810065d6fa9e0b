//! What the press promises, tested through its public face.

#![expect(clippy::unwrap_used, reason = "all of this is tests")]

mod font;
mod layout;
mod order;
mod pdf;
mod seal;
mod support;
