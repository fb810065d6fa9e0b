//! Builds the reference backend, and runs it as a child.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::house::House;
use crate::step::{quietly, step};

/// How long a backend may take to say that it is ready; loading a class hashes its media.
const READY: Duration = Duration::from_secs(120);

/// Builds the backend with the given cargo profile, and returns the program.
pub(crate) fn build(house: &House, profile: &str) -> Result<PathBuf> {
    let folder = if profile == "dev" { "debug" } else { profile };
    let program = house.target.join(folder).join(exe("gongke-backend"));
    let mut cargo = house.cargo();
    cargo.args([
        "build",
        "--package",
        "gongke-backend",
        "--bin",
        "gongke-backend",
        "--profile",
    ]);
    cargo.arg(profile);
    let what = if program.exists() {
        "bringing the backend up to date"
    } else {
        "building the backend (some minutes, the first time)"
    };
    step(what, || {
        quietly(&mut cargo, &house.notes().join("backend-build.log"))
    })?;
    Ok(program)
}

fn exe(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// A running backend; killed when dropped.
pub(crate) struct Backend {
    child: Child,
    /// Where it listens.
    pub(crate) url: String,
}

impl Backend {
    /// Starts it, and waits until it says that it is ready. It loads the class in `sample` if its
    /// database holds none.
    pub(crate) fn start(
        program: &Path,
        data: &Path,
        site: &Path,
        port: u16,
        sample: &Path,
    ) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .arg("serve")
            .arg("--data")
            .arg(data)
            .arg("--site")
            .arg(site);
        command.arg("--port").arg(port.to_string());
        command.arg("--load").arg(sample);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let out = child.stdout.take().context("the backend has no output")?;
        let (tell, told) = mpsc::channel();
        // Keeps reading after the ready line, so that the backend never blocks on a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                match line.strip_prefix("ready ") {
                    Some(url) => {
                        tell.send(url.trim().to_owned()).ok();
                    }
                    None => println!("{line}"),
                }
            }
        });
        let mut backend = Self {
            child,
            url: String::new(),
        };
        match told.recv_timeout(READY) {
            Ok(url) => backend.url = url,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                bail!("the backend was not ready after {} s", READY.as_secs())
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                bail!("the backend ended with {}", backend.child.wait()?)
            }
        }
        Ok(backend)
    }

    /// Whether it has ended by itself, and how.
    pub(crate) fn ended(&mut self) -> Result<Option<std::process::ExitStatus>> {
        Ok(self.child.try_wait()?)
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        // On Ctrl-C in a terminal it has had the signal too, and has closed its database.
        for _ in 0..20 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
