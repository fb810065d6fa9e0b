//! Starting an attempt: the gate, the paper.

use contract::{Attempt, AttemptState, Class, ErrorCode, HandIn, Outcome, QuestionKind, path};

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
