//! What was acknowledged survives a backend that is killed with SIGKILL: the real binary, on its
//! own data folder.

use std::os::unix::process::ExitStatusExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::{AnswerPut, AnswerReply, Attempt, path};
use reqwest::Method;
use tokio::process::Command;

use crate::support::Visitor;
use crate::support::process::{Process, class_of_today};

async fn signed_in(process: &Process) -> Visitor {
    let visitor = Visitor::new(&process.base);
    assert_eq!(visitor.sign_in("li-c", "gongke-2026").await.status, 200);
    visitor
}

#[tokio::test]
async fn every_acknowledged_answer_survives_a_sigkill() {
    let (data, folder) = (tempfile::tempdir().unwrap(), class_of_today());
    let mut process = Process::start(data.path(), &folder).await;
    let visitor = signed_in(&process).await;
    let attempt: Attempt = visitor.start("c").await.ok();

    // One writer a question, each as fast as it can; each ends with what was acknowledged last.
    let count = Arc::new(AtomicUsize::new(0));
    let mut writers = Vec::new();
    for question in attempt.questions.clone() {
        let (visitor, count) = (visitor.clone(), count.clone());
        let path = path::answer(&attempt.id, &question.id);
        writers.push(tokio::spawn(async move {
            let mut acknowledged = None;
            for (seq, option) in (1..).zip(question.options.iter().cycle()) {
                let put = AnswerPut {
                    seq,
                    choice: vec![option.id.clone()],
                };
                let sent = visitor.write(Method::PUT, &path).json(&put).send().await;
                let Ok(response) = sent else { break };
                let Ok(reply) = response.json::<AnswerReply>().await else {
                    break;
                };
                assert_eq!(reply.answer.seq, seq);
                acknowledged = Some(reply.answer);
                count.fetch_add(1, Ordering::SeqCst);
            }
            acknowledged
        }));
    }
    while count.load(Ordering::SeqCst) < 60 {
        tokio::task::yield_now().await;
        assert!(
            process.child.try_wait().unwrap().is_none(),
            "the backend ended by itself"
        );
    }
    process.child.start_kill().unwrap();
    let status = process.child.wait().await.unwrap();
    assert_eq!(status.signal(), Some(9), "it was killed, not stopped");

    let process = Process::start(data.path(), &folder).await;
    let visitor = Visitor::new(&process.base);
    assert_eq!(visitor.sign_in("li-c", "gongke-2026").await.status, 200);
    let after: Attempt = visitor.get(&path::attempt(&attempt.id)).await.ok();
    assert_eq!(
        (&after.questions, after.deadline),
        (&attempt.questions, attempt.deadline)
    );
    for writer in writers {
        let acknowledged = writer
            .await
            .unwrap()
            .expect("every writer got an acknowledgement");
        let mut answers = after.answers.iter();
        let kept = answers
            .find(|answer| answer.question == acknowledged.question)
            .unwrap();
        // The write that was under way at the kill may have been kept without a reply.
        let next = kept.seq == acknowledged.seq + 1;
        assert!(
            *kept == acknowledged || next,
            "{kept:?} for {acknowledged:?}"
        );
    }
}

#[tokio::test]
async fn a_session_and_a_finished_lesson_survive_a_sigkill() {
    let (data, folder) = (tempfile::tempdir().unwrap(), class_of_today());
    let mut process = Process::start(data.path(), &folder).await;
    let visitor = Visitor::new(&process.base);
    let cookie = visitor.sign_in("wang-c", "gongke-2026").await;
    let cookie = cookie
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    visitor
        .get(&path::lesson(&"c-1-1".into()))
        .await
        .ok::<contract::Lesson>();
    // The slack of a second at twice the speed is there without waiting.
    let watched = visitor.watch("c-1-1", &[(0, 1000)]).await;
    assert_eq!(watched.credited_ms, 1000);
    process.child.start_kill().unwrap();
    assert_eq!(process.child.wait().await.unwrap().signal(), Some(9));

    let process = Process::start(data.path(), &folder).await;
    let visitor = Visitor::new(&process.base);
    let request = visitor.request(Method::GET, &path::lesson(&"c-1-1".into()));
    let lesson: contract::Lesson = crate::support::visitor::send(request.header("cookie", cookie))
        .await
        .ok();
    assert_eq!(lesson.progress.covered, watched.progress.covered);
}

#[tokio::test]
async fn sigterm_stops_it_in_good_order() {
    let (data, folder) = (tempfile::tempdir().unwrap(), class_of_today());
    let mut process = Process::start(data.path(), &folder).await;
    signed_in(&process).await;
    let pid = process.child.id().unwrap().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .await
            .unwrap()
            .success()
    );
    assert!(process.child.wait().await.unwrap().success());
    assert!(
        !data.path().join("gongke.sqlite-wal").exists(),
        "the log is written back"
    );
}
