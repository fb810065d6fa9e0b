//! Where the things under test are. `cargo xtask` tells by environment; else they are looked for
//! beside the running program, in Cargo's target folder.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// Cargo's target folder: this program runs from `target/debug/deps` or `target/debug`.
pub fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let folder = program
        .ancestors()
        .find(|folder| folder.join(".rustc_info.json").exists())
        .context("the tests do not run from Cargo's target folder")?;
    Ok(folder.to_path_buf())
}

/// The built client.
pub fn site() -> Result<PathBuf> {
    told_or("GONGKE_SITE", "site")
}

/// The program of the backend.
pub(crate) fn backend() -> Result<PathBuf> {
    told_or("GONGKE_BACKEND", "debug/gongke-backend")
}

/// The folder of the sample class.
pub fn sample() -> PathBuf {
    checkout().join("crates/backend/sample")
}

/// Cargo tells it to what it runs; what it told the compiler may be another checkout's, where
/// several share a target folder.
fn checkout() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR");
    let package = package.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).join("..")
}

/// A file of an npm package.
pub(crate) fn node_module(file: &str) -> PathBuf {
    checkout().join("node_modules").join(file)
}

fn told_or(variable: &str, place: &str) -> Result<PathBuf> {
    let path = match env::var_os(variable) {
        Some(path) => PathBuf::from(path),
        None => target()?.join(place),
    };
    ensure!(
        path.exists(),
        "{} is not there: run the browser tests by `cargo xtask test browser`",
        path.display()
    );
    Ok(path)
}
