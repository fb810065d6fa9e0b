//! Reads what a PDF must say of a JPEG (ITU-T T.81), which it holds as it is.

use super::PressError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Jpeg<'a> {
    pub(crate) data: &'a [u8],
    pub(crate) width: u16,
    pub(crate) height: u16,
    /// 1 for grey, 3 for colour, 4 for CMYK.
    pub(crate) components: u8,
}

impl<'a> Jpeg<'a> {
    pub(crate) fn read(data: &'a [u8]) -> Result<Self, PressError> {
        let header = frame(data).ok_or(PressError::Photo)?;
        let (height, width, components) = match *header {
            // Precision, then height, width and components.
            [8, a, b, c, d, components, ..] => (
                u16::from_be_bytes([a, b]),
                u16::from_be_bytes([c, d]),
                components,
            ),
            _ => return Err(PressError::Photo),
        };
        if width == 0 || height == 0 || !matches!(components, 1 | 3 | 4) {
            return Err(PressError::Photo);
        }
        Ok(Self {
            data,
            width,
            height,
            components,
        })
    }
}

/// The frame header of a baseline, extended or progressive Huffman-coded JPEG.
fn frame(data: &[u8]) -> Option<&[u8]> {
    let mut rest = data.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let (&[mark, kind], after) = rest.split_first_chunk()?;
        if mark != 0xFF {
            return None;
        }
        // Fill bytes before a marker, and markers that stand alone.
        if kind == 0xFF {
            rest = &rest[1..];
            continue;
        }
        if matches!(kind, 0x01 | 0xD0..=0xD7) {
            rest = after;
            continue;
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let segment = after.get(2..length)?;
        match kind {
            0xC0..=0xC2 => return Some(segment),
            // Start of scan, or end: no frame header.
            0xD9 | 0xDA => return None,
            _ => rest = after.get(length..)?,
        }
    }
}
