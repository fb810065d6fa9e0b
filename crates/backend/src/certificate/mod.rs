//! Certificates: issued with the pass, listed, read.

mod issue;

pub(crate) use issue::{issue_all_due, issue_if_due};

use axum::extract::State;
use contract::{Certificate, CertificateId, ErrorCode, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::exam;
use crate::extract::{Ids, Params};
use crate::failure::Reply;
use crate::openapi::{TAG_CERTIFICATE, problems};
use crate::page::{Cursor, PageParams};
use crate::session::Signed;

/// Marks the cursors of the list: another list's would point anywhere.
const LIST: &str = "certificates";

problems! {
    ListProblems = NotSignedIn InvalidRequest;
    ReadProblems = NotSignedIn NotFound;
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
}

/// My certificates, the latest first.
#[utoipa::path(get, path = contract::path::CERTIFICATES, operation_id = "listCertificates", tag = TAG_CERTIFICATE, security(("session" = [])),
    params(PageParams),
    responses((status = 200, body = Page<Certificate>, description = "A page."), ListProblems))]
async fn list(
    State(app): State<App>,
    signed: Signed,
    Params(params): Params<PageParams>,
) -> Reply<axum::Json<Page<Certificate>>> {
    let after = params.cursor(LIST)?;
    exam::settle(&app, &signed.person).await?;
    let mut tx = app.db.read().await?;
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "SELECT id, issued_at, document FROM certificates WHERE person_id = $1 \
         AND (issued_at < $2 OR (issued_at = $2 AND id > $3)) \
         ORDER BY issued_at DESC, id LIMIT $4",
    )
    .bind(signed.person.as_str())
    .bind(after.at)
    .bind(&after.id)
    .bind(i64::from(app.settings.page_size) + 1)
    .fetch_all(&mut *tx)
    .await?;
    let (rows, next_cursor) =
        Cursor::cut(LIST, rows, app.settings.page_size, |(id, at, _)| Cursor {
            at: *at,
            id: id.clone(),
        });
    let mut items = Vec::with_capacity(rows.len());
    for (_, _, document) in rows {
        items.push(serde_json::from_str(&document)?);
    }
    Ok(axum::Json(Page { items, next_cursor }))
}

/// A certificate of mine.
#[utoipa::path(get, path = "/api/v1/certificates/{certificate}", operation_id = "readCertificate", tag = TAG_CERTIFICATE,
    security(("session" = [])),
    params(("certificate" = String, Path, description = "Certificate id.")),
    responses((status = 200, body = Certificate, description = "The certificate."), ReadProblems))]
async fn read(
    State(app): State<App>,
    signed: Signed,
    Ids(id): Ids<CertificateId>,
) -> Reply<axum::Json<Certificate>> {
    let mut tx = app.db.read().await?;
    let row: Option<(String,)> =
        sqlx::query_as("SELECT document FROM certificates WHERE id = $1 AND person_id = $2")
            .bind(id.as_str())
            .bind(signed.person.as_str())
            .fetch_optional(&mut *tx)
            .await?;
    let (document,) = row.ok_or(ErrorCode::NotFound)?;
    Ok(axum::Json(serde_json::from_str(&document)?))
}
