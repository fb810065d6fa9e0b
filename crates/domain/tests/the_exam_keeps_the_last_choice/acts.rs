//! What may happen.

use proptest::prelude::*;

/// What may happen; the first number is the device where there is one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    Choose(usize, usize),
    Clear(usize),
    HandIn,
    Walk,
    /// Time passes; both devices write what they have to write.
    Pass(u8),
    /// A device does one of the writes that it has to do.
    Flush(usize),
    DiskWorks(usize, bool),
    /// The page is killed, and (by `Open`) opened again.
    Crash(usize),
    Open(usize),
    /// The attempt is read from the server …
    Ask(usize),
    /// … and that comes back, in any order, or again.
    Reload(usize, u8),
    Arrive(usize, u8),
    ArriveTwice(usize, u8),
    Lose(usize, u8),
    /// No link, noticed.
    Fail(usize, u8),
    /// The server, or something before it, refuses for good.
    Refuse(usize, u8),
    SignOut(usize, u8),
    SignIn(usize),
    Offline(usize),
    Online(usize),
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    let d = || 0..2_usize;
    prop_oneof![
        12 => (0..3_usize, 0..3_usize).prop_map(|(q, o)| Act::Choose(q, o)),
        2 => (0..3_usize).prop_map(Act::Clear),
        1 => Just(Act::HandIn),
        2 => Just(Act::Walk),
        6 => (1..40_u8).prop_map(Act::Pass),
        3 => d().prop_map(Act::Flush),
        1 => (d(), any::<bool>()).prop_map(|(d, works)| Act::DiskWorks(d, works)),
        2 => d().prop_map(Act::Crash),
        3 => d().prop_map(Act::Open),
        1 => d().prop_map(Act::Ask),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Reload(d, n)),
        10 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Arrive(d, n)),
        2 => (d(), any::<u8>()).prop_map(|(d, n)| Act::ArriveTwice(d, n)),
        2 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Lose(d, n)),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Fail(d, n)),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::Refuse(d, n)),
        1 => (d(), any::<u8>()).prop_map(|(d, n)| Act::SignOut(d, n)),
        1 => d().prop_map(Act::SignIn),
        1 => d().prop_map(Act::Offline),
        1 => d().prop_map(Act::Online),
    ]
}
