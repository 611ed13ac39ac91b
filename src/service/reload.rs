//! The settings and the definitions of the feeds, read again while Loa runs: what was changed counts at once, and what
//! cannot be used leaves the old in force.

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::{Present, Service, Setup, setup};
use crate::{
    article::FeedId,
    config::Config,
    feed::Feed,
    schedule::Pace,
    store::{self, PollBasis},
};

/// What reading the files again changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// Whether anything of `bot.toml` that counts at once is another now.
    pub settings: bool,
    /// Keys of `bot.toml` that were changed and count only after a restart.
    pub after_restart: Vec<String>,
    /// What is wrong with the files, each with a way out: what it was about stays as it was.
    pub problems: Vec<String>,
}

impl Changes {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Service {
    /// Reads the settings and the definitions of the feeds again and takes up what they say now.
    ///
    /// # Errors
    /// When the store cannot be read; files are taken up all the same.
    pub async fn reload(&self) -> Result<Changes, store::Error> {
        // One at a time, so that a later reading is never overruled by an earlier one.
        let _turn = self.reloading.lock().await;
        let before = self.present();
        let Some(mut setup) = setup::read_again(before.setup.clone(), &self.definitions).await else { return Ok(Changes::default()) };
        let after_restart = keep_what_needs_a_restart(&mut setup.config, &before.setup.config);
        let mut changes = compare(&before.setup, &setup);
        changes.after_restart = after_restart;
        // Another worker may have been told to let something rest.
        let paused = self.store.paused().await.unwrap_or_else(|_| before.paused.clone());
        let present = match Present::new(setup, paused, Some(&before)) {
            Ok(present) => Arc::new(present),
            Err(error) => {
                changes.problems.push(format!("{error:#}"));
                self.tell(&changes).await;
                return Ok(changes);
            }
        };
        self.poll_at_once(&changes.added).await?;
        self.present.send_replace(present.clone());
        let enrolled = self.enrol().await;
        self.tell(&changes).await;
        self.apply(&changes, &present).await?;
        enrolled?;
        self.forget_absent().await?;
        self.queued.notify_waiters();
        Ok(changes)
    }

    /// A feed that is put back is polled at once, whatever it waited for when it was taken away. One that is polled
    /// already was put back by another worker.
    async fn poll_at_once(&self, added: &[String]) -> Result<(), store::Error> {
        if added.is_empty() {
            return Ok(());
        }
        let enrolled = self.store.enrolled().await?;
        let polled: BTreeSet<&str> = enrolled.iter().filter(|it| it.host.is_some()).map(|it| it.feed.as_str()).collect();
        for id in added.iter().filter(|id| !polled.contains(id.as_str())).filter_map(|id| id.parse::<FeedId>().ok()) {
            self.store.reschedule(&id, Timestamp::now()).await?;
        }
        Ok(())
    }

    /// Publishes what the changes mean for readers.
    async fn apply(&self, changes: &Changes, present: &Present) -> Result<(), store::Error> {
        let is_meant = |feed: &&Feed| [&changes.added, &changes.changed].iter().any(|ids| ids.iter().any(|id| id == feed.id.as_str()));
        let meant: Vec<&Feed> = present.setup.feeds.iter().filter(is_meant).collect();
        if meant.is_empty() && changes.removed.is_empty() {
            return Ok(());
        }
        let mut problems = self.publisher.take_up_change(present.setup.feeds.clone(), present.setup.ids(), &meant).await?;
        for id in changes.removed.iter().filter_map(|id| id.parse::<FeedId>().ok()) {
            problems.extend(self.publisher.remove(&id).await);
        }
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(())
    }

    /// Says what changed, and of each problem once that it is there.
    async fn tell(&self, changes: &Changes) {
        for (ids, words) in [(&changes.added, "added"), (&changes.changed, "changed"), (&changes.removed, "removed")] {
            for id in ids {
                info!(feed.id = %id, "feed `{id}` {words}");
            }
        }
        if changes.settings {
            info!("the settings changed");
        }
        for key in &changes.after_restart {
            warn!("`{key}` was changed and counts after a restart");
        }
        let new: Vec<_> = {
            let mut told = self.told_problems.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let before = std::mem::replace(&mut *told, changes.problems.iter().cloned().collect());
            changes.problems.iter().filter(|problem| !before.contains(*problem)).cloned().collect()
        };
        for problem in new {
            warn!("{problem}");
        }
        if let Err(error) = self.note_files(&changes.problems).await {
            warn!("the store did not keep what is wrong with the files: {error}");
        }
    }

    /// How often a feed is polled.
    pub(super) fn pace(&self, feed: &Feed) -> Pace {
        self.present().setup.config.poll.pace(feed.every)
    }

    pub(super) fn basis(&self, feed: &Feed) -> PollBasis {
        PollBasis { definition: feed.revision, pace: self.pace(feed).to_string() }
    }
}

/// What is made once, at the start, stays as it is; the keys that were changed.
fn keep_what_needs_a_restart(config: &mut Config, before: &Config) -> Vec<String> {
    let mut kept = Vec::new();
    let mut keep = |key: &str, is_other: bool| {
        if is_other {
            kept.push(key.to_owned());
        }
    };
    keep("store.url", config.store != before.store);
    keep("feeds.from", config.feeds != before.feeds);
    keep("web.listen", config.web.listen != before.web.listen);
    keep("web.public-url", config.web.public_url != before.web.public_url);
    keep("web.cache", config.web.cache != before.web.cache);
    keep("publish.folder", config.publish != before.publish);
    (config.store, config.feeds) = (before.store.clone(), before.feeds);
    (config.web, config.publish) = (before.web.clone(), before.publish.clone());
    kept
}

fn compare(before: &Setup, after: &Setup) -> Changes {
    let (ids_before, ids_after): (BTreeSet<_>, BTreeSet<_>) = (before.ids().into_iter().collect(), after.ids().into_iter().collect());
    let revision = |setup: &Setup, id: &FeedId| setup.feeds.iter().find(|feed| feed.id == *id).map(|feed| feed.revision);
    let words = |ids: Vec<&FeedId>| ids.into_iter().map(ToString::to_string).collect();
    Changes {
        added: words(ids_after.difference(&ids_before).collect()),
        changed: words(ids_after.intersection(&ids_before).filter(|id| revision(before, id) != revision(after, id)).collect()),
        removed: words(ids_before.difference(&ids_after).collect()),
        settings: before.revision != after.revision || before.token != after.token,
        after_restart: Vec::new(),
        problems: after.problems.iter().map(ToString::to_string).collect(),
    }
}
