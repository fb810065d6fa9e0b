//! Sign-in. Its first paint stands in index.html already.

use yew::prelude::*;
use yew_router::prelude::*;

use super::frame::Frame;
use super::lazy::Part;
use crate::features::sign_in::SignInForm;
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::state::session::use_session;

/// The sign-in page.
#[component]
pub(crate) fn SignInPage() -> Html {
    let texts = use_texts();
    let session = use_session();
    let navigator = use_navigator();
    let next = use_location().map_or(Route::Home, |location| asked_for(location.query_str()));
    // Whoever is signed in has no business here: on to what they asked for.
    let signed_in = session.state.person().is_some();
    use_effect_with(signed_in, move |signed_in| {
        if let (true, Some(navigator)) = (*signed_in, navigator) {
            navigator.replace(&next);
        }
    });
    html! {
        <Frame title={texts.sign_in_title} bare=true>
            <div
                class="sign-in"
                // Whoever types is about to need what comes after.
                oninput={|_| Part::SignedIn.fetch_ahead()}
            >
                <div>
                    <h1>{ texts.sign_in_title }</h1>
                    <p class="soft">{ texts.sign_in_lead }</p>
                </div>
                <SignInForm on_done={Callback::noop()} />
            </div>
        </Frame>
    }
}

/// The page that was asked for: a path of ours and nothing else, so that no link can send people
/// elsewhere after they signed in.
fn asked_for(query: &str) -> Route {
    let pairs = query.trim_start_matches('?').split('&');
    let next = pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == "next");
    let path = next.and_then(|(_, value)| js_sys::decode_uri_component(value).ok());
    let path = path.and_then(|path| path.as_string()).unwrap_or_default();
    match Route::recognize(&path) {
        Some(Route::SignIn | Route::NotFound) | None => Route::Home,
        Some(route) => route,
    }
}
