//! One file a route; they compose, and hold no rule.

mod attempt;
mod certificate;
mod certificates;
mod class;
mod exam;
mod frame;
mod guard;
mod home;
mod lesson;
mod links;
mod me;
mod nav_link;
mod not_found;
mod sign_in;

use yew::prelude::*;

use crate::routes::Route;
use guard::Guard;

/// The page at an address. Keys make a page start anew when its subject changes.
pub(crate) fn show(route: Route) -> Html {
    let page = match route {
        Route::SignIn => return html! { <sign_in::SignInPage /> },
        Route::Home => html! { <home::HomePage /> },
        Route::Class { id } => html! { <class::ClassPage key={id.as_str()} id={id.clone()} /> },
        Route::Exam { id } => html! { <exam::ExamPage key={id.as_str()} id={id.clone()} /> },
        Route::Lesson { id } => html! { <lesson::LessonPage key={id.as_str()} id={id.clone()} /> },
        Route::Attempt { id } => {
            html! { <attempt::AttemptPage key={id.as_str()} id={id.clone()} /> }
        }
        Route::Certificates => html! { <certificates::CertificatesPage /> },
        Route::Certificate { id } => {
            html! { <certificate::CertificatePage key={id.as_str()} id={id.clone()} /> }
        }
        Route::Me => html! { <me::MePage /> },
        Route::NotFound => html! { <not_found::NotFoundPage /> },
    };
    html! { <Guard>{ page }</Guard> }
}
