//! What stands around the pages of who is signed in, and the light ones of them.

use yew::prelude::*;

use super::lazy::{Lazy, Part, use_soon};
use super::{certificates, class, home, me, not_found};
use crate::routes::Route;
use crate::state::outbox::OutboxProvider;
use crate::state::session::use_session;

/// The page at an address, for who is signed in.
pub(super) fn show(route: &Route) -> Html {
    html! { <SignedIn route={route.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct SignedInProps {
    route: Route,
}

#[component]
fn SignedIn(props: &SignedInProps) -> Html {
    let session = use_session();
    use_soon(Part::Work);
    let Some(person) = session.state.person() else {
        return Html::default();
    };
    html! {
        <OutboxProvider key={person.id.as_str()} person={person.clone()}>
            { page(&props.route) }
        </OutboxProvider>
    }
}

/// Keys make a page start anew when its subject changes.
fn page(route: &Route) -> Html {
    match route {
        Route::Home => html! { <home::HomePage /> },
        Route::Class { id } => html! { <class::ClassPage key={id.as_str()} id={id.clone()} /> },
        Route::Certificates => html! { <certificates::CertificatesPage /> },
        Route::Me => html! { <me::MePage /> },
        _ if Part::of(route) == Part::Work => {
            html! { <Lazy part={Part::Work} route={route.clone()} /> }
        }
        _ => html! { <not_found::NotFoundPage /> },
    }
}
