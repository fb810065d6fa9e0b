//! A backend of one's own on a free port, with a database of its own and a clock to move.

use backend::{App, Clock, Db, Settings, loader};
use contract::Timestamp;
use sqlx::{Column, Row, ValueRef};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Folder, Visitor};

/// Every table, for dumps.
const TABLES: [&str; 16] = [
    "classes",
    "courses",
    "lessons",
    "questions",
    "media",
    "class_media",
    "persons",
    "sessions",
    "enrolments",
    "grants",
    "studies",
    "idempotency",
    "attempts",
    "answers",
    "serials",
    "certificates",
];

/// A running backend.
pub(crate) struct Backend {
    pub(crate) base: String,
    pub(crate) clock: Clock,
    pub(crate) db: Db,
    pub(crate) data: tempfile::TempDir,
    task: JoinHandle<std::io::Result<()>>,
}

impl Backend {
    /// With the class of [`Folder::new`], at ten o'clock of a Monday in Beijing.
    pub(crate) async fn start() -> Self {
        Self::with(&[&Folder::new()], |_| {}).await
    }

    /// With these folders and settings.
    pub(crate) async fn with(folders: &[&Folder], set: impl FnOnce(&mut Settings)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let db = open(&data).await;
        let clock = Clock::manual(Timestamp::parse("2026-06-01T02:00:00Z").unwrap());
        let mut settings = Settings::new(data.path());
        set(&mut settings);
        for folder in folders {
            loader::load(&db, &clock, &settings.media_dir(), folder.path())
                .await
                .unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = App::new(settings, db.clone(), clock.clone());
        let task = tokio::spawn(backend::serve(app, listener, std::future::pending()));
        Self {
            base,
            clock,
            db,
            data,

            task,
        }
    }

    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.base)
    }

    pub(crate) async fn signed_in(&self, username: &str) -> Visitor {
        let visitor = self.visitor();
        let reply = visitor.sign_in(username, "gongke-2026").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        visitor
    }

    /// Loads a folder anew.
    pub(crate) async fn load(&self, folder: &Folder) -> Result<loader::Loaded, loader::LoadError> {
        loader::load(
            &self.db,
            &self.clock,
            &self.data.path().join("media"),
            folder.path(),
        )
        .await
    }

    /// Every row of every table, as text.
    pub(crate) async fn dump(&self) -> String {
        let mut dump = String::new();
        for table in TABLES {
            dump += &format!("## {table}\n");
            for row in self.rows(table).await {
                dump += &row;
                dump += "\n";
            }
        }
        dump
    }

    /// Every row of a table, sorted.
    pub(crate) async fn rows(&self, table: &'static str) -> Vec<String> {
        let mut connection = self.db.connection().await.unwrap();
        let query = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
        let rows = sqlx::query(query)
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        let cell = |row: &sqlx::any::AnyRow, at: usize| {
            let name = row.column(at).name();
            if row.try_get_raw(at).unwrap().is_null() {
                return format!("{name}=NULL");
            }
            match row.try_get::<i64, _>(at) {
                Ok(number) => format!("{name}={number}"),
                Err(_) => format!("{name}={:?}", row.get::<String, _>(at)),
            }
        };
        let line = |row: &sqlx::any::AnyRow| {
            (0..row.len())
                .map(|at| cell(row, at))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        lines.sort();
        lines
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A new SQLite file, or a new database on the PostgreSQL server under test.
async fn open(data: &tempfile::TempDir) -> Db {
    let Ok(server) = std::env::var("GONGKE_TEST_DATABASE_URL") else {
        return Db::open_file(&data.path().join("gongke.sqlite"))
            .await
            .unwrap();
    };
    let name = format!("gongke_test_{}", uuid::Uuid::now_v7().simple());
    let admin = Db::connect(&server).await.unwrap();
    let mut connection = admin.connection().await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create).execute(&mut *connection).await.unwrap();
    let (host, _) = server.rsplit_once('/').unwrap();
    Db::open(&format!("{host}/{name}")).await.unwrap()
}
