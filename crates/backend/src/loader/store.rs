//! Writes a folder that is right into the database, in one transaction.

use std::path::{Path, PathBuf};

use contract::{ClassId, Timestamp};

use super::accounts::AccountEntry;
use super::course::CourseEntry;
use super::media;
use super::{ClassFolder, LoadError, Loaded, clashes};
use crate::certificate;
use crate::db::{Conn, Db, to_db};
use crate::documents::kind_name;
use crate::session;

pub(super) async fn store(
    db: &Db,
    now: Timestamp,
    media_dir: &Path,
    folder: ClassFolder,
) -> Result<Loaded, LoadError> {
    // What takes long comes before the transaction, so that a running backend is not held up.
    let mut tx = db.read().await?;
    clashes::find(&mut tx, &folder).await?;
    let kept = kept_hashes(&mut tx, &folder.accounts).await?;
    drop(tx);
    let media_dir: PathBuf = media_dir.to_owned();
    let (folder, hashes) = tokio::task::spawn_blocking(move || {
        let hashes = hash_all(&folder.accounts, &kept)?;
        for medium in &folder.media {
            media::keep(medium, &media_dir)
                .map_err(|error| LoadError::Other(format!("{}: {error}", medium.path.display())))?;
        }
        Ok::<_, LoadError>((folder, hashes))
    })
    .await
    .map_err(|error| LoadError::Other(error.to_string()))??;

    let mut tx = db.write_for_class(&folder.class.id).await?;
    clashes::find(&mut tx, &folder).await?;
    store_class(&mut tx, &folder).await?;
    store_media(&mut tx, &folder).await?;
    for (place, course) in folder.courses.iter().enumerate() {
        store_course(&mut tx, &folder.class.id, place, course).await?;
    }
    store_questions(&mut tx, &folder).await?;
    for (account, hash) in folder.accounts.iter().zip(&hashes) {
        store_account(&mut tx, now, &folder, account, hash).await?;
    }
    let class = ClassId(folder.class.id.clone());
    certificate::issue_all_due(&mut tx, &class, now)
        .await
        .map_err(|_| LoadError::Other("a certificate cannot be issued (see the log)".to_owned()))?;
    tx.commit().await?;
    Ok(Loaded {
        courses: folder.courses.len(),
        lessons: folder
            .courses
            .iter()
            .map(|course| course.lessons.len())
            .sum(),
        questions: folder.questions.len(),
        accounts: folder.accounts.len(),
    })
}

async fn kept_hashes(
    tx: &mut Conn,
    accounts: &[AccountEntry],
) -> Result<Vec<Option<String>>, LoadError> {
    let mut kept = Vec::with_capacity(accounts.len());
    for account in accounts {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT password_hash FROM persons WHERE id = $1")
                .bind(&account.id.value)
                .fetch_optional(&mut *tx)
                .await?;
        kept.push(row.map(|(hash,)| hash));
    }
    Ok(kept)
}

/// Hashes on all processors: a roster may hold thousands. A hash that still fits is kept.
fn hash_all(accounts: &[AccountEntry], kept: &[Option<String>]) -> Result<Vec<String>, LoadError> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let share = accounts.len().div_ceil(processors).max(1);
    let hash = |(account, kept): (&AccountEntry, &Option<String>)| match kept {
        Some(kept) if session::fits(&account.account.password, kept) => Ok(kept.clone()),
        _ => session::hash(&account.account.password),
    };
    let parts: Vec<Result<Vec<String>, _>> = std::thread::scope(|scope| {
        let chunks = accounts.chunks(share).zip(kept.chunks(share));
        let threads: Vec<_> = chunks
            .map(|(accounts, kept)| {
                scope.spawn(move || accounts.iter().zip(kept).map(hash).collect())
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(Ok(Vec::new())))
            .collect()
    });
    let mut hashes = Vec::with_capacity(accounts.len());
    for part in parts {
        let part = part
            .map_err(|error| LoadError::Other(format!("a password cannot be hashed: {error}")))?;
        hashes.extend(part);
    }
    if hashes.len() == accounts.len() {
        Ok(hashes)
    } else {
        Err(LoadError::Other(
            "the passwords could not be hashed".to_owned(),
        ))
    }
}

async fn store_class(tx: &mut Conn, folder: &ClassFolder) -> Result<(), LoadError> {
    let class = &folder.class;
    sqlx::query(
        "INSERT INTO classes (id, title, starts_on, ends_on, document) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, starts_on = excluded.starts_on, \
         ends_on = excluded.ends_on, document = excluded.document",
    )
    .bind(&class.id)
    .bind(&class.title)
    .bind(&class.starts_on)
    .bind(&class.ends_on)
    .bind(json(&class.document)?)
    .execute(&mut *tx)
    .await?;
    // What the folder still has comes back from retirement below.
    for retire in [
        "UPDATE lessons SET retired = 1 WHERE course_id IN (SELECT id FROM courses WHERE class_id = $1)",
        "UPDATE courses SET retired = 1 WHERE class_id = $1",
        "UPDATE questions SET retired = 1 WHERE class_id = $1",
    ] {
        sqlx::query(retire)
            .bind(&class.id)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

async fn store_media(tx: &mut Conn, folder: &ClassFolder) -> Result<(), LoadError> {
    for medium in &folder.media {
        sqlx::query("INSERT INTO media (hash, mime, bytes) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING")
            .bind(&medium.hash)
            .bind(&medium.mime)
            .bind(to_db(medium.bytes))
            .execute(&mut *tx)
            .await?;
        if !medium.personal {
            sqlx::query(
                "INSERT INTO class_media (class_id, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            )
            .bind(&folder.class.id)
            .bind(&medium.hash)
            .execute(&mut *tx)
            .await?;
        }
    }
    Ok(())
}

async fn store_course(
    tx: &mut Conn,
    class: &str,
    place: usize,
    course: &CourseEntry,
) -> Result<(), LoadError> {
    let order = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
    sqlx::query(
        "INSERT INTO courses (id, class_id, place, document, retired) VALUES ($1, $2, $3, $4, 0) \
         ON CONFLICT (id) DO UPDATE SET place = excluded.place, document = excluded.document, retired = 0",
    )
    .bind(&course.id.value)
    .bind(class)
    .bind(order(place))
    .bind(json(&course.document)?)
    .execute(&mut *tx)
    .await?;
    for (place, lesson) in course.lessons.iter().enumerate() {
        sqlx::query(
            "INSERT INTO lessons (id, course_id, place, document, retired) VALUES ($1, $2, $3, $4, 0) \
             ON CONFLICT (id) DO UPDATE SET course_id = excluded.course_id, place = excluded.place, \
             document = excluded.document, retired = 0",
        )
        .bind(&lesson.id.value)
        .bind(&course.id.value)
        .bind(order(place))
        .bind(json(&lesson.document)?)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

async fn store_questions(tx: &mut Conn, folder: &ClassFolder) -> Result<(), LoadError> {
    for question in &folder.questions {
        sqlx::query(
            "INSERT INTO questions (class_id, id, kind, document, retired) VALUES ($1, $2, $3, $4, 0) \
             ON CONFLICT (class_id, id) DO UPDATE SET kind = excluded.kind, document = excluded.document, \
             retired = 0",
        )
        .bind(&folder.class.id)
        .bind(&question.id.value)
        .bind(kind_name(question.kind))
        .bind(json(&question.document)?)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

async fn store_account(
    tx: &mut Conn,
    now: Timestamp,
    folder: &ClassFolder,
    entry: &AccountEntry,
    password_hash: &str,
) -> Result<(), LoadError> {
    let person = &entry.id.value;
    // A new password is often given because somebody else knows the old one.
    sqlx::query(
        "DELETE FROM sessions WHERE person_id = $1 AND EXISTS ( \
             SELECT 1 FROM persons WHERE id = $1 AND password_hash <> $2)",
    )
    .bind(person)
    .bind(password_hash)
    .execute(&mut *tx)
    .await?;
    // Another class's folder may know less of a person: what it leaves out stays as it is.
    sqlx::query(
        "INSERT INTO persons (id, username, password_hash, name, sex, unit, post, id_number, photo) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET \
         username = excluded.username, password_hash = excluded.password_hash, name = excluded.name, \
         sex = excluded.sex, unit = excluded.unit, post = excluded.post, \
         id_number = COALESCE(excluded.id_number, persons.id_number), \
         photo = COALESCE(excluded.photo, persons.photo)",
    )
    .bind(person)
    .bind(&entry.account.username)
    .bind(password_hash)
    .bind(&entry.account.name)
    .bind(&entry.sex)
    .bind(&entry.unit)
    .bind(&entry.post)
    .bind(entry.id_number.as_deref())
    .bind(entry.photo.as_deref())
    .execute(&mut *tx)
    .await?;
    for class in &entry.classes.value {
        sqlx::query(
            "INSERT INTO enrolments (id, person_id, class_id, approved_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (person_id, class_id) DO NOTHING",
        )
        .bind(uuid::Uuid::now_v7().to_string())
        .bind(person)
        .bind(class)
        .bind(to_db(now.0))
        .execute(&mut *tx)
        .await?;
    }
    // What the organiser grants is what the folder says now.
    sqlx::query(
        "DELETE FROM grants WHERE person_id = $1 \
         AND course_id IN (SELECT id FROM courses WHERE class_id = $2)",
    )
    .bind(person)
    .bind(&folder.class.id)
    .execute(&mut *tx)
    .await?;
    for course in &entry.granted {
        sqlx::query(
            "INSERT INTO grants (person_id, course_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(person)
        .bind(course)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String, LoadError> {
    serde_json::to_string(value).map_err(|error| LoadError::Other(error.to_string()))
}
