//! Prints as JSON what a cold sign-in page loads: for `cargo xtask size`.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::cell::Cell;

use anyhow::Result;
use harness::{Backend, Browser, Engine, Look, Role, sample};
use serde_json::Value;

/// What came over the wire, headers left out. The icon is asked for by name, since headless
/// browsers leave it out and others do not.
const LOADED: &str = "
const done = arguments[arguments.length - 1];
const icon = document.querySelector('link[rel=icon]');
const asked = icon ? fetch(icon.href).then((reply) => reply.arrayBuffer()) : Promise.resolve();
asked.then(() => {
  const entries = [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ];
  done(entries.map((entry) => ({
    path: entry.name.slice(location.origin.length),
    encoded: entry.encodedBodySize,
    decoded: entry.decodedBodySize,
  })));
});";

#[tokio::main]
async fn main() -> Result<()> {
    let backend = Backend::start(&sample()).await?;
    let look = Look {
        width: 390,
        height: 844,
        ..Look::default()
    };
    let browser = Browser::start_with(Engine::Chromium, look).await?;
    let page = browser.page(&backend.origin())?;
    page.open("/sign-in").await?;
    page.one(Role::Field, "用户名").await?;
    // Whatever loads after the first paint counts as well: until nothing came for a second.
    let seen = Cell::new((0, std::time::Instant::now()));
    page.until("the network to come to rest", || async {
        let script = "return performance.getEntriesByType('resource').length";
        let count: usize = page.js(script, vec![]).await?;
        if count != seen.get().0 {
            seen.set((count, std::time::Instant::now()));
        }
        Ok((seen.get().1.elapsed().as_millis() > 1000).then_some(()))
    })
    .await?;
    let loaded = page
        .driver()
        .execute_async(LOADED, Vec::<Value>::new())
        .await?;
    println!("{}", serde_json::to_string_pretty(loaded.json())?);
    browser.quit().await
}
