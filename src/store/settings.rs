//! `[store]`: where everything is kept.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// `[store]` of the bot's settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// `sqlite:` and the path of a file, relative to the settings file.
    pub url: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { url: "sqlite:loa.db".to_owned() }
    }
}

/// The databases that an address can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Database<'a> {
    /// A file.
    Sqlite(&'a Path),
}

impl Settings {
    /// Where the store is, or what is wrong with the address.
    pub(super) fn database(&self) -> Result<Database<'_>, String> {
        match self.url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Database::Sqlite(Path::new(path))),
            _ => Err(format!("expected an address such as `sqlite:loa.db`, found `{}`", without_password(&self.url))),
        }
    }

    /// Where a daemon that works on the store listens for commands: beside its file.
    pub fn socket(&self) -> Option<PathBuf> {
        match self.database() {
            Ok(Database::Sqlite(path)) => {
                let mut socket = path.as_os_str().to_owned();
                socket.push(".sock");
                Some(socket.into())
            }
            Err(_) => None,
        }
    }

    /// Whether the address is one.
    ///
    /// # Errors
    /// What is wrong with it, in words for the operator.
    pub fn check(&self) -> Result<(), String> {
        self.database().map(|_| ())
    }

    /// The same settings with a relative path taken from `folder`.
    #[must_use]
    pub fn beside(self, folder: &Path) -> Self {
        match self.database() {
            Ok(Database::Sqlite(path)) => Self { url: format!("sqlite:{}", folder.join(path).display()) },
            Err(_) => self,
        }
    }
}

/// An address of a database server may carry a password, and this one is about to be shown.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(end)) if start + 3 < end => format!("{}***{}", &url[..start + 3], &url[end..]),
        _ => url.to_owned(),
    }
}
