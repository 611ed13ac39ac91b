//! Feeds, their states, and the hosts that asked to be left alone.

use jiff::Timestamp;

use super::{
    Database,
    rows::{self, list, millis, moment},
    statement::{Transaction, query, query_scalar},
};
use crate::{
    article::FeedId,
    store::{Error, FailedPoll, FeedState, Heard, Polled, Summary},
};

/// What lists of feeds show; the caller adds `WHERE`.
macro_rules! select_summaries {
    ($rest:literal) => {
        concat!(
            "SELECT id, articles, newest_at, newest_published, newest_precision, changed_at, began_at, next_at, portal_title, portal_language,
                 presentation FROM feed ",
            $rest
        )
    };
}

/// The states of feeds, with the times of their newest articles and when the first of their pages is to be read again;
/// the caller adds further columns, and `WHERE`.
macro_rules! select_states {
    ($further:literal) => {
        concat!(
            "SELECT feed.*, ",
            $further,
            ", (SELECT string_agg(CAST(shown_at AS TEXT), ' ') FROM (
                   SELECT shown_at FROM article WHERE article.feed = feed.id ORDER BY shown_at DESC LIMIT 10) AS newest_ten) AS rhythm,
               (SELECT min(due_at) FROM unread WHERE unread.feed = feed.id) AS unread_at
             FROM feed"
        )
    };
}
pub(in crate::store) use select_states;

impl Database {
    pub async fn feed_state(&self, feed: &FeedId) -> Result<FeedState, Error> {
        let row = query(concat!(select_states!("1"), " WHERE feed.id = ?")).bind(feed.as_str()).fetch_optional(&self.pool).await?;
        row.as_ref().map_or_else(|| Ok(FeedState::unknown()), rows::feed_state)
    }

    pub async fn record_failure(&self, feed: &FeedId, failed: FailedPoll<'_>) -> Result<(), Error> {
        // The validators go: a page that could not be read must not be answered with "unchanged" for ever.
        query(
            "INSERT INTO feed (id, url, polled_at, next_at, failures, problem, failing_since, gone) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?3, CASE WHEN ?6 THEN 1 ELSE 0 END)
             ON CONFLICT (id) DO UPDATE SET url = ?2, etag = NULL, last_modified = NULL,
                 polled_at = ?3, next_at = ?4, failures = feed.failures + 1, problem = ?5, failing_since = coalesce(feed.failing_since, ?3),
                 gone = CASE WHEN ?6 THEN feed.gone + 1 ELSE 0 END",
        )
        .bind(feed.as_str())
        .bind(failed.url)
        .bind(millis(failed.at))
        .bind(millis(failed.next))
        .bind(failed.why)
        .bind(failed.is_gone)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn make_due(&self, feeds: &[FeedId], now: Timestamp) -> Result<(), Error> {
        let feeds: Vec<&str> = feeds.iter().map(FeedId::as_str).collect();
        query("UPDATE feed SET next_at = min(next_at, ?) WHERE id IN (SELECT value FROM json_each(?))")
            .bind(millis(now))
            .bind(list(&feeds))
            .execute(&self.pool)
            .await?;
        self.tell(&self.pool, Heard::Work).await?;
        Ok(())
    }

    pub async fn summaries(&self) -> Result<Vec<Summary>, Error> {
        let rows = query(select_summaries!("WHERE polled_at IS NOT NULL ORDER BY id")).fetch_all(&self.pool).await?;
        rows.iter().map(rows::summary).collect()
    }

    pub async fn summary(&self, feed: &FeedId) -> Result<Option<Summary>, Error> {
        let row = query(select_summaries!("WHERE id = ?")).bind(feed.as_str()).fetch_optional(&self.pool).await?;
        row.as_ref().map(rows::summary).transpose()
    }

    pub async fn count(&self, feed: &FeedId) -> Result<u64, Error> {
        let count: Option<i64> =
            query_scalar("SELECT articles FROM feed WHERE id = ?").bind(feed.as_str()).fetch_optional(&self.pool).await?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    pub async fn hold_host(&self, name: &str, until: Timestamp) -> Result<(), Error> {
        query("INSERT INTO host (name, hold_until) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET hold_until = ?2")
            .bind(name)
            .bind(millis(until))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn held_hosts(&self, now: Timestamp) -> Result<Vec<(String, Timestamp)>, Error> {
        let rows = query("SELECT name, hold_until FROM host WHERE hold_until > ?").bind(millis(now)).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, moment(row.try_get(1)?)))).collect()
    }

    /// The row is no host's, and holds none.
    pub async fn try_write(&self) -> Result<(), Error> {
        query("INSERT INTO host (name, hold_until) VALUES ('', 0) ON CONFLICT (name) DO UPDATE SET hold_until = 0")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn prune(&self, before: Timestamp) -> Result<(), Error> {
        query("DELETE FROM host WHERE hold_until < ?").bind(millis(before)).execute(&self.pool).await?;
        Ok(())
    }
}

/// Whether what is recorded now may have been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    None,
    /// A backup was put back, and the list was not read since.
    MayBeTold,
}

impl Doubt {
    pub fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}

/// What is to be thought of headlines that this feed brings now.
pub async fn doubt(connection: &mut Transaction, feed: &str) -> Result<Doubt, Error> {
    let restored: Option<i64> =
        query_scalar("SELECT restored_at FROM feed WHERE id = ? AND restored_at IS NOT NULL").bind(feed).fetch_optional(connection).await?;
    Ok(if restored.is_some() { Doubt::MayBeTold } else { Doubt::None })
}

/// Writes what a good poll says of the feed itself.
pub async fn note_poll(connection: &mut Transaction, feed: &FeedId, polled: &Polled) -> Result<(), Error> {
    query(
        "INSERT INTO feed (id, url, etag, last_modified, began_at, polled_at, next_at, usual, remarks, fresh_until, portal_title, portal_language)
         VALUES (?1, ?2, ?3, ?4, CASE WHEN ?7 > 0 THEN ?5 END, ?5, ?6, coalesce(?7, 0), ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET url = ?2, etag = ?3, last_modified = ?4,
             began_at = coalesce(feed.began_at, CASE WHEN ?7 > 0 THEN ?5 END), polled_at = ?5, next_at = ?6,
             usual = coalesce(?7, feed.usual), failures = 0, problem = NULL, failing_since = NULL, gone = 0,
             remarks = CASE WHEN ?7 IS NULL THEN feed.remarks ELSE ?8 END,
             restored_at = CASE WHEN ?7 IS NULL THEN feed.restored_at END, fresh_until = ?9,
             portal_title = coalesce(?10, feed.portal_title), portal_language = coalesce(?11, feed.portal_language)",
    )
    .bind(feed.as_str())
    .bind(&polled.url)
    .bind(&polled.etag)
    .bind(&polled.last_modified)
    .bind(millis(polled.at))
    .bind(millis(polled.next))
    .bind(polled.found)
    .bind(polled.remarks.join("\n"))
    .bind(polled.fresh_until.map(millis))
    .bind(polled.portal.as_ref().map(|portal| portal.title.as_deref().unwrap_or_default()))
    .bind(polled.portal.as_ref().map(|portal| portal.language.as_deref().unwrap_or_default()))
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes into the feed's row what lists of feeds show, after `added` articles came in or others were corrected.
pub async fn note_articles(connection: &mut Transaction, feed: &FeedId, added: u32, at: Timestamp) -> Result<(), Error> {
    query(
        "UPDATE feed SET articles = articles + ?2, changed_at = ?3, (newest, newest_at, newest_published, newest_precision) = (
             SELECT article.id, shown_at, published, precision
             FROM article JOIN version ON version.article = article.id AND version.number = article.version
             WHERE article.feed = ?1 ORDER BY shown_at DESC, article.id DESC LIMIT 1)
         WHERE id = ?1",
    )
    .bind(feed.as_str())
    .bind(added)
    .bind(millis(at))
    .execute(connection)
    .await?;
    Ok(())
}
