//! One lesson: its media, its progress, and the reports of watched time.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{ClassId, Completion, CourseId, Interval, LessonId, StudyPolicy, Timestamp};

/// The reply to `GET /lessons/{id}`. Asking for it is what tells a backend that study may begin:
/// no time before the first asking is ever credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lesson {
    /// Its id.
    pub id: LessonId,
    /// The class it belongs to.
    pub class_id: ClassId,
    /// The course it belongs to.
    pub course_id: CourseId,
    /// Title.
    pub title: String,
    /// A mark beside the title, such as 示例课件.
    #[serde(default)]
    pub label: Option<String>,
    /// Length of the video.
    pub duration_ms: u64,
    /// The video: a URL of the same origin that serves byte ranges.
    pub video_url: String,
    /// Its MIME type.
    pub video_type: String,
    /// Poster picture, if any.
    #[serde(default)]
    pub poster_url: Option<String>,
    /// Caption files (WebVTT).
    #[serde(default)]
    pub captions: Vec<Caption>,
    /// Chapters, in order.
    #[serde(default)]
    pub chapters: Vec<Chapter>,
    /// Hand-outs.
    #[serde(default)]
    pub handouts: Vec<Handout>,
    /// How the class counts study.
    pub policy: StudyPolicy,
    /// This person's progress.
    pub progress: LessonProgress,
}

/// A caption file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Caption {
    /// BCP 47 tag.
    pub language: String,
    /// Name in its own language.
    pub label: String,
    /// Where it is.
    pub url: String,
}

/// A chapter of a lesson; it reaches to the next one or the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Chapter {
    /// Title.
    pub title: String,
    /// Where it begins.
    pub start_ms: u64,
}

/// A file that goes with a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Handout {
    /// Title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Its MIME type.
    pub mime: String,
    /// Its size.
    pub bytes: u64,
}

/// A person's progress in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LessonProgress {
    /// Watched stretches: sorted, disjoint, not touching.
    pub covered: Vec<Interval>,
    /// Where the person left off.
    pub position_ms: u64,
    /// Whether the lesson counts as studied.
    pub completion: Completion,
}

/// The body of `POST /lessons/{id}/watched`: what was watched since the last report. Sent with an
/// `Idempotency-Key`; repeating it, or reporting the same stretch again, adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WatchedReport {
    /// Stretches of media time, in any order; at most 512.
    #[serde(deserialize_with = "claims")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<ClaimedInterval>))]
    pub intervals: Vec<Interval>,
    /// Where the person is now.
    pub position_ms: u64,
}

/// An [`Interval`] as a request has it: a member that nobody knows is a mistake there, while replies
/// may gain some.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct ClaimedInterval {
    /// First millisecond of the stretch.
    start_ms: u64,
    /// First millisecond after it.
    end_ms: u64,
}

fn claims<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Interval>, D::Error> {
    let claims = Vec::<ClaimedInterval>::deserialize(deserializer)?;
    let interval = |ClaimedInterval { start_ms, end_ms }| Interval { start_ms, end_ms };
    Ok(claims.into_iter().map(interval).collect())
}

/// The reply to a [`WatchedReport`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WatchedReply {
    /// The backend's clock.
    pub now: Timestamp,
    /// Media time that this report added.
    pub credited_ms: u64,
    /// Media time that it claimed and did not get, because the clock had not run that long.
    pub refused_ms: u64,
    /// Progress after it.
    pub progress: LessonProgress,
}
