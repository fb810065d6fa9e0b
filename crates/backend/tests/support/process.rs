//! The real binary, on a data folder.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::Folder;

/// A running `gongke-backend serve`; killed when dropped.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) base: String,
}

impl Process {
    /// Starts it on a free port and waits until it is ready. What it logs at the finest goes to
    /// `log` in the data folder.
    pub(crate) async fn start(data: &Path, folder: &Folder) -> Self {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(data.join("log"))
            .unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongke-backend"))
            .args(["serve", "--port", "0", "--data"])
            .arg(data)
            .arg("--load")
            .arg(folder.path())
            .env_remove("DATABASE_URL")
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines
            .next_line()
            .await
            .unwrap()
            .expect("it says when it is ready");
        let base = line.strip_prefix("ready ").unwrap().to_owned();
        Self { child, base }
    }
}

/// A class whose days hold the day of the test.
pub(crate) fn class_of_today() -> Folder {
    let folder = Folder::new();
    folder.edit(
        "class.toml",
        "starts_on = 2026-01-01",
        "starts_on = 2000-01-01",
    );
    folder.edit("class.toml", "ends_on = 2026-12-31", "ends_on = 2999-12-31");
    folder
}
