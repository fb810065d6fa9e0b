//! Sets the paragraph of the certificate: as large as its area allows, justified.

use super::lines::{Line, Set, break_lines, prepare};
use super::text::em;
use crate::sheet::{Mark, Run, um};
use crate::width::advance;

/// Sizes that are tried, in millimetres; below the last one each is 8 % smaller than the one
/// before, without end, so that any text finds its size.
const SIZES: [f32; 9] = [7.8, 7.4, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0];
/// From line to line, in ems: airy where there is room.
const LEADING: [f32; 3] = [1.95, 1.75, 1.55];
/// Indent of the first line, in thousandths of an em: two 汉字.
const INDENT: u32 = 2000;
/// The most that a gap is stretched to fill a line, in thousandths of an em.
const STRETCH: f32 = 180.0;
/// A last line shorter than this, in thousandths of an em, looks like an accident.
const WIDOW: u32 = 2500;

/// Where a paragraph goes, in millimetres.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// The runs of `text` with each occurrence of `name` emphasised, in the middle of the area. A
/// line break in the text begins a new paragraph.
pub(crate) fn set(text: &str, name: &str, area: Area) -> Vec<Mark> {
    let paragraphs: Vec<Vec<Set>> = text.lines().map(|line| prepare(line, name)).collect();
    if paragraphs.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let (size, leading, measure, lines) = fit(&paragraphs, area);
    #[expect(clippy::cast_precision_loss, reason = "a count of lines")]
    let height = (lines.len() - 1) as f32 * leading * size + size;
    // A little above the middle, where the eye expects it.
    let mut baseline = area.y + (area.height - height) * 0.45 + size * 0.86;
    let mut marks = Vec::new();
    for line in &lines {
        let indent = if line.first { INDENT } else { 0 };
        let room = if line.last {
            None
        } else {
            Some(measure - indent)
        };
        place(
            line,
            room,
            size,
            area.x + em(indent, size),
            baseline,
            &mut marks,
        );
        baseline += size * leading;
    }
    marks
}

/// The largest size at which the text fits: size and leading, the measure in thousandths of an
/// em (whole ems, so that 汉字 stand in a grid), the lines.
fn fit(paragraphs: &[Vec<Set>], area: Area) -> (f32, f32, u32, Vec<Line>) {
    let mut fallback = None;
    let mut smaller = SIZES[SIZES.len() - 1];
    let mut steps = 0;
    loop {
        let size = SIZES.get(steps).copied().unwrap_or_else(|| {
            smaller *= 0.92;
            smaller
        });
        steps += 1;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of ems"
        )]
        let measure = ((area.width / size).floor().max(3.0) as u32) * 1000;
        let lines: Vec<Line> = paragraphs
            .iter()
            .flat_map(|sets| break_lines(sets, measure, INDENT))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a count of lines")]
        let count = lines.len() as f32;
        let fits = |leading: &f32| ((count - 1.0) * leading + 1.2) * size <= area.height;
        let Some(&leading) = LEADING.iter().find(|leading| fits(leading)) else {
            continue;
        };
        let widow = lines
            .iter()
            .any(|line| line.last && !line.first && line.width < WIDOW);
        if !widow {
            return fallback
                .filter(|(best, ..): &(f32, f32, u32, Vec<Line>)| *best > size * 1.2)
                .unwrap_or((size, leading, measure, lines));
        }
        // Two sizes smaller at most to be rid of a widow.
        if let Some(best) = fallback.take_if(|(best, ..)| *best > size * 1.2) {
            return best;
        }
        fallback.get_or_insert((size, leading, measure, lines));
    }
}

/// Sets a line, stretched to `room` if there is one.
fn place(line: &Line, room: Option<u32>, size: f32, x: f32, y: f32, marks: &mut Vec<Mark>) {
    let gaps = line
        .chars
        .windows(2)
        .filter(|pair| stretches(pair[0], pair[1]))
        .count();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a line has far fewer than 16,000 ems"
    )]
    let extra = match room {
        Some(room) if gaps > 0 => room.saturating_sub(line.width) as f32 / gaps as f32,
        _ => 0.0,
    };
    let extra = if extra > STRETCH {
        0.0
    } else {
        extra * size / 1000.0
    };
    let mut pen = x;
    let mut chars = line.chars.as_slice();
    while !chars.is_empty() {
        let (run, rest) = chars.split_at(run_length(chars, extra > 0.0));
        let tracking = if run.len() > 1 && stretches(run[0], run[1]) {
            extra
        } else {
            0.0
        };
        let text: String = run.iter().map(|set| set.char).collect();
        let weight = if run[0].emphasised { 0.036 } else { 0.006 };
        marks.extend(super::text::run(&text, size, tracking).map(|run| {
            Mark::Text(Run {
                x: um(pen),
                y: um(y),
                weight: um(size * weight),
                ..run
            })
        }));
        for set in run {
            pen += em(u32::from(set.advance), size) + tracking;
        }
        pen -= tracking;
        if let (Some(&last), Some(&next)) = (run.last(), rest.first())
            && stretches(last, next)
        {
            pen += extra;
        }
        chars = rest;
    }
}

/// Whether the gap between two characters is stretched.
fn stretches(a: Set, b: Set) -> bool {
    // A space has one such gap, at its end, wherever it stands.
    b.char != ' ' && (a.char == ' ' || is_han(a) || is_han(b))
}

/// How many characters go into one run: alike in emphasis, no space at its start, no squeezed
/// punctuation inside, and on a stretched line either all 汉字 or none.
fn run_length(chars: &[Set], stretched: bool) -> usize {
    let ends = |pair: &[Set]| {
        pair[0].advance != advance(pair[0].char)
            || pair[0].emphasised != pair[1].emphasised
            || (stretched && is_han(pair[0]) != is_han(pair[1]))
    };
    let starts_with_space = chars.first().is_some_and(|set| set.char == ' ');
    let end = chars
        .windows(2)
        .position(|pair| starts_with_space || ends(pair));
    end.map_or(chars.len(), |last| last + 1)
}

fn is_han(set: Set) -> bool {
    set.char >= '\u{2E80}'
}
