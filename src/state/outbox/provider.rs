//! Opens the outbox of who is signed in, and gives it to the pages.

use std::rc::Rc;

use contract::Person;
use domain::outbox::{Event, Link};
use yew::prelude::*;

use super::{Listener, News, OutboxHandle};
use crate::platform::life::Life;
use crate::state::connection::use_life;
use crate::state::device::use_ask_before_leaving;
use crate::state::session::{SessionState, use_session};

/// Properties of [`OutboxProvider`].
#[derive(Properties, PartialEq)]
pub(crate) struct OutboxProviderProps {
    /// Whose outbox it is; give the provider the person's id as key.
    pub(crate) person: Rc<Person>,
    /// What is shown once it is open.
    pub(crate) children: Html,
}

/// Opens the person's outbox and provides [`OutboxHandle`].
#[component]
pub(crate) fn OutboxProvider(props: &OutboxProviderProps) -> Html {
    let session = use_session();
    let outbox = use_state(|| OutboxHandle::open(&props.person, session.clone()));
    {
        let outbox = (*outbox).clone();
        use_effect_with(session, move |session| {
            // Another person's session is none of this outbox's.
            if session.state.person().map(|person| &person.id) != Some(&outbox.0.person) {
                return;
            }
            *outbox.0.session.borrow_mut() = session.clone();
            if matches!(session.state, SessionState::SignedIn(_))
                && outbox.link() == Link::SignedOut
            {
                outbox.step(Event::SignedIn);
            }
        });
    }
    {
        let outbox = (*outbox).clone();
        use_life(Callback::from(move |life| match life {
            Life::Online => outbox.step(Event::Online),
            Life::Offline => outbox.step(Event::Offline),
            Life::Shown => outbox.step(Event::Wake),
            Life::Hidden => {}
        }));
    }
    html! {
        <ContextProvider<OutboxHandle> context={(*outbox).clone()}>
            <AskBeforeLosing />
            { props.children.clone() }
        </ContextProvider<OutboxHandle>>
    }
}

/// While something is in this page only, the browser asks before it is left, whatever the page.
#[component]
fn AskBeforeLosing() -> Html {
    let outbox = use_watched_outbox();
    use_ask_before_leaving(outbox.unsaved() > 0);
    Html::default()
}

/// The outbox of the person who is signed in.
#[hook]
#[expect(
    clippy::expect_used,
    reason = "every page of a person stands below its provider"
)]
pub(in crate::state) fn use_outbox() -> OutboxHandle {
    use_context::<OutboxHandle>().expect("an outbox provider above")
}

/// Hears the outbox's news with its latest closure.
#[hook]
pub(crate) fn use_outbox_news(tell: impl Fn(&News) + 'static) {
    let outbox = use_outbox();
    let latest = use_mut_ref(|| Rc::new(|_: &News| {}) as Listener);
    *latest.borrow_mut() = Rc::new(tell);
    use_effect_with((), move |()| {
        let id = outbox.listen(Rc::new(move |news| {
            let tell = latest.borrow().clone();
            tell(news);
        }));
        move || outbox.unlisten(id)
    });
}

/// The outbox, and the component drawn anew whenever the queue changes.
#[hook]
pub(crate) fn use_watched_outbox() -> OutboxHandle {
    let redraw = use_force_update();
    use_outbox_news(move |news| {
        if matches!(news, News::Changed) {
            redraw.force_update();
        }
    });
    use_outbox()
}
