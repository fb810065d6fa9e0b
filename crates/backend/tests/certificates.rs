//! Certificates: issued with the pass, numbered, kept as issued.

use contract::{Attempt, Certificate, Class, HandIn, Page, path};

use crate::support::paper::{all, right};
use crate::support::visitor::report;
use crate::support::{Backend, Folder, Visitor, key};

/// Passes the exam of a class at once.
pub(crate) async fn pass(visitor: &Visitor, class: &str) -> Attempt {
    let attempt: Attempt = visitor.start(class).await.ok();
    visitor
        .hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok()
}

/// A page of the certificates.
pub(crate) async fn list(visitor: &Visitor, query: &str) -> Page<Certificate> {
    visitor
        .get(&format!("{}{query}", path::CERTIFICATES))
        .await
        .ok()
}

#[tokio::test]
async fn the_certificate_is_there_with_the_pass() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    assert_eq!(list(&li, "").await.items, []);
    pass(&li, "c").await;
    let page = list(&li, "").await;
    let [certificate] = page.items.as_slice() else {
        panic!("{page:?}")
    };
    assert_eq!(certificate.number, "c〔2026〕第000001号");
    assert_eq!(certificate.title, "培训证书");
    assert_eq!(certificate.name, "李𬭎");
    assert_eq!(
        certificate.body,
        "李𬭎 同志于 2026年6月1日 至 2026年6月1日 参加企业工会主席培训班 c，修满 8 学时，准予上岗。"
    );
    assert_eq!(
        (certificate.hours, certificate.issued_on.as_str()),
        (8, "2026-06-01")
    );
    assert_eq!(certificate.seals[0].text, "某某工会干部学院");
    let class: Class = li.get(&path::class(&"c".into())).await.ok();
    assert_eq!(class.certificate.as_ref(), Some(&certificate.id));
    let read: Certificate = li.get(&path::certificate(&certificate.id)).await.ok();
    assert_eq!(&read, certificate);
}

#[tokio::test]
async fn who_fails_gets_none() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    li.hand_in(&attempt, &key(), &HandIn { answers: vec![] })
        .await
        .ok::<Attempt>();
    assert_eq!(list(&li, "").await.items, []);
}

#[tokio::test]
async fn the_days_on_it_run_from_the_first_lesson_to_the_pass() {
    let backend = Backend::start().await;
    backend.clock.advance(3 * 86_400_000);
    let wang = backend.signed_in("wang-c").await;
    for (lesson, ms) in [("c-1-1", 60_000), ("c-2-1", 40_000)] {
        wang.get(&path::lesson(&lesson.into())).await;
        backend.clock.advance(60_000);
        wang.watch(lesson, &[(0, ms)]).await;
    }
    backend.clock.advance(2 * 86_400_000);
    let wang = backend.signed_in("wang-c").await;
    pass(&wang, "c").await;
    let certificate = list(&wang, "").await.items.remove(0);
    assert!(
        certificate.body.contains("于 2026年6月4日 至 2026年6月6日"),
        "{}",
        certificate.body
    );
}

#[tokio::test]
async fn a_pass_by_deadline_before_midnight_is_dated_that_day_whenever_it_is_noticed() {
    let backend = Backend::start().await;
    // In Beijing 23:45 of the last day of the year.
    let evening = contract::Timestamp::parse("2026-12-31T15:45:00Z").unwrap();
    backend.clock.advance(evening.since(backend.clock.now()));
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    for answer in all(&attempt, 1, right).answers {
        let put = contract::AnswerPut {
            seq: 1,
            choice: answer.choice,
        };
        li.put(&path::answer(&attempt.id, &answer.question), &put)
            .await
            .ok::<contract::AnswerReply>();
    }
    backend.clock.advance(3_600_000);
    let certificate = list(&li, "").await.items.remove(0);
    assert_eq!(certificate.issued_on, "2026-12-31");
    assert_eq!(certificate.number, "c〔2026〕第000001号");
    assert!(certificate.body.contains("至 2026年12月31日"));
}

#[tokio::test]
async fn a_certificate_that_comes_after_the_pass_is_dated_its_own_day_and_names_that_of_the_pass() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    with_a_third_course(&folder);
    backend.load(&folder).await.unwrap();
    li.hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok::<Attempt>();
    backend.clock.advance(2 * 86_400_000);
    let li = backend.signed_in("li-c").await;
    li.get(&path::lesson(&"c-3-1".into())).await;
    backend.clock.advance(60_000);
    li.watch("c-3-1", &[(0, 60_000)]).await;
    let certificate = list(&li, "").await.items.remove(0);
    assert_eq!(certificate.issued_on, "2026-06-03");
    assert!(
        certificate.body.contains("于 2026年6月1日 至 2026年6月1日"),
        "{}",
        certificate.body
    );
}

#[tokio::test]
async fn a_class_loaded_anew_changes_no_certificate() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    pass(&li, "c").await;
    let before = list(&li, "").await;
    folder.edit(
        "class.toml",
        "title = \"培训证书\"",
        "title = \"另一种证书\"",
    );
    folder.edit("accounts.toml", "李𬭎", "李某");
    backend.load(&folder).await.unwrap();
    assert_eq!(list(&li, "").await, before);
}

#[tokio::test]
async fn a_course_added_after_the_pass_takes_no_certificate_away_and_one_before_it_delays_it() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    // While the exam is written, the organiser adds a course.
    with_a_third_course(&folder);
    backend.load(&folder).await.unwrap();
    li.hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok::<Attempt>();
    assert_eq!(
        list(&li, "").await.items,
        [],
        "not every course is complete"
    );

    li.get(&path::lesson(&"c-3-1".into())).await;
    backend.clock.advance(60_000);
    let watched = path::watched(&"c-3-1".into());
    assert_eq!(
        li.post(&watched, &key(), &report(&[(0, 60_000)]))
            .await
            .status,
        200
    );
    assert_eq!(
        list(&li, "").await.items.len(),
        1,
        "issued with the last lesson"
    );

    let course = std::fs::read_to_string(folder.path().join("courses/1/course.toml")).unwrap();
    folder.write(
        "courses/4/course.toml",
        course
            .replace("c-1", "c-4")
            .replace("video.mp4", "../3/video.mp4"),
    );
    assert!(backend.load(&folder).await.is_err(), "paths do not climb");
    assert_eq!(list(&li, "").await.items.len(), 1);
}

/// A folder with a third course, which nobody has studied.
fn with_a_third_course(folder: &Folder) {
    let course = std::fs::read_to_string(folder.path().join("courses/1/course.toml")).unwrap();
    for file in ["video.mp4", "poster.jpg", "zh.vtt", "notes.txt"] {
        let content = std::fs::read(folder.path().join("courses/1").join(file)).unwrap();
        folder.write(&format!("courses/3/{file}"), content);
    }
    folder.write("courses/3/course.toml", course.replace("c-1", "c-3"));
}

#[tokio::test]
async fn a_folder_that_takes_away_what_stood_in_the_way_issues_the_certificate() {
    type Change = fn(&Folder);
    let ways: [(&str, Change); 3] = [
        ("granted", |folder| {
            folder.edit("accounts.toml", "\"c-2\"]", "\"c-2\", \"c-3\"]");
        }),
        ("removed", |folder| {
            std::fs::remove_dir_all(folder.path().join("courses/3")).unwrap();
        }),
        ("made easier", |folder| {
            folder.edit("class.toml", "hours_needed = 12", "hours_needed = 8");
            std::fs::remove_dir_all(folder.path().join("courses/3")).unwrap();
        }),
    ];
    for (way, change) in ways {
        let folder = Folder::new();
        let backend = Backend::with(&[&folder], |_| {}).await;
        let li = backend.signed_in("li-c").await;
        let attempt: Attempt = li.start("c").await.ok();
        with_a_third_course(&folder);
        if way == "made easier" {
            folder.edit("class.toml", "hours_needed = 8", "hours_needed = 12");
        }
        backend.load(&folder).await.unwrap();
        li.hand_in(&attempt, &key(), &all(&attempt, 1, right))
            .await
            .ok::<Attempt>();
        backend.load(&folder).await.unwrap();
        assert_eq!(list(&li, "").await.items, [], "{way}: not yet");

        change(&folder);
        backend.load(&folder).await.unwrap();
        let issued = list(&li, "").await.items;
        assert_eq!(issued.len(), 1, "{way}");
        assert_eq!(issued[0].number, "c〔2026〕第000001号");
        backend.load(&folder).await.unwrap();
        assert_eq!(list(&li, "").await.items, issued, "{way}: once");
    }
}

#[tokio::test]
async fn a_folder_issues_nothing_to_who_has_not_passed() {
    let folder = Folder::new();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let li = backend.signed_in("li-c").await;
    let attempt: Attempt = li.start("c").await.ok();
    backend.load(&folder).await.unwrap();
    li.hand_in(&attempt, &key(), &HandIn { answers: vec![] })
        .await
        .ok::<Attempt>();
    backend.load(&folder).await.unwrap();
    assert_eq!(list(&li, "").await.items, []);
}

#[tokio::test]
async fn lists_come_in_pages_by_opaque_cursors() {
    let folders: Vec<Folder> = ["a", "b", "d"].into_iter().map(Folder::of).collect();
    // One person in all three classes.
    for (folder, class) in folders.iter().zip(["a", "b", "d"]).skip(1) {
        let account = format!("id = \"{class}-li\"\nusername = \"li-{class}\"");
        folder.edit(
            "accounts.toml",
            &account,
            "id = \"a-li\"\nusername = \"li-a\"",
        );
    }
    let folders: Vec<&Folder> = folders.iter().collect();
    let backend = Backend::with(&folders, |settings| settings.page_size = 2).await;
    let li = backend.signed_in("li-a").await;
    for class in ["a", "b", "d"] {
        pass(&li, class).await;
        backend.clock.advance(1000);
    }
    let first = list(&li, "").await;
    let classes = |page: &Page<Certificate>| -> Vec<String> {
        page.items
            .iter()
            .map(|certificate| certificate.class_id.to_string())
            .collect()
    };
    assert_eq!(classes(&first), ["d", "b"]);
    let second = list(&li, &format!("?cursor={}", first.next_cursor.unwrap())).await;
    assert_eq!(
        (classes(&second), second.next_cursor),
        (vec!["a".to_owned()], None)
    );

    let enrolments: Page<contract::Enrolment> = li.get(path::ENROLMENTS).await.ok();
    let another_lists = enrolments.next_cursor.unwrap();
    let wrong = li
        .get(&format!("{}?cursor={another_lists}", path::CERTIFICATES))
        .await;
    assert_eq!(
        wrong.refused(),
        contract::ErrorCode::InvalidRequest,
        "a cursor of another list"
    );

    let mut enrolled = Vec::new();
    let mut query = String::new();
    loop {
        let page: Page<contract::Enrolment> =
            li.get(&format!("{}{query}", path::ENROLMENTS)).await.ok();
        assert!(page.items.len() <= 2);
        enrolled.extend(
            page.items
                .into_iter()
                .map(|enrolment| enrolment.class.id.to_string()),
        );
        match page.next_cursor {
            Some(cursor) => query = format!("?cursor={cursor}"),
            None => break,
        }
    }
    enrolled.sort();
    assert_eq!(enrolled, ["a", "b", "d"]);
    let wrong = li
        .get(&format!("{}?cursor=nonsense", path::CERTIFICATES))
        .await;
    assert_eq!(wrong.refused(), contract::ErrorCode::InvalidRequest);
}
