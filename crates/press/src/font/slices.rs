//! Which character is in which slice.

use super::read::{Reader, inflate};
use super::{Damaged, Metrics};

/// The index of the slices.
///
/// The file is a raw deflate stream of big-endian numbers: units per em, ascender, descender,
/// height of capitals (16 bit each), then groups until the end: characters in a slice (16 bit),
/// number of stretches (16 bit), and for each stretch of consecutive code points how many are
/// left out before it and how many it has (seven bits a byte, the lowest first, the top bit set
/// if more follow). Slices are numbered through all groups; those of a group take its characters
/// in order of their code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slices {
    pub(crate) metrics: Metrics,
    groups: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    /// Number of its first slice.
    first: u32,
    /// Characters in a slice.
    share: u32,
    /// First code point, the one after the last, and how many characters of the group come before.
    stretches: Vec<(u32, u32, u32)>,
}

impl Slices {
    /// Reads the file [`super::INDEX`].
    pub fn read(file: &[u8]) -> Result<Self, Damaged> {
        let data = inflate(file)?;
        let mut reader = Reader(&data);
        let metrics = Metrics {
            units_per_em: reader.u16()?,
            ascender: reader.i16()?,
            descender: reader.i16()?,
            cap_height: reader.i16()?,
        };
        if metrics.units_per_em == 0 {
            return Err(Damaged);
        }
        let mut groups = Vec::new();
        let mut first = 0;
        while !reader.0.is_empty() {
            let share = u32::from(reader.u16()?);
            let mut stretches = Vec::new();
            let (mut code, mut count) = (0_u32, 0_u32);
            for _ in 0..reader.u16()? {
                let start = code.checked_add(reader.varint()?).ok_or(Damaged)?;
                let length = reader.varint()?;
                code = start
                    .checked_add(length)
                    .filter(|&end| end <= 0x11_0000)
                    .ok_or(Damaged)?;
                stretches.push((start, code, count));
                count += length;
            }
            if share == 0 {
                return Err(Damaged);
            }
            groups.push(Group {
                first,
                share,
                stretches,
            });
            first += count.div_ceil(share);
        }
        Ok(Self { metrics, groups })
    }

    /// The number of the slice that holds a character; `None` if the font lacks it.
    pub fn slice(&self, char: char) -> Option<u32> {
        let code = char as u32;
        self.groups.iter().find_map(|group| {
            let at = group.stretches.partition_point(|&(_, end, _)| end <= code);
            let &(start, _, before) = group.stretches.get(at)?;
            let place = before + code.checked_sub(start)?;
            Some(group.first + place / group.share)
        })
    }

    /// The numbers of all slices that these characters need, each once.
    pub fn needed(&self, chars: &[char]) -> Vec<u32> {
        let mut needed = Vec::new();
        for slice in chars.iter().filter_map(|&char| self.slice(char)) {
            if !needed.contains(&slice) {
                needed.push(slice);
            }
        }
        needed
    }

    /// The file name of a slice.
    pub fn file(slice: u32) -> String {
        format!("{slice}.glyphs")
    }
}
