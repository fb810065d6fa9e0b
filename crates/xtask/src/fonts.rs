//! The font of the certificates, cut into slices that the site serves.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::fingerprint::collect;
use crate::house::House;
use crate::step::{quietly, step};

/// The style in the npm package.
const FONT: &str = "node_modules/@chinese-fonts/lxgwwenkai/dist/LXGWWenKai-Regular";

/// Puts the slices into a site. They are cut once, and linked from then on.
pub(crate) fn add(house: &House, site: &Path) -> Result<()> {
    let cut = house.target.join("font-slices");
    step("cutting the certificates' font", || {
        let mut cargo = house.cargo();
        cargo.args(["run", "--profile", "server", "--package", "gongke-press"]);
        cargo.args(["--features", "slices", "--bin", "font-slices", "--", FONT]);
        cargo.arg(&cut);
        quietly(&mut cargo, &house.notes().join("font-slices.log"))
    })?;
    let mut files = Vec::new();
    collect(&cut, &mut files)?;
    for file in files {
        let to = site.join(file.strip_prefix(&cut)?);
        let folder = to.parent().context("a slice has a folder")?;
        fs::create_dir_all(folder)?;
        fs::hard_link(&file, &to)
            .or_else(|_| fs::copy(&file, &to).map(drop))
            .with_context(|| format!("cannot put {} into the site", file.display()))?;
    }
    Ok(())
}
