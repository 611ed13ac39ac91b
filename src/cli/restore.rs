//! `loa restore FILE`: puts a copy of the store back, so that nothing is told twice.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, block_on, in_store, setup};
use crate::{service::backup, store::Missed};

#[derive(Debug, Args)]
#[command(after_help = "Example: loa restore /var/backups/loa-monday.db

Stop the daemon first. The database that is there is kept under another name.
What the portals published since the backup is recorded when they are polled next and not announced, as it was told already;
nor is what waited to be sent when the backup was made. With `--announce` both are, and some of it is told twice.")]
pub(super) struct Arguments {
    /// A file that `loa backup` made.
    file: PathBuf,
    /// Announce what was published since the backup, and send what waited in it.
    #[arg(long)]
    announce: bool,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let missed = if arguments.announce { Missed::Announced } else { Missed::Unannounced };
    let (restored, contents) = block_on(async { Ok(backup::restore(&setup.config.store, &arguments.file, missed).await?) })?;
    println!("restored: {}", in_store(&contents));
    if let Some(kept) = &restored.kept {
        println!("the database of before is kept as `{}`", kept.display());
    }
    match missed {
        Missed::Unannounced => println!("what was published since the backup is recorded at each feed's next good poll, and not announced"),
        Missed::Announced => println!("what was published since the backup is announced, and so is what waited in it"),
    }
    if restored.dropped > 0 {
        println!(
            "{} that waited in the backup are not sent: `loa deliveries --state dropped` lists them",
            super::counted(restored.dropped, "delivery", "deliveries")
        );
    }
    Ok(Outcome::Done)
}
