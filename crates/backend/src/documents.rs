//! What the database keeps as JSON: written by the loader, read by the handlers.

use contract::{
    Caption, Chapter, OptionId, QuestionKind, QuestionOption, Seal, StudyPolicy, Teacher,
};
use serde::{Deserialize, Serialize};

/// A class, beside its title and dates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ClassDocument {
    pub(crate) audience: String,
    pub(crate) organiser: String,
    pub(crate) hours_needed: u32,
    pub(crate) policy: StudyPolicy,
    pub(crate) exam: ExamDocument,
    pub(crate) certificate: CertificateDocument,
}

/// The exam of a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ExamDocument {
    pub(crate) title: String,
    pub(crate) instructions: Vec<String>,
    pub(crate) duration_ms: u64,
    pub(crate) grace_ms: u64,
    pub(crate) attempts: u32,
    pub(crate) pass_mark: u32,
    pub(crate) result: ResultPolicy,
    pub(crate) draw: Vec<Draw>,
}

/// What a candidate may learn after hand-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ResultPolicy {
    PassOnly,
    Score,
    ScoreAndReview,
}

/// So many questions of a kind, for so many marks each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draw {
    pub(crate) kind: QuestionKind,
    pub(crate) count: u32,
    pub(crate) marks: u32,
}

/// The certificate of a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CertificateDocument {
    pub(crate) title: String,
    pub(crate) number: String,
    pub(crate) body: String,
    pub(crate) supervisor: String,
    pub(crate) seals: Vec<Seal>,
}

/// A course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CourseDocument {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) hours: u32,
    pub(crate) teachers: Vec<Teacher>,
}

/// A lesson. Its files are named by their URLs already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LessonDocument {
    pub(crate) title: String,
    pub(crate) label: Option<String>,
    pub(crate) duration_ms: u64,
    pub(crate) video_url: String,
    pub(crate) video_type: String,
    pub(crate) poster_url: Option<String>,
    pub(crate) captions: Vec<Caption>,
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) handouts: Vec<contract::Handout>,
}

/// A question of the bank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct QuestionDocument {
    pub(crate) stem: String,
    pub(crate) options: Vec<QuestionOption>,
    pub(crate) right: Vec<OptionId>,
    pub(crate) explanation: String,
    pub(crate) basis: String,
}

/// The name of a kind in the database and in class folders.
pub(crate) fn kind_name(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single => "single",
        QuestionKind::Multiple => "multiple",
        QuestionKind::Judge => "judge",
    }
}
