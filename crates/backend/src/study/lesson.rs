//! A lesson: opening it, and where a person stands in it.

use axum::extract::State;
use contract::{
    ClassId, CourseId, ErrorCode, Lesson, LessonId, LessonProgress, PersonId, StudyPolicy,
    Timestamp,
};
use domain::{Intervals, progress};

use crate::app::App;
use crate::clock::{day_begins, day_ends};
use crate::db::{Conn, from_db, to_db};
use crate::documents::{ClassDocument, LessonDocument};
use crate::extract::Ids;
use crate::failure::Reply;
use crate::openapi::{TAG_STUDY, problems};
use crate::session::Signed;

use super::class::completion;

problems! { Problems = NotSignedIn NotFound ClassNotRunning; }

/// A lesson that a person is enrolled for.
pub(super) struct Place {
    pub(super) lesson: LessonId,
    pub(super) class: ClassId,
    pub(super) course: CourseId,
    pub(super) document: LessonDocument,
    pub(super) policy: StudyPolicy,
    pub(super) granted: bool,
    starts_on: String,
    ends_on: String,
}

/// A person's study of a lesson.
pub(super) struct Study {
    pub(super) opened_at: Timestamp,
    pub(super) covered: Intervals,
    pub(super) position_ms: u64,
    pub(super) completed: bool,
}

impl Place {
    /// Not found if there is no such lesson or the person is not enrolled for it.
    pub(super) async fn find(tx: &mut Conn, person: &PersonId, lesson: LessonId) -> Reply<Self> {
        type Row = (
            String,
            String,
            String,
            String,
            String,
            String,
            Option<String>,
        );
        let row: Option<Row> = sqlx::query_as(
            "SELECT c.id, l.course_id, l.document, c.document, c.starts_on, c.ends_on, g.course_id \
             FROM lessons l JOIN courses k ON k.id = l.course_id JOIN classes c ON c.id = k.class_id \
             JOIN enrolments e ON e.class_id = c.id AND e.person_id = $2 \
             LEFT JOIN grants g ON g.course_id = k.id AND g.person_id = $2 \
             WHERE l.id = $1 AND l.retired = 0 AND k.retired = 0",
        )
        .bind(lesson.as_str())
        .bind(person.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let (class, course, document, class_document, starts_on, ends_on, granted) =
            row.ok_or(ErrorCode::NotFound)?;
        let class_document: ClassDocument = serde_json::from_str(&class_document)?;
        Ok(Self {
            lesson,
            class: class.into(),
            course: course.into(),
            document: serde_json::from_str(&document)?,
            policy: class_document.policy,
            granted: granted.is_some(),
            starts_on,
            ends_on,
        })
    }

    /// Whether the class has begun.
    pub(super) fn begun(&self, now: Timestamp) -> bool {
        day_begins(&self.starts_on).is_some_and(|begin| begin <= now)
    }

    /// Whether the class was over `late_ms` ago.
    pub(super) fn over(&self, now: Timestamp, late_ms: u64) -> bool {
        day_ends(&self.ends_on).is_none_or(|end| end.plus(late_ms) <= now)
    }

    /// The moment up to which study counts: now, or the end of the class if that has come.
    pub(super) fn counts_until(&self, now: Timestamp) -> Timestamp {
        day_ends(&self.ends_on).map_or(now, |end| end.min(now))
    }

    pub(super) async fn study(&self, tx: &mut Conn, person: &PersonId) -> Reply<Option<Study>> {
        let row: Option<(i64, String, i64, Option<i64>)> = sqlx::query_as(
            "SELECT opened_at, covered, position_ms, completed_at FROM studies \
             WHERE person_id = $1 AND lesson_id = $2",
        )
        .bind(person.as_str())
        .bind(self.lesson.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let Some((opened_at, covered, position_ms, completed_at)) = row else {
            return Ok(None);
        };
        let covered: Intervals = serde_json::from_str(&covered)?;
        Ok(Some(Study {
            opened_at: Timestamp(from_db(opened_at)),
            covered: covered.clip(self.document.duration_ms),
            position_ms: from_db(position_ms).min(self.document.duration_ms),
            completed: completed_at.is_some(),
        }))
    }

    /// Notes when the person first asked for the lesson; no time before is ever credited.
    pub(super) async fn open(
        &self,
        tx: &mut Conn,
        person: &PersonId,
        now: Timestamp,
    ) -> Reply<Study> {
        if let Some(study) = self.study(tx, person).await? {
            return Ok(study);
        }
        sqlx::query(
            "INSERT INTO studies (person_id, lesson_id, opened_at, covered, position_ms) \
             VALUES ($1, $2, $3, '[]', 0)",
        )
        .bind(person.as_str())
        .bind(self.lesson.as_str())
        .bind(to_db(now.0))
        .execute(&mut *tx)
        .await?;
        // The person's clock starts with the first lesson of all.
        sqlx::query(
            "UPDATE persons SET accounted_until = $1 WHERE id = $2 AND accounted_until IS NULL",
        )
        .bind(to_db(now.0))
        .bind(person.as_str())
        .execute(&mut *tx)
        .await?;
        Ok(Study {
            opened_at: now,
            covered: Intervals::new(),
            position_ms: 0,
            completed: false,
        })
    }

    pub(super) fn complete(&self, study: &Study) -> bool {
        let covered_ms = study.covered.total_ms();
        study.completed
            || progress::lesson_complete(covered_ms, self.document.duration_ms, self.policy)
    }

    pub(super) fn progress(&self, study: &Study) -> LessonProgress {
        LessonProgress {
            covered: study.covered.as_slice().to_vec(),
            position_ms: study.position_ms,
            completion: completion(self.complete(study), self.granted),
        }
    }
}

/// A lesson. The first asking tells the backend that study may begin: no time before it is
/// credited.
#[utoipa::path(get, path = "/api/v1/lessons/{lesson}", operation_id = "readLesson", tag = TAG_STUDY, security(("session" = [])),
    params(("lesson" = String, Path, description = "Lesson id.")),
    responses((status = 200, body = Lesson, description = "The lesson."), Problems))]
pub(super) async fn read(
    State(app): State<App>,
    signed: Signed,
    Ids(lesson): Ids<LessonId>,
) -> Reply<axum::Json<Lesson>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let place = Place::find(&mut tx, &signed.person, lesson).await?;
    if !place.begun(now) {
        return Err(ErrorCode::ClassNotRunning.into());
    }
    let study = place.study(&mut tx, &signed.person).await?;
    drop(tx);
    let study = match study {
        Some(study) => study,
        None => {
            let mut tx = app.db.write_for(signed.person.as_str()).await?;
            let study = place.open(&mut tx, &signed.person, now).await?;
            tx.commit().await?;
            study
        }
    };
    let progress = place.progress(&study);
    let document = place.document;
    Ok(axum::Json(Lesson {
        id: place.lesson,
        class_id: place.class,
        course_id: place.course,
        title: document.title,
        label: document.label,
        duration_ms: document.duration_ms,
        video_url: document.video_url,
        video_type: document.video_type,
        poster_url: document.poster_url,
        captions: document.captions,
        chapters: document.chapters,
        handouts: document.handouts,
        policy: place.policy,
        progress,
    }))
}
