//! Signing in and out.

use contract::{
    AnswerPut, Attempt, ErrorCode, IDEMPOTENCY_KEY, PERSON_HEADER, Session, WRITE_HEADER, path,
};
use reqwest::Method;

use crate::support::paper::{all, right};
use crate::support::visitor::{report, send};
use crate::support::{Backend, Folder, Visitor, key};

const MINUTE_MS: u64 = 60_000;

#[tokio::test]
async fn a_session_tells_who_is_signed_in_and_ends_at_sign_out() {
    let backend = Backend::start().await;
    let visitor = backend.visitor();
    assert_eq!(
        visitor.get(path::SESSION).await.refused(),
        ErrorCode::NotSignedIn
    );

    let signed_in: Session = visitor.sign_in("wang-c", "gongke-2026").await.ok();
    assert_eq!(signed_in.person.name, "王·建国");
    assert_eq!(signed_in.now, backend.clock.now());
    let read: Session = visitor.get(path::SESSION).await.ok();
    assert_eq!(read, signed_in);

    for _ in 0..2 {
        let out = send(visitor.write(Method::DELETE, path::SESSION)).await;
        assert_eq!(out.status, 204);
        assert_eq!(
            visitor.get(path::SESSION).await.refused(),
            ErrorCode::NotSignedIn
        );
    }
}

#[tokio::test]
async fn a_token_that_was_signed_out_is_dead_even_for_who_kept_it() {
    let backend = Backend::start().await;
    let visitor = backend.visitor();
    let cookie = visitor.sign_in("wang-c", "gongke-2026").await;
    let token = cookie
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let with_token = || {
        backend
            .visitor()
            .request(Method::GET, path::SESSION)
            .header("cookie", &token)
    };
    assert_eq!(send(with_token()).await.status, 200);
    send(visitor.write(Method::DELETE, path::SESSION)).await;
    assert_eq!(send(with_token()).await.refused(), ErrorCode::NotSignedIn);
}

#[tokio::test]
async fn the_cookie_is_http_only_and_same_site_and_only_a_hash_of_it_is_kept() {
    let backend = Backend::start().await;
    let reply = backend.visitor().sign_in("wang-c", "gongke-2026").await;
    let cookie = reply.header("set-cookie").unwrap();
    for part in ["gongke=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure"),
        "WebKit refuses Secure cookies on plain loopback HTTP"
    );
    let token = cookie
        .strip_prefix("gongke=")
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    assert_eq!(token.len(), 64, "256 bits in hex");
    let dump = backend.dump().await;
    assert!(!dump.contains(token));
    assert!(
        !dump.contains("gongke-2026"),
        "passwords are kept as hashes only"
    );
}

#[tokio::test]
async fn behind_https_the_cookie_is_host_bound_and_secure() {
    let backend = Backend::with(&[&Folder::new()], |settings| settings.public_https = true).await;
    let visitor = backend.visitor();
    let reply = visitor.sign_in("wang-c", "gongke-2026").await;
    let cookie = reply.header("set-cookie").unwrap().to_owned();
    assert!(cookie.starts_with("__Host-gongke="), "{cookie}");
    assert!(
        cookie.contains("; Secure") && cookie.contains("Path=/;"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap();
    let read = visitor
        .request(Method::GET, path::SESSION)
        .header("cookie", pair);
    assert_eq!(send(read).await.status, 200);
}

#[tokio::test]
async fn a_write_without_the_write_header_is_refused() {
    let backend = Backend::start().await;
    let visitor = backend.signed_in("wang-c").await;
    let before = backend.dump().await;
    for (method, path) in [
        (Method::POST, path::SESSION.to_owned()),
        (Method::DELETE, path::SESSION.to_owned()),
        (Method::POST, path::watched(&"c-1-1".into())),
        (Method::POST, path::attempts(&"c".into())),
        (Method::PUT, path::answer(&"a".into(), &"q".into())),
        (Method::POST, path::hand_in(&"a".into())),
    ] {
        let bare = visitor
            .request(method.clone(), &path)
            .json(&serde_json::json!({}));
        assert_eq!(
            send(bare).await.refused(),
            ErrorCode::MissingWriteHeader,
            "{method} {path}"
        );
    }
    assert_eq!(backend.dump().await, before);
    let any_value = visitor
        .request(Method::DELETE, path::SESSION)
        .header(WRITE_HEADER, "");
    assert_eq!(send(any_value).await.status, 204);
}

/// A request of every kind that needs a session, with this in the person's header.
fn meant_for(visitor: &Visitor, attempt: &Attempt, person: &str) -> [reqwest::RequestBuilder; 6] {
    let question = &attempt.questions[0];
    let put = AnswerPut {
        seq: 1,
        choice: right(question),
    };
    let keyed = |path: &str| {
        visitor
            .write(Method::POST, path)
            .header(IDEMPOTENCY_KEY, key())
    };
    [
        visitor.request(Method::GET, path::SESSION),
        visitor.request(Method::GET, &path::lesson(&"c-1-1".into())),
        visitor.write(Method::POST, &path::attempts(&"c".into())),
        keyed(&path::watched(&"c-1-1".into())).json(&report(&[(0, 1000)])),
        visitor
            .write(Method::PUT, &path::answer(&attempt.id, &question.id))
            .json(&put),
        keyed(&path::hand_in(&attempt.id)).json(&all(attempt, 1, right)),
    ]
    .map(|request| request.header(PERSON_HEADER, person))
}

#[tokio::test]
async fn a_request_meant_for_another_person_is_refused_and_changes_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    // Long enough that a request would note that the session is in use.
    backend.clock.advance(5 * MINUTE_MS);
    let before = backend.dump().await;
    for person in ["c-wang", "nobody", "", "C-LI"] {
        for request in meant_for(&li, &attempt, person) {
            assert_eq!(send(request).await.refused(), ErrorCode::NotSignedIn);
        }
    }
    for request in meant_for(&li, &attempt, "c-li") {
        let both = request.header(PERSON_HEADER, "c-wang");
        assert_eq!(send(both).await.refused(), ErrorCode::NotSignedIn);
    }
    assert_eq!(backend.dump().await, before);
}

#[tokio::test]
async fn a_request_meant_for_the_person_signed_in_or_for_nobody_in_particular_is_served() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    for request in meant_for(&li, &attempt, "c-li") {
        let reply = send(request).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    assert_eq!(li.get(path::SESSION).await.status, 200);
}

/// Waits until it is noted that the only session was in use just now, which happens beside the
/// request. Bounded polling of the database only.
async fn seen(backend: &Backend) {
    let expected = format!("seen_at={}", backend.clock.now().0);
    let mut tries = 0;
    while !backend.rows("sessions").await[0].contains(&expected) {
        tries += 1;
        assert!(tries < 1000, "nobody noted it");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn no_request_waits_for_a_turn_to_write_that_its_session_was_in_use() {
    let backend = Backend::start().await;
    let visitor = backend.signed_in("wang-c").await;
    backend.clock.advance(5 * MINUTE_MS);
    // Someone else writes.
    let mut connection = backend.db.connection().await.unwrap();
    for hold in ["BEGIN", "UPDATE sessions SET seen_at = seen_at"] {
        sqlx::query(hold).execute(&mut *connection).await.unwrap();
    }
    let read = visitor.get(path::SESSION);
    let read = tokio::time::timeout(std::time::Duration::from_secs(5), read).await;
    assert_eq!(read.expect("it does not wait").status, 200);
    sqlx::query("ROLLBACK")
        .execute(&mut *connection)
        .await
        .unwrap();
    seen(&backend).await;
}

#[tokio::test]
async fn a_session_ends_when_idle_for_two_hours() {
    let backend = Backend::start().await;
    let visitor = backend.signed_in("wang-c").await;
    for _ in 0..3 {
        backend.clock.advance(119 * MINUTE_MS);
        assert_eq!(visitor.get(path::SESSION).await.status, 200);
        seen(&backend).await;
    }
    backend.clock.advance(120 * MINUTE_MS);
    assert_eq!(
        visitor.get(path::SESSION).await.refused(),
        ErrorCode::NotSignedIn
    );
}

#[tokio::test]
async fn a_session_ends_after_sixteen_hours_however_busy() {
    let backend = Backend::start().await;
    let visitor = backend.signed_in("wang-c").await;
    for _ in 0..15 {
        backend.clock.advance(60 * MINUTE_MS);
        assert_eq!(visitor.get(path::SESSION).await.status, 200);
        seen(&backend).await;
    }
    backend.clock.advance(60 * MINUTE_MS);
    assert_eq!(
        visitor.get(path::SESSION).await.refused(),
        ErrorCode::NotSignedIn
    );
}

#[tokio::test]
async fn the_id_number_comes_back_masked() {
    let backend = Backend::start().await;
    let visitor = backend.visitor();
    let reply = visitor.sign_in("zhao-c", "gongke-2026").await;
    let session: Session = reply.ok();
    assert_eq!(
        session.person.id_number_masked.as_deref(),
        Some("110*************2X")
    );
    assert!(!reply.text().contains("194912310"));
}
