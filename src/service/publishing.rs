//! What is published, and when a failure to do so is only a warning.

use tracing::warn;

use super::Service;
use crate::{feed::Feed, store};

impl Service {
    /// Takes up what an earlier run left: the hosts that are left alone, and everything that is stored. Whether all of it was published.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_everything(&self) -> Result<bool, store::Error> {
        self.take_up_holds().await?;
        let problems = self.publisher.publish_everything(&self.present().setup.feeds).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(problems.is_empty())
    }

    /// The same for a round that serves nobody: only files that are not up to date are written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_outdated(&self) -> Result<bool, store::Error> {
        self.take_up_holds().await?;
        let problems = self.publisher.publish_outdated(&self.present().setup.feeds).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(problems.is_empty())
    }

    /// Notes at the end of such a round what the files were made from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn keep_fingerprints(&self) -> Result<(), store::Error> {
        let problems = self.publisher.keep_fingerprints(&self.present().setup.feeds).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(())
    }

    /// Publishes the list of all feeds again, as after one of them got its portal's name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_list(&self) -> Result<(), store::Error> {
        for problem in self.publisher.publish_opml(&self.present().setup.feeds).await? {
            warn!("{problem}");
        }
        Ok(())
    }

    /// Publishes what changed with one feed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish(&self, feed: &Feed) -> Result<(), store::Error> {
        for problem in self.publisher.publish_change(feed).await? {
            warn!(feed.id = %feed.id, "{problem}");
        }
        Ok(())
    }
}
