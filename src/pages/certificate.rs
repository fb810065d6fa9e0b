//! A certificate, as it prints.

use contract::{Certificate, path};
use stylist::yew::use_style;
use yew::prelude::*;

use super::frame::Frame;
use super::trouble::PageTrouble;
use crate::features::certificate::{Actions, CertificateSheet};
use crate::i18n::{CONTENT, use_texts};
use crate::routes::Route;
use crate::state::remote::{Freshness, Remote, media_url, use_remote};
use crate::ui::facts::Facts;
use crate::ui::notice::Loading;

/// Properties of [`CertificatePage`].
#[derive(Properties, PartialEq)]
pub(crate) struct CertificatePageProps {
    /// Id of the certificate.
    pub(crate) id: String,
}

/// The page of a certificate.
#[component]
pub(crate) fn CertificatePage(props: &CertificatePageProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        gap: 24px;
        .ground { padding: 24px; background: var(--sunken); border-radius: var(--radius-m); }
        .certificate-sheet { text-autospace: no-autospace; text-spacing-trim: space-all; display: block; width: 100%; height: auto; background: #fff; border: 1px solid var(--hairline); }
        .beside { display: grid; gap: 24px; align-content: start; max-width: 640px; }
        @media (max-width: 639px) {
            .ground { margin-inline: -16px; padding: 16px 8px; border-radius: 0; }
        }
        "
    );
    let (certificate, again) = use_remote::<Certificate>(
        path::certificate(&props.id.as_str().into()),
        Freshness::KnownFirst,
    );
    let (title, content) = match certificate {
        Remote::Loading => (AttrValue::from(""), html! { <Loading /> }),
        Remote::Failed(failure) => (
            AttrValue::from(""),
            html! { <PageTrouble {failure} {again} /> },
        ),
        Remote::Ready(certificate) => {
            let c = &certificate;
            let photo_url = c
                .photo_url
                .as_deref()
                .map(|path| AttrValue::from(media_url(path)));
            let content = html! {
                <div class={style}>
                    <h1 lang={CONTENT}>{ &c.title }</h1>
                    <div class="ground">
                        <CertificateSheet
                            certificate={certificate.clone()}
                            {photo_url}
                            label={texts.certificate_label(&c.title, &c.name, &c.number)}
                        />
                    </div>
                    <div class="beside">
                        <Actions certificate={certificate.clone()} />
                        <Facts rows={vec![
                            (texts.name.into(), c.name.clone().into()),
                            (texts.certificate_number.into(), c.number.clone().into()),
                            (texts.certificate_issued.into(), texts.day(&c.issued_on).into()),
                            (texts.certificate_class.into(), c.class_title.clone().into()),
                            (texts.hours_title.into(), texts.course_hours(c.hours).into()),
                        ]} />
                    </div>
                </div>
            };
            (c.title.clone().into(), content)
        }
    };
    html! { <Frame {title} up={Route::Certificates}>{ content }</Frame> }
}
