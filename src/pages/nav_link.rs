//! A link to a page of the app.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::routes::Route;

/// Properties of [`NavLink`].
#[derive(Properties, PartialEq)]
pub(crate) struct NavLinkProps {
    /// Where it leads.
    pub(crate) to: Route,
    /// Its classes.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// It leads to the page that is shown.
    #[prop_or_default]
    pub(crate) current: bool,
    /// Its words.
    pub(crate) children: Html,
}

/// A link within the app. A plain click stays in the page; any other is the browser's.
#[component]
pub(crate) fn NavLink(props: &NavLinkProps) -> Html {
    let navigator = use_navigator();
    let to = props.to.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if let (true, Some(navigator)) = (plain, &navigator) {
            event.prevent_default();
            navigator.push(&to);
        }
    });
    html! {
        <a
            class={props.class.clone()}
            href={props.to.to_path()}
            aria-current={props.current.then_some("page")}
            {onclick}
        >
            { props.children.clone() }
        </a>
    }
}
