//! `loa opml`: the list of all feeds, for a feed reader to import.

use std::{collections::HashMap, path::Path};

use loa_reader::list::Presentation;

use super::{Outcome, block_on, setup, terminal};
use crate::{
    article::FeedId,
    jobs::publish,
    render,
    store::{self, Portal, Store},
};

pub(super) fn run(config: &Path) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let portals = block_on(async { Ok(portals(&setup.config.store).await?) })?;
    let about = |feed| publish::about(feed, portals.get(&feed.id), Presentation::default(), &setup.config.web.public_url);
    let abouts: Vec<_> = setup.feeds.iter().map(about).collect();
    terminal::print_bytes(&render::opml("Loa", &abouts).bytes)?;
    Ok(Outcome::Done)
}

/// The names of portals whose feeds' files give none; before the first run nothing was learned.
async fn portals(settings: &store::Settings) -> Result<HashMap<FeedId, Portal>, store::Error> {
    let store = match Store::visit(settings).await {
        Err(store::Error::Missing { .. }) => return Ok(HashMap::new()),
        opened => opened?,
    };
    let summaries = store.summaries().await;
    store.close().await;
    Ok(summaries?.into_iter().filter_map(|summary| Some((summary.feed, summary.portal?))).collect())
}
