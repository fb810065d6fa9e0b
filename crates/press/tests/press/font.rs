//! The font that is put together from slices is the font that was cut.

use std::collections::BTreeMap;

use crate::support::{NAMES, Site, certificate, sheet};
use press::font::{Font, INDEX, Slices};
use proptest::prelude::*;
use ttf_parser::{Face, OutlineBuilder};

/// An outline as text, with each of its curves as it is.
#[derive(Default)]
struct Trace(String);

impl OutlineBuilder for Trace {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0 += &format!("M{x} {y}");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0 += &format!("L{x} {y}");
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.0 += &format!("Q{a} {b} {x} {y}");
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.0 += &format!("C{a} {b} {c} {d} {x} {y}");
    }
    fn close(&mut self) {
        self.0 += "Z";
    }
}

fn traced(face: &Face<'_>, char: char) -> Option<(u16, String)> {
    let id = face.glyph_index(char)?;
    let mut trace = Trace::default();
    face.outline_glyph(id, &mut trace);
    Some((face.glyph_hor_advance(id)?, trace.0))
}

#[test]
fn every_glyph_is_the_original_to_the_last_point() {
    let sheets = NAMES.map(|name| sheet(&certificate(name)));
    let mut wanted = BTreeMap::new();
    for file in std::fs::read_dir(crate::support::source()).unwrap() {
        let file = file.unwrap().path();
        if file
            .extension()
            .is_some_and(|extension| extension == "woff2")
        {
            let data = wuff::decompress_woff2(&std::fs::read(file).unwrap()).unwrap();
            let face = Face::parse(&data, 0).unwrap();
            for char in sheets.iter().flat_map(|sheet| sheet.chars()) {
                wanted.extend(traced(&face, char).map(|glyph| (char, glyph)));
            }
        }
    }
    for sheet in &sheets {
        let (font, _) = Site::get().font(&sheet.chars());
        let data = font.truetype(sheet);
        let face = Face::parse(&data, 0).unwrap();
        assert_eq!(face.units_per_em(), 1000);
        for char in sheet.chars() {
            assert_eq!(traced(&face, char), wanted.get(&char).cloned(), "{char}");
        }
        assert_eq!(
            usize::from(face.number_of_glyphs()),
            sheet.chars().len() + 1
        );
    }
}

#[test]
fn the_table_of_widths_is_the_fonts_own() {
    // Spaces alone are set by rule: a quarter em between 汉字 and digits.
    let chars: Vec<char> = ('!'..='~')
        .chain("·—…‘’“”、。《》，：㐀一𤧛".chars())
        .collect();
    let (font, _) = Site::get().font(&chars);
    for char in chars {
        let text = char.to_string();
        let sheet = sheet(&contract::Certificate {
            class_title: text.clone(),
            ..certificate("")
        });
        let data = font.truetype(&sheet);
        let face = Face::parse(&data, 0).unwrap();
        let own = face
            .glyph_hor_advance(face.glyph_index(char).unwrap())
            .unwrap();
        let marks = sheet.parts.iter().flat_map(|part| &part.marks);
        let mut alone = marks.filter_map(|mark| match mark {
            press::Mark::Text(run) if run.text == text => Some(run),
            _ => None,
        });
        let run = alone.next_back().unwrap();
        let width = f64::from(run.size) * f64::from(own) / 1000.0;
        assert!((width - f64::from(run.width)).abs() <= 1.0, "{char}: {own}");
    }
}

#[test]
fn every_character_is_found_in_the_slice_that_the_index_names() {
    let site = Site::get();
    let mut found = 0;
    for code in 0..0x11_0000 {
        let Some(char) = char::from_u32(code) else {
            continue;
        };
        let Some(slice) = site.slices.slice(char) else {
            continue;
        };
        found += 1;
        // Every slice once, and every 97th character besides.
        if found % 97 == 0 {
            let mut font = Font::new(&site.slices);
            font.add(&site.file(&Slices::file(slice))).unwrap();
            assert!(font.has(char), "{char}");
        }
    }
    // GB 18030-2022 asks for the URO and Extension A whole; the rest is what the font adds.
    assert!(found > 45_000, "{found}");
    for char in ('\u{4E00}'..='\u{9FFF}').chain('\u{3400}'..='\u{4DBF}') {
        assert!(
            site.slices.slice(char).is_some(),
            "{char} (U+{:04X})",
            char as u32
        );
    }
    assert_eq!(site.slices.slice('\u{2FFFF}'), None);
}

#[test]
fn a_certificate_takes_few_kilobytes_of_the_font() {
    for name in NAMES {
        let (_, fetched) = Site::get().font(&sheet(&certificate(name)).chars());
        assert!(fetched < 64 * 1024, "{name}: {fetched}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_an_error_and_nothing_worse(
        at in any::<prop::sample::Index>(), bits in 1..=255_u8, cut in any::<prop::sample::Index>(), index in any::<bool>()
    ) {
        let site = Site::get();
        let mut file = site.file(&if index { INDEX.to_owned() } else { Slices::file(0) });
        let at = at.index(file.len());
        file[at] ^= bits;
        file.truncate(1 + cut.index(file.len()));
        if index {
            if let Ok(slices) = Slices::read(&file) {
                slices.needed(&['中', '𤧛']);
            }
        } else {
            let sheet = sheet(&certificate("王"));
            let mut font = Font::new(&site.slices);
            let _ = font.add(&file);
            font.truetype(&sheet);
        }
    }
}
