//! Class folders that are right: loaded whole, and anew without harm.

use backend::loader::Loaded;
use contract::{AnswerPut, AnswerReply, Attempt, Class, path};

use crate::support::paper::right;
use crate::support::{Backend, Folder};

#[tokio::test]
async fn a_right_folder_is_loaded_whole() {
    let backend = Backend::with(&[], |_| {}).await;
    let folder = Folder::new();
    let loaded = backend.load(&folder).await.unwrap();
    assert_eq!(
        loaded,
        Loaded {
            courses: 2,
            lessons: 2,
            questions: 10,
            accounts: 3
        }
    );
    let li = backend.signed_in("li-c").await;
    let class: Class = li.get(&path::class(&"c".into())).await.ok();
    assert_eq!(class.courses[0].teachers[0].name, "李德齐");
    assert_eq!((class.exam.question_count, class.exam.full_marks), (4, 10));
    assert_eq!(
        (
            class.policy.max_rate_permille,
            class.policy.complete_at_permille
        ),
        (2000, 950)
    );
    let lesson: contract::Lesson = li.get(&path::lesson(&"c-1-1".into())).await.ok();
    assert_eq!(
        lesson.duration_ms, 60_000,
        "the length is read from the file"
    );
    assert_eq!(lesson.chapters[1].start_ms, 20_000);
}

#[tokio::test]
async fn a_folder_without_accounts_is_right() {
    let backend = Backend::with(&[], |_| {}).await;
    let folder = Folder::new();
    std::fs::remove_file(folder.path().join("accounts.toml")).unwrap();
    assert_eq!(backend.load(&folder).await.unwrap().accounts, 0);
}

#[tokio::test]
async fn loading_again_updates_in_place_and_touches_nobodys_study_or_answers() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let wang = backend.signed_in("wang-c").await;
    wang.get(&path::lesson(&"c-1-1".into())).await;
    backend.clock.advance(30_000);
    wang.watch("c-1-1", &[(0, 30_000)]).await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    let question = &attempt.questions[0];
    let put = AnswerPut {
        seq: 1,
        choice: right(question),
    };
    li.put(&path::answer(&attempt.id, &question.id), &put)
        .await
        .ok::<AnswerReply>();

    let tables = [
        "studies",
        "attempts",
        "answers",
        "enrolments",
        "grants",
        "sessions",
        "idempotency",
    ];
    let mut before = Vec::new();
    for table in tables {
        before.push(backend.rows(table).await);
    }
    let whole = backend.dump().await;
    backend.load(&folder).await.unwrap();
    assert_eq!(
        backend.dump().await,
        whole,
        "the same folder again changes nothing at all"
    );

    folder.edit(
        "class.toml",
        "title = \"企业工会主席培训班 c\"",
        "title = \"新的名称\"",
    );
    folder.edit("accounts.toml", "某某公司工会", "另一公司工会");
    backend.load(&folder).await.unwrap();
    for (table, before) in tables.into_iter().zip(before) {
        assert_eq!(backend.rows(table).await, before, "{table}");
    }
    let class: Class = li.get(&path::class(&"c".into())).await.ok();
    assert_eq!(class.title, "新的名称");
}

#[tokio::test]
async fn what_a_newer_folder_leaves_out_is_gone_from_view_and_study_of_it_is_kept() {
    let folder = Folder::new();
    folder.edit("class.toml", "hours_needed = 8", "hours_needed = 4");
    let backend = Backend::with(&[&folder], |_| {}).await;
    let wang = backend.signed_in("wang-c").await;
    wang.get(&path::lesson(&"c-2-1".into())).await;
    backend.clock.advance(30_000);
    wang.watch("c-2-1", &[(0, 30_000)]).await;
    let studies = backend.rows("studies").await;
    std::fs::rename(
        folder.path().join("courses/2"),
        folder.path().join("second"),
    )
    .unwrap();
    folder.edit(
        "accounts.toml",
        "granted = [\"c-1\", \"c-2\"]",
        "granted = [\"c-1\"]",
    );
    backend.load(&folder).await.unwrap();
    let class: Class = wang.get(&path::class(&"c".into())).await.ok();
    assert_eq!(class.courses.len(), 1);
    assert_eq!(wang.get(&path::lesson(&"c-2-1".into())).await.status, 404);
    assert_eq!(backend.rows("studies").await, studies);

    std::fs::rename(
        folder.path().join("second"),
        folder.path().join("courses/2"),
    )
    .unwrap();
    backend.load(&folder).await.unwrap();
    let lesson: contract::Lesson = wang.get(&path::lesson(&"c-2-1".into())).await.ok();
    assert_eq!(lesson.progress.position_ms, 30_000);
}

#[tokio::test]
async fn another_folder_that_says_less_of_a_person_takes_neither_photo_nor_id_number_away() {
    let (first, second) = (Folder::new(), Folder::of("d"));
    second.edit(
        "accounts.toml",
        "id = \"d-wang\"\nusername = \"wang-d\"",
        "id = \"c-zhao\"\nusername = \"zhao-c\"",
    );
    let backend = Backend::with(&[&first], |_| {}).await;
    let zhao = backend.signed_in("zhao-c").await;
    let photo = async || {
        let persons = backend.rows("persons").await;
        let row = persons.into_iter().find(|row| row.contains("c-zhao"));
        row.unwrap().split("photo=").nth(1).unwrap().to_owned()
    };
    let before = photo().await;
    assert!(before.starts_with('"'), "{before}");
    backend.load(&second).await.unwrap();
    assert_eq!(photo().await, before);
    let session: contract::Session = zhao.get(path::SESSION).await.ok();
    assert_eq!(
        session.person.id_number_masked.as_deref(),
        Some("110*************2X")
    );
    assert_eq!(session.person.name, "王·建国", "what it says counts");
}

#[tokio::test]
async fn a_changed_password_works_after_loading_and_the_old_one_does_not() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    folder.edit(
        "accounts.toml",
        "password = \"gongke-2026\"",
        "password = \"another-2026\"",
    );
    backend.load(&folder).await.unwrap();
    assert_eq!(
        backend
            .visitor()
            .sign_in("wang-c", "gongke-2026")
            .await
            .status,
        403
    );
    assert_eq!(
        backend
            .visitor()
            .sign_in("wang-c", "another-2026")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_changed_password_ends_the_sessions_of_its_person_alone() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let wang = backend.signed_in("wang-c").await;
    let li = backend.signed_in("li-c").await;
    backend.load(&folder).await.unwrap();
    assert_eq!(wang.get(path::SESSION).await.status, 200, "nothing new");
    folder.edit(
        "accounts.toml",
        "password = \"gongke-2026\"",
        "password = \"another-2026\"",
    );
    backend.load(&folder).await.unwrap();
    let ended = wang.get(path::SESSION).await.refused();
    assert_eq!(ended, contract::ErrorCode::NotSignedIn);
    assert_eq!(li.get(path::SESSION).await.status, 200);
}

#[tokio::test]
async fn the_sample_class_is_right() {
    let backend = Backend::with(&[], |_| {}).await;
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let media = backend.data.path().join("media");
    let loaded = backend::loader::load(&backend.db, &backend.clock, &media, &sample).await;
    let loaded = loaded.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((loaded.courses, loaded.lessons), (8, 8));
    assert!(loaded.questions >= 60);
    for account in backend::loader::accounts(&sample).unwrap() {
        let reply = backend
            .visitor()
            .sign_in(&account.username, &account.password)
            .await;
        assert_eq!(reply.status, 200);
    }
}
