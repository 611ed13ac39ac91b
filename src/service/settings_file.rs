//! `bot.toml`, written for an operator who has none yet, and changed where a bot and its channel are set up.
//!
//! Everything that stands in the file stays as it was written. The token never comes into it: that is in a file of its
//! own.

use std::{
    fs::{self, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use toml_edit::{DocumentMut, Item, Table, Value, value};

use crate::{channel::ChannelId, target::telegram::Token};

/// What every key is when it is left out, with a word on each.
const DEFAULTS: &str = include_str!("../../bot.toml");
/// The token's file, beside the settings.
const TOKEN_FILE: &str = "bot.token";

/// Why the settings were not written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot write `{}`", path.display())]
    Unwritten {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` is not what it should be: {why}", path.display())]
    Unreadable { path: PathBuf, why: String },
}

/// Writes settings that say what happens when a key is left out; never over a file that is there.
///
/// # Errors
/// When there is one, or it cannot be written.
pub fn create(path: &Path) -> Result<(), Error> {
    let write = || {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        OpenOptions::new().write(true).create_new(true).open(path)?.write_all(DEFAULTS.as_bytes())
    };
    write().map_err(|source| Error::Unwritten { path: path.to_owned(), source })
}

/// Keeps the token in a file that only its owner may read, and names that in the settings.
///
/// # Errors
/// When one of the two cannot be written.
pub fn keep_token(settings: &Path, token: &Token) -> Result<(), Error> {
    let file = settings.with_file_name(TOKEN_FILE);
    let write = || {
        let mut new = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&file)?;
        // One that was there keeps its mode otherwise.
        new.set_permissions(Permissions::from_mode(0o600))?;
        new.write_all(token.reveal().as_bytes())
    };
    write().map_err(|source| Error::Unwritten { path: file.clone(), source })?;
    set(settings, "telegram", "token-file", TOKEN_FILE)
}

/// Adds a channel.
///
/// # Errors
/// When the settings cannot be written.
pub fn add_channel(settings: &Path, id: &ChannelId, chat: &str) -> Result<(), Error> {
    let unwritten = |source| Error::Unwritten { path: settings.to_owned(), source };
    let text = fs::read_to_string(settings).map_err(unwritten)?;
    let mut channel = Table::new();
    channel["id"] = value(id.as_str());
    channel["chat"] = match chat.parse::<i64>() {
        Ok(number) => value(number),
        Err(_) => value(chat),
    };
    // At the end, behind what is said there of channels.
    replace(settings, &format!("{}\n\n[[channel]]\n{channel}", text.trim_end())).map_err(unwritten)
}

/// Sets a key of a section; the word behind its line stays.
///
/// # Errors
/// When the settings cannot be written.
pub fn set(settings: &Path, section: &str, key: &str, new: impl Into<Value>) -> Result<(), Error> {
    let mut new = new.into();
    change(settings, |document| {
        let section = document.entry(section).or_insert_with(|| Item::Table(Table::new()));
        if let Some(old) = section.get(key).and_then(Item::as_value) {
            *new.decor_mut() = old.decor().clone();
        }
        section[key] = Item::Value(new);
    })
}

/// Changes the file; it is whole at every moment.
pub(super) fn change(path: &Path, change: impl FnOnce(&mut DocumentMut)) -> Result<(), Error> {
    let unwritten = |source| Error::Unwritten { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(unwritten)?;
    let mut document =
        text.parse::<DocumentMut>().map_err(|error| Error::Unreadable { path: path.to_owned(), why: error.message().to_owned() })?;
    change(&mut document);
    let changed = document.to_string();
    if changed == text {
        return Ok(());
    }
    replace(path, &changed).map_err(unwritten)
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("toml.new");
    fs::write(&new, text)?;
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    #[test]
    fn a_bot_and_its_channel_are_set_up_and_everything_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/bot.toml");
        create(&path).unwrap();
        assert!(create(&path).is_err(), "a file that is there is never written over");
        let token = folder.path().join("new/bot.token");
        // One from before, that everybody may read.
        fs::write(&token, "").unwrap();
        fs::set_permissions(&token, Permissions::from_mode(0o644)).unwrap();
        keep_token(&path, &"1000:first-minute".parse().unwrap()).unwrap();
        add_channel(&path, &"main".parse().unwrap(), "-1001234").unwrap();
        add_channel(&path, &"more".parse().unwrap(), "@more").unwrap();
        set(&path, "telegram", "ops-chat", 77).unwrap();
        assert_eq!(fs::metadata(&token).unwrap().permissions().mode() & 0o777, 0o600);
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("first-minute"));
        let config = config::read("bot.toml", &text, folder.path()).unwrap();
        let channels: Vec<_> = config.channels.iter().map(|channel| (channel.id.as_str(), channel.address.to_string())).collect();
        assert_eq!(channels, [("main", "-1001234".to_owned()), ("more", "@more".to_owned())]);
        assert_eq!(config.telegram.ops_chat, 77);
        // What stood there stands there.
        let added = ["token-file", "ops-chat"];
        let kept = |line: &&str| !added.iter().any(|key| line.starts_with(key));
        assert_eq!(
            DEFAULTS.lines().filter(kept).collect::<Vec<_>>(),
            text.lines().filter(kept).take(DEFAULTS.lines().filter(kept).count()).collect::<Vec<_>>()
        );
    }
}
