//! My certificates.

use contract::{Certificate, Page, path};
use stylist::yew::use_style;
use yew::prelude::*;

use super::frame::Frame;
use super::nav_link::NavLink;
use crate::i18n::{CONTENT, use_texts};
use crate::routes::Route;
use crate::state::remote::{Freshness, Remote, advice, use_remote};
use crate::ui::button::Weight;
use crate::ui::facts::Facts;
use crate::ui::notice::{Empty, Loading, Trouble};

/// The list of certificates.
#[component]
pub(crate) fn CertificatesPage() -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        gap: 24px;
        .one { display: grid; gap: 12px; }
        .one .button { justify-self: start; }
        "
    );
    let (certificates, again) =
        use_remote::<Page<Certificate>>(path::CERTIFICATES.to_owned(), Freshness::KnownFirst);
    let content = match certificates {
        Remote::Loading => html! { <Loading /> },
        Remote::Failed(failure) => {
            html! { <Trouble advice={advice(texts, &failure)} retry={again} /> }
        }
        Remote::Ready(page) if page.items.is_empty() => html! {
            <Empty title={texts.certificates_empty_title} text={texts.certificates_empty_text} />
        },
        Remote::Ready(page) => html! {
            for certificate in &page.items {
                <section class="panel one" key={certificate.id.as_str()}>
                    <h2>{ &certificate.title }</h2>
                    <p lang={CONTENT}>{ &certificate.class_title }</p>
                    <Facts rows={vec![
                        (texts.certificate_number.into(), certificate.number.clone().into()),
                        (texts.certificate_issued.into(), texts.day(&certificate.issued_on).into()),
                    ]} />
                    <NavLink
                        class={Weight::Plain.classes()}
                        to={Route::Certificate { id: certificate.id.to_string() }}
                    >
                        { texts.see_certificate }
                    </NavLink>
                </section>
            }
        },
    };
    html! {
        <Frame title={texts.certificates_title}>
            <div class={style}>
                <h1>{ texts.certificates_title }</h1>
                { content }
            </div>
        </Frame>
    }
}
