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
        let found = without_password(&self.url);
        let path = match self.url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => path,
            _ => return Err(format!("expected an address such as `sqlite:loa.db`, found `{found}`")),
        };
        if path.contains(":memory:") || path.contains("mode=memory") {
            return Err(format!(
                "expected a file such as `sqlite:loa.db`, found `{found}`: what is kept in memory alone is told again after a restart"
            ));
        }
        if let Some((file, _)) = path.split_once('?') {
            return Err(format!("expected a file alone, such as `sqlite:{file}`, found `{found}`"));
        }
        // `sqlite:///a` and `sqlite:/a` are the same; in `sqlite://a/b` some programs see `a/b` beside them, others `/a/b`.
        match path.strip_prefix("//") {
            Some(rest) if rest.starts_with('/') => Ok(Database::Sqlite(Path::new(rest))),
            Some(rest) => {
                Err(format!("`{found}` may be two files: write `sqlite:{rest}` for one beside the settings, or `sqlite:/{rest}`"))
            }
            None => Ok(Database::Sqlite(Path::new(path))),
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

    /// The file that it is kept in, where it is one.
    pub fn file(&self) -> Option<PathBuf> {
        match self.database() {
            Ok(Database::Sqlite(path)) => Some(path.to_owned()),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn path(url: &str) -> Result<String, String> {
        let settings = Settings { url: url.to_owned() };
        settings.check()?;
        Ok(settings.beside(Path::new("/srv/loa")).url)
    }

    #[test]
    fn an_address_names_one_file() {
        assert_eq!(path("sqlite:loa.db").unwrap(), "sqlite:/srv/loa/loa.db");
        assert_eq!(path("sqlite:var/x").unwrap(), "sqlite:/srv/loa/var/x");
        assert_eq!(path("sqlite:/var/x").unwrap(), "sqlite:/var/x");
        assert_eq!(path("sqlite:///var/x").unwrap(), "sqlite:/var/x");
    }

    #[test]
    fn an_address_that_is_none_is_refused_with_a_way_out() {
        let urls = [
            "",
            "loa.db",
            "sqlite:",
            "sqlite::memory:",
            "sqlite:file:x?mode=memory",
            "sqlite://var/x",
            "sqlite:x.db?mode=ro",
            "postgres://a:b@c/d",
        ];
        let said: Vec<String> = urls.iter().map(|url| path(url).unwrap_err()).collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        expected an address such as `sqlite:loa.db`, found ``
        expected an address such as `sqlite:loa.db`, found `loa.db`
        expected an address such as `sqlite:loa.db`, found `sqlite:`
        expected a file such as `sqlite:loa.db`, found `sqlite::memory:`: what is kept in memory alone is told again after a restart
        expected a file such as `sqlite:loa.db`, found `sqlite:file:x?mode=memory`: what is kept in memory alone is told again after a restart
        `sqlite://var/x` may be two files: write `sqlite:var/x` for one beside the settings, or `sqlite:/var/x`
        expected a file alone, such as `sqlite:x.db`, found `sqlite:x.db?mode=ro`
        expected an address such as `sqlite:loa.db`, found `postgres://***@c/d`
        ");
    }
}
