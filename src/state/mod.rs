//! Contexts and hooks: what more than one page needs to know.

pub(crate) mod attempt;
pub(crate) mod certificate;
pub(crate) mod connection;
pub(crate) mod device;
pub(crate) mod language;
pub(crate) mod machine;
pub(crate) mod outbox;
pub(crate) mod remote;
pub(crate) mod server_clock;
pub(crate) mod session;
pub(crate) mod since;
pub(crate) mod title;
pub(crate) mod video;
