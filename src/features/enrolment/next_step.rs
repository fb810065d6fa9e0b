//! The path, and the one next step with its reason.

use std::rc::Rc;

use contract::{Class, Timestamp};
use domain::progress::{self, NextStep, Station};
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{CONTENT, Texts, use_texts};
use crate::state::server_clock;
use crate::ui::button::Weight;
use crate::ui::stations::{StationState, Stations};

/// Properties of [`ClassPath`].
#[derive(Properties, PartialEq)]
pub(crate) struct ClassPathProps {
    /// The class.
    pub(crate) class: Rc<Class>,
}

/// 报名 → 学习 → 考试 → 证书, as far as this person is.
#[component]
pub(crate) fn ClassPath(props: &ClassPathProps) -> Html {
    let states = progress::path(&props.class).map(|station| match station {
        Station::Done => StationState::Done,
        Station::Present => StationState::Present,
        Station::Ahead => StationState::Ahead,
    });
    html! { <Stations {states} /> }
}

/// Properties of [`NextStepPanel`].
#[derive(Properties, PartialEq)]
pub(crate) struct NextStepPanelProps {
    /// The class.
    pub(crate) class: Rc<Class>,
    /// A link to the step, given its classes and words: where it leads is the page's to know.
    pub(crate) link: Callback<(NextStep, Classes, &'static str), Html>,
}

/// Why the next step is next, and the way to it.
#[component]
pub(crate) fn NextStepPanel(props: &NextStepPanelProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 16px 24px;
        .why { flex: 1 1 16em; }
        .why .lesson { font-family: var(--font-title); font-size: var(--text-l); font-weight: 600; line-height: 1.5; }
        .button { flex: 0 0 auto; min-width: 9em; }
        @media (max-width: 639px) {
            .button { flex: 1 1 100%; }
        }
        "
    );
    let step = progress::next_step(&props.class);
    let (lesson, why, words) = say(texts, &props.class, &step);
    html! {
        <div class={style}>
            <div class="why">
                if let Some(lesson) = lesson {
                    <p class="lesson" lang={CONTENT}>{ lesson }</p>
                }
                <p class={if words.is_some() { "soft" } else { "" }}>{ why }</p>
            </div>
            if let Some(words) = words {
                { props.link.emit((step, classes!(Weight::Primary.classes()), words)) }
            }
        </div>
    }
}

/// The lesson that is next, the reason, and the words of the action, if there is one.
fn say(
    texts: &'static Texts,
    class: &Class,
    step: &NextStep,
) -> (Option<String>, String, Option<&'static str>) {
    match step {
        NextStep::Study {
            course,
            lesson,
            missing,
        } => {
            let course = &class.courses[*course];
            let begun = course
                .lessons
                .iter()
                .any(|l| l.id == *lesson && l.covered_ms > 0);
            let words = if begun {
                texts.continue_study
            } else {
                texts.begin_study
            };
            (
                Some(course.title.clone()),
                texts.missing(missing.courses, missing.remaining_ms),
                Some(words),
            )
        }
        NextStep::AskOrganiser { missing } => (None, texts.hours_short(missing.hours), None),
        NextStep::SitExam { attempts_left } => (
            None,
            texts.exam_open(*attempts_left),
            Some(texts.go_to_exam),
        ),
        NextStep::ResumeExam { deadline, .. } => {
            let left = left(*deadline, server_clock::now());
            (
                None,
                texts.exam_under_way(&texts.duration(left)),
                Some(texts.resume_exam),
            )
        }
        NextStep::NoAttemptLeft => (None, texts.no_attempt_left.to_owned(), None),
        NextStep::AwaitCertificate => (None, texts.await_certificate.to_owned(), None),
        NextStep::Certificate(_) => (
            None,
            texts.class_done.to_owned(),
            Some(texts.see_certificate),
        ),
    }
}

fn left(deadline: Timestamp, now: Timestamp) -> u64 {
    deadline.since(now)
}
