//! One attempt, a candidate at two devices, a server, and everything that goes wrong between them:
//! for every question the server ends with the candidate's last choice, and until it has that, the
//! device says so and truly holds what it says that it holds.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract::HandInBy;
use domain::{exam::Stage, outbox::Slot};
use proptest::{collection::vec, prelude::*};

use crate::{
    acts::{Act, act},
    world::World,
};

mod acts;
mod checks;
mod server;
#[path = "../sim/mod.rs"]
mod sim;
mod world;

proptest! {
    #![proptest_config(sim::config(100_000))]

    #[test]
    fn at_the_end_the_server_has_the_last_choice_or_the_page_says_that_it_has_not(
        left_ms in 1000..40_000_u64,
        acts in vec(act(), 1..50),
    ) {
        let mut world = World::new(left_ms);
        for act in acts {
            world.act(act);
            world.check();
        }
        world.end();
    }
}

#[test]
fn a_hand_in_survives_a_kill_and_is_not_made_twice() {
    let mut world = World::new(30_000);
    world.act(Act::Choose(0, 1));
    world.act(Act::Flush(0));
    world.act(Act::HandIn);
    world.act(Act::Flush(0));
    world.act(Act::Crash(0));
    assert!(
        world.pages[0]
            .device
            .disk
            .contains_key(&Slot::hand_in(&"a".into()))
    );
    world.act(Act::Open(0));
    let stage = world.pages[0].session.as_ref().unwrap().stage();
    assert_eq!(stage, Stage::HandingIn(HandInBy::Candidate));
    world.act(Act::Choose(0, 2));
    world.end();
    assert_eq!(
        world.rows.closed.map(|(_, by)| by),
        Some(HandInBy::Candidate)
    );
    assert_eq!(world.rows.in_time[&"q0".into()].choice, ["b".into()]);
    assert_eq!(world.pages[0].hand_ins, 0);
}
