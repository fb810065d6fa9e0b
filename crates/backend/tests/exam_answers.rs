//! Answers while an attempt is open.

use contract::{Answer, AnswerPut, AnswerReply, Attempt, ErrorCode, HandIn, path};

use crate::support::paper::{right, wrong};
use crate::support::{Backend, Visitor, key};

async fn start(visitor: &Visitor) -> Attempt {
    visitor.start("c").await.ok()
}

async fn read(visitor: &Visitor, attempt: &Attempt) -> Attempt {
    visitor.get(&path::attempt(&attempt.id)).await.ok()
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
