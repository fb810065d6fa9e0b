//! What comes from the system: installed where that is possible (root and apt-get), and otherwise
//! asked for in one line.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::test::told;

/// A thing of the system's: its name, Debian's package of it, and how to see that it is there.
#[derive(Clone, Copy)]
pub(crate) struct Need {
    name: &'static str,
    package: &'static str,
    is_there: fn(&str) -> bool,
}

const fn program(name: &'static str, package: &'static str) -> Need {
    Need {
        name,
        package,
        is_there: on_path,
    }
}

const fn plugin(name: &'static str, package: &'static str) -> Need {
    Need {
        name,
        package,
        is_there: is_plugin,
    }
}

/// For whatever is seen in Chromium.
pub(crate) const CHROMIUM: &[Need] = &[
    program("chromium", "chromium"),
    program("chromedriver", "chromium-driver"),
];
/// So that pages look as they do where Chinese is read.
pub(crate) const FONT: &[Need] = &[
    program("fc-list", "fontconfig"),
    Need {
        name: "a Chinese font",
        package: "fonts-noto-cjk",
        is_there: |_| has_chinese_font(),
    },
];
/// For the tests that read the PDF which was made.
pub(crate) const PDF: &[Need] = &[
    program("pdftotext", "poppler-utils"),
    program("qpdf", "qpdf"),
];
/// For the other engines. WPE WebKit plays by GStreamer, whose plugins its package does not ask
/// for. Without those of GL it shows pictures in another way, which crashes the page's process.
pub(crate) const ENGINES: &[Need] = &[
    program("firefox-esr", "firefox-esr"),
    program("cog", "cog"),
    program("WPEWebDriver", "wpewebkit-driver"),
    plugin("libgstplayback.so", "gstreamer1.0-plugins-base"),
    plugin("libgstisomp4.so", "gstreamer1.0-plugins-good"),
    plugin("libgstvideoparsersbad.so", "gstreamer1.0-plugins-bad"),
    plugin("libgstlibav.so", "gstreamer1.0-libav"),
    plugin("libgstopengl.so", "gstreamer1.0-gl"),
];

/// Sees to it that everything is there.
pub(crate) fn ensure(needs: &[&[Need]]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if is_root() && on_path("apt-get") {
        let apt = |words: &[&str]| {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").args(words);
            told(&mut apt)
        };
        apt(&["update", "--quiet"])?;
        let mut words = vec!["install", "--quiet", "--yes", "--no-install-recommends"];
        words.extend(missing.iter().map(|need| need.package));
        apt(&words)?;
    }
    let missing = self::missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.name).collect();
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    bail!(
        "missing: {}. Get it by `sudo apt-get install {}`, or your system's own packages of the same",
        names.join(", "),
        packages.join(" "),
    );
}

fn missing(needs: &[&[Need]]) -> Vec<Need> {
    let needs = needs.iter().copied().flatten();
    let absent = needs.filter(|need| !(need.is_there)(need.name));
    absent.copied().collect()
}

/// Whether GStreamer has a plugin, in its folder below one of those that systems keep libraries in.
fn is_plugin(file: &str) -> bool {
    let roots = ["/usr/lib", "/usr/lib64"].map(PathBuf::from);
    let by_machine = roots.iter().filter_map(|root| root.read_dir().ok());
    let by_machine: Vec<PathBuf> = by_machine
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    roots
        .iter()
        .chain(&by_machine)
        .any(|folder| folder.join("gstreamer-1.0").join(file).is_file())
}

fn has_chinese_font() -> bool {
    let list = Command::new("fc-list").arg(":lang=zh-cn").output();
    list.is_ok_and(|list| !list.stdout.is_empty())
}

pub(crate) fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
