//! Builds anew when a migration comes: they are part of the binary.

#![expect(
    clippy::print_stdout,
    reason = "this is how build scripts speak to cargo"
)]

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
