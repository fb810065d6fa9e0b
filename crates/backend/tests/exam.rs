//! Attempts: the gate, the paper, the answers, the hand-in, the result.

use contract::{
    Answer, AnswerPut, AnswerReply, Attempt, AttemptState, Class, ErrorCode, HandIn, HandInBy,
    Outcome, QuestionKind, path,
};
use sha2::{Digest, Sha256};

use crate::support::paper::{all, right, wrong};
use crate::support::{Backend, Folder, Visitor, key};

async fn start(visitor: &Visitor) -> Attempt {
    visitor.start("c").await.ok()
}

async fn read(visitor: &Visitor, attempt: &Attempt) -> Attempt {
    visitor.get(&path::attempt(&attempt.id)).await.ok()
}

#[tokio::test]
async fn the_exam_opens_only_when_every_course_is_complete() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    let before = backend.rows("attempts").await;
    assert_eq!(wang.start("c").await.refused(), ErrorCode::ExamClosed);
    for (lesson, ms) in [("c-1-1", 57_000), ("c-2-1", 38_000)] {
        assert_eq!(wang.start("c").await.refused(), ErrorCode::ExamClosed);
        wang.get(&path::lesson(&lesson.into())).await;
        backend.clock.advance(60_000);
        wang.watch(lesson, &[(0, ms - 1)]).await;
        assert_eq!(
            wang.start("c").await.refused(),
            ErrorCode::ExamClosed,
            "one millisecond short"
        );
        wang.watch(lesson, &[(0, ms)]).await;
    }
    assert_eq!(
        backend.rows("attempts").await,
        before,
        "a refused start leaves nothing"
    );
    assert_eq!(wang.start("c").await.status, 201);
}

#[tokio::test]
async fn a_paper_is_drawn_from_the_bank_as_the_class_asks() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let kinds: Vec<_> = attempt
        .questions
        .iter()
        .map(|q| (q.kind, q.marks))
        .collect();
    let expected = [
        (QuestionKind::Single, 2),
        (QuestionKind::Single, 2),
        (QuestionKind::Multiple, 4),
        (QuestionKind::Judge, 2),
    ];
    assert_eq!(kinds, expected);
    assert_ne!(attempt.questions[0].id, attempt.questions[1].id);
    assert_eq!(attempt.number, 1);
    assert_eq!(attempt.started_at, backend.clock.now());
    assert_eq!(attempt.deadline, backend.clock.now().plus(600_000));
    assert_eq!((attempt.state, attempt.review), (AttemptState::Open, None));
    let judge = &attempt.questions[3].options;
    assert_eq!(
        [judge[0].text.as_str(), judge[1].text.as_str()],
        ["正确", "错误"],
        "never shuffled"
    );
}

#[tokio::test]
async fn papers_differ_in_questions_and_in_the_order_of_options() {
    let folder = Folder::new();
    folder.edit("class.toml", "attempts = 2", "attempts = 60");
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    let mut papers = std::collections::HashSet::new();
    let mut orders = std::collections::HashSet::new();
    for _ in 0..40 {
        let attempt = start(&li).await;
        papers.insert(
            attempt
                .questions
                .iter()
                .map(|q| q.id.clone())
                .collect::<Vec<_>>(),
        );
        for question in attempt.questions.iter().filter(|q| q.id.as_str() == "s1") {
            orders.insert(
                question
                    .options
                    .iter()
                    .map(|o| o.id.clone())
                    .collect::<Vec<_>>(),
            );
        }
        li.hand_in(&attempt, &key(), &HandIn { answers: vec![] })
            .await
            .ok::<Attempt>();
    }
    // 108 papers and 24 orders are possible; the chance of fewer than these is below 1e-9.
    assert!(papers.len() >= 8, "{}", papers.len());
    assert!(orders.len() >= 2, "{}", orders.len());
}

#[tokio::test]
async fn starting_again_resumes_the_open_attempt() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    backend.clock.advance(120_000);
    let elsewhere = backend.signed_in("li-c").await;
    let reply = elsewhere.start("c").await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        Attempt {
            now: attempt.now,
            ..reply.ok()
        },
        attempt
    );
    assert_eq!(backend.rows("attempts").await.len(), 1);
}

#[tokio::test]
async fn two_starts_at_once_make_one_attempt() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let starts: Vec<_> = (0..8)
        .map(|_| {
            let li = li.clone();
            tokio::spawn(async move { li.start("c").await.ok::<Attempt>().id })
        })
        .collect();
    let mut ids = std::collections::HashSet::new();
    for start in starts {
        ids.insert(start.await.unwrap());
    }
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_start_repeated_under_its_key_starts_nothing_new() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let key = key();
    let path = path::attempts(&"c".into());
    let attempt: Attempt = li.post(&path, &key, &()).await.ok();
    li.hand_in(&attempt, &self::key(), &HandIn { answers: vec![] })
        .await
        .ok::<Attempt>();
    let again = li.post(&path, &key, &()).await;
    assert_eq!((again.status, again.ok::<Attempt>().id), (200, attempt.id));
    assert_eq!(backend.rows("attempts").await.len(), 1);
}

#[tokio::test]
async fn an_acknowledged_answer_is_there_when_read_again() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    for (n, question) in (1..).zip(&attempt.questions) {
        let put = AnswerPut {
            seq: n,
            choice: right(question),
        };
        let path = path::answer(&attempt.id, &question.id);
        let reply: AnswerReply = li.put(&path, &put).await.ok();
        let kept = Answer {
            question: question.id.clone(),
            seq: n,
            choice: put.choice,
            late: false,
        };
        assert_eq!(reply.answer, kept);
        assert_eq!(
            (reply.now, reply.deadline),
            (backend.clock.now(), attempt.deadline)
        );
        assert_eq!(read(&li, &attempt).await.answers.last(), Some(&kept));
    }
}

#[tokio::test]
async fn a_stale_seq_never_overwrites_and_the_reply_tells_what_is_kept() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let question = &attempt.questions[0];
    let path = path::answer(&attempt.id, &question.id);
    let newer = AnswerPut {
        seq: 7,
        choice: right(question),
    };
    li.put(&path, &newer).await.ok::<AnswerReply>();
    let before = backend.dump().await;
    for seq in [0, 6, 7] {
        let stale = AnswerPut {
            seq,
            choice: wrong(question),
        };
        let reply: AnswerReply = li.put(&path, &stale).await.ok();
        assert_eq!(
            (reply.answer.seq, reply.answer.choice),
            (7, right(question))
        );
    }
    assert_eq!(backend.dump().await, before);
    let cleared: AnswerReply = li
        .put(
            &path,
            &AnswerPut {
                seq: 8,
                choice: vec![],
            },
        )
        .await
        .ok();
    assert_eq!((cleared.answer.seq, cleared.answer.choice), (8, vec![]));
}

#[tokio::test]
async fn answers_that_cannot_be_given_are_refused_and_change_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let (single, multiple) = (&attempt.questions[0], &attempt.questions[2]);
    let before = backend.dump().await;
    let two: Vec<_> = single
        .options
        .iter()
        .take(2)
        .map(|o| o.id.clone())
        .collect();
    let twice = vec![multiple.options[0].id.clone(); 2];
    for (question, seq, choice) in [
        (single, 1, two),
        (multiple, 1, twice),
        (single, 1, vec!["Z".into()]),
        (single, 1 << 53, right(single)),
        (single, u64::MAX, right(single)),
    ] {
        let put = AnswerPut { seq, choice };
        let reply = li.put(&path::answer(&attempt.id, &question.id), &put).await;
        assert_eq!(reply.refused(), ErrorCode::InvalidBody, "{put:?}");
        let answers = vec![contract::HandInAnswer {
            question: question.id.clone(),
            seq: put.seq,
            choice: put.choice,
        }];
        let reply = li.hand_in(&attempt, &key(), &HandIn { answers }).await;
        assert_eq!(reply.refused(), ErrorCode::InvalidBody);
    }
    let not_on_paper = (1..=4).map(|n| format!("s{n}")).find(|id| {
        attempt
            .questions
            .iter()
            .all(|question| question.id.as_str() != id)
    });
    let put = AnswerPut {
        seq: 1,
        choice: vec![],
    };
    let reply = li
        .put(
            &path::answer(&attempt.id, &not_on_paper.unwrap().into()),
            &put,
        )
        .await;
    assert_eq!(reply.refused(), ErrorCode::NotFound);
    assert_eq!(backend.dump().await, before);
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

#[tokio::test]
async fn attempts_run_out() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    for number in 1..=2 {
        let attempt = start(&li).await;
        assert_eq!(attempt.number, number);
        let reply: Attempt = li
            .hand_in(&attempt, &key(), &all(&attempt, 1, wrong))
            .await
            .ok();
        let AttemptState::HandedIn { outcome, .. } = reply.state else {
            panic!()
        };
        assert_eq!(outcome, Outcome::Failed { marks: Some(0) });
    }
    assert_eq!(li.start("c").await.refused(), ErrorCode::NoAttemptLeft);
    let class: Class = li.get(&path::class(&"c".into())).await.ok();
    assert_eq!(
        domain::progress::next_step(&class),
        domain::progress::NextStep::NoAttemptLeft
    );
}

#[tokio::test]
async fn who_has_passed_sits_no_more() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    li.hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok::<Attempt>();
    assert_eq!(li.start("c").await.refused(), ErrorCode::AlreadyPassed);
}

#[tokio::test]
async fn no_attempt_starts_outside_the_days_of_the_class() {
    let folder = Folder::new();
    folder.edit("class.toml", "ends_on = 2026-12-31", "ends_on = 2026-06-01");
    let backend = Backend::with(&[&folder], |_| {}).await;
    let end = contract::Timestamp::parse("2026-06-01T16:00:00Z").unwrap();
    backend.clock.advance(end.since(backend.clock.now()) - 1);
    let li = backend.signed_in("li-c").await;
    let last_minute = start(&li).await;
    assert_eq!(
        last_minute.deadline,
        end.plus(600_000 - 1),
        "it may be finished"
    );
    li.hand_in(&last_minute, &key(), &HandIn { answers: vec![] })
        .await
        .ok::<Attempt>();
    backend.clock.advance(1);
    assert_eq!(li.start("c").await.refused(), ErrorCode::ClassNotRunning);

    let folder = Folder::new();
    folder.edit(
        "class.toml",
        "starts_on = 2026-01-01",
        "starts_on = 2026-06-02",
    );
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    assert_eq!(li.start("c").await.refused(), ErrorCode::ClassNotRunning);
    let lesson = li.get(&path::lesson(&"c-1-1".into())).await;
    assert_eq!(lesson.refused(), ErrorCode::ClassNotRunning);
}

#[tokio::test]
async fn a_bank_loaded_anew_does_not_change_a_paper_under_way() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let bank = std::fs::read_to_string(folder.path().join("questions.toml")).unwrap();
    let turned = bank
        .replace("answer = [\"B\"]", "answer = [\"A\"]")
        .replace("单选", "改动");
    folder.write("questions.toml", turned);
    backend.load(&folder).await.unwrap();
    assert_eq!(read(&li, &attempt).await, attempt);
    let reply: Attempt = li
        .hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok();
    let AttemptState::HandedIn { outcome, .. } = reply.state else {
        panic!()
    };
    assert_eq!(outcome, Outcome::Passed { marks: Some(10) });
}
