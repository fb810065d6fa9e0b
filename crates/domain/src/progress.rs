//! How far a person is in a class, and what comes next.

use contract::{
    AttemptId, AttemptState, CertificateId, Class, Completion, Course, Exam, LessonId,
    LessonSummary, Outcome, StudyPolicy,
};

/// What keeps the exam closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Courses that are not complete.
    pub courses: usize,
    /// Media time still to watch in their lessons.
    pub remaining_ms: u64,
    /// Credit hours short of what the class needs.
    pub hours: u32,
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Study this lesson of the course at this place.
    Study {
        /// Index into the class's courses.
        course: usize,
        /// The lesson.
        lesson: LessonId,
        /// What is missing in all.
        missing: Missing,
    },
    /// All lessons are complete and the hours fall short: only the organiser can help.
    AskOrganiser {
        /// What is missing.
        missing: Missing,
    },
    /// Start an attempt.
    SitExam {
        /// Attempts left, this one included.
        attempts_left: u32,
    },
    /// Go on with the attempt that is being written.
    ResumeExam {
        /// The attempt.
        attempt: AttemptId,
        /// When it hands itself in.
        deadline: contract::Timestamp,
    },
    /// Not passed, and nothing left to try.
    NoAttemptLeft,
    /// Take the certificate.
    Certificate(CertificateId),
    /// Passed; the certificate is being issued.
    AwaitCertificate,
}

/// State of a station of the path 报名 → 学习 → 考试 → 证书.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    /// Behind.
    Done,
    /// Where the person is.
    Present,
    /// Still to come.
    Ahead,
}

/// Whether enough of a lesson was watched.
pub fn lesson_complete(covered_ms: u64, duration_ms: u64, policy: StudyPolicy) -> bool {
    let needed = duration_ms.saturating_mul(u64::from(policy.complete_at_permille));
    covered_ms.saturating_mul(1000) >= needed
}

/// Whether every lesson counts as studied. A course without lessons is never complete.
pub fn course_complete(course: &Course) -> bool {
    !course.lessons.is_empty()
        && course
            .lessons
            .iter()
            .all(|l| l.completion != Completion::Open)
}

/// Credit hours (学时) of the complete courses.
pub fn hours_earned(class: &Class) -> u32 {
    let complete = class.courses.iter().filter(|c| course_complete(c));
    complete.fold(0, |hours, c| hours.saturating_add(c.hours))
}

/// Media time still to watch until the lesson is complete; 0 if it is.
pub fn remaining_ms(lesson: &LessonSummary, policy: StudyPolicy) -> u64 {
    if lesson.completion != Completion::Open {
        return 0;
    }
    let needed = lesson
        .duration_ms
        .saturating_mul(u64::from(policy.complete_at_permille));
    needed.div_ceil(1000).saturating_sub(lesson.covered_ms)
}

/// What keeps the exam closed; `None` if it is open: every course is complete and the hours suffice.
pub fn missing(class: &Class) -> Option<Missing> {
    let open = class.courses.iter().filter(|c| !course_complete(c));
    let mut missing = Missing {
        courses: 0,
        remaining_ms: 0,
        hours: class.hours_needed.saturating_sub(hours_earned(class)),
    };
    for course in open {
        missing.courses += 1;
        for lesson in &course.lessons {
            missing.remaining_ms += remaining_ms(lesson, class.policy);
        }
    }
    (missing.courses > 0 || missing.hours > 0).then_some(missing)
}

/// Whether one of the attempts passed.
pub fn passed(exam: &Exam) -> bool {
    exam.attempts.iter().any(|a| {
        matches!(
            &a.state,
            AttemptState::HandedIn {
                outcome: Outcome::Passed { .. },
                ..
            }
        )
    })
}

/// What comes next.
pub fn next_step(class: &Class) -> NextStep {
    if let Some(id) = &class.certificate {
        return NextStep::Certificate(id.clone());
    }
    let attempts = &class.exam.attempts;
    if let Some(open) = attempts.iter().find(|a| a.state == AttemptState::Open) {
        return NextStep::ResumeExam {
            attempt: open.id.clone(),
            deadline: open.deadline,
        };
    }
    if let Some(missing) = missing(class) {
        return study(class, missing);
    }
    if passed(&class.exam) {
        return NextStep::AwaitCertificate;
    }
    let made = u32::try_from(attempts.len()).unwrap_or(u32::MAX);
    match class.exam.attempts_allowed.saturating_sub(made) {
        0 => NextStep::NoAttemptLeft,
        attempts_left => NextStep::SitExam { attempts_left },
    }
}

/// The first open lesson that was begun, else the first open one.
fn study(class: &Class, missing: Missing) -> NextStep {
    let mut first = None;
    for (course, c) in class.courses.iter().enumerate() {
        for lesson in c
            .lessons
            .iter()
            .filter(|l| l.completion == Completion::Open)
        {
            if lesson.covered_ms > 0 {
                return NextStep::Study {
                    course,
                    lesson: lesson.id.clone(),
                    missing,
                };
            }
            first = first.or(Some((course, lesson)));
        }
    }
    match first {
        Some((course, lesson)) => NextStep::Study {
            course,
            lesson: lesson.id.clone(),
            missing,
        },
        None => NextStep::AskOrganiser { missing },
    }
}

/// The path 报名 → 学习 → 考试 → 证书. Who sees a class is enrolled in it.
pub fn path(class: &Class) -> [Station; 4] {
    use Station::{Ahead, Done, Present};
    if class.certificate.is_some() {
        return [Done; 4];
    }
    match (missing(class), passed(&class.exam)) {
        (Some(_), _) => [Done, Present, Ahead, Ahead],
        (None, false) => [Done, Done, Present, Ahead],
        (None, true) => [Done, Done, Done, Present],
    }
}

#[cfg(test)]
mod tests;
