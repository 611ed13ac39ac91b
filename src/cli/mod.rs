//! The command line: one file a command, and how a command ends.

mod add;
mod announce;
mod ask;
mod backfill;
mod backup;
mod check;
mod define;
mod deliveries;
mod demo;
mod extract;
mod feeds;
mod headlines;
mod help;
mod init;
mod log;
mod manual;
mod moving;
mod operate;
mod opml;
mod page_boxes;
mod pause;
mod poll;
mod progress;
mod remove;
mod rename;
mod reread;
mod restore;
mod run;
mod status;
mod terminal;
mod trial;
mod version;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{FromArgMatches as _, Parser, Subcommand};
use jiff::Timestamp;
use loa_reader::page::Page;
use tracing_subscriber::filter::LevelFilter;
use url::Url;

use crate::{
    fetch::{Answer, Client, Request},
    jobs::reading_timeout::Readers,
    service::{self, Settings, Setup, adding::Desk},
};

/// Feeds and a Telegram channel for news portals that have none.
#[derive(Debug, Parser)]
#[command(
    name = "loa",
    version,
    after_help = "Without a command loa runs as the daemon; where nothing is set up it asks what it needs to know.\n\nExample: loa demo"
)]
struct Words {
    /// The bot's settings; feed files are looked up in `feeds/` beside it, where they are files.
    #[arg(long, global = true, value_name = "PATH", default_value = "bot.toml")]
    config: PathBuf,
    /// How the log is written, on standard error; `LOA_LOG` says how much (error, warn, info, debug, trace).
    #[arg(long, global = true, value_name = "FORM", default_value = "text")]
    log: log::Form,
    /// Only what is wrong: in the log, and from `status`.
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The daemon: polls every source when it is due, delivers, publishes and serves.
    Run(run::Arguments),
    /// Asks for a page, a bot and a channel, writes the settings, and goes on as the daemon.
    Init(init::Arguments),
    /// A whole newsroom on this machine: a sample portal, its feeds, and a channel shown here.
    Demo(demo::Arguments),
    /// Looks at a page, shows what would be published, and writes its definition.
    Add(add::Arguments),
    /// What would be found at an address or by a feed, and what could not be read; stores and sends nothing.
    Try(trial::Arguments),
    /// Is everything in order: settings, feeds, and the bot's rights in every channel.
    Check(check::Arguments),
    /// Every feed and every channel: what was done, what waits, what is wrong.
    Status(status::Arguments),
    /// The outbox: what was said, what waits, what is unclear.
    Deliveries(deliveries::Arguments),
    /// Polls one feed now, due or not.
    #[command(visible_alias = "look")]
    Poll(poll::Arguments),
    /// Lets a feed or a channel rest: it is not polled, it says nothing.
    Pause(pause::Arguments),
    /// Lets a feed or a channel go on.
    Resume(pause::Arguments),
    /// Tells a channel of a feed's newest article, if it was not told.
    Announce(announce::Arguments),
    /// The definitions of the feeds: brought in from a folder, written into one, listed.
    Feeds(feeds::Arguments),
    /// Takes a feed away; its articles stay.
    Remove(remove::Arguments),
    /// Gives a feed another name; its old addresses lead to the new ones.
    Rename(rename::Arguments),
    /// Reads an article's page again, or those of a feed's newest articles.
    Reread(reread::Arguments),
    /// Reads further pages of a feed's list for the past; no channel is told.
    Backfill(backfill::Arguments),
    /// Has the running daemon read the settings and feed files again at once; it does so by itself within seconds.
    Reload(operate::Output),
    /// A copy of the database, beside a running daemon.
    Backup(backup::Arguments),
    /// Puts a copy of the database back; nothing is told twice by it.
    Restore(restore::Arguments),
    /// Moves all that is stored into an empty store of another database.
    Move(moving::Arguments),
    /// The two readers on their own: the headlines of a list page, or the article of its page.
    Extract(extract::Arguments),
    /// OPML 2.0 of all feeds, for a feed reader to import.
    Opml,
    /// What this program is: version, target, features, SQLite.
    Version(version::Arguments),
    /// Completions for a shell.
    Completions(manual::CompletionArguments),
    /// The manual page, for `man`.
    Man(manual::ManualArguments),
}

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Something failed, and has been said.
    Failed,
}

/// 128 and the number of SIGPIPE.
const CLOSED_PIPE: u8 = 141;

/// Runs the command that the process was started with: 0 done, 1 something failed, 2 wrong words.
pub fn main() -> ExitCode {
    let language = terminal::language();
    let words = help::command(language).try_get_matches().and_then(|matches| Words::from_arg_matches(&matches));
    let words = match words {
        Ok(words) => words,
        Err(error) => {
            help::tell(&error, language);
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let config = words.config.as_path();
    let command = words.command.unwrap_or_else(|| match config.exists() {
        true => Command::Run(run::Arguments::default()),
        false => Command::Init(init::Arguments::default()),
    });
    // In the demo the terminal belongs to the messages, and while something is set up to the conversation.
    let is_talking = words.quiet || matches!(command, Command::Demo(_) | Command::Init(_));
    log::start(words.log, if is_talking { LevelFilter::WARN } else { LevelFilter::INFO });
    let outcome = match command {
        Command::Run(arguments) => run::run(config, arguments),
        Command::Init(arguments) => init::run(config, &arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Add(arguments) => add::run(config, &arguments),
        Command::Try(arguments) => trial::run(config, &arguments),
        Command::Check(arguments) => check::run(config, &arguments, words.quiet),
        Command::Status(arguments) => status::run(config, &arguments, words.quiet),
        Command::Deliveries(arguments) => deliveries::run(config, &arguments),
        Command::Poll(arguments) => poll::run(config, &arguments),
        Command::Pause(arguments) => pause::pause(config, &arguments),
        Command::Resume(arguments) => pause::resume(config, &arguments),
        Command::Announce(arguments) => announce::run(config, &arguments),
        Command::Feeds(arguments) => feeds::run(config, &arguments),
        Command::Remove(arguments) => remove::run(config, &arguments),
        Command::Rename(arguments) => rename::run(config, &arguments),
        Command::Reread(arguments) => reread::run(config, &arguments),
        Command::Backfill(arguments) => backfill::run(config, &arguments),
        Command::Reload(output) => operate::carry_out(config, service::Request::Reload, output),
        Command::Backup(arguments) => backup::run(config, &arguments),
        Command::Restore(arguments) => restore::run(config, &arguments),
        Command::Move(arguments) => moving::run(config, &arguments),
        Command::Extract(arguments) => extract::run(config, &arguments),
        Command::Opml => opml::run(config),
        Command::Version(arguments) => version::run(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man(arguments) => manual::manual(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        // As if the signal had ended it, which is what shells expect of a pipe.
        Err(error) if error.is::<terminal::ClosedPipe>() => ExitCode::from(CLOSED_PIPE),
        Err(error) => {
            terminal::tell(&error, language);
            ExitCode::FAILURE
        }
    }
}

/// The settings alone.
fn settings(config: &Path) -> anyhow::Result<Settings> {
    Ok(Settings::read(config)?)
}

/// Everything that the operator wrote.
fn setup(config: &Path) -> anyhow::Result<Setup> {
    block_on(async { Ok(service::load(config).await?) })
}

/// Threads for files and names of hosts. Each keeps memory of its own; a few may hang on a slow name server.
const BLOCKING: usize = 16;
/// How long the end of the process waits for such a thread: what hangs there is not worth more.
const LAST_THREADS: Duration = Duration::from_millis(500);

/// Runs `work` to its end on a runtime of its own.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(BLOCKING).enable_all().build()?;
    let result = runtime.block_on(work);
    runtime.shutdown_timeout(LAST_THREADS);
    result
}

/// The door to the web as the settings want it, or by the defaults where there is no settings file.
fn client(config: &Path) -> anyhow::Result<Client> {
    if !config.exists() {
        return Ok(Client::new(&crate::fetch::Settings::default(), Duration::from_secs(1))?);
    }
    let config = settings(config)?.config;
    Ok(Client::new(&config.fetch, config.poll.host_delay.get())?)
}

/// What previews work with: beside a settings file its feeds, without one none.
async fn desk(config: &Path) -> anyhow::Result<Desk> {
    let (feeds, unusable) = match config.exists() {
        true => {
            let setup = service::load(config).await?;
            (std::sync::Arc::unwrap_or_clone(setup.feeds), setup.unusable)
        }
        false => (Vec::new(), Vec::new()),
    };
    Ok(Desk::new(&client(config)?, Readers::default(), feeds, unusable))
}

/// One page from the web.
fn web_page(config: &Path, url: Url) -> anyhow::Result<Page> {
    let client = client(config)?;
    block_on(async move {
        match client.get(&Request::page(url)).await?.answer {
            Answer::Body(body) => Ok(body.into_page(Timestamp::now())),
            Answer::Unchanged => anyhow::bail!("the server answered that nothing had changed, though it was not asked"),
        }
    })
}
