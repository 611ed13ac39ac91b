//! What can go wrong with the store, by what the caller does about it.

/// Why the store did not do it. `store` is its address in words, without a password.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another daemon works on it.
    #[error("`{store}` is in use by another loa\nhint: stop the other one, or give this one its own `[store] url`")]
    InUse { store: String },
    /// A later version wrote it.
    #[error(
        "`{store}` was written by a newer loa (its format is {found}, this one knows up to {known})\nhint: install the newer loa again, or restore a copy made before; nothing was changed"
    )]
    Newer { store: String, found: i64, known: i64 },
    /// It is there but cannot be read, or it is another program's.
    #[error(
        "`{store}` is damaged or is no loa database: {why}\nhint: move it away and restore a copy, or start with a new one; the file was not touched"
    )]
    Damaged { store: String, why: String },
    /// There is none yet.
    #[error("`{store}` does not exist yet\nhint: start `loa run` once; it makes the store")]
    Missing { store: String },
    /// It is no backup that can be put back.
    #[error("`{file}` cannot be restored: {why}\nhint: `loa backup FILE` makes a file that can be; nothing was changed")]
    NoBackup { file: String, why: String },
    /// A copy is never written over something.
    #[error("`{file}` is there already\nhint: name a new file; nothing was written")]
    Taken { file: String },
    /// A copy could not be written.
    #[error(
        "a copy could not be written to `{file}`\nhint: check that its folder exists and may be written to, and that the disk has room"
    )]
    Copy {
        file: String,
        #[source]
        source: std::io::Error,
    },
    /// It cannot be opened or created.
    #[error("cannot open `{store}`\nhint: check that the folder exists and may be written to")]
    Open {
        store: String,
        #[source]
        source: std::io::Error,
    },
    /// The server cannot be reached, at the start.
    #[error("`{store}` does not answer\nhint: check that the server runs there, and what `[store] url` says of it")]
    Unreachable {
        store: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server does not let us in.
    #[error(
        "`{store}` refuses loa: {why}\nhint: check the name, the password and the database in `[store] url`, `password-file` and PGPASSWORD"
    )]
    Refused { store: String, why: String },
    /// The role may not do what Loa needs.
    #[error("the role of `{store}` may not do what loa needs: {why}\nhint: make it the owner of the database, or of a schema of its own")]
    Rights { store: String, why: String },
    /// The server is too old.
    #[error("`{store}` is PostgreSQL {found}\nhint: loa needs PostgreSQL 15 or newer")]
    OldServer { store: String, found: String },
    /// An earlier version wrote it, and it is only looked at.
    #[error(
        "`{store}` was written by an older loa (its format is {found}, this one needs {known})\nhint: start `loa run` once; it brings it up to date"
    )]
    Older { store: String, found: i64, known: i64 },
    /// It is another program's.
    #[error(
        "`{store}` holds the tables of another program\nhint: give loa a database of its own, or a schema: `?options=-csearch_path%3Dloa`"
    )]
    Foreign { store: String },
    /// Another process works on it with other settings.
    #[error(
        "another worker on `{store}` has other settings of {what}\nhint: give all workers the same `bot.toml`, or this one a store of its own; stop all before you change it"
    )]
    Otherwise { store: String, what: &'static str },
    /// Something is moved only into an empty store.
    #[error("`{store}` is not empty\nhint: name a new file, or an empty database or schema; nothing was written")]
    NotEmpty { store: String },
    /// It is in this store already.
    #[error("everything is in `{store}` already\nhint: name another file, or another database or schema; nothing was changed")]
    SameStore { store: String },
    /// What was written is not what was read.
    #[error(
        "what was moved to `{store}` reads otherwise there, in the table `{table}`\nhint: nothing of it was kept; the store of before is as it was"
    )]
    NotAlike { store: String, table: &'static str },
    /// It can be done with a file only.
    #[error("`{store}` is no file: {what} is for a store in a file\nhint: use `pg_dump` and `pg_restore`, or `loa move` it into a file")]
    NoFile { store: String, what: &'static str },
    /// The server went away while Loa runs. Nothing of what was asked for was kept, or all of it.
    #[error("the store does not answer")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What several do at once got into each other's way: it is done again.
    #[error("the store was asked for too much at once")]
    Conflict(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The address is none.
    #[error("`store.url`: {0}")]
    Address(String),
    /// A row says what this program cannot have written.
    #[error("the store holds {what} that cannot be read: `{found}`")]
    Unreadable { what: &'static str, found: String },
    /// Anything the database said: full disk, locked too long, failed write. Nothing of the transaction was kept
    /// — or all of it, where the failure came after the commit, so every write can be made again.
    #[error("the store failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Whether what was asked for may well be done when it is asked for again.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Away(_) | Self::Conflict(_) | Self::Database(_))
    }
}
