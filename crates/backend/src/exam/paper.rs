//! A paper: drawn at random from the bank, and from then on the attempt's own, so that a bank
//! loaded later does not change it.

use contract::{ClassId, OptionId, Question, QuestionId, QuestionKind};
use domain::grading::Key;
use rand::seq::{IndexedRandom, SliceRandom};
use serde::{Deserialize, Serialize};

use crate::db::Conn;
use crate::documents::{ExamDocument, QuestionDocument, kind_name};
use crate::failure::Reply;

/// What an attempt is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Paper {
    pub(super) class_title: String,
    pub(super) title: String,
    pub(super) pass_mark: u32,
    pub(super) items: Vec<Item>,
}

/// A question with its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) question: Question,
    pub(super) right: Vec<OptionId>,
    pub(super) explanation: String,
    pub(super) basis: String,
}

impl Paper {
    /// Draws what the class asks for, in its order; options shuffled, except those of a judgement.
    pub(super) async fn draw(
        tx: &mut Conn,
        class: &ClassId,
        class_title: &str,
        exam: &ExamDocument,
    ) -> Reply<Self> {
        let mut items = Vec::new();
        for draw in &exam.draw {
            let bank: Vec<(String, String)> = sqlx::query_as(
                "SELECT id, document FROM questions WHERE class_id = $1 AND kind = $2 AND retired = 0 ORDER BY id",
            )
            .bind(class.as_str())
            .bind(kind_name(draw.kind))
            .fetch_all(&mut *tx)
            .await?;
            let count = usize::try_from(draw.count).unwrap_or(usize::MAX);
            for (id, document) in bank.sample(&mut rand::rng(), count) {
                items.push(item(
                    id,
                    draw.kind,
                    draw.marks,
                    serde_json::from_str(document)?,
                ));
            }
        }
        Ok(Self {
            class_title: class_title.to_owned(),
            title: exam.title.clone(),
            pass_mark: exam.pass_mark,
            items,
        })
    }

    pub(super) fn questions(&self) -> Vec<Question> {
        self.items
            .iter()
            .map(|item| item.question.clone())
            .collect()
    }

    pub(super) fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.items
            .iter()
            .map(|item| &item.question)
            .find(|question| question.id == *id)
    }

    pub(super) fn ids(&self) -> Vec<QuestionId> {
        self.items
            .iter()
            .map(|item| item.question.id.clone())
            .collect()
    }

    pub(super) fn keys(&self) -> Vec<Key> {
        let key = |item: &Item| Key {
            question: item.question.id.clone(),
            kind: item.question.kind,
            marks: item.question.marks,
            right: item.right.clone(),
        };
        self.items.iter().map(key).collect()
    }
}

fn item(id: &str, kind: QuestionKind, marks: u32, document: QuestionDocument) -> Item {
    let mut options = document.options;
    if kind != QuestionKind::Judge {
        options.shuffle(&mut rand::rng());
    }
    Item {
        question: Question {
            id: id.into(),
            kind,
            stem: document.stem,
            options,
            marks,
        },
        right: document.right,
        explanation: document.explanation,
        basis: document.basis,
    }
}
