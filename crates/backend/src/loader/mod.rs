//! Class folders (docs/class-folder.md): read and checked as a whole, then stored as a whole.
//!
//! Every complaint names the file, the line, what was expected and what was found; while there is
//! one, nothing is loaded.

mod accounts;
mod clashes;
mod class;
mod course;
mod id_number;
mod media;
mod mp4;
mod questions;
mod source;
mod store;
mod table;
mod values;

use std::fmt;
use std::path::Path;

pub use accounts::Account;
pub use source::Complaint;

use accounts::AccountEntry;
use class::ClassEntry;
use course::CourseEntry;
use media::Medium;
use questions::QuestionEntry;
use source::Folder;

use crate::clock::Clock;
use crate::db::Db;

/// A class folder that is right.
pub struct ClassFolder {
    class: ClassEntry,
    courses: Vec<CourseEntry>,
    questions: Vec<QuestionEntry>,
    accounts: Vec<AccountEntry>,
    media: Vec<Medium>,
}

/// How much was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Courses of the class.
    pub courses: usize,
    /// Lessons in them.
    pub lessons: usize,
    /// Questions in the bank.
    pub questions: usize,
    /// Accounts made or updated.
    pub accounts: usize,
}

/// Why a folder was not loaded. Nothing has changed.
#[derive(Debug)]
pub enum LoadError {
    /// The folder is not right.
    Complaints(Vec<Complaint>),
    /// The database failed.
    Database(sqlx::Error),
    /// A file could not be copied, or a password not be hashed.
    Other(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complaints(complaints) => {
                for complaint in complaints {
                    writeln!(f, "{complaint}")?;
                }
                write!(f, "nothing was loaded")
            }
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for LoadError {}

impl From<sqlx::Error> for LoadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Reads and checks a whole folder.
pub fn check(path: &Path) -> Result<ClassFolder, Vec<Complaint>> {
    let folder = Folder::new(path);
    let class = class::read(&folder);
    let (courses, whole) = read_courses(&folder);
    let questions = questions::read(&folder, class.as_ref());
    let accounts = accounts::read(&folder, whole.then_some(&courses));
    if let Some(class) = class.as_ref().filter(|_| whole) {
        class.check_hours(&folder, &courses);
    }
    match (class, folder.complaints()) {
        (Some(class), complaints) if complaints.is_empty() => Ok(ClassFolder {
            class,
            courses,
            questions,
            accounts,
            media: folder.media(),
        }),
        (_, complaints) => Err(complaints),
    }
}

/// The courses, and whether all of them could be read: what refers to one that could not is not
/// complained of besides.
fn read_courses(folder: &Folder) -> (Vec<CourseEntry>, bool) {
    let before = folder.complaints().len();
    let courses = course::read_all(folder);
    let whole = folder.complaints().len() == before;
    (courses, whole)
}

/// Loads a folder: all of it or nothing. Loading it again updates in place and touches nobody's
/// study or answers.
pub async fn load(
    db: &Db,
    clock: &Clock,
    media_dir: &Path,
    path: &Path,
) -> Result<Loaded, LoadError> {
    let path = path.to_owned();
    let folder = tokio::task::spawn_blocking(move || check(&path))
        .await
        .map_err(|error| LoadError::Other(error.to_string()))?
        .map_err(LoadError::Complaints)?;
    store::store(db, clock.now(), media_dir, folder).await
}

/// Whether the database holds a class.
pub async fn holds_a_class(db: &Db) -> Result<bool, sqlx::Error> {
    let mut tx = db.read().await?;
    let row: Option<(String,)> = sqlx::query_as("SELECT id FROM classes LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    Ok(row.is_some())
}

/// The accounts of a folder, for whoever tries the sample.
pub fn accounts(path: &Path) -> Result<Vec<Account>, Vec<Complaint>> {
    let folder = Folder::new(path);
    let (courses, whole) = read_courses(&folder);
    let accounts = accounts::read(&folder, whole.then_some(&courses));
    let complaints = folder.complaints();
    if complaints.is_empty() {
        Ok(accounts.into_iter().map(|entry| entry.account).collect())
    } else {
        Err(complaints)
    }
}
