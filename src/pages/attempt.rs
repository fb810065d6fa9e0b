//! An attempt: the sitting while it is open, the result once it is closed.

use std::rc::Rc;

use contract::{Attempt, AttemptId, Class, path};
use domain::exam::Stage;
use domain::progress::{self, NextStep};
use yew::prelude::*;

use super::frame::Frame;
use super::links;
use super::nav_link::NavLink;
use super::trouble::PageTrouble;
use crate::features::enrolment::{ClassPath, NextStepPanel};
use crate::features::exam::{ExamResult, ExamRoom, use_sitting};
use crate::i18n::use_texts;
use crate::routes::Route;
use crate::state::attempt::use_attempt;
use crate::state::outbox::use_watched_outbox;
use crate::state::remote::{Freshness, Remote, use_remote};
use crate::state::since::{Since, use_deliveries_since};
use crate::ui::button::Weight;
use crate::ui::notice::Loading;

/// Properties of [`AttemptPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct AttemptPageProps {
    /// Id of the attempt.
    pub(crate) id: String,
}

/// The page of an attempt. The server is asked once it is known what the device holds.
#[component]
pub(crate) fn AttemptPage(props: &AttemptPageProps) -> Html {
    match use_watched_outbox().restorations() {
        0 => waiting(),
        restorations => html! { <Asked key={restorations} id={props.id.clone()} /> },
    }
}

fn waiting() -> Html {
    html! { <Frame title="" up={Route::Home}><Loading /></Frame> }
}

/// The attempt, as soon as the server has told it.
#[component]
fn Asked(props: &AttemptPageProps) -> Html {
    let id = AttemptId::from(props.id.as_str());
    let since = use_deliveries_since(path::attempt(&id));
    let (attempt, again) = use_attempt(&id);
    match attempt {
        Remote::Ready(attempt) => html! { <Opened {attempt} {since} /> },
        Remote::Loading => waiting(),
        Remote::Failed(failure) => html! {
            <Frame title="" up={Route::Home}><PageTrouble {failure} {again} /></Frame>
        },
    }
}

#[derive(Properties, PartialEq)]
struct OpenedProps {
    attempt: Rc<Attempt>,
    since: Rc<Since>,
}

/// The attempt, with what this device holds of it.
#[component]
fn Opened(props: &OpenedProps) -> Html {
    let texts = use_texts();
    let sitting = use_sitting(&props.attempt, &props.since);
    let (stage, lost) = {
        let session = sitting.read();
        (session.stage(), session.counts().on_device_only)
    };
    if stage == Stage::Closed {
        let attempt = Rc::new(sitting.read().attempt().clone());
        return html! { <Closed {attempt} {lost} /> };
    }
    let to = Route::Class {
        id: props.attempt.class_id.to_string(),
    };
    let leave = html! { <NavLink {to}>{ texts.to_class }</NavLink> };
    html! { <ExamRoom {sitting} {leave} /> }
}

#[derive(Properties, PartialEq)]
struct ClosedProps {
    attempt: Rc<Attempt>,
    lost: usize,
}

/// The result. It does not wait for the class, which tells what comes next.
#[component]
fn Closed(props: &ClosedProps) -> Html {
    let texts = use_texts();
    let attempt = &props.attempt;
    let (class, again) = use_remote::<Class>(path::class(&attempt.class_id), Freshness::Fresh);
    let (path, next, exam) = match class {
        Remote::Loading => (Html::default(), html! { <Loading /> }, None),
        Remote::Failed(failure) => (
            Html::default(),
            html! { <PageTrouble {failure} {again} /> },
            None,
        ),
        Remote::Ready(class) => (
            html! { <ClassPath class={class.clone()} /> },
            next(texts, &class),
            Some(class.exam.clone()),
        ),
    };
    let up = Route::Class {
        id: attempt.class_id.to_string(),
    };
    html! {
        <Frame title={attempt.title.clone()} {up}>
            <ExamResult attempt={attempt.clone()} {exam} lost={props.lost} {path} {next} />
        </Frame>
    }
}

fn next(texts: &'static crate::i18n::Texts, class: &Rc<Class>) -> Html {
    match progress::next_step(class) {
        NextStep::SitExam { attempts_left } => html! {
            <div class="stack">
                <p>{ texts.attempts_remain(attempts_left) }</p>
                <NavLink class={Weight::Primary.classes()} to={Route::Exam { id: class.id.to_string() }}>
                    { texts.try_again_exam }
                </NavLink>
            </div>
        },
        _ => html! {
            <NextStepPanel class={class.clone()} link={links::next_step(&class.id)} />
        },
    }
}
