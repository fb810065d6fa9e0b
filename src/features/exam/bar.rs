//! The bar above a sitting: title, time left, how the answers are kept. It leads nowhere.

use domain::exam::Notice;
use stylist::yew::use_style;
use yew::prelude::*;

use super::sitting::Saving;
use crate::i18n::{Texts, use_texts};
use crate::ui::icon::Icon;

/// How long a notice on the time stays to be seen.
const NOTICE_MS: u64 = 30_000;
/// From here on the time is in a stronger colour.
const SOON_MS: u64 = 300_000;

/// Properties of [`ExamBar`].
#[derive(Properties, PartialEq)]
pub(super) struct ExamBarProps {
    /// The exam's title.
    pub(super) title: String,
    /// Time left, in whole seconds.
    pub(super) seconds: u64,
    /// What was said last about the time.
    pub(super) notice: Option<Notice>,
    /// How the answers are kept; `None` once it is the hand-in that matters.
    pub(super) saving: Option<Saving>,
    /// Sends what waits, now.
    pub(super) send_now: Callback<()>,
}

/// The bar.
#[component]
pub(super) fn ExamBar(props: &ExamBarProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        .row {
            display: flex;
            flex-wrap: wrap;
            align-items: center;
            gap: 0 24px;
            max-width: calc(var(--page) + 48px);
            min-height: 56px;
            margin: 0 auto;
            padding: 4px 24px;
        }
        .title { flex: 1 1 0; min-width: 0; overflow: hidden; font-family: var(--font-title); font-size: var(--text-l); font-weight: 600; text-overflow: ellipsis; white-space: nowrap; }
        .time { display: inline-flex; align-items: baseline; gap: 8px; }
        .time b { min-width: 3.2em; font-size: var(--text-xl); font-variant-numeric: tabular-nums; line-height: 1.3; text-align: right; }
        .time.soon b { color: var(--accent); }
        .label { color: var(--ink-soft); }
        .saving { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-height: 44px; color: var(--ink-soft); }
        .saving .done { display: inline-flex; align-items: center; gap: 6px; color: var(--done); }
        .saving .care { color: var(--caution); }
        .saving .button { padding-inline: 8px; color: var(--link); text-decoration: underline; }
        .title.notice { color: var(--caution); font-family: var(--font-text); }
        @media (max-width: 639px) {
            .row { gap: 0 12px; padding: 6px 16px 0; }
            .saving { flex: 1 1 100%; min-height: 32px; font-size: var(--text-s); }
            .saving .button { margin-block: -6px; }
            .label { font-size: var(--text-s); }
            .time b { font-size: var(--text-l); }
        }
        "
    );
    let soon = props.seconds * 1000 <= SOON_MS;
    let words = props
        .notice
        .filter(|notice| stands(*notice, props.seconds * 1000))
        .map(|notice| notice_words(texts, notice));
    html! {
        <header class={classes!("topbar", style)}>
            <div class="row">
                // A notice takes the title's place: nothing moves under the candidate's finger.
                if let Some(words) = words {
                    <p class="title notice">{ words }</p>
                } else {
                    <p class="title">{ &props.title }</p>
                }
                <div
                    class={classes!("time", soon.then_some("soon"))}
                    role="timer"
                    aria-live="off"
                    aria-label={texts.time_left}
                >
                    <span class="label" aria-hidden="true">{ texts.time_left }</span>
                    <b>{ texts.clock(props.seconds * 1000) }</b>
                </div>
                if let Some(kept) = props.saving {
                    <div class="saving">{ saving(texts, kept, &props.send_now) }</div>
                }
            </div>
            <div class="sr-only" role="status">{ words }</div>
            <div class="sr-only" role="status">{ props.saving.map(|saving| trouble(texts, saving)) }</div>
        </header>
    }
}

fn saving(texts: &'static Texts, saving: Saving, send_now: &Callback<()>) -> Html {
    let waits = |words: String| {
        let send = send_now.clone();
        html! {
            <>
                <span class="care numbers">{ words }</span>
                <button
                    type="button"
                    class="button button-quiet"
                    onclick={Callback::from(move |_| send.emit(()))}
                >
                    { texts.save_now }
                </button>
            </>
        }
    };
    match saving {
        Saving::All => html! {
            <span class="done"><Icon name="check" />{ texts.all_saved }</span>
        },
        Saving::UnderWay => html! { texts.saving_answers },
        Saving::OnDevice(count) => waits(texts.answers_on_device(count)),
        Saving::Unsaved(count) => waits(texts.answers_unsaved(count)),
        Saving::Refused(count) => html! {
            <span class="care">{ texts.answers_refused(count) }</span>
        },
    }
}

/// What is said of the saving: only when it goes wrong, and not at every answer again.
fn trouble(texts: &'static Texts, saving: Saving) -> &'static str {
    match saving {
        Saving::All | Saving::UnderWay => "",
        Saving::OnDevice(_) => texts.kept_device,
        Saving::Unsaved(_) => texts.kept_unsaved,
        Saving::Refused(_) => texts.kept_refused,
    }
}

fn notice_words(texts: &'static Texts, notice: Notice) -> &'static str {
    match notice {
        Notice::TenMinutes => texts.ten_minutes,
        Notice::FiveMinutes => texts.five_minutes,
        Notice::OneMinute => texts.one_minute,
        Notice::TimeUp => texts.time_up,
    }
}

/// Whether a notice is still to be seen.
fn stands(notice: Notice, left_ms: u64) -> bool {
    let at_ms: u64 = match notice {
        Notice::TenMinutes => 600_000,
        Notice::FiveMinutes => 300_000,
        Notice::OneMinute => 60_000,
        Notice::TimeUp => return true,
    };
    left_ms + NOTICE_MS > at_ms
}
