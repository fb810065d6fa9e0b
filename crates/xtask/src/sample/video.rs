//! Encodes slides and speech as an MP4 that plays everywhere: H.264 main profile, AAC mono, its
//! index at the front.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::lesson::Lesson;
use super::slides::{HEIGHT, WIDTH};
use super::speech::{SAMPLE_RATE, Speech};
use super::tools;

/// Frames a second: still pictures need few.
const FPS: u64 = 10;
/// Seconds between key frames: seeking lands no farther off than that.
const KEY_FRAME_S: u64 = 2;

/// Writes the lesson's video; `slides` are its pictures, one for each chapter.
pub(super) fn encode(
    lesson: &Lesson,
    slides: &[PathBuf],
    speech: &Speech,
    work: &Path,
) -> Result<()> {
    let pcm = work.join("speech.pcm");
    let bytes: Vec<u8> = speech
        .samples
        .iter()
        .flat_map(|s| s.to_le_bytes())
        .collect();
    fs::write(&pcm, bytes)?;

    let mut command = tools::ffmpeg();
    let starts: Vec<u64> = lesson.chapters.iter().map(|c| c.start_ms / 1000).collect();
    let ends = starts.iter().skip(1).copied();
    let ends = ends.chain([speech.duration_ms / 1000]);
    for ((slide, start), end) in slides.iter().zip(&starts).zip(ends) {
        command
            .args(["-framerate", &FPS.to_string(), "-loop", "1"])
            .args(["-t", &(end - start).to_string(), "-i"])
            .arg(slide);
    }
    let audio = slides.len();
    command
        .args([
            "-f",
            "s16le",
            "-ar",
            &SAMPLE_RATE.to_string(),
            "-ac",
            "1",
            "-i",
        ])
        .arg(&pcm);

    let inputs: String = (0..audio).map(|index| format!("[{index}:v]")).collect();
    let filter = format!(
        "{inputs}concat=n={audio}:v=1,scale={WIDTH}:{HEIGHT}:flags=lanczos:\
         out_color_matrix=bt709:out_range=tv,format=yuv420p[v]"
    );
    let key_frames: Vec<String> = starts.iter().map(u64::to_string).collect();
    command
        .args([
            "-filter_complex",
            &filter,
            "-map",
            "[v]",
            "-map",
            &format!("{audio}:a"),
        ])
        .args(["-c:v", "libx264", "-profile:v", "main", "-level", "3.0"])
        // Sharp enough at this factor, and a key frame every two seconds is most of the size.
        .args(["-preset", "veryslow", "-tune", "stillimage", "-crf", "34"])
        // No B frames: the first frame's time is 0 without an edit list.
        .args(["-bf", "0", "-g", &(FPS * KEY_FRAME_S).to_string()])
        .args(["-force_key_frames", &key_frames.join(",")])
        .args([
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-colorspace",
            "bt709",
        ])
        .args(["-c:a", "aac", "-b:a", "20k"])
        .args(["-metadata:s:a:0", "language=zho", "-movflags", "+faststart"])
        // The same bytes from the same tools.
        .args([
            "-threads",
            "1",
            "-fflags",
            "+bitexact",
            "-flags",
            "+bitexact",
        ])
        .arg(lesson.file("mp4"));
    tools::output(&mut command)?;
    Ok(())
}
