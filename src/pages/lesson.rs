//! A lesson: the video, what goes with it, and the outline of the class.

use std::rc::Rc;

use contract::{Class, Lesson, LessonId, path};
use domain::progress::{self, NextStep};
use stylist::yew::use_style;
use yew::prelude::*;

use super::frame::Frame;
use super::links;
use super::trouble::PageTrouble;
use crate::features::enrolment::NextStepPanel;
use crate::features::player::{Outline, Player};
use crate::routes::Route;
use crate::state::outbox::use_watched_outbox;
use crate::state::remote::{Freshness, Remote, use_remote};
use crate::state::since::{Since, use_deliveries_since};
use crate::ui::notice::Loading;

/// Properties of [`LessonPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct LessonPageProps {
    /// Id of the lesson.
    pub(crate) id: String,
}

/// The page of a lesson. The server is asked once it is known what the device holds.
#[component]
pub(crate) fn LessonPage(props: &LessonPageProps) -> Html {
    match use_watched_outbox().restorations() {
        0 => html! { <Frame title="" up={Route::Home}><Loading /></Frame> },
        restorations => html! { <Asked key={restorations} id={props.id.clone()} /> },
    }
}

/// The lesson, as soon as the server has told it.
#[component]
fn Asked(props: &LessonPageProps) -> Html {
    let id = LessonId::from(props.id.as_str());
    let since = use_deliveries_since(path::lesson(&id));
    let (lesson, again) = use_remote::<Lesson>(path::lesson(&id), Freshness::Fresh);
    let shown = matches!(lesson, Remote::Ready(_));
    let (title, up, content) = match lesson {
        Remote::Ready(lesson) => {
            let up = Route::Class {
                id: lesson.class_id.to_string(),
            };
            (
                lesson.title.clone(),
                up,
                html! { <Study {lesson} {since} /> },
            )
        }
        Remote::Loading => (String::new(), Route::Home, html! { <Loading /> }),
        Remote::Failed(failure) => {
            let trouble = html! { <PageTrouble {failure} {again} /> };
            (String::new(), Route::Home, trouble)
        }
    };
    html! { <Frame {title} {up} wide={shown}>{ content }</Frame> }
}

#[derive(Properties, PartialEq)]
struct StudyProps {
    lesson: Rc<Lesson>,
    since: Rc<Since>,
}

#[component]
fn Study(props: &StudyProps) -> Html {
    let lesson = &props.lesson;
    // The lesson does not wait for its class.
    let (class, read_class) =
        use_remote::<Class>(path::class(&lesson.class_id), Freshness::KnownFirst);
    let class = match class {
        Remote::Ready(class) => Some(class),
        Remote::Loading | Remote::Failed(_) => None,
    };
    let style = use_style!(
        "
        display: grid;
        gap: 16px 32px;
        align-items: start;
        h1 { font-size: var(--text-xl); }
        .label { display: inline-block; margin-left: 8px; padding: 0 8px; border: 1px solid var(--edge); border-radius: var(--radius-s); color: var(--ink-soft); font-family: var(--font-text); font-size: var(--text-s); font-weight: 400; }
        .head { padding-bottom: 12px; }
        & > * { min-width: 0; }
        @media (min-width: 960px) {
            grid-template-columns: 1fr 320px;
        }
        @media (max-width: 639px) {
            .head { padding: 16px 0 0; }
        }
        "
    );
    html! {
        <div class={style}>
            <Player
                lesson={lesson.clone()}
                since={props.since.clone()}
                head={html! {
                    <h1 class="head">
                        { &lesson.title }
                        if let Some(label) = &lesson.label {
                            <span class="label">{ label }</span>
                        }
                    </h1>
                }}
                on_complete={read_class}
                when_complete={class.clone().map(|class| after(&class, lesson)).unwrap_or_default()}
            />
            if let Some(class) = class {
                <Outline {class} current={lesson.id.clone()} link={links::lesson()} />
            }
        </div>
    }
}

/// What comes after this lesson, as soon as the class knows that it is complete.
fn after(class: &Rc<Class>, lesson: &Lesson) -> Html {
    match progress::next_step(class) {
        NextStep::Study { lesson: next, .. } if next == lesson.id => Html::default(),
        _ => html! {
            <div class="panel" style="margin-top: 16px">
                <NextStepPanel class={class.clone()} link={links::next_step(&class.id)} />
            </div>
        },
    }
}
