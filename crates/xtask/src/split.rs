//! Puts the client's program, cut into parts, in the place of the whole one that Trunk made.
//!
//! Trunk cannot do it: the program is cut before wasm-bindgen sees it, and has several files
//! after. They stand in one folder that is named by a hash of them all, so that they name each
//! other as they are, and parts of two versions never meet.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::house::House;
use crate::step::quietly;
use crate::{client, fingerprint, tools};

/// Splits the program that Trunk had built with the feature `split` and left in `site`.
pub(crate) fn split(house: &House, path: &OsStr, site: &Path) -> Result<()> {
    let program = house.target.join(tools::WASM).join("release/gongke.wasm");
    let work = house.target.join("split");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let (parts, app) = (work.join("parts"), work.join("app"));
    let log = |tool: &str| house.notes().join(format!("{tool}.log"));

    let mut cutter = house.cargo();
    cutter.args(["run", "--quiet", "--package", "gongke-split", "--"]);
    quietly(cutter.arg(&program).arg(&parts), &log("split"))?;

    let mut bindgen = house.command("wasm-bindgen");
    bindgen.env("PATH", path);
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "gongke"]);
    // The parts share the function table.
    bindgen.arg("--keep-lld-exports").arg("--out-dir").arg(&app);
    quietly(bindgen.arg(parts.join("gongke.wasm")), &log("wasm-bindgen"))?;

    for entry in fs::read_dir(&parts)? {
        let part = entry?;
        if part.file_name() != "gongke.wasm" {
            fs::rename(part.path(), app.join(part.file_name()))?;
        }
    }
    client::optimise(house, path, &app)?;
    put(&app, site)
}

/// Moves the program's folder into the site, and has the page start this one.
fn put(app: &Path, site: &Path) -> Result<()> {
    let folder = format!("app-{}", fingerprint::of(app, &[""], &[])?);
    let index = site.join("index.html");
    let mut html = fs::read_to_string(&index)?;
    for (end, name) in [(".js", "gongke.js"), ("_bg.wasm", "gongke_bg.wasm")] {
        let whole = fs::read_dir(site)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .find(|name| name.starts_with("gongke-") && name.ends_with(end))
            .with_context(|| format!("Trunk left no gongke-*{end}"))?;
        ensure!(
            html.matches(&whole).count() == 1,
            "index.html does not name {whole} once"
        );
        html = html.replace(&whole, &format!("{folder}/{name}"));
        fs::remove_file(site.join(whole))?;
    }
    // `gongke.js` imports it: without this word it would be asked for a round trip later.
    let ahead = format!("<link rel=modulepreload href=/{folder}/split.js></head>");
    ensure!(html.contains("</head>"), "index.html has no </head>");
    html = html.replacen("</head>", &ahead, 1);
    fs::rename(app, site.join(&folder))?;
    fs::write(&index, html)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn the_page_starts_the_split_program_and_none_else_is_left() {
        let folder = std::env::temp_dir().join(format!("gongke-split-{}", std::process::id()));
        let (app, site) = (folder.join("app"), folder.join("site"));
        fs::create_dir_all(&app).unwrap();
        fs::create_dir_all(&site).unwrap();
        fs::write(app.join("gongke.js"), "split").unwrap();
        fs::write(site.join("gongke-0a1b.js"), "whole").unwrap();
        fs::write(site.join("gongke-0a1b_bg.wasm"), "whole").unwrap();
        let html = "<link href=/gongke-0a1b.js><link href=/gongke-0a1b_bg.wasm></head>";
        fs::write(site.join("index.html"), html).unwrap();
        super::put(&app, &site).unwrap();
        let html = fs::read_to_string(site.join("index.html")).unwrap();
        let start = html.find("/app-").unwrap();
        let named = &html[start + 1..html.find("/gongke.js").unwrap()];
        assert!(site.join(named).join("gongke.js").exists());
        assert!(html.contains(&format!("/{named}/gongke_bg.wasm")), "{html}");
        assert!(!html.contains("gongke-0a1b"), "{html}");
        assert!(!site.join("gongke-0a1b.js").exists());
        assert!(!site.join("gongke-0a1b_bg.wasm").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
