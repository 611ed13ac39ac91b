//! One poll of a feed with all that follows from it: what it brought is logged, published and announced, and its failure is told.

use jiff::Timestamp;
use tracing::{debug, info, warn};

use super::Service;
use crate::{
    feed::Feed,
    jobs::poll::{self as job, Report},
    store,
};

/// Failures in a row after which the operator is told.
const ALARMING: u32 = 3;

impl Service {
    /// Polls once, and publishes and queues what came of it. The error is the store's alone:
    /// everything else is recorded with the feed.
    pub async fn poll(&self, feed: &Feed) -> Result<Result<Report, job::Error>, store::Error> {
        let polled = {
            let _turn = self.turns.of(feed.watched()).await;
            job::poll(feed, &self.poll_terms(feed)).await
        };
        // Also an article's page may ask for it.
        self.keep_holds().await;
        match &polled {
            Ok(report) => {
                log(feed, report);
                if let Some(repair) = &report.repair {
                    self.alarm(&format!("{}: {repair}", feed.id)).await;
                }
                if report.recorded.is_change() || report.is_first {
                    if let Err(error) = self.publish(feed).await {
                        warn!(feed.id = %feed.id, "`{}` could not be published: {error:#}", feed.id);
                    }
                    self.queued.notify_waiters();
                } else {
                    self.documents.set_next_poll(feed.id.as_str(), report.next);
                }
            }
            Err(error) => {
                warn!(feed.id = %feed.id, "`{}` could not be read: {:#}", feed.id, anyhow::Chain::new(error).map(ToString::to_string).collect::<Vec<_>>().join(": "));
                let state = self.store.feed_state(&feed.id).await?;
                if state.failures == ALARMING {
                    self.alarm(&format!("{}: {}", feed.id, state.problem.unwrap_or_default())).await;
                }
            }
        }
        match polled {
            Err(job::Error::Store(error)) => Err(error),
            polled => Ok(polled),
        }
    }

    /// What a poll of `feed` works with.
    fn poll_terms(&self, feed: &Feed) -> job::Terms<'_> {
        job::Terms {
            store: &self.store,
            client: &self.client,
            channels: &self.setup.config.channels,
            readers: &self.readers,
            public_url: &self.setup.config.web.public_url,
            pace: self.setup.config.poll.pace(feed.every),
            now: Timestamp::now(),
            jitter: fastrand::f64() * 2.0 - 1.0,
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
        Some(_) if recorded.is_change() => info!(
            feed.id = %feed.id, new = recorded.articles, corrected = recorded.corrections,
            "`{}`: {} new, {} corrected", feed.id, recorded.articles, recorded.corrections
        ),
        Some(found) => debug!(feed.id = %feed.id, "`{}`: {found} headlines, none new", feed.id),
    }
    for remark in &report.remarks {
        debug!(feed.id = %feed.id, "`{}`: {remark}", feed.id);
    }
}
