//! questions.toml.

use contract::{OptionId, QuestionKind, QuestionOption};
use toml::de::DeValue;

use super::class::{ClassEntry, KIND, kind};
use super::course::unique;
use super::source::{At, Folder};
use super::table::Table;
use super::values::{ID, id, text, texts};
use crate::documents::{QuestionDocument, kind_name};

/// A question as its folder gives it.
pub(super) struct QuestionEntry {
    pub(super) id: At<String>,
    pub(super) kind: QuestionKind,
    pub(super) document: QuestionDocument,
}

pub(super) fn read(folder: &Folder, class: Option<&ClassEntry>) -> Vec<QuestionEntry> {
    let before = folder.complaints().len();
    let mut questions = Vec::new();
    folder.read("questions.toml", false, |table| {
        questions = table.some_tables("question", read_question);
    });
    unique(
        folder,
        questions.iter().map(|question| &question.id),
        "question",
    );
    // With broken questions in the bank, a short count would only be their echo.
    if let Some(class) = class.filter(|_| folder.complaints().len() == before) {
        check_draws(folder, class, &questions);
    }
    questions
}

fn check_draws(folder: &Folder, class: &ClassEntry, questions: &[QuestionEntry]) {
    let draws = &class.document.exam.draw;
    for (i, (draw, place)) in draws.iter().zip(&class.draws_at).enumerate() {
        if draws[..i].iter().any(|earlier| earlier.kind == draw.kind) {
            folder.complain(
                place,
                "`kind`: one draw for each",
                format!("a second {}", kind_name(draw.kind)),
            );
        }
        let bank = questions
            .iter()
            .filter(|question| question.kind == draw.kind)
            .count();
        if bank < usize::try_from(draw.count).unwrap_or(usize::MAX) {
            let name = kind_name(draw.kind);
            let expected =
                format!("`count`: at most {bank}, the {name} questions in questions.toml");
            folder.complain(place, expected, format!("number {}", draw.count));
        }
    }
}

fn read_question(table: &mut Table<'_>) -> Option<QuestionEntry> {
    let question_id = table.required("id", ID, id);
    let kind = table.required("kind", KIND, kind);
    let stem = table.required("stem", "text", text);
    const LIST: &str = "a list of 2 to 8 different texts";
    let list = |value: &DeValue<'_>| {
        texts(value).filter(|options| (2..=8).contains(&options.len()) && different(options))
    };
    let options = match kind.as_ref().map(|kind| kind.value) {
        Some(QuestionKind::Judge) => Some(vec!["正确".to_owned(), "错误".to_owned()]),
        Some(_) => table
            .required("options", LIST, list)
            .map(|options| options.value),
        None => table
            .optional("options", LIST, list)
            .map(|options| options.value),
    };
    let answer = table.required("answer", "a list of letters such as [\"B\"]", texts);
    let explanation = table.required("explanation", "text", text);
    let basis = table.required("basis", "text", text);
    let (kind, options, answer) = (kind?, options?, answer?);

    let letters = || ('A'..).take(options.len()).map(String::from);
    let many = match kind.value {
        QuestionKind::Multiple => 2..=options.len(),
        QuestionKind::Single | QuestionKind::Judge => 1..=1,
    };
    let known = answer
        .value
        .iter()
        .all(|letter| letters().any(|known| known == *letter));
    if !known || !different(&answer.value) || !many.contains(&answer.value.len()) {
        let count = match kind.value {
            QuestionKind::Multiple => "at least two different letters",
            QuestionKind::Single | QuestionKind::Judge => "one letter",
        };
        let last = letters().last().unwrap_or_default();
        let expected = format!("`answer`: {count} from A to {last}");
        table
            .folder()
            .complain(&answer.place, expected, format!("{:?}", answer.value));
        return None;
    }
    let options = letters()
        .zip(&options)
        .map(|(letter, text)| QuestionOption {
            id: OptionId(letter),
            text: text.clone(),
        });
    let document = QuestionDocument {
        stem: stem?.value,
        options: options.collect(),
        right: answer.value.into_iter().map(OptionId).collect(),
        explanation: explanation?.value,
        basis: basis?.value,
    };
    Some(QuestionEntry {
        id: question_id?,
        kind: kind.value,
        document,
    })
}

fn different(texts: &[String]) -> bool {
    texts
        .iter()
        .enumerate()
        .all(|(i, text)| !texts[..i].contains(text))
}
