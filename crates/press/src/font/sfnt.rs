//! Writes a TrueType font (the OpenType specification) from chosen glyphs, sorted by character. Glyph 0 is `.notdef`
//! and empty; the glyph of the n-th character is n + 1.

use super::{Glyph, Metrics, outline};

type Chosen<'a> = [(char, &'a Glyph)];

/// The tables that a PDF wants (ISO 32000-1, 9.9: no `cmap`, no names).
pub(crate) fn for_pdf(metrics: Metrics, glyphs: &Chosen<'_>) -> Vec<u8> {
    assemble(&common(metrics, glyphs))
}

/// With the further tables that a browser wants.
pub(crate) fn for_page(metrics: Metrics, glyphs: &Chosen<'_>) -> Vec<u8> {
    let mut tables = vec![(*b"OS/2", os2(metrics)), (*b"cmap", cmap(glyphs))];
    tables.extend(common(metrics, glyphs));
    tables.push((*b"name", vec![0, 0, 0, 0, 0, 6]));
    // Version 3: glyphs have no names.
    tables.push((*b"post", [&[0, 3], &[0_u8; 30][..]].concat()));
    assemble(&tables)
}

type Table = ([u8; 4], Vec<u8>);

fn common(metrics: Metrics, glyphs: &Chosen<'_>) -> Vec<Table> {
    let (mut glyf, mut loca, mut hmtx) = (Vec::new(), Vec::new(), Vec::new());
    let mut edges = [i16::MAX, i16::MAX, i16::MIN, i16::MIN];
    let (mut points, mut contours, mut widest) = (0, 0, 0);
    // .notdef: as wide as an em, nothing to see.
    loca.extend([0; 8]);
    hmtx.extend(metrics.units_per_em.to_be_bytes());
    hmtx.extend([0; 2]);
    for (_, glyph) in glyphs {
        glyf.extend_from_slice(&glyph.outline);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        loca.extend(length(glyf.len()));
        hmtx.extend(glyph.advance.to_be_bytes());
        widest = widest.max(glyph.advance);
        let bounds = outline::bounds(&glyph.outline);
        hmtx.extend(bounds.map_or(0, |[left, ..]| left).to_be_bytes());
        if let Some([left, lower, right, upper]) = bounds {
            let [l, d, r, u] = edges;
            edges = [l.min(left), d.min(lower), r.max(right), u.max(upper)];
        }
        let (p, c) = outline::counts(&glyph.outline);
        points = points.max(p);
        contours = contours.max(c);
    }
    if edges[0] > edges[2] {
        edges = [0; 4];
    }
    let count = u16::try_from(glyphs.len() + 1).unwrap_or(u16::MAX);
    vec![
        (*b"glyf", glyf),
        (*b"head", head(metrics, edges)),
        (*b"hhea", hhea(metrics, widest, count)),
        (*b"hmtx", hmtx),
        (*b"loca", loca),
        (*b"maxp", maxp(count, points, contours)),
    ]
}

fn numbers(numbers: &[i16]) -> impl Iterator<Item = u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes())
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

fn head(metrics: Metrics, edges: [i16; 4]) -> Vec<u8> {
    let mut table = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5F, 0x0F, 0x3C, 0xF5];
    // Baseline at 0; instructions none.
    table.extend([0, 0b11]);
    table.extend(metrics.units_per_em.to_be_bytes());
    // Made and changed at no particular time: the same glyphs are the same file.
    table.extend([0; 16]);
    table.extend(numbers(&edges));
    // Style, smallest size, direction, long offsets, format.
    table.extend(numbers(&[0, 8, 2, 1, 0]));
    table
}

fn hhea(metrics: Metrics, widest: u16, count: u16) -> Vec<u8> {
    let mut table = vec![0, 1, 0, 0];
    table.extend(numbers(&[metrics.ascender, metrics.descender, 0]));
    table.extend(widest.to_be_bytes());
    table.extend(numbers(&[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]));
    table.extend(count.to_be_bytes());
    table
}

fn maxp(count: u16, points: u16, contours: u16) -> Vec<u8> {
    let mut table = vec![0, 1, 0, 0];
    for number in [count, points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] {
        table.extend(number.to_be_bytes());
    }
    table
}

fn os2(metrics: Metrics) -> Vec<u8> {
    let mut table = Vec::with_capacity(96);
    // Version 4, average width, weight 400, normal width, may be embedded.
    table.extend(numbers(&[4, 1000, 400, 5, 0]));
    // Sub- and superscripts, strike-out, class, PANOSE, ranges, maker.
    table.extend([0; 52]);
    // Regular; first and last character of the BMP that might occur.
    table.extend(numbers(&[0x40, 0x20, -1]));
    table.extend(numbers(&[metrics.ascender, metrics.descender, 0]));
    table.extend(numbers(&[metrics.ascender, -metrics.descender]));
    table.extend([0; 8]);
    table.extend(numbers(&[0, metrics.cap_height, 0, 0x20, 1]));
    table
}

/// Format 12, which reaches beyond the BMP.
fn cmap(glyphs: &Chosen<'_>) -> Vec<u8> {
    let mut table = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    table.extend(length(16 + 12 * glyphs.len()));
    table.extend([0; 4]);
    table.extend(length(glyphs.len()));
    for (glyph, &(char, _)) in (1_u32..).zip(glyphs) {
        let code = u32::from(char);
        table.extend(code.to_be_bytes());
        table.extend(code.to_be_bytes());
        table.extend(glyph.to_be_bytes());
    }
    table
}

/// The file: directory and tables, which must be in order of their tags.
fn assemble(tables: &[Table]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(0);
    let entry_selector = count.checked_ilog2().unwrap_or(0);
    let search_range = 16_u16 << entry_selector;
    let mut file = vec![0, 1, 0, 0];
    for number in [
        count,
        search_range,
        u16::try_from(entry_selector).unwrap_or(0),
        count * 16 - search_range,
    ] {
        file.extend(number.to_be_bytes());
    }
    let mut offset = file.len() + 16 * tables.len();
    let mut head = 0;
    for (tag, table) in tables {
        if tag == b"head" {
            head = offset;
        }
        file.extend(tag);
        file.extend(checksum(table).to_be_bytes());
        file.extend(length(offset));
        file.extend(length(table.len()));
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend_from_slice(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    file[head + 8..head + 12].copy_from_slice(&adjustment.to_be_bytes());
    file
}

fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
