//! The past of a feed: further pages of its list, recorded and told to nobody, because its file or the operator wants
//! it.

use std::time::{Duration, Instant};

use tracing::{info, warn};

use super::{
    Present, Service,
    request::{Answer, Error},
};
use crate::{
    article::FeedId,
    cause,
    feed::Feed,
    fetch,
    jobs::poll::{self as job, PastPage},
    store,
};

/// How long a visit of a host may go on for it; the rest is read after the next polls.
const TIME: Duration = Duration::from_mins(2);

impl Service {
    /// Reads one further page of a feed's past, until so many are read.
    pub(super) async fn backfill(&self, name: &str, pages: u32) -> Result<Answer, Error> {
        let id = self.feed_named(name)?;
        let state = self.store.feed_state(&id).await?;
        if state.began_at.is_none() {
            return Err(Error::refused(format!("`{id}` has no article yet"), format!("`loa poll {id}` polls it now")));
        }
        let past = self.store.learned(&id).await?.past;
        if past.pages >= pages || past.is_whole {
            return Ok(Answer::Backfilled {
                feed: id.to_string(),
                pages: past.pages,
                found: 0,
                new: 0,
                is_done: true,
                is_whole: past.is_whole,
            });
        }
        let Some(host) = self.present().feed(&id).map(|feed| fetch::host(feed.watched())) else {
            return Err(Error::refused(format!("the file of `{id}` cannot be used as it is"), "`loa check` says what is wrong with it"));
        };
        let work = async {
            let present = self.present();
            match present.feed(&id) {
                Some(feed) => Some(self.page_of_past(&present, feed).await),
                None => None,
            }
        };
        match self.in_turn(&host, Box::pin(work)).await? {
            Some(Ok(PastPage { past, found, recorded })) => Ok(Answer::Backfilled {
                feed: id.to_string(),
                pages: past.pages,
                found: u32::try_from(found).unwrap_or(u32::MAX),
                new: recorded.articles,
                is_done: past.pages >= pages || past.is_whole,
                is_whole: past.is_whole,
            }),
            Some(Err(job::Error::Store(error))) => Err(error.into()),
            Some(Err(error)) => {
                let told = cause::tell(&error);
                Err(Error::refused(
                    format!("further page {} of `{id}` could not be read: {}", past.pages + 1, told.in_a_line()),
                    "the same command goes on from there later",
                ))
            }
            None => Err(Error::refused(format!("there is no feed `{id}`"), "`loa status` lists them")),
        }
    }

    async fn page_of_past(&self, present: &Present, feed: &Feed) -> Result<PastPage, job::Error> {
        let terms = self.poll_terms(feed, present);
        let read = Box::pin(job::read_past(feed, &terms)).await;
        self.keep_holds().await;
        if let Ok(page) = &read
            && page.recorded.is_change()
        {
            info!(
                feed.id = %feed.id, new = page.recorded.articles,
                "`{}`: {} articles of the past, from further page {}", feed.id, page.recorded.articles, page.past.pages
            );
            if let Err(error) = self.publish(feed).await {
                warn!(feed.id = %feed.id, "`{}` could not be published: {error:#}", feed.id);
            }
        }
        read
    }

    /// Reads of a feed's past what its file wants and there is time for, where that is not done yet.
    pub(super) async fn fill_past(&self, present: &Present, feed: &Feed) {
        if feed.backfill == 0 || self.is_filled(&feed.id, feed.backfill) {
            return;
        }
        let began = Instant::now();
        while began.elapsed() < TIME {
            match self.is_past_read(feed).await {
                Ok(false) => (),
                Ok(true) => return self.note_filled(&feed.id, feed.backfill),
                Err(error) => {
                    return warn!(feed.id = %feed.id, "the store does not say how far the past of `{}` was read: {error}", feed.id);
                }
            }
            if let Err(error) = self.page_of_past(present, feed).await {
                return warn!(feed.id = %feed.id, "the past of `{}` is read on later: {}", feed.id, cause::tell(&error));
            }
        }
    }

    async fn is_past_read(&self, feed: &Feed) -> Result<bool, store::Error> {
        let past = self.store.learned(&feed.id).await?.past;
        Ok(past.is_whole || past.pages >= feed.backfill)
    }

    fn is_filled(&self, feed: &FeedId, pages: u32) -> bool {
        self.filled.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(feed).is_some_and(|filled| *filled >= pages)
    }

    fn note_filled(&self, feed: &FeedId, pages: u32) {
        self.filled.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(feed.clone(), pages);
    }
}
