//! The real backend, as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::places;
use crate::process::{Tree, free_port};

/// How long it may take to be ready, loading a class included.
const READY: Duration = Duration::from_secs(120);

/// A backend with a data folder of its own, on a port that stays the same over restarts.
pub struct Backend {
    process: Option<Tree>,
    port: u16,
    data: TempDir,
}

impl Backend {
    /// Starts it with an empty database, and loads the class in `folder`.
    pub async fn start(folder: &Path) -> Result<Self> {
        let data = tempfile::Builder::new().prefix("gongke-data-").tempdir()?;
        let mut backend = Self {
            process: None,
            port: free_port()?,
            data,
        };
        backend.spawn(Some(folder.to_path_buf())).await?;
        Ok(backend)
    }

    /// Where it serves app and API.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Kills it as a power cut would: SIGKILL.
    pub fn kill(&mut self) -> Result<()> {
        let mut process = self.process.take().context("the backend does not run")?;
        process.kill()
    }

    /// Starts it again, on the same port and data.
    pub async fn start_again(&mut self) -> Result<()> {
        self.spawn(None).await
    }

    async fn spawn(&mut self, load: Option<std::path::PathBuf>) -> Result<()> {
        let mut command = Command::new(places::backend()?);
        command.arg("serve").arg("--data").arg(self.data.path());
        command.arg("--site").arg(places::site()?);
        command.arg("--port").arg(self.port.to_string());
        if let Some(folder) = load {
            command.arg("--load").arg(folder);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        if std::env::var_os("RUST_LOG").is_none() {
            command.env("RUST_LOG", "warn");
        }
        let mut process = Tree::spawn(&mut command)?;
        let out = process
            .child()
            .stdout
            .take()
            .context("the backend has no output")?;
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if line.starts_with("ready ") {
                    tell.send(()).ok();
                }
            }
        });
        // On a thread that may block: the tests' own tasks go on meanwhile.
        let waited = tokio::task::spawn_blocking(move || told.recv_timeout(READY)).await?;
        if waited.is_err() {
            bail!("the backend did not say that it is ready");
        }
        self.process = Some(process);
        Ok(())
    }
}
