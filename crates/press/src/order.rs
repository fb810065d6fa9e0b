//! What a page asks of the worker, and what the worker says if it cannot.

use contract::Certificate;
use serde::{Deserialize, Serialize};

/// What a page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The certificate. Its `photo_url` must be one that the worker can fetch: absolute.
    pub certificate: Certificate,
    /// Where it can be checked, as a line at the foot of the sheet.
    pub check_at: Option<String>,
    /// What to make of it.
    pub product: Product,
}

/// What can be made of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Product {
    /// The sheet as PDF.
    Pdf,
    /// A TrueType font with the characters of the sheet, for the page to show it in.
    Font,
}

/// Why nothing came of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A file could not be fetched: the program, the font or the photo. Trying again may help.
    Network,
    /// Neither the font nor this device has the character.
    MissingGlyph(char),
    /// The photo is not a JPEG that a PDF can hold.
    Photo,
    /// The worker failed, or is of another version than the page. Loading the page anew may help.
    Broken,
}

impl Failure {
    /// As the worker says it.
    pub fn to_word(self) -> String {
        match self {
            Self::Network => "network".to_owned(),
            Self::MissingGlyph(char) => format!("glyph {char}"),
            Self::Photo => "photo".to_owned(),
            Self::Broken => "broken".to_owned(),
        }
    }

    /// Reads [`Failure::to_word`]; anything else is [`Failure::Broken`].
    pub fn from_word(word: &str) -> Self {
        let glyph = word
            .strip_prefix("glyph ")
            .and_then(|char| char.chars().next());
        match (word, glyph) {
            (_, Some(char)) => Self::MissingGlyph(char),
            ("network", _) => Self::Network,
            ("photo", _) => Self::Photo,
            _ => Self::Broken,
        }
    }
}
