//! One poll of a feed with all that follows from it: what it brought is logged, published and announced, and its failure is told.

use jiff::Timestamp;
use loa_reader::text;
use tracing::{debug, info, warn};

use super::{Beat, Present, Service};
use crate::{
    article::FeedId,
    feed::Feed,
    fetch::Client,
    jobs::poll::{self as job, Report},
    store,
};

/// New headlines of one poll that the log names.
const LOGGED: usize = 20;

/// Why a feed is polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its time has come; where somebody else was quicker, it is not polled again.
    Due,
    /// Somebody wants it, due or not, resting or not.
    Asked,
}

impl Service {
    /// Polls a feed once, by its definition as it is when its turn comes, and publishes and queues what came of it. `None`: it was not
    /// polled, as there is no such feed any more, or it is not due any more. The error is the store's alone: everything else is recorded
    /// with the feed.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn poll(&self, id: &FeedId, why: Why) -> Result<Option<Result<Report, job::Error>>, store::Error> {
        self.poll_through(None, id, why).await
    }

    /// The same through another door: one that remembers what a preview was made from asks nobody a second time.
    ///
    /// # Errors
    /// As [`Service::poll`].
    pub async fn poll_with(&self, id: &FeedId, client: &Client) -> Result<Option<Result<Report, job::Error>>, store::Error> {
        self.poll_through(Some(client), id, Why::Asked).await
    }

    async fn poll_through(
        &self,
        client: Option<&Client>,
        id: &FeedId,
        why: Why,
    ) -> Result<Option<Result<Report, job::Error>>, store::Error> {
        let Some(watched) = self.present().feed(id).map(|feed| feed.watched().clone()) else { return Ok(None) };
        let turn = self.turns.of(&watched).await;
        // Whoever waited for the turn may find the feed changed, renamed, or polled.
        let present = self.present();
        let Some(feed) = present.feed(id) else { return Ok(None) };
        if why == Why::Due && (present.paused.feeds.contains(id) || self.due(feed, Timestamp::now()).await? > Timestamp::now()) {
            return Ok(None);
        }
        self.health.working(&Beat::Feed(id.clone()), Timestamp::now());
        let terms = self.poll_terms(feed, &present);
        let terms = job::Terms { client: client.unwrap_or(terms.client), ..terms };
        let polled = job::attempt(feed, &terms, &job::Unwatched).await;
        drop(turn);
        let is_cut_off = self.is_cut_off(feed, polled.as_ref().err()).await?;
        if let (Err(error), false) = (&polled, is_cut_off) {
            job::note_failure(feed, error, &self.poll_terms(feed, &present)).await?;
        }
        self.note_basis(feed).await?;
        // Also an article's page may ask for it.
        self.keep_holds().await;
        match &polled {
            Ok(report) => {
                log(feed, report);
                if report.recorded.is_change() || report.is_first {
                    if let Err(error) = self.publish(feed).await {
                        warn!(feed.id = %feed.id, "`{}` could not be published: {error:#}", feed.id);
                    }
                    if report.portal.is_some()
                        && let Err(error) = self.publish_list().await
                    {
                        warn!("the list of feeds could not be published: {error:#}");
                    }
                    self.queued.notify_waiters();
                } else {
                    self.documents.set_next_poll(feed.id.as_str(), report.next);
                }
            }
            // That is said once, of all of them.
            Err(error) if is_cut_off => debug!(feed.id = %feed.id, "`{}` could not be reached: {error}", feed.id),
            Err(error) => {
                warn!(feed.id = %feed.id, "`{}` could not be read: {:#}", feed.id, super::chain(error));
            }
        }
        if !is_cut_off {
            self.note_poll(feed, &polled).await?;
        }
        match polled {
            Err(job::Error::Store(error)) => Err(error),
            polled => Ok(Some(polled)),
        }
    }

    /// Keeps by what the next poll was worked out, so that other words of the operator are noticed, also over a restart.
    async fn note_basis(&self, feed: &Feed) -> Result<(), store::Error> {
        let basis = self.basis(feed);
        if self.store.feed_state(&feed.id).await?.basis.as_ref() != Some(&basis) {
            self.store.note_basis(&feed.id, &basis).await?;
        }
        Ok(())
    }

    /// What a poll of `feed` works with.
    fn poll_terms<'a>(&'a self, feed: &Feed, present: &'a Present) -> job::Terms<'a> {
        let config = &present.setup.config;
        job::Terms {
            store: &self.store,
            client: &present.client,
            channels: &config.channels,
            readers: &self.readers,
            pace: config.poll.pace(feed.every),
            now: Timestamp::now(),
            jitter: fastrand::f64() * 2.0 - 1.0,
            files_for: job::FILE_TIME,
        }
    }
}

fn log(feed: &Feed, report: &Report) {
    let recorded = report.recorded;
    if let Some(repair) = &report.repair {
        warn!(feed.id = %feed.id, "`{}`: {repair}", feed.id);
    }
    match report.found {
        None => debug!(feed.id = %feed.id, "`{}` is unchanged", feed.id),
        Some(found) if report.is_first => {
            info!(feed.id = %feed.id, new = recorded.articles, "first poll of `{}`: {found} headlines, published and not announced", feed.id);
        }
        Some(_) if recorded.is_change() => {
            info!(
                feed.id = %feed.id, new = recorded.articles, corrected = recorded.corrections,
                "`{}`: {} new, {} corrected", feed.id, recorded.articles, recorded.corrections
            );
            for headline in report.headlines.iter().take(LOGGED) {
                info!(feed.id = %feed.id, "`{}`: {}", feed.id, text::squeeze(&text::clean(headline)));
            }
        }
        Some(found) => debug!(feed.id = %feed.id, "`{}`: {found} headlines, none new", feed.id),
    }
    for remark in &report.remarks {
        debug!(feed.id = %feed.id, "`{}`: {remark}", feed.id);
    }
}
