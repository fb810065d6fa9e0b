//! Slows down guessing: so many failures in a window, then no more tries.
//!
//! Kept in memory: a refused sign-in writes nothing to the database, and whoever can restart the
//! process need not guess passwords.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contract::{ErrorCode, Problem, Timestamp};

use crate::failure::Failure;

const WINDOW_MS: u64 = 15 * 60 * 1000;
const PER_NAME: usize = 5;
/// A whole union school may sit behind one address.
const PER_ADDRESS: usize = 100;
/// Bounds the memory that made-up names can take.
const MOST_KEYS: usize = 20_000;
/// How soon to come again while tries under way fill the room, in seconds.
const BUSY_S: u32 = 5;

/// Failures of late, by user name and by address.
#[derive(Default)]
pub(crate) struct Lockout(Arc<Mutex<Tries>>);

type Tries = HashMap<String, Record>;

/// Tries under one name, or from one address.
#[derive(Default)]
struct Record {
    failures: Vec<Timestamp>,
    /// Tries without a verdict so far. They take room, so that many at once cannot slip through
    /// together, and give it back if none comes.
    under_way: usize,
}

/// A try under way. It counts as a failure only if [`Pass::failed`] says so: an overload or a
/// dropped connection is nobody's guess.
pub(crate) struct Pass {
    tries: Arc<Mutex<Tries>>,
    keys: [String; 2],
    at: Timestamp,
}

impl Lockout {
    /// Lets a try through, or refuses it: 429 with the time to wait after too many failures, 503
    /// while the tries under way might become too many.
    pub(crate) fn admit(
        &self,
        username: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<Pass, Failure> {
        let keys = [
            format!("name {username}"),
            format!("address {}", network(address)),
        ];
        let mut tries = lock(&self.0);
        let mut busy = false;
        for (key, most) in keys.iter().zip([PER_NAME, PER_ADDRESS]) {
            let Some(record) = tries.get_mut(key) else {
                continue;
            };
            record.failures.retain(|time| now.since(*time) < WINDOW_MS);
            if record.failures.len() >= most {
                let oldest = record.failures.iter().min().copied().unwrap_or(now);
                return Err(too_many(WINDOW_MS.saturating_sub(now.since(oldest))));
            }
            busy |= record.failures.len() + record.under_way >= most;
        }
        if busy {
            return Err(Problem::new(ErrorCode::Unavailable)
                .retry_after(BUSY_S)
                .into());
        }
        make_room(&mut tries, now);
        for key in &keys {
            tries.entry(key.clone()).or_default().under_way += 1;
        }
        Ok(Pass {
            tries: self.0.clone(),
            keys,
            at: now,
        })
    }
}

impl Pass {
    /// The password was wrong, or there is no such user.
    pub(crate) fn failed(self) {
        let mut tries = lock(&self.tries);
        for key in &self.keys {
            let record = tries.entry(key.clone()).or_default();
            record.failures.push(self.at);
        }
    }

    /// The password was right: the name starts anew.
    pub(crate) fn succeeded(self) {
        let [name, _] = &self.keys;
        if let Some(record) = lock(&self.tries).get_mut(name) {
            record.failures.clear();
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut tries = lock(&self.tries);
        for key in &self.keys {
            if let Some(record) = tries.get_mut(key) {
                record.under_way = record.under_way.saturating_sub(1);
                if record.under_way == 0 && record.failures.is_empty() {
                    tries.remove(key);
                }
            }
        }
    }
}

/// Keeps the table below its bound: forgets what has expired and, if that is not enough, the tenth
/// that failed longest ago. Whoever floods it must not lock everybody else out.
fn make_room(tries: &mut Tries, now: Timestamp) {
    // A try adds two keys.
    if tries.len() + 2 <= MOST_KEYS {
        return;
    }
    let last = |record: &Record| record.failures.iter().max().copied();
    tries.retain(|_, record| {
        record.under_way > 0 || last(record).is_some_and(|last| now.since(last) < WINDOW_MS)
    });
    if tries.len() + 2 <= MOST_KEYS {
        return;
    }
    let idle = tries.iter().filter(|(_, record)| record.under_way == 0);
    let mut by_age: Vec<(Option<Timestamp>, String)> = idle
        .map(|(key, record)| (last(record), key.clone()))
        .collect();
    by_age.sort_unstable();
    for (_, key) in by_age.into_iter().take(MOST_KEYS / 10) {
        tries.remove(&key);
    }
}

/// What counts as one address: of IPv6 the first 64 bits, which are one customer's.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(ip) => ip.to_string(),
        Err(_) => address.to_owned(),
    }
}

fn lock(tries: &Mutex<Tries>) -> MutexGuard<'_, Tries> {
    tries.lock().unwrap_or_else(PoisonError::into_inner)
}

fn too_many(wait_ms: u64) -> Failure {
    let seconds = u32::try_from(wait_ms.div_ceil(1000))
        .unwrap_or(u32::MAX)
        .max(1);
    Problem::new(ErrorCode::TooManyAttempts)
        .retry_after(seconds)
        .into()
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use contract::Timestamp;

    use super::{Lockout, MOST_KEYS, PER_ADDRESS, PER_NAME, Pass, WINDOW_MS, lock};
    use crate::failure::Failure;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn status(admitted: Result<Pass, Failure>) -> (u16, Option<String>) {
        let refused = admitted.err().expect("refused").into_response();
        let wait = refused.headers().get("retry-after");
        let wait = wait.map(|wait| wait.to_str().unwrap().to_owned());
        (refused.status().as_u16(), wait)
    }

    #[test]
    fn a_full_table_forgets_the_oldest_and_refuses_nobody() {
        let lockout = Lockout::default();
        for _ in 0..PER_NAME {
            lockout.admit("victim", "::1", NOW).unwrap().failed();
        }
        for n in 0..2 * MOST_KEYS {
            let at = NOW.plus(1 + u64::try_from(n).unwrap() / 1000);
            let address = format!("2001:db8:0:{:x}::1", n / 90);
            let pass = lockout.admit(&format!("made up {n}"), &address, at);
            pass.unwrap().failed();
            assert!(lock(&lockout.0).len() <= MOST_KEYS);
        }
        assert!(lockout.admit("victim", "::1", NOW).is_ok(), "forgotten");
        let later = NOW.plus(1000);
        let locked_again = (0..PER_NAME).map(|_| lockout.admit("late", "::2", later));
        locked_again.for_each(|pass| pass.unwrap().failed());
        assert_eq!(status(lockout.admit("late", "::3", later)).0, 429);
    }

    #[test]
    fn tries_under_way_take_room_and_give_it_back() {
        let lockout = Lockout::default();
        let passes: Vec<Pass> = (0..PER_ADDRESS)
            .map(|n| lockout.admit(&format!("p{n}"), "10.0.0.1", NOW).unwrap())
            .collect();
        let busy = (503, Some("5".to_owned()));
        assert_eq!(status(lockout.admit("one more", "10.0.0.1", NOW)), busy);
        assert!(lockout.admit("one more", "10.0.0.2", NOW).is_ok());
        drop(passes);
        assert!(lock(&lockout.0).is_empty());
        let names: Vec<Pass> = (0..PER_NAME)
            .map(|n| lockout.admit("p", &format!("10.0.1.{n}"), NOW).unwrap())
            .collect();
        assert_eq!(status(lockout.admit("p", "10.0.0.1", NOW)), busy);
        names.into_iter().for_each(Pass::failed);
        let wait = Some((WINDOW_MS / 1000).to_string());
        assert_eq!(status(lockout.admit("p", "10.0.0.1", NOW)), (429, wait));
    }
}
