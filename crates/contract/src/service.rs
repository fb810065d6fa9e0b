//! What a backend says of itself, before anyone has signed in.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The header that every write carries (any value), so that no other site's form can write.
pub const WRITE_HEADER: &str = "X-Gongke";

/// The header that names, by their id, the person whom the client takes to be signed in. Where the
/// session is another's, the request is refused as if nobody were signed in, so that nothing is
/// written under another person's cookie on a shared computer.
pub const PERSON_HEADER: &str = "X-Gongke-Person";

/// The header that names a repeatable `POST`: a UUID v7.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// Largest body that a backend must take, in bytes; a larger one may be refused with 413.
pub const BODY_LIMIT: usize = 256 * 1024;

/// The reply to `GET /api/v1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Service {
    /// Name of the site, as its pages show it.
    pub name: String,
    /// The backend's own version.
    pub version: String,
    /// Version of the contract that it keeps: `1`.
    pub contract: u32,
    /// The backend's clock.
    pub now: Timestamp,
    /// Optional parts of the contract that it offers; unknown names are ignored.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whom to ask for help, in words (telephone, address); shown on sign-in and errors.
    #[serde(default)]
    pub help: Option<String>,
}
