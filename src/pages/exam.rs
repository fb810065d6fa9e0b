//! The exam of a class, before and between attempts.

use std::rc::Rc;

use contract::{AttemptId, Class, path};
use domain::progress::{self, NextStep};
use stylist::yew::use_style;
use yew::prelude::*;
use yew_router::prelude::*;

use super::frame::Frame;
use super::links;
use super::nav_link::NavLink;
use super::trouble::PageTrouble;
use crate::features::enrolment::{ClassPath, NextStepPanel};
use crate::features::exam::{AttemptTable, ExamFacts, Instructions, StartPanel};
use crate::i18n::{CONTENT, use_texts};
use crate::routes::Route;
use crate::state::remote::{Freshness, Remote, use_remote};
use crate::ui::notice::Loading;

/// Properties of [`ExamPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct ExamPageProps {
    /// Id of the class.
    pub(crate) id: String,
}

/// The page of a class's exam.
#[component]
pub(crate) fn ExamPage(props: &ExamPageProps) -> Html {
    let (class, again) = use_remote::<Class>(
        path::class(&props.id.as_str().into()),
        Freshness::KnownFirst,
    );
    let title = match &class {
        Remote::Ready(class) => class.exam.title.clone(),
        Remote::Loading | Remote::Failed(_) => String::new(),
    };
    let content = match class {
        Remote::Loading => html! { <Loading /> },
        Remote::Failed(failure) => html! { <PageTrouble {failure} {again} /> },
        Remote::Ready(class) => html! { <Before {class} /> },
    };
    let up = Route::Class {
        id: props.id.clone(),
    };
    html! { <Frame {title} {up}>{ content }</Frame> }
}

#[derive(Properties, PartialEq)]
struct BeforeProps {
    class: Rc<Class>,
}

#[component]
fn Before(props: &BeforeProps) -> Html {
    let texts = use_texts();
    let navigator = use_navigator();
    let style = use_style!(
        "
        display: grid;
        gap: 32px;
        .head { display: grid; gap: 4px; }
        .word { margin-bottom: 12px; font-weight: 600; }
        "
    );
    let class = &props.class;
    let exam = &class.exam;
    let started = Callback::from(move |id: AttemptId| {
        if let Some(navigator) = &navigator {
            // Back from the exam leads to the class, not to a start that is past.
            navigator.replace(&Route::Attempt { id: id.to_string() });
        }
    });
    let step = progress::next_step(class);
    let word = match &step {
        NextStep::Study { .. } | NextStep::AskOrganiser { .. } => Some(texts.exam_not_open),
        NextStep::Certificate(_) if progress::passed(exam) => Some(texts.exam_passed_already),
        _ => None,
    };
    let may_sit = matches!(
        step,
        NextStep::SitExam { .. } | NextStep::Study { .. } | NextStep::AskOrganiser { .. }
    );
    let link = Callback::from(|(id, words): (AttemptId, Html)| {
        html! { <NavLink to={Route::Attempt { id: id.to_string() }}>{ words }</NavLink> }
    });
    html! {
        <div class={style}>
            <div class="head">
                <h1 lang={CONTENT}>{ &exam.title }</h1>
                <p class="soft" lang={CONTENT}>{ &class.title }</p>
            </div>
            <ClassPath class={class.clone()} />
            if !matches!(step, NextStep::SitExam { .. }) {
                <div class="panel">
                    if let Some(word) = word {
                        <p class="word">{ word }</p>
                    }
                    <NextStepPanel class={class.clone()} link={links::next_step(&class.id)} />
                </div>
            }
            <ExamFacts class={class.clone()} />
            if may_sit {
                <Instructions paragraphs={exam.instructions.clone()} />
            }
            // Read first, then start.
            if let NextStep::SitExam { attempts_left } = step {
                <div class="panel">
                    <StartPanel class={class.id.clone()} left={attempts_left} {started} />
                </div>
            }
            if !exam.attempts.is_empty() {
                <AttemptTable attempts={exam.attempts.clone()} {link} />
            }
        </div>
    }
}
