//! Prints a lesson's hand-out: the outline, the articles in their own words, two questions.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::browser::Browser;
use super::escape;
use super::fonts::Fonts;
use super::lesson::Lesson;

const NOTE: &str = "示例课件讲义，为演示编写，不是授课教师的原作。条文以国家公布的现行文本为准。";

/// Writes the hand-out of `lesson`, working in the folder `work`.
pub(super) fn print(lesson: &Lesson, browser: &Browser, fonts: &Fonts, work: &Path) -> Result<()> {
    let pdf = lesson.file("pdf");
    let page = html(lesson)?;
    let faces = fonts.cut(&page, work)?;
    browser.pdf(
        &page.replace("<style>", &format!("<style>{faces}")),
        work,
        &pdf,
    )?;
    let mut bytes = fs::read(&pdf)?;
    for key in ["/CreationDate", "/ModDate"] {
        undate(&mut bytes, key).with_context(|| format!("{}: no {key}", pdf.display()))?;
    }
    Ok(fs::write(pdf, bytes)?)
}

/// Sets a date, `(D:20261122083000+00'00')`, to a fixed one of the same length.
fn undate(pdf: &mut [u8], key: &str) -> Option<()> {
    let at = find(pdf, key.as_bytes())?;
    let digits = at + find(&pdf[at..], b"(D:")? + 3;
    pdf.get_mut(digits..digits + 14)?
        .copy_from_slice(b"20260101000000");
    Some(())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn html(lesson: &Lesson) -> Result<String> {
    let mut out = format!(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{course}　讲义</title>\
         <style>{}</style><h1>{course}</h1><p class=by>第 {} 课讲义　{}，{}</p><hr>\
         <h2>提纲</h2><div class=outline>",
        include_str!("handout.css"),
        lesson.number,
        escape(&lesson.teacher.0),
        escape(&lesson.teacher.1),
        course = escape(&lesson.course),
    );
    for (slide, chapter) in lesson.slides.iter().zip(&lesson.chapters).skip(1) {
        let basis = escape(&slide.basis);
        let title = escape(&chapter.title);
        write!(
            out,
            "<section><h3>{title}</h3><p class=basis>{basis}</p><ul>"
        )?;
        for point in &slide.points {
            write!(out, "<li>{}</li>", escape(point))?;
        }
        out.push_str("</ul></section>");
    }
    out.push_str("</div><h2>条文摘录</h2>");
    for article in &lesson.handout.articles {
        let source = escape(&article.source);
        write!(out, "<div class=article><p class=source>{source}</p>")?;
        for paragraph in article.text.lines() {
            write!(out, "<p>{}</p>", escape(paragraph))?;
        }
        out.push_str("</div>");
    }
    out.push_str("<h2>思考题</h2><ol>");
    for question in &lesson.handout.questions {
        write!(out, "<li>{}</li>", escape(question))?;
    }
    write!(out, "</ol><p class=note>{NOTE}</p>")?;
    Ok(out)
}
