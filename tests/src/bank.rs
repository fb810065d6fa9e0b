//! The sample's question bank, so that a test can answer as somebody would who knows.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// Right answers by the words of the questions.
pub struct Bank {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct File {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    kind: String,
    stem: String,
    #[serde(default)]
    options: Vec<String>,
    answer: Vec<String>,
}

impl Bank {
    /// Reads `questions.toml` of a class folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("questions.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let file: File = toml::from_str(&text)?;
        Ok(Self {
            questions: file.question,
        })
    }

    /// The texts of the right options of the question whose stem stands in `shown`.
    pub fn right(&self, shown: &str) -> Result<Vec<String>> {
        let shown = squeeze(shown);
        let asked = self
            .questions
            .iter()
            .filter(|question| shown.contains(&squeeze(&question.stem)))
            .max_by_key(|question| question.stem.len())
            .context("the question on the page is not in the bank")?;
        asked.right()
    }

    /// Whether exactly one option can be chosen.
    pub fn is_single(&self, shown: &str) -> bool {
        let shown = squeeze(shown);
        self.questions
            .iter()
            .any(|question| question.kind != "multiple" && shown.contains(&squeeze(&question.stem)))
    }
}

impl Question {
    fn right(&self) -> Result<Vec<String>> {
        let texts = if self.kind == "judge" {
            vec!["正确".to_owned(), "错误".to_owned()]
        } else {
            self.options.clone()
        };
        let letters = self.answer.iter().map(|letter| {
            let place = letter
                .bytes()
                .next()
                .and_then(|byte| byte.checked_sub(b'A'));
            let text = place.and_then(|place| texts.get(usize::from(place)));
            text.cloned()
                .with_context(|| format!("{}: no option {letter}", self.stem))
        });
        letters.collect()
    }
}

/// Without any white space: pages wrap and pad, and CSS adds none to the text.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::Bank;

    #[test]
    fn every_question_of_the_sample_has_its_right_options() {
        let bank = Bank::read(&crate::places::sample()).unwrap();
        assert!(bank.questions.len() >= 60);
        for question in &bank.questions {
            assert!(!bank.right(&question.stem).unwrap().is_empty());
        }
    }
}
