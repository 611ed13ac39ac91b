//! A copy of the file, whole or not there at all, taken beside whoever works on it.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::open::{beside, connect, damaged, expect_whole, has_log, look, options, words};
use crate::store::Error;

/// Writes a copy of what is stored to a new file, that nobody else may read.
pub async fn back_up(path: &Path, to: &Path) -> Result<(), Error> {
    look(path).await?.ok_or_else(|| Error::Missing { store: words(path) })?;
    write(path, to).await
}

/// Writes a copy of the database at `path` to the new file `to`.
pub async fn write(path: &Path, to: &Path) -> Result<(), Error> {
    if to.symlink_metadata().is_ok() {
        return Err(Error::Taken { file: words(to) });
    }
    let failed = |source| Error::Copy { file: words(to), source };
    let part = part_beside(to).map_err(failed)?;
    fill(path, part.path()).await?;
    expect_whole(part.path()).await?;
    part.as_file().sync_all().map_err(failed)?;
    part.persist_noclobber(to).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => Error::Taken { file: words(to) },
        _ => failed(error.error),
    })?;
    keep_names(to).map_err(failed)
}

/// An empty file beside `path` under a name of its own, which goes again unless it gets that of `path`. Only its owner
/// may read it.
pub fn part_beside(path: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".loa-").suffix(".part").tempfile_in(folder_of(path))
}

/// Fills the empty file `part` with what the database at `path` holds at one moment.
pub async fn fill(path: &Path, part: &Path) -> Result<(), Error> {
    // As in `looking`, but without its `query_only`, which forbids writing the copy, too.
    let options = if has_log(path) { options(path).read_only(true) } else { options(path) };
    let pool = connect(path, options).await?;
    let filled = sqlx::query("VACUUM INTO ?").bind(part.display().to_string()).execute(&pool).await;
    pool.close().await;
    match filled {
        Ok(_) => Ok(()),
        // SQLITE_CORRUPT and SQLITE_NOTADB
        Err(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some("11" | "26")) => {
            Err(damaged(path, &sqlx::Error::Database(error)))
        }
        Err(error) => Err(Error::Copy { file: words(part), source: io::Error::other(error) }),
    }
}

/// Names in a folder are on the disk only when the folder is.
pub fn keep_names(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

/// The first name beside `path` with this ending that is not taken.
pub fn free_name(path: &Path, ending: &str) -> PathBuf {
    let names = (1..).map(|nth| beside(path, &if nth == 1 { format!(".{ending}") } else { format!(".{ending}-{nth}") }));
    names.into_iter().find(|name| name.symlink_metadata().is_err()).unwrap_or_else(|| beside(path, ending))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
