//! Opening the file: first looked at without a write, then locked, made or brought up to date.
//!
//! What is no database of Loa is refused as it was found, with nothing new beside it.

use std::{
    fs::{File as Lock, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Connection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{File, copy, database};
use crate::store::{
    Error,
    sql::{
        Database, rekey,
        statement::{Transaction, count},
    },
};

/// Each migration brings the file from its own place in this list to the next: `PRAGMA user_version` counts them.
pub(super) const MIGRATIONS: [&str; 18] = [
    include_str!("0001_first.sql"),
    include_str!("0002_learned.sql"),
    include_str!("0003_summaries.sql"),
    include_str!("0004_deliveries.sql"),
    include_str!("0005_marks.sql"),
    include_str!("0006_attachments.sql"),
    include_str!("0007_operator.sql"),
    include_str!("0008_restored.sql"),
    include_str!("0009_portal.sql"),
    include_str!("0010_alarms.sql"),
    include_str!("0011_files.sql"),
    include_str!("0012_work.sql"),
    include_str!("0013_documents.sql"),
    include_str!("0014_places.sql"),
    include_str!("0015_definitions.sql"),
    include_str!("0016_worker_definitions.sql"),
    include_str!("0017_told_since.sql"),
    include_str!("0018_turns.sql"),
];
pub const NEWEST: i64 = MIGRATIONS.len() as i64;

/// The mark of Loa in the header of the file: "Loa1". Migration 3 writes it.
const APPLICATION_ID: i64 = 0x4C6F_6131;
/// The last format without the mark, and the tables by which a file in it is known.
const LAST_UNMARKED: i64 = 2;
const UNMARKED_TABLES: [&str; 8] = ["address", "article", "channel", "delivery", "feed", "host", "pending", "version"];

/// Opens the file for the one daemon, creating and migrating it.
pub async fn open(path: &Path) -> Result<Database, Error> {
    let found = look(path).await?;
    let lock = lock(path)?;
    if has_log(path) {
        expect_whole(path).await?;
    }
    let copy_before = copy_before_update(path, found).await?;
    // Not in write-ahead mode yet: so the mark of a new file is in the file itself from its first moment on, not in a
    // log beside it.
    let options = options(path).create_if_missing(true);
    update(path, options.clone()).await?;
    let pool = connect(path, options.journal_mode(SqliteJournalMode::Wal)).await?;
    Ok(database(pool, File { copy_before, _lock: Some(Arc::new(lock)), ..File::default() }))
}

/// How often a file is looked at that seems damaged: one that somebody opens or closes at this moment is not whole
/// until the log is in it and gone.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Opens an existing file beside the daemon, only to look. One of an older Loa stays as it is: a copy of it is brought
/// up to date.
pub async fn visit(path: &Path) -> Result<Database, Error> {
    for _ in 1..LOOKS {
        match visit_now(path).await {
            Err(Error::Damaged { .. }) => tokio::time::sleep(BETWEEN_LOOKS).await,
            visited => return visited,
        }
    }
    visit_now(path).await
}

async fn visit_now(path: &Path) -> Result<Database, Error> {
    let older = expect_one(path).await?;
    if older.is_none() {
        return Ok(database(connect(path, looking(path)).await?, File::default()));
    }
    let folder = tempfile::tempdir().map_err(|source| Error::Open { store: words(path), source })?;
    let copied = folder.path().join("loa.db");
    copy::write(path, &copied).await?;
    update(&copied, options(&copied)).await?;
    let pool = connect(&copied, looking(&copied)).await?;
    Ok(database(pool, File { older, _folder: Some(Arc::new(folder)), ..File::default() }))
}

/// Refuses what cannot be visited; the format, where it is an older one.
async fn expect_one(path: &Path) -> Result<Option<i64>, Error> {
    let format = look(path).await?.ok_or_else(|| Error::Missing { store: words(path) })?;
    Ok(Some(format).filter(|format| *format < NEWEST))
}

/// How a file is opened that must stay as it is.
pub(super) fn looking(path: &Path) -> SqliteConnectOptions {
    if has_log(path) {
        // In use, or its process died: the log is read where it is.
        options(path).read_only(true)
    } else {
        // Only a connection that might write takes away again what it put beside the file.
        options(path).pragma("query_only", "ON")
    }
}

/// A copy of a file that is about to be brought up to date, and where it is.
async fn copy_before_update(path: &Path, found: Option<i64>) -> Result<Option<PathBuf>, Error> {
    if found.is_none_or(|format| format >= NEWEST) {
        return Ok(None);
    }
    let copy = copy::free_name(path, &format!("before-{NEWEST}"));
    copy::write(path, &copy).await?;
    Ok(Some(copy))
}

/// The format of the database at `path`, or `None` where there is none yet. Nothing is written, neither to the file nor
/// beside it, and what is no database of Loa is refused.
pub(super) async fn look(path: &Path) -> Result<Option<i64>, Error> {
    match std::fs::metadata(path) {
        Ok(file) if file.len() == 0 => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::Open { store: words(path), source }),
        Ok(_) => (),
    }
    // An ordinary connection to a file in write-ahead mode leaves a log beside it, even one that can only read.
    let found = Header::read(path, options(path).read_only(true).immutable(true)).await.and_then(|header| header.format(path));
    match found {
        // The log may know better than the file.
        Ok(None) | Err(_) if has_log(path) => (),
        Ok(Some(format)) if format < NEWEST && has_log(path) => (),
        found => return found,
    }
    Header::read(path, options(path).read_only(true)).await?.format(path)
}

/// What tells one program's database from another's.
pub(super) struct Header {
    application: i64,
    version: i64,
    tables: Vec<String>,
}

impl Header {
    pub(super) async fn read(path: &Path, options: SqliteConnectOptions) -> Result<Self, Error> {
        let pool = connect(path, options).await?;
        let header = Self::ask(&pool).await.map_err(|error| damaged(path, &error));
        pool.close().await;
        header
    }

    async fn ask(pool: &SqlitePool) -> Result<Self, sqlx::Error> {
        Ok(Self {
            application: sqlx::query_scalar("PRAGMA application_id").fetch_one(pool).await?,
            version: sqlx::query_scalar("PRAGMA user_version").fetch_one(pool).await?,
            tables: sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'").fetch_all(pool).await?,
        })
    }

    /// The format, `None` for an empty database.
    pub(super) fn format(&self, path: &Path) -> Result<Option<i64>, Error> {
        let has = |table: &&str| self.tables.iter().any(|found| found == table);
        match (self.application, self.version) {
            (0, 0) if self.tables.is_empty() => Ok(None),
            (0, 1..=LAST_UNMARKED) if UNMARKED_TABLES.iter().all(has) => Ok(Some(self.version)),
            (APPLICATION_ID, found) if found > NEWEST => Err(Error::Newer { store: words(path), found, known: NEWEST }),
            (APPLICATION_ID, version) => Ok(Some(version)),
            _ => Err(Error::Damaged { store: words(path), why: "it is the database of another program".to_owned() }),
        }
    }
}

/// Brings the file to the newest format, whole or not at all.
pub(super) async fn update(path: &Path, options: SqliteConnectOptions) -> Result<(), Error> {
    let pool = connect(path, options).await?;
    let updated = migrate(&pool).await;
    pool.close().await;
    updated
}

async fn migrate(pool: &SqlitePool) -> Result<(), Error> {
    count(2);
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await?;
    let missing = MIGRATIONS.get(usize::try_from(version).unwrap_or_default()..).unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    for migration in missing {
        sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
    }
    let mut transaction = Transaction::Sqlite(transaction, None);
    rekey::rekey(&mut transaction).await?;
    transaction.commit().await
}

/// Whether a daemon holds the file.
pub fn is_in_use(path: &Path) -> bool {
    let Ok(file) = Lock::open(beside(path, ".lock")) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// Refuses a file that is not whole. It is read from end to end, so only after a process that did not close it, and
/// where it is a copy.
pub(super) async fn expect_whole(path: &Path) -> Result<(), Error> {
    let pool = connect(path, looking(path)).await?;
    let found: Result<String, _> = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&pool).await;
    pool.close().await;
    match found.map_err(|error| damaged(path, &error))? {
        ok if ok == "ok" => Ok(()),
        why => Err(Error::Damaged { store: words(path), why }),
    }
}

pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        // A daemon is small: half a megabyte of pages a connection is enough for feeds of this size.
        .pragma("cache_size", "-500")
}

pub(super) async fn connect(path: &Path, options: SqliteConnectOptions) -> Result<SqlitePool, Error> {
    let pool = SqlitePoolOptions::new()
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(30))
        // On a full disk SQLite ends a transaction by itself; sqlx goes on counting it, and such a connection never
        // begins another.
        .after_release(|connection, _| {
            Box::pin(async move {
                // A rollback that is still to be carried out comes before the answer.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(options)
        .await;
    pool.map_err(|error| match error {
        sqlx::Error::Database(_) if path.exists() => damaged(path, &error),
        _ => Error::Open { store: words(path), source: io::Error::other(error) },
    })
}

/// Whether SQLite's log lies beside the file: it is in use, or the process that used it died.
pub(super) fn has_log(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// How often a lock is tried that somebody has: a process that ends may keep it for a moment, and so does one that was
/// just started by another until it is its own program.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// One daemon a file. The lock is on a file beside it: SQLite's own locks are on the file itself, and the two must not
/// meet.
pub(super) fn lock(path: &Path) -> Result<Lock, Error> {
    let beside = beside(path, ".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(|source| Error::Open { store: words(path), source })?;
    let mut tries = 1;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if tries < TRIES => std::thread::sleep(BETWEEN_TRIES),
            Err(TryLockError::WouldBlock) => return Err(Error::InUse { store: words(path) }),
            Err(TryLockError::Error(source)) => return Err(Error::Open { store: words(&beside), source }),
        }
        tries += 1;
    }
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(ending);
    beside.into()
}

pub(super) fn words(path: &Path) -> String {
    path.display().to_string()
}

pub(super) fn damaged(path: &Path, error: &sqlx::Error) -> Error {
    let why = match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        _ => error.to_string(),
    };
    Error::Damaged { store: words(path), why }
}

#[cfg(test)]
mod tests;
