//! What rests, what has another name now, and by what the next poll was worked out.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Database, rows::millis, statement::query};
use crate::{
    article::FeedId,
    store::{Error, Heard, Paused, PollBasis, Subject},
};

impl Database {
    pub async fn paused(&self) -> Result<Paused, Error> {
        let rows = query("SELECT kind, id FROM paused").fetch_all(&self.pool).await?;
        let mut paused = Paused::default();
        for row in rows {
            let (kind, id): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let unreadable = |found| Error::Unreadable { what: "the name of what rests", found };
            match kind.as_str() {
                "feed" => paused.feeds.insert(id.parse().map_err(|_| unreadable(id))?),
                _ => paused.channels.insert(id.parse().map_err(|_| unreadable(id))?),
            };
        }
        Ok(paused)
    }

    pub async fn pause(&self, subject: &Subject, at: Timestamp) -> Result<bool, Error> {
        let done = query("INSERT INTO paused (kind, id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(subject.kind())
            .bind(subject.id())
            .bind(millis(at))
            .execute(&self.pool)
            .await?;
        self.tell(&self.pool, Heard::Operator).await?;
        Ok(done > 0)
    }

    pub async fn resume(&self, subject: &Subject) -> Result<bool, Error> {
        let done =
            query("DELETE FROM paused WHERE kind = ? AND id = ?").bind(subject.kind()).bind(subject.id()).execute(&self.pool).await?;
        self.tell(&self.pool, Heard::Operator).await?;
        Ok(done > 0)
    }

    pub async fn rename(&self, old: &FeedId, new: &FeedId, at: Timestamp) -> Result<bool, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("definitions", "").await?;
        for feed in BTreeSet::from([old, new]) {
            transaction.lock("feed", feed.as_str()).await?;
        }
        // Rows name their feed: until all of them have the new name, some name one that is not there.
        transaction.defer_references().await?;
        for taken in ["SELECT id FROM feed WHERE id = ? AND polled_at IS NOT NULL", "SELECT feed FROM definition WHERE feed = ?"] {
            if query(taken).bind(new.as_str()).fetch_optional(&mut transaction).await?.is_some() {
                return Ok(false);
            }
        }
        for statement in [
            "DELETE FROM feed WHERE id = ?2 AND polled_at IS NULL",
            "UPDATE feed SET id = ?2 WHERE id = ?1",
            "UPDATE article SET feed = ?2 WHERE feed = ?1",
            "UPDATE address SET feed = ?2 WHERE feed = ?1",
            "UPDATE pending SET feed = ?2 WHERE feed = ?1",
            "UPDATE learned SET feed = ?2 WHERE feed = ?1",
            "UPDATE repair SET feed = ?2 WHERE feed = ?1",
            "UPDATE unread SET feed = ?2 WHERE feed = ?1",
            "UPDATE trouble SET subject = CASE WHEN subject = ?1 AND kind IN ('feed', 'gone', 'quiet') THEN ?2 ELSE subject END,
                 feeds = replace(feeds, '\"' || ?1 || '\"', '\"' || ?2 || '\"'),
                 open_feeds = replace(open_feeds, '\"' || ?1 || '\"', '\"' || ?2 || '\"') WHERE over_at IS NULL",
            "UPDATE paused SET id = ?2 WHERE kind = 'feed' AND id = ?1",
            // Names before the last one lead to the newest too, and the newest is no earlier one of itself.
            "UPDATE renamed SET new = ?2 WHERE new = ?1",
            "DELETE FROM renamed WHERE old = ?2 OR old = ?1",
        ] {
            query(statement).bind(old.as_str()).bind(new.as_str()).execute(&mut transaction).await?;
        }
        let defined = query("UPDATE definition SET feed = ?2 WHERE feed = ?1")
            .bind(old.as_str())
            .bind(new.as_str())
            .execute(&mut transaction)
            .await?;
        match defined {
            0 => self.tell(&mut transaction, Heard::Operator).await?,
            _ => self.tell_of_definitions(&mut transaction).await?,
        }
        query("INSERT INTO renamed (old, new, at) VALUES (?, ?, ?)")
            .bind(old.as_str())
            .bind(new.as_str())
            .bind(millis(at))
            .execute(&mut transaction)
            .await?;
        self.tell(&mut transaction, Heard::Work).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn renamed(&self) -> Result<Vec<(String, String)>, Error> {
        let rows = query("SELECT old, new FROM renamed ORDER BY old").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    pub async fn note_basis(&self, feed: &FeedId, basis: &PollBasis) -> Result<(), Error> {
        query("UPDATE feed SET definition = ?2, pace = ?3 WHERE id = ?1")
            .bind(feed.as_str())
            .bind(basis.definition)
            .bind(&basis.pace)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn reschedule(&self, feed: &FeedId, next: Timestamp) -> Result<(), Error> {
        query("UPDATE feed SET next_at = ?2 WHERE id = ?1").bind(feed.as_str()).bind(millis(next)).execute(&self.pool).await?;
        self.tell(&self.pool, Heard::Work).await
    }
}
