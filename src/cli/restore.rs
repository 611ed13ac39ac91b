//! `loa restore FILE`: puts a copy of the store back, so that nothing is told twice.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{
    Outcome,
    backup::contents,
    block_on,
    operate::Output,
    settings,
    terminal::{self, Looks, Sheet},
};
use crate::{
    service::backup::{self, Contents},
    store::Missed,
    words::{Language, backup as said},
};

#[derive(Debug, Args)]
#[command(after_help = "Example: loa restore /var/backups/loa-monday.db

Stop the daemon first. The database that is there is kept under another name.
What the portals published since the backup may have been told already, and so may what waited to be sent when it was made.
Loa looks into each channel and announces what is not there; where it cannot look, it announces none of it.
With `--announce` it announces all of it without looking, and some of it is told twice.")]
pub(super) struct Arguments {
    /// A file that `loa backup` made.
    file: PathBuf,
    /// Announce what was published since the backup, and send what waited in it, without looking.
    #[arg(long)]
    announce: bool,
    #[command(flatten)]
    output: Output,
}

/// What was put back.
#[derive(Debug, Serialize)]
struct PutBack {
    #[serde(flatten)]
    contents: Contents,
    /// Where the database of before is.
    kept: Option<PathBuf>,
    /// Whether what was published since is announced.
    announced: bool,
    /// Deliveries that waited, about which the channels are asked.
    doubtful: u64,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (settings, language) = (settings(config)?, terminal::language());
    let missed = if arguments.announce { Missed::Announced } else { Missed::Asked };
    let restored = async { Ok(backup::restore(&settings.config.store, &arguments.file, missed).await?) };
    let (restored, contents) = block_on(terminal::while_waiting(said::copying(language), restored))?;
    let put_back = PutBack { contents, kept: restored.kept, announced: arguments.announce, doubtful: restored.doubtful };
    if arguments.output.json {
        terminal::print_json(&put_back)?;
    } else {
        terminal::print(&in_words(&put_back, language, terminal::output()))?;
    }
    Ok(Outcome::Done)
}

fn in_words(put_back: &PutBack, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(&said::restored(language, &contents(&put_back.contents, language)));
    if let Some(kept) = &put_back.kept {
        sheet.line(&said::kept(language, &kept.display().to_string()));
    }
    sheet.line(&if put_back.announced { said::announced(language) } else { said::asked(language) });
    if put_back.doubtful > 0 {
        sheet.line(&said::doubtful(language, put_back.doubtful));
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_well_everywhere() {
        let contents = Contents { feeds: 1, articles: 1, changed_at: None, bytes: 123_456 };
        let put_back = PutBack { contents, kept: Some("/var/lib/loa/loa.db.before-restore".into()), announced: false, doubtful: 3 };
        insta::assert_snapshot!("restore", terminal::in_every_look(|looks, language| in_words(&put_back, language, looks)));
    }
}
