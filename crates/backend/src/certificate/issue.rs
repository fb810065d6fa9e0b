//! Issuing a certificate when nothing is missing any more: with the pass, with the last lesson
//! after it, or with the folder that takes away what stood in the way.

use contract::{
    AttemptState, Certificate, CertificateId, ClassId, ErrorCode, Exam, Outcome, PersonId,
    Timestamp,
};
use domain::certificate::{Fields, body, eligible, number};
use domain::progress;

use crate::clock::day;
use crate::db::{Conn, to_db};
use crate::documents::ClassDocument;
use crate::exam;
use crate::failure::Reply;
use crate::files::media;
use crate::study::read_class;

/// Issues what is due in a class and not issued yet: a newer folder may grant, drop or shorten what
/// kept the certificate from someone who has passed.
pub(crate) async fn issue_all_due(tx: &mut Conn, class: &ClassId, now: Timestamp) -> Reply<()> {
    for person in exam::passed_without_certificate(tx, class).await? {
        issue_if_due(tx, &person, class, now).await?;
    }
    Ok(())
}

/// Issues the certificate if it is due and not issued yet. `at` is when it fell due: its date and
/// the year of its number are of that day; `{to}` is the day of the pass, which may be an earlier
/// one. What it says is kept as issued: a class or person loaded anew later changes no certificate.
pub(crate) async fn issue_if_due(
    tx: &mut Conn,
    person: &PersonId,
    class: &ClassId,
    at: Timestamp,
) -> Reply<()> {
    let Some(view) = read_class(tx, person, class).await? else {
        return Ok(());
    };
    let Some(passed_at) = passed_at(&view.exam) else {
        return Ok(());
    };
    if view.certificate.is_some() || !eligible(&view, true) {
        return Ok(());
    }
    let (document,): (String,) = sqlx::query_as("SELECT document FROM classes WHERE id = $1")
        .bind(class.as_str())
        .fetch_one(&mut *tx)
        .await?;
    let template = serde_json::from_str::<ClassDocument>(&document)?.certificate;
    let (name, photo): (String, Option<String>) =
        sqlx::query_as("SELECT name, photo FROM persons WHERE id = $1")
            .bind(person.as_str())
            .fetch_one(&mut *tx)
            .await?;
    let issued_on = day(at);
    let hours = progress::hours_earned(&view);
    let fields = Fields {
        name: &name,
        from: &in_chinese(&began(tx, person, class, passed_at).await?),
        to: &in_chinese(&day(passed_at)),
        class: &view.title,
        hours,
    };
    let year = issued_on
        .get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or(0);
    let mut certificate = Certificate {
        id: CertificateId(uuid::Uuid::new_v4().to_string()),
        number: String::new(),
        class_id: class.clone(),
        body: body(&template.body, &fields),
        class_title: view.title,
        title: template.title,
        name,
        hours,
        issued_on,
        supervisor: template.supervisor,
        seals: template.seals,
        photo_url: photo.as_deref().map(|hash| media::url(hash, "jpg")),
    };
    // Should two classes' templates ever make the same number, the next free one is taken: nobody's
    // pass may fail for it.
    loop {
        certificate.number = number(&template.number, year, next_serial(tx, class, year).await?);
        if insert(tx, person, &certificate, photo.as_deref(), at).await? {
            return Ok(());
        }
    }
}

/// Whether it was inserted: its number may be taken already, even by a transaction that ends only
/// while this one waits.
async fn insert(
    tx: &mut Conn,
    person: &PersonId,
    certificate: &Certificate,
    photo: Option<&str>,
    at: Timestamp,
) -> Reply<bool> {
    let inserted = sqlx::query(
        "INSERT INTO certificates (id, person_id, class_id, number, issued_at, document, photo) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (number) DO NOTHING",
    )
    .bind(certificate.id.as_str())
    .bind(person.as_str())
    .bind(certificate.class_id.as_str())
    .bind(&certificate.number)
    .bind(to_db(at.0))
    .bind(serde_json::to_string(certificate)?)
    .bind(photo)
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// When the exam was passed.
fn passed_at(exam: &Exam) -> Option<Timestamp> {
    let passed = exam
        .attempts
        .iter()
        .filter_map(|attempt| match &attempt.state {
            AttemptState::HandedIn {
                receipt,
                outcome: Outcome::Passed { .. },
            } => Some(receipt.at),
            _ => None,
        });
    passed.min()
}

/// Serials count up within class and year.
async fn next_serial(tx: &mut Conn, class: &ClassId, year: i32) -> Reply<u32> {
    let (used,): (i64,) = sqlx::query_as(
        "INSERT INTO serials (class_id, year, used) VALUES ($1, $2, 1) \
         ON CONFLICT (class_id, year) DO UPDATE SET used = serials.used + 1 RETURNING used",
    )
    .bind(class.as_str())
    .bind(i64::from(year))
    .fetch_one(tx)
    .await?;
    u32::try_from(used).map_err(|_| ErrorCode::Internal.into())
}

/// The day on which the person began to study, if that was before the pass, or else was enrolled.
async fn began(
    tx: &mut Conn,
    person: &PersonId,
    class: &ClassId,
    passed_at: Timestamp,
) -> Reply<String> {
    let (opened, approved): (Option<i64>, i64) = sqlx::query_as(
        "SELECT (SELECT MIN(s.opened_at) FROM studies s JOIN lessons l ON l.id = s.lesson_id \
         JOIN courses c ON c.id = l.course_id WHERE s.person_id = $1 AND c.class_id = $2 AND s.opened_at <= $3), \
         approved_at FROM enrolments WHERE person_id = $1 AND class_id = $2",
    )
    .bind(person.as_str())
    .bind(class.as_str())
    .bind(to_db(passed_at.0))
    .fetch_one(tx)
    .await?;
    Ok(day(Timestamp(crate::db::from_db(
        opened.unwrap_or(approved),
    ))))
}

/// `2026-11-02` as 2026年11月2日.
fn in_chinese(day: &str) -> String {
    let part = |n| day.split('-').nth(n).unwrap_or_default();
    let plain = |n| part(n).trim_start_matches('0');
    format!("{}年{}月{}日", part(0), plain(1), plain(2))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_date_prints_as_chinese_documents_write_it() {
        assert_eq!(super::in_chinese("2026-01-09"), "2026年1月9日");
        assert_eq!(super::in_chinese("2026-11-30"), "2026年11月30日");
    }
}
