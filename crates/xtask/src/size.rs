//! `size`: what a cold sign-in page costs over the wire, against its budget.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::fingerprint::collect;
use crate::house::House;
use crate::{compress, system, test};

const BUDGET: &str = "crates/xtask/budget.toml";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// All that a cold sign-in page loads, in bytes of brotli.
    sign_in_brotli: usize,
    /// Beginnings of the names of files that must not be among it.
    lazy: Vec<String>,
}

/// What the browser loaded: written by the `loaded` program of the browser tests.
#[derive(serde::Deserialize)]
struct Loaded {
    /// The address, without its origin.
    path: String,
    /// Bytes on the wire, headers left out, as the browser counted them.
    encoded: usize,
    /// Bytes after decompression.
    decoded: usize,
}

pub(crate) fn run(house: &House) -> Result<()> {
    system::ensure(&[system::CHROMIUM])?;
    let budget: Budget = toml::from_str(&fs::read_to_string(house.root.join(BUDGET))?)?;
    let mut cargo = test::harness(house, &["run", "--quiet", "--bin", "loaded"])?;
    let output = cargo.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("the sign-in page could not be loaded");
    }
    let mut loaded: Vec<Loaded> =
        serde_json::from_slice(&output.stdout).context("what was loaded")?;
    // A second time it comes from the cache.
    let mut paths = std::collections::HashSet::new();
    loaded.retain(|file| paths.insert(file.path.clone()));
    println!(
        "{:>9} {:>9} {:>9}  the cold sign-in page",
        "raw", "brotli", "sent"
    );
    let (mut raw, mut packed, mut sent) = (0, 0, 0);
    let mut early = Vec::new();
    for file in &loaded {
        let brotli = brotli_size(house, &file.path).unwrap_or(file.encoded);
        println!(
            "{:>9} {brotli:>9} {:>9}  {}",
            file.decoded, file.encoded, file.path
        );
        raw += file.decoded;
        packed += brotli;
        sent += file.encoded;
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if budget.lazy.iter().any(|lazy| name.starts_with(lazy)) {
            early.push(name);
        }
    }
    println!(
        "{raw:>9} {packed:>9} {sent:>9}  in all; the budget is {} of brotli",
        budget.sign_in_brotli
    );
    list_lazy(house, &budget)?;
    if !early.is_empty() {
        bail!(
            "loaded on the sign-in page and meant to come later: {}",
            early.join(", ")
        );
    }
    // What counts is what went over the wire: files that the server did not send compressed
    // must not pass for small.
    let counted = packed.max(sent);
    if counted > budget.sign_in_brotli {
        bail!(
            "the sign-in page costs {counted} bytes, {} over the budget of {BUDGET}",
            counted - budget.sign_in_brotli
        );
    }
    Ok(())
}

/// The brotli size of a file of the site; replies of the API have none.
fn brotli_size(house: &House, path: &str) -> Option<usize> {
    let name = match path {
        "/" | "/sign-in" => "index.html",
        other => other.trim_start_matches('/'),
    };
    let file = house.site().join(name);
    let packed = fs::metadata(format!("{}.br", file.display())).ok();
    let size = packed.or_else(|| fs::metadata(&file).ok().filter(fs::Metadata::is_file))?;
    usize::try_from(size.len()).ok()
}

/// The parts that come on demand.
fn list_lazy(house: &House, budget: &Budget) -> Result<()> {
    println!("{:>9} {:>9}            on demand", "raw", "brotli");
    let mut paths = entries(&house.site())?;
    // The parts of the program stand in a folder of their own.
    let programs = paths.iter().filter(|path| named(path).starts_with("app-"));
    let parts: Vec<_> = programs
        .map(|folder| entries(folder))
        .collect::<Result<_>>()?;
    paths.extend(parts.into_iter().flatten());
    for path in paths {
        let name = named(&path);
        let packed = [".br", ".gz"].iter().any(|end| name.ends_with(end));
        if packed
            || !budget
                .lazy
                .iter()
                .any(|lazy| name.starts_with(lazy.as_str()))
        {
            continue;
        }
        if path.is_file() {
            let raw = fs::read(&path)?;
            println!(
                "{:>9} {:>9}            {name}",
                raw.len(),
                compress::brotli(&raw)?.len()
            );
        } else {
            let (files, raw) = folder_size(&path)?;
            println!("{raw:>9} {:>9}            {name}/, {files} files", "");
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn named(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// Number and bytes of a folder's files, their compressed copies left out.
fn folder_size(folder: &Path) -> Result<(usize, u64)> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.retain(|file| {
        !file
            .extension()
            .is_some_and(|ext| ext == "br" || ext == "gz")
    });
    let mut bytes = 0;
    for file in &files {
        bytes += fs::metadata(file)?.len();
    }
    Ok((files.len(), bytes))
}
