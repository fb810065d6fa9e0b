//! Classes, their courses, and how far a person is in them.

use serde::{Deserialize, Serialize};

use crate::{AttemptSummary, CertificateId, ClassId, CourseId, EnrolmentId, LessonId, Timestamp};

/// A page of a list. Ask for the next with `?cursor=`; absent on the last page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the list's own order.
    pub items: Vec<T>,
    /// Opaque; hand it back to get the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A person's place in a class; a row of `GET /enrolments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// The class, with this person's progress.
    pub class: Class,
}

/// A class with the asking person's progress in it; the reply to `GET /classes/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Class {
    /// Its id.
    pub id: ClassId,
    /// Full title.
    pub title: String,
    /// Whom it is for.
    pub audience: String,
    /// Body that holds it.
    pub organiser: String,
    /// First day, `YYYY-MM-DD`.
    pub starts_on: String,
    /// Last day, `YYYY-MM-DD`.
    pub ends_on: String,
    /// Credit hours (学时) that the certificate needs.
    pub hours_needed: u32,
    /// How study is counted.
    pub policy: StudyPolicy,
    /// Courses, in order.
    pub courses: Vec<Course>,
    /// The exam, and this person's attempts at it.
    pub exam: Exam,
    /// This person's certificate, once issued.
    #[serde(default)]
    pub certificate: Option<CertificateId>,
}

/// How a class counts study. Ratios are in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudyPolicy {
    /// Fastest playback that is credited: 2000 is twice the normal speed.
    pub max_rate_permille: u32,
    /// Part of a lesson that must have been watched for it to be complete.
    pub complete_at_permille: u32,
}

/// A course of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// Title.
    pub title: String,
    /// One or two sentences on it.
    pub summary: String,
    /// Credit hours earned when every lesson of it is complete.
    pub hours: u32,
    /// Teachers, in order.
    pub teachers: Vec<Teacher>,
    /// Lessons, in order.
    pub lessons: Vec<LessonSummary>,
}

/// A teacher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Teacher {
    /// Name.
    pub name: String,
    /// Unit and post.
    pub post: String,
}

/// A lesson in an outline, with the asking person's progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LessonSummary {
    /// Its id.
    pub id: LessonId,
    /// Title.
    pub title: String,
    /// A mark beside the title, such as 示例课件.
    #[serde(default)]
    pub label: Option<String>,
    /// Length of the video.
    pub duration_ms: u64,
    /// Poster picture, if any.
    #[serde(default)]
    pub poster_url: Option<String>,
    /// Media time watched: the length of the union of the watched intervals.
    pub covered_ms: u64,
    /// Whether it counts as studied, and why.
    pub completion: Completion,
}

/// Whether a lesson counts as studied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// Not yet.
    Open,
    /// Watched here.
    Watched,
    /// Credited by the body that holds the class: studied elsewhere.
    Granted,
}

/// The exam of a class, and the asking person's attempts at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exam {
    /// Title.
    pub title: String,
    /// What a candidate should know before the start, a paragraph each.
    pub instructions: Vec<String>,
    /// Questions on a paper.
    pub question_count: u32,
    /// Time from start to deadline.
    pub duration_ms: u64,
    /// Marks that a full paper carries.
    pub full_marks: u32,
    /// Marks needed to pass.
    pub pass_mark: u32,
    /// Attempts that a person has.
    pub attempts_allowed: u32,
    /// Attempts made, oldest first.
    pub attempts: Vec<AttemptSummary>,
}
