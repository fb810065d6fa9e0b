//! A page as a person has it before them: roles, names and words.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebDriver, WebElement};
use tokio::time::{Instant, sleep};

use crate::places;

/// How long a page may take to become as expected: long, since it only bounds failures.
pub const WAIT: Duration = Duration::from_secs(30);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// What an element is to those who use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An urgent message.
    Alert,
    /// A button.
    Button,
    /// A check box.
    Checkbox,
    /// An open dialog.
    Dialog,
    /// A field that takes text, or a choice.
    Field,
    /// A heading of any level.
    Heading,
    /// A picture.
    Image,
    /// A link.
    Link,
    /// An entry of a list.
    Listitem,
    /// An entry of a menu.
    Menuitem,
    /// A radio button.
    Radio,
    /// A slider.
    Slider,
    /// A quiet message.
    Status,
    /// A tab of a tab list.
    Tab,
    /// A clock.
    Timer,
}

impl Role {
    fn word(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// A visible element.
pub struct Element {
    /// The element.
    pub element: WebElement,
    /// What a person clicks: its label, for radio buttons and check boxes.
    pub clicked: WebElement,
    /// Its accessible name.
    pub name: String,
    /// Whether it has the focus.
    pub focused: bool,
}

/// A browser's window.
#[derive(Clone)]
pub struct Page {
    driver: WebDriver,
    origin: String,
}

impl Page {
    pub(crate) fn new(driver: WebDriver, origin: String) -> Self {
        Self { driver, origin }
    }

    /// Speaks WebDriver directly, for what has no words here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Opens a path of the app, by loading it.
    pub async fn open(&self, path: &str) -> Result<()> {
        Ok(self.driver.goto(format!("{}{path}", self.origin)).await?)
    }

    /// Loads the page anew.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// The path that the address bar shows, query included.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver.current_url().await?;
        let query = url.query().map(|query| format!("?{query}"));
        Ok(format!("{}{}", url.path(), query.unwrap_or_default()))
    }

    /// Runs a script in the page.
    pub async fn js<T: DeserializeOwned>(&self, script: &str, args: Vec<Value>) -> Result<T> {
        Ok(self.driver.execute(script, args).await?.convert()?)
    }

    /// Every visible element of a role whose name is `name`, now.
    pub async fn all(&self, role: Role, name: &str) -> Result<Vec<Element>> {
        self.locate(role, name, "is").await
    }

    /// Every visible element of a role whose name has `part` in it, now.
    pub async fn all_with(&self, role: Role, part: &str) -> Result<Vec<Element>> {
        self.locate(role, part, "has").await
    }

    async fn locate(&self, role: Role, name: &str, how: &str) -> Result<Vec<Element>> {
        let args = vec![json!(role.word()), json!(name), json!(how)];
        let found = self.driver.execute(include_str!("locate.js"), args).await?;
        let found = found.json().as_array().cloned().unwrap_or_default();
        let element =
            |value: &Value| WebElement::from_json(value.clone(), self.driver.handle().clone());
        let elements = found.iter().map(|found| {
            Ok(Element {
                element: element(&found["element"])?,
                clicked: element(&found["clicked"])?,
                name: found["name"].as_str().unwrap_or_default().to_owned(),
                focused: found["focused"].as_bool().unwrap_or_default(),
            })
        });
        elements.collect()
    }

    /// The one visible element of that role and name, as soon as it is there.
    pub async fn one(&self, role: Role, name: &str) -> Result<Element> {
        let what = format!("{} “{name}”", role.word());
        self.until(&what, || async {
            let mut found = self.all(role, name).await?;
            ensure!(found.len() < 2, "there are {} of {what}", found.len());
            Ok(found.pop())
        })
        .await
    }

    /// The first visible element of that role with `part` in its name, as soon as it is there.
    pub async fn first_with(&self, role: Role, part: &str) -> Result<Element> {
        let what = format!("{} with “{part}”", role.word());
        self.until(&what, || async {
            let found = self.all_with(role, part).await?;
            Ok(found.into_iter().next())
        })
        .await
    }

    /// Clicks the one element of that role and name.
    pub async fn click(&self, role: Role, name: &str) -> Result<()> {
        let what = format!("a click on the {} “{name}”", role.word());
        self.until(&what, || async {
            let found = self.all(role, name).await?;
            ensure!(
                found.len() < 2,
                "there are {} of the {} “{name}”",
                found.len(),
                role.word()
            );
            self.try_click(found).await
        })
        .await
    }

    /// Clicks the first element of that role with `part` in its name.
    pub async fn click_with(&self, role: Role, part: &str) -> Result<()> {
        let what = format!("a click on a {} with “{part}”", role.word());
        self.until(&what, || async {
            self.try_click(self.all_with(role, part).await?).await
        })
        .await
    }

    /// A page that renders meanwhile may replace what was found: then it is looked for again.
    async fn try_click(&self, found: Vec<Element>) -> Result<Option<()>> {
        let Some(found) = found.into_iter().next() else {
            return Ok(None);
        };
        let enabled = found.element.is_enabled().await.unwrap_or(false);
        let clicked = enabled && found.clicked.click().await.is_ok();
        Ok(clicked.then_some(()))
    }

    /// Clicks a button.
    pub async fn button(&self, name: &str) -> Result<()> {
        self.click(Role::Button, name).await
    }

    /// Clicks a link.
    pub async fn link(&self, name: &str) -> Result<()> {
        self.click(Role::Link, name).await
    }

    /// Writes into the field with that label, in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.one(Role::Field, label).await?.element;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Chooses an entry of the select field with that label.
    pub async fn choose(&self, label: &str, entry: &str) -> Result<()> {
        let field = self.one(Role::Field, label).await?.element;
        for option in field.find_all(By::Tag("option")).await? {
            if option
                .prop("text")
                .await?
                .is_some_and(|text| text.trim() == entry)
            {
                return Ok(option.click().await?);
            }
        }
        bail!("the field “{label}” has no entry “{entry}”")
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Presses Tab until the element has the focus, as one does without a mouse.
    pub async fn tab_to(&self, role: Role, name: &str) -> Result<()> {
        const MOST: usize = 80;
        self.first_with(role, name).await?;
        for _ in 0..MOST {
            let found = self.all_with(role, name).await?;
            if found.iter().any(|element| element.focused) {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        bail!(
            "{MOST} times Tab did not lead to the {} “{name}”; {}",
            role.word(),
            self.describe().await
        )
    }

    /// Waits for a heading.
    pub async fn heading(&self, name: &str) -> Result<()> {
        self.one(Role::Heading, name).await.map(drop)
    }

    /// Waits until the page shows these words.
    pub async fn shows(&self, words: &str) -> Result<()> {
        let what = format!("the words “{words}”");
        self.until(&what, || async {
            Ok(self.text().await?.contains(words).then_some(()))
        })
        .await
    }

    /// Waits until the page no longer shows these words.
    pub async fn shows_no_more(&self, words: &str) -> Result<()> {
        let what = format!("the words “{words}” to go");
        self.until(&what, || async {
            Ok((!self.text().await?.contains(words)).then_some(()))
        })
        .await
    }

    /// Waits until the address is this path.
    pub async fn arrives_at(&self, path: &str) -> Result<()> {
        let what = format!("the address {path}");
        self.until(&what, || async {
            Ok((self.path().await? == path).then_some(()))
        })
        .await
    }

    /// The words that the page shows now.
    pub async fn text(&self) -> Result<String> {
        self.js("return document.body.innerText", vec![]).await
    }

    /// Looks until `look` finds something. An error ends it at once; a page that is being
    /// replaced is looked at again.
    pub async fn until<T, F, R>(&self, what: &str, look: F) -> Result<T>
    where
        F: Fn() -> R,
        R: Future<Output = Result<Option<T>>>,
    {
        self.until_within(WAIT, what, look).await
    }

    /// The same with a bound of its own, for what takes long by its nature.
    pub async fn until_within<T, F, R>(&self, wait: Duration, what: &str, look: F) -> Result<T>
    where
        F: Fn() -> R,
        R: Future<Output = Result<Option<T>>>,
    {
        let deadline = Instant::now() + wait;
        loop {
            match look().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                Err(error) if is_passing(&error) => {}
                Err(error) => return Err(error).context(what.to_owned()),
            }
            if Instant::now() >= deadline {
                let seen = self.describe().await;
                bail!("waited {} s in vain for {what}; {seen}", wait.as_secs());
            }
            sleep(LOOK).await;
        }
    }

    /// What is on the page, for a failure's message: structure and no personal data. The picture
    /// goes into the target folder.
    async fn describe(&self) -> String {
        let mut seen = format!("the page is {}", self.path().await.unwrap_or_default());
        for role in [
            Role::Heading,
            Role::Button,
            Role::Link,
            Role::Field,
            Role::Alert,
        ] {
            let names: Vec<String> = match self.all(role, "").await {
                Ok(found) => found.into_iter().map(|found| found.name).collect(),
                Err(_) => Vec::new(),
            };
            seen.push_str(&format!("\n  {}: {}", role.word(), names.join(" | ")));
        }
        let asked = "return performance.getEntriesByType('resource').slice(-6)
            .map((entry) => new URL(entry.name).pathname)";
        for path in self
            .js::<Vec<String>>(asked, vec![])
            .await
            .unwrap_or_default()
        {
            seen.push_str(&format!("\n  asked for: {path}"));
        }
        // Only Chromium's driver tells it.
        for entry in self.driver.browser_log().await.unwrap_or_default() {
            seen.push_str(&format!("\n  console: {}", entry.message));
        }
        if let Ok(path) = self.picture_of_failure().await {
            seen.push_str(&format!("\n  picture: {path}"));
        }
        seen
    }

    async fn picture_of_failure(&self) -> Result<String> {
        let folder = places::target()?.join("browser-failures");
        std::fs::create_dir_all(&folder)?;
        let test = std::thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        let path = folder.join(format!("{test}.png"));
        self.driver.screenshot(&path).await?;
        Ok(path.display().to_string())
    }
}

/// Errors of a page that changes under one's hands.
fn is_passing(error: &anyhow::Error) -> bool {
    use thirtyfour::error::WebDriverErrorInner as Inner;
    let Some(error) = error.downcast_ref::<thirtyfour::error::WebDriverError>() else {
        return false;
    };
    matches!(
        **error,
        Inner::StaleElementReference(_)
            | Inner::JavascriptError(_)
            | Inner::NoSuchElement(_)
            | Inner::ElementClickIntercepted(_)
            | Inner::ElementNotInteractable(_)
            | Inner::NoSuchWindow(_)
    )
}
