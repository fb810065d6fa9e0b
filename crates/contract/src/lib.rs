//! What goes over the wire between the learning client and a backend, and nothing else:
//! the types of the bodies, the error codes, the paths. `docs/contract.md` tells it in prose.
//!
//! Times are RFC 3339 UTC with milliseconds, media positions and lengths of time are integer
//! milliseconds, ids are opaque strings. Readers ignore members that they don't know.

mod certificate;
mod class;
mod exam;
mod id;
mod lesson;
mod person;
mod problem;
mod service;
mod time;

pub mod path;

pub use certificate::*;
pub use class::*;
pub use exam::*;
pub use id::*;
pub use lesson::*;
pub use person::*;
pub use problem::*;
pub use service::*;
pub use time::*;
