//! What a candidate sees of an attempt: never a key before the policy lets it out.

use axum::extract::State;
use contract::{
    Attempt, AttemptId, AttemptState, AttemptSummary, ClassId, ErrorCode, Outcome, PersonId,
    ReviewItem, Timestamp,
};

use crate::app::App;
use crate::db::Conn;
use crate::documents::{ClassDocument, ResultPolicy};
use crate::extract::Ids;
use crate::failure::Reply;
use crate::openapi::{TAG_EXAM, problems};
use crate::session::Signed;

use super::deadline::settle;
use super::sitting::{Closing, Sitting};

problems! { Problems = NotSignedIn NotFound; }

/// An attempt: questions, answers, deadline, and after hand-in what the policy shows.
#[utoipa::path(get, path = "/api/v1/attempts/{attempt}", operation_id = "readAttempt", tag = TAG_EXAM, security(("session" = [])),
    params(("attempt" = String, Path, description = "Attempt id.")),
    responses((status = 200, body = Attempt, description = "The attempt."), Problems))]
pub(super) async fn read(
    State(app): State<App>,
    signed: Signed,
    Ids(id): Ids<AttemptId>,
) -> Reply<axum::Json<Attempt>> {
    settle(&app, &signed.person).await?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let sitting = Sitting::find(&mut tx, &signed.person, &id)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok(axum::Json(attempt(&mut tx, now, &sitting).await?))
}

/// The person's attempts in a class.
pub(crate) async fn summaries(
    tx: &mut Conn,
    person: &PersonId,
    class: &ClassId,
    policy: ResultPolicy,
) -> Reply<Vec<AttemptSummary>> {
    let sittings = Sitting::of_class(tx, person, class).await?;
    let summary = |sitting: Sitting| AttemptSummary {
        id: sitting.id,
        number: sitting.number,
        started_at: sitting.started_at,
        deadline: sitting.deadline,
        state: state(sitting.closing.as_ref(), policy),
    };
    Ok(sittings.into_iter().map(summary).collect())
}

/// An attempt as its candidate sees it now.
pub(super) async fn attempt(tx: &mut Conn, now: Timestamp, sitting: &Sitting) -> Reply<Attempt> {
    let (document,): (String,) = sqlx::query_as("SELECT document FROM classes WHERE id = $1")
        .bind(sitting.class.as_str())
        .fetch_one(&mut *tx)
        .await?;
    let document: ClassDocument = serde_json::from_str(&document)?;
    let policy = document.exam.result;
    let reviewed = sitting
        .closing
        .as_ref()
        .filter(|_| policy == ResultPolicy::ScoreAndReview);
    Ok(Attempt {
        id: sitting.id.clone(),
        class_id: sitting.class.clone(),
        class_title: sitting.paper.class_title.clone(),
        title: sitting.paper.title.clone(),
        number: sitting.number,
        now,
        started_at: sitting.started_at,
        deadline: sitting.deadline,
        state: state(sitting.closing.as_ref(), policy),
        questions: sitting.paper.questions(),
        answers: sitting.answers(tx).await?,
        review: reviewed.map(|closing| review(sitting, closing)),
    })
}

fn state(closing: Option<&Closing>, policy: ResultPolicy) -> AttemptState {
    let Some(closing) = closing else {
        return AttemptState::Open;
    };
    let marks = (policy != ResultPolicy::PassOnly).then(|| closing.marks.iter().sum());
    let outcome = if closing.passed {
        Outcome::Passed { marks }
    } else {
        Outcome::Failed { marks }
    };
    AttemptState::HandedIn {
        receipt: closing.receipt.clone(),
        outcome,
    }
}

fn review(sitting: &Sitting, closing: &Closing) -> Vec<ReviewItem> {
    let items = sitting.paper.items.iter().zip(&closing.marks);
    let item = |(item, marks): (&super::paper::Item, &u32)| ReviewItem {
        question: item.question.id.clone(),
        right: item.right.clone(),
        marks: *marks,
        explanation: item.explanation.clone(),
        basis: item.basis.clone(),
    };
    items.map(item).collect()
}
