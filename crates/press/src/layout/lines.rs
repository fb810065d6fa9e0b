//! Breaks Chinese text into lines (避头尾).

use crate::width::advance;

/// Punctuation that starts no line (行首禁则).
const NEVER_FIRST: &str = "，。、；：？！）》〉」』】〕〗］｝”’…—～·,.;:?!)]}%‰";
/// Punctuation that ends no line (行尾禁则).
const NEVER_LAST: &str = "（《〈「『【〔〖［｛“‘([{";
/// Punctuation that fills only the left half of its em.
const LEFT_HALF: &str = "，。、；：）》〉」』】〕〗］｝";
/// Punctuation that fills only the right half of its em.
const RIGHT_HALF: &str = "（《〈「『【〔〖［｛";
/// What stays with the number before it.
const UNITS: &str = "年月日时分秒学门次人个期届号第";

/// A character in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Set {
    pub(crate) char: char,
    /// Part of the holder's name.
    pub(crate) emphasised: bool,
    /// Thousandths of an em that it takes, and more where a line is stretched.
    pub(crate) advance: u16,
    /// May the line end after it?
    pub(crate) breaks: bool,
}

/// A line: its characters, and how wide they are in thousandths of an em.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) chars: Vec<Set>,
    pub(crate) width: u32,
    /// The first of its paragraph.
    pub(crate) first: bool,
    /// The last of its paragraph.
    pub(crate) last: bool,
}

/// Prepares a paragraph: takes out what is invisible, squeezes pairs of punctuation marks, marks
/// every occurrence of `name`, and says where a line may end.
pub(crate) fn prepare(text: &str, name: &str) -> Vec<Set> {
    let chars: Vec<char> = visible(text);
    let name: Vec<char> = visible(name);
    let mut sets: Vec<Set> = chars
        .iter()
        .map(|&char| Set {
            char,
            emphasised: false,
            advance: advance(char),
            breaks: false,
        })
        .collect();
    let mut at = 0;
    while !name.is_empty() && at + name.len() <= chars.len() {
        if chars[at..].starts_with(&name) {
            for set in &mut sets[at..at + name.len()] {
                set.emphasised = true;
            }
            at += name.len();
        } else {
            at += 1;
        }
    }
    for index in 1..sets.len() {
        let (before, here) = (sets[index - 1], sets[index]);
        sets[index - 1].breaks = may_part(before, here, index.checked_sub(2).map(|at| chars[at]));
        if squeezes(before.char, here.char) {
            sets[index - 1].advance = before.advance / 2;
        }
    }
    sets
}

/// Characters that have a glyph: no controls, joiners or variation selectors; one kind of space.
pub(crate) fn visible(text: &str) -> Vec<char> {
    text.chars()
        .map(|char| if char.is_whitespace() { ' ' } else { char })
        .filter(|char| {
            !char.is_control()
                && !matches!(char, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                    | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
                    | '\u{E0000}'..='\u{E0FFF}')
        })
        .collect()
}

fn may_part(before: Set, here: Set, two_before: Option<char>) -> bool {
    let (a, b) = (before.char, here.char);
    if NEVER_FIRST.contains(b) || NEVER_LAST.contains(a) || b == ' ' {
        return false;
    }
    if before.emphasised && here.emphasised {
        return false;
    }
    if a == ' ' {
        // "32 学时" and "2026 年" stay whole.
        return !(two_before.is_some_and(|c| c.is_ascii_digit()) && UNITS.contains(b));
    }
    if a.is_ascii_digit() && UNITS.contains(b) {
        return false;
    }
    !(is_latin(a) && is_latin(b))
}

fn is_latin(char: char) -> bool {
    char != ' ' && char < '\u{2000}' && char != '·'
}

fn squeezes(a: char, b: char) -> bool {
    LEFT_HALF.contains(a) && (LEFT_HALF.contains(b) || RIGHT_HALF.contains(b))
}

/// Breaks a paragraph into lines of at most `measure` thousandths of an em, the first one
/// `indent` shorter. What cannot be parted and is longer than a line is parted all the same: a
/// name after its "·", else anywhere.
pub(crate) fn break_lines(sets: &[Set], measure: u32, indent: u32) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut rest = sets;
    while let Some(start) = rest.iter().position(|set| set.char != ' ') {
        rest = &rest[start..];
        let room = if lines.is_empty() {
            measure.saturating_sub(indent)
        } else {
            measure
        };
        let end = line_end(rest, room);
        let (line, after) = rest.split_at(end);
        lines.push(trimmed(line, lines.is_empty()));
        rest = after;
    }
    if let Some(line) = lines.last_mut() {
        line.last = true;
    }
    lines
}

/// How many characters go on the line; at least one.
fn line_end(sets: &[Set], room: u32) -> usize {
    let mut width = 0;
    let (mut good, mut dot, mut any) = (None, None, 1);
    for (index, set) in sets.iter().enumerate() {
        let seen = width + u32::from(ink(*set));
        if seen > room {
            return good.or(dot).unwrap_or(any);
        }
        width += u32::from(set.advance);
        any = index + 1;
        if set.breaks {
            good = Some(any);
        }
        if set.char == '·' {
            dot = Some(any);
        }
    }
    sets.len()
}

/// The width that a character needs at the end of a line: the empty half of a punctuation mark
/// may stick out.
fn ink(set: Set) -> u16 {
    if LEFT_HALF.contains(set.char) {
        set.advance.min(500)
    } else if set.char == ' ' {
        0
    } else {
        set.advance
    }
}

fn trimmed(chars: &[Set], first: bool) -> Line {
    let end = chars
        .iter()
        .rposition(|set| set.char != ' ')
        .map_or(0, |at| at + 1);
    let chars = chars[..end].to_vec();
    let last = chars
        .last()
        .map_or(0, |&set| u32::from(set.advance - ink(set)));
    let width = chars.iter().map(|set| u32::from(set.advance)).sum::<u32>() - last;
    Line {
        chars,
        width,
        first,
        last: false,
    }
}
