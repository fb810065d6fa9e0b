//! Pictures of every page.
fn main() {}
