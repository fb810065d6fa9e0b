//! Reads what a PDF must say of a JPEG (ITU-T T.81), which it holds as it is.

use super::PressError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Jpeg<'a> {
    pub(crate) data: &'a [u8],
    pub(crate) width: u16,
    pub(crate) height: u16,
    /// 1 for grey, 3 for colour, 4 for CMYK.
    pub(crate) components: u8,
    /// How it is to be turned to stand upright, 1 to 8 (Exif, tag 0x0112): cameras leave that to
    /// who shows the picture, and browsers do it.
    pub(crate) orientation: u8,
}

impl<'a> Jpeg<'a> {
    pub(crate) fn read(data: &'a [u8]) -> Result<Self, PressError> {
        let (header, orientation) = frame(data).ok_or(PressError::Photo)?;
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
            orientation,
        })
    }

    /// Width and height as it stands upright.
    pub(crate) fn upright(&self) -> (f32, f32) {
        let (width, height) = (f32::from(self.width), f32::from(self.height));
        if self.orientation < 5 {
            (width, height)
        } else {
            (height, width)
        }
    }

    /// From the picture as PDF has it (both sides 1, y upwards) to the picture as it stands
    /// upright (both sides 1, y downwards), as PDF writes a matrix.
    pub(crate) fn turn(&self) -> [f32; 6] {
        match self.orientation {
            2 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
            3 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
            4 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            5 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
            6 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            7 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
            8 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
            _ => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        }
    }
}

/// The frame header of a baseline, extended or progressive Huffman-coded JPEG, and the
/// orientation.
fn frame(data: &[u8]) -> Option<(&[u8], u8)> {
    let mut rest = data.strip_prefix(&[0xFF, 0xD8])?;
    let mut orientation = 1;
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
            0xC0..=0xC2 => return Some((segment, orientation)),
            // Start of scan, or end: no frame header.
            0xD9 | 0xDA => return None,
            0xE1 => orientation = exif(segment).unwrap_or(orientation),
            _ => {}
        }
        rest = after.get(length..)?;
    }
}

/// The orientation in an Exif segment: a TIFF file with one entry for it in its first directory.
fn exif(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II*\0");
    if !little && !tiff.starts_with(b"MM\0*") {
        return None;
    }
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let bytes = *tiff.get(4..)?.first_chunk()?;
    let directory = if little {
        u32::from_le_bytes(bytes)
    } else {
        u32::from_be_bytes(bytes)
    };
    let directory = usize::try_from(directory)
        .ok()
        .filter(|&at| at < tiff.len())?;
    let entries = usize::from(short(directory)?);
    let mut places = (0..entries).map(|entry| directory + 2 + 12 * entry);
    let place = places.find(|&at| short(at) == Some(0x0112))?;
    u8::try_from(short(place + 8)?)
        .ok()
        .filter(|value| (1..=8).contains(value))
}
