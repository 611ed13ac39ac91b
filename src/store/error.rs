//! What can go wrong with the store, by what the caller does about it.

/// Why the store did not do it. `store` is its address in words, without a password.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another daemon works on it.
    #[error("`{store}` is in use by another loa\nhint: stop the other one, or give this one its own `[store] url`")]
    InUse { store: String },
    /// A later version wrote it.
    #[error(
        "`{store}` was written by a newer loa (its format is {found}, this one knows up to {known})\nhint: install the newer loa again, or restore a copy made before; the file was not touched"
    )]
    Newer { store: String, found: i64, known: i64 },
    /// It is there but cannot be read, or it is another program's.
    #[error(
        "`{store}` is damaged or is no loa database: {why}\nhint: move it away and restore a copy, or start with a new one; the file was not touched"
    )]
    Damaged { store: String, why: String },
    /// There is none yet.
    #[error("`{store}` does not exist yet\nhint: start `loa run` once; it creates the file")]
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
