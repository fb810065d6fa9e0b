//! The answer sheet: what is chosen for each question, and where that is kept.

use contract::{
    Answer, AnswerPut, HandIn, HandInAnswer, OptionId, Question, QuestionId, QuestionKind,
};

use super::{Counts, Kept};

/// One line for each question of the paper.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    lines: Vec<Line>,
    last_seq: u64,
}

#[derive(Clone, Debug)]
struct Line {
    question: QuestionId,
    /// 0 if nothing was ever written.
    seq: u64,
    choice: Vec<OptionId>,
    kept: Kept,
    flagged: bool,
}

impl Sheet {
    pub(super) fn new(questions: &[Question]) -> Self {
        let lines = questions.iter().map(|q| Line {
            question: q.id.clone(),
            seq: 0,
            choice: Vec::new(),
            kept: Kept::Memory,
            flagged: false,
        });
        Self {
            lines: lines.collect(),
            last_seq: 0,
        }
    }

    pub(super) fn choice(&self, question: &QuestionId) -> &[OptionId] {
        self.line(question).map_or(&[], |l| &l.choice)
    }

    pub(super) fn kept(&self, question: &QuestionId) -> Option<Kept> {
        self.line(question).filter(|l| l.seq > 0).map(|l| l.kept)
    }

    pub(super) fn flagged(&self, question: &QuestionId) -> bool {
        self.line(question).is_some_and(|l| l.flagged)
    }

    pub(super) fn flag(&mut self, question: &QuestionId) {
        if let Some(line) = self.line_mut(question) {
            line.flagged = !line.flagged;
        }
    }

    /// Picks an option; the write to send, if that changed anything.
    pub(super) fn choose(
        &mut self,
        question: &Question,
        option: &OptionId,
        now_ms: u64,
    ) -> Option<AnswerPut> {
        if !question.options.iter().any(|o| o.id == *option) {
            return None;
        }
        let chosen = self.choice(&question.id);
        let choice = match question.kind {
            QuestionKind::Multiple => {
                // In the order of the paper, whatever the order of the clicks.
                let ids = question.options.iter().map(|o| &o.id);
                ids.filter(|id| chosen.contains(id) != (*id == option))
                    .cloned()
                    .collect()
            }
            QuestionKind::Single | QuestionKind::Judge => vec![option.clone()],
        };
        self.write(&question.id, choice, now_ms)
    }

    /// Makes a choice; the write to send, if that changed anything.
    pub(super) fn write(
        &mut self,
        question: &QuestionId,
        choice: Vec<OptionId>,
        now_ms: u64,
    ) -> Option<AnswerPut> {
        let seq = now_ms.max(self.last_seq.saturating_add(1));
        let line = self.line_mut(question)?;
        if line.choice == choice {
            return None;
        }
        line.seq = seq;
        line.choice.clone_from(&choice);
        line.kept = Kept::Memory;
        self.last_seq = seq;
        Some(AnswerPut { seq, choice })
    }

    /// An answer that the device holds.
    pub(super) fn hold(&mut self, question: &QuestionId, put: AnswerPut) {
        if let Some(line) = self.line_mut(question)
            && put.seq > line.seq
        {
            line.seq = put.seq;
            line.choice = put.choice;
            line.kept = Kept::Device;
            self.last_seq = self.last_seq.max(put.seq);
        }
    }

    /// An answer that the server has. On equal numbers the server's word stands: it kept that one.
    pub(super) fn confirm(&mut self, answer: &Answer) {
        if let Some(line) = self.line_mut(&answer.question)
            && answer.seq >= line.seq
        {
            line.seq = answer.seq;
            line.choice.clone_from(&answer.choice);
            line.kept = if answer.late {
                Kept::Late
            } else {
                Kept::Server
            };
            self.last_seq = self.last_seq.max(answer.seq);
        }
    }

    /// Moves an answer to another keeping, if it is still this one and in one of the states `from`.
    pub(super) fn keep(&mut self, question: &QuestionId, seq: u64, from: &[Kept], to: Kept) {
        if let Some(line) = self.line_mut(question)
            && line.seq == seq
            && from.contains(&line.kept)
        {
            line.kept = to;
        }
    }

    /// The attempt is closed with these answers: what was thought to be in time on the server and
    /// is not among them does not count, and must not be shown as if it did.
    pub(super) fn close(&mut self, answers: &[Answer]) {
        for line in &mut self.lines {
            let counts = |a: &Answer| a.question == line.question && a.seq == line.seq && !a.late;
            if line.kept == Kept::Server && !answers.iter().any(counts) {
                line.kept = Kept::Unsaved;
            }
        }
    }

    pub(super) fn hand_in(&self) -> HandIn {
        let written = self.lines.iter().filter(|l| l.seq > 0);
        let answers = written.map(|l| HandInAnswer {
            question: l.question.clone(),
            seq: l.seq,
            choice: l.choice.clone(),
        });
        HandIn {
            answers: answers.collect(),
        }
    }

    /// Writes that the server does not have.
    pub(super) fn unsent(&self) -> Vec<(QuestionId, AnswerPut)> {
        let unsent = self.lines.iter().filter(|l| l.is_on_device_only());
        unsent
            .map(|l| {
                (
                    l.question.clone(),
                    AnswerPut {
                        seq: l.seq,
                        choice: l.choice.clone(),
                    },
                )
            })
            .collect()
    }

    pub(super) fn counts(&self) -> Counts {
        let count = |is: fn(&Line) -> bool| self.lines.iter().filter(|l| is(l)).count();
        let answered = count(|l| !l.choice.is_empty());
        Counts {
            answered,
            unanswered: self.lines.len() - answered,
            flagged: count(|l| l.flagged),
            on_device_only: count(Line::is_on_device_only),
        }
    }

    fn line(&self, question: &QuestionId) -> Option<&Line> {
        self.lines.iter().find(|l| l.question == *question)
    }

    fn line_mut(&mut self, question: &QuestionId) -> Option<&mut Line> {
        self.lines.iter_mut().find(|l| l.question == *question)
    }
}

impl Line {
    fn is_on_device_only(&self) -> bool {
        self.seq > 0 && !matches!(self.kept, Kept::Server | Kept::Late)
    }
}
