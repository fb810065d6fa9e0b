//! The document around the app: its title, language, focus and print dialogue.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, document_element, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Sets the title of the window.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the document's language, a BCP 47 tag.
pub(crate) fn set_language(tag: &str) {
    let _ = document_element().set_attribute("lang", tag);
}

/// Moves the focus to the element with that id, if it is there.
pub(crate) fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls to the top, as a fresh page would.
pub(crate) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Has the browser ask before the page is left, until the listener is dropped.
pub(crate) fn ask_before_leaving() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", options, |event| {
        event.prevent_default();
        // What Chromium before 119 goes by.
        let _ = js_sys::Reflect::set(event, &"returnValue".into(), &JsValue::TRUE);
    })
}

/// Loads the page anew, as it is served now.
pub(crate) fn reload() {
    let _ = window().location().reload();
}

/// Opens the browser's print dialogue.
pub(crate) fn print() {
    let _ = window().print();
}
