//! Lays a certificate out, once, and writes the sheet as PDF.
//!
//! [`layout()`] says what stands where ([`Sheet`]: plain data, no fonts, no IO). A page renders the
//! sheet as SVG elements, [`pdf()`] writes it as a document with its font inside; so page, print and
//! PDF are the same sheet.
//!
//! Features: none for the layout; `pdf` for the writer; `slices` cuts the font for the site at
//! build time; `worker` is the web worker that writes PDFs in the browser; `client` is how a page
//! talks to it.

mod angle;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "slices")]
pub mod cut;
#[cfg(feature = "pdf")]
pub mod font;
mod layout;
#[cfg(feature = "order")]
pub mod order;
#[cfg(feature = "pdf")]
mod pdf;
mod sheet;
mod width;

pub use layout::{Options, chinese_date, layout};
#[cfg(feature = "pdf")]
pub use pdf::{Material, Picture, PressError, pdf};
pub use sheet::{
    ArcGlyph, Caption, Colour, Mark, Paint, Part, Path, Rect, Role, Run, Sheet, Step, Um, svg,
};
