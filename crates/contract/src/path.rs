//! Paths of the API, below the base URL. One function each, so that client and tests agree.

use std::fmt::Write as _;

/// Where version 1 of the contract begins: `GET` it for [`crate::Service`].
pub const ROOT: &str = "/api/v1";
/// `GET`, `POST` ([`crate::SignIn`]), `DELETE`.
pub const SESSION: &str = "/api/v1/session";
/// `GET`: a [`crate::Page`] of [`crate::Enrolment`].
pub const ENROLMENTS: &str = "/api/v1/enrolments";
/// `GET`: a [`crate::Page`] of [`crate::Certificate`].
pub const CERTIFICATES: &str = "/api/v1/certificates";

/// `GET`: a [`crate::Class`].
pub fn class(id: &crate::ClassId) -> String {
    format!("{ROOT}/classes/{}", Segment(id.as_str()))
}

/// `POST`: starts or resumes an attempt; replies the [`crate::Attempt`].
pub fn attempts(class: &crate::ClassId) -> String {
    format!("{ROOT}/classes/{}/attempts", Segment(class.as_str()))
}

/// `GET`: a [`crate::Lesson`].
pub fn lesson(id: &crate::LessonId) -> String {
    format!("{ROOT}/lessons/{}", Segment(id.as_str()))
}

/// `POST` ([`crate::WatchedReport`]).
pub fn watched(lesson: &crate::LessonId) -> String {
    format!("{ROOT}/lessons/{}/watched", Segment(lesson.as_str()))
}

/// `GET`: an [`crate::Attempt`].
pub fn attempt(id: &crate::AttemptId) -> String {
    format!("{ROOT}/attempts/{}", Segment(id.as_str()))
}

/// `PUT` ([`crate::AnswerPut`]).
pub fn answer(attempt: &crate::AttemptId, question: &crate::QuestionId) -> String {
    format!(
        "{ROOT}/attempts/{}/answers/{}",
        Segment(attempt.as_str()),
        Segment(question.as_str())
    )
}

/// `POST` ([`crate::HandIn`]).
pub fn hand_in(attempt: &crate::AttemptId) -> String {
    format!("{ROOT}/attempts/{}/hand-in", Segment(attempt.as_str()))
}

/// `GET`: a [`crate::Certificate`].
pub fn certificate(id: &crate::CertificateId) -> String {
    format!("{ROOT}/certificates/{}", Segment(id.as_str()))
}

/// One path segment, percent-encoded: an id is opaque and may hold any character.
struct Segment<'a>(&'a str);

impl std::fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                f.write_char(char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_cannot_break_out_of_its_path_segment() {
        let path = super::class(&"a/../b?c=企".into());
        assert_eq!(path, "/api/v1/classes/a%2F..%2Fb%3Fc%3D%E4%BC%81");
    }
}
