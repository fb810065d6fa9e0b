//! Finds the tools that building the client takes, and installs what is missing.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::fingerprint;
use crate::house::House;
use crate::step::{quietly, step};

const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
/// The client's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Sees to it that everything is there, and returns the `PATH` by which it is found.
pub(crate) fn ensure(house: &House) -> Result<OsString> {
    wasm_target(house)?;
    node_modules(house)?;
    let mut paths = vec![house.root.join("node_modules/.bin")];
    // Trunk does not unpack a locked dependency that builds; wasm-bindgen-cli's own lock file
    // names versions that a registry may not serve, so that one goes without.
    paths.extend(installed(house, "trunk", "trunk", TRUNK, true)?);
    let bindgen = locked_version(house, "wasm-bindgen")?;
    paths.extend(installed(
        house,
        "wasm-bindgen-cli",
        "wasm-bindgen",
        &bindgen,
        false,
    )?);
    paths.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(paths)?)
}

/// The folder of the driver of Firefox, after installing it if need be; empty if PATH has it.
pub(crate) fn geckodriver(house: &House) -> Result<OsString> {
    if version(house, "geckodriver").is_some() {
        return Ok(OsString::new());
    }
    let bin = installed(house, "geckodriver", "geckodriver", GECKODRIVER, true)?;
    Ok(bin.unwrap_or_default().into_os_string())
}

/// The version of a package in Cargo.lock.
pub(crate) fn locked_version(house: &House, package: &str) -> Result<String> {
    #[derive(serde::Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(serde::Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let lock: Lock = toml::from_str(&fs::read_to_string(house.root.join("Cargo.lock"))?)
        .context("Cargo.lock")?;
    lock.package
        .into_iter()
        .find(|found| found.name == package)
        .map(|found| found.version)
        .with_context(|| format!("Cargo.lock has no {package}"))
}

/// Installs the client's target if it is missing.
pub(crate) fn wasm_target(house: &House) -> Result<()> {
    let folder = house
        .command("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .output()
        .context("cannot start rustc")?;
    let folder = PathBuf::from(String::from_utf8_lossy(&folder.stdout).trim());
    if folder.is_dir() {
        return Ok(());
    }
    step("installing the wasm target", || {
        quietly(
            house.command("rustup").args(["target", "add", WASM]),
            &house.notes().join("rustup.log"),
        )
    })
}

/// `npm ci`, when package-lock.json is not the one that was installed last.
pub(crate) fn node_modules(house: &House) -> Result<()> {
    let note = house.root.join("node_modules/.gongke");
    let print = fingerprint::of(&house.root, &["package-lock.json"], &[])?;
    if fingerprint::matches(&note, &print) {
        return Ok(());
    }
    if version(house, "npm").is_none() {
        bail!("npm is missing: install Node.js 20 or newer");
    }
    step("installing the npm packages", || {
        let mut npm = house.command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        quietly(&mut npm, &house.notes().join("npm.log"))
    })?;
    fingerprint::note(&note, &print)
}

/// Where `program` of this version is: nowhere new if PATH has it, else the project's own
/// tools folder, after installing it there if need be.
fn installed(
    house: &House,
    package: &str,
    program: &str,
    wanted: &str,
    locked: bool,
) -> Result<Option<PathBuf>> {
    if version(house, program).as_deref() == Some(wanted) {
        return Ok(None);
    }
    let folder = house.tools().join(format!("{package}-{wanted}"));
    let bin = folder.join("bin");
    if version(house, bin.join(program)).as_deref() == Some(wanted) {
        return Ok(Some(bin));
    }
    step(
        &format!("installing {package} {wanted} (some minutes, once)"),
        || {
            let mut cargo = house.cargo();
            // Unoptimised: they work for seconds, and take minutes less to build.
            cargo.args(["install", package, "--version", wanted, "--debug", "--root"]);
            cargo
                .arg(&folder)
                .arg("--target-dir")
                .arg(folder.join("build"));
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
            if locked {
                cargo.arg("--locked");
            }
            quietly(
                &mut cargo,
                &house.notes().join(format!("install-{package}.log")),
            )
        },
    )?;
    fs::remove_dir_all(folder.join("build"))?;
    Ok(Some(bin))
}

/// What `program --version` says, without the program's name; `None` if it does not run.
pub(crate) fn version(house: &House, program: impl AsRef<std::ffi::OsStr>) -> Option<String> {
    let mut command: Command = house.command(program);
    let output = command
        .arg("--version")
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
}
