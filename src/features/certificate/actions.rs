//! Download and print.

use std::rc::Rc;

use contract::Certificate;
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{Advice, use_texts};
use crate::state::certificate::{PressFailure, Writing, use_press};
use crate::ui::button::{Button, Weight};
use crate::ui::icon::Icon;
use crate::ui::notice::Trouble;

/// Properties of [`Actions`].
#[derive(Properties, PartialEq)]
pub(crate) struct ActionsProps {
    /// The certificate.
    pub(crate) certificate: Rc<Certificate>,
}

/// What may be done with a certificate.
#[component]
pub(crate) fn Actions(props: &ActionsProps) -> Html {
    let texts = use_texts();
    let press = use_press(&props.certificate);
    let style = use_style!(
        "
        display: grid;
        gap: 16px;
        .ways { display: flex; flex-wrap: wrap; gap: 12px; }
        @media (max-width: 639px) {
            .ways .button { flex: 1 1 100%; }
        }
        "
    );
    let download = {
        let press = press.clone();
        let name = texts.certificate_file(&props.certificate.title, &props.certificate.number);
        Callback::from(move |()| press.download(name.clone()))
    };
    let print = {
        let press = press.clone();
        Callback::from(move |()| press.print())
    };
    let failed = match press.state {
        Writing::Failed(PressFailure::MissingGlyph(char)) => Some(texts.missing_glyph(char)),
        Writing::Failed(PressFailure::Network) => Some(texts.pdf_unreachable.to_owned()),
        Writing::Failed(PressFailure::Photo | PressFailure::Broken) => {
            Some(texts.pdf_failed.to_owned())
        }
        Writing::Idle | Writing::Pdf | Writing::Print | Writing::Saved => None,
    };
    html! {
        <div class={style}>
            <div class="ways">
                <Button weight={Weight::Primary} busy={press.state == Writing::Pdf} onclick={download}>
                    <Icon name="download" />
                    { if press.state == Writing::Pdf { texts.making_pdf } else { texts.download_pdf } }
                </Button>
                <Button busy={press.state == Writing::Print} onclick={print}>
                    <Icon name="printer" />
                    { texts.print }
                </Button>
            </div>
            <p role="status">
                if press.state == Writing::Saved { { texts.pdf_done } }
            </p>
            if let Some(text) = failed {
                <Trouble advice={Advice { title: texts.pdf_failed_title, text }} />
            }
            <p class="soft">{ texts.certificate_note }</p>
        </div>
    }
}
