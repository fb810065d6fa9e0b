//! What stands around a page: the bar above, the navigation, the word on the connection.

use stylist::yew::use_style;
use yew::prelude::*;
use yew_router::prelude::*;

use super::nav_link::NavLink;
use crate::features::language_switch::LanguageSwitch;
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::state::connection::use_online;
use crate::state::session::use_session;
use crate::state::title::{focus, use_fresh_page, use_title};
use crate::ui::icon::Icon;

/// Properties of [`Frame`].
#[derive(Properties, PartialEq)]
pub(crate) struct FrameProps {
    /// Title of the window; empty for the app's own.
    pub(crate) title: AttrValue,
    /// Without navigation: nobody is signed in, or not known yet.
    #[prop_or_default]
    pub(crate) bare: bool,
    /// Where the bar's arrow leads on a phone; `None` on the pages of the navigation.
    #[prop_or_default]
    pub(crate) up: Option<Route>,
    /// Without the bottom bar on a phone, and edge to edge: a lesson.
    #[prop_or_default]
    pub(crate) wide: bool,
    /// The page.
    pub(crate) children: Html,
}

/// The frame of a page.
#[component]
pub(crate) fn Frame(props: &FrameProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let online = use_online();
    use_title(props.title.clone());
    use_fresh_page("content");
    let style = use_style!(
        "
        .nav-top { display: none; gap: 4px; margin-left: auto; }
        .nav-top a { display: inline-flex; align-items: center; min-height: 44px; padding: 0 14px; color: var(--ink); text-decoration: none; border-bottom: 3px solid transparent; border-top: 3px solid transparent; }
        .nav-top a[aria-current='page'] { border-bottom-color: var(--accent); font-weight: 600; }
        .where { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
        .up { display: inline-flex; align-items: center; justify-content: center; min-width: 44px; min-height: 44px; margin-left: -12px; color: var(--ink); }
        .who { color: var(--ink-soft); max-width: 10em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .end { display: flex; align-items: center; gap: 12px; margin-left: auto; margin-right: -12px; }
        .nav-bottom {
            position: fixed;
            inset: auto 0 0 0;
            z-index: 5;
            display: grid;
            grid-template-columns: repeat(3, 1fr);
            border-top: 1px solid var(--hairline);
            background: var(--surface);
            padding-bottom: env(safe-area-inset-bottom);
        }
        .nav-bottom a { display: grid; justify-items: center; gap: 2px; padding: 8px 0 6px; min-height: 56px; color: var(--ink-soft); text-decoration: none; font-size: var(--text-s); line-height: 1.4; }
        .nav-bottom a[aria-current='page'] { color: var(--accent); font-weight: 600; }
        .page-wide { padding-bottom: 48px; }
        @media (min-width: 640px) {
            .nav-top { display: flex; }
            .nav-top + .end { margin-left: 0; }
            .nav-bottom, .up { display: none; }
            .where { display: none; }
        }
        @media (max-width: 639px) {
            .brand-small { display: none; }
            .who { display: none; }
            .page-wide { padding-top: 0; }
        }
        "
    );
    let here = use_route::<Route>();
    let items = [
        (Route::Home, texts.nav_study, "book-open"),
        (Route::Certificates, texts.nav_certificates, "award"),
        (Route::Me, texts.nav_me, "user"),
    ];
    let current = |route: &Route| here.as_ref() == Some(route);
    let person = session.state.person();
    html! {
        <div class={style}>
            <a class="skip" href="#content" onclick={|event: MouseEvent| {
                event.prevent_default();
                focus("content");
            }}>{ texts.skip_to_content }</a>
            <header class="topbar">
                <div class="topbar-inner">
                    if let Some(up) = &props.up {
                        <NavLink class="up" to={up.clone()}>
                            <Icon name="chevron-left" />
                            <span class="sr-only">{ texts.back }</span>
                        </NavLink>
                        <span class="where" aria-hidden="true">{ &props.title }</span>
                    }
                    <NavLink
                        class={if props.up.is_some() { "brand brand-small" } else { "brand" }}
                        to={Route::Home}
                    >
                        <b>{ texts.app_name }</b>
                        <span>{ texts.app_title }</span>
                    </NavLink>
                    if !props.bare {
                        <nav class="nav-top" aria-label={texts.main_navigation}>
                            for (route, name, _) in &items {
                                <NavLink to={route.clone()} current={current(route)}>{ *name }</NavLink>
                            }
                        </nav>
                    }
                    <div class="end">
                        if let Some(person) = person {
                            <span class="who">{ &person.name }</span>
                        }
                        <LanguageSwitch />
                    </div>
                </div>
            </header>
            // Always there, so that a change in it is heard: the link, and that a page has come.
            <p class={if online { "sr-only" } else { "notice-bar" }} role="status">
                if !online { { texts.offline_bar } }
            </p>
            <p class="sr-only" role="status">
                { if props.title.is_empty() { texts.loading.into() } else { props.title.clone() } }
            </p>
            <main
                id="content"
                tabindex="-1"
                class={if props.wide { "page page-wide" } else { "page" }}
                aria-label={(!props.title.is_empty()).then(|| props.title.clone())}
            >
                // Still loading, or failed: the page has no heading of its own yet.
                if props.title.is_empty() {
                    <h1 class="sr-only">{ texts.app_title }</h1>
                }
                { props.children.clone() }
            </main>
            if !props.bare && !props.wide && props.up.is_none() {
                <nav class="nav-bottom" aria-label={texts.main_navigation}>
                    for (route, name, icon) in &items {
                        <NavLink to={route.clone()} current={current(route)}>
                            <Icon name={*icon} />
                            { *name }
                        </NavLink>
                    }
                </nav>
            }
        </div>
    }
}
