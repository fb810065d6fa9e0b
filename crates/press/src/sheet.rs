//! The sheet: what stands where on the paper, and nothing of how it is drawn.

/// A length in micrometres; the origin is the paper's top left corner, y grows downwards.
/// Whole numbers, so that page and PDF cannot differ by a rounding, nor one machine from another.
pub type Um = i32;

/// Millimetres as [`Um`].
pub(crate) fn um(mm: f32) -> Um {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a sheet is far smaller than 2 km"
    )]
    let um = (mm * 1000.0).round() as Um;
    um
}

/// A laid-out certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Title of the document: the certificate's own, and the holder's name.
    pub title: String,
    /// The bodies that issue it.
    pub author: String,
    /// Day of issue, `YYYY-MM-DD`.
    pub issued_on: String,
    /// Width of the paper.
    pub width: Um,
    /// Height of the paper.
    pub height: Um,
    /// What stands on it, in reading order, which is the order of painting too.
    pub parts: Vec<Part>,
}

impl Sheet {
    /// Every character that needs a glyph, sorted, each once.
    pub fn chars(&self) -> Vec<char> {
        let mut chars: Vec<char> = Vec::new();
        let mut add = |char| {
            if let Err(place) = chars.binary_search(&char) {
                chars.insert(place, char);
            }
        };
        for mark in self.parts.iter().flat_map(|part| &part.marks) {
            match mark {
                Mark::Text(run) => run.text.chars().for_each(&mut add),
                Mark::Arc(glyphs) => glyphs.iter().map(|glyph| glyph.char).for_each(&mut add),
                Mark::Path(_) | Mark::Photo(_) => {}
            }
        }
        chars
    }
}

/// A part of the sheet with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is to a reader.
    pub role: Role,
    /// What is drawn.
    pub marks: Vec<Mark>,
}

/// What a part is to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Ornament: nothing to read.
    Ornament,
    /// The title.
    Title,
    /// A paragraph.
    Paragraph,
    /// A picture, and what it shows in words.
    Figure(Caption),
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caption {
    /// The holder's photo.
    Photo,
    /// A seal with this text.
    Seal(String),
}

/// One thing that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Text on a straight line.
    Text(Run),
    /// Characters on an arc.
    Arc(Vec<ArcGlyph>),
    /// A line or an area.
    Path(Path),
    /// Where the holder's photo goes, which covers all of it and is cut at its edges.
    Photo(Rect),
}

/// Text on a straight line, in one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text; never empty.
    pub text: String,
    /// Left end of the baseline.
    pub x: Um,
    /// The baseline.
    pub y: Um,
    /// The em.
    pub size: Um,
    /// Added after each character.
    pub tracking: Um,
    /// From the left end to the right edge of the last character.
    pub width: Um,
    /// Colour.
    pub colour: Colour,
    /// Width of an outline in the same colour, which makes the text heavier; 0 for none.
    pub weight: Um,
}

/// A character on an arc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArcGlyph {
    /// The character.
    pub char: char,
    /// Centre of its baseline.
    pub x: Um,
    /// Centre of its baseline.
    pub y: Um,
    /// How far it is turned clockwise, in thousandths of a degree.
    pub turn: i32,
    /// The em.
    pub size: Um,
    /// Its width in thousandths of the natural one.
    pub stretch: i32,
    /// Width of an outline in the same colour; 0 for none.
    pub weight: Um,
    /// Colour.
    pub colour: Colour,
}

impl ArcGlyph {
    /// SVG's `transform` from a glyph that is centred on the origin, in the units of [`svg`].
    pub fn transform(&self) -> String {
        format!(
            "translate({} {})rotate({})scale({} 1)",
            svg(self.x),
            svg(self.y),
            decimal(self.turn, 1000),
            decimal(self.stretch, 1000)
        )
    }
}

/// A length in hundredths of a millimetre, as SVG writes it. In these units sizes of text are
/// some hundreds: browsers take no size above 10,000, and may raise one below 12.
pub fn svg(length: Um) -> String {
    decimal(length, 10)
}

/// `value` / `unit`, exactly; `unit` is a power of ten.
fn decimal(value: i32, unit: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let mut text = format!("{sign}{}", value / unit);
    if !value.is_multiple_of(unit) {
        // One more in front keeps the zeros after the point.
        text.push('.');
        text.push_str(&(value % unit + unit).to_string()[1..]);
    }
    text
}

/// A line or an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Its steps, the first a [`Step::Move`].
    pub steps: Vec<Step>,
    /// How it is painted.
    pub paint: Paint,
}

impl Path {
    /// SVG's path data, in the units of [`svg`].
    pub fn data(&self) -> String {
        let mut text = String::new();
        let point = |x, y| format!("{} {}", svg(x), svg(y));
        for step in &self.steps {
            text.push_str(&match *step {
                Step::Move(x, y) => format!("M{}", point(x, y)),
                Step::Line(x, y) => format!("L{}", point(x, y)),
                Step::Curve(a, b, c, d, x, y) => {
                    format!("C{} {} {}", point(a, b), point(c, d), point(x, y))
                }
                Step::Close => "Z".to_owned(),
            });
        }
        text
    }
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a point, drawing nothing.
    Move(Um, Um),
    /// Straight to a point.
    Line(Um, Um),
    /// By two control points to a third point: a cubic Bézier curve.
    Curve(Um, Um, Um, Um, Um, Um),
    /// Back to where the last move went.
    Close,
}

/// How a path is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Its inside (non-zero winding).
    Fill(Colour),
    /// Its line, this wide.
    Stroke(Colour, Um),
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: Um,
    /// Upper edge.
    pub y: Um,
    /// Width.
    pub width: Um,
    /// Height.
    pub height: Um,
}

/// The few colours of a certificate. They are the paper's own and follow no theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Text.
    Ink,
    /// Labels.
    Soft,
    /// Border and ornament.
    Gold,
    /// Seals.
    Red,
}

impl Colour {
    /// Red, green and blue.
    pub const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Ink => [0x1E, 0x22, 0x27],
            Self::Soft => [0x56, 0x5C, 0x64],
            Self::Gold => [0xA8, 0x84, 0x4A],
            Self::Red => [0xB5, 0x12, 0x1B],
        }
    }

    /// As CSS writes it.
    pub const fn css(self) -> &'static str {
        match self {
            Self::Ink => "#1e2227",
            Self::Soft => "#565c64",
            Self::Gold => "#a8844a",
            Self::Red => "#b5121b",
        }
    }
}
