//! A running browser with its driver, and the profile folder that outlives it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::time::{Instant, sleep};

use crate::engine::Engine;
use crate::page::Page;
use crate::process::{Tree, free_port};

/// How long a driver may take to listen, and a browser to start.
const START: Duration = Duration::from_secs(60);

/// The size of the window, and the language that the browser asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// BCP 47 tag.
    pub language: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 1280,
            height: 800,
            language: "zh-CN",
        }
    }
}

/// A browser with one window. Dropping it kills it with all its processes.
pub struct Browser {
    engine: Engine,
    look: Look,
    driver: Option<WebDriver>,
    processes: Tree,
    // Dropped after the processes, whose files it holds.
    profile: Arc<TempDir>,
}

impl Browser {
    /// Starts the engine that was asked for, with a fresh profile.
    pub async fn start() -> Result<Self> {
        Self::start_with(Engine::asked_for()?, Look::default()).await
    }

    /// Starts an engine with a fresh profile.
    pub async fn start_with(engine: Engine, look: Look) -> Result<Self> {
        let profile = tempfile::Builder::new()
            .prefix("gongke-profile-")
            .tempdir()?;
        Self::start_in(engine, look, Arc::new(profile)).await
    }

    async fn start_in(engine: Engine, look: Look, profile: Arc<TempDir>) -> Result<Self> {
        let port = free_port()?;
        let folder = profile.path().join("profile");
        let downloads = profile.path().join("downloads");
        std::fs::create_dir_all(&folder)?;
        std::fs::create_dir_all(&downloads)?;
        let mut processes = Tree::spawn(&mut engine.driver(port, profile.path()))?;
        let url = format!("http://127.0.0.1:{port}");
        let deadline = Instant::now() + START;
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            if let Some(status) = processes.child().try_wait()? {
                bail!("the driver of {engine:?} ended with {status}");
            }
            ensure!(
                Instant::now() < deadline,
                "the driver of {engine:?} does not listen"
            );
            sleep(Duration::from_millis(20)).await;
        }
        let wanted = engine.capabilities(look, &folder, &downloads);
        let Value::Object(wanted) = wanted else {
            bail!("capabilities are an object")
        };
        let mut capabilities = Capabilities::new();
        for (name, value) in wanted {
            capabilities.set(&name, value)?;
        }
        let driver = WebDriver::builder(url, capabilities)
            .request_timeout(START)
            .await
            .with_context(|| format!("{engine:?} does not start"))?;
        let browser = Self {
            engine,
            look,
            driver: Some(driver),
            processes,
            profile,
        };
        browser.resize(look.width, look.height).await?;
        Ok(browser)
    }

    /// What runs.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Its window, showing pages of `origin` (such as `http://127.0.0.1:8080`).
    pub fn page(&self, origin: &str) -> Result<Page> {
        let driver = self.driver()?.clone();
        Ok(Page::new(driver, origin.to_owned()))
    }

    fn driver(&self) -> Result<&WebDriver> {
        self.driver.as_ref().context("the browser was killed")
    }

    /// Where it puts what it downloads.
    pub fn downloads(&self) -> PathBuf {
        self.profile.path().join("downloads")
    }

    /// The folder of everything that it keeps.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Gives the page this size. Chromium counts as a phone below 600 px.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let driver = self.driver()?;
        if self.engine == Engine::Chromium {
            let metrics = json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
            });
            driver
                .cdp()
                .send_raw("Emulation.setDeviceMetricsOverride", metrics)
                .await?;
        } else {
            driver.set_window_rect(0, 0, width, height).await?;
        }
        Ok(())
    }

    /// Takes the browser's network away, or gives it back, as it would notice (Chromium only).
    pub async fn offline(&self, offline: bool) -> Result<()> {
        ensure!(
            self.engine == Engine::Chromium,
            "{:?} cannot be put off line",
            self.engine
        );
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        let cdp = self.driver()?.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.emulateNetworkConditions", conditions)
            .await?;
        Ok(())
    }

    /// What the browser wrote to its console since the last call, warnings and worse: uncaught
    /// errors and violations of the CSP are among it (Chromium only). Left out are the lines on
    /// replies of the API that say no (4xx): that is the browser's own bookkeeping.
    pub async fn console(&self) -> Result<Vec<String>> {
        const NO: &str = "Failed to load resource: the server responded with a status of 4";
        let entries = self.driver()?.browser_log().await?;
        let worse = entries.into_iter().filter(|entry| {
            let is_no = entry.message.contains("/api/v1/") && entry.message.contains(NO);
            ["WARNING", "SEVERE"].contains(&entry.level.as_str()) && !is_no
        });
        Ok(worse
            .map(|entry| format!("{}: {}", entry.level, entry.message))
            .collect())
    }

    /// Kills the browser as a power cut would (SIGKILL), and starts it again with the same
    /// profile and window.
    pub async fn kill_and_start_again(mut self) -> Result<Self> {
        if let Some(driver) = self.driver.take() {
            driver.leak().ok();
        }
        let killed = self.processes.kill_offspring();
        ensure!(killed > 0, "there was no browser to kill");
        let (engine, look, profile) = (self.engine, self.look, Arc::clone(&self.profile));
        drop(self);
        Self::start_in(engine, look, profile).await
    }

    /// Quits in good order.
    pub async fn quit(mut self) -> Result<()> {
        if let Some(driver) = self.driver.take() {
            driver.quit().await?;
        }
        Ok(())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its own drop would talk to the driver; ours kills both.
        if let Some(driver) = self.driver.take() {
            driver.leak().ok();
        }
    }
}
