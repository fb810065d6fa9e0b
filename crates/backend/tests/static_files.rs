//! The built client: compressed, cached by name, and safe by its headers.

use reqwest::Method;

use crate::support::visitor::send;
use crate::support::{Backend, Reply};

const HASHED: &str = "public, max-age=31536000, immutable";

async fn site() -> (Backend, tempfile::TempDir) {
    let site = tempfile::tempdir().unwrap();
    for (file, content) in [
        ("index.html", "<!doctype html><title>工课</title>"),
        ("index.html.br", "BROTLI index"),
        ("config.json", "{}"),
        ("gongke-71fe9f6ca22af1c2.js", "export default 1"),
        ("gongke-71fe9f6ca22af1c2.js.br", "BROTLI js"),
        ("gongke-71fe9f6ca22af1c2.js.gz", "GZIP js"),
        ("gongke-71fe9f6ca22af1c2_bg.wasm", "\0asm"),
        ("gongke-71fe9f6ca22af1c2_bg.wasm.gz", "GZIP wasm"),
        ("font-0123abcd/4e.otf", "OTTO"),
        ("press.js", "export default 2"),
    ] {
        let path = site.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let backend = Backend::with(&[], |settings| settings.site = Some(site.path().to_owned())).await;
    (backend, site)
}

async fn get(backend: &Backend, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = backend.visitor().request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}

const JS: &str = "/gongke-71fe9f6ca22af1c2.js";
const WASM: &str = "/gongke-71fe9f6ca22af1c2_bg.wasm";

#[tokio::test]
async fn files_come_as_compressed_as_the_browser_takes_them() {
    let (backend, _site) = site().await;
    for (path, accept, encoding, body) in [
        (JS, "gzip, deflate, br", Some("br"), "BROTLI js"),
        (JS, "gzip", Some("gzip"), "GZIP js"),
        (JS, "identity", None, "export default 1"),
        (JS, "br;q=0, gzip", Some("gzip"), "GZIP js"),
        (WASM, "gzip, br", Some("gzip"), "GZIP wasm"),
        ("/press.js", "gzip, br", None, "export default 2"),
    ] {
        let reply = get(&backend, path, &[("accept-encoding", accept)]).await;
        assert_eq!(reply.status, 200);
        assert_eq!(
            (reply.header("content-encoding"), reply.text()),
            (encoding, body),
            "{path} {accept}"
        );
        assert_eq!(
            reply.header("vary").map(str::to_ascii_lowercase).as_deref(),
            Some("accept-encoding")
        );
    }
    let wasm = get(&backend, WASM, &[("accept-encoding", "gzip")]).await;
    assert_eq!(wasm.header("content-type"), Some("application/wasm"));
    let page = get(
        &backend,
        "/",
        &[("accept-encoding", "br"), ("accept", "text/html")],
    )
    .await;
    assert_eq!(
        (page.text(), page.header("content-encoding")),
        ("BROTLI index", Some("br"))
    );
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[tokio::test]
async fn hashed_assets_are_immutable_and_others_are_asked_for_anew() {
    let (backend, site) = site().await;
    for path in [JS, WASM, "/font-0123abcd/4e.otf"] {
        assert_eq!(
            get(&backend, path, &[]).await.header("cache-control"),
            Some(HASHED),
            "{path}"
        );
    }
    for path in ["/config.json", "/press.js"] {
        let reply = get(&backend, path, &[]).await;
        assert_eq!(reply.header("cache-control"), Some("no-cache"), "{path}");
        let etag = reply.header("etag").unwrap().to_owned();
        let again = get(&backend, path, &[("if-none-match", &etag)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("cache-control"), Some("no-cache"), "{path}");
    }
    let old = get(&backend, "/config.json", &[])
        .await
        .header("etag")
        .unwrap()
        .to_owned();
    std::fs::write(site.path().join("config.json"), "{\"base\":\"\"}").unwrap();
    let new = get(&backend, "/config.json", &[("if-none-match", &old)]).await;
    assert_eq!((new.status, new.text()), (200, "{\"base\":\"\"}"));
}

#[tokio::test]
async fn no_browser_may_bring_a_page_back_as_it_was_left() {
    let (backend, _site) = site().await;
    for path in ["/", "/index.html"] {
        let reply = get(&backend, path, &[]).await;
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn pages_of_the_app_get_index_html_and_missing_files_get_404() {
    let (backend, _site) = site().await;
    let page = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for path in [
        "/classes/c",
        "/lessons/c-1-1?from=home",
        "/exam",
        "/font-0123abcd",
        "/a/b/c/",
    ] {
        let reply = get(&backend, path, &page).await;
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.text().contains("工课"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
    }
    for path in [
        "/gongke-0000aaaa.js",
        "/favicon.ico",
        "/font-0123abcd/5e.otf",
    ] {
        let reply = get(&backend, path, &page).await;
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.header("cache-control"), None, "{path}");
    }
    assert_eq!(
        get(&backend, "/classes/c", &[("accept", "application/json")])
            .await
            .status,
        404
    );
    let written = send(backend.visitor().write(Method::POST, "/classes/c")).await;
    assert_eq!(
        (written.status, written.header("allow")),
        (405, Some("GET, HEAD"))
    );
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let (backend, site) = site().await;
    std::fs::write(
        site.path()
            .parent()
            .unwrap()
            .join("gongke-test-outside.txt"),
        "outside",
    )
    .unwrap();
    for path in [
        "/../gongke-test-outside.txt",
        "/%2e%2e/gongke-test-outside.txt",
        "/..%2fgongke-test-outside.txt",
    ] {
        let reply = get(&backend, path, &[]).await;
        assert_eq!(reply.status, 404, "{path}");
    }
    std::fs::remove_file(
        site.path()
            .parent()
            .unwrap()
            .join("gongke-test-outside.txt"),
    )
    .unwrap();
}

#[tokio::test]
async fn every_reply_carries_the_security_headers() {
    let (backend, _site) = site().await;
    for path in [
        "/",
        JS,
        "/nothing.js",
        "/api/v1",
        "/api/v1/session",
        "/api/nothing",
        "/healthz",
    ] {
        let reply = get(&backend, path, &[("accept", "text/html")]).await;
        let csp = reply.header("content-security-policy").unwrap();
        for part in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval';",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(csp.contains(part), "{path} {part}");
        }
        assert!(!csp.contains("'unsafe-eval'"), "{path}");
        assert!(
            !csp.split("; ")
                .any(|part| part.starts_with("script-src") && part.contains("unsafe-inline"))
        );
        assert_eq!(
            reply.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            reply.header("referrer-policy"),
            Some("same-origin"),
            "{path}"
        );
        assert_eq!(
            reply.header("cross-origin-opener-policy"),
            Some("same-origin"),
            "{path}"
        );
        assert!(reply.header("permissions-policy").is_some(), "{path}");
        if path.starts_with("/api") {
            assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        }
    }
}
