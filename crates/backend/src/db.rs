//! The database: SQLite by default, PostgreSQL by URL, one set of queries for both.
//!
//! Queries use `$1` placeholders, BIGINT milliseconds, TEXT that holds JSON, and `ON CONFLICT`.
//! On SQLite there is one writing connection, so writers queue in the process instead of meeting
//! SQLITE_BUSY, and each write begins IMMEDIATE, so that another process (`gongke-backend load`)
//! cannot slip in between a read and the write that rests on it.

use std::path::Path;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{Any, AnyConnection, AnyPool};

/// A transaction; rolls back when dropped before its commit.
pub(crate) type Tx = sqlx::Transaction<'static, Any>;

/// SQLite settings of every connection. WAL lets readers read while one writes. FULL makes each
/// commit reach the disk before the reply leaves: an acknowledged answer survives not only a killed
/// process (NORMAL would do for that) but a power cut in the exam room too.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                       PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

/// How long a request waits for a connection before it is told to come again (503).
const ACQUIRE: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

/// A pool of connections.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    readers: AnyPool,
    writers: AnyPool,
}

impl Db {
    /// Opens (and creates, for SQLite) the database and brings its tables up to date.
    ///
    /// `url` is `sqlite://…` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self, sqlx::Error> {
        let db = Self::connect(url).await?;
        sqlx::migrate!().run(&db.writers).await?;
        Ok(db)
    }

    /// Opens the database as it is.
    pub async fn connect(url: &str) -> Result<Self, sqlx::Error> {
        install_default_drivers();
        let pool = |connections| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE)
        };
        if url.starts_with("sqlite:") {
            let sqlite = |connections| {
                pool(connections)
                    .test_before_acquire(false)
                    .after_connect(|connection, _| {
                        Box::pin(async move {
                            sqlx::raw_sql(PRAGMAS).execute(connection).await?;
                            Ok(())
                        })
                    })
            };
            let writers = sqlite(1).connect(url).await?;
            let readers = sqlite(8).connect(url).await?;
            Ok(Self {
                engine: Engine::Sqlite,
                readers,
                writers,
            })
        } else {
            let both = pool(16).connect(url).await?;
            Ok(Self {
                engine: Engine::Postgres,
                readers: both.clone(),
                writers: both,
            })
        }
    }

    /// Opens the SQLite file of a data folder.
    pub async fn open_file(path: &Path) -> Result<Self, sqlx::Error> {
        Self::open(&sqlite_url(path)).await
    }

    /// Begins a transaction that only reads and sees one moment of the database.
    pub(crate) async fn read(&self) -> Result<Tx, sqlx::Error> {
        match self.engine {
            Engine::Sqlite => self.readers.begin().await,
            Engine::Postgres => {
                self.readers
                    .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
            }
        }
    }

    /// Begins a transaction that writes.
    pub(crate) async fn write(&self) -> Result<Tx, sqlx::Error> {
        match self.engine {
            Engine::Sqlite => self.writers.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => self.writers.begin().await,
        }
    }

    /// Begins a transaction that writes what belongs to one person; two of the same person follow
    /// one another, so that what is read in it stays true until its commit.
    pub(crate) async fn write_for(&self, person: &str) -> Result<Tx, sqlx::Error> {
        let mut tx = self.write().await?;
        if self.engine == Engine::Postgres {
            sqlx::query("SELECT id FROM persons WHERE id = $1 FOR UPDATE")
                .bind(person)
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx)
    }

    /// Begins a transaction that writes what belongs to all who are in a class: it and theirs follow
    /// one another, so that neither misses what the other brings.
    pub(crate) async fn write_for_class(&self, class: &str) -> Result<Tx, sqlx::Error> {
        let mut tx = self.write().await?;
        if self.engine == Engine::Postgres {
            // In one order, so that two of these never wait for each other.
            sqlx::query(
                "SELECT p.id FROM persons p JOIN enrolments e ON e.person_id = p.id \
                 WHERE e.class_id = $1 ORDER BY p.id FOR UPDATE OF p",
            )
            .bind(class)
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx)
    }

    /// A connection outside any transaction, for tests that look into the database.
    pub async fn connection(&self) -> Result<sqlx::pool::PoolConnection<Any>, sqlx::Error> {
        self.readers.acquire().await
    }

    /// Closes all connections; on SQLite this writes the log back into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// What queries run on.
pub(crate) type Conn = AnyConnection;

/// A number as the database keeps it.
pub(crate) fn to_db(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A number as the database kept it.
pub(crate) fn from_db(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn sqlite_url(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut url = "sqlite://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
            url.push(char::from(*byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url + "?mode=rwc"
}
