//! The classes that a person is in.

use axum::extract::State;
use contract::{Class, ClassId, Enrolment, ErrorCode, Page, PersonId, Timestamp};

use crate::app::App;
use crate::db::from_db;
use crate::exam;
use crate::extract::{Ids, Params};
use crate::failure::Reply;
use crate::openapi::{TAG_STUDY, problems};
use crate::page::{Cursor, PageParams};
use crate::session::Signed;

use super::read_class;

/// Marks the cursors of the list: another list's would point anywhere.
const LIST: &str = "enrolments";

problems! {
    ListProblems = NotSignedIn InvalidRequest;
    ReadProblems = NotSignedIn NotFound;
}

/// My classes, each with my progress; the latest enrolment first.
#[utoipa::path(get, path = contract::path::ENROLMENTS, operation_id = "listEnrolments", tag = TAG_STUDY, security(("session" = [])),
    params(PageParams),
    responses((status = 200, body = Page<Enrolment>, description = "A page."), ListProblems))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Params(params): Params<PageParams>,
) -> Reply<axum::Json<Page<Enrolment>>> {
    let after = params.cursor(LIST)?;
    exam::settle(&app, &signed.person).await?;
    let mut tx = app.db.read().await?;
    // One row more than a page tells whether there is a next one.
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT id, class_id, approved_at FROM enrolments WHERE person_id = $1 \
         AND (approved_at < $2 OR (approved_at = $2 AND id > $3)) \
         ORDER BY approved_at DESC, id LIMIT $4",
    )
    .bind(signed.person.as_str())
    .bind(after.at)
    .bind(&after.id)
    .bind(i64::from(app.settings.page_size) + 1)
    .fetch_all(&mut *tx)
    .await?;
    let (rows, next_cursor) =
        Cursor::cut(LIST, rows, app.settings.page_size, |(id, _, at)| Cursor {
            at: *at,
            id: id.clone(),
        });
    let mut items = Vec::with_capacity(rows.len());
    for (id, class, at) in rows {
        if let Some(class) = read_class(&mut tx, &signed.person, &ClassId(class)).await? {
            items.push(Enrolment {
                id: id.into(),
                approved_at: Timestamp(from_db(at)),
                class,
            });
        }
    }
    Ok(axum::Json(Page { items, next_cursor }))
}

/// A class with my progress.
#[utoipa::path(get, path = "/api/v1/classes/{class}", operation_id = "readClass", tag = TAG_STUDY, security(("session" = [])),
    params(("class" = String, Path, description = "Class id.")),
    responses((status = 200, body = Class, description = "The class."), ReadProblems))]
pub(super) async fn class(
    State(app): State<App>,
    signed: Signed,
    Ids(class): Ids<ClassId>,
) -> Reply<axum::Json<Class>> {
    exam::settle(&app, &signed.person).await?;
    let mut tx = app.db.read().await?;
    Ok(axum::Json(enrolled(&mut tx, &signed.person, &class).await?))
}

async fn enrolled(tx: &mut crate::db::Conn, person: &PersonId, class: &ClassId) -> Reply<Class> {
    read_class(tx, person, class)
        .await?
        .ok_or_else(|| ErrorCode::NotFound.into())
}
