//! Runs the machine that counts: the player's events in, reports out to the outbox.

use std::rc::Rc;

use contract::Lesson;
use domain::outbox::{Body, Entry};
use domain::watch::{Effect, Event, Watch};
use yew::prelude::*;

use crate::state::device::{idempotency_key, monotonic_ms};
use crate::state::machine::{Machine, use_machine};
use crate::state::outbox::{News, OutboxHandle, Said, use_outbox_news, use_watched_outbox};
use crate::state::since::Since;
use crate::state::video::Happening;

/// The study of one lesson. Cheap to clone.
#[derive(Clone, PartialEq)]
pub(crate) struct Study {
    /// The lesson.
    pub(crate) lesson: Rc<Lesson>,
    /// The machine.
    pub(crate) watch: Machine<Watch>,
    outbox: OutboxHandle,
}

impl Study {
    /// Takes in what happened to the video.
    pub(crate) fn hear(&self, happening: Happening) {
        let event = match happening {
            Happening::Playing {
                position_ms,
                rate_permille,
            } => Event::Playing {
                position_ms,
                rate_permille,
            },
            Happening::Progress { position_ms } => Event::Progress { position_ms },
            Happening::Stopped { position_ms } => Event::Stopped { position_ms },
            Happening::Seeked { position_ms } => Event::Seeked { position_ms },
            Happening::RateChanged {
                position_ms,
                rate_permille,
            } => Event::RateChanged {
                position_ms,
                rate_permille,
            },
            Happening::Leaving { position_ms } => Event::Leaving { position_ms },
        };
        self.step(event);
    }

    /// Reports that wait.
    pub(crate) fn waiting(&self) -> Vec<Entry> {
        let mut entries = self.outbox.entries();
        entries.retain(|entry| self.owns(entry));
        entries
    }

    /// The outbox that holds them.
    pub(crate) fn outbox(&self) -> &OutboxHandle {
        &self.outbox
    }

    fn owns(&self, entry: &Entry) -> bool {
        matches!(&entry.body, Body::Watched { lesson, .. } if *lesson == self.lesson.id)
    }

    fn hear_news(&self, news: &News) {
        match news {
            News::Delivered(entry, Said::Watched(reply)) if self.owns(entry) => {
                if let Body::Watched { report, .. } = &entry.body {
                    let (report, reply) = (report.clone(), reply.clone());
                    self.step(Event::Acknowledged { report, reply });
                }
            }
            News::Refused(entry) if self.owns(entry) => {
                if let Body::Watched { report, .. } = &entry.body {
                    self.step(Event::Refused {
                        report: report.clone(),
                    });
                }
            }
            _ => {}
        }
    }

    fn step(&self, event: Event) {
        for effect in self.watch.step(|watch| watch.step(monotonic_ms(), event)) {
            match effect {
                Effect::Report(report) => self.outbox.put(Body::Watched {
                    lesson: self.lesson.id.clone(),
                    key: idempotency_key(),
                    report,
                }),
            }
        }
    }
}

/// Studies a lesson that was read from the server, with what this device has held of it `since` it
/// asked.
#[hook]
pub(crate) fn use_study(lesson: &Rc<Lesson>, since: &Rc<Since>) -> Study {
    let outbox = use_watched_outbox();
    let watch = use_machine(|| {
        let held = since
            .held()
            .into_iter()
            .filter_map(|entry| match entry.body {
                Body::Watched {
                    lesson: of, report, ..
                } if of == lesson.id => Some(report),
                _ => None,
            });
        Watch::open(
            lesson.duration_ms,
            lesson.policy,
            lesson.progress.clone(),
            held.collect(),
        )
    });
    let study = Study {
        lesson: lesson.clone(),
        watch,
        outbox,
    };
    {
        let study = study.clone();
        use_outbox_news(move |news| study.hear_news(news));
    }
    {
        let (study, since) = (study.clone(), since.clone());
        use_effect_with((), move |()| {
            for news in since.delivered() {
                study.hear_news(&news);
            }
        });
    }
    study
}
