//! A lesson of the sample class: what its `course.toml` says of it, and its script.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::house::House;

/// A lesson with its script.
pub(super) struct Lesson {
    pub(super) id: String,
    pub(super) title: String,
    /// The course's place in the class, from 1.
    pub(super) number: usize,
    pub(super) course: String,
    /// The course's title as the first slide shows it, `|` where its second line begins.
    pub(super) cover: String,
    /// Name and post of the course's teacher.
    pub(super) teacher: (String, String),
    /// As many as there are slides.
    pub(super) chapters: Vec<Chapter>,
    pub(super) slides: Vec<Slide>,
    pub(super) handout: Handout,
    folder: PathBuf,
    stem: String,
}

/// A chapter of a lesson.
pub(super) struct Chapter {
    pub(super) title: String,
    /// Whole seconds, in milliseconds.
    pub(super) start_ms: u64,
}

/// What is on the screen during one chapter; the first slide shows the course's title instead.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slide {
    #[serde(default)]
    pub(super) points: Vec<String>,
    /// The articles that the points rest on.
    #[serde(default)]
    pub(super) basis: String,
    /// One caption cue each; `|` is where its second line begins.
    pub(super) say: Vec<String>,
}

/// What the hand-out has beside the outline.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handout {
    pub(super) questions: Vec<String>,
    pub(super) articles: Vec<Article>,
}

/// An article of law, word for word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Article {
    pub(super) source: String,
    /// A line each paragraph.
    pub(super) text: String,
}

impl Lesson {
    /// The path of one of its media: `mp4`, `jpg`, `pdf` or `zh-CN.vtt`.
    pub(super) fn file(&self, extension: &str) -> PathBuf {
        self.folder.join(format!("{}.{extension}", self.stem))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    /// Where the course's title takes two lines: it, with `|` between them.
    cover: Option<String>,
    slides: Vec<Slide>,
    handout: Handout,
}

// Of course.toml only what the media show; the backend checks the whole of it.
#[derive(Deserialize)]
struct CourseFile {
    title: String,
    teachers: Vec<Teacher>,
    lessons: Vec<LessonEntry>,
}

#[derive(Deserialize)]
struct Teacher {
    name: String,
    post: String,
}

#[derive(Deserialize)]
struct LessonEntry {
    id: String,
    title: String,
    video: String,
    chapters: Vec<ChapterEntry>,
}

#[derive(Deserialize)]
struct ChapterEntry {
    title: String,
    start: String,
}

/// Every lesson of the sample class, in the order of its courses.
///
/// # Errors
/// If a file is missing or malformed, or a script has not one slide for each chapter.
pub(super) fn read_all(house: &House) -> Result<Vec<Lesson>> {
    let scripts = house.root.join("crates/xtask/src/sample/lessons");
    let mut folders = Vec::new();
    for entry in fs::read_dir(house.sample().join("courses"))? {
        folders.push(entry?.path());
    }
    folders.sort();
    let mut lessons = Vec::new();
    for (index, folder) in folders.into_iter().enumerate() {
        let file: CourseFile = read(&folder.join("course.toml"))?;
        let teacher = file.teachers.first().context("a course has a teacher")?;
        for entry in file.lessons {
            let script: Script = read(&scripts.join(format!("{}.toml", entry.id)))?;
            ensure!(
                script.slides.len() == entry.chapters.len(),
                "{}: {} slides for {} chapters",
                entry.id,
                script.slides.len(),
                entry.chapters.len()
            );
            let cover = script.cover.unwrap_or_else(|| file.title.clone());
            ensure!(
                cover.replace('|', "") == file.title,
                "{}: the cover is not the course's title",
                entry.id
            );
            lessons.push(Lesson {
                cover,
                number: index + 1,
                course: file.title.clone(),
                teacher: (teacher.name.clone(), teacher.post.clone()),
                chapters: chapters(&entry)?,
                slides: script.slides,
                handout: script.handout,
                folder: folder.clone(),
                stem: entry.video.trim_end_matches(".mp4").to_owned(),
                id: entry.id,
                title: entry.title,
            });
        }
    }
    Ok(lessons)
}

fn chapters(entry: &LessonEntry) -> Result<Vec<Chapter>> {
    let chapters = entry.chapters.iter().map(|chapter| {
        Ok(Chapter {
            title: chapter.title.clone(),
            start_ms: start_ms(&chapter.start)?,
        })
    });
    chapters.collect()
}

/// `m:ss` in milliseconds.
fn start_ms(text: &str) -> Result<u64> {
    let Some((minutes, seconds)) = text.split_once(':') else {
        bail!("`{text}` is not m:ss");
    };
    Ok((minutes.parse::<u64>()? * 60 + seconds.parse::<u64>()?) * 1000)
}

/// Reads a TOML file.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}
