//! Single lines of text.

use super::lines::visible;
use crate::sheet::{Colour, Run, um};
use crate::width::width;

/// A length of `thousandths` of an em of this size, in the size's unit.
pub(crate) fn em(thousandths: u32, size: f32) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a line has far fewer than 16,000 ems"
    )]
    let ems = thousandths as f32 / 1000.0;
    ems * size
}

/// A run at the origin, without the spaces at its ends; `None` if nothing is left. Millimetres.
pub(crate) fn run(text: &str, size: f32, tracking: f32) -> Option<Run> {
    let text = text.trim_matches(' ');
    let gaps = text.chars().count().checked_sub(1)?;
    #[expect(clippy::cast_precision_loss, reason = "a count of characters")]
    let width = em(width(text), size) + gaps as f32 * tracking;
    Some(Run {
        text: text.to_owned(),
        x: 0,
        y: 0,
        size: um(size),
        tracking: um(tracking),
        width: um(width),
        colour: Colour::Ink,
        weight: 0,
    })
}

/// Where a line stands: `At` gives its left end, middle or right end, in millimetres.
#[derive(Clone, Copy)]
pub(crate) enum At {
    Left(f32),
    Middle(f32),
}

/// A line in the given size, or smaller if it would be wider than `room`.
pub(crate) fn line(text: &str, at: At, y: f32, size: f32, tracking: f32, room: f32) -> Option<Run> {
    let text: String = visible(text).into_iter().collect();
    let mut run = run(&text, size, tracking)?;
    if run.width > um(room) {
        #[expect(clippy::cast_precision_loss, reason = "less than 16 m")]
        let shrink = um(room) as f32 / run.width as f32;
        // Floor, so that rounding never makes it a hair too wide.
        let size = (size * shrink * 1000.0).floor() / 1000.0;
        let tracking = (tracking * shrink * 1000.0).floor() / 1000.0;
        run = self::run(&text, size, tracking)?;
    }
    run.x = match at {
        At::Left(x) => um(x),
        At::Middle(x) => um(x) - run.width / 2,
    };
    run.y = um(y);
    Some(run)
}

/// `value`, but not below `low` nor above `high`. (`f32::clamp` can panic, and its message brings
/// the printing of floats into the browser.)
pub(crate) fn between(value: f32, low: f32, high: f32) -> f32 {
    value.max(low).min(high)
}
