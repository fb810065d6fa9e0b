//! Reads back what stands in the sample folder: everything that the class promises of its media.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::lesson::Lesson;
use super::{bank, captions, mp4, photo, tools};

/// All media together, in bytes.
const TOTAL: u64 = 8_000_000;
/// One hand-out, one photo, in bytes.
const HANDOUT: u64 = 120_000;
const PHOTO: u64 = 30_000;
/// A lesson's length, in milliseconds. Tests watch whole lessons: none should be long.
const LENGTH_MS: std::ops::RangeInclusive<u64> = 60_000..=75_500;
/// Farthest from one key frame to the next, in seconds.
const KEY_FRAME_S: f64 = 2.0;

/// Checks the folder with the tools that see inside the media.
///
/// # Errors
/// Names the file and what is wrong with it.
pub(super) fn all(sample: &Path, lessons: &[Lesson]) -> Result<()> {
    let bytes = files(sample, lessons)?;
    for lesson in lessons {
        let video = lesson.file("mp4");
        streams(&video).with_context(|| video.display().to_string())?;
        let pdf = lesson.file("pdf");
        handout(lesson, &pdf).with_context(|| pdf.display().to_string())?;
    }
    println!("  {} lessons, {bytes} bytes of media", lessons.len());
    Ok(())
}

/// Checks what needs no tools, and returns the size of all media in bytes.
fn files(sample: &Path, lessons: &[Lesson]) -> Result<u64> {
    bank::check(sample)?;
    let portrait = sample.join("photos/zhaomin.jpg");
    let mut total = size(&portrait, PHOTO)?;
    let wanted = (photo::WIDTH, photo::HEIGHT);
    ensure!(
        jpeg_size(&fs::read(&portrait)?) == Some(wanted),
        "{portrait:?}: another size"
    );
    for lesson in lessons {
        let video = lesson.file("mp4");
        let length =
            mp4::duration_ms(&fs::read(&video)?).with_context(|| video.display().to_string())?;
        ensure!(
            LENGTH_MS.contains(&length),
            "{}: {length} ms long",
            lesson.id
        );
        let starts: Vec<u64> = lesson.chapters.iter().map(|c| c.start_ms).collect();
        ensure!(
            (3..=5).contains(&starts.len())
                && starts[0] == 0
                && starts.is_sorted_by(|a, b| a < b)
                && starts.iter().all(|start| *start < length),
            "{}: chapters at {starts:?} in {length} ms",
            lesson.id
        );
        captioned(lesson, length).with_context(|| format!("{}: captions", lesson.id))?;
        let poster = lesson.file("jpg");
        ensure!(
            jpeg_size(&fs::read(&poster)?) == Some((960, 540)),
            "{poster:?}: another size"
        );
        total += size(&video, TOTAL)? + size(&poster, TOTAL)?;
        total += size(&lesson.file("zh-CN.vtt"), TOTAL)? + size(&lesson.file("pdf"), HANDOUT)?;
    }
    ensure!(total <= TOTAL, "{total} bytes of media, more than {TOTAL}");
    Ok(total)
}

fn captioned(lesson: &Lesson, length: u64) -> Result<()> {
    let cues = captions::parse(&fs::read_to_string(lesson.file("zh-CN.vtt"))?)?;
    let said: usize = lesson.slides.iter().map(|slide| slide.say.len()).sum();
    ensure!(
        cues.len() == said,
        "{} cues for {said} utterances",
        cues.len()
    );
    let mut before = 0;
    for cue in &cues {
        let at = cue.start_ms;
        ensure!(
            before <= at && at < cue.end_ms && cue.end_ms <= length,
            "out of order at {at} ms"
        );
        let lines: Vec<usize> = cue
            .text
            .split('|')
            .map(|line| line.chars().count())
            .collect();
        ensure!(
            lines.len() <= 2 && lines.iter().all(|n| (1..=captions::LINE).contains(n)),
            "lines of {lines:?} characters at {at} ms"
        );
        before = cue.end_ms;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Probe {
    streams: Vec<Stream>,
    #[serde(default)]
    frames: Vec<Frame>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Stream {
    codec_name: String,
    profile: String,
    pix_fmt: String,
    width: u32,
    height: u32,
    channels: u32,
    duration: String,
}

#[derive(Deserialize)]
struct Frame {
    pts_time: String,
}

fn streams(video: &Path) -> Result<()> {
    let probe = |more: &[&str]| -> Result<Probe> {
        let mut command = Command::new("ffprobe");
        command.args(["-v", "error", "-of", "json", "-show_streams"]);
        let json = tools::output(command.args(more).arg(video))?;
        Ok(serde_json::from_slice(&json)?)
    };
    let all = probe(&[])?;
    let [picture, sound] = &all.streams[..] else {
        anyhow::bail!("{} streams", all.streams.len());
    };
    ensure!(
        picture.codec_name == "h264"
            && ["Constrained Baseline", "Baseline", "Main"].contains(&picture.profile.as_str())
            && picture.pix_fmt == "yuv420p"
            && (picture.width, picture.height) == (640, 360),
        "the picture is {} {} {}, {} × {}",
        picture.codec_name,
        picture.profile,
        picture.pix_fmt,
        picture.width,
        picture.height
    );
    ensure!(
        sound.codec_name == "aac" && sound.profile == "LC" && sound.channels == 1,
        "the sound is {} {}, {} channels",
        sound.codec_name,
        sound.profile,
        sound.channels
    );
    let keys = probe(&[
        "-select_streams",
        "v",
        "-skip_frame",
        "nokey",
        "-show_frames",
    ])?;
    let mut times: Vec<f64> = Vec::new();
    for frame in &keys.frames {
        times.push(frame.pts_time.parse()?);
    }
    ensure!(
        times.first() == Some(&0.0),
        "the first key frame is not at 0"
    );
    times.push(picture.duration.parse()?);
    let far = times
        .windows(2)
        .find(|pair| pair[1] - pair[0] > KEY_FRAME_S + 0.001);
    ensure!(far.is_none(), "no key frame between the seconds of {far:?}");
    Ok(())
}

/// One page, every font embedded, the course's title and the articles as text.
fn handout(lesson: &Lesson, pdf: &Path) -> Result<()> {
    let text = tools::output(Command::new("pdftotext").arg(pdf).arg("-"))?;
    let text = String::from_utf8(text)?;
    let pages = text.matches('\u{c}').count();
    ensure!(pages == 1, "{pages} pages");
    let plain: String = text.split_whitespace().collect();
    let sources = lesson
        .handout
        .articles
        .iter()
        .map(|article| &article.source);
    for words in sources.chain([&lesson.course]) {
        ensure!(plain.contains(words.as_str()), "no text `{words}`");
    }
    let fonts = tools::output(Command::new("pdffonts").arg(pdf))?;
    let fonts = String::from_utf8_lossy(&fonts).into_owned();
    // Columns from the right: object and generation, uni, sub, emb.
    let embedded = |line: &str| line.split_whitespace().rev().nth(4) == Some("yes");
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    ensure!(
        !rows.is_empty() && rows.into_iter().all(embedded),
        "a font is not embedded"
    );
    Ok(())
}

/// The size of a file that must be there and not above `most` bytes.
fn size(path: &Path, most: u64) -> Result<u64> {
    let length = fs::metadata(path)
        .with_context(|| path.display().to_string())?
        .len();
    ensure!(
        length <= most,
        "{}: {length} bytes, more than {most}",
        path.display()
    );
    Ok(length)
}

/// Width and height of a baseline JPEG, in pixels.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let head: [u8; 9] = bytes.get(at..at + 9)?.try_into().ok()?;
        let pair = |i: usize| u32::from(head[i]) << 8 | u32::from(head[i + 1]);
        if head[0] != 0xff {
            return None;
        }
        if head[1] == 0xc0 {
            return Some((pair(7), pair(5)));
        }
        at += 2 + usize::try_from(pair(2)).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::lesson;
    use super::files;
    use crate::house::House;

    #[test]
    fn the_committed_sample_class_keeps_its_promises() {
        let house = House::find().unwrap();
        let lessons = lesson::read_all(&house).unwrap();
        assert_eq!(lessons.len(), 8);
        files(&house.sample(), &lessons).unwrap();
    }
}
