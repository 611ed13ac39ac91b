//! what polls learned, and the history of repairs.

use super::{
    Database,
    rows::{APART, apart, list, millis, moment},
    statement::{Transaction, query, query_scalar},
};
use crate::{
    article::FeedId,
    store::{Error, Labels, Learned, Recording, Repair},
};

impl Database {
    pub async fn learned(&self, feed: &FeedId) -> Result<Learned, Error> {
        let knowledge: Option<String> =
            query_scalar("SELECT knowledge FROM learned WHERE feed = ?").bind(feed.as_str()).fetch_optional(&self.pool).await?;
        // What cannot be read is learned again: nothing but time is lost.
        Ok(knowledge.and_then(|knowledge| serde_json::from_str(&knowledge).ok()).unwrap_or_default())
    }

    pub async fn note_learned(&self, feed: &FeedId, learned: &Learned) -> Result<(), Error> {
        let mut transaction = self.pool.write().await?;
        write(&mut transaction, feed.as_str(), learned).await?;
        transaction.commit().await
    }

    pub async fn labels(&self, feed: &FeedId, limit: u32) -> Result<Labels, Error> {
        // The feed's end of the index, in words by which PostgreSQL does not take the keys of all feeds for as good.
        let rows = query(
            "SELECT folded_title, (SELECT string_agg(key, ?3) FROM address WHERE address.article = article.id) AS addresses
             FROM article WHERE feed >= ?1 AND (feed, id) <= (?1, 9223372036854775807) ORDER BY feed DESC, id DESC LIMIT ?2",
        )
        .bind(feed.as_str())
        .bind(limit)
        .bind(APART)
        .fetch_all(&self.pool)
        .await?;
        let mut labels = Labels::default();
        for row in &rows {
            labels.folded_titles.push(row.try_get("folded_title")?);
            labels.addresses.extend(apart(row.try_get("addresses")?));
        }
        Ok(labels)
    }

    pub async fn repairs(&self, feed: &FeedId, limit: u32) -> Result<Vec<Repair>, Error> {
        let rows = query("SELECT at, words FROM repair WHERE feed = ? ORDER BY id DESC LIMIT ?")
            .bind(feed.as_str())
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| Ok(Repair { at: moment(row.try_get("at")?), words: row.try_get("words")? })).collect()
    }
}

/// Writes what a poll learned, with everything else that it brought.
pub async fn note(connection: &mut Transaction, recording: &Recording) -> Result<(), Error> {
    let feed = recording.feed.as_str();
    if let Some(learned) = &recording.learned {
        write(connection, feed, learned).await?;
    }
    if let Some(words) = &recording.repair {
        query("INSERT INTO repair (feed, at, words) VALUES (?, ?, ?)")
            .bind(feed)
            .bind(millis(recording.polled.at))
            .bind(words)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Writes what is known of a feed's source.
pub async fn write(connection: &mut Transaction, feed: &str, learned: &Learned) -> Result<(), Error> {
    query("INSERT INTO learned (feed, knowledge) VALUES (?1, ?2) ON CONFLICT (feed) DO UPDATE SET knowledge = ?2")
        .bind(feed)
        .bind(list(learned))
        .execute(&mut *connection)
        .await?;
    query("UPDATE feed SET presentation = ?2 WHERE id = ?1").bind(feed).bind(list(&learned.presentation)).execute(connection).await?;
    Ok(())
}
