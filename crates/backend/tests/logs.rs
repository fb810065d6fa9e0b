//! What the backend writes to its log.

use contract::{AnswerPut, AnswerReply, Attempt, path};

use crate::support::Visitor;
use crate::support::process::{Process, class_of_today};

#[tokio::test]
async fn the_log_holds_no_names_passwords_bodies_queries_or_tokens() {
    let data = tempfile::tempdir().unwrap();
    let mut process = Process::start(data.path(), &class_of_today()).await;
    let visitor = Visitor::new(&process.base);
    visitor.sign_in("li-c", "a-wrong-password").await;
    let reply = visitor.sign_in("li-c", "gongke-2026").await;
    let cookie = reply
        .header("set-cookie")
        .unwrap()
        .split([';', '='])
        .nth(1)
        .unwrap()
        .to_owned();
    let attempt: Attempt = visitor.start("c").await.ok();
    let question = &attempt.questions[0];
    let put = AnswerPut {
        seq: 77_777_777,
        choice: vec![question.options[0].id.clone()],
    };
    let answer = path::answer(&attempt.id, &question.id);
    visitor.put(&answer, &put).await.ok::<AnswerReply>();
    visitor
        .get(&format!(
            "{}?cursor=5345435245545f5155455259",
            path::CERTIFICATES
        ))
        .await;
    visitor.get("/api/v1/secret-path").await;
    process.child.start_kill().unwrap();
    process.child.wait().await.unwrap();

    let log = std::fs::read_to_string(data.path().join("log")).unwrap();
    assert!(
        log.contains("/api/v1/attempts/{attempt}/answers/{question}"),
        "requests are logged"
    );
    for secret in [
        "li-c",
        "李",
        "a-wrong-password",
        "gongke-2026",
        "77777777",
        "11010519491231002",
        "5345435245545f",
        "secret-path",
        attempt.id.as_str(),
        cookie.as_str(),
    ] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
