//! A backend to test, people who use it, and class folders to load.

pub(crate) mod backend;
pub(crate) mod folder;
pub(crate) mod mp4;
pub(crate) mod paper;
pub(crate) mod process;
pub(crate) mod visitor;

pub(crate) use backend::Backend;
pub(crate) use folder::Folder;
pub(crate) use visitor::{Reply, Visitor};

/// A new idempotency key.
pub(crate) fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}
