//! One file a route; they compose, and hold no rule.

mod attempt;
mod certificate;
mod certificates;
mod class;
mod exam;
mod frame;
mod guard;
mod home;
mod lazy;
mod lesson;
mod links;
mod me;
mod nav_link;
mod not_found;
mod sign_in;
mod signed_in;
mod trouble;
mod work;

use yew::prelude::*;

use crate::routes::Route;
use guard::Guard;
use lazy::{Lazy, Part};

/// The page at an address.
pub(crate) fn show(route: Route) -> Html {
    if route == Route::SignIn {
        return html! { <sign_in::SignInPage /> };
    }
    if Part::of(&route) == Part::Work {
        // Nobody begins here who is not signed in: parts and session are asked for at once.
        Part::SignedIn.fetch_ahead();
        Part::Work.fetch_ahead();
    }
    html! { <Guard><Lazy part={Part::SignedIn} {route} /></Guard> }
}
