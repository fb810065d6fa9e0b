//! What happens at and after the deadline.

use contract::{Answer, AnswerPut, AnswerReply, Attempt, AttemptState, HandInBy, Outcome, path};

use crate::support::paper::{all, right, wrong};
use crate::support::{Backend, Folder, Visitor, key};

const DURATION_MS: u64 = 600_000;
const GRACE_MS: u64 = 30_000;

async fn start(visitor: &Visitor) -> Attempt {
    visitor.start("c").await.ok()
}

async fn put(
    visitor: &Visitor,
    attempt: &Attempt,
    place: usize,
    seq: u64,
    is_right: bool,
) -> AnswerReply {
    let question = &attempt.questions[place];
    let choice = if is_right {
        right(question)
    } else {
        wrong(question)
    };
    visitor
        .put(
            &path::answer(&attempt.id, &question.id),
            &AnswerPut { seq, choice },
        )
        .await
        .ok()
}

async fn read(visitor: &Visitor, attempt: &Attempt) -> Attempt {
    visitor.get(&path::attempt(&attempt.id)).await.ok()
}

#[tokio::test]
async fn an_answer_within_the_grace_counts_and_one_after_it_is_kept_and_marked_late() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    backend.clock.advance(DURATION_MS + GRACE_MS);
    let in_time = put(&li, &attempt, 0, 1, true).await;
    assert!(!in_time.answer.late, "the last millisecond counts");
    backend.clock.advance(1);
    let late = put(&li, &attempt, 2, 2, true).await;
    assert!(late.answer.late);

    let closed = read(&li, &attempt).await;
    let AttemptState::HandedIn { receipt, outcome } = closed.state else {
        panic!()
    };
    assert_eq!(
        (receipt.at, receipt.by),
        (attempt.deadline, HandInBy::Deadline)
    );
    assert_eq!(receipt.answered, 1);
    assert_eq!(outcome, Outcome::Failed { marks: Some(2) });
    assert_eq!(closed.answers, [in_time.answer, late.answer]);
}

#[tokio::test]
async fn a_late_answer_never_overwrites_the_one_that_counts() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    for place in 0..4 {
        put(&li, &attempt, place, 1, true).await;
    }
    backend.clock.advance(DURATION_MS + GRACE_MS + 1);
    let late = put(&li, &attempt, 0, 2, false).await;
    assert!(late.answer.late);
    let closed = read(&li, &attempt).await;
    let AttemptState::HandedIn { outcome, .. } = &closed.state else {
        panic!()
    };
    assert_eq!(*outcome, Outcome::Passed { marks: Some(10) });
    let question = &attempt.questions[0];
    let both: Vec<&Answer> = closed
        .answers
        .iter()
        .filter(|a| a.question == question.id)
        .collect();
    let [counted, late] = both.as_slice() else {
        panic!("{both:?}")
    };
    assert_eq!((counted.late, &counted.choice), (false, &right(question)));
    assert_eq!((late.late, &late.choice), (true, &wrong(question)));
}

#[tokio::test]
async fn an_attempt_that_nobody_asks_about_hands_itself_in() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    put(&li, &attempt, 0, 1, true).await;
    assert!(backend.rows("attempts").await[0].contains("closed_at=NULL"));
    backend.clock.advance(DURATION_MS + GRACE_MS + 1);
    // No request: the keeper of deadlines does it. Bounded polling of the database only.
    let mut tries = 0;
    while backend.rows("attempts").await[0].contains("closed_at=NULL") {
        tries += 1;
        assert!(tries < 1000, "nobody handed it in");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let closed = read(&li, &attempt).await;
    let AttemptState::HandedIn { receipt, .. } = closed.state else {
        panic!()
    };
    assert_eq!(
        (receipt.by, receipt.at, receipt.answered),
        (HandInBy::Deadline, attempt.deadline, 1)
    );
}

#[tokio::test]
async fn an_attempt_that_cannot_be_handed_in_keeps_no_other_one_open() {
    let folder = Folder::new();
    folder.edit(
        "accounts.toml",
        "classes = [\"c\"]",
        "classes = [\"c\"]\ngranted = [\"c-1\", \"c-2\"]",
    );
    let backend = Backend::with(&[&folder], |_| {}).await;
    for (username, wait_ms) in [("li-c", 0), ("wang-c", 1000)] {
        backend.clock.advance(wait_ms);
        start(&backend.signed_in(username).await).await;
    }
    let mut connection = backend.db.connection().await.unwrap();
    sqlx::query("UPDATE attempts SET paper = '{' WHERE person_id = 'c-li'")
        .execute(&mut *connection)
        .await
        .unwrap();
    drop(connection);
    backend.clock.advance(DURATION_MS + GRACE_MS + 1001);
    // Bounded polling of the database only.
    let mut tries = 0;
    while !backend
        .rows("attempts")
        .await
        .iter()
        .any(|row| row.contains("person_id=\"c-wang\"") && !row.contains("closed_at=NULL"))
    {
        tries += 1;
        assert!(tries < 500, "nobody handed it in");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_hand_in_at_the_deadline_carries_its_answers_in_time() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    backend.clock.advance(DURATION_MS + 900);
    let reply: Attempt = li
        .hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok();
    let AttemptState::HandedIn { receipt, outcome } = reply.state else {
        panic!()
    };
    assert_eq!(
        (receipt.by, receipt.at),
        (HandInBy::Deadline, attempt.deadline)
    );
    assert_eq!(outcome, Outcome::Passed { marks: Some(10) });
    assert!(reply.answers.iter().all(|answer| !answer.late));
}

#[tokio::test]
async fn a_hand_in_after_the_grace_keeps_its_answers_as_late_ones() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    put(&li, &attempt, 0, 1, true).await;
    backend.clock.advance(DURATION_MS + GRACE_MS + 60_000);
    let form = all(&attempt, 1, right);
    let reply: Attempt = li.hand_in(&attempt, &key(), &form).await.ok();
    let AttemptState::HandedIn { receipt, outcome } = &reply.state else {
        panic!()
    };
    assert_eq!(
        (receipt.answered, outcome),
        (1, &Outcome::Failed { marks: Some(2) })
    );
    let late: Vec<bool> = reply.answers.iter().map(|answer| answer.late).collect();
    assert_eq!(
        late,
        [false, true, true, true],
        "what was kept in time is not kept again"
    );
    let again: Attempt = li.hand_in(&attempt, &key(), &form).await.ok();
    assert_eq!(again, reply);
}

#[tokio::test]
async fn an_answer_after_hand_in_is_late_even_before_the_deadline() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt = start(&li).await;
    let first: Attempt = li
        .hand_in(&attempt, &key(), &all(&attempt, 1, wrong))
        .await
        .ok();
    let late = put(&li, &attempt, 0, 2, true).await;
    assert!(late.answer.late);
    assert_eq!(read(&li, &attempt).await.state, first.state);
}

#[tokio::test]
async fn an_attempt_that_ran_out_makes_room_for_the_next() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let first = start(&li).await;
    backend.clock.advance(DURATION_MS + GRACE_MS + 1);
    let second = start(&li).await;
    assert_ne!(second.id, first.id);
    assert_eq!(second.number, 2);
}
