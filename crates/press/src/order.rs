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

/// Stands at the start of each order's bytes, and changes with what they mean: a page and a
/// worker of different versions, met while a new one is being put in place, must not
/// misunderstand each other.
const VERSION: u64 = hash(
    hash(0xCBF2_9CE4_8422_2325, include_bytes!("order.rs")),
    include_bytes!("../../contract/src/certificate.rs"),
);

/// FNV-1a.
const fn hash(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01B3);
        at += 1;
    }
    hash
}

impl Order {
    /// As it goes to the worker.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Failure> {
        let body = postcard::to_allocvec(self).map_err(|_| Failure::Broken)?;
        Ok([&VERSION.to_le_bytes(), body.as_slice()].concat())
    }

    /// Reads [`Order::to_bytes`] of the same version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Failure> {
        let (version, body) = bytes.split_first_chunk().ok_or(Failure::Broken)?;
        if *version != VERSION.to_le_bytes() {
            return Err(Failure::Broken);
        }
        postcard::from_bytes(body).map_err(|_| Failure::Broken)
    }
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
