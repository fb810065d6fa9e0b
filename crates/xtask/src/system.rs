//! Programs that come from the system: installed where that is possible (root and apt-get), and
//! otherwise asked for in one line.

use std::env;
use std::process::Command;

use anyhow::{Result, bail};

use crate::test::told;

/// A program, and Debian's package of it.
pub(crate) type Needs = &'static [(&'static str, &'static str)];

/// For the browser tests in Chromium.
pub(crate) const CHROMIUM: Needs = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("pdftotext", "poppler-utils"),
];
/// For the other engines.
pub(crate) const ENGINES: Needs = &[
    ("firefox-esr", "firefox-esr"),
    ("cog", "cog"),
    ("WPEWebDriver", "wpewebkit-driver"),
    ("pdftotext", "poppler-utils"),
];

/// Sees to it that the programs are there.
pub(crate) fn ensure(needs: Needs) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    let packages = packages.join(" ");
    if is_root() && on_path("apt-get") {
        let apt = |words: &[&str]| {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").args(words);
            told(&mut apt)
        };
        apt(&["update", "--quiet"])?;
        let mut words = vec!["install", "--quiet", "--yes", "--no-install-recommends"];
        words.extend(missing.iter().map(|(_, package)| *package));
        apt(&words)?;
        if self::missing(needs).is_empty() {
            return Ok(());
        }
    }
    let programs: Vec<&str> = missing.iter().map(|(program, _)| *program).collect();
    bail!(
        "missing: {}. Get it by `sudo apt-get install {packages}`, or your system's own packages of the same programs",
        programs.join(", ")
    );
}

fn missing(needs: Needs) -> Vec<(&'static str, &'static str)> {
    let absent = needs.iter().filter(|(program, _)| !on_path(program));
    absent.copied().collect()
}

pub(crate) fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
