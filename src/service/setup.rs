//! Everything that the operator wrote, read together: `bot.toml`, the files in `feeds/`, and the token.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use crate::{
    article::FeedId,
    cause,
    config::{self, Config},
    feed::{self, Feed},
    settings::Problem,
    target::telegram::{BadProxy, Token},
};

/// The environment variable that holds the bot's token.
const TOKEN: &str = "TELOXIDE_TOKEN";
/// The environment variable that names the proxy to Telegram.
const PROXY: &str = "TELOXIDE_PROXY";
/// The folder of feed files, beside the settings file.
const FEEDS: &str = "feeds";

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
    /// Feeds that are there and cannot be used as their files are: they are not polled, and not removed either.
    pub unusable: Vec<FeedId>,
    /// What is wrong with the rest: each costs only its feed or its line in a channel.
    pub problems: Vec<Problem>,
    /// `None`: nothing is sent.
    pub token: Option<Token>,
}

impl Setup {
    /// Where the definitions of the feeds are.
    pub fn feeds_folder(&self) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(FEEDS)
    }

    /// The file that defines a feed.
    pub fn file_of(&self, feed: &FeedId) -> PathBuf {
        self.feeds_folder().join(format!("{feed}.toml"))
    }

    /// All feeds that there are, also those that cannot be used as their files are, in the order of their names.
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

/// Reads the settings file at `path`, the feed files beside it, and the token.
///
/// # Errors
/// When the settings file itself, or the token, cannot be used.
pub fn load(path: &Path) -> Result<Setup, Problem> {
    let setup = read(path)?;
    Ok(Setup { token: token(&setup.config)?, ..setup })
}

/// The same without the token.
///
/// # Errors
/// When the settings file itself cannot be used.
pub fn read(path: &Path) -> Result<Setup, Problem> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        unreadable(&file, &error).with_hint("name another with `--config PATH`, or start from the `bot.toml` of the project")
    })?;
    let config = with_proxy(config::read(&file, &text, path.parent().unwrap_or(Path::new("")))?)?;
    with_feeds(path, &text, config)
}

/// Reads everything again, while what was read `before` is in force. What cannot be used costs itself alone: the
/// settings file with a mistake, the feed whose file has one and the token that is none stay what they were, and are
/// among the problems.
#[must_use]
pub fn read_again(before: &Setup) -> Setup {
    let (path, file) = (before.path.as_path(), before.path.display().to_string());
    let text = fs::read_to_string(path).map_err(|error| unreadable(&file, &error));
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = text.and_then(|text| Ok((with_proxy(config::read(&file, &text, folder)?)?, text)));
    let (config, text, problem) = match read {
        Ok((config, text)) => (config, text, None),
        Err(problem) => (before.config.clone(), String::new(), Some(problem)),
    };
    let is_kept = problem.is_some();
    let mut setup = match with_feeds(path, &text, config) {
        Ok(setup) => setup,
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

/// The feeds beside the settings file at `path`, whose content is `text`.
fn with_feeds(path: &Path, text: &str, config: Config) -> Result<Setup, Problem> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let (feeds, mut unusable, mut problems) = feeds(&folder.join(FEEDS))?;
    problems.extend(unknown_feeds(&path.display().to_string(), text, &config, &feeds, &unusable));
    let feeds = without_short_intervals(&config, feeds, &mut unusable, &mut problems);
    Ok(Setup { path: path.to_owned(), revision: feed::revision(text), config, feeds: Arc::new(feeds), unusable, problems, token: None })
}

/// The files that everything is read from, as far as they are there: the settings, the token, the feeds.
pub fn files(setup: &Setup) -> Vec<PathBuf> {
    let token = &setup.config.telegram.token_file;
    let token = (!token.as_os_str().is_empty()).then(|| token.clone());
    let feeds = definitions(&setup.feeds_folder()).unwrap_or_default();
    [setup.path.clone()].into_iter().chain(token).chain(feeds).collect()
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

/// The feeds of a folder, the names of those that cannot be used, and what is wrong with them.
#[expect(clippy::type_complexity, reason = "three lists, used once")]
fn feeds(folder: &Path) -> Result<(Vec<Feed>, Vec<FeedId>, Vec<Problem>), Problem> {
    let (mut feeds, mut unusable, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for path in definitions(folder)? {
        match read_feed(&path) {
            Ok(feed) => feeds.push(feed),
            Err(problem) => {
                problems.push(problem);
                unusable.extend(path.file_stem().and_then(|name| FeedId::from_str(&name.to_string_lossy()).ok()));
            }
        }
    }
    Ok((feeds, unusable, problems))
}

/// Reads one feed file; its name is the feed's.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read_feed(path: &Path) -> Result<Feed, Problem> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| unreadable(&file, &error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let id = FeedId::from_str(&name).map_err(|error| Problem {
        file: file.clone(),
        line: None,
        what: error.to_string(),
        hint: Some("rename the file: its name is the feed's address".to_owned()),
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    feed::read(id, &file, &text, folder, &|name| std::env::var(name).ok())
}

fn definitions(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let shown = folder.display().to_string();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(&shown, &error)),
    };
    let paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_, _>>().map_err(|error| unreadable(&shown, &error))?;
    let mut files: Vec<_> = paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
    files.sort();
    Ok(files)
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
                format!("channel `{}` names the feed `{id}`, and there is no `feeds/{id}.toml`", channel.id),
            );
            let nearest = feeds.iter().map(|feed| (strsim::damerau_levenshtein(feed.id.as_str(), id.as_str()), &feed.id)).min();
            match nearest {
                Some((distance, nearest)) if distance <= id.as_str().len() / 2 => problem.with_hint(format!("did you mean `{nearest}`?")),
                _ => problem.with_hint("`\"*\"` stands for all feeds"),
            }
        })
        .collect()
}

/// Intervals under a minute are for private addresses only: elsewhere such a feed is not polled.
fn without_short_intervals(config: &Config, feeds: Vec<Feed>, unusable: &mut Vec<FeedId>, problems: &mut Vec<Problem>) -> Vec<Feed> {
    let is_short = |feed: &Feed| feed.every.is_some_and(|every| every.get().as_secs() < 60) && !config.fetch.allow_private;
    let (short, kept): (Vec<_>, Vec<_>) = feeds.into_iter().partition(is_short);
    problems.extend(short.iter().map(|feed| Problem {
        file: format!("feeds/{}.toml", feed.id),
        line: None,
        what: "`every`: expected `1m` or more".to_owned(),
        hint: Some("shorter intervals are for private addresses only: `[fetch] allow-private = true` in `bot.toml`".to_owned()),
    }));
    unusable.extend(short.into_iter().map(|feed| feed.id));
    kept
}

fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    let what = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("cannot be read: {}", cause::plain(error)),
    };
    Problem { file: file.to_owned(), line: None, what, hint: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_definition_costs_only_its_feed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("feeds")).unwrap();
        write("bot.toml", "[[channel]]\nid = \"a\"\nchat = \"@main\"\nfeeds = [\"good\", \"broken\", \"goood\"]\n");
        write("feeds/good.toml", "url = \"https://a.vn/\"\n");
        write("feeds/broken.toml", "urll = \"https://a.vn/\"\n");
        write("feeds/hasty.toml", "url = \"https://a.vn/\"\nevery = \"5s\"\n");
        let setup = read(&folder.path().join("bot.toml")).unwrap();
        assert_eq!(setup.feeds.iter().map(|feed| feed.id.as_str()).collect::<Vec<_>>(), ["good"]);
        assert_eq!(setup.unusable.iter().map(FeedId::as_str).collect::<Vec<_>>(), ["broken", "hasty"]);
        let problems: Vec<_> =
            setup.problems.iter().map(|problem| problem.to_string().replace(&folder.path().display().to_string(), "…")).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        …/feeds/broken.toml:1: unknown key `urll`: expected one of `url`, `title`, `description`, `icon`, `language`, `time-zone`, `every`, `full-text`, `publish`, `announce-first`, `backfill`, `headers`, `ca-file`, `ignore-robots`, `source`
        hint: did you mean `url`?
        …/bot.toml:4: `channel.feeds`: channel `a` names the feed `goood`, and there is no `feeds/goood.toml`
        hint: did you mean `good`?
        feeds/hasty.toml: `every`: expected `1m` or more
        hint: shorter intervals are for private addresses only: `[fetch] allow-private = true` in `bot.toml`
        ");
    }

    #[test]
    fn a_missing_settings_file_is_named() {
        insta::assert_snapshot!(read(Path::new("no/such.toml")).unwrap_err(), @r"
        no/such.toml: there is no such file
        hint: name another with `--config PATH`, or start from the `bot.toml` of the project
        ");
    }
}
