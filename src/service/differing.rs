//! Definitions of feeds that not all workers have alike, as each has files of its own: said, and no more, as files are
//! rolled out one by one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
};

use tracing::warn;

use super::{Service, Setup};
use crate::{
    feed,
    store::{self, DefinitionPrints, Store, Worker},
};

/// Feeds that are named.
const NAMED: usize = 5;

/// What was found different, worker by worker and feed by feed, and whether it was said.
pub(super) type Differing = std::sync::Mutex<BTreeMap<(String, String), bool>>;

/// Which definitions there are.
pub(super) fn prints(setup: &Setup) -> DefinitionPrints {
    setup.feeds.iter().map(|feed| (feed.id.to_string(), feed.revision)).collect()
}

/// A number of all of them.
pub(super) fn print(prints: &DefinitionPrints) -> i64 {
    // 0 is that of a worker which does not say.
    match feed::revision(&format!("{prints:?}")) {
        0 => 1,
        print => print,
    }
}

/// The feeds that not all of these workers define alike.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn differing(workers: &[Worker], store: &Store) -> Result<Vec<String>, store::Error> {
    let said: BTreeSet<i64> = workers.iter().map(|worker| worker.report.definitions).filter(|print| *print != 0).collect();
    if said.len() < 2 {
        return Ok(Vec::new());
    }
    let all = store.definitions_of_workers().await?;
    let prints: Vec<&DefinitionPrints> = workers.iter().filter_map(|worker| all.get(&worker.id)).collect();
    let feeds: BTreeSet<&String> = prints.iter().flat_map(|prints| prints.keys()).collect();
    let is_alike = |feed: &&String| prints.windows(2).all(|pair| pair[0].get(*feed) == pair[1].get(*feed));
    Ok(feeds.into_iter().filter(|feed| !is_alike(feed)).cloned().collect())
}

/// The first of some feeds, in words.
pub fn named<'a>(feeds: impl ExactSizeIterator<Item = &'a String>) -> String {
    let count = feeds.len();
    let names: Vec<String> = feeds.take(NAMED).map(|feed| format!("`{feed}`")).collect();
    format!("{}{}", names.join(", "), if count > NAMED { ", …" } else { "" })
}

impl Service {
    /// Says of other workers that their definitions are not those of this one: once, when it stays so for a while.
    pub(super) async fn compare_definitions(&self, own: &DefinitionPrints, workers: &[Worker]) -> Result<(), store::Error> {
        let own_print = print(own);
        let is_other = |worker: &&Worker| worker.id != self.worker && ![0, own_print].contains(&worker.report.definitions);
        let others: Vec<&Worker> = workers.iter().filter(is_other).collect();
        let all = if others.is_empty() { BTreeMap::new() } else { self.store.definitions_of_workers().await? };
        let mut new: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        {
            let mut before = self.differing.lock().unwrap_or_else(PoisonError::into_inner);
            let mut now = BTreeMap::new();
            for worker in &others {
                let Some(theirs) = all.get(&worker.id) else { continue };
                let feeds: BTreeSet<&String> = own.keys().chain(theirs.keys()).collect();
                for feed in feeds.into_iter().filter(|feed| own.get(*feed) != theirs.get(*feed)) {
                    let key = (worker.id.clone(), feed.clone());
                    let was_said = before.get(&key).copied();
                    if was_said == Some(false) {
                        new.entry(&worker.name).or_default().push(feed.clone());
                    }
                    now.insert(key, was_said.is_some());
                }
            }
            *before = now;
        }
        for (worker, feeds) in new {
            warn!(
                "worker `{worker}` has other definitions than this one of {}: who polls them goes by its own\nhint: give all workers the same files, or keep definitions in the store: `[feeds] from = \"store\"`",
                named(feeds.iter())
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_definitions_have_different_numbers_and_none_is_that_of_silence() {
        let of = |revision: i64| print(&BTreeMap::from([("police".to_owned(), revision)]));
        let all: BTreeSet<i64> = (-50..50).map(of).collect();
        assert!(all.len() == 100 && !all.contains(&0), "{all:?}");
    }
}
