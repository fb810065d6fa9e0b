//! The harness itself, on a page of its own: if these fail, the other browser tests say nothing.

use std::time::Duration;

use anyhow::Result;
use harness::{Browser, Engine, Fault, FaultProxy, Role, note};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const PAGE: &str = r#"<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>t</title>
<h1>确认 <span aria-hidden="true">x</span>交卷</h1>
<button style="display:none">交卷</button>
<button aria-label="交卷" onclick="document.querySelector('p').textContent = '已交卷'">→</button>
<button>交卷并退出</button>
<label for="u">用户名</label><input id="u">
<fieldset><label><input type="radio" name="r" style="position:absolute;opacity:0"> 二十五人</label></fieldset>
<p>未交卷</p>
<script>
  setTimeout(() => { const a = document.createElement('a'); a.href = '/x'; a.textContent = '来迟了'; document.body.append(a); }, 300);
</script></html>"#;

/// Serves the page under every path, whatever is asked; says its port.
async fn site() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 8192];
                if !matches!(client.read(&mut request).await, Ok(1..)) {
                    return;
                }
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    PAGE.len()
                );
                client.write_all(head.as_bytes()).await.ok();
                client.write_all(PAGE.as_bytes()).await.ok();
            });
        }
    });
    Ok(port)
}

#[tokio::test]
async fn elements_are_found_by_role_and_name_as_people_find_them() -> Result<()> {
    let origin = format!("http://127.0.0.1:{}", site().await?);
    let browser = Browser::start().await?;
    let page = browser.page(&origin)?;
    page.open("/").await?;
    page.heading("确认 交卷").await?;
    assert_eq!(
        page.all_with(Role::Button, "交卷").await?.len(),
        2,
        "the hidden one is not there"
    );
    page.button("交卷").await?;
    page.shows("已交卷").await?;
    page.fill("用户名", "wang").await?;
    let typed: String = page
        .js("return document.querySelector('input').value", vec![])
        .await?;
    assert_eq!(typed, "wang");
    page.click(Role::Radio, "二十五人").await?;
    let chosen: bool = page
        .js(
            "return document.querySelector('[type=radio]').checked",
            vec![],
        )
        .await?;
    assert!(chosen);
    page.one(Role::Link, "来迟了").await?;
    browser.quit().await
}

#[tokio::test]
async fn a_killed_browser_starts_again_with_what_it_had_stored() -> Result<()> {
    if Engine::asked_for()? == Engine::WebKit {
        note("WPE WebKit under WebDriver keeps nothing over a restart: not tested there");
        return Ok(());
    }
    let origin = format!("http://127.0.0.1:{}", site().await?);
    let browser = Browser::start().await?;
    let page = browser.page(&origin)?;
    page.open("/").await?;
    let store = "
        const done = arguments[arguments.length - 1];
        const open = indexedDB.open('d', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('s');
        open.onsuccess = () => {
            const write = open.result.transaction('s', 'readwrite');
            write.objectStore('s').put('kept', 'k');
            write.oncomplete = () => done('stored');
        };";
    page.driver().execute_async(store, vec![]).await?;
    let browser = browser.kill_and_start_again().await?;
    let page = browser.page(&origin)?;
    page.open("/").await?;
    let read = "
        const done = arguments[arguments.length - 1];
        const open = indexedDB.open('d', 1);
        open.onsuccess = () => {
            const get = open.result.transaction('s').objectStore('s').get('k');
            get.onsuccess = () => done(get.result);
        };";
    let kept: String = page.driver().execute_async(read, vec![]).await?.convert()?;
    assert_eq!(kept, "kept");
    browser.quit().await
}

#[tokio::test]
async fn the_proxy_fails_what_it_is_told_to_and_counts_it() -> Result<()> {
    let proxy = FaultProxy::start(site().await?).await?;
    let get = async |path: &str| reqwest::get(format!("{}{path}", proxy.origin())).await;
    assert!(get("/a").await?.text().await?.contains("未交卷"));
    assert_eq!(proxy.happened(), 0);

    proxy.fail("GET", "/refused", Fault::Refuse);
    proxy.fail("", "/busy", Fault::Status(503));
    proxy.fail("", "/portal", Fault::Portal);
    proxy.fail("", "/lost", Fault::LoseReply);
    proxy.fail("", "/half", Fault::Truncate);
    proxy.fail("POST", "/a", Fault::Status(500));
    assert!(get("/refused").await.is_err());
    assert_eq!(get("/busy").await?.status(), 503);
    assert!(get("/portal").await?.text().await?.contains("this network"));
    assert!(get("/lost").await.is_err());
    assert!(get("/half").await?.text().await.is_err());
    assert_eq!(get("/a").await?.status(), 200, "another method");
    assert_eq!(proxy.happened(), 5);

    proxy.heal();
    assert_eq!(get("/busy").await?.status(), 200);
    assert_eq!((proxy.happened(), proxy.seen("GET", "/busy")), (5, 2));

    proxy.fail("", "/slow", Fault::Delay(Duration::from_millis(300)));
    let start = std::time::Instant::now();
    assert_eq!(get("/slow").await?.status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
    proxy.fail("", "/late", Fault::DelayReply(Duration::from_millis(300)));
    let start = std::time::Instant::now();
    assert!(get("/late").await?.text().await?.contains("未交卷"));
    assert!(start.elapsed() >= Duration::from_millis(300));
    Ok(())
}
