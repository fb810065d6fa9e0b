use contract::{AnswerPut, AttemptId, ErrorCode, HandIn, HandInAnswer, Interval, WatchedReport};

use super::{
    Body, Effect, Entry, Event, Keep, Link, Outbox, Reply, SEND_LIMIT_MS, Slot, held_answers,
};

const LATER: Reply = Reply::Later {
    retry_after_ms: None,
};

fn outbox() -> Outbox {
    Outbox::new("p".into(), 1)
}

fn watched(lesson: &str, key: &str, start_ms: u64) -> Body {
    Body::Watched {
        lesson: lesson.into(),
        key: key.into(),
        report: WatchedReport {
            intervals: vec![Interval {
                start_ms,
                end_ms: start_ms + 10,
            }],
            position_ms: start_ms + 10,
        },
    }
}

fn answer(question: &str, seq: u64) -> Body {
    Body::Answer {
        attempt: "a".into(),
        question: question.into(),
        put: AnswerPut {
            seq,
            choice: vec!["x".into()],
        },
    }
}

fn hand_in(answers: &[(&str, u64)]) -> Body {
    let answers = answers.iter().map(|(question, seq)| HandInAnswer {
        question: (*question).into(),
        seq: *seq,
        choice: vec!["x".into()],
    });
    Body::HandIn {
        attempt: "a".into(),
        key: "k".into(),
        hand_in: HandIn {
            answers: answers.collect(),
        },
    }
}

fn put(outbox: &mut Outbox, now: u64, body: Body) -> Vec<Effect> {
    outbox.step(now, Event::Put(body))
}

fn sent(effects: &[Effect]) -> Option<Entry> {
    effects.iter().find_map(|e| match e {
        Effect::Send(entry) => Some(entry.clone()),
        _ => None,
    })
}

fn reply(outbox: &mut Outbox, now: u64, entry: &Entry, reply: Reply) -> Vec<Effect> {
    let Entry { slot, version, .. } = entry.clone();
    outbox.step(
        now,
        Event::Reply {
            slot,
            version,
            reply,
        },
    )
}

fn stored(outbox: &mut Outbox, entry: &Entry) -> Vec<Effect> {
    let Entry { slot, version, .. } = entry.clone();
    outbox.step(0, Event::Stored { slot, version })
}

fn store_failed(outbox: &mut Outbox, entry: &Entry) {
    let Entry { slot, version, .. } = entry.clone();
    let effects = outbox.step(0, Event::StoreFailed { slot, version });
    assert!(stores(&effects).is_empty());
}

fn stores(effects: &[Effect]) -> Vec<Entry> {
    let stores = effects.iter().filter_map(|e| match e {
        Effect::Store(entry) => Some(entry.clone()),
        _ => None,
    });
    stores.collect()
}

#[test]
fn an_answer_is_stored_and_sent_at_once_and_neither_waits_for_the_other() {
    let mut outbox = outbox();
    assert_eq!(outbox.link(), Link::Idle);
    let effects = put(&mut outbox, 0, answer("q", 1));
    let entry = sent(&effects).unwrap();
    assert_eq!(effects[0], Effect::Store(entry.clone()));
    assert_eq!(entry.slot, Slot(String::from("answer/a/q")));
    assert_eq!(outbox.keep(&entry.slot), Some(Keep::Memory));
    assert_eq!(outbox.link(), Link::Sending);

    stored(&mut outbox, &entry);
    assert_eq!(outbox.keep(&entry.slot), Some(Keep::Device));
    let effects = reply(&mut outbox, 50, &entry, Reply::Done);
    let Entry {
        slot,
        version,
        body,
        ..
    } = entry;
    assert_eq!(outbox.keep(&slot), None);
    assert_eq!(
        effects,
        [
            Effect::Forget { slot, version },
            Effect::Settled {
                body,
                refused: None
            }
        ]
    );
}

#[test]
fn a_newer_answer_is_sent_though_the_older_one_was_under_way() {
    let mut outbox = outbox();
    let first = sent(&put(&mut outbox, 0, answer("q", 1))).unwrap();
    let effects = put(&mut outbox, 10, answer("q", 2));
    assert_eq!(sent(&effects), None, "one request at a time");
    let effects = reply(&mut outbox, 20, &first, Reply::Done);
    let second = sent(&effects).unwrap();
    assert_eq!(second.body, answer("q", 2));
    assert_eq!(outbox.keep(&second.slot), Some(Keep::Memory));
    reply(&mut outbox, 30, &second, Reply::Done);
    assert_eq!(outbox.waiting_count(), 0);
}

#[test]
fn hand_ins_go_first_then_answers_then_watched_time_each_in_its_order() {
    let mut outbox = outbox();
    let mut next = sent(&put(&mut outbox, 0, watched("l1", "k1", 0))).unwrap();
    for body in [
        watched("l2", "k2", 0),
        answer("q1", 1),
        answer("q2", 2),
        hand_in(&[]),
    ] {
        put(&mut outbox, 0, body);
    }
    let mut order = Vec::new();
    loop {
        order.push(next.slot.0.clone());
        match sent(&reply(&mut outbox, 0, &next, Reply::Done)) {
            Some(entry) => next = entry,
            None => break,
        }
    }
    let expected = [
        "watched/l1/k1",
        "hand-in/a",
        "answer/a/q1",
        "answer/a/q2",
        "watched/l2/k2",
    ];
    assert_eq!(order, expected);
}

#[test]
fn back_off_doubles_from_one_second_to_thirty_with_at_most_a_quarter_off() {
    let mut outbox = outbox();
    let mut now = 0;
    let mut entry = sent(&put(&mut outbox, now, answer("q", 1))).unwrap();
    for full in [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000] {
        let effects = reply(&mut outbox, now, &entry, LATER);
        let [Effect::Wake { in_ms }] = effects[..] else {
            panic!("{effects:?}")
        };
        assert!(
            (full - full / 4..=full).contains(&in_ms),
            "{in_ms} of {full}"
        );
        assert_eq!(
            outbox.link(),
            Link::Waiting {
                until_ms: now + in_ms
            }
        );
        // Too early changes nothing.
        let early = outbox.step(now + in_ms - 1, Event::Wake);
        assert_eq!(early, [Effect::Wake { in_ms: 1 }]);
        now += in_ms;
        entry = sent(&outbox.step(now, Event::Wake)).unwrap();
    }
    // A success begins anew.
    reply(&mut outbox, now, &entry, Reply::Done);
    entry = sent(&put(&mut outbox, now, answer("q", 2))).unwrap();
    let effects = reply(&mut outbox, now, &entry, LATER);
    assert!(
        matches!(effects[..], [Effect::Wake { in_ms: 750..=1000 }]),
        "{effects:?}"
    );
}

#[test]
fn clients_that_failed_together_do_not_come_back_together() {
    let wait = |seed| {
        let mut outbox = Outbox::new("p".into(), seed);
        let entry = sent(&put(&mut outbox, 0, answer("q", 1))).unwrap();
        match reply(&mut outbox, 0, &entry, LATER)[..] {
            [Effect::Wake { in_ms }] => in_ms,
            ref other => panic!("{other:?}"),
        }
    };
    let mut waits: Vec<u64> = (0..100).map(wait).collect();
    waits.sort_unstable();
    waits.dedup();
    assert!(waits.len() > 50, "{waits:?}");
}

#[test]
fn retry_after_is_respected_up_to_ten_minutes() {
    for (asked, waits) in [(90_000, 90_000), (86_400_000, 600_000)] {
        let mut outbox = outbox();
        let entry = sent(&put(&mut outbox, 0, answer("q", 1))).unwrap();
        let later = Reply::Later {
            retry_after_ms: Some(asked),
        };
        assert_eq!(
            reply(&mut outbox, 0, &entry, later),
            [Effect::Wake { in_ms: waits }]
        );
        assert_eq!(sent(&outbox.step(1000, Event::Online)), None);
        assert!(sent(&outbox.step(waits, Event::Wake)).is_some());
    }
}

#[test]
fn off_line_it_tries_every_thirty_seconds_and_goes_on_at_once_when_the_link_is_back() {
    let mut outbox = outbox();
    outbox.step(0, Event::Offline);
    assert_eq!(outbox.link(), Link::Offline);
    let effects = put(&mut outbox, 10_000, answer("q", 1));
    assert_eq!(effects[1..], [Effect::Wake { in_ms: 20_000 }]);
    let probe = sent(&outbox.step(30_000, Event::Wake)).unwrap();
    assert_eq!(
        reply(&mut outbox, 30_100, &probe, LATER),
        [Effect::Wake { in_ms: 30_000 }]
    );
    assert!(sent(&outbox.step(31_000, Event::Online)).is_some());

    // The browser was wrong: a probe that succeeds says more.
    outbox.step(31_000, Event::Offline);
    reply(&mut outbox, 31_100, &probe, Reply::Done);
    assert_eq!(outbox.link(), Link::Idle);
}

#[test]
fn a_send_without_an_end_is_taken_for_lost_and_its_late_end_still_counts() {
    let mut outbox = outbox();
    let entry = sent(&put(&mut outbox, 0, answer("q", 1))).unwrap();
    assert_eq!(sent(&outbox.step(SEND_LIMIT_MS - 1, Event::Wake)), None);
    assert_eq!(outbox.link(), Link::Sending);
    outbox.step(SEND_LIMIT_MS, Event::Wake);
    assert!(matches!(outbox.link(), Link::Waiting { .. }));
    assert_eq!(
        reply(&mut outbox, SEND_LIMIT_MS + 1, &entry, LATER).len(),
        1,
        "nothing new"
    );
    reply(&mut outbox, SEND_LIMIT_MS + 2, &entry, Reply::Done);
    assert_eq!(outbox.waiting_count(), 0);
    assert_eq!(outbox.link(), Link::Idle);
}

#[test]
fn signed_out_nothing_is_sent_and_nothing_is_lost_until_the_person_signs_in() {
    let mut outbox = outbox();
    let entry = sent(&put(&mut outbox, 0, answer("q", 1))).unwrap();
    assert_eq!(reply(&mut outbox, 0, &entry, Reply::SignedOut), []);
    assert_eq!(outbox.link(), Link::SignedOut);
    let effects = put(&mut outbox, 100_000, answer("q2", 2));
    assert_eq!(effects.len(), 1, "stored, and no more");
    assert_eq!(outbox.step(200_000, Event::Online), []);
    assert_eq!(
        sent(&outbox.step(300_000, Event::SignedIn)).unwrap().slot,
        entry.slot
    );
}

#[test]
fn what_the_server_refuses_stays_and_is_not_sent_again_until_it_is_given_up() {
    let mut outbox = outbox();
    let entry = sent(&put(&mut outbox, 0, watched("l", "k1", 0))).unwrap();
    let code = ErrorCode::ClassNotRunning;
    let effects = reply(&mut outbox, 0, &entry, Reply::Refused(code));
    let Entry {
        slot,
        version,
        body,
        ..
    } = entry;
    assert_eq!(
        effects,
        [Effect::Settled {
            body,
            refused: Some(code)
        }]
    );
    assert_eq!(outbox.keep(&slot), Some(Keep::Refused(code)));
    assert_eq!((outbox.waiting_count(), outbox.entries().count()), (0, 1));
    assert_eq!(outbox.link(), Link::Idle);

    // A later report of the lesson is not held up by it, nor added to it.
    let next = sent(&put(&mut outbox, 0, watched("l", "k2", 50))).unwrap();
    assert_eq!(next.body, watched("l", "k2", 50));
    let effects = outbox.step(0, Event::Discard { slot: slot.clone() });
    assert_eq!(effects[0], Effect::Forget { slot, version });
}

#[test]
fn one_entry_that_the_server_cannot_digest_does_not_hold_up_the_rest() {
    let mut outbox = outbox();
    let mut now = 0;
    let mut next = sent(&put(&mut outbox, now, hand_in(&[]))).unwrap();
    put(&mut outbox, now, answer("q1", 1));
    put(&mut outbox, now, watched("l", "k", 0));
    for _ in 0..6 {
        let good = next.slot != hand_in(&[]).slot();
        let effects = reply(
            &mut outbox,
            now,
            &next,
            if good { Reply::Done } else { LATER },
        );
        next = match sent(&effects) {
            Some(entry) => entry,
            None => {
                now += 60_000;
                sent(&outbox.step(now, Event::Wake)).unwrap()
            }
        };
    }
    assert_eq!(
        outbox.entries().map(Entry::clone).collect::<Vec<_>>(),
        [next]
    );
}

#[test]
fn what_could_not_be_stored_says_so_and_is_tried_again_when_there_is_room() {
    let mut outbox = outbox();
    let first = sent(&put(&mut outbox, 0, answer("q1", 1))).unwrap();
    store_failed(&mut outbox, &first);
    assert_eq!(outbox.keep(&first.slot), Some(Keep::Unsaved));

    // When a send fails …
    let again = reply(&mut outbox, 0, &first, LATER);
    assert_eq!(stores(&again), std::slice::from_ref(&first));
    store_failed(&mut outbox, &first);
    // … and when something else could be stored.
    let second = stores(&put(&mut outbox, 0, answer("q2", 2)));
    let again = stored(&mut outbox, &second[0]);
    assert_eq!(stores(&again), std::slice::from_ref(&first));
    stored(&mut outbox, &first);
    assert_eq!(outbox.keep(&first.slot), Some(Keep::Device));
}

#[test]
fn a_hand_in_carries_its_answers_and_they_stay_stored_until_it_is() {
    let mut outbox = outbox();
    let first = sent(&put(&mut outbox, 0, answer("q1", 1))).unwrap();
    let second = stores(&put(&mut outbox, 0, answer("q2", 2)));
    stored(&mut outbox, &second[0]);
    let effects = put(&mut outbox, 0, hand_in(&[("q1", 1), ("q2", 2)]));
    let closing = stores(&effects).remove(0);
    assert_eq!(outbox.waiting_count(), 1);
    assert_eq!(outbox.keep(&second[0].slot), Some(Keep::Device));

    let Entry { slot, version, .. } = second[0].clone();
    assert!(stored(&mut outbox, &closing).contains(&Effect::Forget { slot, version }));
    assert_eq!(outbox.keep(&second[0].slot), None);
    let effects = reply(&mut outbox, 0, &first, Reply::Done);
    assert_eq!(sent(&effects), Some(closing));
}

#[test]
fn answers_go_alone_if_the_hand_in_that_carries_them_is_refused() {
    let mut outbox = outbox();
    outbox.step(0, Event::Offline);
    put(&mut outbox, 0, answer("q1", 1));
    put(&mut outbox, 0, hand_in(&[("q1", 1)]));
    let closing = sent(&outbox.step(0, Event::Online)).unwrap();
    let effects = reply(
        &mut outbox,
        0,
        &closing,
        Reply::Refused(ErrorCode::KeyReused),
    );
    assert_eq!(sent(&effects).unwrap().body, answer("q1", 1));
}

#[test]
fn reports_that_were_never_sent_become_one_and_those_that_were_stay_as_they_are() {
    let mut outbox = outbox();
    let first = sent(&put(&mut outbox, 0, watched("l", "k1", 0))).unwrap();
    let second = stores(&put(&mut outbox, 0, watched("l", "k2", 10))).remove(0);
    assert_eq!(
        second.body,
        watched("l", "k2", 10),
        "the first may have arrived"
    );
    let third = stores(&put(&mut outbox, 0, watched("l", "k3", 50))).remove(0);
    let Body::Watched { key, report, .. } = &third.body else {
        panic!()
    };
    assert_eq!(key.as_str(), "k3");
    let parts = [
        Interval {
            start_ms: 10,
            end_ms: 20,
        },
        Interval {
            start_ms: 50,
            end_ms: 60,
        },
    ];
    assert_eq!(
        (report.intervals.as_slice(), report.position_ms),
        (&parts[..], 60)
    );
    assert_eq!(outbox.keep(&second.slot), None);
    // The second goes from the store once the third is in it.
    let Entry { slot, version, .. } = second;
    assert!(stored(&mut outbox, &third).contains(&Effect::Forget { slot, version }));
    assert_eq!(
        sent(&reply(&mut outbox, 0, &first, Reply::Done)),
        Some(third)
    );
}

#[test]
fn after_a_restart_everything_stored_is_sent_and_held_answers_are_known() {
    let attempt = AttemptId::from("a");
    let mut first = outbox();
    let mut disk = stores(&put(&mut first, 0, answer("q1", 5)));
    disk.extend(stores(&put(&mut first, 0, answer("q2", 6))));
    disk.extend(stores(&put(&mut first, 0, hand_in(&[("q1", 7)]))));
    let held = held_answers(&disk, &attempt);
    let seqs: Vec<u64> = held.answers.iter().map(|(_, put)| put.seq).collect();
    assert_eq!(seqs, [7, 6]);
    assert_eq!(held.hand_in, Some("k".into()));
    assert_eq!(held_answers(&disk, &"other".into()), super::Held::default());

    let mut second = outbox();
    let effects = second.step(0, Event::Restored(disk.clone()));
    assert_eq!(sent(&effects), Some(disk[2].clone()));
    assert_eq!(
        second.waiting_count(),
        2,
        "one answer is part of the hand-in"
    );
    // Versions go on, whatever the seed.
    let fresh = stores(&put(&mut second, 0, answer("q2", 8))).remove(0);
    assert!(disk.iter().all(|e| e.version != fresh.version));
}

#[test]
fn reports_are_restored_in_the_order_of_their_keys_whatever_their_versions() {
    let mut disk = Vec::new();
    for (seed, key) in [(3, "k1"), (2, "k2"), (1, "k3")] {
        let mut page = Outbox::new("p".into(), seed);
        disk.extend(stores(&put(&mut page, 0, watched("l", key, 0))));
    }
    disk.sort_by_key(|e| e.version);
    let mut outbox = outbox();
    let mut next = sent(&outbox.step(0, Event::Restored(disk)));
    let mut order = Vec::new();
    while let Some(entry) = next {
        order.push(entry.slot.0.clone());
        next = sent(&reply(&mut outbox, 0, &entry, Reply::Done));
    }
    assert_eq!(order, ["watched/l/k1", "watched/l/k2", "watched/l/k3"]);
}

#[test]
fn what_is_restored_late_goes_before_what_was_put_since_and_never_overwrites_it() {
    let mut before = outbox();
    let mut disk = stores(&put(&mut before, 0, watched("l", "k1", 0)));
    disk.extend(stores(&put(&mut before, 0, answer("q", 1))));
    let stale = disk[1].clone();

    let mut outbox = Outbox::new("p".into(), 2);
    outbox.step(0, Event::Offline);
    put(&mut outbox, 0, watched("l", "k2", 10));
    put(&mut outbox, 0, answer("q", 2));
    outbox.step(0, Event::Restored(disk.clone()));
    let first = sent(&outbox.step(0, Event::Online)).unwrap();
    assert_eq!(first.body, answer("q", 2));
    let effects = reply(&mut outbox, 0, &first, Reply::Done);
    let Entry { slot, version, .. } = stale;
    assert!(effects.contains(&Effect::Forget { slot, version }));
    assert_eq!(sent(&effects), Some(disk[0].clone()));
}

#[test]
fn what_is_in_memory_only_is_counted_until_it_is_stored_or_sent() {
    let mut outbox = outbox();
    let first = sent(&put(&mut outbox, 0, answer("q1", 1))).unwrap();
    let second = stores(&put(&mut outbox, 0, answer("q2", 2))).remove(0);
    assert_eq!(outbox.unsaved_count(), 2);
    store_failed(&mut outbox, &first);
    store_failed(&mut outbox, &second);
    assert_eq!(outbox.unsaved_count(), 2);
    // It took long, and is stored after all.
    stored(&mut outbox, &second);
    assert_eq!(outbox.keep(&second.slot), Some(Keep::Device));
    assert_eq!(outbox.unsaved_count(), 1);
    reply(&mut outbox, 0, &first, Reply::Done);
    assert_eq!(outbox.unsaved_count(), 0);
}

#[test]
fn slots_of_different_ids_are_different_even_if_ids_hold_slashes() {
    let one = Slot::answer(&"a/b".into(), &"c".into());
    let two = Slot::answer(&"a".into(), &"b/c".into());
    assert_ne!(one, two);
    assert_eq!(one.0, "answer/a%2Fb/c");
    assert_ne!(Slot::hand_in(&"a%2Fb".into()), Slot::hand_in(&"a/b".into()));
}

#[test]
fn entries_survive_the_store_as_json() {
    let mut outbox = outbox();
    for body in [watched("l", "k", 0), answer("q", 1), hand_in(&[("q", 1)])] {
        for entry in stores(&put(&mut outbox, 0, body)) {
            let json = serde_json::to_string(&entry).unwrap();
            assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), entry);
            assert!(entry.version < 1 << 53);
        }
    }
}
