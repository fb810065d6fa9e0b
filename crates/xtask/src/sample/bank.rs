//! The question bank against what the sample class promises of it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use serde::Deserialize;

use super::lesson::read;

/// Fewest questions of each kind: a few papers' worth, so that a second attempt is another paper.
const FEWEST: [(&str, usize); 3] = [("single", 33), ("multiple", 15), ("judge", 18)];

#[derive(Deserialize)]
struct Bank {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    kind: String,
    stem: String,
    #[serde(default)]
    options: Vec<String>,
    answer: Vec<String>,
    explanation: String,
    basis: String,
}

/// Checks `questions.toml` in the folder `sample`.
///
/// # Errors
/// Says which question breaks which promise.
pub(super) fn check(sample: &Path) -> Result<()> {
    let bank: Bank = read(&sample.join("questions.toml"))?;
    let mut stems = BTreeMap::new();
    let mut right: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for question in &bank.question {
        let id = &question.id;
        if let Some(other) = stems.insert(&question.stem, id) {
            anyhow::bail!("{id} asks what {other} asks");
        }
        let (choices, answers) = match question.kind.as_str() {
            "single" => (4, 1..=1),
            "multiple" => (4, 2..=4),
            _ => (0, 1..=1),
        };
        ensure!(
            question.options.len() == choices,
            "{id}: not {choices} options"
        );
        ensure!(
            answers.contains(&question.answer.len()),
            "{id}: wrong number of answers"
        );
        let last = if choices == 0 { "B" } else { "D" };
        ensure!(
            question
                .answer
                .iter()
                .all(|a| a.len() == 1 && ("A"..=last).contains(&a.as_str())),
            "{id}: an answer that is no option"
        );
        ensure!(
            question.answer.is_sorted_by(|a, b| a < b),
            "{id}: answers out of order"
        );
        ensure!(
            question.basis.starts_with('《') && question.basis.ends_with('条'),
            "{id}: rests on no article"
        );
        ensure!(!question.explanation.is_empty(), "{id}: unexplained");
        for answer in &question.answer {
            *right.entry((&question.kind, answer)).or_default() += 1;
        }
    }
    for (kind, fewest) in FEWEST {
        let count = bank.question.iter().filter(|q| q.kind == kind).count();
        ensure!(
            count >= fewest,
            "{count} questions of kind {kind}, not {fewest}"
        );
        // Whoever always ticks the same place must fail.
        let often = right
            .iter()
            .filter(|((k, _), _)| *k == kind)
            .map(|(_, n)| *n);
        let limit = if kind == "single" {
            count * 2 / 5
        } else {
            count * 9 / 10
        };
        ensure!(
            often.max().unwrap_or_default() <= limit,
            "{kind}: the right option stands too often in one place"
        );
    }
    Ok(())
}
