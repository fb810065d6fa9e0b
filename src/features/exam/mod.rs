//! The exam: before it, the sitting, its result. View of `domain::exam`.

mod answers;
mod attempts;
mod bar;
mod before;
mod hand_in;
mod overview;
mod question;
mod result;
mod room;
mod sitting;

pub(crate) use attempts::AttemptTable;
pub(crate) use before::{ExamFacts, Instructions, StartPanel};
pub(crate) use result::ExamResult;
pub(crate) use room::ExamRoom;
pub(crate) use sitting::use_sitting;

use contract::QuestionKind;
use domain::exam::Kept;

use crate::i18n::Texts;

/// A kind of question in words.
fn kind_name(texts: &Texts, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single => texts.single,
        QuestionKind::Multiple => texts.multiple,
        QuestionKind::Judge => texts.judge,
    }
}

/// Where an answer is, in words.
fn kept_words(texts: &Texts, kept: Kept) -> &'static str {
    match kept {
        Kept::Memory => texts.kept_memory,
        Kept::Device => texts.kept_device,
        Kept::Server => texts.kept_server,
        Kept::Unsaved => texts.kept_unsaved,
        Kept::Refused => texts.kept_refused,
        Kept::Late => texts.kept_late,
    }
}

/// What people call the option at this place.
fn letter(place: usize) -> char {
    u8::try_from(place)
        .ok()
        .filter(|place| *place < 26)
        .map_or(' ', |place| char::from(b'A' + place))
}
