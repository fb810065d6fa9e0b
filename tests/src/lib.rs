//! Drives the app as its users do: real browsers over WebDriver, the real backend as a process of
//! its own, and a proxy between them that can fail in the ways that networks fail.
//!
//! Elements are found by role and accessible name, never by class or place. Whatever waits, waits
//! for a condition, with a bound.

use std::io::{self, Write as _};

mod api;
mod backend;
mod bank;
mod browser;
mod check;
mod class_folder;
mod engine;
mod page;
mod pdf;
mod places;
mod process;
mod proxy;

pub use api::Api;
pub use backend::Backend;
pub use bank::Bank;
pub use browser::{Browser, Look};
pub use check::{Violation, has_horizontal_scroll};
pub use class_folder::ClassFolder;
pub use engine::Engine;
pub use page::{Element, Page, Role, WAIT};
pub use pdf::pdf_text;
pub use places::{sample, site, target};
pub use proxy::{Fault, FaultProxy};
pub use thirtyfour::Key;

/// Says how a test goes on, and what it cannot look at in an engine. It passes by the test runner,
/// which keeps to itself what a test prints that succeeds. Never with personal data.
pub fn note(text: &str) {
    let _ = writeln!(io::stdout(), "    {text}");
}
