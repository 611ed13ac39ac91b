//! The newest articles of several feeds: PostgreSQL knows no order within a recursion, by which SQLite merges them.

use crate::store::sql::articles::select_articles;

/// The newest `?2` articles of the feeds `?1` are among those of the `?2` feeds whose newest article is newest.
pub const LATEST_OF: &str = select_articles!(
    "WHERE article.id IN (
         SELECT newest.id FROM (
             SELECT id FROM feed WHERE id IN (SELECT value FROM json_each(?1)) AND newest IS NOT NULL
             ORDER BY newest_at DESC, newest DESC LIMIT ?2) AS latest
         CROSS JOIN LATERAL (
             SELECT of_feed.id, of_feed.shown_at FROM article AS of_feed WHERE of_feed.feed = latest.id
             ORDER BY of_feed.shown_at DESC, of_feed.id DESC LIMIT ?2) AS newest
         ORDER BY newest.shown_at DESC, newest.id DESC LIMIT ?2)
     ORDER BY article.shown_at DESC, article.id DESC"
);
