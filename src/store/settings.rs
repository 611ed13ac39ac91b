//! `[store]`: where everything is kept.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use url::Url;

use crate::unit;

/// `[store]` of the bot's settings. `Debug` shows no password.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// `sqlite:` and the path of a file, relative to the settings file; or `postgres://` and a database of a server.
    pub url: String,
    /// The password of a server is read from there; empty: from the address or from `PGPASSWORD`.
    pub password_file: PathBuf,
    /// How long a server is waited for at a start.
    pub wait: unit::Duration,
    /// The folder of the settings file.
    #[serde(skip)]
    pub(super) folder: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Self { url: "sqlite:loa.db".to_owned(), password_file: PathBuf::new(), wait: unit::Duration::from_secs(60), folder: PathBuf::new() }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Settings")
            .field("url", &without_password(&self.url))
            .field("password_file", &self.password_file)
            .field("wait", &self.wait)
            .finish_non_exhaustive()
    }
}

/// The databases that an address can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// A file.
    File(&'a Path),
    /// A database of a PostgreSQL server.
    Server,
}

/// The beginnings of the address of a PostgreSQL server.
const SERVERS: [&str; 2] = ["postgres://", "postgresql://"];

impl Settings {
    /// Those of the store at this address.
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// The same for a store at another address.
    #[must_use]
    pub fn elsewhere(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// Where the store is, or what is wrong with the address.
    pub(super) fn place(&self) -> Result<Place<'_>, String> {
        let found = self.name();
        if SERVERS.iter().any(|server| self.url.starts_with(server)) {
            return match Url::parse(&self.url) {
                Ok(url) if url.path().len() > 1 => Ok(Place::Server),
                Ok(_) => Err(format!("expected the name of a database, such as `postgres://loa@db.example/loa`, found `{found}`")),
                Err(why) => Err(format!("`{found}` is no address of a server: {why}")),
            };
        }
        let path = match self.url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => path,
            _ => return Err(format!("expected an address such as `sqlite:loa.db` or `postgres://loa@db.example/loa`, found `{found}`")),
        };
        if path.contains(":memory:") || path.contains("mode=memory") {
            return Err(format!(
                "expected a file such as `sqlite:loa.db`, found `{found}`: what is kept in memory alone is told again after a restart"
            ));
        }
        if let Some((file, _)) = path.split_once('?') {
            return Err(format!("expected a file alone, such as `sqlite:{file}`, found `{found}`"));
        }
        // `sqlite:///a` and `sqlite:/a` are the same; in `sqlite://a/b` some programs see `a/b` beside them, others
        // `/a/b`.
        match path.strip_prefix("//") {
            Some(rest) if rest.starts_with('/') => Ok(Place::File(Path::new(rest))),
            Some(rest) => {
                Err(format!("`{found}` may be two files: write `sqlite:{rest}` for one beside the settings, or `sqlite:/{rest}`"))
            }
            None => Ok(Place::File(Path::new(path))),
        }
    }

    /// What the store is called: its address without a password.
    pub fn name(&self) -> String {
        without_password(&self.url)
    }

    /// Whether several processes may work on it at once.
    pub fn is_shared(&self) -> bool {
        matches!(self.place(), Ok(Place::Server))
    }

    /// Where a daemon that works on the store listens for commands: beside its file, or beside the settings.
    pub fn socket(&self) -> Option<PathBuf> {
        match self.place() {
            Ok(Place::File(path)) => {
                let mut socket = path.as_os_str().to_owned();
                socket.push(".sock");
                Some(socket.into())
            }
            Ok(Place::Server) => Some(self.folder.join("loa.sock")),
            Err(_) => None,
        }
    }

    /// The file that it is kept in, where it is one.
    pub fn file(&self) -> Option<PathBuf> {
        match self.place() {
            Ok(Place::File(path)) => Some(path.to_owned()),
            Ok(Place::Server) | Err(_) => None,
        }
    }

    /// Whether the address is one.
    ///
    /// # Errors
    /// What is wrong with it, in words for the operator.
    pub fn check(&self) -> Result<(), String> {
        self.place().map(|_| ())
    }

    /// The same settings with a relative path taken from `folder`.
    #[must_use]
    pub fn beside(self, folder: &Path) -> Self {
        let url = match self.place() {
            Ok(Place::File(path)) => format!("sqlite:{}", folder.join(path).display()),
            Ok(Place::Server) | Err(_) => self.url.clone(),
        };
        let password_file = if self.password_file.as_os_str().is_empty() { PathBuf::new() } else { folder.join(&self.password_file) };
        Self { url, password_file, folder: folder.to_owned(), ..self }
    }
}

/// An address of a database server may carry a password, before the server or among the settings after it, and this one
/// is about to be shown.
fn without_password(url: &str) -> String {
    let Some(start) = url.find("://").map(|at| at + 3) else { return url.to_owned() };
    let (scheme, rest) = url.split_at(start);
    let rest = rest.rsplit_once('?').map_or(rest, |(place, _)| place);
    match rest.rsplit_once('@') {
        Some((who, place)) => match who.split_once(':') {
            Some((name, _)) => format!("{scheme}{name}:***@{place}"),
            None => format!("{scheme}{who}@{place}"),
        },
        None => format!("{scheme}{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(url: &str) -> Result<String, String> {
        let settings = Settings::at(url);
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
            "postgres://a:b:@c?password=b",
            "postgres://a:b@c:port/d",
            "mysql://a:b@c/d",
        ];
        let said: Vec<String> = urls.iter().map(|url| path(url).unwrap_err()).collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        expected an address such as `sqlite:loa.db` or `postgres://loa@db.example/loa`, found ``
        expected an address such as `sqlite:loa.db` or `postgres://loa@db.example/loa`, found `loa.db`
        expected an address such as `sqlite:loa.db` or `postgres://loa@db.example/loa`, found `sqlite:`
        expected a file such as `sqlite:loa.db`, found `sqlite::memory:`: what is kept in memory alone is told again after a restart
        expected a file such as `sqlite:loa.db`, found `sqlite:file:x?mode=memory`: what is kept in memory alone is told again after a restart
        `sqlite://var/x` may be two files: write `sqlite:var/x` for one beside the settings, or `sqlite:/var/x`
        expected a file alone, such as `sqlite:x.db`, found `sqlite:x.db?mode=ro`
        expected the name of a database, such as `postgres://loa@db.example/loa`, found `postgres://a:***@c`
        `postgres://a:***@c:port/d` is no address of a server: invalid port number
        expected an address such as `sqlite:loa.db` or `postgres://loa@db.example/loa`, found `mysql://a:***@c/d`
        ");
    }
}
