//! A headless Chromium that draws HTML as pictures and prints it as PDF.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::{file_url, tools};

/// Device pixels for each CSS pixel of a picture.
pub(super) const SCALE: u32 = 2;

/// Chromium, with a folder to work in.
pub(super) struct Browser {
    program: &'static str,
    work: PathBuf,
}

impl Browser {
    /// Finds Chromium; `work` is a folder of its own.
    ///
    /// # Errors
    /// One line that says what is missing, and how to get it.
    pub(super) fn find(work: PathBuf) -> Result<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let Some(program) = names.into_iter().find(|name| tools::there(name)) else {
            bail!("missing: chromium; on Debian: apt-get install chromium");
        };
        fs::create_dir_all(&work)?;
        Ok(Self { program, work })
    }

    /// The folder to work in.
    pub(super) fn work(&self) -> &Path {
        &self.work
    }

    /// Draws `html` into a PNG of `width` × `height` CSS pixels, [`SCALE`] times as many device
    /// pixels.
    pub(super) fn picture(&self, html: &str, width: u32, height: u32, png: &Path) -> Result<()> {
        let mut command = self.command();
        command
            .arg("--hide-scrollbars")
            .arg(format!("--force-device-scale-factor={SCALE}"))
            // A window is a little taller than its page.
            .arg(format!("--window-size={width},{}", height + 200))
            .arg(format!("--screenshot={}", png.display()));
        self.open(command, html, &self.work)
    }

    /// Prints `html`, a page in `folder`, as PDF, its paper as its `@page` says.
    pub(super) fn pdf(&self, html: &str, folder: &Path, pdf: &Path) -> Result<()> {
        let mut command = self.command();
        command
            .arg("--no-pdf-header-footer")
            .arg("--allow-file-access-from-files")
            .arg(format!("--print-to-pdf={}", pdf.display()));
        self.open(command, html, folder)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        command
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--font-render-hinting=none",
                "--force-color-profile=srgb",
            ])
            .arg(format!(
                "--user-data-dir={}",
                self.work.join("profile").display()
            ));
        command
    }

    fn open(&self, mut command: Command, html: &str, folder: &Path) -> Result<()> {
        let page = folder.join("page.html");
        fs::write(&page, html)?;
        tools::output(command.arg(file_url(&page)))?;
        Ok(())
    }
}
