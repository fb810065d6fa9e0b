//! Builds the client for release: Trunk, wasm-opt, precompressed files.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::house::House;
use crate::step::{quietly, step};
use crate::{compress, fingerprint, fonts, tools};

/// Everything that the built client depends on.
const INPUTS: &[&str] = &[
    "src",
    "styles",
    "public",
    "index.html",
    "Trunk.toml",
    "config.json",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "rust-toolchain.toml",
    "crates/contract",
    "crates/domain",
    "crates/press",
];

/// Builds the client if anything in it has changed, and returns the folder to serve.
pub(crate) fn build(house: &House) -> Result<PathBuf> {
    let site = house.site();
    let note = house.notes().join("client.fingerprint");
    let print = fingerprint::of(&house.root, INPUTS, &[])?;
    if site.join("index.html").exists() && fingerprint::matches(&note, &print) {
        return Ok(site);
    }
    let path = tools::ensure(house)?;
    // Trunk's own folder is left to it; the finished site gets its compressed copies and is
    // then put in place as a whole.
    let staged = house.target.join("site-build");
    step("building the client", || {
        let mut trunk = house.command("trunk");
        trunk.args(["build", "--release", "--dist"]).arg(&staged);
        // Trunk refuses NO_COLOR=1, which many environments set.
        trunk.env("PATH", &path).env_remove("NO_COLOR");
        // What failed stands at the end of its output, without the inside of Trunk after it.
        trunk.env("RUST_BACKTRACE", "0");
        quietly(&mut trunk, &house.notes().join("trunk.log"))
    })?;
    step("compressing the client's files", || {
        compress::precompress(&staged, &house.notes().join("compressed"))
    })?;
    fonts::add(house, &staged)?;
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&staged, &site)?;
    fingerprint::note(&note, &print)?;
    Ok(site)
}
