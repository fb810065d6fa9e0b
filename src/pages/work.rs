//! The pages one works on: by far the most of the program, and none that one begins with.

use yew::prelude::*;

use super::{attempt, certificate, exam, lesson};
use crate::routes::Route;

/// The page at an address. Keys make a page start anew when its subject changes.
pub(super) fn show(route: &Route) -> Html {
    match route {
        Route::Lesson { id } => html! { <lesson::LessonPage key={id.as_str()} id={id.clone()} /> },
        Route::Exam { id } => html! { <exam::ExamPage key={id.as_str()} id={id.clone()} /> },
        Route::Attempt { id } => {
            html! { <attempt::AttemptPage key={id.as_str()} id={id.clone()} /> }
        }
        Route::Certificate { id } => {
            html! { <certificate::CertificatePage key={id.as_str()} id={id.clone()} /> }
        }
        _ => Html::default(),
    }
}
