//! What is published, and when a failure to do so is only a warning.

use tracing::warn;

use super::Service;
use crate::{
    feed::Feed,
    store::{self, Heard},
};

impl Service {
    /// Takes up what an earlier run left: the hosts that are left alone, and what is stored of feeds, whose documents
    /// can be asked for from here on. Whether the files of feeds that are no more are gone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_up_stored(&self) -> Result<bool, store::Error> {
        self.take_up_holds().await?;
        let present = self.present();
        let problems = self.publisher.take_up(present.setup.feeds.clone(), present.setup.ids()).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(problems.is_empty())
    }

    /// Takes up what another process has changed: whoever waits for that is woken, and what it published is made anew
    /// when a reader asks for it. Its files are its own to write.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_up_heard(&self, heard: &Heard) -> Result<(), store::Error> {
        self.wake(heard);
        let present = self.present();
        match heard {
            Heard::Published(id) => match present.feed(id) {
                Some(feed) => self.publisher.take_up_published(feed).await,
                None => Ok(()),
            },
            Heard::Anything => {
                let problems = self.publisher.take_up(present.setup.feeds.clone(), present.setup.ids()).await?;
                problems.iter().for_each(|problem| warn!("{problem}"));
                self.documents.forget_all();
                Ok(())
            }
            Heard::Work | Heard::Deliveries | Heard::Operator | Heard::Wanted(_) => Ok(()),
        }
    }

    /// Writes the files that are not up to date; whether all of them are now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_outdated(&self) -> Result<bool, store::Error> {
        let problems = self.publisher.publish_outdated().await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(problems.is_empty())
    }

    /// Publishes the list of all feeds again, as after one of them got its portal's name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_list(&self) -> Result<(), store::Error> {
        for problem in self.publisher.publish_list().await? {
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
