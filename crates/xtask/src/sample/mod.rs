//! `cargo xtask sample`: makes the media of the sample class from the scripts of its lessons, and
//! reads back what it made.
//!
//! What is shown and said stands in `lessons/*.toml`, one script for each lesson; when a chapter
//! begins stands in the lesson's `course.toml`. Everything is written beside that `course.toml`
//! and is committed, so that nobody needs these tools who only runs or tests the product.

mod bank;
mod browser;
mod captions;
mod check;
mod fonts;
mod handout;
mod lesson;
mod mp4;
mod photo;
mod slides;
mod speech;
mod tools;
mod video;

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::house::House;
use crate::step::step;
use browser::Browser;
use fonts::Fonts;
use lesson::Lesson;

const USAGE: &str = "\
cargo xtask sample               make the media of the sample class, then check them
cargo xtask sample LESSON…       only those lessons, such as fgqy-01-1
cargo xtask sample check         only check what is there";

/// Makes and checks the sample class's media; `args` are those after `sample`.
///
/// # Errors
/// If a tool is missing (says which, and how to get it), if a script does not fit its lesson's
/// chapters, or if what was made does not keep what `docs/class-folder.md` promises.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let house = House::find()?;
    let sample = house.sample();
    let lessons = lesson::read_all(&house)?;
    if args == ["check"] {
        tools::need(&["ffprobe", "pdftotext", "pdffonts"])?;
        return step("checking the sample class", || {
            check::all(&sample, &lessons)
        });
    }
    if let Some(odd) = args
        .iter()
        .find(|arg| !lessons.iter().any(|l| l.id == **arg))
    {
        bail!("there is no lesson `{odd}`\n\n{USAGE}");
    }
    tools::need(&[
        "espeak-ng",
        "fc-match",
        "ffmpeg",
        "ffprobe",
        "pdftotext",
        "pdffonts",
    ])?;
    let browser = Browser::find(house.notes().join("sample"))?;
    let fonts = Fonts::find()?;
    for lesson in lessons
        .iter()
        .filter(|l| args.is_empty() || args.contains(&l.id))
    {
        step(&format!("lesson {}: {}", lesson.id, lesson.title), || {
            make(lesson, &browser, &fonts)
        })?;
    }
    if args.is_empty() {
        step("the portrait", || photo::make(&sample, &browser))?;
    }
    step("checking the sample class", || {
        check::all(&sample, &lessons)
    })
}

fn make(lesson: &Lesson, browser: &Browser, fonts: &Fonts) -> Result<()> {
    let work = browser.work().join(&lesson.id);
    fs::create_dir_all(&work)?;
    let speech = speech::speak(lesson)?;
    fs::write(lesson.file("zh-CN.vtt"), captions::vtt(&speech.cues)?)?;
    let pictures = slides::draw(lesson, browser, &work)?;
    video::encode(lesson, &pictures, &speech, &work)?;
    slides::poster(&pictures, &lesson.file("jpg"))?;
    handout::print(lesson, browser, fonts, &work)
}

/// `text` for HTML, as text or as a double-quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The path as a `file:` address. The project's own paths need no escapes but these.
fn file_url(path: &Path) -> String {
    let path = path.to_string_lossy();
    format!("file://{}", path.replace('%', "%25").replace(' ', "%20"))
}
