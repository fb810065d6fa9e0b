//! A device that cannot store: what is in the page only is told to be so, and is sent all the same.

use anyhow::{Result, ensure};
use harness::{Api, Engine, Fault, Page, note};
use serde_json::json;

use crate::steps::{CANDIDATE, InExam, PASSWORD, all_saved, answer_some, right_on_server};

#[tokio::test]
async fn an_answer_whose_transaction_aborts_after_its_write_is_told_as_not_stored() -> Result<()> {
    let InExam {
        bank,
        backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    answer_some(&page, &bank, 1, 1).await?;
    all_saved(&page).await?;

    proxy.fail("PUT", "/answers/", Fault::Refuse);
    fill_the_device(&page).await?;
    answer_some(&page, &bank, 2, 2).await?;
    page.shows("2 题尚未保存，请不要关闭本页").await?;
    ensure!(proxy.happened() > 0, "the server was reachable");
    page.until("both transactions to abort", || async {
        Ok((aborted(&page).await? >= 2).then_some(()))
    })
    .await?;

    proxy.heal();
    all_saved(&page).await?;
    let api = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    ensure!(
        right_on_server(&api, &bank).await? == 3,
        "an answer is lost"
    );
    browser.quit().await
}

#[tokio::test]
async fn a_database_that_never_opens_holds_no_page_up_and_is_told() -> Result<()> {
    if Engine::asked_for()? != Engine::Chromium {
        note("only Chromium runs a script before the page's own: not tested elsewhere");
        return Ok(());
    }
    const NEVER: &str = "
        window.opened = 0;
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...what) {
          window.opened += 1;
          const request = open.apply(this, what);
          for (const end of ['onsuccess', 'onerror', 'onblocked', 'onupgradeneeded']) {
            Object.defineProperty(request, end, { set: () => {} });
          }
          return request;
        };";
    let InExam {
        bank,
        backend: _backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    answer_some(&page, &bank, 1, 1).await?;
    all_saved(&page).await?;

    run_first(&page, NEVER).await?;
    page.reload().await?;
    page.shows("已答 1 题").await?;
    proxy.fail("PUT", "/answers/", Fault::Refuse);
    answer_some(&page, &bank, 2, 1).await?;
    page.until("the word that an answer is not stored", || async {
        let text = page.text().await?;
        ensure!(!text.contains("已存本机"), "it is said to be stored");
        Ok(text.contains("1 题尚未保存，请不要关闭本页").then_some(()))
    })
    .await?;
    ensure!(proxy.happened() > 0, "the server was reachable");
    let opened: u64 = page.js("return window.opened", vec![]).await?;
    ensure!(opened > 0, "nobody tried to open the database");
    page.driver().back().await?;
    page.link("我的").await?;
    page.button("退出登录").await?;
    page.shows("未能存到本机").await?;
    page.button("取消").await?;
    proxy.heal();
    page.shows("没有待上传的记录").await?;
    browser.quit().await
}

#[tokio::test]
async fn a_database_that_opens_late_still_brings_its_answers_to_the_page() -> Result<()> {
    const LATE: &str = "
        window.faults = 0;
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...what) {
          const request = open.apply(this, what);
          Object.defineProperty(request, 'onsuccess', { set: (tell) => {
            request.addEventListener('success', (event) => {
              setTimeout(() => { window.faults += 1; tell(event); }, 6000);
            });
          } });
          return request;
        };";
    answers_come_late(LATE).await
}

#[tokio::test]
async fn a_database_that_does_not_open_at_first_is_asked_until_it_does() -> Result<()> {
    const NOT_AT_FIRST: &str = "
        window.faults = 0;
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...what) {
          if (window.faults < 4) {
            window.faults += 1;
            throw new DOMException('in use', 'UnknownError');
          }
          return open.apply(this, what);
        };";
    answers_come_late(NOT_AT_FIRST).await
}

/// Two answers are on the device alone; then the page is loaded anew, after a script that keeps it
/// from its database for a while and counts that in `window.faults`.
async fn answers_come_late(script: &str) -> Result<()> {
    if Engine::asked_for()? != Engine::Chromium {
        note("only Chromium runs a script before the page's own: not tested elsewhere");
        return Ok(());
    }
    let InExam {
        bank,
        backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    proxy.fail("PUT", "/answers/", Fault::Refuse);
    answer_some(&page, &bank, 1, 2).await?;
    page.shows("2 题已存本机，待上传").await?;

    run_first(&page, script).await?;
    page.reload().await?;
    page.shows("已答 0 题").await?;
    page.shows("已答 2 题").await?;
    let faults: u64 = page.js("return window.faults", vec![]).await?;
    ensure!(faults > 0, "the database opened at once");
    proxy.heal();
    all_saved(&page).await?;
    let api = Api::sign_in(&backend.origin(), CANDIDATE, PASSWORD).await?;
    ensure!(
        right_on_server(&api, &bank).await? == 2,
        "an answer is lost"
    );
    browser.quit().await
}

#[tokio::test]
async fn a_database_that_was_closed_under_the_page_is_opened_again() -> Result<()> {
    const CLOSE_ONCE: &str = "
        window.closed_once = false;
        const begin = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...what) {
          if (!window.closed_once) {
            this.close();
            window.closed_once = true;
          }
          return begin.apply(this, what);
        };
        return true;";
    let InExam {
        bank,
        backend: _backend,
        proxy,
        browser,
        page,
    } = InExam::begin().await?;
    proxy.fail("PUT", "/answers/", Fault::Refuse);
    page.js::<bool>(CLOSE_ONCE, vec![]).await?;
    answer_some(&page, &bank, 1, 2).await?;
    page.shows("2 题已存本机，待上传").await?;
    let closed: bool = page.js("return window.closed_once", vec![]).await?;
    ensure!(closed, "the database was never closed");
    browser.quit().await
}

/// Runs a script before the page's own whenever a page is loaded.
async fn run_first(page: &Page, script: &str) -> Result<()> {
    let script = json!({ "source": script });
    let cdp = page.driver().cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script)
        .await?;
    Ok(())
}

/// From now on every write succeeds and its transaction is aborted all the same: what a browser
/// does that finds at the commit that the device is full.
async fn fill_the_device(page: &Page) -> Result<()> {
    const SCRIPT: &str = "
        window.aborted = 0;
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...written) {
          const request = put.apply(this, written);
          request.addEventListener('success', () => {
            this.transaction.addEventListener('abort', () => { window.aborted += 1; });
            this.transaction.abort();
          });
          return request;
        };
        return true;";
    page.js::<bool>(SCRIPT, vec![]).await.map(drop)
}

/// How many writes came to nothing so far.
async fn aborted(page: &Page) -> Result<u64> {
    page.js("return window.aborted", vec![]).await
}
