//! Tables of a TOML file: values taken by key, each with its line, and complaints where they are
//! not what was expected.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::{At, Folder, Place, line_of};

/// Where a table comes from.
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
    /// Hands the table of a whole file over.
    pub(super) fn whole(
        folder: &'a Folder,
        file: &'a str,
        text: &'a str,
        table: &'a DeTable<'a>,
        read: impl FnOnce(&mut Self),
    ) {
        let source = Source { folder, file, text };
        let mut table = Self {
            source,
            table,
            span: 0..0,
            seen: Vec::new(),
        };
        read(&mut table);
        table.finish();
    }

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
