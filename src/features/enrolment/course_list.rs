//! The courses of a class, in order, with how far each is.

use std::rc::Rc;

use contract::{Class, Completion, Course, LessonSummary, StudyPolicy};
use domain::progress;
use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::{CONTENT, Texts, use_texts};
use crate::state::remote::media_url;
use crate::ui::progress::ProgressBar;

/// Properties of [`CourseList`].
#[derive(Properties, PartialEq)]
pub(crate) struct CourseListProps {
    /// The class.
    pub(crate) class: Rc<Class>,
    /// A link to a lesson, around its words.
    pub(crate) link: Callback<(contract::LessonId, Html), Html>,
}

/// The list of courses.
#[component]
pub(crate) fn CourseList(props: &CourseListProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        border-top: 1px solid var(--hairline);
        .course {
            display: grid;
            grid-template-columns: 176px 1fr;
            gap: 4px 24px;
            padding: 20px 0;
            border-bottom: 1px solid var(--hairline);
        }
        .poster {
            width: 176px;
            height: auto;
            aspect-ratio: 16 / 9;
            border: 1px solid var(--hairline);
            border-radius: var(--radius-s);
            object-fit: cover;
            background: var(--sunken);
        }
        h3 { margin-bottom: 4px; }
        .teacher { margin-right: 1em; }
        .by { color: var(--ink-soft); font-size: var(--text-s); }
        .lessons { display: grid; gap: 8px; margin-top: 8px; }
        .lesson { display: grid; grid-template-columns: 1fr auto; gap: 4px 16px; align-items: center; }
        .lesson a { display: inline-flex; align-items: center; min-height: 44px; }
        .lesson .bar { grid-column: 1 / -1; }
        .state { font-size: var(--text-s); color: var(--ink-soft); }
        .state.done { color: var(--done); font-weight: 600; }
        @media (max-width: 639px) {
            .course { grid-template-columns: 1fr; padding: 16px 0; }
            .poster { display: none; }
        }
        "
    );
    html! {
        <ol class={style}>
            for (i, course) in props.class.courses.iter().enumerate() {
                <li class="course" key={course.id.as_str()}>
                    if let Some(poster) = poster(course) {
                        <img class="poster" src={poster} alt="" loading="lazy" width="640" height="360" />
                    } else {
                        <div class="poster" />
                    }
                    <div class="body">
                        <h3>
                            <span class="sr-only">{ texts.course_number(i + 1) }</span>
                            <span lang={CONTENT}>{ &course.title }</span>
                        </h3>
                        for teacher in &course.teachers {
                            <p class="by" lang={CONTENT}>
                                <span class="teacher">{ &teacher.name }</span>
                                { &teacher.post }
                            </p>
                        }
                        <p class="by numbers">{ texts.course_hours(course.hours) }</p>
                        <ul class="lessons">
                            for lesson in &course.lessons {
                                <li class="lesson" key={lesson.id.as_str()}>
                                    { props.link.emit((lesson.id.clone(), html! { <span lang={CONTENT}>{ &lesson.title }</span> })) }
                                    { state_of(texts, props.class.policy, lesson) }
                                    if lesson.completion == Completion::Open && lesson.covered_ms > 0 {
                                        <div class="bar">
                                            <ProgressBar
                                                percent={percent(props.class.policy, lesson)}
                                                label={lesson.title.clone()}
                                            />
                                        </div>
                                    }
                                </li>
                            }
                        </ul>
                    </div>
                </li>
            }
        </ol>
    }
}

fn poster(course: &Course) -> Option<String> {
    course.lessons.first()?.poster_url.as_deref().map(media_url)
}

/// Of what must be watched, so that a bar is full when the lesson is complete, and never before.
fn percent(policy: StudyPolicy, lesson: &LessonSummary) -> u64 {
    let remaining = progress::remaining_ms(lesson, policy);
    if remaining == 0 {
        return 100;
    }
    let total = lesson.covered_ms + remaining;
    (lesson.covered_ms * 100 / total).min(99)
}

fn state_of(texts: &Texts, policy: StudyPolicy, lesson: &LessonSummary) -> Html {
    match lesson.completion {
        Completion::Watched => html! { <span class="state done">{ texts.lesson_done }</span> },
        Completion::Granted => html! { <span class="state done">{ texts.lesson_granted }</span> },
        Completion::Open if lesson.covered_ms == 0 => html! {
            <span class="state numbers">{ texts.duration(lesson.duration_ms) }</span>
        },
        Completion::Open => html! {
            <span class="state numbers">{ texts.watched(percent(policy, lesson)) }</span>
        },
    }
}
