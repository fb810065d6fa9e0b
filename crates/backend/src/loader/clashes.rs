//! Ids and user names that something else in the database has already.

use super::source::{Complaint, Place};
use super::{ClassFolder, LoadError};
use crate::db::Conn;

/// Complains of every clash.
pub(super) async fn find(tx: &mut Conn, folder: &ClassFolder) -> Result<(), LoadError> {
    let mut complaints = Vec::new();
    let mut complain = |at: &Place, expected: &str, found: String| {
        let Place { file, line } = at.clone();
        complaints.push(Complaint {
            file,
            line,
            expected: expected.to_owned(),
            found,
        });
    };
    for course in &folder.courses {
        let other: Option<(String,)> =
            sqlx::query_as("SELECT class_id FROM courses WHERE id = $1 AND class_id <> $2")
                .bind(&course.id.value)
                .bind(&folder.class.id)
                .fetch_optional(&mut *tx)
                .await?;
        if let Some((class,)) = other {
            let found = format!("\"{}\", a course of class {class}", course.id.value);
            complain(
                &course.id.place,
                "`id`: one that no other class's course has",
                found,
            );
        }
        for lesson in &course.lessons {
            let other: Option<(String,)> = sqlx::query_as(
                "SELECT c.class_id FROM lessons l JOIN courses c ON c.id = l.course_id \
                 WHERE l.id = $1 AND c.class_id <> $2",
            )
            .bind(&lesson.id.value)
            .bind(&folder.class.id)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some((class,)) = other {
                let found = format!("\"{}\", a lesson of class {class}", lesson.id.value);
                complain(
                    &lesson.id.place,
                    "`id`: one that no other class's lesson has",
                    found,
                );
            }
        }
    }
    for account in &folder.accounts {
        let other: Option<(String,)> =
            sqlx::query_as("SELECT id FROM persons WHERE username = $1 AND id <> $2")
                .bind(&account.account.username)
                .bind(&account.id.value)
                .fetch_optional(&mut *tx)
                .await?;
        if let Some((id,)) = other {
            let found = format!("\"{}\", which account {id} has", account.account.username);
            complain(
                &account.username_at,
                "`username`: one that no other account has",
                found,
            );
        }
        for class in account
            .classes
            .value
            .iter()
            .filter(|class| **class != folder.class.id)
        {
            let known: Option<(String,)> = sqlx::query_as("SELECT id FROM classes WHERE id = $1")
                .bind(class)
                .fetch_optional(&mut *tx)
                .await?;
            if known.is_none() {
                let expected = "`classes`: this folder's class, or ones that are loaded";
                complain(&account.classes.place, expected, format!("\"{class}\""));
            }
        }
    }
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(LoadError::Complaints(complaints))
    }
}
