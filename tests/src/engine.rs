//! The browser engines: how to start their drivers and what to ask them for.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::browser::Look;

/// A browser engine. `GONGKE_ENGINE` names the one that tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium (Blink).
    Chromium,
    /// Firefox ESR (Gecko).
    Firefox,
    /// WPE WebKit.
    WebKit,
}

impl Engine {
    /// The engine that `GONGKE_ENGINE` names; Chromium without it.
    pub fn asked_for() -> Result<Self> {
        match env::var("GONGKE_ENGINE").as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok("webkit") => Ok(Self::WebKit),
            Ok(other) => bail!("GONGKE_ENGINE={other}: there are chromium, firefox, webkit"),
        }
    }

    /// Its driver, listening on `port`; what it needs to write goes below `profile`.
    pub(crate) fn driver(self, port: u16, profile: &Path) -> Command {
        let mut command = match self {
            Self::Chromium => Command::new("chromedriver"),
            Self::Firefox => Command::new("geckodriver"),
            Self::WebKit => Command::new("WPEWebDriver"),
        };
        match self {
            Self::Chromium => {
                command.arg(format!("--port={port}"));
                // The wrapper script of a distribution may look into the home folder.
                command.env("XDG_CONFIG_HOME", profile.join("config"));
            }
            Self::Firefox => {
                // Firefox connects back to the driver, by a port that must differ for each.
                command.args(["--port", &port.to_string(), "--websocket-port", "0"]);
                command.env("MOZ_HEADLESS", "1").env("HOME", profile);
            }
            Self::WebKit => {
                command.arg(format!("--port={port}"));
                command
                    .env("COG_PLATFORM_NAME", "headless")
                    .env("EGL_PLATFORM", "surfaceless")
                    .env("LIBGL_ALWAYS_SOFTWARE", "1")
                    .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
                    .env("XDG_RUNTIME_DIR", profile)
                    .env("XDG_DATA_HOME", profile)
                    .env("XDG_CACHE_HOME", profile.join("cache"));
            }
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// What to ask the driver for.
    pub(crate) fn capabilities(self, look: Look, profile: &Path, downloads: &Path) -> Value {
        match self {
            Self::Chromium => chromium(look, profile, downloads),
            Self::Firefox => firefox(look, profile, downloads),
            Self::WebKit => json!({
                "wpe:browserOptions": {
                    "binary": "/usr/bin/cog",
                    "args": ["--automation", "--platform=headless"],
                },
            }),
        }
    }
}

fn chromium(look: Look, profile: &Path, downloads: &Path) -> Value {
    let mut args: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--mute-audio",
        "--force-device-scale-factor=1",
        "--hide-scrollbars",
    ]
    .map(str::to_owned)
    .into();
    args.push(format!("--window-size={},{}", look.width, look.height));
    args.push(format!("--lang={}", look.language));
    args.push(format!("--user-data-dir={}", profile.display()));
    json!({
        "goog:chromeOptions": {
            "args": args,
            "prefs": {
                "intl.accept_languages": look.language,
                "download.default_directory": downloads,
                "download.prompt_for_download": false,
            },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(look: Look, profile: &Path, downloads: &Path) -> Value {
    json!({
        "moz:firefoxOptions": {
            "args": [
                "-headless",
                "-profile", profile,
                format!("--width={}", look.width),
                format!("--height={}", look.height),
            ],
            "prefs": {
                "intl.accept_languages": look.language,
                "browser.download.folderList": 2,
                "browser.download.dir": downloads,
                "browser.download.useDownloadDir": true,
                "browser.helperApps.neverAsk.saveToDisk": "application/pdf",
                "pdfjs.disabled": true,
                "media.volume_scale": "0.0",
            },
        },
    })
}
