//! Writes a sheet as PDF 1.7 (ISO 32000-1): font inside, text that can be searched and copied,
//! tagged for assistive technology. The same input gives the same bytes.

mod document;
mod face;
mod jpeg;
mod page;

use std::collections::BTreeMap;

use crate::font::{Font, Glyph, Metrics};
use crate::sheet::Sheet;
use jpeg::Jpeg;

/// Why there is no PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PressError {
    /// Neither the font nor a picture has this character.
    MissingGlyph(char),
    /// The photo is not a JPEG that a PDF can hold.
    Photo,
}

impl std::fmt::Display for PressError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MissingGlyph(char) => {
                write!(f, "no glyph for {char} (U+{:04X})", u32::from(*char))
            }
            Self::Photo => f.write_str("the photo is not a usable JPEG"),
        }
    }
}

impl std::error::Error for PressError {}

/// A picture of a character that the font lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels on each side: the em square with the baseline at [`Picture::BASELINE`].
    pub side: u16,
    /// How much ink each pixel has, 0 to 255, row by row from the top; `side * side` bytes.
    pub ink: Vec<u8>,
}

impl Picture {
    /// How far below the upper edge of the em square the baseline is, in thousandths of its side.
    pub const BASELINE: u16 = 880;
}

/// What a PDF needs beside its sheet.
#[derive(Clone, Debug)]
pub struct Material<'a> {
    /// The font; it must hold all of [`Sheet::chars`] but those that have a picture.
    pub font: &'a Font,
    /// Pictures of characters that the font lacks.
    pub pictures: &'a BTreeMap<char, Picture>,
    /// The holder's photo, a JPEG; without it the place for one stays empty.
    pub photo: Option<&'a [u8]>,
}

/// Writes the sheet as PDF.
pub fn pdf(sheet: &Sheet, material: &Material<'_>) -> Result<Vec<u8>, PressError> {
    // What has a picture still has a glyph, an empty one: so it can be searched and copied.
    let blank = Glyph {
        advance: material.font.metrics.units_per_em,
        outline: Vec::new(),
    };
    let mut set = Set {
        metrics: material.font.metrics,
        glyphs: Vec::new(),
        pictures: Vec::new(),
    };
    for char in sheet.chars() {
        if let Some(glyph) = material.font.glyph(char) {
            set.glyphs.push((char, glyph));
        } else if let Some(picture) = material.pictures.get(&char) {
            set.glyphs.push((char, &blank));
            set.pictures.push((char, picture));
        } else {
            return Err(PressError::MissingGlyph(char));
        }
    }
    let photo = material.photo.map(Jpeg::read).transpose()?;
    Ok(document::write(sheet, &set, photo))
}

/// What the characters of a sheet look like. Sorted by character.
struct Set<'a> {
    metrics: Metrics,
    /// The n-th is glyph n + 1 of the PDF's font.
    glyphs: Vec<(char, &'a Glyph)>,
    pictures: Vec<(char, &'a Picture)>,
}

impl Set<'_> {
    /// A character's number and glyph.
    fn glyph(&self, char: char) -> Option<(u16, &Glyph)> {
        let at = self
            .glyphs
            .binary_search_by_key(&char, |&(char, _)| char)
            .ok()?;
        Some((u16::try_from(at + 1).ok()?, self.glyphs[at].1))
    }

    /// The place of a character's picture, if it has one.
    fn picture(&self, char: char) -> Option<usize> {
        self.pictures
            .iter()
            .position(|&(pictured, _)| pictured == char)
    }
}
