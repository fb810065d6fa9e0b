//! Handing in, and what may be known after it.

use contract::{
    AnswerPut, AnswerReply, Attempt, AttemptState, ErrorCode, HandIn, HandInBy, Outcome, path,
};
use sha2::{Digest, Sha256};

use crate::support::paper::{all, right, wrong};
use crate::support::{Backend, Folder, Visitor, key};

async fn start(visitor: &Visitor) -> Attempt {
    visitor.start("c").await.ok()
}

#[tokio::test]
async fn keys_never_leave_before_the_hand_in() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let started = li.start("c").await;
    let attempt: Attempt = started.ok();
    let question = &attempt.questions[0];
    let put = AnswerPut {
        seq: 1,
        choice: right(question),
    };
    let replies = [
        started,
        li.put(&path::answer(&attempt.id, &question.id), &put).await,
        li.get(&path::attempt(&attempt.id)).await,
        li.get(&path::class(&"c".into())).await,
        li.get(path::ENROLMENTS).await,
    ];
    for reply in &replies {
        assert_eq!(reply.status / 100, 2);
        for secret in [
            "SECRET",
            "\"right\"",
            "\"explanation\"",
            "\"basis\"",
            "\"passed\"",
            "\"failed\"",
        ] {
            assert!(
                !reply.text().contains(secret),
                "{secret} in {}",
                reply.text()
            );
        }
    }
}

#[tokio::test]
async fn keys_and_marks_leave_after_hand_in_only_as_the_policy_says() {
    for (policy, marks_shown, review_shown) in [
        ("pass-only", false, false),
        ("score", true, false),
        ("score-and-review", true, true),
    ] {
        let folder = Folder::new();
        folder.edit("class.toml", "\"score-and-review\"", &format!("{policy:?}"));
        let backend = Backend::with(&[&folder], |_| {}).await;
        let li = backend.signed_in("li-c").await;
        let attempt = start(&li).await;
        let handed_in = li.hand_in(&attempt, &key(), &all(&attempt, 1, wrong)).await;
        let class = li.get(&path::class(&"c".into())).await;
        for reply in [
            &handed_in,
            &li.get(&path::attempt(&attempt.id)).await,
            &class,
        ] {
            let text = reply.text();
            assert_eq!(
                text.contains("\"marks\":0"),
                marks_shown,
                "{policy}: {text}"
            );
            let reviews = review_shown && !text.starts_with("{\"id\":\"c\"");
            assert_eq!(text.contains("SECRET"), reviews, "{policy}: {text}");
            assert_eq!(text.contains("\"right\""), reviews, "{policy}: {text}");
        }
    }
}

#[tokio::test]
async fn a_review_gives_the_right_options_the_marks_and_the_reasons() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let mut form = all(&attempt, 1, right);
    form.answers[0].choice = wrong(&attempt.questions[0]);
    let reply: Attempt = li.hand_in(&attempt, &key(), &form).await.ok();
    let AttemptState::HandedIn { outcome, .. } = reply.state else {
        panic!()
    };
    assert_eq!(outcome, Outcome::Passed { marks: Some(8) });
    for (item, question) in reply.review.unwrap().iter().zip(&attempt.questions) {
        let mut expected = right(question);
        expected.sort();
        let mut given = item.right.clone();
        given.sort();
        assert_eq!((&item.question, given), (&question.id, expected));
        let marks = if question.id == attempt.questions[0].id {
            0
        } else {
            question.marks
        };
        assert_eq!(item.marks, marks);
        assert_eq!(item.explanation, format!("SECRET-WHY {}", question.id));
        assert_eq!(item.basis, format!("SECRET-LAW {}", question.id));
    }
}

#[tokio::test]
async fn a_receipt_counts_the_answers_and_bears_their_digest() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let mut form = all(&attempt, 5, right);
    form.answers.truncate(3);
    form.answers[1].choice.clear();
    backend.clock.advance(1234);
    let reply: Attempt = li.hand_in(&attempt, &key(), &form).await.ok();
    let AttemptState::HandedIn { receipt, .. } = reply.state else {
        panic!()
    };
    assert_eq!((receipt.answered, receipt.of), (2, 4));
    assert_eq!(
        (receipt.at, receipt.by),
        (backend.clock.now(), HandInBy::Candidate)
    );
    let mut text = String::new();
    for (place, question) in attempt.questions.iter().enumerate() {
        let mut ids = if place == 1 || place == 3 {
            vec![]
        } else {
            right(question)
        };
        ids.sort();
        let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
        text += &format!("{}={}\n", question.id, ids.join(","));
    }
    let digest = Sha256::digest(text)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect::<String>();
    assert_eq!(receipt.digest, digest);
}

#[tokio::test]
async fn handing_in_twice_gives_the_same_and_changes_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let (key, form) = (key(), all(&attempt, 1, right));
    let first: Attempt = li.hand_in(&attempt, &key, &form).await.ok();
    let after_first = backend.dump().await;
    let same_key: Attempt = li.hand_in(&attempt, &key, &form).await.ok();
    assert_eq!(same_key, first);
    assert_eq!(backend.dump().await, after_first);
    let graded = backend.rows("attempts").await;
    let new_key: Attempt = li.hand_in(&attempt, &self::key(), &form).await.ok();
    assert_eq!(new_key, first);
    assert_eq!(backend.rows("attempts").await, graded);
    let other_body = li
        .hand_in(&attempt, &key, &HandIn { answers: vec![] })
        .await;
    assert_eq!(other_body.refused(), ErrorCode::KeyReused);
}

#[tokio::test]
async fn the_hand_in_carries_answers_that_never_arrived_alone() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let question = &attempt.questions[0];
    let put = AnswerPut {
        seq: 9,
        choice: right(question),
    };
    li.put(&path::answer(&attempt.id, &question.id), &put)
        .await
        .ok::<AnswerReply>();
    // The first answer of the hand-in is older than the one that arrived alone.
    let mut form = all(&attempt, 8, right);
    form.answers[0].choice = wrong(question);
    let reply: Attempt = li.hand_in(&attempt, &key(), &form).await.ok();
    let AttemptState::HandedIn { outcome, .. } = reply.state else {
        panic!()
    };
    assert_eq!(outcome, Outcome::Passed { marks: Some(10) });
}
