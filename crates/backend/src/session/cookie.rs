//! The session's cookie and token.
//!
//! SameSite is Lax, not Strict: a link to a hand-out or certificate that was sent by mail opens
//! signed in, and writes are guarded by the write header besides. The cookie lives as long as a
//! session at most may, so that a killed browser goes on where it was.

use axum::http::{HeaderMap, HeaderValue, header};
use contract::{ErrorCode, Problem};
use sha2::{Digest, Sha256};

use super::LIFE_MS;
use crate::failure::Failure;
use crate::hex;

/// 256 random bits in hex.
pub(super) fn new_token() -> Result<String, Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Problem::new(ErrorCode::Unavailable).retry_after(5))?;
    Ok(hex(&bytes))
}

/// What the database keeps of a token.
pub(super) fn hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

/// `__Host-` ties the cookie to this very origin, but asks for Secure, which WebKit refuses on
/// plain loopback HTTP.
fn name(public_https: bool) -> &'static str {
    if public_https {
        "__Host-gongke"
    } else {
        "gongke"
    }
}

/// The token that a request carries.
pub(super) fn token(headers: &HeaderMap, public_https: bool) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name(public_https))
        .map(|(_, token)| token.to_owned())
}

pub(super) fn set(token: &str, public_https: bool) -> HeaderValue {
    line(token, LIFE_MS / 1000, public_https)
}

pub(super) fn clear(public_https: bool) -> HeaderValue {
    line("", 0, public_https)
}

fn line(token: &str, max_age_s: u64, public_https: bool) -> HeaderValue {
    let name = name(public_https);
    let secure = if public_https { "; Secure" } else { "" };
    let line =
        format!("{name}={token}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    // Name and token are ASCII, so this cannot fail.
    HeaderValue::try_from(line).unwrap_or_else(|_| HeaderValue::from_static(""))
}
