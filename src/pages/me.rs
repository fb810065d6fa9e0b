//! Account, and what this device still holds.

use yew::platform::spawn_local;
use yew::prelude::*;

use super::frame::Frame;
use crate::i18n::{Advice, use_texts};
use crate::state::outbox::use_watched_outbox;
use crate::state::session::use_session;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::facts::Facts;
use crate::ui::notice::Trouble;

/// Where signing out stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaving {
    Not,
    /// Something is not sent yet: leave all the same?
    Asked,
    Going,
    /// The session goes on, since the server could not be told.
    Failed,
}

/// The account page.
#[component]
pub(crate) fn MePage() -> Html {
    let texts = use_texts();
    let session = use_session();
    let outbox = use_watched_outbox();
    let leaving = use_state(|| Leaving::Not);
    let (waiting, unsaved) = (outbox.waiting(), outbox.unsaved());
    let go = {
        let (session, leaving) = (session.clone(), leaving.setter());
        Callback::from(move |()| {
            leaving.set(Leaving::Going);
            let (session, leaving) = (session.clone(), leaving.clone());
            spawn_local(async move {
                if session.sign_out().await.is_err() {
                    leaving.set(Leaving::Failed);
                }
            });
        })
    };
    let ask = {
        let (leaving, go) = (leaving.setter(), go.clone());
        Callback::from(move |()| {
            if waiting > 0 {
                leaving.set(Leaving::Asked);
            } else {
                go.emit(());
            }
        })
    };
    let stay = {
        let leaving = leaving.setter();
        Callback::from(move |()| leaving.set(Leaving::Not))
    };
    let send = Callback::from(move |()| outbox.send_now());
    let failed = Advice {
        title: texts.sign_out_failed_title,
        text: texts.sign_out_failed_text.to_owned(),
    };
    let (unsent_title, unsent_text) = if unsaved > 0 {
        (texts.sign_out_unsaved_title, texts.sign_out_unsaved_text)
    } else {
        (texts.sign_out_unsent_title, texts.sign_out_unsent_text)
    };
    let rows = session.state.person().map(|person| {
        let mut rows = vec![
            (texts.name.into(), person.name.clone().into()),
            (texts.username.into(), person.username.clone().into()),
            (texts.unit.into(), person.unit.clone().into()),
            (texts.post.into(), person.post.clone().into()),
        ];
        if let Some(masked) = &person.id_number_masked {
            rows.push((texts.id_number.into(), masked.clone().into()));
        }
        rows
    });
    html! {
        <Frame title={texts.me_title}>
            <div class="stack" style="max-width: 640px">
                <h1>{ texts.me_title }</h1>
                <Facts rows={rows.unwrap_or_default()} />
                <section class="stack" style="padding-top: 16px">
                    <h2>{ texts.device_title }</h2>
                    <p role="status">
                        { if waiting == 0 { texts.device_nothing.to_owned() } else { texts.waiting(waiting) } }
                    </p>
                    if waiting > 0 {
                        <Button onclick={send}>{ texts.save_now }</Button>
                    }
                </section>
                <hr />
                if *leaving == Leaving::Failed {
                    <Trouble advice={failed} />
                }
                <Button onclick={ask} busy={*leaving == Leaving::Going}>{ texts.sign_out }</Button>
                if *leaving == Leaving::Asked {
                    <Dialog id="sign-out" title={unsent_title} on_cancel={stay.clone()}>
                        <p>{ texts.waiting(waiting) }</p>
                        <p>{ unsent_text }</p>
                        <div class="ways">
                            <Button weight={Weight::Primary} onclick={stay}>{ texts.cancel }</Button>
                            <Button onclick={go}>{ texts.sign_out_anyway }</Button>
                        </div>
                    </Dialog>
                }
            </div>
        </Frame>
    }
}
