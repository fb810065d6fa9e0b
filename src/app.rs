//! Starts the app, and wraps every page in what all of them need.

use gloo::utils::document;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::pages;
use crate::platform::{config, http};
use crate::routes::Route;
use crate::state::language::LanguageProvider;
use crate::state::session::SessionProvider;

/// Reads the configuration, then renders into the element that holds the static shell.
pub(crate) fn start() {
    spawn_local(async {
        http::set_base(&config::load().await.api);
        if let Some(root) = document().get_element_by_id("app") {
            // The shell in index.html has done its part: it was there before the program.
            root.replace_children_with_node_0();
            yew::Renderer::<App>::with_root(root).render();
        }
    });
}

#[component]
fn App() -> Html {
    html! {
        <LanguageProvider>
            <SessionProvider>
                <BrowserRouter>
                    <Switch<Route> render={pages::show} />
                </BrowserRouter>
            </SessionProvider>
        </LanguageProvider>
    }
}
