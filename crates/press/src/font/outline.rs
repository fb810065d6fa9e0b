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
