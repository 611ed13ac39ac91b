//! One poll of a feed with all that follows from it: what it brought is logged, published and announced, and its
//! failure is told.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use loa_reader::text;
use tokio::sync::Notify;
use tracing::{debug, info, warn};

use super::{Beat, Present, Service};
use crate::{
    article::FeedId,
    cause,
    feed::Feed,
    fetch::{self, Client},
    jobs::poll::{self as job, Report},
    store::{self, DueFeed, PollBasis, Unchanged},
    trouble::Trouble,
};

/// New headlines of one poll that the log names.
const LOGGED: usize = 20;

impl Service {
    /// Polls a feed once because somebody wants it, due or not, resting or not: by its definition as it is when its
    /// host's turn comes. `None`: there is no such feed any more. The error is the store's alone: everything else is
    /// recorded with the feed.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn poll(&self, id: &FeedId) -> Result<Option<Result<Report, job::Error>>, store::Error> {
        self.poll_through(None, id).await
    }

    /// The same through another door: one that remembers what a preview was made from asks nobody a second time.
    ///
    /// # Errors
    /// As [`Service::poll`].
    pub async fn poll_with(&self, id: &FeedId, client: &Client) -> Result<Option<Result<Report, job::Error>>, store::Error> {
        self.poll_through(Some(client), id).await
    }

    async fn poll_through(&self, client: Option<&Client>, id: &FeedId) -> Result<Option<Result<Report, job::Error>>, store::Error> {
        let Some(host) = self.present().feed(id).map(|feed| fetch::host(feed.watched())) else { return Ok(None) };
        let work = async {
            // Whoever waited for the turn may find the feed changed, or renamed.
            let present = self.present();
            let Some(feed) = present.feed(id) else { return Ok(None) };
            let due = DueFeed::asked_for(id, &self.store).await?;
            let mut polled = self.poll_in_turn(&present, feed, &due, client, None).await?;
            self.record_unchanged(feed, &mut polled).await?;
            Ok(Some(polled))
        };
        self.in_turn(&host, Box::pin(work)).await?
    }

    /// Records by itself what else is gathered.
    async fn record_unchanged(&self, feed: &Feed, polled: &mut Result<Report, job::Error>) -> Result<(), store::Error> {
        if let Ok(report) = polled
            && let Some(unchanged) = report.unrecorded.take()
        {
            job::record_unchanged(feed, unchanged, &self.store).await?;
            self.documents.set_next_poll(feed.id.as_str(), report.next);
        }
        Ok(())
    }

    /// Polls a feed that was claimed; what is still to be written of it.
    pub(super) async fn poll_due(&self, due: &DueFeed, troubles: &[Trouble]) -> Result<Option<Unchanged>, store::Error> {
        let present = self.present();
        let is_paused = present.paused.feeds.contains(&due.feed);
        // It may be taken away or rest since it was claimed.
        let Some(feed) = present.feed(&due.feed).filter(|_| !is_paused) else { return Ok(None) };
        if due.state.polled_at.is_some() {
            self.figures.began(due.state.next_at, Timestamp::now());
        }
        let polled = self.poll_in_turn(&present, feed, due, None, Some(troubles)).await?;
        let unrecorded = polled.ok().and_then(|report| report.unrecorded);
        Ok(unrecorded.map(|polled| Unchanged { feed: due.feed.clone(), polled }))
    }

    /// Polls a feed whose host nobody else asks, and publishes and queues what came of it. `troubles` are those that
    /// were there when it was claimed, where they are known.
    async fn poll_in_turn(
        &self,
        present: &Present,
        feed: &Feed,
        due: &DueFeed,
        client: Option<&Client>,
        troubles: Option<&[Trouble]>,
    ) -> Result<Result<Report, job::Error>, store::Error> {
        let watched = self.health.watch(Beat::Feed(feed.id.clone()));
        watched.works(Timestamp::now());
        let basis = self.basis(feed);
        let terms = self.poll_terms(feed, present);
        let terms = job::Terms { client: client.unwrap_or(terms.client), ..terms };
        let watched_poll = Waking { queued: &self.queued, has_recorded: AtomicBool::new(false) };
        let mut polled = Box::pin(job::attempt(feed, due, &terms, &watched_poll)).await;
        self.figures.ended(polled.as_ref().is_ok_and(|report| report.unrecorded.is_some()), polled.is_err());
        let is_cut_off = self.is_cut_off(feed, polled.as_ref().err()).await?;
        if let (Err(error), false) = (&polled, is_cut_off) {
            job::note_failure(feed, error, &self.poll_terms(feed, present)).await?;
        }
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
                } else if report.unrecorded.is_none() {
                    self.documents.set_next_poll(feed.id.as_str(), report.next);
                }
            }
            // That is said once, of all of them.
            Err(error) if is_cut_off => debug!(feed.id = %feed.id, "`{}` could not be reached: {error}", feed.id),
            Err(error) => {
                warn!(feed.id = %feed.id, "`{}` could not be read: {}", feed.id, cause::tell(error));
            }
        }
        if polled.is_err()
            && watched_poll.has_recorded.load(Ordering::Relaxed)
            && let Err(error) = self.publish(feed).await
        {
            warn!(feed.id = %feed.id, "`{}` could not be published: {error:#}", feed.id);
        }
        if !is_cut_off {
            self.note_poll(feed, due, &polled, troubles).await?;
        }
        self.note_basis(feed, due, basis, &mut polled).await?;
        if polled.is_ok() {
            Box::pin(self.fill_past(present, feed)).await;
        }
        match polled {
            Err(job::Error::Store(error)) => Err(error),
            polled => Ok(polled),
        }
    }

    /// Keeps by what the next poll was worked out, so that other words of the operator are noticed, also over a
    /// restart. Where the operator has written them during the poll, they count now, and not only at the poll after the
    /// next.
    async fn note_basis(
        &self,
        feed: &Feed,
        due: &DueFeed,
        basis: PollBasis,
        polled: &mut Result<Report, job::Error>,
    ) -> Result<(), store::Error> {
        let is_overtaken = self.present().feed(&feed.id).is_some_and(|now| self.basis(now) != basis);
        if is_overtaken || due.state.basis.as_ref() != Some(&basis) {
            self.store.note_basis(&feed.id, &basis).await?;
        }
        if is_overtaken {
            self.record_unchanged(feed, polled).await?;
            self.enrol().await?;
        }
        Ok(())
    }

    /// What a poll of `feed` works with.
    pub(super) fn poll_terms<'a>(&'a self, feed: &Feed, present: &'a Present) -> job::Terms<'a> {
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

/// Wakes the channels while a poll goes on.
#[derive(Debug)]
struct Waking<'a> {
    queued: &'a Notify,
    has_recorded: AtomicBool,
}

impl job::Progress for Waking<'_> {
    fn tell(&self, event: job::Event<'_>) {
        if matches!(event, job::Event::Recorded) {
            self.has_recorded.store(true, Ordering::Relaxed);
            self.queued.notify_waiters();
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
