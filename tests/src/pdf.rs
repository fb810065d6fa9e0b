//! Reads PDFs by `pdftotext` (Poppler), an independent judge of what a reader can select.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// The text of a PDF.
pub fn pdf_text(path: &Path) -> Result<String> {
    let output = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-layout"])
        .arg(path)
        .arg("-")
        .output()
        .context("cannot start pdftotext")?;
    ensure!(
        output.status.success(),
        "pdftotext: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}
