//! Slows down guessing: so many failures in a window, then no more tries.
//!
//! Kept in memory: a refused sign-in writes nothing to the database, and whoever can restart the
//! process need not guess passwords.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use contract::{ErrorCode, Problem, Timestamp};

use crate::failure::Failure;

const WINDOW_MS: u64 = 15 * 60 * 1000;
const PER_NAME: usize = 5;
/// A whole union school may sit behind one address.
const PER_ADDRESS: usize = 100;
/// Bounds the memory that made-up names can take.
const MOST_KEYS: usize = 20_000;

/// Failures of late, by user name and by address.
#[derive(Default)]
pub(crate) struct Lockout(Mutex<HashMap<String, VecDeque<Timestamp>>>);

/// A try under way: it counts as a failure until it is forgiven.
pub(crate) struct Pass {
    name: String,
    address: String,
}

impl Lockout {
    /// Lets a try through, or refuses it with the time to wait. A try is counted before its
    /// outcome is known, so that many at once cannot slip through together.
    pub(crate) fn admit(
        &self,
        username: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<Pass, Failure> {
        let pass = Pass {
            name: format!("name {username}"),
            address: format!("address {address}"),
        };
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= MOST_KEYS {
            tries.retain(|_, times| {
                times
                    .back()
                    .is_some_and(|last| now.since(*last) < WINDOW_MS)
            });
        }
        if tries.len() >= MOST_KEYS {
            return Err(too_many(WINDOW_MS));
        }
        for (key, most) in [(&pass.name, PER_NAME), (&pass.address, PER_ADDRESS)] {
            let times = tries.entry(key.clone()).or_default();
            times.retain(|time| now.since(*time) < WINDOW_MS);
            if times.len() >= most {
                let oldest = times.front().copied().unwrap_or(now);
                return Err(too_many(WINDOW_MS.saturating_sub(now.since(oldest))));
            }
        }
        for key in [&pass.name, &pass.address] {
            tries.entry(key.clone()).or_default().push_back(now);
        }
        Ok(pass)
    }

    /// The try succeeded: the name starts anew, the address gets this one try back.
    pub(crate) fn forgive(&self, pass: &Pass) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.remove(&pass.name);
        if let Some(times) = tries.get_mut(&pass.address) {
            times.pop_back();
        }
    }
}

fn too_many(wait_ms: u64) -> Failure {
    let seconds = u32::try_from(wait_ms.div_ceil(1000))
        .unwrap_or(u32::MAX)
        .max(1);
    Problem::new(ErrorCode::TooManyAttempts)
        .retry_after(seconds)
        .into()
}
