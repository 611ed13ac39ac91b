//! `loa move --to URL`: all that is stored into an empty store of another database.

use std::path::{Path, absolute};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{
    Outcome, block_on,
    operate::Output,
    settings,
    terminal::{self, Looks, Sheet},
};
use crate::{
    store::{MoveProgress, Moved, Store},
    words::{Language, backup as said},
};

#[derive(Debug, Args)]
#[command(after_help = "Example: loa move --to postgres://loa@db.example/loa

Stop every loa that works on either before. Every row is read back and compared; either all of it is there at the end, or nothing. The store
of before stays as it was, and nothing is announced again with the new one.")]
pub(super) struct Arguments {
    /// An empty store: `sqlite:` and a file, or `postgres://` and a database.
    #[arg(long, value_name = "URL")]
    to: String,
    #[command(flatten)]
    output: Output,
}

/// What was moved.
#[derive(Debug, Serialize)]
struct Done {
    from: String,
    to: String,
    rows: u64,
    hash: String,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (settings, language) = (settings(config)?, terminal::language());
    let from = &settings.config.store;
    // The folder of a relative path is the one that the command was given in.
    let to = from.elsewhere(&arguments.to).beside(&absolute(".")?);
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {msg}") {
        bar.set_style(style);
    }
    let tell = |progress: MoveProgress| {
        bar.set_length(progress.of);
        bar.set_position(progress.rows);
        bar.set_message(said::moving(language, progress.rows, progress.of));
    };
    let moved = block_on(async { Ok(Store::move_to(from, &to, &tell).await?) });
    bar.finish_and_clear();
    let Moved { rows, hash } = moved?;
    let done = Done { from: from.name(), to: to.name(), rows, hash };
    if arguments.output.json {
        terminal::print_json(&done)?;
    } else {
        terminal::print(&in_words(&done, language, terminal::output()))?;
    }
    Ok(Outcome::Done)
}

fn in_words(done: &Done, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(&said::moved(language, done.rows, &done.to));
    sheet.line(&said::moved_hash(language, &done.hash));
    sheet.line(&said::moved_next(language, &done.to));
    sheet.line(&said::moved_stays(language, &done.from));
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_well_everywhere() {
        let done = Done {
            from: "sqlite:/var/lib/loa/loa.db".to_owned(),
            to: "postgres://loa@db.example/loa".to_owned(),
            rows: 1_400_000,
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        };
        insta::assert_snapshot!("move", terminal::in_every_look(|looks, language| in_words(&done, language, looks)));
    }
}
