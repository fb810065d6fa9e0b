//! The form that signs a person in: on its page, and over a page whose session has ended.

use contract::SignIn;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::i18n::use_texts;
use crate::state::remote::{Failure, advice};
use crate::state::session::use_session;
use crate::ui::button::{Button, Weight};
use crate::ui::field::{self, Field};
use crate::ui::notice::Trouble;

/// Properties of [`SignInForm`].
#[derive(Properties, PartialEq)]
pub(crate) struct SignInFormProps {
    /// The user name, where it is known already.
    #[prop_or_default]
    pub(crate) username: String,
    /// The person is signed in.
    pub(crate) on_done: Callback<()>,
}

/// Where the form stands.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Filling,
    Incomplete { username: bool, password: bool },
    Sending,
    Failed(Failure),
}

/// The sign-in form.
#[component]
pub(crate) fn SignInForm(props: &SignInFormProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let stage = use_state(|| Stage::Filling);
    let shown = use_state(|| false);
    let (username, password) = (use_node_ref(), use_node_ref());
    {
        let username = username.clone();
        let known = props.username.clone();
        use_effect_with((), move |()| {
            if let Some(input) = username.cast::<web_sys::HtmlInputElement>()
                && input.value().is_empty()
            {
                input.set_value(&known);
            }
        });
    }
    let onsubmit = {
        let (stage, on_done) = (stage.clone(), props.on_done.clone());
        let (username, password) = (username.clone(), password.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *stage == Stage::Sending {
                return;
            }
            let sign_in = SignIn {
                username: field::value(&username).trim().to_owned(),
                password: field::value(&password),
            };
            let lacks = (sign_in.username.is_empty(), sign_in.password.is_empty());
            if lacks != (false, false) {
                field::focus(if lacks.0 { &username } else { &password });
                stage.set(Stage::Incomplete {
                    username: lacks.0,
                    password: lacks.1,
                });
                return;
            }
            stage.set(Stage::Sending);
            let (session, stage, on_done) = (session.clone(), stage.setter(), on_done.clone());
            let password = password.clone();
            spawn_local(async move {
                match session.sign_in(&sign_in).await {
                    Ok(()) => on_done.emit(()),
                    Err(failure) => {
                        stage.set(Stage::Failed(failure));
                        field::focus(&password);
                    }
                }
            });
        })
    };
    let error = |lacks: bool, text: &'static str| lacks.then(|| AttrValue::from(text));
    let (no_username, no_password) = match *stage {
        Stage::Incomplete { username, password } => (username, password),
        Stage::Filling | Stage::Sending | Stage::Failed(_) => (false, false),
    };
    let busy = *stage == Stage::Sending;
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(!*shown))
    };
    html! {
        <form class="stack" novalidate=true {onsubmit}>
            if let Stage::Failed(failure) = &*stage {
                <Trouble advice={advice(texts, failure)} />
            }
            <Field
                id="username"
                label={texts.username}
                input={username}
                autocomplete="username"
                max_length={64}
                error={error(no_username, texts.username_missing)}
            />
            <Field
                id="password"
                label={texts.password}
                input={password}
                kind={if *shown { "text" } else { "password" }}
                autocomplete="current-password"
                autofocus={!props.username.is_empty()}
                max_length={256}
                error={error(no_password, texts.password_missing)}
                aside={html! {
                    <button type="button" class="button button-quiet small" onclick={toggle}>
                        { if *shown { texts.hide_password } else { texts.show_password } }
                    </button>
                }}
            />
            <Button weight={Weight::Primary} submit=true {busy} onclick={Callback::noop()}>
                { if busy { texts.signing_in } else { texts.sign_in } }
            </Button>
        </form>
    }
}
