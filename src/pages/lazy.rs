//! Parts of the program that are fetched when they are needed, so that the sign-in page costs
//! little.
//!
//! Built with the feature `split`, each part is a wasm file of its own, which shares memory and
//! functions with the first one (docs/ARCHITECTURE.md); without it, parts are merely functions.

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::frame::Frame;
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::state::connection;
use crate::state::remote::{Failure, advice};
use crate::ui::notice::{Loading, Trouble};

/// Shows the page at an address that belongs to the part.
type Render = fn(&Route) -> Html;

/// A part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What stands around the pages of who is signed in, and the light ones of them.
    SignedIn,
    /// The pages one works on: lesson, exam, certificate.
    Work,
}

thread_local! {
    static HERE: [Cell<Option<Render>>; 2] = const { [Cell::new(None), Cell::new(None)] };
}

impl Part {
    /// What the page at an address is part of.
    pub(crate) fn of(route: &Route) -> Self {
        match route {
            Route::Lesson { .. }
            | Route::Exam { .. }
            | Route::Attempt { .. }
            | Route::Certificate { .. } => Self::Work,
            _ => Self::SignedIn,
        }
    }

    fn here(self) -> Option<Render> {
        HERE.with(|parts| parts[self as usize].get())
    }

    /// Fetches the part; at once if it is here already. What failed is tried anew each time.
    async fn fetch(self) -> Result<Render, files::Missing> {
        let render = match self {
            Self::SignedIn => files::fetch_signed_in().await?,
            Self::Work => files::fetch_work().await?,
        };
        HERE.with(|parts| parts[self as usize].set(Some(render)));
        Ok(render)
    }

    /// Fetches the part before it is asked for. If that fails, it is fetched when it is.
    pub(crate) fn fetch_ahead(self) {
        if self.here().is_none() {
            spawn_local(async move {
                let _ = self.fetch().await;
            });
        }
    }
}

/// The parts' own files.
#[cfg(feature = "split")]
mod files {
    use wasm_split_helpers::wasm_split;

    pub(super) use wasm_split_helpers::SplitLoaderError as Missing;

    use super::Render;
    use crate::pages::{signed_in, work};

    #[wasm_split(signed_in, fallible)]
    pub(super) fn fetch_signed_in() -> Result<Render, Missing> {
        Ok(signed_in::show)
    }

    #[wasm_split(work, fallible)]
    pub(super) fn fetch_work() -> Result<Render, Missing> {
        Ok(work::show)
    }
}

#[cfg(not(feature = "split"))]
mod files {
    pub(super) use std::convert::Infallible as Missing;

    use super::Render;
    use crate::pages::{signed_in, work};

    pub(super) async fn fetch_signed_in() -> Result<Render, Missing> {
        Ok(signed_in::show)
    }

    pub(super) async fn fetch_work() -> Result<Render, Missing> {
        Ok(work::show)
    }
}

/// Properties of [`Lazy`].
#[derive(Properties, PartialEq)]
pub(crate) struct LazyProps {
    /// What the page is part of.
    pub(crate) part: Part,
    /// The page.
    pub(crate) route: Route,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Coming,
    Here,
    Missing,
}

/// A page, once its part of the program is here.
#[component]
pub(crate) fn Lazy(props: &LazyProps) -> Html {
    let texts = use_texts();
    let part = props.part;
    let state = use_state_eq(|| match part.here() {
        Some(_) => State::Here,
        None => State::Coming,
    });
    let tries = use_state(|| 0_u32);
    {
        let setter = state.setter();
        use_effect_with(*tries, move |tries| {
            let tries = *tries;
            if part.here().is_some() {
                setter.set(State::Here);
                return;
            }
            setter.set(State::Coming);
            spawn_local(async move {
                match part.fetch().await {
                    Ok(_) => setter.set(State::Here),
                    // The link is there and the file is not: a newer version has taken the place
                    // of this one, and the whole page must come anew.
                    Err(_) if tries > 0 && connection::online() => connection::reload(),
                    Err(_) => setter.set(State::Missing),
                }
            });
        });
    }
    if let Some(render) = part.here() {
        return render(&props.route);
    }
    let content = if *state == State::Missing {
        let retry = Callback::from(move |()| tries.set(*tries + 1));
        html! { <Trouble advice={advice(texts, &Failure::Unreachable)} {retry} /> }
    } else {
        html! { <Loading /> }
    };
    // Until then, the frame is that of the page that comes before or after.
    let bare = part == Part::SignedIn;
    let up = (!bare).then_some(Route::Home);
    html! { <Frame title="" {bare} {up}>{ content }</Frame> }
}

/// Fetches a part ahead, once the page that stands there has had time to load what it needs.
#[hook]
pub(crate) fn use_soon(part: Part) {
    use_effect_with(part, |part| {
        let part = *part;
        let timer = Timeout::new(1_000, move || part.fetch_ahead());
        move || drop(timer)
    });
}
