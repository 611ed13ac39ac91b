//! Copies of the store: made while the daemon runs, and put back so that nothing is told twice.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::Serialize;

use crate::store::{Error, Missed, Restored, Settings, Store};

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contents {
    pub feeds: usize,
    pub articles: u64,
    /// When an article was last added or corrected.
    pub changed_at: Option<Timestamp>,
    pub bytes: u64,
}

/// Copies the store to a new file, and looks at what came of it.
///
/// # Errors
/// As [`Store::back_up`]. Nothing is left behind then.
pub async fn back_up(settings: &Settings, to: &Path) -> Result<Contents, Error> {
    Store::back_up(settings, to).await?;
    contents(to).await
}

/// Puts a copy back, and looks at what is stored now.
///
/// # Errors
/// As [`Store::restore`]. The store is as it was then.
pub async fn restore(settings: &Settings, from: &Path, missed: Missed) -> Result<(Restored, Contents), Error> {
    let restored = Store::restore(settings, from, missed, Timestamp::now()).await?;
    let store = Store::visit(settings).await?;
    let contents = sum_up(&store, 0).await;
    store.close().await;
    Ok((restored, Contents { bytes: size(from), ..contents? }))
}

/// Opens a copy as a store is opened, and sums it up.
async fn contents(file: &Path) -> Result<Contents, Error> {
    // The folder of a relative path is the one that the command was given in.
    let file = std::path::absolute(file).unwrap_or_else(|_| PathBuf::from(file));
    let copy = Store::visit(&Settings::at(format!("sqlite:{}", file.display()))).await?;
    let contents = sum_up(&copy, size(&file)).await;
    copy.close().await;
    contents
}

async fn sum_up(store: &Store, bytes: u64) -> Result<Contents, Error> {
    let summaries = store.summaries().await?;
    Ok(Contents {
        feeds: summaries.len(),
        articles: summaries.iter().map(|feed| feed.articles).sum(),
        changed_at: summaries.iter().filter_map(|feed| feed.changed_at).max(),
        bytes,
    })
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len())
}
