//! A class as one person sees it.

use std::collections::{BTreeMap, HashMap, HashSet};

use contract::{
    CertificateId, Class, ClassId, Completion, Course, Exam, LessonSummary, PersonId, StudyPolicy,
};
use domain::{Intervals, progress};

use crate::db::Conn;
use crate::documents::{ClassDocument, CourseDocument, LessonDocument};
use crate::exam;
use crate::failure::Reply;

/// The class with the person's progress; `None` if the person is not enrolled in it.
pub(crate) async fn read_class(
    tx: &mut Conn,
    person: &PersonId,
    class: &ClassId,
) -> Reply<Option<Class>> {
    let row: Option<(String, String, String, String)> = sqlx::query_as(
        "SELECT c.title, c.starts_on, c.ends_on, c.document FROM classes c \
         JOIN enrolments e ON e.class_id = c.id WHERE c.id = $1 AND e.person_id = $2",
    )
    .bind(class.as_str())
    .bind(person.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    let Some((title, starts_on, ends_on, document)) = row else {
        return Ok(None);
    };
    let document: ClassDocument = serde_json::from_str(&document)?;
    let draw = &document.exam.draw;
    let exam = Exam {
        title: document.exam.title,
        instructions: document.exam.instructions,
        question_count: draw.iter().map(|draw| draw.count).sum(),
        duration_ms: document.exam.duration_ms,
        full_marks: draw.iter().map(|draw| draw.count * draw.marks).sum(),
        pass_mark: document.exam.pass_mark,
        attempts_allowed: document.exam.attempts,
        attempts: exam::summaries(tx, person, class, document.exam.result).await?,
    };
    let certificate: Option<(String,)> =
        sqlx::query_as("SELECT id FROM certificates WHERE person_id = $1 AND class_id = $2")
            .bind(person.as_str())
            .bind(class.as_str())
            .fetch_optional(&mut *tx)
            .await?;
    Ok(Some(Class {
        id: class.clone(),
        title,
        audience: document.audience,
        organiser: document.organiser,
        starts_on,
        ends_on,
        hours_needed: document.hours_needed,
        policy: document.policy,
        courses: courses(tx, person, class, document.policy).await?,
        exam,
        certificate: certificate.map(|(id,)| CertificateId(id)),
    }))
}

async fn courses(
    tx: &mut Conn,
    person: &PersonId,
    class: &ClassId,
    policy: StudyPolicy,
) -> Reply<Vec<Course>> {
    let courses: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, document FROM courses WHERE class_id = $1 AND retired = 0 ORDER BY place",
    )
    .bind(class.as_str())
    .fetch_all(&mut *tx)
    .await?;
    let lessons: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT l.course_id, l.id, l.document FROM lessons l JOIN courses c ON c.id = l.course_id \
         WHERE c.class_id = $1 AND l.retired = 0 ORDER BY l.place",
    )
    .bind(class.as_str())
    .fetch_all(&mut *tx)
    .await?;
    let studies: Vec<(String, String, Option<i64>)> = sqlx::query_as(
        "SELECT s.lesson_id, s.covered, s.completed_at FROM studies s \
         JOIN lessons l ON l.id = s.lesson_id JOIN courses c ON c.id = l.course_id \
         WHERE s.person_id = $1 AND c.class_id = $2",
    )
    .bind(person.as_str())
    .bind(class.as_str())
    .fetch_all(&mut *tx)
    .await?;
    let grants: Vec<(String,)> =
        sqlx::query_as("SELECT course_id FROM grants WHERE person_id = $1")
            .bind(person.as_str())
            .fetch_all(&mut *tx)
            .await?;

    let granted: HashSet<String> = grants.into_iter().map(|(course,)| course).collect();
    let mut studied = HashMap::new();
    for (lesson, covered, completed_at) in studies {
        let covered: Intervals = serde_json::from_str(&covered)?;
        studied.insert(lesson, (covered, completed_at.is_some()));
    }
    let mut by_course: BTreeMap<String, Vec<LessonSummary>> = BTreeMap::new();
    for (course, id, document) in lessons {
        let document: LessonDocument = serde_json::from_str(&document)?;
        let (covered, completed) = studied.remove(&id).unwrap_or_default();
        let covered_ms = covered.clip(document.duration_ms).total_ms();
        let summary = LessonSummary {
            id: id.into(),
            title: document.title,
            label: document.label,
            duration_ms: document.duration_ms,
            poster_url: document.poster_url,
            covered_ms,
            completion: completion(
                completed || progress::lesson_complete(covered_ms, document.duration_ms, policy),
                granted.contains(&course),
            ),
        };
        by_course.entry(course).or_default().push(summary);
    }
    let mut view = Vec::with_capacity(courses.len());
    for (id, document) in courses {
        let document: CourseDocument = serde_json::from_str(&document)?;
        let lessons = by_course.remove(&id).unwrap_or_default();
        view.push(Course {
            id: id.into(),
            title: document.title,
            summary: document.summary,
            hours: document.hours,
            teachers: document.teachers,
            lessons,
        });
    }
    Ok(view)
}

/// Own study goes before what was granted.
pub(super) fn completion(watched: bool, granted: bool) -> Completion {
    match (watched, granted) {
        (true, _) => Completion::Watched,
        (false, true) => Completion::Granted,
        (false, false) => Completion::Open,
    }
}
