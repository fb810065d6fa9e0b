//! The courses and lessons beside the video.

use std::rc::Rc;

use contract::{Class, Completion, LessonId};
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{CONTENT, use_texts};

/// Properties of [`Outline`].
#[derive(Properties, PartialEq)]
pub(crate) struct OutlineProps {
    /// The class.
    pub(crate) class: Rc<Class>,
    /// The lesson that is shown.
    pub(crate) current: LessonId,
    /// A link to a lesson, around its words.
    pub(crate) link: Callback<(LessonId, Html), Html>,
}

/// The outline of a class, with the lesson that is shown.
#[component]
pub(crate) fn Outline(props: &OutlineProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        h2 { font-size: var(--text-l); padding-bottom: 12px; border-bottom: 1px solid var(--hairline); }
        li.course { padding: 8px 0; border-bottom: 1px solid var(--hairline); }
        .course-title { color: var(--ink-soft); font-size: var(--text-s); line-height: 1.5; }
        .lesson { display: grid; grid-template-columns: 1fr auto; gap: 12px; align-items: center; line-height: 1.5; }
        .lesson a { display: flex; align-items: center; min-height: 44px; color: var(--ink); text-decoration: none; }
        .lesson a:hover { text-decoration: underline; }
        .lesson.here { margin-inline: -12px; padding-inline: 12px; border-left: 3px solid var(--accent); background: var(--accent-ground); font-weight: 600; }
        .state { font-size: var(--text-s); color: var(--ink-soft); white-space: nowrap; }
        .state.done { color: var(--done); }
        "
    );
    html! {
        <nav class={style} aria-label={texts.lesson_outline}>
            <h2>{ texts.lesson_outline }</h2>
            <ol>
                for course in &props.class.courses {
                    <li class="course" key={course.id.as_str()}>
                        <ul>
                            for lesson in &course.lessons {
                                <li
                                    key={lesson.id.as_str()}
                                    class={classes!("lesson", (lesson.id == props.current).then_some("here"))}
                                    aria-current={(lesson.id == props.current).then_some("true")}
                                >
                                    { props.link.emit((lesson.id.clone(), html! { <span lang={CONTENT}>{ &lesson.title }</span> })) }
                                    if lesson.completion == Completion::Open {
                                        <span class="state numbers">{ texts.clock(lesson.duration_ms) }</span>
                                    } else {
                                        <span class="state done">
                                            { if lesson.completion == Completion::Granted { texts.lesson_granted } else { texts.lesson_done } }
                                        </span>
                                    }
                                </li>
                            }
                        </ul>
                    </li>
                }
            </ol>
        </nav>
    }
}
