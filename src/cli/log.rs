//! The log, on standard error: what a person who runs the bot needs to see, and no more.

use std::io::IsTerminal as _;

use clap::ValueEnum;
use tracing::warn;
use tracing_subscriber::filter::LevelFilter;

/// How much is said: `error`, `warn`, `info`, `debug` or `trace`.
const LEVEL: &str = "LOA_LOG";
/// Set by systemd where standard error leads to its journal: the device and the inode of the stream.
const JOURNAL: &str = "JOURNAL_STREAM";

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Form {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Starts the log, which says this much unless the environment wants otherwise. It is started once, by the process.
pub fn start(form: Form, usually: LevelFilter) {
    let asked = std::env::var(LEVEL).ok().filter(|word| !word.is_empty());
    let level = asked.as_ref().map(|word| word.parse::<LevelFilter>());
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_max_level(level.as_ref().and_then(|level| level.as_ref().ok()).copied().unwrap_or(usually))
        // A reader that went away is no reason to end.
        .log_internal_errors(false);
    match form {
        Form::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).init(),
        // The journal dates its lines itself.
        Form::Text if is_journal() => log.with_ansi(false).without_time().init(),
        Form::Text => log.with_ansi(std::io::stderr().is_terminal() && !anstyle_query::no_color()).init(),
    }
    if let (Some(word), Some(Err(_))) = (asked, level) {
        warn!("`{LEVEL}` is `{word}`: expected `error`, `warn`, `info`, `debug` or `trace`");
    }
}

/// Whether standard error is the stream that systemd named, and not one that was redirected since.
fn is_journal() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(named) = std::env::var(JOURNAL) else { return false };
    std::fs::metadata("/dev/stderr").is_ok_and(|stream| named == format!("{}:{}", stream.dev(), stream.ino()))
}
