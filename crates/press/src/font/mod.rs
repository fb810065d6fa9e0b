//! The font in slices: small files of glyphs, each fetched only if one of its characters is
//! needed, and put together to one TrueType font that holds just what a sheet needs.

pub(crate) mod outline;
mod read;
pub(crate) mod sfnt;
mod slices;

use std::collections::BTreeMap;

pub use slices::Slices;

use crate::sheet::Sheet;

/// Where the slices lie, below the folder of the worker. The name ends in a hash of what they are
/// made from, so that they may be cached for good; the tool that cuts them checks it.
pub const FOLDER: &str = "fonts/kai-a169938f5c12f014";

/// The name of the file that tells which character is in which slice, in [`FOLDER`].
pub const INDEX: &str = "index.glyphs";

/// A file of the font is damaged, or not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

impl std::fmt::Display for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a file of the font is damaged")
    }
}

impl std::error::Error for Damaged {}

/// Measures of a whole font, in its own units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Metrics {
    pub(crate) units_per_em: u16,
    pub(crate) ascender: i16,
    pub(crate) descender: i16,
    pub(crate) cap_height: i16,
}

/// A glyph: how far the pen moves, and a simple TrueType outline (empty for a space).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) advance: u16,
    pub(crate) outline: Vec<u8>,
}

/// The glyphs at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Font {
    pub(crate) metrics: Metrics,
    glyphs: BTreeMap<char, Glyph>,
}

impl Font {
    /// A font of which no slice is there yet.
    pub fn new(slices: &Slices) -> Self {
        Self {
            metrics: slices.metrics,
            glyphs: BTreeMap::new(),
        }
    }

    /// Adds the glyphs of a slice file.
    pub fn add(&mut self, file: &[u8]) -> Result<(), Damaged> {
        let data = read::inflate(file)?;
        let mut reader = read::Reader(&data);
        while !reader.0.is_empty() {
            let char = char::from_u32(reader.u32()?).ok_or(Damaged)?;
            let advance = reader.u16()?;
            let length = reader.u16()?;
            let outline = reader.bytes(length.into())?.to_vec();
            outline::check(&outline)?;
            self.glyphs.insert(char, Glyph { advance, outline });
        }
        Ok(())
    }

    /// Whether a character is at hand.
    pub fn has(&self, char: char) -> bool {
        self.glyphs.contains_key(&char)
    }

    pub(crate) fn glyph(&self, char: char) -> Option<&Glyph> {
        self.glyphs.get(&char)
    }

    /// A TrueType font with the characters of a sheet, for a page to show it in; those that are
    /// not at hand are left out.
    pub fn truetype(&self, sheet: &Sheet) -> Vec<u8> {
        sfnt::for_page(self.metrics, &self.choose(&sheet.chars()))
    }

    /// Those of these characters that are at hand, in their order.
    pub(crate) fn choose(&self, chars: &[char]) -> Vec<(char, &Glyph)> {
        chars
            .iter()
            .filter_map(|&char| Some((char, self.glyph(char)?)))
            .collect()
    }
}
