//! Accounts and sessions.

use serde::{Deserialize, Serialize};

use crate::{PersonId, Timestamp};

/// The body of `POST /session`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// User name, 1 to 64 characters.
    pub username: String,
    /// Password, 1 to 256 characters.
    pub password: String,
}

/// The reply to `GET` and `POST /session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Who is signed in.
    pub person: Person,
    /// The backend's clock.
    pub now: Timestamp,
}

/// A person as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Stable id; binds what a device keeps to its person.
    pub id: PersonId,
    /// User name.
    pub username: String,
    /// Real name, as certificates print it.
    pub name: String,
    /// Unit (工作单位).
    pub unit: String,
    /// Post (职务).
    pub post: String,
    /// ID number with all but the first three and last two characters masked.
    #[serde(default)]
    pub id_number_masked: Option<String>,
}
