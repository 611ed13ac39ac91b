//! Puts a copy in the place of the file, so that nothing is told twice by it: what may have been told is marked.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    copy,
    open::{Header, beside, connect, expect_whole, lock, look, looking, options, update, words},
};
use crate::store::{
    Error, Missed, Restored,
    sql::{
        rows::millis,
        statement::{Pool, query},
    },
};

/// What belongs to a database in write-ahead mode.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];
/// Of a delivery of the copy that was not sent when it was made.
const DOUBTFUL: &str = "it waited when the backup was made, and may have been sent since";

/// Puts the copy `from` in the place of `path`, and keeps what is there under another name.
pub async fn restore(path: &Path, from: &Path, missed: Missed, now: Timestamp) -> Result<Restored, Error> {
    let lock = lock(path)?;
    expect_backup(path, from).await.map_err(|error| unusable(from, error))?;
    expect_replaceable(path).await?;
    let failed = |source| Error::Copy { file: words(path), source };
    let part = copy::part_beside(path).map_err(failed)?;
    copy::fill(from, part.path()).await?;
    update(part.path(), options(part.path())).await?;
    let doubtful = match missed {
        Missed::Announced => 0,
        Missed::Asked => doubt(part.path(), now).await?,
    };
    expect_whole(part.path()).await?;
    belong_alike(path, part.path()).map_err(failed)?;
    part.as_file().sync_all().map_err(failed)?;
    let kept = keep(path, now).await.map_err(failed)?;
    part.persist(path).map_err(|error| failed(error.error))?;
    copy::keep_names(path).map_err(failed)?;
    drop(lock);
    Ok(Restored { kept, doubtful })
}

/// Refuses what is no whole backup of Loa that this one can read, and the file itself.
async fn expect_backup(path: &Path, from: &Path) -> Result<(), Error> {
    look(from).await?.ok_or_else(|| Error::Missing { store: words(from) })?;
    let file = |path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    if file(path).is_some_and(|it| Some(it) == file(from)) {
        return Err(Error::Damaged { store: words(from), why: "it is the database itself".to_owned() });
    }
    expect_whole(from).await
}

/// The same error, in words for somebody who has a backup in mind.
fn unusable(from: &Path, error: Error) -> Error {
    let why = match error {
        Error::Missing { .. } => "there is nothing in it".to_owned(),
        Error::Damaged { why, .. } => why,
        Error::Newer { found, known, .. } => format!("a newer loa wrote it (its format is {found}, this one knows up to {known})"),
        Error::Open { source, .. } => source.to_string(),
        error => return error,
    };
    Error::NoBackup { file: words(from), why }
}

/// Refuses to put away another program's database; what is damaged, or a newer Loa's, may go.
async fn expect_replaceable(path: &Path) -> Result<(), Error> {
    match look(path).await {
        Err(Error::Damaged { store, why }) => match Header::read(path, looking(path)).await {
            Ok(header) if header.format(path).is_err() => Err(Error::Damaged { store, why }),
            _ => Ok(()),
        },
        Ok(_) | Err(Error::Newer { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Marks every feed, channel and delivery that is open: what the copy does not know of may have been told. How many
/// deliveries are in doubt.
async fn doubt(path: &Path, now: Timestamp) -> Result<u64, Error> {
    let pool = Pool::of_file(connect(path, options(path)).await?);
    let doubted = async {
        let mut transaction = pool.write().await?;
        // The next look must see the list: an answer that nothing changed would leave the mark.
        query("UPDATE feed SET restored_at = ?, etag = NULL, last_modified = NULL").bind(millis(now)).execute(&mut transaction).await?;
        query("UPDATE pending SET doubtful = 1").execute(&mut transaction).await?;
        query("DELETE FROM told").execute(&mut transaction).await?;
        query("UPDATE channel SET read_to = last_receipt, reading = NULL").execute(&mut transaction).await?;
        // Whether an alarm was told nobody needs to know.
        query(
            "UPDATE delivery SET state = 'dropped', settled_at = ?, due_at = 0, why = ?
             WHERE state IN ('queued', 'sending', 'unknown') AND kind <> 'new'",
        )
        .bind(millis(now))
        .bind(DOUBTFUL)
        .execute(&mut transaction)
        .await?;
        let doubtful = query(
            "UPDATE delivery SET doubtful = 1, due_at = CASE WHEN state = 'queued' THEN due_at ELSE 0 END, looks = 0, why = ?,
                 state = 'queued' WHERE state IN ('queued', 'sending', 'unknown')",
        )
        .bind(DOUBTFUL)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(doubtful)
    }
    .await;
    pool.close().await;
    doubted
}

/// Whoever works on the old file works on the new one.
fn belong_alike(old: &Path, new: &Path) -> io::Result<()> {
    let Ok(of_old) = fs::metadata(old) else { return Ok(()) };
    let of_new = fs::metadata(new)?;
    if (of_old.uid(), of_old.gid()) != (of_new.uid(), of_new.gid()) {
        chown(new, Some(of_old.uid()), Some(of_old.gid()))?;
    }
    fs::set_permissions(new, of_old.permissions())
}

/// Keeps what stands at `path` under another name as well, and takes away its log: with a new file in its place that
/// would be poison.
async fn keep(path: &Path, now: Timestamp) -> io::Result<Option<PathBuf>> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    // The last connection writes the log into the file; of a damaged one, or with a visitor about, the log is kept
    // beside it.
    if let Ok(pool) = connect(path, options(path)).await {
        let _unreadable = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&pool).await;
        pool.close().await;
    }
    let kept = copy::free_name(path, &format!("replaced-{}", now.strftime("%Y%m%dT%H%M%SZ")));
    for part in PARTS {
        let (old, new) = (beside(path, part), beside(&kept, part));
        match if part.is_empty() { fs::hard_link(&old, &new) } else { fs::rename(&old, &new) } {
            Err(error) if error.kind() == io::ErrorKind::NotFound => (),
            // Not every file system has several names of one file.
            Err(_) if part.is_empty() => fs::rename(&old, &new)?,
            done => done?,
        }
    }
    Ok(Some(kept))
}
