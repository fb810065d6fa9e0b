//! A browser with a backend behind a faulty network, and the camera.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use harness::{Api, Backend, Browser, ClassFolder, Engine, FaultProxy, Look, Page, sample};
use serde_json::{Value, json};

/// The sizes, in CSS pixels.
pub(crate) const SIZES: [(u32, u32); 4] = [(360, 780), (390, 844), (1280, 800), (1920, 1080)];
/// Tallest picture, in CSS pixels.
const TALLEST: u64 = 6000;
/// The sample's password.
const PASSWORD: &str = "gongke-2026";

/// What the command line asks for.
pub(crate) struct Options {
    /// Parts of scenes' names; all, if empty.
    pub(crate) wanted: Vec<String>,
    pub(crate) sizes: Vec<(u32, u32)>,
    pub(crate) language: &'static str,
    /// The whole page, not only what the window shows.
    pub(crate) whole: bool,
    pub(crate) folder: PathBuf,
}

impl Options {
    pub(crate) fn wants(&self, scene: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|part| scene.contains(part.as_str()))
    }
}

/// One person's browser.
pub(crate) struct Studio<'a> {
    options: &'a Options,
    pub(crate) page: Page,
    pub(crate) proxy: FaultProxy,
    pub(crate) api: Option<Api>,
    browser: Browser,
    taken: usize,
    // Serves until the end.
    _backend: Backend,
}

impl<'a> Studio<'a> {
    /// With the sample class, its exam lasting so long, and that person known to the API.
    pub(crate) async fn open(
        options: &'a Options,
        person: Option<&str>,
        exam_time: Option<&str>,
    ) -> Result<Self> {
        let class = exam_time
            .map(|time| ClassFolder::sample()?.exam_time(time))
            .transpose()?;
        let folder = class
            .as_ref()
            .map_or_else(sample, |class| class.path().to_path_buf());
        let backend = Backend::start(&folder).await?;
        let proxy = FaultProxy::start(backend.port()).await?;
        let (width, height) = options.sizes[0];
        let look = Look {
            width,
            height,
            language: options.language,
        };
        let browser = Browser::start_with(Engine::Chromium, look).await?;
        let page = browser.page(&proxy.origin())?;
        let api = match person {
            Some(person) => Some(Api::sign_in(&backend.origin(), person, PASSWORD).await?),
            None => None,
        };
        let studio = Self {
            options,
            page,
            proxy,
            api,
            browser,
            taken: 0,
            _backend: backend,
        };
        if let Some(person) = person {
            studio.sign_in(person).await?;
        }
        Ok(studio)
    }

    pub(crate) fn wants(&self, scene: &str) -> bool {
        self.options.wants(scene)
    }

    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    pub(crate) fn api(&self) -> Result<&Api> {
        self.api.as_ref().context("nobody is signed in")
    }

    /// A word of the page in the language of the pictures.
    pub(crate) fn word(&self, chinese: &'static str, english: &'static str) -> &'static str {
        if self.is_english() { english } else { chinese }
    }

    pub(crate) fn is_english(&self) -> bool {
        self.options.language == "en"
    }

    async fn sign_in(&self, person: &str) -> Result<()> {
        self.page.open("/sign-in").await?;
        self.page
            .fill(self.word("用户名", "User name"), person)
            .await?;
        self.page
            .fill(self.word("密码", "Password"), PASSWORD)
            .await?;
        self.page.button(self.word("登录", "Sign in")).await?;
        self.page.arrives_at("/").await
    }

    /// Loads a path, and waits until it says one of the words.
    pub(crate) async fn visit(&self, path: &str, words: &str) -> Result<()> {
        self.page.open(path).await?;
        self.page.shows(words).await
    }

    pub(crate) async fn offline(&self, offline: bool) -> Result<()> {
        self.browser.offline(offline).await
    }

    /// Takes the scene in every size that is wanted.
    pub(crate) async fn take(&mut self, scene: &str) -> Result<()> {
        if !self.wants(scene) {
            return Ok(());
        }
        std::fs::create_dir_all(&self.options.folder)?;
        for &(width, height) in &self.options.sizes {
            self.browser.resize(width, height).await?;
            self.settled().await?;
            let picture = self.picture(width, height).await?;
            let suffix = if self.options.language == "en" {
                "-en"
            } else {
                ""
            };
            let name = format!("{scene}-{width}x{height}{suffix}.png");
            std::fs::write(self.options.folder.join(&name), picture)?;
            self.taken += 1;
        }
        let (width, height) = self.options.sizes[0];
        self.browser.resize(width, height).await?;
        println!("{scene}");
        Ok(())
    }

    /// Until pictures and fonts are there, and the page has been painted twice.
    async fn settled(&self) -> Result<()> {
        let script = "
            const done = arguments[arguments.length - 1];
            const pictures = Array.from(document.images, (image) => image.complete || image.loading === 'lazy'
                ? Promise.resolve()
                : new Promise((go) => { image.onload = image.onerror = go; setTimeout(go, 3000); }));
            Promise.all([document.fonts.ready, ...pictures])
                .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));";
        self.page
            .driver()
            .execute_async(script, Vec::<Value>::new())
            .await?;
        Ok(())
    }

    async fn picture(&self, width: u32, height: u32) -> Result<Vec<u8>> {
        let script = "return Math.ceil(document.documentElement.getBoundingClientRect().height)";
        let tall: u64 = self.page.js(script, vec![]).await?;
        let tall = if self.options.whole {
            tall.clamp(height.into(), TALLEST)
        } else {
            height.into()
        };
        if tall > height.into() {
            // A taller window, so that what is fixed to its edges stands at the page's edges.
            self.browser.resize(width, u32::try_from(tall)?).await?;
            self.settled().await?;
        }
        let shot = self
            .page
            .driver()
            .cdp()
            .send_raw("Page.captureScreenshot", json!({ "format": "png" }))
            .await?;
        let data = shot["data"].as_str().context("no picture")?;
        decode(data)
    }
}

/// Base64, by the tool that WebDriver's client uses anyway.
fn decode(text: &str) -> Result<Vec<u8>> {
    use base64::Engine as _;
    Ok(base64::engine::general_purpose::STANDARD.decode(text)?)
}
