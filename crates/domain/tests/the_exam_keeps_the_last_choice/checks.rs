//! What must be true, all the time and at the end.

use contract::{Answer, OptionId, QuestionId};
use domain::{
    exam::{Event, Kept, Stage},
    grading::{self, Key, digest_text},
    outbox::Event as OutboxEvent,
};

use crate::{
    server::{GRACE_MS, QUESTIONS, paper},
    world::{Page, World, answers_of},
};

impl World {
    /// What a page says of its answers is true at any moment.
    pub(crate) fn check(&mut self) {
        for page in &mut self.pages {
            let Some(session) = &page.session else {
                continue;
            };
            for question in QUESTIONS.map(QuestionId::from) {
                let Some((seq, choice)) = page.shown.get(&question) else {
                    assert_eq!(session.kept(&question), None);
                    assert!(session.choice(&question).is_empty());
                    continue;
                };
                assert_eq!(session.choice(&question), choice, "{question} at {seq}");
                let has = |a: &&Answer| a.seq > *seq || a.seq == *seq && a.choice == *choice;
                let on_server = self.rows.top(&question).filter(has);
                let held = || {
                    let disk = page.device.disk.values();
                    disk.flat_map(|e| answers_of(&e.body))
                        .any(|(q, s)| q == question && s >= *seq)
                };
                match session.kept(&question) {
                    None => panic!("an answer is kept nowhere"),
                    Some(Kept::Server) => {
                        let counted = self.rows.in_time.get(&question).filter(has);
                        assert!(counted.is_some(), "{question} is not on the server");
                    }
                    Some(Kept::Late) => assert!(on_server.is_some_and(|a| a.late)),
                    Some(Kept::Device) => {
                        assert!(
                            on_server.is_some() || held(),
                            "{question} is not on the device"
                        );
                    }
                    Some(Kept::Refused) => assert!(self.refusals > 0),
                    Some(Kept::Memory | Kept::Unsaved) => {}
                }
                // What it once said to be on the server it does not take back.
                let on_server = matches!(session.kept(&question), Some(Kept::Server | Kept::Late));
                assert!(
                    on_server || page.said.get(&question) != Some(seq),
                    "taken back"
                );
                if on_server {
                    page.said.insert(question, *seq);
                }
            }
            assert!(page.hand_ins <= 1, "handed in twice");
        }
    }

    /// The faults are over: a minute later all is where it belongs.
    pub(crate) fn end(&mut self) {
        for p in 0..2 {
            self.open(p);
            self.link(p, OutboxEvent::SignedIn);
        }
        let until = self.now + 60_000;
        let waits = |page: &Page| page.device.outbox.waiting_count() + page.device.letters() > 0;
        while self.now < until && self.pages.iter().any(waits) {
            for p in 0..2 {
                let told = self.pages[p].device.settle(self.now, &mut self.rows);
                self.hear(p, told);
            }
            self.pass(100);
            self.check();
        }
        for p in 0..2 {
            assert_eq!(self.pages[p].device.outbox.waiting_count(), 0);
            let attempt = self.rows.attempt(self.now);
            self.pages[p].see(&attempt.answers);
            self.tell(p, Event::Reloaded(attempt));
        }
        self.check();
        self.check_end();
    }

    pub(crate) fn check_end(&self) {
        for (question, intent) in &self.intents {
            let top = self.rows.top(question);
            if !intent.may_be_lost {
                assert_eq!(top.map(|a| &a.choice), Some(&intent.choice), "{question}");
            }
            for page in &self.pages {
                let session = page.session.as_ref().unwrap();
                let kept = session.kept(question);
                let is_there = matches!(kept, Some(Kept::Server | Kept::Late));
                if self.refusals == 0 {
                    assert!(is_there || top.is_none(), "{question} {kept:?}");
                }
                if is_there {
                    assert_eq!(session.choice(question), top.unwrap().choice);
                }
            }
        }
        if self.now > self.rows.deadline.0 + GRACE_MS {
            assert!(self.rows.closed.is_some());
            for page in &self.pages {
                assert_eq!(page.session.as_ref().unwrap().stage(), Stage::Closed);
            }
        }
        // What is marked and certified is what was in time, and nothing else.
        let answers: Vec<Answer> = self
            .rows
            .late
            .values()
            .chain(self.rows.in_time.values())
            .cloned()
            .collect();
        let keys = QUESTIONS.map(|q| Key {
            question: q.into(),
            kind: paper().iter().find(|p| p.id.as_str() == q).unwrap().kind,
            marks: 10,
            right: vec!["b".into()],
        });
        let marks: u32 = grading::grade(&keys, &answers)
            .iter()
            .map(|g| g.marks)
            .sum();
        let right = self
            .rows
            .in_time
            .values()
            .filter(|a| a.choice == [OptionId::from("b")]);
        assert_eq!(marks as usize, 10 * right.count());
        let digest = digest_text(&QUESTIONS.map(QuestionId::from), &answers);
        for (line, question) in digest.lines().zip(QUESTIONS) {
            let answer = self.rows.in_time.get(&question.into());
            let ids: Vec<&str> = answer
                .iter()
                .flat_map(|a| &a.choice)
                .map(OptionId::as_str)
                .collect();
            assert_eq!(line, format!("{question}={}", ids.join(",")));
        }
    }
}
