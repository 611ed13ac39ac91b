//! The log, on standard error: what a person who runs the bot needs to see, and no more.

use std::io::IsTerminal as _;

use tracing_subscriber::filter::LevelFilter;

/// How much is said: `error`, `warn`, `info`, `debug` or `trace`.
const LEVEL: &str = "LOA_LOG";

/// Starts the log, which says this much unless the environment wants otherwise. It is started once, by the process.
pub fn start(usually: LevelFilter) {
    let level = std::env::var(LEVEL).ok().and_then(|word| word.parse::<LevelFilter>().ok()).unwrap_or(usually);
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .with_max_level(level)
        .init();
}
