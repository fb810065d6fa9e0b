use contract::{
    AttemptState, AttemptSummary, Class, Completion, Course, Exam, HandInBy, LessonSummary,
    Outcome, Receipt, StudyPolicy, Timestamp,
};

use super::*;
use crate::certificate::eligible;

const POLICY: StudyPolicy = StudyPolicy {
    max_rate_permille: 2000,
    complete_at_permille: 950,
};

fn lesson(id: &str, covered_ms: u64, completion: Completion) -> LessonSummary {
    LessonSummary {
        id: id.into(),
        title: String::new(),
        label: None,
        duration_ms: 100_000,
        poster_url: None,
        covered_ms,
        completion,
    }
}

fn course(lessons: Vec<LessonSummary>) -> Course {
    Course {
        id: "c".into(),
        title: String::new(),
        summary: String::new(),
        hours: 4,
        teachers: Vec::new(),
        lessons,
    }
}

fn done(id: &str) -> LessonSummary {
    lesson(id, 100_000, Completion::Watched)
}

fn open(id: &str, covered_ms: u64) -> LessonSummary {
    lesson(id, covered_ms, Completion::Open)
}

fn class(courses: Vec<Course>) -> Class {
    Class {
        id: "class".into(),
        title: String::new(),
        audience: String::new(),
        organiser: String::new(),
        starts_on: String::new(),
        ends_on: String::new(),
        hours_needed: 8,
        policy: POLICY,
        courses,
        exam: Exam {
            title: String::new(),
            instructions: Vec::new(),
            question_count: 30,
            duration_ms: 1,
            full_marks: 100,
            pass_mark: 60,
            attempts_allowed: 2,
            attempts: Vec::new(),
        },
        certificate: None,
    }
}

fn studied() -> Class {
    class(vec![course(vec![done("l1")]), course(vec![done("l2")])])
}

fn attempt(id: &str, outcome: Option<Outcome>) -> AttemptSummary {
    let receipt = Receipt {
        at: Timestamp(0),
        by: HandInBy::Candidate,
        answered: 0,
        of: 30,
        digest: String::new(),
    };
    AttemptSummary {
        id: id.into(),
        number: 1,
        started_at: Timestamp(0),
        deadline: Timestamp(60),
        state: match outcome {
            Some(outcome) => AttemptState::HandedIn { receipt, outcome },
            None => AttemptState::Open,
        },
    }
}

const FAILED: Option<Outcome> = Some(Outcome::Failed { marks: None });
const PASSED: Option<Outcome> = Some(Outcome::Passed { marks: None });

#[test]
fn a_lesson_is_complete_when_the_policys_part_of_it_was_watched() {
    assert!(!lesson_complete(94_999, 100_000, POLICY));
    assert!(lesson_complete(95_000, 100_000, POLICY));
    let whole = StudyPolicy {
        complete_at_permille: 1000,
        ..POLICY
    };
    assert!(!lesson_complete(99_999, 100_000, whole));
    assert!(lesson_complete(100_000, 100_000, whole));
    assert_eq!(remaining_ms(&open("l", 94_999), POLICY), 1);
    assert_eq!(remaining_ms(&open("l", 0), POLICY), 95_000);
    assert_eq!(
        remaining_ms(&lesson("l", 0, Completion::Granted), POLICY),
        0
    );
}

#[test]
fn what_remains_is_exactly_what_completes_whatever_the_length() {
    for duration_ms in [1, 7, 999, 60_001, 12_345_678] {
        for complete_at_permille in [1, 333, 950, 1000] {
            let policy = StudyPolicy {
                complete_at_permille,
                ..POLICY
            };
            let lesson = LessonSummary {
                duration_ms,
                ..open("l", 0)
            };
            let rest = remaining_ms(&lesson, policy);
            assert!(lesson_complete(rest, duration_ms, policy));
            assert!(!lesson_complete(rest - 1, duration_ms, policy));
        }
    }
}

#[test]
fn hours_are_earned_by_whole_courses_watched_or_granted() {
    let granted = lesson("l2", 0, Completion::Granted);
    let class = class(vec![
        course(vec![done("l1"), granted]),
        course(vec![done("l3"), open("l4", 99_000)]),
        course(vec![]),
    ]);
    assert_eq!(hours_earned(&class), 4);
    let expected = Missing {
        courses: 2,
        remaining_ms: 0,
        hours: 4,
    };
    assert_eq!(missing(&class), Some(expected));
}

#[test]
fn the_exam_opens_when_every_course_is_complete_and_the_hours_suffice() {
    assert_eq!(missing(&studied()), None);
    let half = class(vec![
        course(vec![done("l1")]),
        course(vec![open("l2", 5000)]),
    ]);
    let expected = Missing {
        courses: 1,
        remaining_ms: 90_000,
        hours: 4,
    };
    assert_eq!(missing(&half), Some(expected));
    let short = Class {
        hours_needed: 9,
        ..studied()
    };
    assert_eq!(
        missing(&short),
        Some(Missing {
            courses: 0,
            remaining_ms: 0,
            hours: 1
        })
    );
    // Enough hours do not make up for a course that is missing.
    let easy = Class {
        hours_needed: 4,
        ..half
    };
    assert_eq!(
        missing(&easy),
        Some(Missing {
            courses: 1,
            remaining_ms: 90_000,
            hours: 0
        })
    );
}

#[test]
fn the_next_lesson_is_one_already_begun_else_the_first_open_one() {
    let next = |courses| match next_step(&class(courses)) {
        NextStep::Study { course, lesson, .. } => (course, lesson.0),
        other => panic!("{other:?}"),
    };
    let begun = vec![
        course(vec![open("l1", 0)]),
        course(vec![open("l2", 0), open("l3", 1)]),
    ];
    assert_eq!(next(begun), (1, String::from("l3")));
    let fresh = vec![
        course(vec![done("l1")]),
        course(vec![open("l2", 0), open("l3", 0)]),
    ];
    assert_eq!(next(fresh), (1, String::from("l2")));
}

#[test]
fn each_state_of_a_class_has_one_next_step_and_one_place_on_the_path() {
    use Station::{Ahead, Done, Present};
    let with = |attempts: &[AttemptSummary]| {
        let mut class = studied();
        class.exam.attempts = attempts.to_vec();
        class
    };
    let studying = class(vec![course(vec![open("l", 0)])]);
    assert!(matches!(next_step(&studying), NextStep::Study { .. }));
    assert_eq!(path(&studying), [Done, Present, Ahead, Ahead]);

    let short = Class {
        hours_needed: 9,
        ..studied()
    };
    let NextStep::AskOrganiser { missing } = next_step(&short) else {
        panic!()
    };
    assert_eq!(missing.hours, 1);

    let at_exam = [Done, Done, Present, Ahead];
    assert_eq!(
        next_step(&studied()),
        NextStep::SitExam { attempts_left: 2 }
    );
    assert_eq!(path(&studied()), at_exam);
    let once = with(&[attempt("a", FAILED)]);
    assert_eq!(next_step(&once), NextStep::SitExam { attempts_left: 1 });
    let running = with(&[attempt("a", FAILED), attempt("b", None)]);
    let resume = NextStep::ResumeExam {
        attempt: "b".into(),
        deadline: Timestamp(60),
    };
    assert_eq!(next_step(&running), resume);
    assert_eq!(path(&running), at_exam);
    let failed = with(&[attempt("a", FAILED), attempt("b", FAILED)]);
    assert_eq!(next_step(&failed), NextStep::NoAttemptLeft);
    assert_eq!(path(&failed), at_exam);

    let passed = with(&[attempt("a", FAILED), attempt("b", PASSED)]);
    assert_eq!(next_step(&passed), NextStep::AwaitCertificate);
    assert_eq!(path(&passed), [Done, Done, Done, Present]);
    let holder = Class {
        certificate: Some("z".into()),
        ..passed
    };
    assert_eq!(next_step(&holder), NextStep::Certificate("z".into()));
    assert_eq!(path(&holder), [Done; 4]);
}

#[test]
fn a_certificate_needs_a_pass_every_course_and_the_hours() {
    assert!(eligible(&studied(), true));
    assert!(!eligible(&studied(), false));
    assert!(!eligible(
        &Class {
            hours_needed: 9,
            ..studied()
        },
        true
    ));
    let half = class(vec![course(vec![done("l1")]), course(vec![open("l2", 0)])]);
    assert!(!eligible(
        &Class {
            hours_needed: 4,
            ..half
        },
        true
    ));
}
