//! What was acknowledged survives a backend that is killed with SIGKILL: the real binary, on its
//! own data folder.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::{AnswerPut, AnswerReply, Attempt, path};
use reqwest::Method;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::support::{Folder, Visitor};

struct Process {
    child: Child,
    base: String,
}

async fn run(data: &Path, folder: &Folder) -> Process {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongke-backend"))
        .args(["serve", "--port", "0", "--data"])
        .arg(data)
        .arg("--load")
        .arg(folder.path())
        .env_remove("DATABASE_URL")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines
        .next_line()
        .await
        .unwrap()
        .expect("it says when it is ready");
    let base = line.strip_prefix("ready ").unwrap().to_owned();
    Process { child, base }
}

async fn signed_in(process: &Process) -> Visitor {
    let visitor = Visitor::new(&process.base);
    assert_eq!(visitor.sign_in("li-c", "gongke-2026").await.status, 200);
    visitor
}

/// A class whose days hold the day of the test.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.edit(
        "class.toml",
        "starts_on = 2026-01-01",
        "starts_on = 2000-01-01",
    );
    folder.edit("class.toml", "ends_on = 2026-12-31", "ends_on = 2999-12-31");
    folder
}

#[tokio::test]
async fn every_acknowledged_answer_survives_a_sigkill() {
    let (data, folder) = (tempfile::tempdir().unwrap(), folder());
    let mut process = run(data.path(), &folder).await;
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

    let process = run(data.path(), &folder).await;
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
    let (data, folder) = (tempfile::tempdir().unwrap(), folder());
    let mut process = run(data.path(), &folder).await;
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

    let process = run(data.path(), &folder).await;
    let visitor = Visitor::new(&process.base);
    let request = visitor.request(Method::GET, &path::lesson(&"c-1-1".into()));
    let lesson: contract::Lesson = crate::support::visitor::send(request.header("cookie", cookie))
        .await
        .ok();
    assert_eq!(lesson.progress.covered, watched.progress.covered);
}

#[tokio::test]
async fn sigterm_stops_it_in_good_order() {
    let (data, folder) = (tempfile::tempdir().unwrap(), folder());
    let mut process = run(data.path(), &folder).await;
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
