//! Reads simple TrueType outlines (the OpenType specification, table `glyf`).

use super::Damaged;
use super::read::Reader;

const ON_CURVE: u8 = 1;
const X_SHORT: u8 = 2;
const Y_SHORT: u8 = 4;
const REPEAT: u8 = 8;
const X_SAME_OR_POSITIVE: u8 = 16;
const Y_SAME_OR_POSITIVE: u8 = 32;

/// A point of a contour, in the font's units, y upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Point {
    fn middle(self, other: Self) -> Self {
        Self {
            x: (self.x + other.x) / 2.0,
            y: (self.y + other.y) / 2.0,
        }
    }

    fn towards(self, other: Self, part: f32) -> Self {
        Self {
            x: self.x + (other.x - self.x) * part,
            y: self.y + (other.y - self.y) * part,
        }
    }
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stroke {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
    Close,
}

/// Whether it is an outline that [`strokes`] can read.
pub(crate) fn check(outline: &[u8]) -> Result<(), Damaged> {
    points(outline).map(drop)
}

/// Number of points and contours.
pub(crate) fn counts(outline: &[u8]) -> (u16, u16) {
    let contours = points(outline).unwrap_or_default();
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    (
        count(contours.iter().map(Vec::len).sum()),
        count(contours.len()),
    )
}

/// Left, lower, right and upper edge; `None` for an empty outline.
pub(crate) fn bounds(outline: &[u8]) -> Option<[i16; 4]> {
    let mut reader = Reader(outline);
    reader.i16().ok()?;
    let mut edge = || reader.i16().ok();
    Some([edge()?, edge()?, edge()?, edge()?])
}

/// The outline's steps; empty if it is not one.
pub(crate) fn strokes(outline: &[u8]) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for contour in points(outline).unwrap_or_default() {
        trace(&contour, &mut strokes);
    }
    strokes
}

type Contour = Vec<(Point, bool)>;

fn points(outline: &[u8]) -> Result<Vec<Contour>, Damaged> {
    if outline.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader(outline);
    // Negative for a composite glyph; the slices hold none.
    let contours = usize::try_from(reader.i16()?).map_err(|_| Damaged)?;
    reader.bytes(8)?;
    let mut ends = Vec::with_capacity(contours);
    for _ in 0..contours {
        ends.push(usize::from(reader.u16()?) + 1);
    }
    let hints = reader.u16()?;
    reader.bytes(hints.into())?;
    let count = ends.last().copied().unwrap_or(0);
    let mut flags = Vec::with_capacity(count);
    while flags.len() < count {
        let flag = reader.u8()?;
        let times = if flag & REPEAT == 0 { 0 } else { reader.u8()? };
        flags.extend(std::iter::repeat_n(flag, 1 + usize::from(times)));
    }
    let xs = coordinates(&mut reader, &flags[..count], X_SHORT, X_SAME_OR_POSITIVE)?;
    let ys = coordinates(&mut reader, &flags[..count], Y_SHORT, Y_SAME_OR_POSITIVE)?;
    let mut contours = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let range = start..end;
        let contour = range
            .map(|at| {
                Some((
                    Point {
                        x: *xs.get(at)?,
                        y: *ys.get(at)?,
                    },
                    flags[at] & ON_CURVE != 0,
                ))
            })
            .collect::<Option<Contour>>()
            .ok_or(Damaged)?;
        contours.push(contour);
        start = end;
    }
    Ok(contours)
}

fn coordinates(
    reader: &mut Reader<'_>,
    flags: &[u8],
    short: u8,
    same: u8,
) -> Result<Vec<f32>, Damaged> {
    let mut at = 0_i16;
    flags
        .iter()
        .map(|flag| {
            let delta = match (flag & short != 0, flag & same != 0) {
                (true, true) => i16::from(reader.u8()?),
                (true, false) => -i16::from(reader.u8()?),
                (false, true) => 0,
                (false, false) => reader.i16()?,
            };
            at = at.wrapping_add(delta);
            Ok(f32::from(at))
        })
        .collect()
}

/// Quadratic curves as cubic ones, which PDF has.
fn trace(contour: &[(Point, bool)], strokes: &mut Vec<Stroke>) {
    let (Some(&first), Some(&last)) = (contour.first(), contour.last()) else {
        return;
    };
    // Two points off the curve have one on it in their middle.
    let start = match (first.1, last.1) {
        (true, _) => first.0,
        (false, true) => last.0,
        (false, false) => first.0.middle(last.0),
    };
    strokes.push(Stroke::Move(start));
    let (mut pen, mut control) = (start, None);
    let end = (start, true);
    for &(point, on_curve) in contour.iter().skip(usize::from(first.1)).chain([&end]) {
        let end = match (control, on_curve) {
            (None, false) => {
                control = Some(point);
                continue;
            }
            (None, true) => {
                strokes.push(Stroke::Line(point));
                pen = point;
                continue;
            }
            (Some(_), true) => point,
            (Some(control), false) => point.middle(control),
        };
        if let Some(control) = control {
            let (a, b) = (
                pen.towards(control, 2.0 / 3.0),
                end.towards(control, 2.0 / 3.0),
            );
            strokes.push(Stroke::Curve(a, b, end));
        }
        control = (!on_curve).then_some(point);
        pen = end;
    }
    strokes.push(Stroke::Close);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ttf_parser::{Face, GlyphId, OutlineBuilder};

    use super::{
        ON_CURVE, Point, Stroke, X_SAME_OR_POSITIVE, X_SHORT, Y_SAME_OR_POSITIVE, Y_SHORT,
    };
    use crate::font::{Glyph, Metrics, sfnt};

    /// What ttf-parser reads, with quadratic curves made cubic.
    #[derive(Default)]
    struct Judge(Vec<Stroke>);

    impl Judge {
        fn pen(&self) -> Point {
            match self.0.last() {
                Some(Stroke::Move(p) | Stroke::Line(p) | Stroke::Curve(.., p)) => *p,
                _ => panic!("no point yet"),
            }
        }
    }

    impl OutlineBuilder for Judge {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(Stroke::Move(Point { x, y }));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(Stroke::Line(Point { x, y }));
        }
        fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
            let (pen, control, end) = (self.pen(), Point { x: cx, y: cy }, Point { x, y });
            let third = 2.0 / 3.0;
            let (a, b) = (pen.towards(control, third), end.towards(control, third));
            self.0.push(Stroke::Curve(a, b, end));
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
            panic!("TrueType has no cubic curves");
        }
        fn close(&mut self) {
            self.0.push(Stroke::Close);
        }
    }

    /// The pieces of each contour, closing line and all, without those of no length; readers may
    /// start a contour where they like.
    fn pieces(strokes: &[Stroke]) -> Vec<Vec<String>> {
        let mut contours = Vec::new();
        let mut contour: Vec<String> = Vec::new();
        let zero = Point { x: 0.0, y: 0.0 };
        let (mut start, mut pen) = (zero, zero);
        for &stroke in strokes {
            let to = match stroke {
                Stroke::Move(to) => {
                    start = to;
                    pen = to;
                    continue;
                }
                Stroke::Line(to) | Stroke::Curve(.., to) => to,
                Stroke::Close => start,
            };
            match stroke {
                Stroke::Curve(a, b, _) => contour.push(format!("{pen:?} {a:?} {b:?} {to:?}")),
                _ if to != pen => contour.push(format!("{pen:?} {to:?}")),
                _ => {}
            }
            pen = to;
            if stroke == Stroke::Close {
                contour.sort();
                contours.push(std::mem::take(&mut contour));
            }
        }
        contours
    }

    /// Encodes contours as a font has them, each coordinate in its shortest form.
    fn encode(contours: &[Vec<(i16, i16, bool)>]) -> Vec<u8> {
        let mut data = u16::try_from(contours.len())
            .unwrap()
            .to_be_bytes()
            .to_vec();
        data.extend(
            [0_i16, 0, 1000, 1000]
                .iter()
                .flat_map(|edge| edge.to_be_bytes()),
        );
        let mut end = 0;
        for contour in contours {
            end += u16::try_from(contour.len()).unwrap();
            data.extend((end - 1).to_be_bytes());
        }
        data.extend([0, 0]);
        let (mut flags, mut xs, mut ys) = (Vec::new(), Vec::new(), Vec::new());
        let (mut x, mut y) = (0, 0);
        for &(to_x, to_y, on_curve) in contours.iter().flatten() {
            let flag = if on_curve { ON_CURVE } else { 0 }
                | coordinate(to_x - x, X_SHORT, X_SAME_OR_POSITIVE, &mut xs)
                | coordinate(to_y - y, Y_SHORT, Y_SAME_OR_POSITIVE, &mut ys);
            (x, y) = (to_x, to_y);
            flags.push(flag);
        }
        for same in flags.chunk_by(|a, b| a == b) {
            match u8::try_from(same.len() - 1).unwrap() {
                0 => data.push(same[0]),
                more => data.extend([same[0] | super::REPEAT, more]),
            }
        }
        [data, xs, ys].concat()
    }

    fn coordinate(delta: i16, short: u8, same: u8, data: &mut Vec<u8>) -> u8 {
        match (delta, u8::try_from(delta.unsigned_abs())) {
            (0, _) => same,
            (_, Ok(byte)) => {
                data.push(byte);
                if delta > 0 { short | same } else { short }
            }
            _ => {
                data.extend(delta.to_be_bytes());
                0
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn outlines_are_read_as_another_reader_reads_them(
            contours in prop::collection::vec(
                prop::collection::vec((-400..400_i16, -400..400_i16, any::<bool>()), 3..20), 1..4)
        ) {
            let outline = encode(&contours);
            let glyph = Glyph { advance: 1000, outline };
            let metrics = Metrics { units_per_em: 1000, ascender: 880, descender: -120, cap_height: 700 };
            let font = sfnt::for_page(metrics, &[('一', &glyph)]);
            let mut judge = Judge::default();
            Face::parse(&font, 0).unwrap().outline_glyph(GlyphId(1), &mut judge);
            prop_assert_eq!(pieces(&super::strokes(&glyph.outline)), pieces(&judge.0));
        }
    }
}
