//! `loa opml`: the list of all feeds, for a feed reader to import.

use std::{io::Write, path::Path};

use super::{Outcome, setup};
use crate::{jobs::publish, render};

pub(super) fn run(config: &Path) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let abouts: Vec<_> = setup.feeds.iter().map(|feed| publish::about(feed, &setup.config.web.public_url)).collect();
    std::io::stdout().write_all(&render::opml("Loa", &abouts).bytes)?;
    Ok(Outcome::Done)
}
