//! Writes a sheet as PDF 1.7 (ISO 32000-1): font inside, text that can be searched and copied,
//! tagged for assistive technology. The same input gives the same bytes.

mod document;
mod face;
mod jpeg;
mod page;

use std::collections::BTreeMap;

use crate::font::Font;
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
    let (mut chars, mut pictured) = (Vec::new(), Vec::new());
    for char in sheet.chars() {
        if material.font.glyph(char).is_some() {
            chars.push(char);
        } else if material.pictures.contains_key(&char) {
            pictured.push(char);
        } else {
            return Err(PressError::MissingGlyph(char));
        }
    }
    let photo = material.photo.map(Jpeg::read).transpose()?;
    Ok(document::write(sheet, material, &chars, &pictured, photo))
}
