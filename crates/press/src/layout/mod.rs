//! Lays a certificate out on A4 landscape.

mod border;
mod lines;
mod paragraph;
mod seal;
mod text;

use contract::{Certificate, Seal};

use crate::sheet::{Caption, Colour, Mark, Part, Rect, Role, Run, Sheet, um};
use crate::width::width;
use paragraph::Area;
use text::{At, between, em, line};

/// A4 landscape, in millimetres.
const WIDTH: f32 = 297.0;
const HEIGHT: f32 = 210.0;
/// Left and right edge of what is written.
const LEFT: f32 = 32.0;
const RIGHT: f32 = WIDTH - LEFT;
const MIDDLE: f32 = WIDTH / 2.0;
/// A 2-inch photo (2 寸) is 35 mm × 49 mm.
const PHOTO: (f32, f32) = (35.0, 49.0);
/// Upper and lower edge of the paragraph's area.
const BODY: (f32, f32) = (66.0, 130.0);
/// Height of the seals' centres, and their radius: 42 mm across is the usual size.
const SEAL_Y: f32 = 156.0;
const SEAL_RADIUS: f32 = 21.0;
/// Baselines below the seals' stars: what is said of each, and the date.
const CAPTION_Y: f32 = SEAL_Y + 12.0;
const DATE_Y: f32 = SEAL_Y + 19.8;
/// Seals stand at the right of this.
const SEALS_LEFT: f32 = 112.0;
/// Baseline of the line at the foot.
const FOOT_Y: f32 = 190.5;

/// What the certificate itself does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Where it can be checked, as a line at the foot.
    pub check_at: Option<&'a str>,
}

/// Lays a certificate out. Whatever the lengths of its texts, nothing leaves the sheet or meets
/// another thing: texts that are too long get smaller.
pub fn layout(certificate: &Certificate, options: Options<'_>) -> Sheet {
    let mut parts = vec![border::border(WIDTH, HEIGHT)];
    parts.push(title(&certificate.title));
    parts.push(border::rule(MIDDLE, 56.5, 33.0));
    let mut left = LEFT;
    if certificate.photo_url.is_some() {
        parts.push(photo());
        left += PHOTO.0 + 13.0;
    }
    let area = Area {
        x: left,
        y: BODY.0,
        width: RIGHT - left,
        height: BODY.1 - BODY.0,
    };
    let body = paragraph::set(&certificate.body, &certificate.name, area);
    parts.push(Part {
        role: Role::Paragraph,
        marks: body,
    });
    parts.extend(record(certificate));
    parts.extend(seals(
        &certificate.seals,
        &chinese_date(&certificate.issued_on),
    ));
    parts.extend(foot(&certificate.supervisor, options.check_at));
    let author: Vec<&str> = certificate
        .seals
        .iter()
        .map(|seal| seal.text.as_str())
        .collect();
    Sheet {
        title: format!("{} {}", certificate.title, certificate.name),
        author: author.join("、"),
        issued_on: certificate.issued_on.clone(),
        width: um(WIDTH),
        height: um(HEIGHT),
        parts,
    }
}

/// The title, spaced out the more the shorter it is.
fn title(title: &str) -> Part {
    const ROOM: f32 = 212.0;
    let count = u8::try_from(lines::visible(title).len())
        .unwrap_or(u8::MAX)
        .max(2);
    let count = f32::from(count);
    let size = between(ROOM / (count * 1.2), 5.0, 15.0);
    let tracking = between(
        (150.0 - count * size) / (count - 1.0),
        size * 0.2,
        size * 0.8,
    );
    let run = line(title, At::Middle(MIDDLE), 46.0, size, tracking, ROOM);
    let marks = run.map(|run| {
        Mark::Text(Run {
            weight: run.size / 60,
            ..run
        })
    });
    Part {
        role: Role::Title,
        marks: marks.into_iter().collect(),
    }
}

fn photo() -> Part {
    let rect = Rect {
        x: um(LEFT),
        y: um(BODY.0 + 3.0),
        width: um(PHOTO.0),
        height: um(PHOTO.1),
    };
    let (x, y, gap) = (LEFT, BODY.0 + 3.0, 0.9);
    let frame = border::rect(x - gap, y - gap, x + PHOTO.0 + gap, y + PHOTO.1 + gap);
    Part {
        role: Role::Figure(Caption::Photo),
        marks: vec![Mark::Photo(rect), border::stroke(frame, Colour::Gold, 0.28)],
    }
}

/// Class, hours and number, at the left of the seals; the number on the date's line.
fn record(certificate: &Certificate) -> Vec<Part> {
    const SIZE: f32 = 3.7;
    const LABEL: f32 = 19.0;
    let hours = format!("{} 学时", certificate.hours);
    let rows = [
        ("培训班", certificate.class_title.as_str()),
        ("培训学时", hours.as_str()),
        ("统一编号", certificate.number.as_str()),
    ];
    let first = DATE_Y - 2.0 * (DATE_Y - CAPTION_Y);
    let room = seals_left(certificate.seals.len()) - 3.0 - (LEFT + LABEL);
    let mut parts = Vec::new();
    for ((label, value), y) in rows.into_iter().zip([first, CAPTION_Y, DATE_Y]) {
        // A label of three characters is spread to the width of four.
        let tracking = if label.chars().count() == 3 {
            SIZE / 2.0
        } else {
            0.0
        };
        let label = line(label, At::Left(LEFT), y, SIZE, tracking, LABEL);
        let value = line(value, At::Left(LEFT + LABEL), y, SIZE, 0.0, room);
        let marks = label
            .map(|run| Run {
                colour: Colour::Soft,
                ..run
            })
            .into_iter()
            .chain(value)
            .map(Mark::Text)
            .collect();
        parts.push(Part {
            role: Role::Paragraph,
            marks,
        });
    }
    parts
}

/// From the middle of one seal to that of the next, and the seals' radius.
fn pitch(count: usize) -> (f32, f32) {
    let count = u8::try_from(count.max(1)).map_or(255.0, f32::from);
    let pitch = ((RIGHT - SEALS_LEFT) / count).min(66.0);
    (pitch, (pitch / 2.0 - 1.0).min(SEAL_RADIUS))
}

/// Left edge of the seals and their captions.
fn seals_left(count: usize) -> f32 {
    let (pitch, _) = pitch(count);
    let count = u8::try_from(count.max(1)).map_or(255.0, f32::from);
    RIGHT - count * pitch
}

/// The seals, each over its caption as on paper, and the date under the last.
fn seals(seals: &[Seal], date: &str) -> Vec<Part> {
    let (pitch, radius) = pitch(seals.len());
    let mut x = seals_left(seals.len()) + pitch / 2.0;
    // All captions in one size, which the longest one sets.
    let size = seals
        .iter()
        .map(|seal| em(width(&seal.caption), 1.0))
        .fold(4.6, |size: f32, ems| size.min((pitch - 2.0) / ems.max(1.0)));
    let mut parts = Vec::new();
    for seal in seals {
        parts.push(seal::seal(&seal.text, x, SEAL_Y, radius));
        let caption = line(
            &seal.caption,
            At::Middle(x),
            CAPTION_Y,
            size,
            0.0,
            pitch - 2.0,
        );
        let marks = caption.map(Mark::Text).into_iter().collect();
        parts.push(Part {
            role: Role::Paragraph,
            marks,
        });
        x += pitch;
    }
    let date = line(
        date,
        At::Middle(RIGHT - pitch / 2.0),
        DATE_Y,
        size.max(4.0),
        0.0,
        pitch - 2.0,
    );
    let marks = date.map(Mark::Text).into_iter().collect();
    parts.push(Part {
        role: Role::Paragraph,
        marks,
    });
    parts
}

/// Under whose supervision the form is made, and where it can be checked.
fn foot(supervisor: &str, check_at: Option<&str>) -> Vec<Part> {
    const ROOM: f32 = 190.0;
    let supervisor = line(supervisor, At::Middle(MIDDLE), FOOT_Y, 4.0, 1.2, ROOM);
    let check_at =
        check_at.and_then(|at| line(at, At::Middle(MIDDLE), FOOT_Y + 5.2, 2.8, 0.0, ROOM));
    [supervisor, check_at]
        .into_iter()
        .flatten()
        .map(|run| {
            let marks = vec![Mark::Text(Run {
                colour: Colour::Soft,
                ..run
            })];
            Part {
                role: Role::Paragraph,
                marks,
            }
        })
        .collect()
}

/// `2026-11-02` as 2026年11月2日; what is no date stays as it is.
pub fn chinese_date(date: &str) -> String {
    let mut fields = date.splitn(3, '-').map(|field| {
        let number = field.trim_start_matches('0');
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(number)
    });
    match (fields.next(), fields.next(), fields.next()) {
        (Some(Some(year)), Some(Some(month)), Some(Some(day))) => {
            format!("{year}年{month}月{day}日")
        }
        _ => date.to_owned(),
    }
}
