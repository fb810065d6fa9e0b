//! The font as a PDF holds it: a TrueType subset whose character codes are its glyph numbers.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, Str};

use super::Set;
use super::document::{compress, number};
use crate::font::{Glyph, sfnt};

const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Objects that a face takes, `font` first.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    pub(crate) font: Ref,
    pub(crate) descendant: Ref,
    pub(crate) descriptor: Ref,
    pub(crate) file: Ref,
    pub(crate) to_unicode: Ref,
}

pub(crate) fn write(pdf: &mut Pdf, ids: Ids, set: &Set<'_>) {
    let metrics = set.metrics;
    let file = sfnt::for_pdf(metrics, &set.glyphs);
    let name = format!("{}+LXGWWenKai-Regular", tag(&set.glyphs));
    let name = Name(name.as_bytes());
    let units = f32::from(metrics.units_per_em);
    let scale = |units_of_font: f32| units_of_font * 1000.0 / units;

    pdf.type0_font(ids.font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(ids.descendant)
        .to_unicode(ids.to_unicode);
    let mut cid = pdf.cid_font(ids.descendant);
    cid.subtype(CidFontType::Type2)
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(ids.descriptor)
        .default_width(1000.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let widths = set
        .glyphs
        .iter()
        .map(|(_, glyph)| scale(f32::from(glyph.advance)));
    cid.widths().consecutive(1, widths);
    cid.finish();
    let (ascender, descender) = (
        scale(metrics.ascender.into()),
        scale(metrics.descender.into()),
    );
    pdf.font_descriptor(ids.descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC | FontFlags::SCRIPT)
        .bbox(Rect::new(0.0, descender, 1000.0, ascender))
        .italic_angle(0.0)
        .ascent(ascender)
        .descent(descender)
        .cap_height(scale(metrics.cap_height.into()))
        .stem_v(60.0)
        .font_file2(ids.file);
    let data = compress(&file);
    pdf.stream(ids.file, &data)
        .filter(Filter::FlateDecode)
        .pair(Name(b"Length1"), number(file.len()));
    let mut cmap = UnicodeCmap::new(Name(b"Gongke"), IDENTITY);
    for (glyph, &(char, _)) in (1_u16..).zip(&set.glyphs) {
        cmap.pair(glyph, char);
    }
    let cmap = compress(&cmap.finish().into_vec());
    pdf.stream(ids.to_unicode, &cmap)
        .filter(Filter::FlateDecode);
}

/// Six capitals that tell one subset from another.
fn tag(glyphs: &[(char, &Glyph)]) -> String {
    let mut hash = super::document::hash(
        glyphs
            .iter()
            .flat_map(|&(char, _)| u32::from(char).to_be_bytes()),
    );
    (0..6)
        .map(|_| {
            let letter = u8::try_from(hash % 26).unwrap_or(0);
            hash /= 26;
            char::from(b'A' + letter)
        })
        .collect()
}
