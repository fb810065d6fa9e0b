//! The content of the page.

use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Name, Rect, Str};

use super::jpeg::Jpeg;
use super::{Picture, Set, document::number};
use crate::angle::sin_cos;
use crate::font::outline;
use crate::sheet::{ArcGlyph, Colour, Mark, Paint, Path, Role, Run, Sheet, Step, Um};
use crate::width::advance;

/// Names in the page's resources.
pub(crate) const FONT: Name<'static> = Name(b"F");
pub(crate) const PHOTO: Name<'static> = Name(b"Photo");

/// The name of the n-th picture.
pub(crate) fn picture(index: usize) -> String {
    format!("C{index}")
}

/// A drawn page.
pub(crate) struct Page {
    /// The content stream.
    pub(crate) content: Vec<u8>,
    /// Parts with something to read; the n-th has the marked-content id n.
    pub(crate) tagged: Vec<Tagged>,
}

pub(crate) struct Tagged {
    /// Its place in [`Sheet::parts`].
    pub(crate) part: usize,
    /// The edges of a figure, in points.
    pub(crate) edges: Option<Rect>,
}

/// A length in points.
#[expect(clippy::cast_precision_loss, reason = "a sheet is smaller than 16 m")]
pub(crate) fn points(length: Um) -> f32 {
    length as f32 * 72.0 / 25_400.0
}

#[expect(clippy::cast_precision_loss, reason = "a sheet is smaller than 16 m")]
fn real(length: Um) -> f32 {
    length as f32
}

struct Pen<'a> {
    content: Content,
    set: &'a Set<'a>,
    photo: Option<Jpeg<'a>>,
}

pub(crate) fn draw(sheet: &Sheet, set: &Set<'_>, photo: Option<Jpeg<'_>>) -> Page {
    let mut pen = Pen {
        content: Content::new(),
        set,
        photo,
    };
    // From here on lengths are micrometres and y grows downwards, as on the sheet.
    let scale = 72.0 / 25_400.0;
    pen.content
        .transform([scale, 0.0, 0.0, -scale, 0.0, points(sheet.height)]);
    let mut tagged = Vec::new();
    for (index, part) in sheet.parts.iter().enumerate() {
        let tag = match part.role {
            Role::Ornament => None,
            Role::Title => Some(Name(b"H1")),
            Role::Paragraph => Some(Name(b"P")),
            Role::Figure(_) => Some(Name(b"Figure")),
        };
        match tag {
            Some(tag) => {
                pen.content
                    .begin_marked_content_with_properties(tag)
                    .properties()
                    .identify(number(tagged.len()));
                let is_figure = matches!(part.role, Role::Figure(_));
                let edges = is_figure
                    .then(|| edges(&part.marks, sheet.height))
                    .flatten();
                tagged.push(Tagged { part: index, edges });
            }
            None => {
                pen.content.begin_marked_content(Name(b"Artifact"));
            }
        }
        for mark in &part.marks {
            pen.mark(mark);
        }
        pen.content.end_marked_content();
    }
    Page {
        content: pen.content.finish().into_vec(),
        tagged,
    }
}

/// The edges of what the paths of a figure enclose, in points.
fn edges(marks: &[Mark], height: Um) -> Option<Rect> {
    let points_of = marks.iter().flat_map(|mark| match mark {
        Mark::Path(path) => path.steps.as_slice(),
        _ => &[],
    });
    let ends = points_of.filter_map(|step| match *step {
        Step::Move(x, y) | Step::Line(x, y) | Step::Curve(.., x, y) => Some((x, y)),
        Step::Close => None,
    });
    let start = None;
    let [left, top, right, bottom] = ends.fold(start, |edges, (x, y)| {
        let [l, t, r, b] = edges.unwrap_or([x, y, x, y]);
        Some([l.min(x), t.min(y), r.max(x), b.max(y)])
    })?;
    let y = |y: Um| points(height - y);
    Some(Rect::new(points(left), y(bottom), points(right), y(top)))
}

impl Pen<'_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Text(run) => self.text(run),
            Mark::Arc(glyphs) => {
                for glyph in glyphs {
                    self.arc_glyph(glyph);
                }
            }
            Mark::Path(path) => self.path(path),
            Mark::Photo(rect) => {
                let Some(jpeg) = self.photo else { return };
                let (x, y) = (real(rect.x), real(rect.y));
                let (width, height) = (real(rect.width), real(rect.height));
                // Covers the frame, the middle in the middle; what is too much is cut off.
                let (across, down) = jpeg.upright();
                let scale = (width / across).max(height / down);
                let (across, down) = (across * scale, down * scale);
                let left = x + (width - across) / 2.0;
                let top = y + (height - down) / 2.0;
                self.content
                    .save_state()
                    .rect(x, y, width, height)
                    .clip_nonzero()
                    .end_path()
                    .transform([across, 0.0, 0.0, down, left, top])
                    .transform(jpeg.turn());
                self.content.x_object(PHOTO).restore_state();
            }
        }
    }

    fn fill(&mut self, colour: Colour) {
        let [r, g, b] = colour.rgb().map(|part| f32::from(part) / 255.0);
        self.content.set_fill_rgb(r, g, b);
    }

    fn stroke(&mut self, colour: Colour) {
        let [r, g, b] = colour.rgb().map(|part| f32::from(part) / 255.0);
        self.content.set_stroke_rgb(r, g, b);
    }

    fn path(&mut self, path: &Path) {
        match path.paint {
            Paint::Fill(colour) => self.fill(colour),
            Paint::Stroke(colour, width) => {
                self.stroke(colour);
                self.content.set_line_width(real(width));
            }
        }
        for step in &path.steps {
            match *step {
                Step::Move(x, y) => self.content.move_to(real(x), real(y)),
                Step::Line(x, y) => self.content.line_to(real(x), real(y)),
                Step::Curve(a, b, c, d, x, y) => {
                    self.content
                        .cubic_to(real(a), real(b), real(c), real(d), real(x), real(y))
                }
                Step::Close => self.content.close_path(),
            };
        }
        match path.paint {
            Paint::Fill(_) => self.content.fill_nonzero(),
            Paint::Stroke(..) => self.content.stroke(),
        };
    }

    fn text(&mut self, run: &Run) {
        self.fill(run.colour);
        let mode = if run.weight > 0 {
            self.stroke(run.colour);
            self.content.set_line_width(real(run.weight));
            TextRenderingMode::FillStroke
        } else {
            TextRenderingMode::Fill
        };
        let (size, x, y) = (real(run.size), real(run.x), real(run.y));
        self.content
            .begin_text()
            .set_font(FONT, 1.0)
            .set_text_rendering_mode(mode)
            .set_char_spacing(real(run.tracking) / size)
            .set_text_matrix([size, 0.0, 0.0, -size, x, y]);
        self.glyphs(&run.text);
        self.content.end_text();
        let mut pen = x;
        for char in run.text.chars() {
            if let Some(index) = self.set.picture(char) {
                self.picture(index, size, pen, y);
            }
            pen += f32::from(advance(char)) / 1000.0 * size + real(run.tracking);
        }
    }

    fn glyphs(&mut self, text: &str) {
        let units = f32::from(self.set.metrics.units_per_em);
        let mut shown = self.content.show_positioned();
        let mut items = shown.items();
        let mut codes: Vec<u8> = Vec::new();
        for char in text.chars() {
            let Some((code, glyph)) = self.set.glyph(char) else {
                continue;
            };
            codes.extend(code.to_be_bytes());
            // The sheet's table is the law, for page and PDF alike.
            let more = f32::from(glyph.advance) * 1000.0 / units - f32::from(advance(char));
            if more != 0.0 {
                items.show(Str(&codes)).adjust(more);
                codes.clear();
            }
        }
        if !codes.is_empty() {
            items.show(Str(&codes));
        }
    }

    /// A picture of a character, its left end at x and its baseline at y.
    fn picture(&mut self, index: usize, size: f32, x: f32, y: f32) {
        let bottom = y + size * (1.0 - f32::from(Picture::BASELINE) / 1000.0);
        self.content
            .save_state()
            .transform([size, 0.0, 0.0, -size, x, bottom]);
        self.content.x_object(Name(picture(index).as_bytes()));
        self.content.restore_state();
    }

    /// A seal is a picture: its characters are outlines, and its words stand in its description.
    fn arc_glyph(&mut self, arc: &ArcGlyph) {
        let (sin, cos) = sin_cos((real(arc.turn) / 1000.0).to_radians());
        let stretch = real(arc.stretch) / 1000.0;
        let size = real(arc.size);
        let matrix = [
            cos * stretch,
            sin * stretch,
            -sin,
            cos,
            real(arc.x),
            real(arc.y),
        ];
        self.content.save_state().transform(matrix);
        if let Some(index) = self.set.picture(arc.char) {
            self.picture(index, size, -size / 2.0, 0.0);
        } else if let Some((_, glyph)) = self.set.glyph(arc.char) {
            let scale = size / f32::from(self.set.metrics.units_per_em);
            let half = f32::from(glyph.advance) * scale / 2.0;
            // Back to the font's units, y upwards.
            self.content
                .transform([scale, 0.0, 0.0, -scale, -half, 0.0]);
            self.fill(arc.colour);
            self.stroke(arc.colour);
            self.content
                .set_line_width((real(arc.weight) / scale).round());
            self.outline(&glyph.outline);
            if arc.weight > 0 {
                self.content.fill_nonzero_and_stroke();
            } else {
                self.content.fill_nonzero();
            }
        }
        self.content.restore_state();
    }

    fn outline(&mut self, outline: &[u8]) {
        for stroke in outline::strokes(outline) {
            match stroke {
                outline::Stroke::Move(p) => self.content.move_to(round(p.x), round(p.y)),
                outline::Stroke::Line(p) => self.content.line_to(round(p.x), round(p.y)),
                outline::Stroke::Curve(a, b, p) => self.content.cubic_to(
                    round(a.x),
                    round(a.y),
                    round(b.x),
                    round(b.y),
                    round(p.x),
                    round(p.y),
                ),
                outline::Stroke::Close => self.content.close_path(),
            };
        }
    }
}

/// A thousandth of an em is fine enough, and shorter to write.
fn round(units: f32) -> f32 {
    units.round()
}
