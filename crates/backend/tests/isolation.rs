//! What belongs to another person does not exist.

use contract::{AnswerPut, Attempt, Certificate, Class, ErrorCode, HandIn, Page, path};
use reqwest::Method;

use crate::support::paper::{all, right};
use crate::support::visitor::{report, send};
use crate::support::{Backend, Folder, key};

#[tokio::test]
async fn another_persons_attempts_and_certificates_are_not_found_and_stay_untouched() {
    let folder = Folder::new();
    folder.edit(
        "accounts.toml",
        "classes = [\"c\"]",
        "classes = [\"c\"]\ngranted = [\"c-1\", \"c-2\"]",
    );
    let backend = Backend::with(&[&folder], |_| {}).await;
    let (wang, li) = (
        backend.signed_in("wang-c").await,
        backend.signed_in("li-c").await,
    );
    let passed: Attempt = li.start("c").await.ok();
    li.hand_in(&passed, &key(), &all(&passed, 1, right))
        .await
        .ok::<Attempt>();
    let certificate = li
        .get(path::CERTIFICATES)
        .await
        .ok::<Page<Certificate>>()
        .items
        .remove(0);
    let open: Attempt = wang.start("c").await.ok();

    let before = backend.dump().await;
    let zhao = backend.signed_in("zhao-c").await;
    for stranger in [&li, &zhao] {
        let question = &open.questions[0];
        let put = AnswerPut {
            seq: 1,
            choice: right(question),
        };
        for reply in [
            stranger.get(&path::attempt(&open.id)).await,
            stranger
                .put(&path::answer(&open.id, &question.id), &put)
                .await,
            stranger
                .hand_in(&open, &key(), &HandIn { answers: vec![] })
                .await,
        ] {
            assert_eq!(reply.refused(), ErrorCode::NotFound);
        }
    }
    for stranger in [&wang, &zhao] {
        let reply = stranger.get(&path::certificate(&certificate.id)).await;
        assert_eq!(reply.refused(), ErrorCode::NotFound);
        assert_eq!(
            stranger
                .get(path::CERTIFICATES)
                .await
                .ok::<Page<Certificate>>()
                .items,
            []
        );
    }
    let without_new_session = |dump: String| {
        dump.lines()
            .filter(|line| !line.contains("c-zhao"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        without_new_session(backend.dump().await),
        without_new_session(before)
    );
}

#[tokio::test]
async fn a_class_that_one_is_not_in_does_not_exist() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let zhao = backend.signed_in("zhao-c").await;
    let class: Class = li.get(&path::class(&"c".into())).await.ok();
    let lesson: contract::Lesson = li.get(&path::lesson(&"c-1-1".into())).await.ok();
    let before = backend.dump().await;
    let mut replies = vec![
        zhao.get(&path::class(&class.id)).await,
        zhao.get(&path::lesson(&lesson.id)).await,
        zhao.start("c").await,
        zhao.post(&path::watched(&lesson.id), &key(), &report(&[(0, 1000)]))
            .await,
        zhao.get(&lesson.video_url).await,
        zhao.get(lesson.poster_url.as_deref().unwrap()).await,
        zhao.get(&lesson.captions[0].url).await,
        zhao.get(&lesson.handouts[0].url).await,
    ];
    // The same for what exists for nobody.
    replies.extend([
        zhao.get(&path::class(&"no-such-class".into())).await,
        zhao.get(&path::lesson(&"no-such-lesson".into())).await,
        zhao.get("/api/v1/media/0000.mp4").await,
    ]);
    let bodies: std::collections::HashSet<Vec<u8>> =
        replies.iter().map(|reply| reply.body.clone()).collect();
    assert!(
        replies
            .iter()
            .all(|reply| reply.refused() == ErrorCode::NotFound)
    );
    assert_eq!(bodies.len(), 1, "the two cannot be told apart");
    assert_eq!(backend.dump().await, before);
}

#[tokio::test]
async fn one_persons_study_does_not_show_in_anothers() {
    let backend = Backend::start().await;
    let (wang, li) = (
        backend.signed_in("wang-c").await,
        backend.signed_in("li-c").await,
    );
    wang.get(&path::lesson(&"c-1-1".into())).await;
    backend.clock.advance(30_000);
    wang.watch("c-1-1", &[(0, 30_000)]).await;
    let lesson: contract::Lesson = li.get(&path::lesson(&"c-1-1".into())).await.ok();
    assert_eq!(
        (lesson.progress.covered, lesson.progress.position_ms),
        (vec![], 0)
    );
    assert_eq!(lesson.progress.completion, contract::Completion::Granted);
}

#[tokio::test]
async fn without_a_session_nothing_is_readable() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let lesson: contract::Lesson = li.get(&path::lesson(&"c-1-1".into())).await.ok();
    let attempt: Attempt = li.start("c").await.ok();
    let before = backend.dump().await;
    let nobody = backend.visitor();
    for path in [
        path::SESSION.to_owned(),
        path::ENROLMENTS.to_owned(),
        path::CERTIFICATES.to_owned(),
        path::class(&"c".into()),
        path::lesson(&"c-1-1".into()),
        path::attempt(&attempt.id),
        lesson.video_url,
    ] {
        assert_eq!(
            nobody.get(&path).await.refused(),
            ErrorCode::NotSignedIn,
            "{path}"
        );
        let forged = nobody
            .request(Method::GET, &path)
            .header("cookie", "gongke=0123");
        assert_eq!(
            send(forged).await.refused(),
            ErrorCode::NotSignedIn,
            "{path}"
        );
    }
    let put = AnswerPut {
        seq: 1,
        choice: vec![],
    };
    let answer = path::answer(&attempt.id, &attempt.questions[0].id);
    for reply in [
        nobody.put(&answer, &put).await,
        nobody
            .hand_in(&attempt, &key(), &HandIn { answers: vec![] })
            .await,
        nobody.start("c").await,
        nobody
            .post(&path::watched(&"c-1-1".into()), &key(), &report(&[(0, 1)]))
            .await,
    ] {
        assert_eq!(reply.refused(), ErrorCode::NotSignedIn);
    }
    assert_eq!(backend.dump().await, before);
}
