//! Passwords: Argon2id with OWASP's parameters (19 MiB, two passes, one lane).

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use contract::{ErrorCode, Problem};
use tokio::sync::Semaphore;

use crate::failure::Failure;

/// How long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hashes a password for keeping. Takes tens of milliseconds and 19 MiB.
pub(crate) fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default()
        .hash_password(password.as_bytes())?
        .to_string())
}

/// Checks passwords, as many at once as there are processors, so that a flood of sign-ins takes
/// neither all memory nor the threads of everyone else.
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            turns: Arc::new(Semaphore::new(processors)),
        }
    }

    /// Whether the password fits the kept hash. Without a hash (no such user) it does the same
    /// work, so that the time tells nothing.
    pub(crate) async fn verify(
        &self,
        password: String,
        known: Option<String>,
    ) -> Result<bool, Failure> {
        let busy = || Failure::from(Problem::new(ErrorCode::Unavailable).retry_after(5));
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|_| busy())?;
        let check = move || {
            let _turn = turn;
            let fits = fits(
                &password,
                known.as_deref().unwrap_or_else(|| nobodys_hash()),
            );
            fits && known.is_some()
        };
        tokio::task::spawn_blocking(check)
            .await
            .map_err(|_| ErrorCode::Internal.into())
    }
}

/// Whether a password fits a kept hash.
pub(crate) fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// A hash with the same parameters, for unknown users.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash("nobody has this password").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_right_password_fits_its_hash() {
        let hash = super::hash("工会-2026").unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(super::fits("工会-2026", &hash));
        assert!(!super::fits("工会-2027", &hash));
    }
}
