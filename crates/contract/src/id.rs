//! Opaque identifiers: clients compare them and hand them back, and read nothing into them.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A person with an account.
    PersonId;
    /// A training class (培训班).
    ClassId;
    /// A person's place in a class.
    EnrolmentId;
    /// A course of a class.
    CourseId;
    /// A lesson of a course: one video.
    LessonId;
    /// One sitting of an exam.
    AttemptId;
    /// A question, within its class.
    QuestionId;
    /// An option of a question, within that question.
    OptionId;
    /// A certificate.
    CertificateId;
    /// Names one write, so that it may be repeated: a UUID v7, in the header [`crate::IDEMPOTENCY_KEY`].
    IdempotencyKey;
}
