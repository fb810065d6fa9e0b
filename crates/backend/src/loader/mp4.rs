//! What must be known of a video: that it is H.264, with AAC if it has sound, in a faststart MP4,
//! and how long it is. Four facts from the box headers, so no demuxer is needed.

use std::io::{Read, Result, Seek, SeekFrom};

/// What the boxes of a file tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The movie's length; 0 if there is none in its header.
    pub(super) duration_ms: u64,
    /// Whether a track is coded in H.264.
    pub(super) h264: bool,
    /// Whether a track of sound is coded in something else than AAC.
    pub(super) other_sound: bool,
    /// Whether the index (`moov`) stands before the media, so that playing can begin at once.
    pub(super) faststart: bool,
}

/// Reads the facts; `None` if it is no MP4 file with an index.
pub(super) fn facts(file: &mut (impl Read + Seek)) -> Result<Option<Facts>> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut facts = Facts::default();
    let (mut typed, mut indexed, mut media_first) = (false, false, false);
    for_each_box(file, 0, end, &mut |file, kind, from, to| {
        match &kind {
            b"ftyp" => typed = true,
            b"mdat" => media_first |= !indexed,
            b"moov" => {
                indexed = true;
                movie(file, from, to, &mut facts)?;
            }
            _ => {}
        }
        Ok(())
    })?;
    facts.faststart = !media_first;
    Ok((typed && indexed).then_some(facts))
}

fn movie<F: Read + Seek>(file: &mut F, from: u64, to: u64, facts: &mut Facts) -> Result<()> {
    for_each_box(file, from, to, &mut |file, kind, from, to| match &kind {
        b"mvhd" => {
            facts.duration_ms = header_duration(file, from)?;
            Ok(())
        }
        b"trak" => {
            let mut coded = Track::default();
            track(file, from, to, &mut coded)?;
            facts.h264 |= coded.codecs.iter().any(|c| matches!(c, b"avc1" | b"avc3"));
            facts.other_sound |= coded.sound && coded.codecs.iter().any(|c| c != b"mp4a");
            Ok(())
        }
        _ => Ok(()),
    })
}

/// What the boxes of a track tell.
#[derive(Default)]
struct Track {
    sound: bool,
    codecs: Vec<[u8; 4]>,
}

fn track<F: Read + Seek>(file: &mut F, from: u64, to: u64, found: &mut Track) -> Result<()> {
    for_each_box(file, from, to, &mut |file, kind, from, to| match &kind {
        b"mdia" | b"minf" | b"stbl" => track(file, from, to, found),
        // The header that only a track of sound has.
        b"smhd" => {
            found.sound = true;
            Ok(())
        }
        // Version, flags and the number of entries come before the entries.
        b"stsd" => for_each_box(file, from + 8, to, &mut |_, codec, _, _| {
            found.codecs.push(codec);
            Ok(())
        }),
        _ => Ok(()),
    })
}

/// `mvhd`: version, flags, two times, timescale, duration; wide fields in version 1.
fn header_duration<F: Read + Seek>(file: &mut F, from: u64) -> Result<u64> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = [0; 32];
    file.read_exact(&mut bytes)?;
    let number = |range: std::ops::Range<usize>| {
        bytes[range]
            .iter()
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    let (timescale, duration) = if bytes[0] == 1 {
        (number(20..24), number(24..32))
    } else {
        (number(12..16), number(16..20))
    };
    Ok(duration
        .saturating_mul(1000)
        .checked_div(timescale)
        .unwrap_or(0))
}

type Visit<'v, F> = &'v mut dyn FnMut(&mut F, [u8; 4], u64, u64) -> Result<()>;

/// Visits the boxes between two offsets with their kind and the bounds of their content; stops at
/// what is no box.
fn for_each_box<F: Read + Seek>(
    file: &mut F,
    from: u64,
    to: u64,
    visit: Visit<'_, F>,
) -> Result<()> {
    let mut at = from;
    while at.saturating_add(8) <= to {
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let [a, b, c, d, kind @ ..] = head;
        let (mut header, mut size) = (8, u64::from(u32::from_be_bytes([a, b, c, d])));
        if size == 1 {
            let mut wide = [0; 8];
            file.read_exact(&mut wide)?;
            (header, size) = (16, u64::from_be_bytes(wide));
        } else if size == 0 {
            size = to - at;
        }
        let Some(end) = at
            .checked_add(size)
            .filter(|end| size >= header && *end <= to)
        else {
            break;
        };
        visit(file, kind, at + header, end)?;
        at = end;
    }
    Ok(())
}
