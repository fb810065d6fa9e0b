//! What the sign-in page loads.
fn main() {}
