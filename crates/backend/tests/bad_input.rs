//! Bad input gets a problem of the right status and changes nothing.

use contract::{Attempt, BODY_LIMIT, ErrorCode, IDEMPOTENCY_KEY, path};
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::support::paper::{all, right};
use crate::support::visitor::{report, send};
use crate::support::{Backend, Visitor, key};

/// A body sent to every operation that takes one, by someone with an open attempt.
async fn refused_everywhere(backend: &Backend, kind: Option<&str>, body: &[u8], code: ErrorCode) {
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    let before = backend.dump().await;
    for (method, path) in writes(&attempt) {
        let mut request = li
            .write(method, &path)
            .header(IDEMPOTENCY_KEY, key())
            .body(body.to_vec());
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(send(request).await.refused(), code, "{path} {shown}");
    }
    assert_eq!(backend.dump().await, before);
}

fn writes(attempt: &Attempt) -> [(Method, String); 4] {
    [
        (Method::POST, path::SESSION.to_owned()),
        (Method::POST, path::watched(&"c-1-1".into())),
        (
            Method::PUT,
            path::answer(&attempt.id, &attempt.questions[0].id),
        ),
        (Method::POST, path::hand_in(&attempt.id)),
    ]
}

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn broken_json_is_400_and_changes_nothing() {
    let backend = Backend::start().await;
    for body in [
        "",
        "{",
        "{\"intervals\":",
        "nonsense",
        "{}x",
        "{\"a\":1,}",
        "\u{feff}{}",
    ] {
        refused_everywhere(&backend, JSON, body.as_bytes(), ErrorCode::BrokenJson).await;
    }
    // JSON is UTF-8, wherever in the body it is not.
    for body in [
        b"{\"username\":\"\xff\xfe\"".as_slice(),
        b"{\"unknown\":\"\xff\xfe\"}",
        b"{\"seq\":\"\xff\"}",
        b"{\"\xff\":1}",
    ] {
        refused_everywhere(&backend, JSON, body, ErrorCode::BrokenJson).await;
    }
}

#[tokio::test]
async fn wrong_types_are_422_and_change_nothing() {
    let backend = Backend::start().await;
    for body in [
        "null",
        "[]",
        "7",
        "\"text\"",
        "{}",
        r#"{"username":1,"intervals":"all","seq":"1","answers":{}}"#,
        r#"{"intervals":[{"start_ms":-1,"end_ms":5}],"position_ms":0}"#,
        r#"{"intervals":[{"start_ms":0.5,"end_ms":5}],"position_ms":0}"#,
        r#"{"intervals":[],"position_ms":99999999999999999999999999}"#,
        r#"{"intervals":[{"start_ms":0,"end_ms":5,"rate":2}],"position_ms":0}"#,
        r#"{"answers":[{"question":"s1","seq":1,"choice":[],"late":false}]}"#,
        r#"{"seq":-1,"choice":[]}"#,
        r#"{"seq":1,"choice":[1]}"#,
        r#"{"seq":1,"choice":[],"extra":true}"#,
        r#"{"answers":[],"extra":true}"#,
    ] {
        refused_everywhere(&backend, JSON, body.as_bytes(), ErrorCode::InvalidBody).await;
    }
}

#[tokio::test]
async fn deeply_nested_json_is_refused_and_does_no_harm() {
    let backend = Backend::start().await;
    let nested = "[".repeat(100_000);
    let li = backend.signed_in("li-c").await;
    let request = li
        .write(Method::POST, path::SESSION)
        .header(CONTENT_TYPE, "application/json");
    assert!((400..=422).contains(&send(request.body(nested)).await.status));
    assert_eq!(li.get(path::SESSION).await.status, 200);
}

#[tokio::test]
async fn an_oversized_body_is_413_and_changes_nothing() {
    let backend = Backend::start().await;
    let body = format!(
        "{{\"intervals\":[],\"position_ms\":0}}{}",
        " ".repeat(BODY_LIMIT)
    );
    refused_everywhere(&backend, JSON, body.as_bytes(), ErrorCode::BodyTooLarge).await;
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_taken() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let mut body = String::from("{\"intervals\":[],\"position_ms\":0}");
    body += &" ".repeat(BODY_LIMIT - body.len());
    let request = li
        .write(Method::POST, &path::watched(&"c-1-1".into()))
        .header(IDEMPOTENCY_KEY, key())
        .header(CONTENT_TYPE, "application/json");
    assert_eq!(send(request.body(body)).await.status, 200);
}

#[tokio::test]
async fn another_content_type_is_415_and_changes_nothing() {
    let backend = Backend::start().await;
    let body = serde_json::to_vec(&report(&[(0, 1000)])).unwrap();
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("json"),
    ] {
        refused_everywhere(&backend, kind, &body, ErrorCode::NotJson).await;
    }
}

#[tokio::test]
async fn a_missing_or_malformed_idempotency_key_is_400_and_changes_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    let before = backend.dump().await;
    let watched = path::watched(&"c-1-1".into());
    for key in ["", "1", "not-a-uuid", &uuid::Uuid::new_v4().to_string()] {
        for (path, body) in [
            (&watched, serde_json::to_value(report(&[(0, 1)])).unwrap()),
            (
                &path::hand_in(&attempt.id),
                serde_json::json!({ "answers": [] }),
            ),
            (&path::attempts(&"c".into()), serde_json::json!(null)),
        ] {
            assert_eq!(
                li.post(path, key, &body).await.refused(),
                ErrorCode::InvalidRequest,
                "{key}"
            );
        }
    }
    let none = li.write(Method::POST, &watched).json(&report(&[(0, 1)]));
    assert_eq!(send(none).await.refused(), ErrorCode::InvalidRequest);
    assert_eq!(backend.dump().await, before);
}

#[tokio::test]
async fn too_many_intervals_are_422_and_change_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let before = backend.dump().await;
    let many: Vec<(u64, u64)> = (0..513).map(|n| (n * 10, n * 10 + 5)).collect();
    let path = path::watched(&"c-1-1".into());
    assert_eq!(
        li.post(&path, &key(), &report(&many)).await.refused(),
        ErrorCode::InvalidBody
    );
    assert_eq!(backend.dump().await, before);
    assert_eq!(
        li.post(&path, &key(), &report(&many[..512])).await.status,
        200
    );
}

#[tokio::test]
async fn more_stretches_of_a_lesson_than_are_kept_are_422_and_change_nothing() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    wang.get(&path::lesson(&"c-1-1".into())).await;
    backend.clock.advance(50_000);
    let stretches: Vec<(u64, u64)> = (0..4096).map(|n| (n * 14, n * 14 + 5)).collect();
    for report in stretches.chunks(512) {
        assert_eq!(wang.watch("c-1-1", report).await.credited_ms, 512 * 5);
    }
    let before = backend.dump().await;
    let one_more = report(&[(59_000, 59_005)]);
    let path = path::watched(&"c-1-1".into());
    let reply = wang.post(&path, &key(), &one_more).await;
    assert_eq!(reply.refused(), ErrorCode::InvalidBody);
    assert_eq!(backend.dump().await, before);
    let melting = wang.watch("c-1-1", &[(0, 60_000)]).await;
    assert_eq!(melting.progress.covered.len(), 1);
}

#[tokio::test]
async fn a_hand_in_with_two_answers_to_a_question_is_422_and_changes_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    let before = backend.dump().await;
    let mut form = all(&attempt, 1, right);
    let mut again = form.answers[0].clone();
    again.seq = 2;
    form.answers.push(again);
    let reply = li.hand_in(&attempt, &key(), &form).await;
    assert_eq!(reply.refused(), ErrorCode::InvalidBody);
    assert_eq!(backend.dump().await, before);
}

#[tokio::test]
async fn unknown_ids_are_404_and_change_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    let before = backend.dump().await;
    for id in [
        "no-such-id",
        "a/../b",
        "企业",
        "%",
        "'; DROP TABLE persons; --",
        "\0",
        &"x".repeat(2000),
    ] {
        let put = serde_json::json!({ "seq": 1, "choice": [] });
        let answers = serde_json::json!({ "answers": [] });
        for reply in [
            li.get(&path::class(&id.into())).await,
            li.get(&path::lesson(&id.into())).await,
            li.get(&path::attempt(&id.into())).await,
            li.get(&path::certificate(&id.into())).await,
            li.start(id).await,
            li.post(&path::watched(&id.into()), &key(), &report(&[(0, 1)]))
                .await,
            li.post(&path::hand_in(&id.into()), &key(), &answers).await,
            li.put(&path::answer(&id.into(), &"s1".into()), &put).await,
            li.put(&path::answer(&attempt.id, &id.into()), &put).await,
        ] {
            assert_eq!(reply.refused(), ErrorCode::NotFound, "{id:?}");
        }
    }
    let not_utf8 = li.get("/api/v1/classes/%ff%fe").await;
    assert_eq!(not_utf8.refused(), ErrorCode::NotFound);
    assert_eq!(backend.dump().await, before);
}

#[tokio::test]
async fn unknown_paths_below_api_are_404_problems_and_wrong_methods_405() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    for path in [
        "/api",
        "/api/",
        "/api/v2",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v1/lessons",
        "/api/x.js",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let request = li.write(method, path).header("accept", "text/html");
            assert_eq!(send(request).await.refused(), ErrorCode::NotFound, "{path}");
        }
    }
    for (method, path, allow) in [
        (
            Method::PUT,
            path::SESSION.to_owned(),
            "GET,HEAD,POST,DELETE",
        ),
        (Method::POST, path::ENROLMENTS.to_owned(), "GET,HEAD"),
        (Method::GET, path::watched(&"c-1-1".into()), "POST"),
        (Method::PATCH, path::class(&"c".into()), "GET,HEAD"),
    ] {
        let reply = send(li.write(method, &path)).await;
        assert_eq!(reply.refused(), ErrorCode::MethodNotAllowed, "{path}");
        let mut allowed: Vec<&str> = reply.header("allow").unwrap().split(',').collect();
        allowed.sort_unstable();
        let mut expected: Vec<&str> = allow.split(',').collect();
        expected.sort_unstable();
        assert_eq!(allowed, expected);
    }
}

#[tokio::test]
async fn names_and_passwords_out_of_bounds_are_422() {
    let backend = Backend::start().await;
    let visitor: Visitor = backend.visitor();
    for (username, password) in [
        (String::new(), "p".to_owned()),
        ("u".to_owned(), String::new()),
        ("工".repeat(65), "p".to_owned()),
        ("wang\0".to_owned(), "p".to_owned()),
        ("u".to_owned(), "p".repeat(257)),
    ] {
        assert_eq!(
            visitor.sign_in(&username, &password).await.refused(),
            ErrorCode::InvalidBody
        );
    }
    let longest = visitor.sign_in(&"工".repeat(64), &"码".repeat(256)).await;
    assert_eq!(longest.refused(), ErrorCode::WrongCredentials);
}

#[tokio::test]
async fn a_problem_never_quotes_the_values_of_the_body() {
    let backend = Backend::start().await;
    let visitor = backend.visitor();
    for body in [
        r#"{"username":"u","password":["SECRET"]}"#,
        r#"{"username":"u","password":"SECRET"#,
    ] {
        let request = visitor
            .write(Method::POST, path::SESSION)
            .header(CONTENT_TYPE, "application/json");
        let reply = send(request.body(body)).await;
        assert!(
            reply.status >= 400 && !reply.text().contains("SECRET"),
            "{}",
            reply.text()
        );
    }
}
