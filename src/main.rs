//! The learning client.

fn main() {}
