//! `test`: everything that must hold, part by part.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::house::House;
use crate::{backend, client, size, system, tidy, tools};

type Part = (&'static str, fn(&House, &[String]) -> Result<()>);

/// What `test` runs without further words, the quick ones first.
const PARTS: &[Part] = &[
    ("fmt", |house, _| {
        told(house.cargo().args(["fmt", "--all", "--check"]))
    }),
    ("tidy", |house, _| tidy::run(house)),
    ("clippy", clippy),
    ("unit", unit),
    ("backend", backend_tests),
    ("openapi", openapi),
    ("size", |house, _| size::run(house)),
    ("browser", browser),
];
/// What is run by name only.
const BY_NAME: &[Part] = &[("engines", engines)];

const LINTS: &[&str] = &["--", "-D", "warnings"];

/// `test [part…] [-- words for the test runner]`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let house = House::find()?;
    let cut = args
        .iter()
        .position(|arg| arg == "--")
        .unwrap_or(args.len());
    let words = args.get(cut + 1..).unwrap_or_default();
    let mut parts = Vec::new();
    for name in &args[..cut] {
        let known = PARTS.iter().chain(BY_NAME).find(|(known, _)| known == name);
        parts.push(
            known.with_context(|| format!("there is no part `{name}`; there are {}", names()))?,
        );
    }
    if parts.is_empty() {
        parts.extend(PARTS);
    }
    let mut lines = Vec::new();
    let mut failed = 0;
    for (name, part) in parts {
        println!("\n== {name}");
        let start = Instant::now();
        let verdict = match part(&house, words) {
            Ok(()) => "ok",
            Err(error) => {
                println!("{name}: {error:#}");
                failed += 1;
                "FAILED"
            }
        };
        lines.push(format!(
            "{name:<10}{:>8.1} s  {verdict}",
            start.elapsed().as_secs_f64()
        ));
    }
    println!("\n== summary\n{}", lines.join("\n"));
    if failed > 0 {
        bail!("{failed} of {} parts failed", lines.len());
    }
    Ok(())
}

fn names() -> String {
    let names: Vec<&str> = PARTS.iter().chain(BY_NAME).map(|(name, _)| *name).collect();
    names.join(", ")
}

/// Runs a tool with its output as it comes.
pub(crate) fn told(command: &mut Command) -> Result<()> {
    let words: Vec<_> = command
        .get_args()
        .map(|arg| arg.to_string_lossy())
        .collect();
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or_default();
    let said = format!("{program} {}", words.join(" "));
    println!("$ {said}");
    let status = command
        .status()
        .with_context(|| format!("cannot start {said}"))?;
    if !status.success() {
        bail!("`{said}` ended with {status}");
    }
    Ok(())
}

fn clippy(house: &House, _: &[String]) -> Result<()> {
    tools::wasm_target(house)?;
    let native = ["clippy", "--workspace", "--all-targets"];
    told(house.cargo().args(native).args(LINTS))?;
    // The client's dependencies, and so those of it that are ours, as the browser gets them.
    let wasm = [
        "clippy",
        "--package",
        "gongke",
        "--features",
        "split",
        "--target",
        tools::WASM,
    ];
    told(house.cargo().args(wasm).args(LINTS))?;
    let worker = [
        "clippy",
        "--package",
        "gongke-press",
        "--all-features",
        "--target",
        tools::WASM,
    ];
    told(house.cargo().args(worker).args(LINTS))
}

fn unit(house: &House, words: &[String]) -> Result<()> {
    // The tests of press cut the font that comes with them, and read the PDF that they make.
    tools::node_modules(house)?;
    system::ensure(&[system::PDF])?;
    let packages = [
        "gongke-contract",
        "gongke-domain",
        "gongke-press",
        "gongke",
        "gongke-split",
        "xtask",
    ];
    let mut cargo = house.cargo();
    cargo.arg("test");
    for package in packages {
        cargo.args(["--package", package]);
    }
    // The same features as for the backend and the worker, so that nothing compiles twice.
    told(
        cargo
            .args(["--features", "gongke-press/pdf"])
            .arg("--")
            .args(words),
    )
}

fn backend_tests(house: &House, words: &[String]) -> Result<()> {
    told(
        house
            .cargo()
            .args(["test", "--package", "gongke-backend", "--"])
            .args(words),
    )
}

/// The OpenAPI document, generated from the types, against the one that is checked in.
fn openapi(house: &House, _: &[String]) -> Result<()> {
    const KEPT: &str = "docs/openapi.json";
    let program = backend::build(house, "dev")?;
    let made = house.command(program).arg("openapi").output()?;
    if !made.status.success() {
        bail!("`gongke-backend openapi` ended with {}", made.status);
    }
    let kept = std::fs::read(house.root.join(KEPT)).unwrap_or_default();
    if made.stdout.trim_ascii() != kept.trim_ascii() {
        bail!(
            "{KEPT} is not what the types say: `cargo run -p gongke-backend -- openapi > {KEPT}`, and look at the difference"
        );
    }
    println!("{KEPT} is what the types say, {} bytes", kept.len());
    Ok(())
}

/// What the browser tests need, built; the command to run something of their package.
pub(crate) fn harness(house: &House, verb: &[&str]) -> Result<Command> {
    let site = client::build(house)?;
    let program = backend::build(house, "dev")?;
    let mut cargo = house.cargo();
    cargo.args(verb);
    cargo.args(["--package", "gongke-tests"]);
    cargo.env("GONGKE_SITE", site);
    cargo.env("GONGKE_BACKEND", program);
    // A failed test tells what it waited for; where in the harness is no help.
    cargo.env("RUST_LIB_BACKTRACE", "0");
    Ok(cargo)
}

fn browser(house: &House, words: &[String]) -> Result<()> {
    system::ensure(&[system::CHROMIUM, system::FONT, system::PDF])?;
    let mut cargo = harness(house, &["test", "--no-fail-fast"])?;
    told(cargo.arg("--").args(words))
}

/// The whole trip in the other two engines.
fn engines(house: &House, words: &[String]) -> Result<()> {
    system::ensure(&[system::ENGINES, system::FONT, system::PDF])?;
    let mut path = tools::geckodriver(house)?;
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    for engine in ["firefox", "webkit"] {
        println!("-- {engine}");
        let mut cargo = harness(house, &["test"])?;
        cargo.env("GONGKE_ENGINE", engine).env("PATH", &path);
        told(
            cargo
                .args(["--test", "browser", "--", "the_whole_trip"])
                .args(words),
        )?;
    }
    Ok(())
}
