//! The portrait of one sample account: drawn, so that it is nobody's.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::browser::Browser;
use super::tools;

/// A two-inch photo at 300 dots an inch, in pixels.
pub(super) const WIDTH: u32 = 413;
pub(super) const HEIGHT: u32 = 579;

/// Draws the portrait into the class folder `sample`.
pub(super) fn make(sample: &Path, browser: &Browser) -> Result<()> {
    let html = format!(
        "<!doctype html><meta charset=utf-8><style>*{{margin:0}}svg{{display:block}}</style>{}",
        include_str!("portrait.svg")
    );
    let png = browser.work().join("portrait.png");
    browser.picture(&html, 1024, HEIGHT, &png)?;
    let (width, height) = (
        WIDTH * super::browser::SCALE,
        HEIGHT * super::browser::SCALE,
    );
    let filter = format!(
        "crop={width}:{height}:0:0,scale={WIDTH}:{HEIGHT}:flags=lanczos:out_range=pc,format=yuvj420p"
    );
    fs::create_dir_all(sample.join("photos"))?;
    tools::output(
        tools::ffmpeg()
            .arg("-i")
            .arg(&png)
            .args(["-vf", &filter, "-q:v", "3", "-bitexact"])
            .arg(sample.join("photos/zhaomin.jpg")),
    )?;
    Ok(())
}
