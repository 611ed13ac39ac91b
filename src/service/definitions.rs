//! Where the definitions of the feeds are kept: files of a folder, or the store. Whoever reads, watches or writes them
//! asks here.

use std::{
    fs::{self, Permissions},
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tokio::task::spawn_blocking;

use crate::{
    article::FeedId,
    cause,
    config::DefinitionsFrom,
    settings::Problem,
    store::{self, Definition, Store},
};

/// The folder of feed files, beside the settings file.
const FEEDS: &str = "feeds";
/// Between two looks for what other workers changed, of which they tell at once.
const LOOK: Duration = Duration::from_secs(10);

/// Where the definitions of the feeds are kept.
#[derive(Debug, Clone)]
pub enum Definitions {
    /// A file for each feed.
    Folder(PathBuf),
    /// For all who work on it.
    Store(Store),
}

/// A definition as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it is called where something is wrong with it.
    pub place: String,
    /// What the feed is called, as far as that is a name.
    pub name: String,
    pub text: Result<String, Problem>,
}

impl Written {
    /// That of a file, whose name is the feed's.
    pub fn file(path: &Path) -> Self {
        let place = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| unreadable(&place, &error));
        Self { place, name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text }
    }
}

/// What tells definitions from those that were changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The time and size of each file.
    Files(Vec<(PathBuf, Option<(SystemTime, u64)>)>),
    /// How often they were changed.
    Changes(i64),
}

/// What is left of a definition that was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Its file, under another name.
    File(PathBuf),
    /// What it said.
    Text(String),
}

/// Why a definition was not written or taken away.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot {what} `{}`", path.display())]
    File {
        what: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// What is there cannot be read.
    #[error(transparent)]
    Unreadable(Problem),
    /// There is none.
    #[error("`{feed}` has no definition that could be taken away")]
    NoSuch { feed: FeedId },
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The folder of feed files beside this settings file. What a definition says of files is relative to it, too.
pub fn folder(settings: &Path) -> PathBuf {
    settings.parent().unwrap_or(Path::new("")).join(FEEDS)
}

/// What the definition of a feed is called: its file as it stands in `folder`, or the feed itself where it is stored.
pub fn place(from: DefinitionsFrom, folder: &Path, feed: &FeedId) -> String {
    match from {
        DefinitionsFrom::Folder => path(folder, feed).display().to_string(),
        DefinitionsFrom::Store => place_in_store(feed),
    }
}

fn path(folder: &Path, feed: &FeedId) -> PathBuf {
    folder.join(format!("{feed}.toml"))
}

fn place_in_store(feed: &FeedId) -> String {
    format!("feed `{feed}`")
}

impl Definitions {
    /// Those that the settings at this path mean, with `store` open.
    pub fn of(settings: &Path, from: DefinitionsFrom, store: &Store) -> Self {
        match from {
            DefinitionsFrom::Folder => Self::Folder(folder(settings)),
            DefinitionsFrom::Store => Self::Store(store.clone()),
        }
    }

    /// All of them, in the order of their names. One that cannot be read costs itself alone.
    ///
    /// # Errors
    /// When not even their names can be read.
    pub async fn read(&self) -> Result<Vec<Written>, Problem> {
        match self {
            Self::Folder(folder) => {
                let (folder, shown) = (folder.clone(), folder.display().to_string());
                spawn_blocking(move || read_folder(&folder)).await.unwrap_or_else(|broken| {
                    Err(Problem { file: shown, line: None, what: format!("cannot be read: {broken}"), hint: None })
                })
            }
            Self::Store(store) => match store.definitions().await {
                Ok(definitions) => Ok(definitions
                    .into_iter()
                    .map(|Definition { feed, text }| Written { place: place_in_store(&feed), name: feed.to_string(), text: Ok(text) })
                    .collect()),
                Err(error) => Err(unreadable_store(&error)),
            },
        }
    }

    /// What tells them from those that were changed; `None` where that cannot be said now.
    pub async fn mark(&self) -> Option<Mark> {
        match self {
            Self::Folder(folder) => {
                let folder = folder.clone();
                let files = spawn_blocking(move || marks(files(&folder).unwrap_or_default()));
                files.await.ok().map(Mark::Files)
            }
            Self::Store(store) => store.definitions_changed().await.ok().map(Mark::Changes),
        }
    }

    /// How long nobody needs to look whether they were changed.
    pub fn look_every(&self) -> Duration {
        match self {
            Self::Folder(_) => Duration::ZERO,
            Self::Store(_) => LOOK,
        }
    }

    /// Writes the definition of a feed that has none; `false`: it has another one, which stays.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn add(&self, new: &Definition) -> Result<bool, Error> {
        match self {
            Self::Folder(folder) => match write_file(folder, new, |file, path| file.persist_noclobber(path).map_err(|error| error.error)) {
                Err(Error::File { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                written => written.map(|()| true),
            },
            Self::Store(store) => Ok(store.define_new(new).await?),
        }
    }

    /// Writes definitions, each in the place of the one that its feed has; the feeds that had another one, or none.
    ///
    /// # Errors
    /// When one cannot be written; of files, those before it are.
    pub async fn write(&self, definitions: &[Definition]) -> Result<Vec<FeedId>, Error> {
        match self {
            Self::Folder(folder) => {
                let mut changed = Vec::new();
                for definition in definitions {
                    let is_same = fs::read_to_string(path(folder, &definition.feed)).is_ok_and(|there| there == definition.text);
                    if !is_same {
                        write_file(folder, definition, |file, path| file.persist(path).map_err(|error| error.error))?;
                        changed.push(definition.feed.clone());
                    }
                }
                Ok(changed)
            }
            Self::Store(store) => Ok(store.define(definitions).await?),
        }
    }

    /// Whether nothing can be given this name, though no feed that can be used is called so.
    pub fn is_taken(&self, feed: &FeedId) -> bool {
        match self {
            Self::Folder(folder) => path(folder, feed).exists(),
            // It is in the list of feeds, or `Store::rename` finds it.
            Self::Store(_) => false,
        }
    }

    /// Gives the definition of `old` to the name `new`, when everything else was given to it.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn rename(&self, old: &FeedId, new: &FeedId) -> Result<(), Error> {
        match self {
            Self::Folder(folder) => {
                let (old, new) = (path(folder, old), path(folder, new));
                fs::rename(&old, new).map_err(|source| Error::File { what: "rename", path: old, source })
            }
            // It went with all else that is stored.
            Self::Store(_) => Ok(()),
        }
    }

    /// Takes the definition of a feed away. A file is kept beside where it was, over an earlier one of that name.
    ///
    /// # Errors
    /// When there is none, or it cannot be taken away.
    pub async fn remove(&self, feed: &FeedId) -> Result<Kept, Error> {
        match self {
            Self::Folder(folder) => {
                let path = path(folder, feed);
                let kept = path.with_extension("toml.removed");
                fs::rename(&path, &kept).map_err(|source| Error::File { what: "rename", path, source })?;
                Ok(Kept::File(kept))
            }
            Self::Store(store) => store.undefine(feed).await?.map(Kept::Text).ok_or_else(|| Error::NoSuch { feed: feed.clone() }),
        }
    }
}

/// What is said where the definitions are in a store that cannot be read.
pub fn unreadable_store(error: &store::Error) -> Problem {
    let told = cause::tell(error);
    Problem { file: "the feeds in the store".to_owned(), line: None, what: told.said.join(": "), hint: told.hints.into_iter().next() }
}

/// The definitions that are files of a folder; none where there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn read_folder(folder: &Path) -> Result<Vec<Written>, Problem> {
    Ok(files(folder)?.iter().map(|path| Written::file(path)).collect())
}

/// The time and size of each of these files, as far as they are there.
pub fn marks(files: Vec<PathBuf>) -> Vec<(PathBuf, Option<(SystemTime, u64)>)> {
    let mark = |path: PathBuf| {
        let about = fs::metadata(&path).ok().and_then(|about| Some((about.modified().ok()?, about.len())));
        (path, about)
    };
    files.into_iter().map(mark).collect()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let shown = folder.display().to_string();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(&shown, &error)),
    };
    let paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_, _>>().map_err(|error| unreadable(&shown, &error))?;
    let mut files: Vec<_> = paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
    files.sort();
    Ok(files)
}

/// What is said of a file of the operator's that cannot be read.
pub(super) fn unreadable(file: &str, error: &io::Error) -> Problem {
    let what = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("cannot be read: {}", cause::plain(error)),
    };
    Problem { file: file.to_owned(), line: None, what, hint: None }
}

/// Writes a file, whole or not at all: whoever watches the folder never sees half of one.
fn write_file(
    folder: &Path,
    Definition { feed, text }: &Definition,
    persist: impl FnOnce(tempfile::NamedTempFile, &Path) -> io::Result<fs::File>,
) -> Result<(), Error> {
    let path = path(folder, feed);
    let write = || {
        fs::create_dir_all(folder)?;
        let mut file =
            tempfile::Builder::new().prefix(".").suffix(".new").permissions(Permissions::from_mode(0o644)).tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        persist(file, &path)
    };
    write().map(drop).map_err(|source| Error::File { what: "write", path, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(text: &str) -> Definition {
        Definition { feed: "x".parse().unwrap(), text: text.to_owned() }
    }

    #[tokio::test]
    async fn a_file_is_written_over_only_where_that_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let feeds = folder.path().join("feeds");
        let definitions = Definitions::Folder(feeds.clone());
        let there = || fs::read_to_string(feeds.join("x.toml")).unwrap();
        assert!(definitions.add(&definition("a")).await.unwrap());
        assert!(!definitions.add(&definition("b")).await.unwrap());
        assert_eq!((there(), fs::read_dir(&feeds).unwrap().count()), ("a".to_owned(), 1));
        let before = definitions.mark().await;
        assert_eq!(definitions.write(&[definition("a")]).await.unwrap(), []);
        assert_eq!(definitions.mark().await, before);
        assert_eq!(definitions.write(&[definition("bc")]).await.unwrap().len(), 1);
        assert_eq!((there(), fs::read_dir(&feeds).unwrap().count()), ("bc".to_owned(), 1));
        assert_ne!(definitions.mark().await, before);
    }
}
