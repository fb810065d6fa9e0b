//! Having a certificate written: where that stands.

use std::rc::Rc;

use contract::Certificate;
use yew::platform::spawn_local;
use yew::prelude::*;

pub(crate) use crate::platform::press::Failure as PressFailure;
use crate::platform::{download, page, press};

/// Where the writing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// Not asked for.
    Idle,
    /// Under way, for the download.
    Pdf,
    /// Under way, for the printer.
    Print,
    /// The file was handed to the browser.
    Saved,
    /// Nothing came of it.
    Failed(PressFailure),
}

/// A certificate that can be downloaded and printed.
#[derive(Clone, PartialEq)]
pub(crate) struct PressHandle {
    /// Where the writing stands.
    pub(crate) state: Writing,
    set: UseStateSetter<Writing>,
    certificate: Rc<Certificate>,
}

impl PressHandle {
    /// Writes the PDF and hands it to the browser under that name.
    pub(crate) fn download(&self, name: String) {
        if matches!(self.state, Writing::Pdf | Writing::Print) {
            return;
        }
        self.set.set(Writing::Pdf);
        let (set, certificate) = (self.set.clone(), self.certificate.clone());
        spawn_local(async move {
            set.set(match press::pdf(&certificate).await {
                Ok(bytes) => match download::save(&name, "application/pdf", &bytes) {
                    Ok(()) => Writing::Saved,
                    Err(_) => Writing::Failed(PressFailure::Broken),
                },
                Err(failure) => Writing::Failed(failure),
            });
        });
    }

    /// Prints the page's sheet, with the PDF's own glyphs where they can be had.
    pub(crate) fn print(&self) {
        if matches!(self.state, Writing::Pdf | Writing::Print) {
            return;
        }
        self.set.set(Writing::Print);
        let (set, certificate) = (self.set.clone(), self.certificate.clone());
        spawn_local(async move {
            // Without them the system's own faces print: a sheet all the same.
            let _ = press::show_font(&certificate).await;
            set.set(Writing::Idle);
            page::print();
        });
    }
}

/// Lets a certificate be downloaded and printed.
#[hook]
pub(crate) fn use_press(certificate: &Rc<Certificate>) -> PressHandle {
    let state = use_state(|| Writing::Idle);
    PressHandle {
        state: *state,
        set: state.setter(),
        certificate: certificate.clone(),
    }
}
