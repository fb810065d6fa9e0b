//! Watched time: credited by the clock, once, and never by a claim alone.

use contract::{
    Class, Completion, Enrolment, ErrorCode, IDEMPOTENCY_KEY, Interval, Lesson, Page, WatchedReply,
    path,
};
use reqwest::Method;

use crate::support::folder::{FIRST_MS, SECOND_MS};
use crate::support::visitor::{report, send};
use crate::support::{Backend, Visitor, key};

async fn open(visitor: &Visitor, lesson: &str) -> Lesson {
    visitor.get(&path::lesson(&lesson.into())).await.ok()
}

async fn class(visitor: &Visitor) -> Class {
    visitor.get(&path::class(&"c".into())).await.ok()
}

#[tokio::test]
async fn watching_every_lesson_in_real_time_completes_the_class() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    for (lesson, ms) in [("c-1-1", FIRST_MS), ("c-2-1", SECOND_MS)] {
        let opened = open(&wang, lesson).await;
        assert_eq!(
            (opened.duration_ms, opened.progress.completion),
            (ms, Completion::Open)
        );
        for from in (0..ms).step_by(10_000) {
            backend.clock.advance(10_000);
            let reply = wang.watch(lesson, &[(from, from + 10_000)]).await;
            assert_eq!((reply.credited_ms, reply.refused_ms), (10_000, 0));
            assert_eq!(reply.now, backend.clock.now());
        }
        let progress = open(&wang, lesson).await.progress;
        assert_eq!(
            progress.covered,
            [Interval {
                start_ms: 0,
                end_ms: ms
            }]
        );
        assert_eq!(
            (progress.position_ms, progress.completion),
            (ms, Completion::Watched)
        );
    }
    let class = class(&wang).await;
    assert_eq!(domain::progress::hours_earned(&class), 8);
    assert_eq!(domain::progress::missing(&class), None);
}

#[tokio::test]
async fn enrolments_show_the_class_with_its_progress() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    backend.clock.advance(30_000);
    wang.watch("c-1-1", &[(0, 30_000)]).await;
    let page: Page<Enrolment> = wang.get(path::ENROLMENTS).await.ok();
    assert_eq!(page.next_cursor, None);
    let [enrolment] = page.items.as_slice() else {
        panic!("{page:?}")
    };
    assert_eq!(enrolment.class, class(&wang).await);
    let lesson = &enrolment.class.courses[0].lessons[0];
    assert_eq!(
        (lesson.covered_ms, lesson.completion),
        (30_000, Completion::Open)
    );
    assert_eq!(lesson.label.as_deref(), Some("示例课件"));
}

#[tokio::test]
async fn forged_progress_is_clipped_to_what_the_clock_allows() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    backend.clock.advance(10_000);
    let forged = wang.watch("c-1-1", &[(0, FIRST_MS)]).await;
    // Ten seconds at twice the speed, and the second of slack that a person gets once.
    assert!(
        (20_000..=22_000).contains(&forged.credited_ms),
        "{forged:?}"
    );
    assert_eq!(forged.credited_ms + forged.refused_ms, FIRST_MS);
    assert_eq!(forged.progress.completion, Completion::Open);
    let again = wang.watch("c-1-1", &[(0, FIRST_MS)]).await;
    assert_eq!(again.credited_ms, 0, "the slack is not had twice");
}

#[tokio::test]
async fn time_is_spent_once_by_whatever_lesson() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    open(&wang, "c-2-1").await;
    backend.clock.advance(10_000);
    let first = wang.watch("c-1-1", &[(0, 20_000)]).await;
    let second = wang.watch("c-2-1", &[(0, 20_000)]).await;
    assert_eq!(first.credited_ms, 20_000);
    assert!(second.credited_ms <= 2000, "{second:?}");
}

#[tokio::test]
async fn no_time_before_the_first_asking_is_credited() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    backend.clock.advance(3_600_000);
    let unopened = wang.watch("c-1-1", &[(0, FIRST_MS)]).await;
    assert!(unopened.credited_ms <= 2000, "{unopened:?}");
    let wang = backend.signed_in("li-c").await;
    backend.clock.advance(3_600_000);
    open(&wang, "c-1-1").await;
    let opened = wang.watch("c-1-1", &[(0, FIRST_MS)]).await;
    assert!(opened.credited_ms <= 2000, "{opened:?}");
}

#[tokio::test]
async fn seeking_to_the_end_without_watching_completes_nothing() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    backend.clock.advance(60_000);
    let reply = wang.watch("c-1-1", &[(FIRST_MS - 1000, FIRST_MS)]).await;
    assert_eq!(reply.credited_ms, 1000);
    assert_eq!(reply.progress.completion, Completion::Open);
    assert_eq!(reply.progress.position_ms, FIRST_MS);
}

#[tokio::test]
async fn watching_one_part_twice_adds_nothing() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    for credited in [20_000, 0, 0] {
        backend.clock.advance(20_000);
        assert_eq!(
            wang.watch("c-1-1", &[(0, 20_000)]).await.credited_ms,
            credited
        );
    }
    backend.clock.advance(20_000);
    let overlapping = wang
        .watch("c-1-1", &[(10_000, 30_000), (15_000, 25_000)])
        .await;
    assert_eq!(overlapping.credited_ms, 10_000);
    assert_eq!(
        overlapping.progress.covered,
        [Interval {
            start_ms: 0,
            end_ms: 30_000
        }]
    );
}

#[tokio::test]
async fn claims_beyond_the_lesson_or_backwards_count_for_nothing() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    backend.clock.advance(600_000);
    let outside = wang
        .watch("c-1-1", &[(FIRST_MS, u64::MAX), (50_000, 40_000), (5, 5)])
        .await;
    assert_eq!((outside.credited_ms, outside.refused_ms), (0, 0));
    assert_eq!(outside.progress.covered, []);
    assert_eq!(outside.progress.position_ms, 5);
    let across = wang.watch("c-1-1", &[(55_000, u64::MAX)]).await;
    assert_eq!(
        across.progress.covered,
        [Interval {
            start_ms: 55_000,
            end_ms: FIRST_MS
        }]
    );
    assert_eq!(
        across.progress.position_ms, FIRST_MS,
        "positions are clipped too"
    );
}

#[tokio::test]
async fn a_report_repeated_under_its_key_gains_what_it_gained_and_no_more() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    backend.clock.advance(20_000);
    let (path, key, body) = (
        path::watched(&"c-1-1".into()),
        key(),
        report(&[(0, 20_000)]),
    );
    let first: WatchedReply = wang.post(&path, &key, &body).await.ok();
    let after_first = backend.dump().await;
    backend.clock.advance(7000);
    let second: WatchedReply = wang.post(&path, &key, &body).await.ok();
    assert_eq!(backend.dump().await, after_first);
    assert_eq!(
        second.now,
        backend.clock.now(),
        "the clock is that of the reply"
    );
    assert_eq!(
        WatchedReply {
            now: first.now,
            ..second
        },
        first
    );
}

#[tokio::test]
async fn a_key_with_another_body_is_refused_and_changes_nothing() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    open(&wang, "c-2-1").await;
    backend.clock.advance(20_000);
    let (path, key) = (path::watched(&"c-1-1".into()), key());
    wang.post(&path, &key, &report(&[(0, 10_000)]))
        .await
        .ok::<WatchedReply>();
    let before = backend.dump().await;
    let other_body = wang.post(&path, &key, &report(&[(0, 10_001)])).await;
    assert_eq!(other_body.refused(), ErrorCode::KeyReused);
    let other_lesson = path::watched(&"c-2-1".into());
    let other_lesson = wang
        .post(&other_lesson, &key, &report(&[(0, 10_000)]))
        .await;
    assert_eq!(other_lesson.refused(), ErrorCode::KeyReused);
    assert_eq!(backend.dump().await, before);

    let li = backend.signed_in("li-c").await;
    let others = li.post(&path, &key, &report(&[(0, 10_001)])).await;
    assert_eq!(others.status, 200, "a key is its person's own");
}

#[tokio::test]
async fn spaces_and_member_order_make_no_other_body() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    let (path, key) = (path::watched(&"c-1-1".into()), key());
    for body in [
        r#"{"intervals":[],"position_ms":5}"#,
        r#"{ "position_ms": 5, "intervals": [] }"#,
    ] {
        let request = wang
            .write(Method::POST, &path)
            .header(IDEMPOTENCY_KEY, &key);
        let reply = send(
            request
                .header("content-type", "application/json")
                .body(body),
        )
        .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
}

#[tokio::test]
async fn what_was_watched_before_the_end_of_a_class_may_come_half_a_day_late() {
    let backend = Backend::start().await;
    let wang = backend.signed_in("wang-c").await;
    let last_day = contract::Timestamp::parse("2026-12-31T15:59:00Z").unwrap();
    backend.clock.advance(last_day.since(backend.clock.now()));
    let wang = {
        drop(wang);
        backend.signed_in("wang-c").await
    };
    open(&wang, "c-1-1").await;
    backend.clock.advance(30_000);
    wang.watch("c-1-1", &[(0, 10_000)]).await;
    let path = path::watched(&"c-1-1".into());
    backend.clock.advance(11 * 3_600_000);
    let wang = backend.signed_in("wang-c").await;
    assert_eq!(
        wang.watch("c-1-1", &[(10_000, 20_000)]).await.credited_ms,
        10_000
    );
    backend.clock.advance(2 * 3_600_000);
    let wang = backend.signed_in("wang-c").await;
    let too_late = wang.post(&path, &key(), &report(&[(20_000, 30_000)])).await;
    assert_eq!(too_late.refused(), ErrorCode::ClassNotRunning);
    assert_eq!(
        wang.get(&path::lesson(&"c-1-1".into())).await.status,
        200,
        "it can still be read"
    );
}

#[tokio::test]
async fn no_time_after_the_end_of_a_class_is_credited() {
    let backend = Backend::start().await;
    let shortly_before = contract::Timestamp::parse("2026-12-31T15:59:50Z").unwrap();
    backend
        .clock
        .advance(shortly_before.since(backend.clock.now()));
    let wang = backend.signed_in("wang-c").await;
    open(&wang, "c-1-1").await;
    backend.clock.advance(40_000);
    let late = wang.watch("c-1-1", &[(0, FIRST_MS)]).await;
    // Ten seconds at twice the speed, and the second of slack.
    assert!((20_000..=22_000).contains(&late.credited_ms), "{late:?}");
    open(&wang, "c-2-1").await;
    backend.clock.advance(40_000);
    let after = wang.watch("c-2-1", &[(0, SECOND_MS)]).await;
    assert_eq!(after.credited_ms, 0);
}

#[tokio::test]
async fn a_key_is_remembered_for_thirty_days() {
    const DAY_MS: u64 = 86_400_000;
    let backend = Backend::start().await;
    let (path, key) = (path::watched(&"c-1-1".into()), key());
    let wang = backend.signed_in("wang-c").await;
    wang.post(&path, &key, &report(&[(0, 1000)]))
        .await
        .ok::<WatchedReply>();
    backend.clock.advance(30 * DAY_MS - 1);
    let wang = backend.signed_in("wang-c").await;
    let other = report(&[(0, 2000)]);
    assert_eq!(
        wang.post(&path, &key, &other).await.refused(),
        ErrorCode::KeyReused
    );
    backend.clock.advance(DAY_MS);
    // The backend forgets by itself, about every hour; bounded polling of the database only.
    let mut tries = 0;
    while !backend.rows("idempotency").await.is_empty() {
        tries += 1;
        assert!(tries < 1000, "it is still remembered");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let wang = backend.signed_in("wang-c").await;
    assert_eq!(wang.post(&path, &key, &other).await.status, 200);
}
