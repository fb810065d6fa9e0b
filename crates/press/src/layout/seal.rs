//! Draws a round seal: ring, star, and text on the arc.

use std::f32::consts::TAU;

use super::lines::visible;
use super::text::between;
use crate::angle::sin_cos;
use crate::sheet::{ArcGlyph, Caption, Colour, Mark, Paint, Part, Path, Role, Step, Um, um};
use crate::width::advance;

/// Width of the ring's line, as a part of the radius.
const RING: f32 = 0.058;
/// Radius of the star's points, as a part of the radius.
const STAR: f32 = 0.33;
/// From the star's points to its notches: cos 72° / cos 36°.
const NOTCH: f32 = 0.381_966;
/// Outer edge of the text, as a part of the radius.
const TEXT: f32 = 0.88;
/// How much of the circle the text may take, for nine characters or fewer, for twenty or more:
/// below it is the room for what is printed under the seal.
const SWEEP: (f32, f32) = (0.62, 0.70);
/// The tallest text, as a part of the radius.
const TALL: f32 = 0.28;
/// Seals are cut in a bolder face: an outline this wide in ems, while glyphs are not narrowed.
const WEIGHT: f32 = 0.034;
/// How wide glyphs are made, at most and at least, in thousandths of the natural width.
const WIDE: f32 = 1000.0;
const NARROW: f32 = 620.0;

/// A seal around a centre, in millimetres.
pub(crate) fn seal(text: &str, x: f32, y: f32, radius: f32) -> Part {
    let line = radius * RING;
    let marks = vec![
        Mark::Path(Path {
            steps: circle(x, y, radius - line / 2.0),
            paint: Paint::Stroke(Colour::Red, um(line)),
        }),
        Mark::Path(Path {
            steps: star(x, y, radius * STAR),
            paint: Paint::Fill(Colour::Red),
        }),
        Mark::Arc(arc(text, x, y, radius)),
    ];
    let text = visible(text).into_iter().collect();
    Part {
        role: Role::Figure(Caption::Seal(text)),
        marks,
    }
}

fn star(x: f32, y: f32, radius: f32) -> Vec<Step> {
    let mut steps = Vec::new();
    for corner in 0_u8..10 {
        let radius = if corner % 2 == 0 {
            radius
        } else {
            radius * NOTCH
        };
        let (sin, cos) = sin_cos(TAU * f32::from(corner) / 10.0);
        let (x, y) = (um(x + radius * sin), um(y - radius * cos));
        steps.push(if corner == 0 {
            Step::Move(x, y)
        } else {
            Step::Line(x, y)
        });
    }
    steps.push(Step::Close);
    steps
}

/// A circle of four curves.
pub(crate) fn circle(x: f32, y: f32, radius: f32) -> Vec<Step> {
    const KAPPA: f32 = 0.552_284_8;
    let (x, y, r, k) = (um(x), um(y), um(radius), um(radius * KAPPA));
    vec![
        Step::Move(x, y - r),
        Step::Curve(x + k, y - r, x + r, y - k, x + r, y),
        Step::Curve(x + r, y + k, x + k, y + r, x, y + r),
        Step::Curve(x - k, y + r, x - r, y + k, x - r, y),
        Step::Curve(x - r, y - k, x - k, y - r, x, y - r),
        Step::Close,
    ]
}

/// The text on the arc, its middle at the top. Long texts get smaller, narrower glyphs, until
/// they fit; short ones stand apart.
fn arc(text: &str, x: f32, y: f32, radius: f32) -> Vec<ArcGlyph> {
    let chars: Vec<char> = visible(text)
        .into_iter()
        .filter(|&char| char != ' ')
        .collect();
    let ems: f32 = chars
        .iter()
        .map(|&char| f32::from(advance(char)) / 1000.0)
        .sum();
    if chars.is_empty() {
        return Vec::new();
    }
    let sweep = SWEEP.0 + (SWEEP.1 - SWEEP.0) * between((ems - 9.0) / 11.0, 0.0, 1.0);
    let mut size = radius * TALL;
    let (base, stretch, slot) = loop {
        let base = radius * TEXT - size * 0.88;
        // Angle of one em at the baseline, where glyphs are closest.
        let slot = (TAU * sweep / ems).min(1.5 * size / base);
        let stretch = (slot * base / size * 920.0).min(WIDE);
        if stretch >= NARROW || size < radius * 0.02 {
            break (base, stretch, slot);
        }
        size *= 0.94;
    };
    let mut angle = -slot * ems / 2.0;
    chars
        .iter()
        .map(|&char| {
            let half = slot * f32::from(advance(char)) / 2000.0;
            angle += half;
            let (sin, cos) = sin_cos(angle);
            let glyph = ArcGlyph {
                char,
                x: um(x + base * sin),
                y: um(y - base * cos),
                turn: um(angle * 360.0 / TAU),
                size: um(size),
                stretch: thousandths(stretch),
                weight: um(size * WEIGHT * stretch / WIDE),
                colour: Colour::Red,
            };
            angle += half;
            glyph
        })
        .collect()
}

fn thousandths(value: f32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1000")]
    let value = value.round() as Um;
    value
}
