//! One feed's task: wait until it is due, poll, publish, announce.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tracing::{debug, info, warn};

use super::{App, stopped};
use crate::{
    feed::Feed,
    jobs::poll::{self as job, Report},
};

/// Failures in a row after which the operator is told.
const ALARMING: u32 = 3;
/// Between two tries when the store itself fails.
const STORE_RETRY: Duration = Duration::from_secs(30);
/// The longest sleep at a stretch: a clock that was set forward is noticed after this.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// Polls `feed` whenever it is due, until told to stop.
pub async fn watch(app: &App, feed: &Feed, mut stop: watch::Receiver<bool>) {
    loop {
        let wait = match app.store.feed_state(&feed.id).await {
            Ok(state) => state.next_at.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO),
            Err(error) => {
                warn!(feed.id = %feed.id, "the store cannot say when `{}` is due: {error}", feed.id);
                STORE_RETRY
            }
        };
        if !wait.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(wait.min(MAX_SLEEP)) => (),
                () = stopped(&mut stop) => return,
            }
            continue;
        }
        let polled = async {
            if poll(app, feed).await.is_err() {
                // Nothing could be recorded, not even the failure: without a rest this would be a storm.
                tokio::time::sleep(STORE_RETRY).await;
            }
        };
        tokio::select! {
            () = polled => (),
            // A poll that is cut off has recorded nothing and announced nothing.
            () = stopped(&mut stop) => return,
        }
    }
}

/// Polls once, and publishes and queues what came of it. The error is the store's alone:
/// everything else is recorded with the feed.
pub async fn poll(app: &App, feed: &Feed) -> Result<Result<Report, job::Error>, crate::store::Error> {
    let polled = {
        let _turn = app.turns.of(feed.watched()).await;
        job::poll(feed, &app.poll_terms(feed)).await
    };
    // Also an article's page may ask for it.
    app.keep_holds().await;
    match &polled {
        Ok(report) => {
            log(feed, report);
            if let Some(repair) = &report.repair {
                app.alarm(&format!("{}: {repair}", feed.id)).await;
            }
            if report.recorded.is_change() || report.is_first {
                if let Err(error) = app.publish(feed).await {
                    warn!(feed.id = %feed.id, "`{}` could not be published: {error:#}", feed.id);
                }
                app.queued.notify_waiters();
            } else {
                app.documents.set_next_poll(feed.id.as_str(), report.next);
            }
        }
        Err(error) => {
            warn!(feed.id = %feed.id, "`{}` could not be read: {:#}", feed.id, anyhow::Chain::new(error).map(ToString::to_string).collect::<Vec<_>>().join(": "));
            let state = app.store.feed_state(&feed.id).await?;
            if state.failures == ALARMING {
                app.alarm(&format!("{}: {}", feed.id, state.problem.unwrap_or_default())).await;
            }
        }
    }
    match polled {
        Err(job::Error::Store(error)) => Err(error),
        polled => Ok(polled),
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
