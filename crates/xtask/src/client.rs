//! Builds the client for release: Trunk, the program cut into parts, wasm-opt, precompressed
//! files.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::house::House;
use crate::step::{quietly, step};
use crate::{compress, fingerprint, fonts, split, tools};

/// Everything that the built client depends on.
const INPUTS: &[&str] = &[
    "src",
    "styles",
    "public",
    "build.rs",
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
    "crates/split",
];

/// How binaryen treats rustc's wasm: it must neither miss a feature in use nor use more.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
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
        trunk.args(["build", "--release", "--features", "split"]);
        trunk.arg("--dist").arg(&staged);
        // Trunk refuses NO_COLOR=1, which many environments set.
        trunk.env("PATH", &path).env_remove("NO_COLOR");
        // What failed stands at the end of its output, without the inside of Trunk after it.
        trunk.env("RUST_BACKTRACE", "0");
        quietly(&mut trunk, &house.notes().join("trunk.log"))
    })?;
    step("cutting the client's program into parts", || {
        split::split(house, &path, &staged)
    })?;
    // What is left of Trunk's: the worker.
    step("optimising the worker", || optimise(house, &path, &staged))?;
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

/// Makes every wasm file of a folder smaller, in place.
pub(crate) fn optimise(house: &House, path: &OsStr, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let wasm = entry?.path();
        if wasm.extension().is_some_and(|ext| ext == "wasm") {
            let mut opt = house.command("wasm-opt");
            opt.env("PATH", path).args(WASM_OPT).arg(&wasm);
            opt.arg("-o").arg(&wasm);
            quietly(&mut opt, &house.notes().join("wasm-opt.log"))?;
        }
    }
    Ok(())
}
