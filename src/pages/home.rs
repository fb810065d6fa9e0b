//! My classes: each with its path and its one next step.

use std::rc::Rc;

use contract::{Enrolment, Page, path};
use yew::prelude::*;

use super::frame::Frame;
use super::links;
use super::nav_link::NavLink;
use crate::features::enrolment::{ClassPath, NextStepPanel};
use crate::i18n::{CONTENT, use_texts};
use crate::routes::Route;
use crate::state::remote::{Freshness, Remote, advice, use_remote};
use crate::ui::notice::{Empty, Loading, Trouble};
use domain::progress;

/// The first page.
#[component]
pub(crate) fn HomePage() -> Html {
    let texts = use_texts();
    let (enrolments, again) =
        use_remote::<Page<Enrolment>>(path::ENROLMENTS.to_owned(), Freshness::KnownFirst);
    let content = match enrolments {
        Remote::Loading => html! { <Loading /> },
        Remote::Failed(failure) => {
            html! { <Trouble advice={advice(texts, &failure)} retry={again} /> }
        }
        Remote::Ready(page) if page.items.is_empty() => html! {
            <Empty title={texts.home_empty_title} text={texts.home_empty_text} />
        },
        Remote::Ready(page) => html! {
            for enrolment in &page.items {
                <EnrolledClass key={enrolment.id.as_str()} enrolment={Rc::new(enrolment.clone())} />
            }
        },
    };
    html! {
        <Frame title={texts.home_title}>
            <div class="stack">
                <h1>{ texts.home_title }</h1>
                { content }
            </div>
        </Frame>
    }
}

#[derive(Properties, PartialEq)]
struct EnrolledClassProps {
    enrolment: Rc<Enrolment>,
}

#[component]
fn EnrolledClass(props: &EnrolledClassProps) -> Html {
    let texts = use_texts();
    let class = use_memo(props.enrolment.clone(), |enrolment| enrolment.class.clone());
    let to = Route::Class {
        id: class.id.to_string(),
    };
    html! {
        <section class="panel stack">
            <div>
                <h2 lang={CONTENT}>{ &class.title }</h2>
                <p class="soft">
                    { texts.hours(progress::hours_earned(&class), class.hours_needed) }
                </p>
            </div>
            <ClassPath class={class.clone()} />
            <hr />
            <NextStepPanel class={class.clone()} link={links::next_step(&class.id)} />
            <p><NavLink {to}>{ texts.open_class }</NavLink></p>
        </section>
    }
}
