//! What happens to the page as a whole: hidden, shown, left, cut off from the network.

use gloo::events::EventListener;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast as _;
use web_sys::{PageTransitionEvent, VisibilityState};

/// What happened to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// It can be seen again.
    Shown,
    /// It is hidden or going away: the last chance to write something down.
    Hidden,
    /// The browser says that there is a link.
    Online,
    /// The browser says that there is none.
    Offline,
}

/// Calls `tell` until the returned listeners are dropped.
pub(crate) fn watch(tell: impl Fn(Life) + Clone + 'static) -> Vec<EventListener> {
    let listen = |target: &web_sys::EventTarget, name: &'static str, read: fn() -> Life| {
        let tell = tell.clone();
        EventListener::new(target, name, move |_| tell(read()))
    };
    let (page, view) = (document(), window());
    vec![
        listen(&page, "visibilitychange", || {
            match document().visibility_state() {
                VisibilityState::Hidden => Life::Hidden,
                _ => Life::Shown,
            }
        }),
        listen(&view, "pagehide", || Life::Hidden),
        listen(&view, "online", || Life::Online),
        listen(&view, "offline", || Life::Offline),
    ]
}

/// Whether the browser believes that it has a link. It may be wrong either way.
pub(crate) fn online() -> bool {
    window().navigator().on_line()
}

/// Tells, until the listener is dropped, when the browser has brought this page back as it was
/// left, with all that it showed: "back" after others have used the device.
pub(crate) fn on_restored(tell: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "pageshow", move |event| {
        if event
            .dyn_ref::<PageTransitionEvent>()
            .is_some_and(PageTransitionEvent::persisted)
        {
            tell();
        }
    })
}
