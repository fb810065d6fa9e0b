//! Lets only signed-in people through, and keeps their page while they sign in again.

use yew::html::ChildrenProps;
use yew::prelude::*;
use yew_router::prelude::*;

use super::frame::Frame;
use crate::features::sign_in::SignInForm;
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::state::remote::advice;
use crate::state::session::{SessionState, use_session};
use crate::ui::dialog::Dialog;
use crate::ui::notice::{Loading, Trouble};

/// Shows its children to who is signed in; others are asked to sign in first.
#[component]
pub(crate) fn Guard(props: &ChildrenProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let location = use_location();
    match &session.state {
        SessionState::Asking => html! {
            <Frame title="" bare=true><Loading /></Frame>
        },
        SessionState::SignedOut => {
            let next = location.map_or_else(|| "/".to_owned(), |at| at.path().to_owned());
            html! { <ToSignIn {next} /> }
        }
        SessionState::Unknown(failure) => {
            let asked = session.clone();
            html! {
                <Frame title="" bare=true>
                    <Trouble
                        advice={advice(texts, failure)}
                        retry={Callback::from(move |()| asked.ask())}
                    />
                </Frame>
            }
        }
        SessionState::SignedIn(person) | SessionState::Expired(person) => html! {
            <>
                { props.children.clone() }
                if matches!(session.state, SessionState::Expired(_)) {
                    <Dialog id="sign-in-again" title={texts.sign_in_again_title}>
                        <p>{ texts.sign_in_again_text }</p>
                        <SignInForm
                            username={person.username.clone()}
                            on_done={Callback::noop()}
                        />
                    </Dialog>
                }
            </>
        },
    }
}

#[derive(Properties, PartialEq)]
struct ToSignInProps {
    next: String,
}

/// Goes to the sign-in page, and remembers where the person wanted to be.
#[component]
fn ToSignIn(props: &ToSignInProps) -> Html {
    let navigator = use_navigator();
    use_effect_with(props.next.clone(), move |next| {
        let Some(navigator) = navigator else { return };
        if next == "/" {
            navigator.replace(&Route::SignIn);
        } else {
            let query = [("next", next.as_str())];
            if navigator.replace_with_query(&Route::SignIn, query).is_err() {
                navigator.replace(&Route::SignIn);
            }
        }
    });
    Html::default()
}
