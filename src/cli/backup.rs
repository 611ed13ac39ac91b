//! `loa backup FILE`: a copy of the store, beside a running daemon.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, block_on, in_store, setup};
use crate::service::backup;

#[derive(Debug, Args)]
#[command(after_help = "Example: loa backup /var/backups/loa-monday.db

The copy is whole whatever is being written meanwhile, and nobody else may read it: it holds all articles and what was sent.
`bot.toml` and `feeds/` are not in it. `loa restore FILE` puts it back.")]
pub(super) struct Arguments {
    /// A new file: nothing is written over.
    file: PathBuf,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let file = &arguments.file;
    let contents = block_on(async { Ok(backup::back_up(&setup.config.store, file).await?) })?;
    println!("`{}` holds {}", file.display(), in_store(&contents));
    Ok(Outcome::Done)
}
