//! The border and the ornaments of the sheet.

use crate::sheet::{Colour, Mark, Paint, Part, Path, Role, Step, um};

/// The bold line, the hairline, from the paper's edge in millimetres.
const BOLD: f32 = 9.0;
const HAIR: f32 = 11.6;
/// How far the hairline steps in at the corners.
const EAR: f32 = 7.0;

/// The border of a sheet of this size, in millimetres.
pub(crate) fn border(width: f32, height: f32) -> Part {
    let mut marks = vec![
        stroke(
            rect(BOLD, BOLD, width - BOLD, height - BOLD),
            Colour::Gold,
            1.1,
        ),
        stroke(eared(width, height), Colour::Gold, 0.28),
    ];
    for (x, y, dx, dy) in [
        (HAIR, HAIR, 1.0, 1.0),
        (width - HAIR, HAIR, -1.0, 1.0),
        (width - HAIR, height - HAIR, -1.0, -1.0),
        (HAIR, height - HAIR, 1.0, -1.0),
    ] {
        let (near, far) = (EAR * 0.06, EAR * 0.74);
        marks.push(stroke(
            rect(x + dx * near, y + dy * near, x + dx * far, y + dy * far),
            Colour::Gold,
            0.28,
        ));
        let (near, far) = (EAR * 0.25, EAR * 0.55);
        marks.push(Mark::Path(Path {
            steps: rect(x + dx * near, y + dy * near, x + dx * far, y + dy * far),
            paint: Paint::Fill(Colour::Gold),
        }));
    }
    Part {
        role: Role::Ornament,
        marks,
    }
}

/// A thin rule with a lozenge in its middle, below the title.
pub(crate) fn rule(x: f32, y: f32, half: f32) -> Part {
    let (gap, wide, tall) = (4.2, 2.0, 1.15);
    let line = |from: f32, to: f32| {
        let steps = vec![Step::Move(um(from), um(y)), Step::Line(um(to), um(y))];
        stroke(steps, Colour::Gold, 0.28)
    };
    let lozenge = vec![
        Step::Move(um(x - wide), um(y)),
        Step::Line(um(x), um(y - tall)),
        Step::Line(um(x + wide), um(y)),
        Step::Line(um(x), um(y + tall)),
        Step::Close,
    ];
    let marks = vec![
        line(x - half, x - gap),
        Mark::Path(Path {
            steps: lozenge,
            paint: Paint::Fill(Colour::Gold),
        }),
        line(x + gap, x + half),
    ];
    Part {
        role: Role::Ornament,
        marks,
    }
}

pub(crate) fn stroke(steps: Vec<Step>, colour: Colour, width: f32) -> Mark {
    Mark::Path(Path {
        steps,
        paint: Paint::Stroke(colour, um(width)),
    })
}

pub(crate) fn rect(x: f32, y: f32, right: f32, bottom: f32) -> Vec<Step> {
    vec![
        Step::Move(um(x), um(y)),
        Step::Line(um(right), um(y)),
        Step::Line(um(right), um(bottom)),
        Step::Line(um(x), um(bottom)),
        Step::Close,
    ]
}

/// The hairline, stepping in at each corner to leave room for its ornament.
fn eared(width: f32, height: f32) -> Vec<Step> {
    let (l, t, r, b) = (HAIR, HAIR, width - HAIR, height - HAIR);
    let corners = [
        (l + EAR, t),
        (r - EAR, t),
        (r - EAR, t + EAR),
        (r, t + EAR),
        (r, b - EAR),
        (r - EAR, b - EAR),
        (r - EAR, b),
        (l + EAR, b),
        (l + EAR, b - EAR),
        (l, b - EAR),
        (l, t + EAR),
        (l + EAR, t + EAR),
    ];
    let mut steps: Vec<Step> = Vec::with_capacity(corners.len() + 1);
    for (x, y) in corners {
        let step = if steps.is_empty() {
            Step::Move
        } else {
            Step::Line
        };
        steps.push(step(um(x), um(y)));
    }
    steps.push(Step::Close);
    steps
}
