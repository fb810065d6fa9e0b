//! What the linker is told.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // By the relocations the splitter sees what needs what.
        println!("cargo::rustc-link-arg-bin=gongke=--emit-relocs");
    }
}
