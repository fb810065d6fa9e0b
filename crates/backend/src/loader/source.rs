//! A class folder being read: its files, and what is wrong with them.

use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::media::Medium;
use super::table::Table;

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
            Table::whole(self, file, &text, document.get_ref(), read);
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

/// The line, from 1, on which a byte stands.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
