//! Speaks a lesson, sentence by sentence, so that each caption's times are exact.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::lesson::Lesson;
use super::tools;

/// Samples a second, mono, 16 bits: what espeak-ng gives.
pub(super) const SAMPLE_RATE: u64 = 22_050;

/// Words a minute: 4.5 characters a second, the pace of someone who reads to a class.
const PACE: &str = "222";
/// A chapter's first word comes that long after its start.
const LEAD_MS: u64 = 500;
/// Silence between sentences, and between the parts of one.
const SENTENCE_GAP_MS: u64 = 320;
const PART_GAP_MS: u64 = 240;
/// Silence from a chapter's last word to the next chapter's start.
const REST_MS: std::ops::RangeInclusive<u64> = 350..=2500;
/// Quieter than this is silence, of 32767.
const SILENCE: u16 = 200;
/// The loudest sample after levelling.
const PEAK: i32 = 23_000;

/// A spoken lesson.
pub(super) struct Speech {
    /// From 0 to `duration_ms`.
    pub(super) samples: Vec<i16>,
    pub(super) cues: Vec<Cue>,
    /// Whole seconds, in milliseconds.
    pub(super) duration_ms: u64,
}

/// A caption.
pub(super) struct Cue {
    pub(super) start_ms: u64,
    pub(super) end_ms: u64,
    /// As in the script, with `|` for a new line.
    pub(super) text: String,
}

/// Speaks `lesson`.
///
/// # Errors
/// If espeak-ng fails, or a chapter's words do not fit between its start and the next one's: then
/// with the start that would fit.
pub(super) fn speak(lesson: &Lesson) -> Result<Speech> {
    let pronounce: BTreeMap<String, String> =
        toml::from_str(include_str!("pronounce.toml")).context("pronounce.toml")?;
    let mut samples: Vec<i16> = Vec::new();
    let mut cues = Vec::new();
    for (index, (slide, chapter)) in lesson.slides.iter().zip(&lesson.chapters).enumerate() {
        if index > 0 {
            let spoken_ms = ms(samples.len());
            let fits = spoken_ms.saturating_add(*REST_MS.start()).div_ceil(1000);
            ensure!(
                chapter.start_ms >= spoken_ms && REST_MS.contains(&(chapter.start_ms - spoken_ms)),
                "{}: the words before 《{}》 end at {spoken_ms} ms: let it start at {}:{:02}",
                lesson.id,
                chapter.title,
                fits / 60,
                fits % 60
            );
        }
        samples.resize(count(chapter.start_ms + LEAD_MS), 0);
        for (place, text) in slide.say.iter().enumerate() {
            if place > 0 {
                let ended = slide.say[place - 1].ends_with('。');
                let gap = if ended { SENTENCE_GAP_MS } else { PART_GAP_MS };
                samples.resize(samples.len() + count(gap), 0);
            }
            let start_ms = ms(samples.len());
            let mut words = text.replace('|', "");
            for (word, pinyin) in &pronounce {
                words = words.replace(word, pinyin);
            }
            samples.extend(utter(&words)?);
            let end_ms = ms(samples.len());
            let text = text.clone();
            cues.push(Cue {
                start_ms,
                end_ms,
                text,
            });
        }
    }
    let duration_ms = (ms(samples.len()) + 600).div_ceil(1000) * 1000;
    samples.resize(count(duration_ms), 0);
    level(&mut samples);
    Ok(Speech {
        samples,
        cues,
        duration_ms,
    })
}

/// One utterance, without the silence around it.
fn utter(text: &str) -> Result<Vec<i16>> {
    // The plain `cmn` voice of espeak-ng 1.51 spells out, in English, the pinyin that its own
    // dictionary gives; this voice reads it.
    let wav = tools::output(
        Command::new("espeak-ng")
            .args(["-b", "1", "-v", "cmn-latn-pinyin", "-s", PACE, "--stdout"])
            .arg(text),
    )?;
    ensure!(
        wav.len() > 44 && wav.starts_with(b"RIFF") && &wav[36..40] == b"data",
        "espeak-ng gave no plain WAV"
    );
    let rate = u32::from_le_bytes([wav[24], wav[25], wav[26], wav[27]]);
    ensure!(
        u64::from(rate) == SAMPLE_RATE,
        "espeak-ng speaks at {rate} Hz"
    );
    let samples: Vec<i16> = wav[44..]
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let loud = |sample: &i16| sample.unsigned_abs() > SILENCE;
    let start = samples.iter().position(loud).unwrap_or_default();
    let end = samples.iter().rposition(loud).map_or(0, |last| last + 1);
    ensure!(start < end, "espeak-ng said nothing for `{text}`");
    Ok(samples[start..end].to_vec())
}

/// Brings the loudest sample to [`PEAK`].
fn level(samples: &mut [i16]) {
    let loudest = samples.iter().map(|s| i32::from(s.unsigned_abs())).max();
    let loudest = loudest.unwrap_or_default().max(1);
    for sample in samples {
        let scaled = i32::from(*sample) * PEAK / loudest;
        *sample = i16::try_from(scaled).unwrap_or_default();
    }
}

fn ms(samples: usize) -> u64 {
    samples as u64 * 1000 / SAMPLE_RATE
}

fn count(ms: u64) -> usize {
    usize::try_from(ms * SAMPLE_RATE / 1000).unwrap_or(usize::MAX)
}
