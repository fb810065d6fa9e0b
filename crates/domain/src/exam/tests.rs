use contract::{
    Answer, AnswerPut, AnswerReply, Attempt, AttemptState, HandInBy, Outcome, Question, QuestionId,
    QuestionKind, QuestionOption, Receipt, Timestamp,
};

use super::{Counts, Effect, Event, ExamSession, Kept, Notice, Stage};
use crate::outbox::{Body, Held};

const NOW: u64 = 1_800_000_000_000;
const MINUTE: u64 = 60_000;

fn question(id: &str, kind: QuestionKind) -> Question {
    let option = |id: &str| QuestionOption {
        id: id.into(),
        text: String::new(),
    };
    let options = ["a", "b", "c"].map(option).to_vec();
    Question {
        id: id.into(),
        kind,
        stem: String::new(),
        options,
        marks: 1,
    }
}

fn attempt(minutes: u64, answers: &[Answer]) -> Attempt {
    Attempt {
        id: "t".into(),
        class_id: "c".into(),
        class_title: String::new(),
        title: String::new(),
        number: 1,
        now: Timestamp(NOW),
        started_at: Timestamp(NOW),
        deadline: Timestamp(NOW + minutes * MINUTE),
        state: AttemptState::Open,
        questions: vec![
            question("s", QuestionKind::Single),
            question("m", QuestionKind::Multiple),
            question("j", QuestionKind::Judge),
        ],
        answers: answers.to_vec(),
        review: None,
    }
}

fn closed(at_ms: u64, answers: &[Answer]) -> Attempt {
    let receipt = Receipt {
        at: Timestamp(NOW),
        by: HandInBy::Candidate,
        answered: 0,
        of: 3,
        digest: String::new(),
    };
    Attempt {
        now: Timestamp(NOW + at_ms),
        state: AttemptState::HandedIn {
            receipt,
            outcome: Outcome::Failed { marks: None },
        },
        ..attempt(60, answers)
    }
}

fn answer(question: &str, seq: u64, option: &str, late: bool) -> Answer {
    Answer {
        question: question.into(),
        seq,
        choice: vec![option.into()],
        late,
    }
}

fn open(minutes: u64) -> ExamSession {
    ExamSession::open(attempt(minutes, &[]), Held::default(), "k1".into())
}

fn step(session: &mut ExamSession, after_ms: u64, event: Event) -> Vec<Effect> {
    session.step(Timestamp(NOW + after_ms), event)
}

fn choose(session: &mut ExamSession, after_ms: u64, q: &str, option: &str) -> Option<AnswerPut> {
    let event = Event::Choose {
        question: q.into(),
        option: option.into(),
    };
    put(&step(session, after_ms, event))
}

fn put(effects: &[Effect]) -> Option<AnswerPut> {
    match effects {
        [] => None,
        [Effect::Put(Body::Answer { put, .. })] => Some(put.clone()),
        other => panic!("{other:?}"),
    }
}

fn ids(session: &ExamSession, question: &str) -> Vec<String> {
    session
        .choice(&question.into())
        .iter()
        .map(|o| o.0.clone())
        .collect()
}

fn kept(session: &ExamSession, question: &str) -> Option<Kept> {
    session.kept(&question.into())
}

#[test]
fn one_option_replaces_another_and_several_are_toggled_in_the_order_of_the_paper() {
    let mut session = open(60);
    assert_eq!(
        choose(&mut session, 1, "s", "b").unwrap().choice,
        ["b".into()]
    );
    assert_eq!(choose(&mut session, 2, "s", "b"), None, "nothing changed");
    assert_eq!(
        choose(&mut session, 3, "s", "c").unwrap().choice,
        ["c".into()]
    );
    choose(&mut session, 4, "m", "c");
    choose(&mut session, 5, "m", "a");
    assert_eq!(ids(&session, "m"), ["a", "c"]);
    choose(&mut session, 6, "m", "c");
    assert_eq!(ids(&session, "m"), ["a"]);
    let cleared = put(&step(
        &mut session,
        7,
        Event::Clear {
            question: "m".into(),
        },
    ))
    .unwrap();
    assert!(cleared.choice.is_empty());
    assert_eq!(
        kept(&session, "m"),
        Some(Kept::Memory),
        "an answer taken back is a write too"
    );
    assert_eq!(
        put(&step(
            &mut session,
            8,
            Event::Clear {
                question: "j".into()
            }
        )),
        None
    );
    assert_eq!(choose(&mut session, 9, "s", "z"), None, "no such option");
    assert_eq!(choose(&mut session, 9, "z", "a"), None, "no such question");
}

#[test]
fn sequence_numbers_are_the_servers_clock_or_one_more_than_the_last() {
    let mut session = open(60);
    assert_eq!(choose(&mut session, 5, "s", "a").unwrap().seq, NOW + 5);
    assert_eq!(choose(&mut session, 5, "m", "a").unwrap().seq, NOW + 6);
    assert_eq!(choose(&mut session, 4, "m", "b").unwrap().seq, NOW + 7);
    assert_eq!(choose(&mut session, 900, "j", "a").unwrap().seq, NOW + 900);
}

#[test]
fn the_higher_number_wins_wherever_it_comes_from_and_the_server_on_a_tie() {
    let server = [answer("s", 10, "a", false), answer("m", 20, "a", false)];
    let put = |seq| AnswerPut {
        seq,
        choice: vec!["c".into()],
    };
    let held = Held {
        answers: vec![
            ("s".into(), put(11)),
            ("m".into(), put(20)),
            ("gone".into(), put(1)),
        ],
        hand_in: None,
    };
    let session = ExamSession::open(attempt(60, &server), held, "k".into());
    assert_eq!(
        (ids(&session, "s"), kept(&session, "s")),
        (vec!["c".into()], Some(Kept::Device))
    );
    assert_eq!(
        (ids(&session, "m"), kept(&session, "m")),
        (vec!["a".into()], Some(Kept::Server))
    );
    assert_eq!(kept(&session, "j"), None);
}

#[test]
fn each_answer_says_where_it_is() {
    let mut session = open(60);
    let seq = choose(&mut session, 1, "s", "a").unwrap().seq;
    let q = || QuestionId::from("s");
    assert_eq!(kept(&session, "s"), Some(Kept::Memory));
    step(&mut session, 2, Event::StoreFailed { question: q(), seq });
    assert_eq!(kept(&session, "s"), Some(Kept::Unsaved));
    step(&mut session, 3, Event::Stored { question: q(), seq });
    assert_eq!(kept(&session, "s"), Some(Kept::Device));
    let reply = |answer: Answer| {
        let (now, deadline) = (Timestamp(NOW + 4), Timestamp(NOW + 61 * MINUTE));
        Event::Answered(AnswerReply {
            now,
            deadline,
            answer,
        })
    };
    step(&mut session, 4, reply(answer("s", seq, "a", false)));
    assert_eq!(kept(&session, "s"), Some(Kept::Server));
    assert_eq!(
        session.remaining_ms(Timestamp(NOW)),
        61 * MINUTE,
        "the deadline is the server's"
    );

    let newer = choose(&mut session, 5, "s", "b").unwrap().seq;
    // What is said of the old one says nothing of the new one.
    step(&mut session, 6, Event::Stored { question: q(), seq });
    step(&mut session, 6, reply(answer("s", seq, "a", false)));
    step(&mut session, 6, Event::Refused { question: q(), seq });
    assert_eq!(
        (ids(&session, "s"), kept(&session, "s")),
        (vec!["b".into()], Some(Kept::Memory))
    );
    step(
        &mut session,
        7,
        Event::Refused {
            question: q(),
            seq: newer,
        },
    );
    assert_eq!(kept(&session, "s"), Some(Kept::Refused));
    // Another device was later.
    step(&mut session, 8, reply(answer("s", newer + 1, "c", true)));
    assert_eq!(
        (ids(&session, "s"), kept(&session, "s")),
        (vec!["c".into()], Some(Kept::Late))
    );
}

#[test]
fn counts_tell_what_is_answered_flagged_and_not_on_the_server() {
    let mut session = ExamSession::open(
        attempt(60, &[answer("s", 1, "a", false)]),
        Held::default(),
        "k".into(),
    );
    choose(&mut session, 1, "m", "a");
    step(
        &mut session,
        2,
        Event::Flag {
            question: "j".into(),
        },
    );
    let expected = Counts {
        answered: 2,
        unanswered: 1,
        flagged: 1,
        on_device_only: 1,
    };
    assert_eq!(session.counts(), expected);
    assert!(session.flagged(&"j".into()));
    step(
        &mut session,
        3,
        Event::Flag {
            question: "j".into(),
        },
    );
    assert!(!session.flagged(&"j".into()));
    assert_eq!(session.answered_count(), 2);
}

#[test]
fn one_moves_between_questions_and_overview_within_the_paper() {
    let mut session = open(60);
    let mut at = |event| {
        step(&mut session, 0, event);
        (session.current(), session.stage())
    };
    assert_eq!(at(Event::Previous), (0, Stage::Answering));
    assert_eq!(at(Event::Next), (1, Stage::Answering));
    assert_eq!(at(Event::Overview), (1, Stage::Overview));
    assert_eq!(at(Event::Resume), (1, Stage::Answering));
    assert_eq!(at(Event::Overview), (1, Stage::Overview));
    assert_eq!(at(Event::GoTo(2)), (2, Stage::Answering));
    assert_eq!(at(Event::Next), (2, Stage::Answering));
    assert_eq!(at(Event::GoTo(3)), (2, Stage::Answering));
}

#[test]
fn at_the_deadline_it_hands_in_once_with_every_answer_and_says_that_time_is_up() {
    let mut session = open(20);
    let seq = choose(&mut session, 1, "s", "a").unwrap().seq;
    assert_eq!(
        step(&mut session, 20 * MINUTE - 1, Event::Tick).len(),
        1,
        "a notice"
    );
    let effects = step(&mut session, 20 * MINUTE, Event::Tick);
    let [
        Effect::Announce(Notice::TimeUp),
        Effect::Put(Body::HandIn { key, hand_in, .. }),
    ] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(key.as_str(), "k1");
    assert_eq!((hand_in.answers.len(), hand_in.answers[0].seq), (1, seq));
    assert_eq!(session.stage(), Stage::HandingIn(HandInBy::Deadline));
    assert_eq!(step(&mut session, 21 * MINUTE, Event::Tick), []);
    assert_eq!(choose(&mut session, 21 * MINUTE, "s", "b"), None);
    assert_eq!(session.remaining_ms(Timestamp(NOW + 21 * MINUTE)), 0);
}

#[test]
fn a_choice_after_the_deadline_is_not_made_even_if_the_clock_had_not_ticked() {
    let mut session = open(20);
    let event = Event::Choose {
        question: "s".into(),
        option: "a".into(),
    };
    let effects = step(&mut session, 20 * MINUTE, event);
    assert!(
        matches!(effects[1], Effect::Put(Body::HandIn { .. })),
        "{effects:?}"
    );
    assert!(ids(&session, "s").is_empty());
}

#[test]
fn notices_come_once_each_the_last_one_after_a_sleep_and_none_that_was_past_at_the_start() {
    let minutes = |session: &mut ExamSession, left: u64, of: u64| {
        step(session, (of - left) * MINUTE, Event::Tick)
    };
    let mut session = open(60);
    let said = |n| vec![Effect::Announce(n)];
    assert_eq!(minutes(&mut session, 11, 60), []);
    assert_eq!(minutes(&mut session, 10, 60), said(Notice::TenMinutes));
    assert_eq!(minutes(&mut session, 9, 60), []);
    assert_eq!(minutes(&mut session, 5, 60), said(Notice::FiveMinutes));
    assert_eq!(minutes(&mut session, 1, 60), said(Notice::OneMinute));

    let mut slept = open(60);
    assert_eq!(minutes(&mut slept, 4, 60), said(Notice::FiveMinutes));
    let mut short = open(8);
    assert_eq!(minutes(&mut short, 7, 8), []);
    assert_eq!(minutes(&mut short, 5, 8), said(Notice::FiveMinutes));
    let mut handed_in = open(60);
    step(&mut handed_in, 0, Event::HandIn);
    assert_eq!(minutes(&mut handed_in, 0, 60), []);
}

#[test]
fn handing_in_is_confirmed_by_the_server_and_closed_is_for_good() {
    let mut session = open(60);
    let seq = choose(&mut session, 1, "s", "a").unwrap().seq;
    step(&mut session, 2, Event::HandIn);
    assert_eq!(session.stage(), Stage::HandingIn(HandInBy::Candidate));
    assert_eq!(step(&mut session, 3, Event::HandIn), []);
    step(
        &mut session,
        9,
        Event::HandedIn(closed(5, &[answer("s", seq, "a", false)])),
    );
    assert_eq!(session.stage(), Stage::Closed);
    assert_eq!(kept(&session, "s"), Some(Kept::Server));

    // An older reading comes late.
    step(&mut session, 10, Event::Reloaded(attempt(60, &[])));
    assert_eq!(session.stage(), Stage::Closed);
    assert!(matches!(
        session.attempt().state,
        AttemptState::HandedIn { .. }
    ));
    // Reading back is possible, changing is not.
    step(&mut session, 11, Event::Next);
    assert_eq!(session.current(), 1);
    assert_eq!(choose(&mut session, 12, "m", "a"), None);
    assert_eq!(step(&mut session, 61 * MINUTE, Event::Tick), []);
}

#[test]
fn an_attempt_closed_elsewhere_closes_here_though_its_reading_is_older_than_the_last_reply() {
    let mut session = open(60);
    let (now, deadline) = (Timestamp(NOW + 50), Timestamp(NOW + 60 * MINUTE));
    let reply = AnswerReply {
        now,
        deadline,
        answer: answer("s", 7, "a", true),
    };
    step(&mut session, 60, Event::Answered(reply));
    step(&mut session, 70, Event::Reloaded(closed(40, &[])));
    assert_eq!(session.stage(), Stage::Closed);
    assert!(matches!(
        session.attempt().state,
        AttemptState::HandedIn { .. }
    ));
    assert_eq!(
        kept(&session, "s"),
        Some(Kept::Late),
        "it came after the reading"
    );
}

#[test]
fn a_closed_attempt_needs_no_hand_in_though_the_deadline_has_passed() {
    let mut session = open(20);
    let closed = closed(20 * MINUTE, &[]);
    assert_eq!(step(&mut session, 21 * MINUTE, Event::Reloaded(closed)), []);
    assert_eq!(session.stage(), Stage::Closed);
}

#[test]
fn an_answer_that_a_closed_attempt_lacks_is_not_shown_as_if_it_counted() {
    let server = [answer("s", 7, "a", false)];
    let mut session = ExamSession::open(attempt(60, &server), Held::default(), "k".into());
    assert_eq!(kept(&session, "s"), Some(Kept::Server));
    step(&mut session, 1, Event::HandedIn(closed(5, &[])));
    assert_eq!(kept(&session, "s"), Some(Kept::Unsaved));
}

#[test]
fn after_a_refused_hand_in_the_answers_go_alone_and_the_next_one_has_another_key() {
    let mut session = open(60);
    choose(&mut session, 1, "s", "a");
    step(&mut session, 2, Event::HandIn);
    let effects = step(
        &mut session,
        3,
        Event::HandInRefused {
            fresh_key: "k2".into(),
        },
    );
    assert!(put(&effects).is_some());
    assert_eq!(session.stage(), Stage::Overview);
    let effects = step(&mut session, 4, Event::HandIn);
    let [Effect::Put(Body::HandIn { key, .. })] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(key.as_str(), "k2");
    // After the deadline there is no way back.
    step(
        &mut session,
        61 * MINUTE,
        Event::HandInRefused {
            fresh_key: "k3".into(),
        },
    );
    assert_eq!(session.stage(), Stage::HandingIn(HandInBy::Candidate));
}

#[test]
fn an_attempt_opened_after_its_hand_in_stays_handed_in() {
    let held = || Held {
        answers: Vec::new(),
        hand_in: Some("k".into()),
    };
    let session = ExamSession::open(attempt(60, &[]), held(), "k2".into());
    assert_eq!(session.stage(), Stage::HandingIn(HandInBy::Candidate));
    let session = ExamSession::open(attempt(0, &[]), held(), "k2".into());
    assert_eq!(session.stage(), Stage::HandingIn(HandInBy::Deadline));
    let session = ExamSession::open(closed(0, &[]), held(), "k2".into());
    assert_eq!(session.stage(), Stage::Closed);
}
