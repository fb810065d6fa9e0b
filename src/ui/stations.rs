//! The path: a thin line with stations, each with its state in words.

use stylist::yew::use_style;
use yew::prelude::*;

use crate::i18n::use_texts;

/// Where a station stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StationState {
    /// Behind us.
    Done,
    /// Here.
    Present,
    /// To come.
    Ahead,
}

/// Properties of [`Stations`].
#[derive(Properties, PartialEq)]
pub(crate) struct StationsProps {
    /// 报名, 学习, 考试, 证书.
    pub(crate) states: [StationState; 4],
}

impl StationState {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Present => "present",
            Self::Ahead => "ahead",
        }
    }
}

/// The path.
#[component]
pub(crate) fn Stations(props: &StationsProps) -> Html {
    let texts = use_texts();
    let style = use_style!(
        "
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        max-width: 640px;
        margin-inline: -4px;
        li { position: relative; display: grid; justify-items: center; gap: 2px; text-align: center; line-height: 1.4; }
        li::before {
            content: '';
            position: absolute;
            top: 8px;
            right: 50%;
            width: 100%;
            height: 2px;
            background: var(--hairline);
        }
        li:first-child::before { display: none; }
        li.done::before, li.present::before { background: var(--done); }
        .dot {
            position: relative;
            z-index: 1;
            width: 18px;
            height: 18px;
            margin-bottom: 6px;
            border: 2px solid var(--edge);
            border-radius: 50%;
            background: var(--paper);
        }
        .done .dot { border-color: var(--done); background: var(--done); }
        .done .dot::after {
            content: '';
            position: absolute;
            left: 4px;
            top: 1px;
            width: 4px;
            height: 8px;
            border: solid var(--paper);
            border-width: 0 2px 2px 0;
            transform: rotate(45deg);
        }
        .present .dot { border: 5px solid var(--accent); }
        .name { font-family: var(--font-title); font-weight: 600; }
        .present .name { color: var(--accent); }
        .ahead .name { color: var(--ink-soft); font-weight: 400; }
        .state { font-size: var(--text-s); color: var(--ink-soft); }
        @media (min-width: 640px) {
            margin-inline: 0;
            li { justify-items: start; text-align: left; }
            li::before { right: auto; left: -100%; }
        }
        @media (max-width: 639px) {
            .name:lang(en) { font-size: var(--text-s); hyphens: auto; }
        }
        "
    );
    let way = [
        texts.station_done,
        texts.station_present,
        texts.station_ahead,
    ];
    // A certificate is no stretch of road: one holds it or not.
    let held = [
        texts.certificate_held,
        texts.certificate_due,
        texts.certificate_ahead,
    ];
    let stations = [
        (texts.station_enrol, way),
        (texts.station_study, way),
        (texts.station_exam, way),
        (texts.station_certificate, held),
    ];
    html! {
        <ol class={style} aria-label={texts.path_label}>
            for ((name, [done, present, ahead]), state) in stations.into_iter().zip(props.states) {
                <li
                    class={state.class()}
                    aria-current={(state == StationState::Present).then_some("step")}
                >
                    <span class="dot" aria-hidden="true" />
                    <span class="name">{ name }</span>
                    <span class="state">
                        { match state {
                            StationState::Done => done,
                            StationState::Present => present,
                            StationState::Ahead => ahead,
                        } }
                    </span>
                </li>
            }
        </ol>
    }
}
