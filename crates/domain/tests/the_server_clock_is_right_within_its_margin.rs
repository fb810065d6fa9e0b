//! The estimate of the server's clock, whatever the link's delays, the device's own clock and sleep.

use contract::Timestamp;
use domain::ServerClock;
use proptest::{collection::vec, prelude::*};

mod sim;

const START: u64 = 1_800_000_000_000;

/// A reply: pause before, way there, way back, and how long the device slept before it.
type Sample = (u64, u64, u64, u64);

fn sample() -> impl Strategy<Value = Sample> {
    let slept = prop_oneof![9 => Just(0_u64), 1 => 600_000..10_000_000_u64];
    (0..900_000_u64, 0..3000_u64, 0..3000_u64, slept)
}

proptest! {
    #![proptest_config(sim::config(50_000))]

    #[test]
    fn it_is_never_further_off_than_it_says(
        // The monotonic clock runs up to 100 ppm fast or slow.
        drift_ppm in -100..=100_i64,
        samples in vec(sample(), 1..20),
        later in 0..900_000_u64,
    ) {
        let mut mono = 5000;
        let mut clock = ServerClock::new(mono, Timestamp(START + 3_600_000));
        // The server's clock in millionths of a millisecond.
        let mut server = u128::from(START) * 1_000_000;
        let tick = u128::from(1_000_000_u64.saturating_add_signed(drift_ppm));
        for (pause, there, back, slept) in samples {
            // Asleep the server's clock runs and the monotonic one stands still.
            server += u128::from(slept) * 1_000_000;
            mono += pause;
            server += u128::from(pause) * tick;
            let sent = mono;
            mono += there;
            server += u128::from(there) * tick;
            let stamp = Timestamp(u64::try_from(server / 1_000_000).unwrap());
            mono += back;
            server += u128::from(back) * tick;
            clock.observe(sent, mono, stamp);
            check(&clock, mono, server)?;
        }
        check(&clock, mono + later, server + u128::from(later) * tick)?;
    }

    #[test]
    fn after_a_sleep_it_shows_no_more_time_than_there_is_until_a_reply_has_told_it(
        samples in vec(sample(), 1..20),
    ) {
        let mut mono = 5000;
        let mut server = START;
        // The device's own clock is wrong, and runs while it sleeps.
        let device = |server: u64| Timestamp(server - 3_600_000);
        let mut clock = ServerClock::new(mono, device(server));
        clock.observe(mono, mono, Timestamp(server));
        for (pause, there, back, slept) in samples {
            mono += pause;
            server += pause + slept;
            clock.look(mono, device(server));
            prop_assert_eq!(clock.is_in_doubt(), slept > 0);
            prop_assert!(clock.latest(mono).0 + clock.uncertainty_ms(mono) >= server);
            let (sent, stamp) = (mono, server + there);
            mono += there + back;
            server += there + back;
            clock.observe(sent, mono, Timestamp(stamp));
            prop_assert!(!clock.is_in_doubt());
            prop_assert_eq!(clock.latest(mono), clock.now(mono));
            check(&clock, mono, u128::from(server) * 1_000_000)?;
        }
    }

    #[test]
    fn a_quicker_reply_makes_it_surer_and_a_slower_one_no_less_sure(
        samples in vec((0..60_000_u64, 0..3000_u64), 1..20),
    ) {
        let mut mono = 0;
        let mut clock = ServerClock::new(0, Timestamp(0));
        for (pause, trip) in samples {
            let sent = mono + pause;
            mono = sent + trip;
            let before = clock.uncertainty_ms(mono);
            clock.observe(sent, mono, Timestamp(START + sent + trip / 2));
            prop_assert!(clock.uncertainty_ms(mono) <= before);
            // 1 ms for the rounding, 1 for what passed since the middle of the trip.
            prop_assert!(clock.uncertainty_ms(mono) <= trip.div_ceil(2) + 2);
        }
    }
}

fn check(clock: &ServerClock, mono: u64, server: u128) -> Result<(), TestCaseError> {
    let truth = u64::try_from(server / 1_000_000).expect("a time of this age");
    let off = clock.now(mono).0.abs_diff(truth);
    let margin = clock.uncertainty_ms(mono);
    prop_assert!(off <= margin, "{off} ms off, {margin} ms said");
    Ok(())
}

#[test]
fn before_the_first_reply_it_shows_the_device_and_says_that_it_knows_nothing() {
    let mut clock = ServerClock::new(1000, Timestamp(START));
    assert_eq!(clock.now(1500), Timestamp(START + 500));
    assert_eq!(clock.uncertainty_ms(1500), u64::MAX);
    assert!(!clock.is_known());
    clock.observe(2000, 2100, Timestamp(START + 90_000));
    assert!(clock.is_known());
    assert_eq!(clock.now(2050), Timestamp(START + 90_000));
    assert_eq!(clock.now(2000), Timestamp(START + 89_950));
    assert_eq!(clock.uncertainty_ms(2050), 51);
    assert_eq!(clock.uncertainty_ms(12_050), 52);
    // Times that cannot be are not believed.
    clock.observe(3000, 2999, Timestamp(0));
    assert_eq!(clock.now(2050), Timestamp(START + 90_000));
}

/// A clock that knows the server's to be `START` at 1000, and the device's own to be right.
fn known() -> ServerClock {
    let mut clock = ServerClock::new(1000, Timestamp(START));
    clock.observe(1000, 1000, Timestamp(START));
    clock
}

#[test]
fn only_a_reply_to_what_was_asked_after_a_sleep_ends_the_doubt() {
    let mut clock = known();
    // Ten minutes of sleep, seen at 3000; the reply is from before.
    clock.look(3000, Timestamp(START + 602_000));
    assert!(clock.is_in_doubt());
    assert_eq!(clock.latest(3500), Timestamp(START + 602_500));
    clock.observe(2000, 4000, Timestamp(START + 1500));
    assert!(clock.is_in_doubt());
    assert_eq!(clock.latest(4000), Timestamp(START + 603_000));
    clock.observe(4000, 4200, Timestamp(START + 603_100));
    assert!(!clock.is_in_doubt());
    assert_eq!(clock.now(4200), Timestamp(START + 603_200));
}

#[test]
fn a_clock_that_somebody_sets_moves_nothing_but_what_is_shown_until_the_reply() {
    for set_to in [START + 7_200_000, START - 7_200_000] {
        let mut clock = known();
        clock.look(2000, Timestamp(set_to));
        assert!(clock.is_in_doubt());
        assert_eq!(clock.now(2000), Timestamp(START + 1000));
        let shown = set_to.max(START + 1000);
        assert_eq!(clock.latest(2000), Timestamp(shown));
        clock.observe(2000, 3000, Timestamp(START + 1500));
        assert!(!clock.is_in_doubt());
        assert_eq!(clock.latest(3000), Timestamp(START + 2000));
    }
}

#[test]
fn clocks_that_drift_apart_slowly_raise_no_doubt() {
    let mut clock = known();
    for second in 1..=3600 {
        // An hour, in which the device's own clock is slewed by 18 s.
        let device = Timestamp(START + second * 1005);
        clock.look(1000 + second * 1000, device);
        assert!(!clock.is_in_doubt());
    }
}
