//! The store in one SQLite file: opened by one daemon, in write-ahead mode, every commit on the disk.
//!
//! Every writing transaction begins with `BEGIN IMMEDIATE`: one that reads first and writes later is told
//! "database is locked" whatever the busy timeout, when another wrote in between.

mod articles;
mod feeds;
mod learning;
mod outbox;
mod rows;

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Sqlite as Driver, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Error, Settings};

/// Each migration brings the file from its own place in this list to the next: `PRAGMA user_version` counts them.
const MIGRATIONS: [&str; 3] = [include_str!("0001_first.sql"), include_str!("0002_learned.sql"), include_str!("0003_deliveries.sql")];

/// An open file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    pool: SqlitePool,
    /// Held by the daemon; the system lets go of it when the process dies.
    _lock: Option<Arc<File>>,
}

impl Sqlite {
    /// Opens the file for the one daemon, creating and migrating it.
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        let path = settings.path().map_err(Error::Address)?;
        let lock = lock(path)?;
        if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
            // Without a write: whatever the file is, it is refused as it was found.
            let looking = Self { pool: pool(path, SqliteConnectOptions::new().filename(path).read_only(true)).await?, _lock: None };
            let checked = looking.check(path).await;
            looking.close().await;
            checked?;
        }
        let sqlite = Self { pool: connect(path, true).await?, _lock: Some(Arc::new(lock)) };
        sqlite.migrate(path).await?;
        Ok(sqlite)
    }

    /// Opens an existing file beside the daemon.
    pub async fn visit(settings: &Settings) -> Result<Self, Error> {
        let path = settings.path().map_err(Error::Address)?;
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        let sqlite = Self { pool: connect(path, false).await?, _lock: None };
        let version = sqlite.version(path).await?;
        match version {
            _ if version == MIGRATIONS.len() as i64 => Ok(sqlite),
            0 => Err(Error::Missing { path: path.to_owned() }),
            // An older file is brought up to date by the daemon, which holds the lock; here it is only needed for a moment.
            _ if version < MIGRATIONS.len() as i64 => {
                let _lock = lock(path)?;
                sqlite.migrate(path).await?;
                Ok(sqlite)
            }
            _ => Err(newer(path, version)),
        }
    }

    pub async fn close(self) {
        self.pool.close().await;
    }

    /// A transaction that may write.
    async fn write(&self) -> Result<Transaction<'static, Driver>, Error> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn version(&self, path: &Path) -> Result<i64, Error> {
        sqlx::query_scalar("PRAGMA user_version").fetch_one(&self.pool).await.map_err(|error| damaged(path, &error))
    }

    /// Refuses a file that is not whole, before anything is written to it.
    async fn check(&self, path: &Path) -> Result<(), Error> {
        let version = self.version(path).await?;
        if version > MIGRATIONS.len() as i64 {
            return Err(newer(path, version));
        }
        let found: String =
            sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&self.pool).await.map_err(|error| damaged(path, &error))?;
        if found != "ok" {
            return Err(Error::Damaged { path: path.to_owned(), why: found });
        }
        let tables: i64 =
            sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&self.pool).await.map_err(|error| damaged(path, &error))?;
        if version == 0 && tables > 0 {
            return Err(Error::Damaged { path: path.to_owned(), why: "it holds the tables of another program".to_owned() });
        }
        Ok(())
    }

    async fn migrate(&self, path: &Path) -> Result<(), Error> {
        let version = self.version(path).await?;
        let done = usize::try_from(version).map_err(|_| newer(path, version))?;
        for migration in MIGRATIONS.iter().skip(done) {
            let mut transaction = self.write().await?;
            sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
            articles::rekey(&mut transaction).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}

async fn connect(path: &Path, create: bool) -> Result<SqlitePool, Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        // A daemon is small: half a megabyte of pages a connection is enough for feeds of this size.
        .pragma("cache_size", "-500");
    pool(path, options).await
}

async fn pool(path: &Path, options: SqliteConnectOptions) -> Result<SqlitePool, Error> {
    let pool = SqlitePoolOptions::new().max_connections(2).acquire_timeout(Duration::from_secs(30)).connect_with(options).await;
    pool.map_err(|error| match error {
        sqlx::Error::Database(_) if path.exists() => damaged(path, &error),
        _ => Error::Open { path: path.to_owned(), source: std::io::Error::other(error) },
    })
}

/// One daemon a file. The lock is on a file beside it: SQLite's own locks are on the file itself, and the two must not meet.
fn lock(path: &Path) -> Result<File, Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let beside = PathBuf::from(beside);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(|source| Error::Open { path: path.to_owned(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => Err(Error::Open { path: beside, source }),
    }
}

fn damaged(path: &Path, error: &sqlx::Error) -> Error {
    let why = match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        _ => error.to_string(),
    };
    Error::Damaged { path: path.to_owned(), why }
}

fn newer(path: &Path, found: i64) -> Error {
    Error::Newer { path: path.to_owned(), found, known: MIGRATIONS.len() as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn settings(folder: &Path) -> Settings {
        Settings { url: format!("sqlite:{}", folder.join("loa.db").display()) }
    }

    async fn refusal(folder: &Path) -> String {
        let error = Store::open(&settings(folder), jiff::Timestamp::UNIX_EPOCH).await.unwrap_err();
        error.to_string().replace(&folder.display().to_string(), "…")
    }

    #[tokio::test]
    async fn a_file_of_a_newer_loa_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&settings(folder.path())).await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 9").execute(&store.pool).await.unwrap();
        store.close().await;
        insta::assert_snapshot!(refusal(folder.path()).await, @r"
        `…/loa.db` was written by a newer loa (its format is 9, this one knows up to 3)
        hint: install the newer loa again, or restore a copy made before; the file was not touched
        ");
    }

    #[tokio::test]
    async fn a_file_of_an_older_loa_knows_its_articles_by_todays_addresses() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new().filename(folder.path().join("loa.db")).create_if_missing(true).foreign_keys(false);
        let old = SqlitePool::connect_with(options).await.unwrap();
        sqlx::raw_sql(MIGRATIONS[0]).execute(&old).await.unwrap();
        let rows = "INSERT INTO feed (id, url, next_at) VALUES ('police', 'https://a.vn/', 0);
            INSERT INTO article VALUES (7, 'police', 'tag:a.vn', 'Tin', 'tin', 0, 0, 1);
            INSERT INTO version (article, number, at, url, title, text, html) VALUES (7, 1, 0, 'https://www.a.vn/tin/abc.html', 'Tin', '', '');
            INSERT INTO address VALUES ('police', 'www.a.vn/tin/abc.html', 7), ('police', 'a.vn#4711', 7)";
        sqlx::raw_sql(rows).execute(&old).await.unwrap();
        old.close().await;
        let store = Sqlite::open(&settings(folder.path())).await.unwrap();
        let keys: Vec<String> = sqlx::query_scalar("SELECT key FROM address ORDER BY key").fetch_all(&store.pool).await.unwrap();
        assert_eq!(keys, ["a.vn#4711", "a.vn/tin/abc", "www.a.vn/tin/abc.html"]);
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loa.db");
        let words = "not a database at all, only words ".repeat(40);
        std::fs::write(&path, &words).unwrap();
        insta::assert_snapshot!(refusal(folder.path()).await, @r"
        `…/loa.db` is damaged or is no loa database: file is not a database
        hint: move it away and restore a copy, or start with a new one; the file was not touched
        ");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), words);
    }

    #[tokio::test]
    async fn another_programs_database_is_refused_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loa.db");
        let other = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&path).create_if_missing(true)).await.unwrap();
        sqlx::raw_sql("CREATE TABLE recipes (name TEXT)").execute(&other).await.unwrap();
        other.close().await;
        let before = std::fs::read(&path).unwrap();
        insta::assert_snapshot!(refusal(folder.path()).await, @r"
        `…/loa.db` is damaged or is no loa database: it holds the tables of another program
        hint: move it away and restore a copy, or start with a new one; the file was not touched
        ");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        insta::assert_snapshot!(refusal(&folder.path().join("missing")).await, @r"
        cannot open `…/loa.db`
        hint: check that the folder exists and may be written to
        ");
    }
}
