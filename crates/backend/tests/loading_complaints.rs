//! Class folders that are wrong: told where and why, and not loaded at all.

use backend::loader::{Complaint, LoadError};

use crate::support::{Backend, Folder, mp4};

/// Loads a folder that is wrong; makes sure that nothing changed.
async fn complaints(backend: &Backend, folder: &Folder) -> Vec<Complaint> {
    let before = backend.dump().await;
    let error = backend
        .load(folder)
        .await
        .expect_err("it should not have been loaded");
    assert_eq!(backend.dump().await, before, "nothing is loaded");
    let LoadError::Complaints(complaints) = error else {
        panic!("{error}")
    };
    complaints
}

#[tokio::test]
async fn bad_input_names_file_line_and_expectation_and_loads_nothing() {
    let backend = Backend::with(&[], |_| {}).await;
    let course = "courses/2/course.toml";
    for (file, from, to, at, expected) in [
        (
            "class.toml",
            "hours_needed = 8",
            "hours_needed = \"8\"",
            "hours_needed",
            "`hours_needed`: a whole number",
        ),
        (
            "class.toml",
            "hours_needed = 8",
            "hours_needed = 9",
            "hours_needed",
            "at most the hours of all courses",
        ),
        (
            "class.toml",
            "title = \"结业考试\"\n",
            "",
            "[exam]",
            "`title`: text",
        ),
        (
            "class.toml",
            "organiser = ",
            "colour = 1\norganiser = ",
            "colour",
            "one of `id`, `title`",
        ),
        (
            "class.toml",
            "starts_on = 2026-01-01",
            "starts_on = 2027-01-01",
            "ends_on",
            "no earlier than 2027-01-01",
        ),
        (
            "class.toml",
            "max_rate = 2.0",
            "max_rate = 16.0",
            "max_rate",
            "from 1.0 to 4.0",
        ),
        (
            "class.toml",
            "\"10m\"",
            "\"10 bananas\"",
            "bananas",
            "a time such as \"60m\"",
        ),
        (
            "class.toml",
            "pass_mark = 6",
            "pass_mark = 11",
            "pass_mark",
            "at most 10, the marks of a full paper",
        ),
        (
            "class.toml",
            "score-and-review",
            "all",
            "\"all\"",
            "\"pass-only\", \"score\" or",
        ),
        (
            "class.toml",
            "count = 2",
            "count = 5",
            "kind = \"single\"",
            "at most 4, the single questions",
        ),
        (
            "class.toml",
            "{serial:6}",
            "{serie}",
            "number =",
            "known placeholders",
        ),
        (
            "class.toml",
            "某某工会干部学院",
            "短",
            "\"短\"",
            "6 to 24 characters",
        ),
        (
            course,
            "id = \"c-2\"",
            "id = \"C 2\"",
            "id = \"C 2\"",
            "an id of a-z",
        ),
        (
            course,
            "id = \"c-2-1\"",
            "id = \"c-1-1\"",
            "id = \"c-1-1\"",
            "no other lesson has",
        ),
        (
            course,
            "\"video.mp4\"",
            "\"nothing.mp4\"",
            "nothing.mp4",
            "a file",
        ),
        (
            course,
            "\"video.mp4\"",
            "\"poster.jpg\"",
            "video =",
            "H.264",
        ),
        (
            course,
            "\"video.mp4\"",
            "\"../1/video.mp4\"",
            "video =",
            "inside the class folder",
        ),
        (
            course,
            "\"poster.jpg\"",
            "\"zh.vtt\"",
            "poster =",
            "a JPEG picture",
        ),
        (
            course,
            "\"zh.vtt\"",
            "\"poster.jpg\"",
            "file = \"poster.jpg\"",
            "captions in WebVTT",
        ),
        (
            course,
            "start = \"0:20\"",
            "start = \"0:50\"",
            "start = \"0:50\"",
            "before the end of the video",
        ),
        (
            course,
            "start = \"0:20\"",
            "start = \"20\"",
            "start = \"20\"",
            "a position such as",
        ),
        (
            course,
            "[[lessons.handouts]]",
            "[lessons.handouts]",
            "[lessons.handouts]",
            "a list of tables",
        ),
        (
            "questions.toml",
            "answer = [\"B\"]",
            "answer = [\"E\"]",
            "[\"E\"]",
            "one letter from A to D",
        ),
        (
            "questions.toml",
            "answer = [\"A\", \"C\"]",
            "answer = [\"A\"]",
            "stem = \"多选 1\"",
            "at least two",
        ),
        (
            "questions.toml",
            "id = \"s2\"",
            "id = \"s1\"",
            "stem = \"单选 2\"",
            "no other question has",
        ),
        (
            "questions.toml",
            "kind = \"judge\"",
            "kind = \"essay\"",
            "essay",
            "\"single\", \"multiple\" or \"judge\"",
        ),
        (
            "accounts.toml",
            "password = \"gongke-2026\"",
            "password = \"short\"",
            "short",
            "8 to 256 characters",
        ),
        (
            "accounts.toml",
            "sex = \"男\"",
            "sex = \"m\"",
            "sex = \"m\"",
            "\"男\" or \"女\"",
        ),
        (
            "accounts.toml",
            "31002x",
            "310021",
            "id_number",
            "a right check digit",
        ),
        (
            "accounts.toml",
            "granted = [\"c-1\"",
            "granted = [\"c-9\"",
            "granted",
            "ids of courses of this folder",
        ),
        (
            "accounts.toml",
            "username = \"li-c\"",
            "username = \"wang-c\"",
            "id = \"c-li\"",
            "user name",
        ),
        (
            "accounts.toml",
            "classes = []",
            "classes = [\"zz\"]",
            "\"zz\"",
            "ones that are loaded",
        ),
    ] {
        let folder = Folder::new();
        folder.edit(file, from, to);
        let found = complaints(&backend, &folder).await;
        let line = folder.line(file, at);
        let near = |complaint: &Complaint| {
            complaint.file == file
                && complaint.line.abs_diff(line) <= 2
                && complaint.expected.contains(expected)
        };
        assert!(
            found.iter().any(near),
            "{file}:{line} {expected}: {found:?}"
        );
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[tokio::test]
async fn a_complaint_reads_file_line_expected_found() {
    let backend = Backend::with(&[], |_| {}).await;
    let folder = Folder::new();
    folder.edit("class.toml", "attempts = 2", "attempts = \"twice\"");
    let line = folder.line("class.toml", "attempts = ");
    let found = complaints(&backend, &folder).await;
    let expected = format!(
        "class.toml:{line}: expected `attempts`: a whole number from 1 to 100, found text \"twice\""
    );
    assert_eq!(found[0].to_string(), expected);
}

#[tokio::test]
async fn all_complaints_come_at_once() {
    let backend = Backend::with(&[], |_| {}).await;
    let folder = Folder::new();
    folder.edit("class.toml", "hours_needed = 8", "hours_needed = \"8\"");
    folder.edit("class.toml", "attempts = 2", "attempts = 0");
    folder.edit("courses/1/course.toml", "hours = 4", "hours = -4");
    folder.write("courses/2/course.toml", "id = \nid = \"c-2\"\n");
    folder.edit("questions.toml", "stem = \"单选 3\"\n", "");
    folder.edit("accounts.toml", "name = \"赵敏\"", "name = 5");
    let found = complaints(&backend, &folder).await;
    let files: Vec<&str> = found
        .iter()
        .map(|complaint| complaint.file.as_str())
        .collect();
    for file in [
        "class.toml",
        "courses/1/course.toml",
        "courses/2/course.toml",
        "questions.toml",
        "accounts.toml",
    ] {
        assert!(files.contains(&file), "{file} in {found:?}");
    }
    assert_eq!(
        files.iter().filter(|file| **file == "class.toml").count(),
        2
    );
}

#[tokio::test]
async fn what_is_no_folder_or_no_text_is_told_so() {
    let backend = Backend::with(&[], |_| {}).await;
    for file in ["class.toml", "questions.toml", "courses/1/course.toml"] {
        let folder = Folder::new();
        std::fs::remove_file(folder.path().join(file)).unwrap();
        assert!(
            complaints(&backend, &folder)
                .await
                .iter()
                .any(|c| c.file == file && c.line == 1)
        );
        folder.write(file, b"\xff\xfe");
        assert!(
            complaints(&backend, &folder)
                .await
                .iter()
                .any(|c| c.file == file)
        );
    }
}

#[tokio::test]
async fn complaints_do_not_show_passwords_or_id_numbers() {
    let backend = Backend::with(&[], |_| {}).await;
    let folder = Folder::new();
    folder.edit(
        "accounts.toml",
        "password = \"gongke-2026\"",
        "password = \"hunter2\"",
    );
    folder.edit("accounts.toml", "11010519491231002x", "110105194912310020");
    let found = complaints(&backend, &folder).await;
    assert_eq!(found.len(), 2);
    for complaint in found {
        let text = complaint.to_string();
        assert!(
            !text.contains("hunter2") && !text.contains("110105"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn videos_that_would_not_play_at_once_are_refused() {
    let backend = Backend::with(&[], |_| {}).await;
    for (video, found) in [
        (
            mp4::file(60_000, b"hvc1", &[b"moov", b"mdat"], 10),
            "no H.264 track",
        ),
        (
            mp4::file(60_000, b"avc1", &[b"mdat", b"moov"], 10),
            "index at the end",
        ),
        (mp4::with_sound(b"Opus"), "sound that is not AAC"),
        (mp4::with_sound(b".mp3"), "sound that is not AAC"),
        (mp4::file(0, b"avc1", &[b"moov", b"mdat"], 10), "no length"),
        (mp4::file(60_000, b"avc1", &[b"mdat"], 10), "no MP4 file"),
        (b"\0\0\0\0".to_vec(), "no MP4 file"),
        (vec![0xff; 5000], "no MP4 file"),
    ] {
        let folder = Folder::new();
        folder.write("courses/1/video.mp4", video);
        let complaints = complaints(&backend, &folder).await;
        assert!(complaints[0].found.contains(found), "{complaints:?}");
        let line = folder.line("courses/1/course.toml", "video =");
        assert_eq!(
            (complaints[0].file.as_str(), complaints[0].line),
            ("courses/1/course.toml", line)
        );
    }
}

#[tokio::test]
async fn a_video_with_aac_is_right() {
    let backend = Backend::with(&[], |_| {}).await;
    let folder = Folder::new();
    folder.write("courses/1/video.mp4", mp4::with_sound(b"mp4a"));
    assert!(backend.load(&folder).await.is_ok());
}

#[tokio::test]
async fn ids_and_user_names_of_other_classes_are_refused() {
    let backend = Backend::start().await;
    let other = Folder::of("d");
    other.edit("courses/1/course.toml", "id = \"d-1\"", "id = \"c-1\"");
    other.edit("courses/2/course.toml", "id = \"d-2-1\"", "id = \"c-2-1\"");
    other.edit(
        "accounts.toml",
        "username = \"li-d\"",
        "username = \"li-c\"",
    );
    other.edit(
        "accounts.toml",
        "granted = [\"d-1\", \"d-2\"]",
        "granted = []",
    );
    let found = complaints(&backend, &other).await;
    let places: Vec<(&str, usize)> = found.iter().map(|c| (c.file.as_str(), c.line)).collect();
    let expected = [
        (
            "courses/1/course.toml",
            other.line("courses/1/course.toml", "id = \"c-1\""),
        ),
        (
            "courses/2/course.toml",
            other.line("courses/2/course.toml", "id = \"c-2-1\""),
        ),
        (
            "accounts.toml",
            other.line("accounts.toml", "username = \"li-c\""),
        ),
    ];
    assert_eq!(places, expected);
}
