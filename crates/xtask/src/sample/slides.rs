//! Draws a lesson's slides, one for each chapter.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::browser::{Browser, SCALE};
use super::lesson::Lesson;
use super::{escape, tools};

/// A slide's size, and the video's, in pixels.
pub(super) const WIDTH: u32 = 640;
pub(super) const HEIGHT: u32 = 360;

/// Draws the slides of `lesson` into `work`: PNGs of twice the video's size, in order.
pub(super) fn draw(lesson: &Lesson, browser: &Browser, work: &Path) -> Result<Vec<PathBuf>> {
    let sheet = work.join("slides.png");
    let count = u32::try_from(lesson.slides.len())?;
    browser.picture(&html(lesson)?, WIDTH, HEIGHT * count, &sheet)?;
    let (width, height) = (WIDTH * SCALE, HEIGHT * SCALE);
    (0..count)
        .map(|index| {
            let png = work.join(format!("slide-{}.png", index + 1));
            let crop = format!("crop={width}:{height}:0:{}", height * index);
            tools::output(
                tools::ffmpeg()
                    .arg("-i")
                    .arg(&sheet)
                    .args(["-vf", &crop, "-frames:v", "1"])
                    .arg(&png),
            )?;
            Ok(png)
        })
        .collect()
}

/// The poster: the first slide as a JPEG of 960 × 540.
pub(super) fn poster(slides: &[PathBuf], jpeg: &Path) -> Result<()> {
    let filter = "scale=960:540:flags=lanczos:out_range=pc,format=yuvj444p";
    tools::output(
        tools::ffmpeg()
            .arg("-i")
            .arg(&slides[0])
            .args(["-vf", filter, "-q:v", "5", "-bitexact"])
            .arg(jpeg),
    )?;
    Ok(())
}

fn html(lesson: &Lesson) -> Result<String> {
    let mut out = format!(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><style>{}</style>",
        include_str!("slides.css")
    );
    let course = escape(&lesson.course);
    let title = escape(&lesson.cover).replace('|', "<br>");
    let (name, post) = (escape(&lesson.teacher.0), escape(&lesson.teacher.1));
    write!(
        out,
        "<section class='slide title'><p class=number>第 {} 课</p><h1>{title}</h1>\
         <hr><p class=teacher>{name}　{post}</p>\
         <p class=note>示例课件 · 讲稿为演示编写，语音由软件合成</p></section>",
        lesson.number
    )?;
    let pages = lesson.slides.len();
    for (index, (slide, chapter)) in lesson
        .slides
        .iter()
        .zip(&lesson.chapters)
        .enumerate()
        .skip(1)
    {
        let points: String = slide
            .points
            .iter()
            .map(|point| format!("<li>{}</li>", escape(point)))
            .collect();
        write!(
            out,
            "<section class=slide><header><span>{course}</span><span class=page>{} / {pages}</span>\
             </header><h2>{}</h2><p class=basis>{}</p><ul>{points}</ul></section>",
            index + 1,
            escape(&chapter.title),
            escape(&slide.basis)
        )?;
    }
    Ok(out)
}
