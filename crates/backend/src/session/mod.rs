//! Signing in and out, and who is asking.

mod cookie;
mod lockout;
mod password;
mod signed;

pub(crate) use lockout::Lockout;
pub(crate) use password::{Passwords, fits, hash};
pub(crate) use signed::Signed;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use contract::{ErrorCode, Person, PersonId, Session, SignIn};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::db::{Conn, to_db};
use crate::extract::Json;
use crate::failure::{Failure, Reply};
use crate::openapi::{TAG_SESSION, WriteHeader, problems};

/// A session ends after this long without a request.
pub(crate) const IDLE_MS: u64 = 2 * 3600 * 1000;
/// A session ends after this long in any case.
pub(crate) const LIFE_MS: u64 = 16 * 3600 * 1000;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read, sign_in, sign_out))
}

problems! {
    ReadProblems = NotSignedIn;
    SignInProblems = BrokenJson InvalidBody BodyTooLarge NotJson MissingWriteHeader WrongCredentials
        TooManyAttempts;
    SignOutProblems = MissingWriteHeader;
}

/// Who is signed in.
#[utoipa::path(get, path = contract::path::SESSION, operation_id = "readSession", tag = TAG_SESSION,
    security(("session" = [])),
    responses((status = 200, body = Session, description = "The session."), ReadProblems))]
async fn read(State(app): State<App>, signed: Signed) -> Reply<axum::Json<Session>> {
    let mut tx = app.db.read().await?;
    let person = person(&mut tx, &signed.person).await?;
    Ok(axum::Json(Session {
        person,
        now: app.clock.now(),
    }))
}

/// Sign in.
///
/// Five failures under one user name within 15 minutes lock that name for the rest of them,
/// whether or not such a user exists.
#[utoipa::path(post, path = contract::path::SESSION, operation_id = "signIn", tag = TAG_SESSION,
    params(WriteHeader), request_body = SignIn,
    responses(
        (status = 200, body = Session, description = "Signed in.",
            headers(("Set-Cookie", description = "The session."))),
        SignInProblems))]
async fn sign_in(
    State(app): State<App>,
    address: signed::Address,
    headers: HeaderMap,
    Json(form): Json<SignIn>,
) -> Reply<impl IntoResponse> {
    let fits = |text: &str, most| (1..=most).contains(&text.chars().count());
    if !fits(&form.username, 64) || !fits(&form.password, 256) || form.username.contains('\0') {
        return Err(Failure::body(
            "`username` has 1 to 64 characters, `password` 1 to 256",
        ));
    }
    let now = app.clock.now();
    let pass = app.lockout.admit(&form.username, &address.0, now)?;
    let mut tx = app.db.read().await?;
    let row: Option<(String, String)> =
        sqlx::query_as("SELECT id, password_hash FROM persons WHERE username = $1")
            .bind(&form.username)
            .fetch_optional(&mut *tx)
            .await?;
    drop(tx);
    let (id, known) = row.unzip();
    let right = app.passwords.verify(form.password, known).await?;
    let (Some(id), true) = (id, right) else {
        pass.failed();
        return Err(ErrorCode::WrongCredentials.into());
    };
    pass.succeeded();

    let id = PersonId(id);
    let token = cookie::new_token()?;
    let mut tx = app.db.write().await?;
    if let Some(old) = cookie::token(&headers, app.settings.public_https) {
        end(&mut tx, &cookie::hash(&old)).await?;
    }
    sqlx::query(
        "INSERT INTO sessions (token_hash, person_id, created_at, seen_at) VALUES ($1, $2, $3, $3)",
    )
    .bind(cookie::hash(&token))
    .bind(id.as_str())
    .bind(to_db(now.0))
    .execute(&mut *tx)
    .await?;
    let person = person(&mut tx, &id).await?;
    tx.commit().await?;
    let cookie = cookie::set(&token, app.settings.public_https);
    let session = Session { person, now };
    Ok((
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        axum::Json(session),
    ))
}

/// Sign out. Without a session it does nothing.
#[utoipa::path(delete, path = contract::path::SESSION, operation_id = "signOut", tag = TAG_SESSION,
    params(WriteHeader),
    responses((status = 204, description = "Nobody is signed in any more."), SignOutProblems))]
async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Reply<impl IntoResponse> {
    if let Some(token) = cookie::token(&headers, app.settings.public_https) {
        let mut tx = app.db.write().await?;
        end(&mut tx, &cookie::hash(&token)).await?;
        tx.commit().await?;
    }
    let cookie = cookie::clear(app.settings.public_https);
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders([(header::SET_COOKIE, cookie)]),
    ))
}

/// Forgets sessions that have ended by age.
pub(crate) async fn prune(app: &App) -> Result<(), sqlx::Error> {
    let born_before = app.clock.now().0.saturating_sub(LIFE_MS);
    let mut tx = app.db.write().await?;
    sqlx::query("DELETE FROM sessions WHERE created_at < $1")
        .bind(to_db(born_before))
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

async fn end(tx: &mut Conn, token_hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .execute(tx)
        .await?;
    Ok(())
}

async fn person(tx: &mut Conn, id: &PersonId) -> Reply<Person> {
    let (username, name, unit, post, id_number): (String, String, String, String, Option<String>) =
        sqlx::query_as("SELECT username, name, unit, post, id_number FROM persons WHERE id = $1")
            .bind(id.as_str())
            .fetch_one(tx)
            .await?;
    let id_number_masked = id_number.as_deref().map(mask);
    Ok(Person {
        id: id.clone(),
        username,
        name,
        unit,
        post,
        id_number_masked,
    })
}

/// All but the first three and last two characters.
fn mask(id_number: &str) -> String {
    let length = id_number.chars().count();
    let shown = |(i, c)| if i < 3 || i + 2 >= length { c } else { '*' };
    id_number.chars().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_number_shows_its_first_three_and_last_two_characters() {
        assert_eq!(super::mask("11010519491231002X"), "110*************2X");
    }
}
