//! Attempts at an exam: the paper, the answers, the hand-in and what may be known of the result.

use serde::{Deserialize, Serialize};

use crate::{AttemptId, ClassId, OptionId, QuestionId, Timestamp};

/// An attempt in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptSummary {
    /// Its id.
    pub id: AttemptId,
    /// 1 for the first.
    pub number: u32,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it hands itself in.
    pub deadline: Timestamp,
    /// Where it stands.
    pub state: AttemptState,
}

/// Where an attempt stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Being written.
    Open,
    /// Handed in.
    HandedIn {
        /// Proof of what the server has.
        receipt: Receipt,
        /// What may be known of the result.
        outcome: Outcome,
    },
}

/// What a backend certifies at hand-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// When the attempt was closed.
    pub at: Timestamp,
    /// Who closed it.
    pub by: HandInBy,
    /// Questions with an answer in time.
    pub answered: u32,
    /// Questions on the paper.
    pub of: u32,
    /// SHA-256 of the answers that count, in lower-case hex: for each question of the paper in
    /// its order the line `question-id=option-id,option-id` (ids sorted), each ended by `\n`.
    pub digest: String,
}

/// Who closed an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandInBy {
    /// The candidate.
    Candidate,
    /// The server, at the deadline.
    Deadline,
}

/// What may be known of a result, by the class's policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Passed.
    Passed {
        /// Marks, if the policy shows them.
        #[serde(default)]
        marks: Option<u32>,
    },
    /// Not passed.
    Failed {
        /// Marks, if the policy shows them.
        #[serde(default)]
        marks: Option<u32>,
    },
}

/// The reply to starting, reading and handing in an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The class.
    pub class_id: ClassId,
    /// The class's title.
    pub class_title: String,
    /// The exam's title.
    pub title: String,
    /// 1 for the first.
    pub number: u32,
    /// The backend's clock.
    pub now: Timestamp,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it hands itself in.
    pub deadline: Timestamp,
    /// Where it stands.
    pub state: AttemptState,
    /// Questions, in the order of the paper. Keys never stand here.
    pub questions: Vec<Question>,
    /// Answers that the server has, late ones too.
    pub answers: Vec<Answer>,
    /// Right answers and reasons: only after hand-in, and only if the policy shows them.
    #[serde(default)]
    pub review: Option<Vec<ReviewItem>>,
}

/// A question on a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// How many options may be chosen.
    pub kind: QuestionKind,
    /// The question.
    pub stem: String,
    /// Options, in the order of this paper.
    pub options: Vec<QuestionOption>,
    /// Marks for a right answer.
    pub marks: u32,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One option (单项选择).
    Single,
    /// One or more options (多项选择); marks only if all and no other are chosen.
    Multiple,
    /// One of two options, 正确 and 错误 (判断).
    Judge,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionOption {
    /// Its id.
    pub id: OptionId,
    /// Its text.
    pub text: String,
}

/// An answer as the server has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// The question.
    pub question: QuestionId,
    /// Sequence number of the write that it came with.
    pub seq: u64,
    /// Chosen options; none means that the answer was cleared.
    pub choice: Vec<OptionId>,
    /// It came after the deadline and its grace: kept, and not counted.
    #[serde(default)]
    pub late: bool,
}

/// The body of `PUT /attempts/{id}/answers/{question}`. A write whose `seq` is not above the kept
/// one changes nothing; the reply tells what is kept.
///
/// `seq` grows with each change: the larger of the last one + 1 and the client's idea of the
/// server's clock in milliseconds, so that the later intent wins when two devices write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerPut {
    /// Sequence number, below 2^53.
    pub seq: u64,
    /// Chosen options; none clears the answer.
    pub choice: Vec<OptionId>,
}

/// The reply to an [`AnswerPut`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerReply {
    /// The backend's clock.
    pub now: Timestamp,
    /// When the attempt hands itself in.
    pub deadline: Timestamp,
    /// The answer that the server has now.
    pub answer: Answer,
}

/// The body of `POST /attempts/{id}/hand-in`, sent with an `Idempotency-Key`: every answer that
/// the device holds, so that nothing depends on earlier writes having arrived. The reply is the
/// [`Attempt`]. Handing in a closed attempt leaves what counts as it is; its answers that are newer
/// are kept and marked late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandIn {
    /// Answers by question.
    pub answers: Vec<HandInAnswer>,
}

/// An answer within a [`HandIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandInAnswer {
    /// The question.
    pub question: QuestionId,
    /// Sequence number, below 2^53.
    pub seq: u64,
    /// Chosen options.
    pub choice: Vec<OptionId>,
}

/// What a candidate may learn about a question after hand-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewItem {
    /// The question.
    pub question: QuestionId,
    /// The right options.
    pub right: Vec<OptionId>,
    /// Marks given.
    pub marks: u32,
    /// Why.
    pub explanation: String,
    /// The article that it rests on.
    pub basis: String,
}
