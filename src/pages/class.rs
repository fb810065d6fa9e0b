//! A class: how far one is, what is next, the courses.

use contract::{Class, path};
use domain::progress;
use stylist::yew::use_style;
use yew::prelude::*;

use super::frame::Frame;
use super::links;
use super::trouble::PageTrouble;
use crate::features::enrolment::{ClassPath, CourseList, NextStepPanel};
use crate::i18n::{CONTENT, use_texts};
use crate::routes::Route;
use crate::state::remote::{Freshness, Remote, use_remote};
use crate::ui::facts::Facts;
use crate::ui::notice::Loading;

/// Properties of [`ClassPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct ClassPageProps {
    /// Id of the class.
    pub(crate) id: String,
}

/// The page of a class.
#[component]
pub(crate) fn ClassPage(props: &ClassPageProps) -> Html {
    let texts = use_texts();
    let (class, again) = use_remote::<Class>(
        path::class(&props.id.as_str().into()),
        Freshness::KnownFirst,
    );
    let style = use_style!(
        "
        display: grid;
        gap: 32px;
        .head { display: grid; gap: 4px; }
        .lead { display: flex; justify-content: space-between; align-items: baseline; flex-wrap: wrap; gap: 4px 16px; margin-bottom: 12px; }
        "
    );
    let title = match &class {
        Remote::Ready(class) => class.title.clone(),
        Remote::Loading | Remote::Failed(_) => String::new(),
    };
    let content = match class {
        Remote::Loading => html! { <Loading /> },
        Remote::Failed(failure) => html! { <PageTrouble {failure} {again} /> },
        Remote::Ready(class) => {
            let done = class
                .courses
                .iter()
                .filter(|c| progress::course_complete(c))
                .count();
            let facts = vec![
                (texts.organiser.into(), class.organiser.clone().into()),
                (
                    texts.term.into(),
                    texts
                        .span(&texts.day(&class.starts_on), &texts.day(&class.ends_on))
                        .into(),
                ),
                (texts.audience.into(), class.audience.clone().into()),
            ];
            html! {
                <div class={style}>
                    <div class="head">
                        <h1 lang={CONTENT}>{ &class.title }</h1>
                        <p class="soft numbers">
                            { texts.hours(progress::hours_earned(&class), class.hours_needed) }
                        </p>
                    </div>
                    <ClassPath class={class.clone()} />
                    <div class="panel">
                        <NextStepPanel class={class.clone()} link={links::next_step(&class.id)} />
                    </div>
                    <section>
                        <div class="lead">
                            <h2>{ texts.courses_title }</h2>
                            <p class="soft numbers">{ texts.courses_done(done, class.courses.len()) }</p>
                        </div>
                        <CourseList class={class.clone()} link={links::lesson()} />
                    </section>
                    <Facts rows={facts} />
                </div>
            }
        }
    };
    html! { <Frame {title} up={Route::Home}>{ content }</Frame> }
}
