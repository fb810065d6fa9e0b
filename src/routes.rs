//! The addresses of the pages.

use yew_router::prelude::*;

/// A page's address. What stands in it is opaque; nothing personal ever does.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// My classes.
    #[at("/")]
    Home,
    /// Sign-in; `?next=` holds the page that was asked for.
    #[at("/sign-in")]
    SignIn,
    /// A class.
    #[at("/classes/:id")]
    Class { id: String },
    /// The exam of a class, before and between attempts.
    #[at("/classes/:id/exam")]
    Exam { id: String },
    /// A lesson.
    #[at("/lessons/:id")]
    Lesson { id: String },
    /// An attempt at an exam, and its result.
    #[at("/attempts/:id")]
    Attempt { id: String },
    /// My certificates.
    #[at("/certificates")]
    Certificates,
    /// A certificate.
    #[at("/certificates/:id")]
    Certificate { id: String },
    /// Account and device.
    #[at("/me")]
    Me,
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}
