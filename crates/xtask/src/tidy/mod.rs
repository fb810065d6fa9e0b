//! `tidy`: the rules of the house that a compiler does not know.

mod crates;
mod files;
mod folders;
mod text;
mod tokens;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::house::House;

/// Exceptions from rules, each with its reason.
const EXCEPTIONS: &str = "crates/xtask/tidy.toml";

pub(crate) fn run(house: &House) -> Result<()> {
    let tree = Tree::tracked(house)?;
    let exceptions = tree.text(EXCEPTIONS).unwrap_or_default();
    let exceptions: Exceptions = toml::from_str(exceptions).context(EXCEPTIONS)?;
    let found = check(&tree, &exceptions);
    for finding in &found {
        println!("{finding}");
    }
    println!("{}", files::report(&tree));
    if !found.is_empty() {
        bail!("tidy: {} findings", found.len());
    }
    println!("tidy: no findings in {} files", tree.files.len());
    Ok(())
}

fn check(tree: &Tree, exceptions: &Exceptions) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(crates::check(tree));
    found.extend(folders::check(tree));
    found.extend(text::check(tree, &exceptions.text));
    found.extend(files::check(tree, &exceptions.length));
    found.sort();
    found
}

/// Files by path, with what the checks read of them.
#[derive(Default)]
struct Tree {
    files: BTreeMap<String, File>,
}

struct File {
    bytes: u64,
    /// `None` if it is not UTF-8.
    text: Option<String>,
}

impl Tree {
    /// What git tracks, and what it would if it were added now.
    fn tracked(house: &House) -> Result<Self> {
        let list = house
            .command("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .output()
            .context("cannot start git")?;
        let mut tree = Self::default();
        for path in String::from_utf8(list.stdout)?.split_terminator('\0') {
            // Deleted and not yet committed.
            let Ok(bytes) = fs::read(house.root.join(path)) else {
                continue;
            };
            let file = File {
                bytes: bytes.len() as u64,
                text: String::from_utf8(bytes).ok(),
            };
            tree.files.insert(path.to_owned(), file);
        }
        if tree.files.is_empty() {
            bail!("git knows no files here: tidy works in a checkout");
        }
        Ok(tree)
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.text.as_deref()
    }

    /// Paths and texts of the files that are text.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter_map(|(path, file)| Some((path.as_str(), file.text.as_deref()?)))
    }

    #[cfg(test)]
    fn made_up(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|&(path, text)| {
            let file = File {
                bytes: text.len() as u64,
                text: Some(text.to_owned()),
            };
            (path.to_owned(), file)
        });
        Self {
            files: files.collect(),
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Exceptions {
    /// Files longer than the limit.
    length: Vec<Exception>,
    /// Files with text outside i18n.
    text: Vec<Exception>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    file: String,
    reason: String,
}

/// A finding for each exception that nothing needs any more, or that gives no reason.
fn idle(exceptions: &[Exception], needed: impl Fn(&str) -> bool) -> Vec<String> {
    exceptions
        .iter()
        .filter(|exception| exception.reason.trim().is_empty() || !needed(&exception.file))
        .map(|exception| {
            format!(
                "{EXCEPTIONS}: nothing needs the exception for {}, or it gives no reason",
                exception.file
            )
        })
        .collect()
}

fn excepted(exceptions: &[Exception], path: &str) -> bool {
    exceptions.iter().any(|exception| exception.file == path)
}
