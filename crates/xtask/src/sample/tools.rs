//! The programs that making the media takes.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// Programs by the Debian package that has them.
const PACKAGES: [(&str, &str); 6] = [
    ("espeak-ng", "espeak-ng"),
    ("fc-match", "fontconfig"),
    ("ffmpeg", "ffmpeg"),
    ("ffprobe", "ffmpeg"),
    ("pdftotext", "poppler-utils"),
    ("pdffonts", "poppler-utils"),
];

/// Sees that all of `programs` are there.
///
/// # Errors
/// One line that names those that are not, and the command that installs them.
pub(super) fn need(programs: &[&str]) -> Result<()> {
    let missing: Vec<&str> = programs.iter().copied().filter(|p| !there(p)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut packages: Vec<&str> = PACKAGES
        .iter()
        .filter(|(program, _)| missing.contains(program))
        .map(|(_, package)| *package)
        .collect();
    packages.dedup();
    bail!(
        "missing: {}; on Debian: apt-get install {}",
        missing.join(", "),
        packages.join(" ")
    )
}

/// Whether `program` can be started at all.
pub(super) fn there(program: &str) -> bool {
    Command::new(program)
        .arg("-h")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// Runs `command` and returns what it wrote to its standard output.
///
/// # Errors
/// If it cannot be started, or fails: then with the end of its standard error.
pub(super) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> = said.lines().collect();
        let tail = lines[lines.len().saturating_sub(12)..].join("\n");
        bail!("{program} ended with {}:\n{tail}", output.status);
    }
    Ok(output.stdout)
}

/// `ffmpeg`, quiet, overwriting, and writing nothing that differs from run to run.
pub(super) fn ffmpeg() -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-nostdin", "-y", "-v", "error"]);
    command
}
