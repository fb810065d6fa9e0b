//! What a backend makes of answers: which it keeps, which count, and what marks they get.

use contract::{
    Answer, AnswerPut, HandInBy, OptionId, Question, QuestionId, QuestionKind, Timestamp,
};

/// Sequence numbers lie below this, so that every JSON reader gets them exactly.
pub const SEQ_LIMIT: u64 = 1 << 53;

/// The right answer to a question. Never leaves the backend before hand-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The question.
    pub question: QuestionId,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Marks for a right answer.
    pub marks: u32,
    /// The right options, in any order.
    pub right: Vec<OptionId>,
}

/// Marks given for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The question.
    pub question: QuestionId,
    /// Its marks: all or none.
    pub marks: u32,
}

/// When a write came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Before the deadline, or within its grace.
    InTime,
    /// After.
    Late,
}

/// What becomes of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Keep this answer. A late one is kept beside the one in time, never in its place.
    Keep(Answer),
    /// Something as new is kept already: nothing changes.
    Stale,
}

/// Marks for each key, in the order of the keys. Late answers count for nothing; of several in time
/// for one question the one with the highest sequence number counts.
pub fn grade(keys: &[Key], answers: &[Answer]) -> Vec<Graded> {
    let graded = keys.iter().map(|key| Graded {
        question: key.question.clone(),
        marks: match counting(&key.question, answers) {
            Some(answer) if is_right(key, &answer.choice) => key.marks,
            _ => 0,
        },
    });
    graded.collect()
}

/// Whether the marks suffice.
pub fn passes(marks: u32, pass_mark: u32) -> bool {
    marks >= pass_mark
}

/// Whether a write at `now` counts. The last millisecond of the grace does.
pub fn arrival(now: Timestamp, deadline: Timestamp, grace_ms: u64) -> Arrival {
    if now <= deadline.plus(grace_ms) {
        Arrival::InTime
    } else {
        Arrival::Late
    }
}

/// Who closes an attempt whose hand-in arrives at `now`.
pub fn closed_by(now: Timestamp, deadline: Timestamp) -> HandInBy {
    if now < deadline {
        HandInBy::Candidate
    } else {
        HandInBy::Deadline
    }
}

/// What becomes of a write, alone or within a hand-in. A hand-in that finds the attempt closed
/// changes neither its state nor its receipt; its answers come here all the same, and what the
/// backend lacks is kept as late: the device forgets them once the hand-in is answered.
///
/// `kept` is the answer with the highest sequence number that the backend has for the question,
/// late or not; `closed` is whether the attempt was handed in before. Keep the late ones under a
/// key of their own (attempt, question, late): they must not overwrite what counts.
pub fn accept(
    now: Timestamp,
    deadline: Timestamp,
    grace_ms: u64,
    closed: bool,
    kept: Option<&Answer>,
    put: &AnswerPut,
    question: &QuestionId,
) -> Verdict {
    if kept.is_some_and(|kept| put.seq <= kept.seq) {
        return Verdict::Stale;
    }
    Verdict::Keep(Answer {
        question: question.clone(),
        seq: put.seq,
        choice: put.choice.clone(),
        late: closed || arrival(now, deadline, grace_ms) == Arrival::Late,
    })
}

/// Whether a choice may be made: options of the question, none twice, one at most unless several
/// may be chosen. No option at all clears the answer.
pub fn choice_fits(question: &Question, choice: &[OptionId]) -> bool {
    let known = |id: &OptionId| question.options.iter().any(|o| o.id == *id);
    let once = |(i, id): (usize, &OptionId)| !choice[..i].contains(id);
    (question.kind == QuestionKind::Multiple || choice.len() <= 1)
        && choice.iter().all(known)
        && choice.iter().enumerate().all(once)
}

/// The text whose SHA-256 is [`contract::Receipt::digest`]: `question-id=option-id,option-id\n` for
/// each question of the paper, options sorted, only answers in time.
pub fn digest_text(questions: &[QuestionId], answers: &[Answer]) -> String {
    let mut text = String::new();
    for question in questions {
        text.push_str(question.as_str());
        text.push('=');
        if let Some(answer) = counting(question, answers) {
            let mut ids: Vec<&str> = answer.choice.iter().map(OptionId::as_str).collect();
            ids.sort_unstable();
            for (i, id) in ids.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(id);
            }
        }
        text.push('\n');
    }
    text
}

/// The answer that counts for a question.
pub fn counting<'a>(question: &QuestionId, answers: &'a [Answer]) -> Option<&'a Answer> {
    let in_time = answers
        .iter()
        .filter(|a| a.question == *question && !a.late);
    in_time.max_by_key(|a| a.seq)
}

/// Single choice and judgement take any one right option, multiple choice all and no other.
fn is_right(key: &Key, choice: &[OptionId]) -> bool {
    let chosen_right = !choice.is_empty() && choice.iter().all(|c| key.right.contains(c));
    chosen_right
        && match key.kind {
            QuestionKind::Single | QuestionKind::Judge => choice.len() == 1,
            QuestionKind::Multiple => key.right.iter().all(|r| choice.contains(r)),
        }
}

#[cfg(test)]
mod tests {
    use contract::QuestionOption;

    use super::*;

    const DEADLINE: Timestamp = Timestamp(1000);
    const GRACE_MS: u64 = 30;

    fn options(ids: &[&str]) -> Vec<OptionId> {
        ids.iter().map(|id| OptionId::from(*id)).collect()
    }

    fn answer(seq: u64, choice: &[&str], late: bool) -> Answer {
        Answer {
            question: "q".into(),
            seq,
            choice: options(choice),
            late,
        }
    }

    fn key(kind: QuestionKind, right: &[&str]) -> Key {
        Key {
            question: "q".into(),
            kind,
            marks: 3,
            right: options(right),
        }
    }

    fn marks(key: &Key, answers: &[Answer]) -> u32 {
        grade(std::slice::from_ref(key), answers)[0].marks
    }

    #[test]
    fn multiple_choice_takes_all_right_options_and_no_other_in_any_order() {
        let key = key(QuestionKind::Multiple, &["b", "a"]);
        for (choice, expected) in [
            (&["a", "b"][..], 3),
            (&["b", "a"], 3),
            (&["a"], 0),
            (&["a", "b", "c"], 0),
            (&[], 0),
            (&["a", "a"], 0),
        ] {
            assert_eq!(
                marks(&key, &[answer(1, choice, false)]),
                expected,
                "{choice:?}"
            );
        }
    }

    #[test]
    fn single_choice_and_judgement_take_one_right_option() {
        for kind in [QuestionKind::Single, QuestionKind::Judge] {
            let key = key(kind, &["a"]);
            assert_eq!(marks(&key, &[answer(1, &["a"], false)]), 3);
            assert_eq!(marks(&key, &[answer(1, &["b"], false)]), 0);
            assert_eq!(marks(&key, &[answer(1, &["a", "a"], false)]), 0);
            assert_eq!(marks(&key, &[]), 0);
        }
        // A key without a right option gives nobody marks.
        assert_eq!(
            marks(&key(QuestionKind::Multiple, &[]), &[answer(1, &[], false)]),
            0
        );
    }

    #[test]
    fn late_answers_count_for_nothing_and_do_not_hurt_what_counts() {
        let key = key(QuestionKind::Single, &["a"]);
        assert_eq!(marks(&key, &[answer(9, &["a"], true)]), 0);
        let both = [answer(9, &["b"], true), answer(5, &["a"], false)];
        assert_eq!(marks(&key, &both), 3);
        let two_in_time = [answer(6, &["b"], false), answer(5, &["a"], false)];
        assert_eq!(marks(&key, &two_in_time), 0);
    }

    #[test]
    fn marks_come_in_the_order_of_the_keys_and_the_pass_mark_passes() {
        let second = Key {
            question: "r".into(),
            ..key(QuestionKind::Single, &["a"])
        };
        let keys = [second, key(QuestionKind::Single, &["a"])];
        let graded = grade(&keys, &[answer(1, &["a"], false)]);
        let list: Vec<_> = graded
            .iter()
            .map(|g| (g.question.as_str(), g.marks))
            .collect();
        assert_eq!(list, [("r", 0), ("q", 3)]);
        assert!(passes(60, 60));
        assert!(!passes(59, 60));
    }

    #[test]
    fn the_grace_counts_to_its_last_millisecond() {
        assert_eq!(
            arrival(DEADLINE.plus(GRACE_MS), DEADLINE, GRACE_MS),
            Arrival::InTime
        );
        assert_eq!(
            arrival(DEADLINE.plus(GRACE_MS + 1), DEADLINE, GRACE_MS),
            Arrival::Late
        );
        assert_eq!(closed_by(Timestamp(999), DEADLINE), HandInBy::Candidate);
        assert_eq!(closed_by(DEADLINE, DEADLINE), HandInBy::Deadline);
    }

    #[test]
    fn an_old_or_repeated_write_changes_nothing_and_a_late_one_is_kept_and_marked() {
        let verdict = |now, closed, kept: Option<&Answer>, seq| {
            let put = AnswerPut {
                seq,
                choice: options(&["a"]),
            };
            accept(
                Timestamp(now),
                DEADLINE,
                GRACE_MS,
                closed,
                kept,
                &put,
                &"q".into(),
            )
        };
        let kept = answer(5, &["a"], false);
        assert_eq!(verdict(1, false, Some(&kept), 4), Verdict::Stale);
        assert_eq!(verdict(1, false, Some(&kept), 5), Verdict::Stale);
        assert_eq!(verdict(2000, true, Some(&kept), 5), Verdict::Stale);
        let keep = |seq, late| Verdict::Keep(answer(seq, &["a"], late));
        assert_eq!(verdict(1, false, Some(&kept), 6), keep(6, false));
        assert_eq!(verdict(1, false, None, 0), keep(0, false));
        assert_eq!(verdict(1030, false, None, 1), keep(1, false));
        assert_eq!(verdict(1031, false, Some(&kept), 6), keep(6, true));
        assert_eq!(verdict(1, true, Some(&kept), 6), keep(6, true));
    }

    #[test]
    fn a_choice_holds_known_options_once_and_several_only_where_several_may_be() {
        let question = |kind| Question {
            id: "q".into(),
            kind,
            stem: String::new(),
            options: options(&["a", "b"])
                .into_iter()
                .map(|id| QuestionOption {
                    id,
                    text: String::new(),
                })
                .collect(),
            marks: 1,
        };
        let fits = |kind, choice: &[&str]| choice_fits(&question(kind), &options(choice));
        for kind in [
            QuestionKind::Single,
            QuestionKind::Judge,
            QuestionKind::Multiple,
        ] {
            assert!(fits(kind, &[]));
            assert!(fits(kind, &["b"]));
            assert!(!fits(kind, &["z"]));
            assert!(!fits(kind, &["a", "a"]));
            assert_eq!(fits(kind, &["b", "a"]), kind == QuestionKind::Multiple);
        }
    }

    #[test]
    fn the_digest_text_has_a_line_for_each_question_with_sorted_options_in_time() {
        let questions = ["q2".into(), "q".into(), "q3".into()];
        let answers = [answer(1, &["c", "a"], false), answer(2, &["b"], true)];
        assert_eq!(digest_text(&questions, &answers), "q2=\nq=a,c\nq3=\n");
    }
}
