//! What every handler can reach, and the router put together.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::db::Db;
use crate::session::{Lockout, Passwords};

/// How a backend is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Data folder: the SQLite file, and `media/`.
    pub data: PathBuf,
    /// The built client, if the backend serves it.
    pub site: Option<PathBuf>,
    /// A proxy in front speaks HTTPS: the session cookie is `__Host-` and Secure, and the last
    /// address in `X-Forwarded-For` is the client's.
    pub public_https: bool,
    /// Name of the site, as its pages show it.
    pub name: String,
    /// Whom to ask for help, in words.
    pub help: Option<String>,
    /// Rows on a page of a list.
    pub page_size: u32,
}

impl Settings {
    /// The defaults, on a data folder.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            site: None,
            public_https: false,
            name: "工课".to_owned(),
            help: None,
            page_size: 50,
        }
    }

    /// Where media are kept.
    pub fn media_dir(&self) -> PathBuf {
        self.data.join("media")
    }
}

/// The backend's state, shared by all requests.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What [`App`] holds.
pub struct Inner {
    pub(crate) settings: Settings,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) lockout: Lockout,
    pub(crate) passwords: Passwords,
    /// Told when an attempt starts, so that the deadline keeper looks again.
    pub(crate) attempt_started: Notify,
}

impl App {
    /// A backend on an open database.
    pub fn new(settings: Settings, db: Db, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            settings,
            db,
            clock,
            lockout: Lockout::default(),
            passwords: Passwords::new(),
            attempt_started: Notify::new(),
        }))
    }
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
