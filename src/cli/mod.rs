//! The command line: one file a command, and how a command ends.

mod extract;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// Feeds and a Telegram channel for news portals that have none.
#[derive(Debug, Parser)]
#[command(name = "loa", version, after_help = "Example: loa extract list --url https://portal.example/tin-tuc page.html")]
struct Words {
    /// The bot's settings; feed files are looked up in `feeds/` beside it.
    #[arg(long, global = true, value_name = "PATH", default_value = "bot.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The two readers on their own: the headlines of a list page, or the article of its page.
    Extract(extract::Arguments),
}

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Something failed, and has been said.
    Failed,
}

/// Runs the command that the process was started with: 0 done, 1 something failed, 2 wrong words.
pub fn main() -> ExitCode {
    let words = match Words::try_parse() {
        Ok(words) => words,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed terminal is no reason to fail again.
            let _closed = error.print();
            return ExitCode::from(code);
        }
    };
    let outcome = match words.command {
        Command::Extract(arguments) => extract::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
