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

impl Settings {
    /// The database file, or what is wrong with the address.
    ///
    /// # Errors
    /// Words for the operator.
    pub fn path(&self) -> Result<&Path, String> {
        match self.url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Path::new(path)),
            _ => Err(format!("expected an address such as `sqlite:loa.db`, found `{}`", without_password(&self.url))),
        }
    }

    /// The same settings with a relative path taken from `folder`.
    #[must_use]
    pub fn beside(self, folder: &Path) -> Self {
        match self.path() {
            Ok(path) => Self { url: format!("sqlite:{}", PathBuf::from(folder).join(path).display()) },
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
