//! `gongke-split IN.wasm FOLDER`: cuts a program that was linked with `--emit-relocs` at its
//! `#[wasm_split]` functions.
//!
//! Into the folder go `gongke.wasm`, which wasm-bindgen has yet to see; the other parts, which it
//! must not; and `split.js`, which loads them and stands beside wasm-bindgen's `gongke.js`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use wasm_split_cli_support::{Options, transform};

/// How the loader instantiates a part, and what is put in its place.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const INSTANTIATE: &str = include_str!("instantiate.js");

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [program, folder] = args.as_slice() else {
        bail!("usage: gongke-split IN.wasm FOLDER");
    };
    split(Path::new(program), Path::new(folder))
}

fn split(program: &Path, folder: &Path) -> Result<()> {
    let wasm = fs::read(program).with_context(|| format!("cannot read {}", program.display()))?;
    let main = folder.join("gongke.wasm");
    let mut options = Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = "./split.js";
    options.main_module = "./gongke.js";
    let parts = transform(options).map_err(|error| anyhow::anyhow!("{error:#}"))?;
    ensure!(
        !parts.split_modules.is_empty(),
        "{} has no parts: was it built with the feature `split`?",
        program.display()
    );
    let loader = folder.join("split.js");
    let script = tolerant(&fs::read_to_string(&loader)?, parts.split_modules.len())?;
    fs::write(&loader, script)?;
    Ok(())
}

/// The loader, with each of its parts fetched in a way that works without streaming, too.
fn tolerant(script: &str, parts: usize) -> Result<String> {
    let found = script.matches(STREAMING).count();
    ensure!(
        found == parts,
        "the loader streams {found} of {parts} parts: wasm_split_cli_support has changed"
    );
    let script = script.replace(STREAMING, "instantiate(src, imports)");
    Ok(format!("{script}{INSTANTIATE}"))
}

#[cfg(test)]
mod tests {
    use super::{STREAMING, tolerant};

    #[test]
    fn each_part_loads_without_streaming_too() {
        let script = tolerant(&format!("a({STREAMING});\nb({STREAMING});\n"), 2).unwrap();
        assert_eq!(script.matches("instantiate(src, imports)").count(), 2);
        assert_eq!(script.matches("async function instantiate(").count(), 1);
    }

    #[test]
    fn a_loader_of_another_form_is_refused() {
        assert!(tolerant("load(src, imports);", 1).is_err());
    }
}
