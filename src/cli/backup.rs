//! `loa backup FILE`: a copy of the store, beside a running daemon.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{
    Outcome, block_on,
    operate::Output,
    settings,
    terminal::{self, Looks, Sheet},
};
use crate::{
    service::backup::{self, Contents},
    unit,
    words::{Language, backup as said},
};

#[derive(Debug, Args)]
#[command(after_help = "Example: loa backup /var/backups/loa-monday.db

The copy is whole whatever is being written meanwhile, and nobody else may read it: it holds all articles and what was sent.
`bot.toml` and `feeds/` are not in it. `loa restore FILE` puts it back.")]
pub(super) struct Arguments {
    /// A new file: nothing is written over.
    file: PathBuf,
    #[command(flatten)]
    output: Output,
}

/// What was made.
#[derive(Debug, Serialize)]
struct Made<'a> {
    file: &'a Path,
    #[serde(flatten)]
    contents: Contents,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (settings, language) = (settings(config)?, terminal::language());
    let file = &arguments.file;
    let copied = async { Ok(backup::back_up(&settings.config.store, file).await?) };
    let contents = block_on(terminal::while_waiting(said::copying(language), copied))?;
    let made = Made { file, contents };
    if arguments.output.json {
        terminal::print_json(&made)?;
    } else {
        terminal::print(&in_words(&made, language, terminal::output()))?;
    }
    Ok(Outcome::Done)
}

fn in_words(made: &Made<'_>, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(&said::holds(language, &made.file.display().to_string(), &contents(&made.contents, language)));
    sheet.into_text()
}

/// What a copy of the store holds.
pub(super) fn contents(contents: &Contents, language: Language) -> String {
    let step = if contents.bytes < 10_000_000 { 1000 } else { 1_000_000 };
    let size = unit::Size::from_bytes(contents.bytes.div_ceil(step) * step).to_string();
    match contents.changed_at {
        Some(at) => {
            let changed = at.strftime(&said::moment_format(language)).to_string();
            said::contents_until(language, contents.articles, contents.feeds, &changed, &size)
        }
        None => said::contents(language, contents.articles, contents.feeds, &size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_well_everywhere() {
        let contents = Contents { feeds: 12, articles: 4711, changed_at: Some("2026-11-24T12:00:00Z".parse().unwrap()), bytes: 8_123_456 };
        let made = Made { file: Path::new("/var/backups/loa-monday.db"), contents };
        insta::assert_snapshot!("backup", terminal::in_every_look(|looks, language| in_words(&made, language, looks)));
    }
}
