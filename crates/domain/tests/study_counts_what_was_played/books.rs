//! The server's side: one person's books.

use std::collections::BTreeMap;

use contract::{
    Completion, IdempotencyKey, LessonId, LessonProgress, StudyPolicy, Timestamp, WatchedReply,
    WatchedReport,
};
use domain::{
    Intervals,
    credit::{Study, credit},
    outbox::{Body, Entry, Reply},
    progress::lesson_complete,
};

use crate::sim::Server;

pub(crate) const POLICY: StudyPolicy = StudyPolicy {
    max_rate_permille: 2000,
    complete_at_permille: 950,
};
pub(crate) const LESSONS_MS: [u64; 2] = [30_000, 12_000];
pub(crate) const START: u64 = 1_800_000_000_000;

/// The server's books of one person.
#[derive(Default)]
pub(crate) struct Books {
    pub(crate) accounted_until: Option<Timestamp>,
    pub(crate) lessons: BTreeMap<LessonId, Row>,
    pub(crate) replies: BTreeMap<IdempotencyKey, (WatchedReport, WatchedReply)>,
    /// Whether replies to keys seen before are remembered, as the contract wants; without it a
    /// repeated report must still add nothing.
    pub(crate) remembers: bool,
    pub(crate) refused_ms: u64,
    pub(crate) overloaded: bool,
}

pub(crate) struct Row {
    pub(crate) opened_at: Timestamp,
    pub(crate) duration_ms: u64,
    pub(crate) covered: Intervals,
    pub(crate) position_ms: u64,
}

impl Books {
    pub(crate) fn open(&mut self, now: u64, lesson: usize) -> LessonProgress {
        let now = Timestamp(now);
        self.accounted_until.get_or_insert(now);
        let row = self
            .lessons
            .entry(lesson_id(lesson))
            .or_insert_with(|| Row {
                opened_at: now,
                duration_ms: LESSONS_MS[lesson],
                covered: Intervals::new(),
                position_ms: 0,
            });
        row.progress()
    }
}

impl Row {
    pub(crate) fn progress(&self) -> LessonProgress {
        let complete = lesson_complete(self.covered.total_ms(), self.duration_ms, POLICY);
        LessonProgress {
            covered: self.covered.as_slice().to_vec(),
            position_ms: self.position_ms,
            completion: if complete {
                Completion::Watched
            } else {
                Completion::Open
            },
        }
    }
}

impl Server for Books {
    type Body = WatchedReply;

    fn handle(&mut self, now: u64, entry: &Entry) -> (Reply, Option<WatchedReply>) {
        let Body::Watched {
            lesson,
            key,
            report,
        } = &entry.body
        else {
            panic!()
        };
        if self.overloaded {
            return (
                Reply::Later {
                    retry_after_ms: Some(3000),
                },
                None,
            );
        }
        assert!(report.intervals.len() <= 512);
        if let Some((before, reply)) = self.replies.get(key) {
            assert_eq!(before, report, "a key came with two bodies");
            if self.remembers {
                return (Reply::Done, Some(reply.clone()));
            }
        }
        let row = self.lessons.get_mut(lesson).unwrap();
        let study = Study {
            opened_at: row.opened_at,
            duration_ms: row.duration_ms,
            covered: &row.covered,
        };
        let credit = credit(
            Timestamp(now),
            POLICY,
            self.accounted_until,
            &study,
            &report.intervals,
        );
        self.accounted_until = Some(credit.accounted_until);
        self.refused_ms += credit.refused_ms;
        row.covered = credit.covered;
        row.position_ms = report.position_ms;
        let reply = WatchedReply {
            now: Timestamp(now),
            credited_ms: credit.credited_ms,
            refused_ms: credit.refused_ms,
            progress: row.progress(),
        };
        self.replies
            .insert(key.clone(), (report.clone(), reply.clone()));
        (Reply::Done, Some(reply))
    }
}

pub(crate) fn lesson_id(lesson: usize) -> LessonId {
    ["l0", "l1"][lesson].into()
}
