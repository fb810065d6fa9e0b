//! Passwords cannot be guessed, and guessing locks nobody else out.

use contract::{ErrorCode, path};
use reqwest::Method;

use crate::support::visitor::send;
use crate::support::{Backend, Folder};

const MINUTE_MS: u64 = 60_000;

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
