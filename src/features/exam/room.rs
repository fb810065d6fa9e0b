//! The room of a sitting: the bar, the question or the look back, the overview. Nothing else.

use std::rc::Rc;

use domain::exam::{Event, Stage};
use stylist::yew::use_style;
use yew::prelude::*;

use super::bar::ExamBar;
use super::hand_in::{HandingIn, LookBack};
use super::overview::{Overview, cells};
use super::question::QuestionView;
use super::sitting::Sitting;
use crate::i18n::use_texts;
use crate::state::title::use_title;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::Icon;
use crate::ui::sheet::Sheet;

/// Properties of [`ExamRoom`].
#[derive(Properties, PartialEq)]
pub(crate) struct ExamRoomProps {
    /// The sitting, not closed.
    pub(crate) sitting: Sitting,
    /// A way to other pages, for who waits at the hand-in.
    pub(crate) leave: Html,
}

/// The room.
#[component]
pub(crate) fn ExamRoom(props: &ExamRoomProps) -> Html {
    let sitting = &props.sitting;
    let session = sitting.read();
    use_title(session.attempt().title.clone());
    let style = use_style!(
        "
        .room { max-width: calc(var(--page) + 48px); margin: 0 auto; padding: 24px 16px calc(112px + env(safe-area-inset-bottom)); }
        .room.plain { padding-bottom: 64px; }
        .room:focus { outline: none; }
        .room input, .room button { scroll-margin: 96px 0 112px; }
        .overview { display: none; }
        @media (min-width: 640px) {
            .room { padding-inline: 24px; padding-top: 32px; }
        }
        @media (min-width: 960px) {
            .room.beside { display: grid; grid-template-columns: minmax(0, 1fr) 304px; gap: 48px; align-items: start; padding-bottom: 64px; }
            .overview {
                position: sticky;
                top: 88px;
                display: grid;
                gap: 12px;
                max-height: calc(100vh - 112px);
                padding: 16px 20px 20px;
                border: 1px solid var(--hairline);
                border-radius: var(--radius-m);
                background: var(--surface);
                overflow: auto;
            }
            .overview h2 { font-size: var(--text-l); }
        }
        "
    );
    let on = {
        let sitting = sitting.clone();
        use_callback((), move |event: Event, ()| sitting.tell(event))
    };
    let send_now = {
        let sitting = sitting.clone();
        use_callback((), move |(), ()| sitting.send_now())
    };
    let on_go = {
        let sitting = sitting.clone();
        use_callback((), move |place: usize, ()| sitting.tell(Event::GoTo(place)))
    };
    let stage = session.stage();
    let content = match stage {
        Stage::Answering | Stage::Overview => html! {
            <Paper sitting={sitting.clone()} {on} {on_go} />
        },
        Stage::HandingIn(by) => html! {
            <HandingIn
                {by}
                saving={sitting.saving()}
                cut_off={sitting.is_cut_off()}
                send_now={send_now.clone()}
                leave={props.leave.clone()}
            />
        },
        Stage::Closed => Html::default(),
    };
    let beside = matches!(stage, Stage::Answering | Stage::Overview);
    html! {
        <div class={style}>
            <ExamBar
                title={session.attempt().title.clone()}
                seconds={sitting.remaining_ms().div_ceil(1000)}
                notice={sitting.notice().filter(|_| beside)}
                saving={beside.then(|| sitting.saving())}
                {send_now}
            />
            <main
                id="content"
                tabindex="-1"
                class={classes!("room", if beside { "beside" } else { "plain" })}
            >
                { content }
            </main>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PaperProps {
    sitting: Sitting,
    on: Callback<Event>,
    on_go: Callback<usize>,
}

/// The question or the look back, with the overview beside it or in a sheet.
#[component]
fn Paper(props: &PaperProps) -> Html {
    let texts = use_texts();
    let sheet = use_state(|| false);
    let session = props.sitting.read();
    let (place, of) = (session.current(), session.attempt().questions.len());
    let cells = cells(&session);
    let close = {
        let sheet = sheet.clone();
        use_callback((), move |(), ()| sheet.set(false))
    };
    let from_sheet = {
        let (close, on_go) = (close.clone(), props.on_go.clone());
        use_callback((), move |place: usize, ()| {
            close.emit(());
            on_go.emit(place);
        })
    };
    let look_back = session.stage() == Stage::Overview;
    let to_look_back = {
        let (close, on) = (close.clone(), props.on.clone());
        use_callback((), move |(), ()| {
            close.emit(());
            on.emit(Event::Overview);
        })
    };
    let question = session.attempt().questions.get(place).cloned();
    let main = match question {
        Some(question) if !look_back => {
            let id = question.id.clone();
            html! {
                <>
                    <QuestionView
                        key={id.as_str()}
                        choice={session.choice(&id).to_vec()}
                        kept={session.kept(&id)}
                        flagged={session.flagged(&id)}
                        question={Rc::new(question)}
                        number={place + 1}
                        {of}
                        on={props.on.clone()}
                    />
                    <Steps
                        first={place == 0}
                        last={place + 1 == of}
                        on={props.on.clone()}
                        on_overview={{
                            let sheet = sheet.clone();
                            Callback::from(move |()| sheet.set(true))
                        }}
                    />
                </>
            }
        }
        _ => html! {
            <LookBack
                cells={cells.clone()}
                counts={session.counts()}
                on_go={props.on_go.clone()}
                on={props.on.clone()}
            />
        },
    };
    let counts = session.counts();
    let counted = texts.counts(counts.answered, counts.unanswered, counts.flagged);
    html! {
        <>
            <div>{ main }</div>
            <aside class="overview" aria-labelledby="overview">
                <h2 id="overview">{ texts.overview }</h2>
                <p class="numbers small">{ &counted }</p>
                <Overview cells={cells.clone()} on_go={props.on_go.clone()}>
                    if !look_back {
                        <Button onclick={to_look_back.clone()}>{ texts.to_review }</Button>
                    }
                </Overview>
            </aside>
            if *sheet {
                <Sheet id="overview-sheet" title={texts.overview} on_close={close}>
                    <div class="stack">
                        <p class="numbers small">{ counted }</p>
                        <Overview {cells} on_go={from_sheet}>
                            <Button onclick={to_look_back}>{ texts.to_review }</Button>
                        </Overview>
                    </div>
                </Sheet>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct StepsProps {
    first: bool,
    last: bool,
    on: Callback<Event>,
    on_overview: Callback<()>,
}

/// To the previous and the next question; on a phone at the lower edge, with the overview between.
#[component]
fn Steps(props: &StepsProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: flex;
        gap: 16px;
        max-width: var(--measure);
        margin-top: 24px;
        padding-top: 24px;
        border-top: 1px solid var(--hairline);
        .button { min-width: 9em; min-height: 48px; }
        .to-overview { display: none; }
        @media (max-width: 959px) {
            position: fixed;
            inset: auto 0 0 0;
            z-index: 4;
            justify-content: center;
            gap: 8px;
            max-width: none;
            margin: 0;
            padding: 8px 16px calc(8px + env(safe-area-inset-bottom));
            background: var(--surface);
            .button { flex: 1 1 auto; min-width: 0; max-width: 200px; padding-inline: 6px; gap: 6px; white-space: nowrap; }
            .to-overview { display: contents; }
        }
        "
    );
    let tell = |event: Event| {
        let on = props.on.clone();
        Callback::from(move |()| on.emit(event.clone()))
    };
    let (next, words) = if props.last {
        (Event::Overview, texts.to_review)
    } else {
        (Event::Next, texts.next)
    };
    html! {
        <nav class={style} aria-label={texts.exam_questions}>
            <Button disabled={props.first} onclick={tell(Event::Previous)}>{ texts.previous }</Button>
            <div class="to-overview">
                <Button onclick={props.on_overview.clone()}>
                    <Icon name="layout-grid" />
                    { texts.overview }
                </Button>
            </div>
            <Button weight={Weight::Primary} onclick={tell(next)}>{ words }</Button>
        </nav>
    }
}
