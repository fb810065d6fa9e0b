//! What must hold on every page.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::page::Page;
use crate::places;

/// A rule of accessibility that a page breaks (axe-core).
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// The rule.
    pub id: String,
    /// How grave it is.
    pub impact: Option<String>,
    /// Where, as selectors.
    pub places: Vec<String>,
}

/// Injected through WebDriver, so that the page's CSP stays as it is.
const RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
  (result) => done(result.violations.map((found) => ({
    id: found.id,
    impact: found.impact,
    places: found.nodes.slice(0, 5).map((node) => node.target.join(' ')),
  }))),
  (error) => done('axe failed: ' + error),
);";

impl Page {
    /// The serious and critical violations that axe-core finds on the page as it is.
    pub async fn violations(&self) -> Result<Vec<Violation>> {
        let path = places::node_module("axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&path)
            .with_context(|| format!("{}: run `npm ci`", path.display()))?;
        let none: Vec<Value> = Vec::new();
        self.driver().execute(axe, none.clone()).await?;
        let found = self.driver().execute_async(RUN, none).await?;
        let found: Vec<Violation> = found
            .convert()
            .with_context(|| format!("axe-core: {}", found.json()))?;
        let grave = |violation: &Violation| {
            matches!(violation.impact.as_deref(), Some("serious" | "critical"))
        };
        Ok(found.into_iter().filter(grave).collect())
    }
}

/// Whether the page is wider than its window.
pub async fn has_horizontal_scroll(page: &Page) -> Result<bool> {
    let script = "
        const root = document.scrollingElement;
        return root.scrollWidth > root.clientWidth;";
    page.js(script, vec![]).await
}
