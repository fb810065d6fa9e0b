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

#[tokio::test]
async fn wrong_password_and_unknown_user_get_the_same_reply() {
    let backend = Backend::start().await;
    let wrong = backend.visitor().sign_in("wang-c", "not-this-one").await;
    let unknown = backend.visitor().sign_in("nobody", "not-this-one").await;
    assert_eq!(wrong.refused(), ErrorCode::WrongCredentials);
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(wrong.header("set-cookie"), None);
}

#[tokio::test]
async fn five_failures_lock_a_name_for_a_quarter_of_an_hour_known_or_not() {
    let backend = Backend::start().await;
    let mut bodies = Vec::new();
    for name in ["wang-c", "nobody"] {
        for _ in 0..5 {
            let reply = backend.visitor().sign_in(name, "not-this-one").await;
            assert_eq!(reply.refused(), ErrorCode::WrongCredentials);
        }
        backend.clock.advance(0);
        let locked = backend.visitor().sign_in(name, "gongke-2026").await;
        assert_eq!(locked.refused(), ErrorCode::TooManyAttempts);
        assert_eq!(locked.header("retry-after"), Some("900"));
        assert_eq!(locked.problem().retry_after_s, Some(900));
        bodies.push(locked.body);
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(
        backend
            .visitor()
            .sign_in("li-c", "gongke-2026")
            .await
            .status,
        200,
        "others may"
    );

    backend.clock.advance(15 * MINUTE_MS - 1);
    let still = backend.visitor().sign_in("wang-c", "gongke-2026").await;
    assert_eq!(still.refused(), ErrorCode::TooManyAttempts);
    assert_eq!(still.header("retry-after"), Some("1"));
    backend.clock.advance(1);
    assert_eq!(
        backend
            .visitor()
            .sign_in("wang-c", "gongke-2026")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_success_forgets_the_failures_before_it() {
    let backend = Backend::start().await;
    for _ in 0..3 {
        for _ in 0..4 {
            backend.visitor().sign_in("wang-c", "not-this-one").await;
        }
        assert_eq!(
            backend
                .visitor()
                .sign_in("wang-c", "gongke-2026")
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn many_guesses_at_once_do_not_slip_past_the_lock() {
    let backend = Backend::start().await;
    let guess = |n: usize| {
        let visitor = backend.visitor();
        async move {
            visitor
                .sign_in("wang-c", &format!("guess number {n}"))
                .await
                .refused()
        }
    };
    let guesses: Vec<_> = (0..20).map(guess).collect();
    let mut wrong = 0;
    for code in futures(guesses).await {
        wrong += usize::from(code == ErrorCode::WrongCredentials);
    }
    assert_eq!(wrong, 5);
}

#[tokio::test]
async fn an_address_that_fails_too_often_is_locked_as_a_whole() {
    let backend = Backend::start().await;
    let mut codes = Vec::new();
    for n in 0..101 {
        codes.push(
            backend
                .visitor()
                .sign_in(&format!("nobody-{n}"), "not-this-one")
                .await
                .refused(),
        );
    }
    assert!(
        codes[..100]
            .iter()
            .all(|code| *code == ErrorCode::WrongCredentials)
    );
    assert_eq!(codes[100], ErrorCode::TooManyAttempts);
}

#[tokio::test]
async fn the_addresses_of_one_ipv6_network_are_locked_together() {
    let backend = Backend::with(&[&Folder::new()], |settings| settings.public_https = true).await;
    let from = async |address: &str, username: &str| {
        let form = serde_json::json!({ "username": username, "password": "not-this-one" });
        let request = backend
            .visitor()
            .write(Method::POST, path::SESSION)
            .header("x-forwarded-for", address)
            .json(&form);
        send(request).await.refused()
    };
    for n in 0..100 {
        let code = from(&format!("2001:db8:1:2::{n:x}"), &format!("nobody-{n}")).await;
        assert_eq!(code, ErrorCode::WrongCredentials);
    }
    let same = from("2001:db8:1:2:ffff::1", "nobody").await;
    assert_eq!(same, ErrorCode::TooManyAttempts);
    let other = from("2001:db8:1:3::1", "nobody").await;
    assert_eq!(other, ErrorCode::WrongCredentials);
}

#[tokio::test]
async fn a_try_without_a_verdict_is_no_failure() {
    let backend = Backend::start().await;
    let rename = async |from: &str, to: &str| {
        let mut connection = backend.db.connection().await.unwrap();
        let rename = sqlx::AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
        sqlx::query(rename).execute(&mut *connection).await.unwrap();
    };
    rename("persons", "mislaid").await;
    for _ in 0..6 {
        let reply = backend.visitor().sign_in("wang-c", "gongke-2026").await;
        assert_eq!(reply.refused(), ErrorCode::Internal);
    }
    rename("mislaid", "persons").await;
    let reply = backend.visitor().sign_in("wang-c", "gongke-2026").await;
    assert_eq!(reply.status, 200, "{}", reply.text());
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

async fn futures<F: Future + Send + 'static>(all: Vec<F>) -> Vec<F::Output>
where
    F::Output: Send + 'static,
{
    let tasks: Vec<_> = all.into_iter().map(tokio::spawn).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}
