//! What time it is on the server, from the replies that say so.

use std::cell::RefCell;

use contract::Timestamp;
use domain::clock::ServerClock;

use crate::platform::{clock, http::Reply};

thread_local! {
    static CLOCK: RefCell<ServerClock> = RefCell::new(ServerClock::new(
        clock::monotonic_ms(),
        Timestamp(clock::device_ms()),
    ));
}

/// Learns from a reply that told the server's time.
pub(crate) fn observe<T>(reply: &Reply<T>, server: Timestamp) {
    look();
    CLOCK.with_borrow_mut(|clock| clock.observe(reply.sent_ms, reply.received_ms, server));
}

/// The server's time now. Before any reply it is the device's own.
pub(crate) fn now() -> Timestamp {
    CLOCK.with_borrow(|known| known.now(clock::monotonic_ms()))
}

/// The latest that the server's time may be now: later if the device seems to have slept.
pub(crate) fn latest() -> Timestamp {
    CLOCK.with_borrow(|known| known.latest(clock::monotonic_ms()))
}

/// Whether the device may have slept since the server last told the time.
pub(crate) fn is_in_doubt() -> bool {
    look();
    CLOCK.with_borrow(ServerClock::is_in_doubt)
}

fn look() {
    let device = Timestamp(clock::device_ms());
    CLOCK.with_borrow_mut(|known| known.look(clock::monotonic_ms(), device));
}
