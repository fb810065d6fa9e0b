//! courses/*/course.toml.

use contract::{Caption, Chapter, Handout, Teacher};
use toml::de::DeValue;

use super::media::{self, Kind};
use super::source::{At, Folder, Place};
use super::table::Table;
use super::values::{ID, id, path, short, text, whole};
use crate::documents::{CourseDocument, LessonDocument};

/// A course as its folder gives it.
pub(super) struct CourseEntry {
    pub(super) id: At<String>,
    pub(super) document: CourseDocument,
    pub(super) lessons: Vec<LessonEntry>,
}

/// A lesson of it.
pub(super) struct LessonEntry {
    pub(super) id: At<String>,
    pub(super) document: LessonDocument,
}

/// Every course, in the order of the folders' names.
pub(super) fn read_all(folder: &Folder) -> Vec<CourseEntry> {
    let here = Place {
        file: "courses".to_owned(),
        line: 1,
    };
    let mut names = Vec::new();
    match std::fs::read_dir(folder.root().join("courses")) {
        Ok(entries) => {
            for entry in entries.flatten().filter(|entry| entry.path().is_dir()) {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Err(error) => folder.complain(
            &here,
            "a folder with a folder for each course",
            error.to_string(),
        ),
    }
    names.sort();
    let mut courses = Vec::new();
    for name in names {
        let file = format!("courses/{name}/course.toml");
        folder.read(&file, false, |table| courses.extend(read_course(table)));
    }
    if courses.is_empty() && folder.complaints().is_empty() {
        folder.complain(&here, "at least one course", "none");
    }
    unique(folder, courses.iter().map(|course| &course.id), "course");
    unique(
        folder,
        courses
            .iter()
            .flat_map(|course| &course.lessons)
            .map(|lesson| &lesson.id),
        "lesson",
    );
    courses
}

/// Complains of ids that come twice.
pub(super) fn unique<'a>(folder: &Folder, ids: impl Iterator<Item = &'a At<String>>, what: &str) {
    let mut seen = std::collections::HashMap::new();
    for id in ids {
        if let Some(first) = seen.insert(&id.value, &id.place) {
            let expected = format!("an id that no other {what} has");
            let found = format!("\"{}\", as in {}:{}", id.value, first.file, first.line);
            folder.complain(&id.place, expected, found);
        }
    }
}

fn read_course(table: &mut Table<'_>) -> Option<CourseEntry> {
    let course_id = table.required("id", ID, id);
    let title = table.required("title", "text of at most 100 characters", short(100));
    let hours = table.required("hours", "a whole number from 0 to 1000", whole(0, 1000));
    let summary = table.required("summary", "text", text);
    let teachers = table.tables("teachers", |table| {
        let name = table.required("name", "text of at most 60 characters", short(60));
        let post = table.required("post", "text of at most 100 characters", short(100));
        Some(Teacher {
            name: name?.value,
            post: post?.value,
        })
    });
    let lessons = table.some_tables("lessons", read_lesson);
    let document = CourseDocument {
        title: title?.value,
        summary: summary?.value,
        hours: hours?.value,
        teachers,
    };
    Some(CourseEntry {
        id: course_id?,
        document,
        lessons,
    })
}

fn read_lesson(table: &mut Table<'_>) -> Option<LessonEntry> {
    const FILE: &str = "the path of a file, inside the class folder";
    let lesson_id = table.required("id", ID, id);
    let title = table.required("title", "text of at most 100 characters", short(100));
    let label = table.optional("label", "text of at most 20 characters", short(20));
    let folder = table.folder();
    let video = table
        .required("video", FILE, path)
        .and_then(|at| media::take(folder, &at, Kind::Video));
    let poster = table
        .optional("poster", FILE, path)
        .map(|at| media::take(folder, &at, Kind::Picture));
    let captions = table.tables("captions", |table| {
        let language = table.required("language", "a language tag such as \"zh-CN\"", language);
        let label = table.required("label", "text of at most 40 characters", short(40));
        let file = table.required("file", FILE, path);
        let taken = file.and_then(|at| media::take(folder, &at, Kind::Captions));
        Some(Caption {
            language: language?.value,
            label: label?.value,
            url: taken?.url,
        })
    });
    let chapters = table.tables("chapters", |table| {
        let title = table.required("title", "text of at most 100 characters", short(100));
        let start = table.required(
            "start",
            "a position such as \"1:30\" or \"1:02:30\"",
            position,
        );
        Some((
            Chapter {
                title: title?.value,
                start_ms: start.as_ref()?.value,
            },
            start?.place,
        ))
    });
    let handouts = table.tables("handouts", |table| {
        let title = table.required("title", "text of at most 100 characters", short(100));
        let file = table.required("file", FILE, path);
        let taken = file.and_then(|at| media::take(folder, &at, Kind::Handout))?;
        Some(Handout {
            title: title?.value,
            url: taken.url,
            mime: taken.mime,
            bytes: taken.bytes,
        })
    });
    let video = video?;
    let mut earlier = None;
    for (chapter, place) in &chapters {
        if earlier.is_some_and(|earlier| chapter.start_ms <= earlier) {
            folder.complain(
                place,
                "`start`: later than the chapter before",
                "an earlier one",
            );
        }
        if chapter.start_ms >= video.duration_ms {
            let found = format!("a video of {} s", video.duration_ms / 1000);
            folder.complain(place, "`start`: before the end of the video", found);
        }
        earlier = Some(chapter.start_ms);
    }
    let poster_url = match poster {
        Some(taken) => Some(taken?.url),
        None => None,
    };
    let document = LessonDocument {
        title: title?.value,
        label: label.map(|label| label.value),
        duration_ms: video.duration_ms,
        video_url: video.url,
        video_type: video.mime,
        poster_url,
        captions,
        chapters: chapters.into_iter().map(|(chapter, _)| chapter).collect(),
        handouts,
    };
    Some(LessonEntry {
        id: lesson_id?,
        document,
    })
}

/// A language tag, roughly.
fn language(value: &DeValue<'_>) -> Option<String> {
    let tag = text(value)?;
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    tag.split('-').all(part).then_some(tag)
}

/// `m:ss` or `h:mm:ss`, in milliseconds.
fn position(value: &DeValue<'_>) -> Option<u64> {
    let parts: Vec<&str> = value.as_str()?.split(':').collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().skip(1).any(|part| part.len() != 2) {
        return None;
    }
    let mut seconds = 0;
    for (place, part) in parts.iter().enumerate() {
        let number: u64 = part
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())??;
        if place > 0 && number > 59 {
            return None;
        }
        seconds = seconds * 60 + number;
    }
    Some(seconds * 1000)
}
