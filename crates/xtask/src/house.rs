//! Where things are: the checkout, the target folder, what is built into it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

/// The checkout and its target folder.
pub(crate) struct House {
    /// The workspace's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder: `CARGO_TARGET_DIR`, or `target` in the root.
    pub(crate) target: PathBuf,
}

impl House {
    pub(crate) fn find() -> Result<Self> {
        // Cargo tells it to what it runs; what it told the compiler may be another checkout's,
        // where several share a target folder.
        let package = std::env::var_os("CARGO_MANIFEST_DIR");
        let package = package.context("run it by `cargo xtask`")?;
        let root = Path::new(&package).ancestors().nth(2);
        let root = root.context("xtask is not in its workspace")?.to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(PathBuf::from(dir)));
        Ok(Self { root, target })
    }

    /// The built client, precompressed: what a backend serves as `--site`.
    pub(crate) fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The sample class.
    pub(crate) fn sample(&self) -> PathBuf {
        self.root.join("crates/backend/sample")
    }

    /// Tools that were installed for this project alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// What the steps leave behind for the next time, and their logs.
    pub(crate) fn notes(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// `program`, run in the root.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The cargo that runs us.
    pub(crate) fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }
}
