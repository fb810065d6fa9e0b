//! Files over HTTP: media of the classes, and the built client.

mod range;

pub(crate) mod media;
pub(crate) mod site;
