//! Cuts the font into slices, at build time.
//!
//! The source is the npm package `@chinese-fonts/lxgwwenkai` (LXGW WenKai, SIL Open Font License
//! 1.1), which holds the font as some three hundred WOFF2 files. A browser has no means to unpack
//! those for a script, and a certificate would need a third of them; so they are unpacked here,
//! and cut into slices so small that a certificate takes about 40 kB.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ttf_parser::{Face, Tag, loca};

use crate::font::{FOLDER, Glyph, INDEX, Metrics, Slices, outline};

/// What nearly every certificate holds: one slice for all of it.
const COMMON: &str = " 0123456789·，。、：；（）〔〕《》“”年月日同志于至参加学习修满时经考核合格准予上岗结业特发此证\
    书培训班网络资字第号统一编全国总工会干部主席监制机构盖章省级管门中学院组织基层企业职任";
/// Characters in a slice: of the 3755 commonest (GB 2312, level 1), of the 3008 next (level 2),
/// of all others. Rare ones come alone, in names, so that a larger slice costs little.
const SHARES: [u16; 3] = [2, 8, 16];
/// Raised when the format of the files changes.
const FORMAT: u8 = 1;
/// Left in the folder when all of it is written.
const STAMP: &str = "complete";

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Everything was there already.
    UpToDate,
    /// The slices were written anew.
    Written {
        /// Characters that the slices hold.
        characters: usize,
        /// Files, the index among them.
        files: usize,
    },
}

/// Cuts the font in `source` (a folder of WOFF2 files and their `result.css`) into
/// `site`/[`FOLDER`], unless that is up to date.
pub fn cut(source: &Path, site: &Path) -> io::Result<Cut> {
    let css = fs::read_to_string(source.join("result.css"))
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", source.display())))?;
    let hash = hash(&css);
    if !FOLDER.ends_with(&hash) {
        return Err(io::Error::other(format!(
            "the font or its cut has changed: press::font::FOLDER must end in {hash}"
        )));
    }
    let folder = site.join(FOLDER);
    if folder.join(STAMP).exists() {
        return Ok(Cut::UpToDate);
    }
    let (metrics, glyphs) = read(source)?;
    let files = pack(metrics, &glyphs);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (name, data) in &files {
        fs::write(folder.join(name), data)?;
    }
    fs::write(folder.join("NOTICE.txt"), notice(&css))?;
    fs::write(folder.join(STAMP), "")?;
    Ok(Cut::Written {
        characters: glyphs.len(),
        files: files.len(),
    })
}

/// The slices of the font in `source` without writing them, as pairs of file name and content.
pub fn slices(source: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let (metrics, glyphs) = read(source)?;
    Ok(pack(metrics, &glyphs))
}

/// The style sheet names every file of the source by its content, so that this stands for all
/// that the slices are made from.
fn hash(css: &str) -> String {
    let text = format!("{FORMAT} {COMMON} {SHARES:?} {css}");
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    format!("{hash:016x}")
}

/// The font's own words on who made it and what may be done with it.
fn notice(css: &str) -> String {
    let comment = css.split("*/").next().unwrap_or_default();
    let lines = comment
        .lines()
        .filter(|line| !line.starts_with("/*") && !line.starts_with("CreateTime"));
    let mut text = String::from(
        "The glyphs in this folder are those of the following font, cut into small files.\n\n",
    );
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text
}

type Glyphs = BTreeMap<char, Glyph>;

fn read(source: &Path) -> io::Result<(Metrics, Glyphs)> {
    let mut files: Vec<PathBuf> = fs::read_dir(source)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "woff2")
    });
    files.sort();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let parts: Vec<io::Result<_>> = std::thread::scope(|scope| {
        let work: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(|| read_files(files)))
            .collect();
        work.into_iter()
            .map(|part| {
                part.join()
                    .unwrap_or_else(|_| Err(io::Error::other("unpacking panicked")))
            })
            .collect()
    });
    let mut whole: Option<(Metrics, Glyphs)> = None;
    for part in parts {
        let (metrics, glyphs) = part?;
        match &mut whole {
            None => whole = Some((metrics, glyphs)),
            Some((_, all)) => all.extend(glyphs),
        }
    }
    whole.ok_or_else(|| io::Error::other(format!("{}: no WOFF2 files", source.display())))
}

fn read_files(files: &[PathBuf]) -> io::Result<(Metrics, Glyphs)> {
    let mut metrics = None;
    let mut glyphs = Glyphs::new();
    for file in files {
        let of_this = read_file(&fs::read(file)?, &mut glyphs)
            .ok_or_else(|| io::Error::other(format!("{}: not a font", file.display())))?;
        if *metrics.get_or_insert(of_this) != of_this {
            return Err(io::Error::other(format!(
                "{}: of another font",
                file.display()
            )));
        }
    }
    let metrics = metrics.ok_or_else(|| io::Error::other("no WOFF2 files"))?;
    Ok((metrics, glyphs))
}

/// Adds the glyphs of one WOFF2 file.
fn read_file(data: &[u8], glyphs: &mut Glyphs) -> Option<Metrics> {
    let data = wuff::decompress_woff2(data).ok()?;
    let face = Face::parse(&data, 0).ok()?;
    let tables = face.tables();
    let glyf = face.raw_face().table(Tag::from_bytes(b"glyf"))?;
    let loca = loca::Table::parse(
        tables.maxp.number_of_glyphs,
        tables.head.index_to_location_format,
        face.raw_face().table(Tag::from_bytes(b"loca"))?,
    )?;
    let mut codes = Vec::new();
    for table in tables
        .cmap?
        .subtables
        .into_iter()
        .filter(ttf_parser::cmap::Subtable::is_unicode)
    {
        table.codepoints(|code| codes.push(code));
    }
    for char in codes.into_iter().filter_map(char::from_u32) {
        let Some(id) = face.glyph_index(char) else {
            continue;
        };
        let range = loca.glyph_range(id).unwrap_or(0..0);
        let outline = glyf.get(range)?.to_vec();
        // Composite glyphs are left out: the font has five, all of them accents.
        if outline::check(&outline).is_ok() && !char.is_control() {
            glyphs.insert(
                char,
                Glyph {
                    advance: face.glyph_hor_advance(id)?,
                    outline,
                },
            );
        }
    }
    Some(Metrics {
        units_per_em: face.units_per_em(),
        ascender: face.ascender(),
        descender: face.descender(),
        cap_height: face.capital_height().unwrap_or_default(),
    })
}

/// The index and the slices; see [`Slices`] for the format.
fn pack(metrics: Metrics, glyphs: &Glyphs) -> Vec<(String, Vec<u8>)> {
    let mut index = Vec::new();
    index.extend(metrics.units_per_em.to_be_bytes());
    for number in [metrics.ascender, metrics.descender, metrics.cap_height] {
        index.extend(number.to_be_bytes());
    }
    let mut files = Vec::new();
    for (share, chars) in groups(glyphs) {
        index.extend(share.to_be_bytes());
        let stretches: Vec<&[char]> = chars.chunk_by(|&a, &b| a as u32 + 1 == b as u32).collect();
        index.extend(
            u16::try_from(stretches.len())
                .unwrap_or(u16::MAX)
                .to_be_bytes(),
        );
        let mut code = 0;
        for stretch in stretches {
            let length = u32::try_from(stretch.len()).unwrap_or(0);
            varint(&mut index, stretch[0] as u32 - code);
            varint(&mut index, length);
            code = stretch[0] as u32 + length;
        }
        for chars in chars.chunks(share.into()) {
            let name = Slices::file(u32::try_from(files.len()).unwrap_or(u32::MAX));
            files.push((name, slice(chars, glyphs)));
        }
    }
    files.push((INDEX.to_owned(), deflate(&index)));
    files
}

fn varint(data: &mut Vec<u8>, mut value: u32) {
    loop {
        let byte = u8::try_from(value & 0x7F).unwrap_or(0);
        value >>= 7;
        if value == 0 {
            return data.push(byte);
        }
        data.push(byte | 0x80);
    }
}

fn slice(chars: &[char], glyphs: &Glyphs) -> Vec<u8> {
    let mut data = Vec::new();
    for char in chars {
        let glyph = &glyphs[char];
        data.extend((*char as u32).to_be_bytes());
        data.extend(glyph.advance.to_be_bytes());
        data.extend(
            u16::try_from(glyph.outline.len())
                .unwrap_or(0)
                .to_be_bytes(),
        );
        data.extend(&glyph.outline);
    }
    deflate(&data)
}

fn deflate(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(data, 10)
}

/// Characters in groups by how often they are needed, each sorted, with the size of its slices.
fn groups(glyphs: &Glyphs) -> Vec<(u16, Vec<char>)> {
    let common = |char: char| COMMON.contains(char);
    let (first, second) = (gb2312(0xB0..=0xD7), gb2312(0xD8..=0xF7));
    let mut groups: [Vec<char>; 5] = Default::default();
    for &char in glyphs.keys() {
        let group = if common(char) {
            0
        } else if char.is_ascii() {
            1
        } else if first.binary_search(&char).is_ok() {
            2
        } else if second.binary_search(&char).is_ok() {
            3
        } else {
            4
        };
        groups[group].push(char);
    }
    let whole = |chars: &[char]| u16::try_from(chars.len().max(1)).unwrap_or(u16::MAX);
    let [all, ascii, often, seldom, rare] = groups;
    let shares = [whole(&all), whole(&ascii), SHARES[0], SHARES[1], SHARES[2]];
    shares
        .into_iter()
        .zip([all, ascii, often, seldom, rare])
        .collect()
}

/// The characters in these rows of GB 2312, sorted.
fn gb2312(rows: std::ops::RangeInclusive<u8>) -> Vec<char> {
    let bytes: Vec<u8> = rows
        .flat_map(|row| (0xA1..=0xFE).flat_map(move |cell| [row, cell]))
        .collect();
    let (text, ..) = encoding_rs::GBK.decode(&bytes);
    let mut chars: Vec<char> = text
        .chars()
        .filter(|char| ('\u{4E00}'..='\u{9FFF}').contains(char))
        .collect();
    chars.sort_unstable();
    chars
}
