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
    CLOCK.with_borrow_mut(|clock| clock.observe(reply.sent_ms, reply.received_ms, server));
}

/// The server's time now. Before any reply it is the device's own.
pub(crate) fn now() -> Timestamp {
    CLOCK.with_borrow(|known| known.now(clock::monotonic_ms()))
}
