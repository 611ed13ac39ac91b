//! Everything that the operator wrote, read together: `bot.toml`, the definitions of the feeds, and the token.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use tokio::task::spawn_blocking;

use super::definitions::{self, Definitions, Written, unreadable};
use crate::{
    article::FeedId,
    config::{self, Config, DefinitionsFrom},
    feed::{self, Feed},
    settings::Problem,
    store::{self, Store},
    target::telegram::{BadProxy, Token},
};

/// The environment variable that holds the bot's token.
const TOKEN: &str = "TELOXIDE_TOKEN";
/// The environment variable that names the proxy to Telegram.
const PROXY: &str = "TELOXIDE_PROXY";

/// What there is to work with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The settings file.
    pub path: PathBuf,
    /// A number of the text of that file: another text has another one.
    pub revision: i64,
    pub config: Config,
    /// In the order of their names.
    pub feeds: Arc<Vec<Feed>>,
    /// Feeds that are there and cannot be used as they are defined: they are not polled, and not removed either.
    pub unusable: Vec<FeedId>,
    /// What is wrong with the rest: each costs only its feed or its line in a channel.
    pub problems: Vec<Problem>,
    /// `None`: nothing is sent.
    pub token: Option<Token>,
}

impl Setup {
    /// All feeds that there are, also those that cannot be used as they are defined, in the order of their names.
    pub fn ids(&self) -> Vec<FeedId> {
        let ids: BTreeSet<_> = self.feeds.iter().map(|feed| &feed.id).chain(&self.unusable).collect();
        ids.into_iter().cloned().collect()
    }
}

/// No feed is called so.
#[derive(Debug, thiserror::Error)]
#[error("there is no feed `{id}`\nhint: the feeds are {known}")]
pub struct UnknownFeed {
    id: String,
    known: String,
}

impl Setup {
    /// The feed that is called `id`.
    ///
    /// # Errors
    /// [`UnknownFeed`] with the names of those that there are.
    pub fn feed(&self, id: &str) -> Result<&Feed, UnknownFeed> {
        self.feeds.iter().find(|feed| feed.id.as_str() == id).ok_or_else(|| {
            let known: Vec<String> = self.feeds.iter().map(|feed| format!("`{}`", feed.id)).collect();
            UnknownFeed { id: id.to_owned(), known: if known.is_empty() { "none".to_owned() } else { known.join(", ") } }
        })
    }
}

/// The settings, before it is known which feeds there are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The settings file.
    pub path: PathBuf,
    text: String,
    pub config: Config,
    token: Option<Token>,
}

impl Settings {
    /// Reads the settings file at `path`, and the token.
    ///
    /// # Errors
    /// When the settings file itself, or the token, cannot be used.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            unreadable(&file, &error).with_hint("name another with `--config PATH`, or start from the `bot.toml` of the project")
        })?;
        let config = with_proxy(config::read(&file, &text, path.parent().unwrap_or(Path::new("")))?)?;
        let token = token(&config)?;
        Ok(Self { path: path.to_owned(), text, config, token })
    }

    /// Those that hold where there is no settings file at `path` yet.
    ///
    /// # Errors
    /// When the environment names a proxy or a token that is none.
    pub fn default_at(path: &Path) -> Result<Self, Problem> {
        let config = with_proxy(config::read("", "", path.parent().unwrap_or(Path::new("")))?)?;
        let token = token(&config)?;
        Ok(Self { path: path.to_owned(), text: String::new(), config, token })
    }

    /// The definitions of the feeds, read beside whoever works on the store; none where that is not there yet.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn written(&self) -> Result<Vec<Written>, Problem> {
        match self.config.feeds.from {
            DefinitionsFrom::Folder => Definitions::Folder(definitions::folder(&self.path)).read().await,
            DefinitionsFrom::Store => {
                let store = match Store::visit(&self.config.store).await {
                    Ok(store) => store,
                    Err(store::Error::Missing { .. }) => return Ok(Vec::new()),
                    Err(error) => return Err(definitions::unreadable_store(&error)),
                };
                let written = Definitions::Store(store.clone()).read().await;
                store.close().await;
                written
            }
        }
    }

    /// The feed that is defined so.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn usable(&self, written: &Written) -> Result<Feed, Problem> {
        usable(&self.config, &definitions::folder(&self.path), written)
    }

    /// With the feeds that are defined so.
    #[must_use]
    pub fn with(self, written: &[Written]) -> Setup {
        Setup { token: self.token, ..with_feeds(&self.path, &self.text, self.config, written) }
    }

    /// The same where the definitions cannot be read: without feeds.
    #[must_use]
    pub fn without_feeds(self, problem: Problem) -> Setup {
        let setup = self.with(&[]);
        Setup { problems: vec![problem], ..setup }
    }
}

/// Reads the settings file at `path`, the definitions of the feeds, and the token.
///
/// # Errors
/// When the settings file itself or the token cannot be used, or the definitions cannot be read.
pub async fn load(path: &Path) -> Result<Setup, Problem> {
    let settings = Settings::read(path)?;
    let written = settings.written().await?;
    Ok(settings.with(&written))
}

/// The feed of this name by its definition alone, whatever is wrong with others. `None`: there is none.
///
/// # Errors
/// When its definition cannot be used, or none can be read.
pub async fn feed_named(settings: &Settings, name: &str) -> Result<Option<Feed>, Problem> {
    let written = settings.written().await?;
    written.iter().find(|it| it.name == name).map(|it| settings.usable(it)).transpose()
}

/// Reads everything again, while what was read `before` is in force. What cannot be used costs itself alone: the
/// settings file with a mistake, the feed whose file has one and the token that is none stay what they were, and are
/// among the problems.
///
/// `None` where the process is about to end.
pub async fn read_again(before: Arc<Setup>, definitions: &Definitions) -> Option<Setup> {
    let written = definitions.read().await;
    spawn_blocking(move || again(&before, written)).await.ok()
}

fn again(before: &Setup, written: Result<Vec<Written>, Problem>) -> Setup {
    let (path, file) = (before.path.as_path(), before.path.display().to_string());
    let text = fs::read_to_string(path).map_err(|error| unreadable(&file, &error));
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = text.and_then(|text| Ok((with_proxy(config::read(&file, &text, folder)?)?, text)));
    let (config, text, problem) = match read {
        Ok((config, text)) => (config, text, None),
        Err(problem) => (before.config.clone(), String::new(), Some(problem)),
    };
    let is_kept = problem.is_some();
    let mut setup = match written {
        Ok(written) => with_feeds(path, &text, config, &written),
        Err(unreadable) => Setup { problems: vec![unreadable], ..before.clone() },
    };
    let kept = before.feeds.iter().filter(|feed| setup.unusable.contains(&feed.id)).cloned();
    let feeds = Arc::make_mut(&mut setup.feeds);
    feeds.extend(kept.collect::<Vec<_>>());
    feeds.sort_by(|one, other| one.id.cmp(&other.id));
    setup.problems.extend(problem);
    if is_kept {
        setup.revision = before.revision;
    }
    // What a process was given otherwise than by its files stays.
    setup.token = match token(&setup.config) {
        Ok(token) => token.or_else(|| before.token.clone()),
        Err(problem) => {
            setup.problems.push(problem);
            before.token.clone()
        }
    };
    setup
}

/// The feeds that are defined so, with the settings at `path`, whose content is `text`.
fn with_feeds(path: &Path, text: &str, config: Config, written: &[Written]) -> Setup {
    let folder = definitions::folder(path);
    let (mut feeds, mut unusable, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for written in written {
        match usable(&config, &folder, written) {
            Ok(feed) => feeds.push(feed),
            Err(problem) => {
                problems.push(problem);
                unusable.extend(FeedId::from_str(&written.name).ok());
            }
        }
    }
    problems.extend(unknown_feeds(&path.display().to_string(), text, &config, &feeds, &unusable));
    Setup { path: path.to_owned(), revision: feed::revision(text), config, feeds: Arc::new(feeds), unusable, problems, token: None }
}

/// The feed that is defined so. What its definition says of files is relative to `folder`.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn usable(config: &Config, folder: &Path, written: &Written) -> Result<Feed, Problem> {
    let feed = read_written(folder, written)?;
    // Intervals under a minute are for private addresses only.
    let is_short = feed.every.is_some_and(|every| every.get().as_secs() < 60) && !config.fetch.allow_private;
    if is_short {
        return Err(Problem::at_key(&written.place, written.text.as_deref().unwrap_or_default(), "every", "expected `1m` or more")
            .with_hint("shorter intervals are for private addresses only: `[fetch] allow-private = true` in `bot.toml`"));
    }
    Ok(feed)
}

fn read_written(folder: &Path, written: &Written) -> Result<Feed, Problem> {
    let text = written.text.as_ref().map_err(Clone::clone)?;
    let id = FeedId::from_str(&written.name).map_err(|error| Problem {
        file: written.place.clone(),
        line: None,
        what: error.to_string(),
        hint: Some("rename the file: its name is the feed's address".to_owned()),
    })?;
    feed::read(id, &written.place, text, folder, &|name| std::env::var(name).ok())
}

/// The files that the settings are read from: they themselves, and the token.
pub fn files(setup: &Setup) -> Vec<PathBuf> {
    let token = &setup.config.telegram.token_file;
    let token = (!token.as_os_str().is_empty()).then(|| token.clone());
    [setup.path.clone()].into_iter().chain(token).collect()
}

/// The settings, with the proxy that the environment names in place of theirs.
fn with_proxy(mut config: Config) -> Result<Config, Problem> {
    if let Some(proxy) = std::env::var(PROXY).ok().filter(|proxy| !proxy.trim().is_empty()) {
        let proxy =
            proxy.parse().map_err(|error: BadProxy| Problem { file: PROXY.to_owned(), line: None, what: error.to_string(), hint: None })?;
        config.telegram.proxy = Some(proxy);
    }
    Ok(config)
}

/// The bot's token, from the environment or else from the file that the settings name.
///
/// # Errors
/// For a file that cannot be read, and for what is no token; the token itself is never shown.
fn token(config: &Config) -> Result<Option<Token>, Problem> {
    let hint = "copy it again from @BotFather, whole: digits, a colon, letters";
    let problem = |file: &str, what: String| Problem { file: file.to_owned(), line: None, what, hint: Some(hint.to_owned()) };
    if let Some(token) = std::env::var(TOKEN).ok().filter(|token| !token.trim().is_empty()) {
        return Token::from_str(&token).map(Some).map_err(|error| problem(TOKEN, error.to_string()));
    }
    let path = &config.telegram.token_file;
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    let file = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| unreadable(&file, &error).with_hint("`telegram.token-file` names a file that holds the token and nothing else"))?;
    Token::from_str(&text).map(Some).map_err(|error| problem(&file, error.to_string()))
}

/// Reads one feed file; its name is the feed's.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read_feed(path: &Path) -> Result<Feed, Problem> {
    read_written(path.parent().unwrap_or(Path::new("")), &Written::file(path))
}

/// Channels that name feeds which do not exist.
fn unknown_feeds(file: &str, text: &str, config: &Config, feeds: &[Feed], unusable: &[FeedId]) -> Vec<Problem> {
    let named =
        config.channels.iter().enumerate().flat_map(|(nth, channel)| channel.feeds.iter().flatten().map(move |feed| (nth, channel, feed)));
    let unknown = named.filter(|(_, _, id)| !feeds.iter().any(|feed| feed.id == **id) && !unusable.contains(id));
    unknown
        .map(|(nth, channel, id)| {
            let problem = Problem::at_nth_key(
                file,
                text,
                "channel.feeds",
                nth,
                format!("channel `{}` names the feed `{id}`, and there is no feed of that name", channel.id),
            );
            let nearest = feeds.iter().map(|feed| (strsim::damerau_levenshtein(feed.id.as_str(), id.as_str()), &feed.id)).min();
            match nearest {
                Some((distance, nearest)) if distance <= id.as_str().len() / 2 => problem.with_hint(format!("did you mean `{nearest}`?")),
                _ => problem.with_hint("`\"*\"` stands for all feeds"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_bad_definition_costs_only_its_feed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("feeds")).unwrap();
        write("bot.toml", "[[channel]]\nid = \"a\"\nchat = \"@main\"\nfeeds = [\"good\", \"broken\", \"goood\"]\n");
        write("feeds/good.toml", "url = \"https://a.vn/\"\n");
        write("feeds/broken.toml", "urll = \"https://a.vn/\"\n");
        write("feeds/hasty.toml", "url = \"https://a.vn/\"\nevery = \"5s\"\n");
        let setup = load(&folder.path().join("bot.toml")).await.unwrap();
        assert_eq!(setup.feeds.iter().map(|feed| feed.id.as_str()).collect::<Vec<_>>(), ["good"]);
        assert_eq!(setup.unusable.iter().map(FeedId::as_str).collect::<Vec<_>>(), ["broken", "hasty"]);
        let problems: Vec<_> =
            setup.problems.iter().map(|problem| problem.to_string().replace(&folder.path().display().to_string(), "…")).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        …/feeds/broken.toml:1: unknown key `urll`: expected one of `url`, `title`, `description`, `icon`, `language`, `time-zone`, `every`, `full-text`, `publish`, `announce-first`, `backfill`, `headers`, `ca-file`, `ignore-robots`, `source`
        hint: did you mean `url`?
        …/feeds/hasty.toml:2: `every`: expected `1m` or more
        hint: shorter intervals are for private addresses only: `[fetch] allow-private = true` in `bot.toml`
        …/bot.toml:4: `channel.feeds`: channel `a` names the feed `goood`, and there is no feed of that name
        hint: did you mean `good`?
        ");
    }

    #[test]
    fn a_missing_settings_file_is_named() {
        insta::assert_snapshot!(Settings::read(Path::new("no/such.toml")).unwrap_err(), @r"
        no/such.toml: there is no such file
        hint: name another with `--config PATH`, or start from the `bot.toml` of the project
        ");
    }
}
