//! As much of MP4 as it takes to see where the index stands, and how long the film is.

use anyhow::{Context as _, Result, ensure};

/// Length of the film in milliseconds.
///
/// # Errors
/// If the boxes are malformed, or the index (`moov`) does not come before the media (`mdat`): then
/// a browser must fetch the end of the file before it can begin to play.
pub(super) fn duration_ms(file: &[u8]) -> Result<u64> {
    let boxes = boxes(file)?;
    let place = |kind: &[u8; 4]| boxes.iter().position(|(found, _)| found == kind);
    let moov = place(b"moov").context("no moov")?;
    let mdat = place(b"mdat").context("no mdat")?;
    ensure!(moov < mdat, "moov comes after mdat: not faststart");
    let inner = self::boxes(boxes[moov].1)?;
    let (_, mvhd) = inner
        .iter()
        .find(|(kind, _)| kind == b"mvhd")
        .context("no mvhd")?;
    ensure!(mvhd.first() == Some(&0), "an mvhd of another version");
    let field = |at: usize| -> Result<u64> {
        let bytes = mvhd.get(at..at + 4).context("a short mvhd")?;
        Ok(u64::from(u32::from_be_bytes(bytes.try_into()?)))
    };
    let (timescale, duration) = (field(12)?, field(16)?);
    ensure!(timescale > 0, "a timescale of 0");
    Ok(duration * 1000 / timescale)
}

/// The boxes of `bytes`, each with its kind and content.
fn boxes(mut bytes: &[u8]) -> Result<Vec<([u8; 4], &[u8])>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let head: [u8; 8] = bytes.get(..8).context("a short box")?.try_into()?;
        let size = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let size = usize::try_from(size)?;
        ensure!(size >= 8 && size <= bytes.len(), "a box of odd size");
        found.push(([head[4], head[5], head[6], head[7]], &bytes[8..size]));
        bytes = &bytes[size..];
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::duration_ms;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes()[..], kind, content].concat()
    }

    #[test]
    fn a_film_whose_index_comes_last_is_refused() {
        let mut header = vec![0; 100];
        header[12..16].copy_from_slice(&1000_u32.to_be_bytes());
        header[16..20].copy_from_slice(&61_500_u32.to_be_bytes());
        let moov = boxed(b"moov", &boxed(b"mvhd", &header));
        let mdat = boxed(b"mdat", b"media");
        let front = [moov.clone(), mdat.clone()].concat();
        assert_eq!(duration_ms(&front).unwrap(), 61_500);
        assert!(duration_ms(&[mdat, moov].concat()).is_err());
    }
}
