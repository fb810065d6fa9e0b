//! Pages of lists, by opaque cursors.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::failure::{Failure, Reply};

/// Asks for a page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// `next_cursor` of the page before; without it the first page.
    cursor: Option<String>,
}

impl PageParams {
    /// Where the page of this list begins.
    pub(crate) fn cursor(&self, list: &str) -> Reply<Cursor> {
        match &self.cursor {
            None => Ok(Cursor {
                at: i64::MAX,
                id: String::new(),
            }),
            Some(text) => Cursor::read(list, text)
                .ok_or_else(|| Failure::request("`cursor` is not one that this list gave out")),
        }
    }
}

/// The last row of a page, in a list sorted by time, latest first, then id.
#[derive(Debug, PartialEq)]
pub(crate) struct Cursor {
    pub(crate) at: i64,
    pub(crate) id: String,
}

impl Cursor {
    /// Cuts the rows, of which one more than a page was read, to the page, with the next cursor of
    /// this list.
    pub(crate) fn cut<T>(
        list: &str,
        mut rows: Vec<T>,
        page_size: u32,
        at: impl Fn(&T) -> Self,
    ) -> (Vec<T>, Option<String>) {
        let page_size = usize::try_from(page_size).unwrap_or(usize::MAX);
        if rows.len() <= page_size {
            return (rows, None);
        }
        rows.truncate(page_size);
        let next = rows.last().map(|row| at(row).text(list));
        (rows, next)
    }

    fn text(&self, list: &str) -> String {
        crate::hex(format!("{list}:{}:{}", self.at, self.id).as_bytes())
    }

    fn read(list: &str, text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if !digits.len().is_multiple_of(2) {
            return None;
        }
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
        let text = String::from_utf8(bytes?).ok()?;
        let text = text.strip_prefix(list)?.strip_prefix(':')?;
        let (at, id) = text.split_once(':').filter(|(_, id)| !id.contains('\0'))?;
        Some(Self {
            at: at.parse().ok()?,
            id: id.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn a_cursor_comes_back_as_it_went_out_and_nothing_else_passes_for_one() {
        let cursor = Cursor {
            at: 1_795_336_200_007,
            id: "e-王".into(),
        };
        let text = cursor.text("list");
        assert_eq!(Cursor::read("other", &text), None);
        assert_eq!(Cursor::read("li", &text), None);
        assert_eq!(Cursor::read("list", &text), Some(cursor));
        for wrong in ["", "0", "zz", "ff", "+1", "abc", "31323a", "企业"] {
            assert_eq!(Cursor::read("list", wrong), None, "{wrong}");
        }
    }
}
