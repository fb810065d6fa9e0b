//! An attempt in the database: reading it, its answers, and closing it.

use std::collections::BTreeSet;

use contract::{
    Answer, AnswerPut, AttemptId, ClassId, HandInBy, OptionId, PersonId, QuestionId, Receipt,
    Timestamp,
};
use domain::grading::{self, Arrival, Verdict};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::certificate;
use crate::db::{Conn, from_db, to_db};
use crate::failure::Reply;
use crate::hex;

use super::paper::Paper;

/// One person's attempt.
pub(super) struct Sitting {
    pub(super) id: AttemptId,
    pub(super) person: PersonId,
    pub(super) class: ClassId,
    pub(super) number: u32,
    pub(super) started_at: Timestamp,
    pub(super) deadline: Timestamp,
    pub(super) grace_ms: u64,
    pub(super) paper: Paper,
    pub(super) closing: Option<Closing>,
}

/// How an attempt ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Closing {
    pub(super) receipt: Receipt,
    pub(super) passed: bool,
    /// Marks for each question, in the order of the paper.
    pub(super) marks: Vec<u32>,
}

type Row = (
    String,
    String,
    String,
    i64,
    i64,
    i64,
    i64,
    String,
    Option<String>,
);

/// Who has passed in a class and holds no certificate of it.
pub(crate) async fn passed_without_certificate(
    tx: &mut Conn,
    class: &ClassId,
) -> Reply<BTreeSet<PersonId>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT a.person_id, a.closing FROM attempts a WHERE a.class_id = $1 \
         AND a.closing IS NOT NULL AND NOT EXISTS (SELECT 1 FROM certificates c \
             WHERE c.person_id = a.person_id AND c.class_id = a.class_id)",
    )
    .bind(class.as_str())
    .fetch_all(tx)
    .await?;
    let mut passed = BTreeSet::new();
    for (person, closing) in rows {
        if serde_json::from_str::<Closing>(&closing)?.passed {
            passed.insert(PersonId(person));
        }
    }
    Ok(passed)
}

impl Sitting {
    /// The person's attempt of that id.
    pub(super) async fn find(
        tx: &mut Conn,
        person: &PersonId,
        id: &AttemptId,
    ) -> Reply<Option<Self>> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, person_id, class_id, number, started_at, deadline, grace_ms, paper, closing \
             FROM attempts WHERE id = $1 AND person_id = $2",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .fetch_optional(tx)
        .await?;
        row.map(Self::from_row).transpose()
    }

    /// The person's attempts in a class, oldest first.
    pub(super) async fn of_class(
        tx: &mut Conn,
        person: &PersonId,
        class: &ClassId,
    ) -> Reply<Vec<Self>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, person_id, class_id, number, started_at, deadline, grace_ms, paper, closing \
             FROM attempts WHERE person_id = $1 AND class_id = $2 ORDER BY number",
        )
        .bind(person.as_str())
        .bind(class.as_str())
        .fetch_all(tx)
        .await?;
        rows.into_iter().map(Self::from_row).collect()
    }

    fn from_row(row: Row) -> Reply<Self> {
        let (id, person, class, number, started_at, deadline, grace_ms, paper, closing) = row;
        Ok(Self {
            id: id.into(),
            person: person.into(),
            class: class.into(),
            number: u32::try_from(number).unwrap_or(u32::MAX),
            started_at: Timestamp(from_db(started_at)),
            deadline: Timestamp(from_db(deadline)),
            grace_ms: from_db(grace_ms),
            paper: serde_json::from_str(&paper)?,
            closing: closing
                .map(|closing| serde_json::from_str(&closing))
                .transpose()?,
        })
    }

    /// Whether it ought to have handed itself in by now.
    pub(super) fn due(&self, now: Timestamp) -> bool {
        self.closing.is_none()
            && grading::arrival(now, self.deadline, self.grace_ms) == Arrival::Late
    }

    /// Every answer that is kept, late ones too, in the order of the paper.
    pub(super) async fn answers(&self, tx: &mut Conn) -> Reply<Vec<Answer>> {
        let rows: Vec<(String, i64, i64, String)> = sqlx::query_as(
            "SELECT question_id, late, seq, choice FROM answers WHERE attempt_id = $1 ORDER BY late",
        )
        .bind(self.id.as_str())
        .fetch_all(tx)
        .await?;
        let mut answers = Vec::with_capacity(rows.len());
        for (question, late, seq, choice) in rows {
            let choice: Vec<OptionId> = serde_json::from_str(&choice)?;
            answers.push(Answer {
                question: question.into(),
                seq: from_db(seq),
                choice,
                late: late != 0,
            });
        }
        let ids = self.paper.ids();
        answers.sort_by_key(|answer| ids.iter().position(|id| *id == answer.question));
        Ok(answers)
    }

    /// Takes a write as the domain's rule says; replies what is kept after it. `kept` is what
    /// [`Self::answers`] gave, before any write to this question.
    pub(super) async fn take(
        &self,
        tx: &mut Conn,
        now: Timestamp,
        kept: &[Answer],
        question: &QuestionId,
        put: &AnswerPut,
    ) -> Reply<Answer> {
        let kept = kept.iter().filter(|answer| answer.question == *question);
        let kept = kept.max_by_key(|answer| answer.seq);
        let closed = self.closing.is_some();
        match grading::accept(
            now,
            self.deadline,
            self.grace_ms,
            closed,
            kept,
            put,
            question,
        ) {
            Verdict::Keep(answer) => {
                self.keep(tx, now, &answer).await?;
                Ok(answer)
            }
            Verdict::Stale => Ok(kept.cloned().unwrap_or_else(|| Answer {
                question: question.clone(),
                seq: put.seq,
                choice: put.choice.clone(),
                late: closed,
            })),
        }
    }

    async fn keep(&self, tx: &mut Conn, now: Timestamp, answer: &Answer) -> Reply<()> {
        sqlx::query(
            "INSERT INTO answers (attempt_id, question_id, late, seq, choice, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (attempt_id, question_id, late) \
             DO UPDATE SET seq = excluded.seq, choice = excluded.choice, received_at = excluded.received_at",
        )
        .bind(self.id.as_str())
        .bind(answer.question.as_str())
        .bind(i64::from(answer.late))
        .bind(to_db(answer.seq))
        .bind(serde_json::to_string(&answer.choice)?)
        .bind(to_db(now.0))
        .execute(tx)
        .await?;
        Ok(())
    }

    /// Closes and grades it; whoever passes gets the certificate in the same transaction.
    /// An attempt that its deadline closed bears the deadline as its time, and so does the
    /// certificate, whenever it was noticed.
    pub(super) async fn close(&mut self, tx: &mut Conn, now: Timestamp, by: HandInBy) -> Reply<()> {
        let at = match by {
            HandInBy::Candidate => now,
            HandInBy::Deadline => self.deadline,
        };
        let answers = self.answers(tx).await?;
        let ids = self.paper.ids();
        let answered = ids.iter().filter(|id| {
            grading::counting(id, &answers).is_some_and(|answer| !answer.choice.is_empty())
        });
        let receipt = Receipt {
            at,
            by,
            answered: u32::try_from(answered.count()).unwrap_or(u32::MAX),
            of: u32::try_from(ids.len()).unwrap_or(u32::MAX),
            digest: hex(&Sha256::digest(grading::digest_text(&ids, &answers))),
        };
        let graded = grading::grade(&self.paper.keys(), &answers);
        let marks: Vec<u32> = graded.into_iter().map(|graded| graded.marks).collect();
        let passed = grading::passes(marks.iter().sum(), self.paper.pass_mark);
        let closing = Closing {
            receipt,
            passed,
            marks,
        };
        sqlx::query("UPDATE attempts SET closed_at = $1, closing = $2 WHERE id = $3")
            .bind(to_db(at.0))
            .bind(serde_json::to_string(&closing)?)
            .bind(self.id.as_str())
            .execute(&mut *tx)
            .await?;
        self.closing = Some(closing);
        if passed {
            certificate::issue_if_due(tx, &self.person, &self.class, at).await?;
        }
        Ok(())
    }
}
