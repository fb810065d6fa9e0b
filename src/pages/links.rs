//! Where the steps of a class lead.

use contract::{ClassId, LessonId};
use domain::progress::NextStep;
use yew::prelude::*;

use super::nav_link::NavLink;
use crate::routes::Route;

/// Makes the link to a next step.
pub(crate) fn next_step(class: &ClassId) -> Callback<(NextStep, Classes, &'static str), Html> {
    let class = class.to_string();
    Callback::from(
        move |(step, classes, words): (NextStep, Classes, &'static str)| {
            let to = match step {
                NextStep::Study { lesson, .. } => Route::Lesson {
                    id: lesson.to_string(),
                },
                NextStep::ResumeExam { attempt, .. } => Route::Attempt {
                    id: attempt.to_string(),
                },
                NextStep::Certificate(id) => Route::Certificate { id: id.to_string() },
                NextStep::SitExam { .. }
                | NextStep::AskOrganiser { .. }
                | NextStep::NoAttemptLeft
                | NextStep::AwaitCertificate => Route::Exam { id: class.clone() },
            };
            html! { <NavLink class={classes} {to}>{ words }</NavLink> }
        },
    )
}

/// Makes the link to a lesson.
pub(crate) fn lesson() -> Callback<(LessonId, Html), Html> {
    Callback::from(|(lesson, words): (LessonId, Html)| {
        html! { <NavLink to={Route::Lesson { id: lesson.to_string() }}>{ words }</NavLink> }
    })
}
