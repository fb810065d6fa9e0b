//! Whether there is a link, as far as the browser knows.

use yew::prelude::*;

use crate::platform::life;
pub(crate) use crate::platform::life::{Life, online};
pub(crate) use crate::platform::page::reload;

/// True while the browser believes that it has a link.
#[hook]
pub(crate) fn use_online() -> bool {
    let online = use_state(online);
    {
        let setter = online.setter();
        use_effect_with((), move |()| {
            let listeners = life::watch(move |event| match event {
                Life::Online => setter.set(true),
                Life::Offline => setter.set(false),
                Life::Shown | Life::Hidden => {}
            });
            move || drop(listeners)
        });
    }
    *online
}

/// Calls `tell` on every event of the page's life, with its latest closure.
#[hook]
pub(crate) fn use_life(tell: Callback<Life>) {
    let latest = use_mut_ref(|| tell.clone());
    *latest.borrow_mut() = tell;
    use_effect_with((), move |()| {
        let listeners = life::watch(move |event| {
            let tell = latest.borrow().clone();
            tell.emit(event);
        });
        move || drop(listeners)
    });
}
