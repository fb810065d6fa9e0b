//! Reads TOML with its lines, and gathers complaints.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::media::Medium;

/// What is wrong in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file, relative to the folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What should stand there.
    pub expected: String,
    /// What does.
    pub found: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            expected,
            found,
        } = self;
        write!(f, "{file}:{line}: expected {expected}, found {found}")
    }
}

/// A class folder being read.
pub(super) struct Folder {
    root: PathBuf,
    complaints: RefCell<Vec<Complaint>>,
    media: RefCell<Vec<Medium>>,
}

impl Folder {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            complaints: RefCell::default(),
            media: RefCell::default(),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// All complaints, in the order of files and lines.
    pub(super) fn complaints(&self) -> Vec<Complaint> {
        let mut complaints = self.complaints.borrow().clone();
        complaints.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        complaints
    }

    pub(super) fn complain(
        &self,
        at: &Place,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) {
        let Place { file, line } = at.clone();
        let (expected, found) = (expected.into(), found.into());
        self.complaints.borrow_mut().push(Complaint {
            file,
            line,
            expected,
            found,
        });
    }

    pub(super) fn add_medium(&self, medium: Medium) {
        self.media.borrow_mut().push(medium);
    }

    pub(super) fn media(&self) -> Vec<Medium> {
        self.media.borrow().clone()
    }

    /// Reads a TOML file and hands its table over. Complains if there is none, unless it may be
    /// left out.
    pub(super) fn read(&self, file: &str, optional: bool, read: impl FnOnce(&mut Table<'_>)) {
        let place = |line| Place {
            file: file.to_owned(),
            line,
        };
        let text = match std::fs::read_to_string(self.root.join(file)) {
            Ok(text) => text,
            Err(error) if optional && error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => {
                return self.complain(&place(1), "a file of UTF-8 text", error.to_string());
            }
        };
        let (document, errors) = DeTable::parse_recoverable(&text);
        for error in &errors {
            let line = line_of(&text, error.span().map_or(0, |span| span.start));
            self.complain(&place(line), "TOML", error.message());
        }
        if errors.is_empty() {
            let source = Source {
                folder: self,
                file,
                text: &text,
            };
            let mut table = Table {
                source,
                table: document.get_ref(),
                span: 0..0,
                seen: Vec::new(),
            };
            read(&mut table);
            table.finish();
        }
    }
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

#[derive(Clone, Copy)]
struct Source<'a> {
    folder: &'a Folder,
    file: &'a str,
    text: &'a str,
}

/// A table of a TOML file. Keys that nobody asked for are complained of when it is finished.
pub(super) struct Table<'a> {
    source: Source<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    seen: Vec<&'static str>,
}

impl<'a> Table<'a> {
    pub(super) fn folder(&self) -> &'a Folder {
        self.source.folder
    }

    /// Where the table begins.
    pub(super) fn place(&self) -> Place {
        self.place_of(&self.span)
    }

    /// A value that must be there; `read` turns it into what is `expected`, or refuses.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Option<At<T>> {
        if self.table.contains_key(key) {
            return self.optional(key, expected, read);
        }
        self.seen.push(key);
        self.folder()
            .complain(&self.place(), format!("`{key}`: {expected}"), "no such key");
        None
    }

    /// The same for a value that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Option<At<T>> {
        let value = self.value(key)?;
        let place = self.place_of(&value.span());
        let Some(read) = read(value.get_ref()) else {
            let found = describe(key, value.get_ref());
            self.folder()
                .complain(&place, format!("`{key}`: {expected}"), found);
            return None;
        };
        Some(At { value: read, place })
    }

    /// A table below this one.
    pub(super) fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Table<'a>) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = self.value(key) else {
            self.folder()
                .complain(&self.place(), format!("`[{key}]`: a table"), "no such key");
            return None;
        };
        let span = value.span();
        let Some(table) = value.get_ref().as_table() else {
            let found = describe(key, value.get_ref());
            self.folder()
                .complain(&self.place_of(&span), format!("`[{key}]`: a table"), found);
            return None;
        };
        let mut table = Table {
            source: self.source,
            table,
            span,
            seen: Vec::new(),
        };
        let read = read(&mut table);
        table.finish();
        read
    }

    /// A list of tables below this one; none at all is an empty list. What cannot be read is left
    /// out, with its complaints made.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Table<'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let expected = format!("`[[{key}]]`: a list of tables");
        let Some(list) = value.get_ref().as_array() else {
            let found = describe(key, value.get_ref());
            self.folder()
                .complain(&self.place_of(&value.span()), expected, found);
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in list.iter() {
            let span = item.span();
            let Some(table) = item.get_ref().as_table() else {
                let found = describe(key, item.get_ref());
                self.folder()
                    .complain(&self.place_of(&span), expected.as_str(), found);
                continue;
            };
            let mut table = Table {
                source: self.source,
                table,
                span,
                seen: Vec::new(),
            };
            all.extend(read(&mut table));
            table.finish();
        }
        all
    }

    /// The same where an empty list is complained of.
    pub(super) fn some_tables<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Table<'a>) -> Option<T>,
    ) -> Vec<T> {
        let list = self
            .table
            .get(key)
            .and_then(|value| value.get_ref().as_array());
        if !self.table.contains_key(key) || list.is_some_and(|list| list.is_empty()) {
            let expected = format!("`[[{key}]]`: at least one");
            self.folder().complain(&self.place(), expected, "none");
        }
        self.tables(key, read)
    }

    fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.seen.push(key);
        self.table.get(key)
    }

    fn finish(&self) {
        for (key, _) in self.table {
            if !self.seen.iter().any(|seen| *seen == key.get_ref().as_ref()) {
                let known: Vec<String> = self.seen.iter().map(|key| format!("`{key}`")).collect();
                let place = self.place_of(&key.span());
                let expected = format!("one of {}", known.join(", "));
                self.folder().complain(
                    &place,
                    expected,
                    format!("the unknown key `{}`", key.get_ref()),
                );
            }
        }
    }

    fn place_of(&self, span: &Range<usize>) -> Place {
        Place {
            file: self.source.file.to_owned(),
            line: line_of(self.source.text, span.start),
        }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// What stands there, short; never what is secret or personal.
fn describe(key: &str, value: &DeValue<'_>) -> String {
    if ["password", "id_number"].contains(&key) {
        return "something else (not shown)".to_owned();
    }
    match value {
        DeValue::String(text) => {
            let start: String = text.chars().take(40).collect();
            let more = if text.chars().count() > 40 { "…" } else { "" };
            format!("text \"{start}{more}\"")
        }
        DeValue::Integer(number) => format!("number {}", number.as_str()),
        DeValue::Float(number) => format!("number {}", number.as_str()),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(time) => format!("date or time {time}"),
        DeValue::Array(list) => format!("a list of {}", list.iter().count()),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// Text with something in it besides spaces.
pub(super) fn text(value: &DeValue<'_>) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

/// Text of at most so many characters.
pub(super) fn short(most: usize) -> impl Fn(&DeValue<'_>) -> Option<String> {
    move |value| text(value).filter(|text| text.chars().count() <= most)
}

/// An id.
pub(super) fn id(value: &DeValue<'_>) -> Option<String> {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    value
        .as_str()
        .filter(|id| (1..=64).contains(&id.len()) && !id.starts_with('-'))
        .filter(|id| id.bytes().all(|byte| inner(byte) || byte == b'-'))
        .map(str::to_owned)
}

/// What an id looks like, for complaints.
pub(super) const ID: &str = "an id of a-z, 0-9 and -, 1 to 64 characters";

/// A whole number within bounds.
pub(super) fn whole(least: u32, most: u32) -> impl Fn(&DeValue<'_>) -> Option<u32> {
    move |value| {
        let number = value.as_integer()?;
        let digits = number.as_str().replace('_', "");
        let number = u32::from_str_radix(&digits, number.radix()).ok()?;
        (least..=most).contains(&number).then_some(number)
    }
}

/// A list of texts.
pub(super) fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|item| text(item.get_ref()))
        .collect()
}

/// A path that stays inside the folder: no root, no `..`.
pub(super) fn path(value: &DeValue<'_>) -> Option<PathBuf> {
    let path = PathBuf::from(text(value)?);
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    inside.then_some(path)
}
