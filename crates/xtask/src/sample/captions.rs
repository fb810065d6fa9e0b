//! WebVTT captions: at most two lines, each at most [`LINE`] characters.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail, ensure};

use super::speech::Cue;

/// Longest line, in characters.
pub(super) const LINE: usize = 20;

/// The caption file.
///
/// # Errors
/// If a line is too long, or there are too many.
pub(super) fn vtt(cues: &[Cue]) -> Result<String> {
    let mut out = String::from("WEBVTT\n");
    for (index, cue) in cues.iter().enumerate() {
        let lines: Vec<&str> = bare(&cue.text).split('|').collect();
        ensure!(lines.len() <= 2, "three lines: {}", cue.text);
        if let Some(long) = lines.iter().find(|line| line.chars().count() > LINE) {
            bail!("longer than {LINE} characters: {long}; put a | where the line may break");
        }
        let (start, end) = (stamp(cue.start_ms), stamp(cue.end_ms));
        let number = index + 1;
        write!(out, "\n{number}\n{start} --> {end}\n{}\n", lines.join("\n"))?;
    }
    Ok(out)
}

/// The cues of a caption file, with `|` for a new line.
///
/// # Errors
/// If it is not of the shape that [`vtt`] writes.
pub(super) fn parse(text: &str) -> Result<Vec<Cue>> {
    let mut blocks = text.split("\n\n");
    ensure!(
        blocks.next() == Some("WEBVTT"),
        "does not begin with WEBVTT"
    );
    let cues = blocks.map(|block| {
        let mut lines = block.lines().skip(1);
        let times = lines.next().context("a cue without times")?;
        let (start, end) = times.split_once(" --> ").context("a cue without times")?;
        Ok(Cue {
            start_ms: unstamp(start)?,
            end_ms: unstamp(end)?,
            text: lines.collect::<Vec<_>>().join("|"),
        })
    });
    cues.collect()
}

/// Captions do without the stop at their end. Those inside stay: a transcript runs on over them.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['。', '，', '；'])
}

fn stamp(ms: u64) -> String {
    let (s, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", s / 3600, s / 60 % 60, s % 60)
}

fn unstamp(text: &str) -> Result<u64> {
    let parts: Vec<u64> = text
        .split([':', '.'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| format!("`{text}` is not a time"))?;
    let [h, m, s, ms] = parts[..] else {
        bail!("`{text}` is not a time");
    };
    Ok(((h * 60 + m) * 60 + s) * 1000 + ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(text: &str) -> Cue {
        Cue {
            start_ms: 61_500,
            end_ms: 63_007,
            text: text.to_owned(),
        }
    }

    #[test]
    fn captions_read_back_as_they_were_written() {
        let text = vtt(&[cue("第一行，|第二行。"), cue("一行")]).unwrap();
        let cues = parse(&text).unwrap();
        assert_eq!(cues[0].text, "第一行，|第二行");
        assert_eq!((cues[1].start_ms, cues[1].end_ms), (61_500, 63_007));
    }

    #[test]
    fn a_caption_line_is_no_longer_than_twenty_characters() {
        assert!(vtt(&[cue(&"字".repeat(LINE))]).is_ok());
        assert!(vtt(&[cue(&"字".repeat(LINE + 1))]).is_err());
    }
}
