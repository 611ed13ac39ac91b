//! Definitions of feeds, and how often they were changed.

use super::{
    Database, rows,
    statement::{Transaction, query, query_scalar},
};
use crate::{
    article::FeedId,
    store::{Definition, Error, Heard},
};

impl Database {
    pub async fn definitions(&self) -> Result<Vec<Definition>, Error> {
        let rows = query("SELECT feed, text FROM definition ORDER BY feed").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(Definition { feed: rows::feed_id(row.try_get(0)?)?, text: row.try_get(1)? })).collect()
    }

    pub async fn definitions_changed(&self) -> Result<i64, Error> {
        Ok(query_scalar("SELECT times FROM definitions_changed").fetch_optional(&self.pool).await?.unwrap_or(0))
    }

    pub async fn define(&self, definitions: &[Definition]) -> Result<Vec<FeedId>, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("definitions", "").await?;
        let mut changed = Vec::new();
        for Definition { feed, text } in definitions {
            let written = query(
                "INSERT INTO definition (feed, text) VALUES (?1, ?2)
                 ON CONFLICT (feed) DO UPDATE SET text = ?2 WHERE definition.text <> ?2",
            );
            if written.bind(feed.as_str()).bind(text).execute(&mut transaction).await? > 0 {
                changed.push(feed.clone());
            }
        }
        if !changed.is_empty() {
            self.tell_of_definitions(&mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(changed)
    }

    pub async fn define_new(&self, Definition { feed, text }: &Definition) -> Result<bool, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("definitions", "").await?;
        let there: Option<String> =
            query_scalar("SELECT text FROM definition WHERE feed = ?").bind(feed.as_str()).fetch_optional(&mut transaction).await?;
        if let Some(there) = there {
            // As it was written before where the answer to that was lost.
            return Ok(there == *text);
        }
        query("INSERT INTO definition (feed, text) VALUES (?, ?)").bind(feed.as_str()).bind(text).execute(&mut transaction).await?;
        self.tell_of_definitions(&mut transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn undefine(&self, feed: &FeedId) -> Result<Option<String>, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("definitions", "").await?;
        let text: Option<String> =
            query_scalar("SELECT text FROM definition WHERE feed = ?").bind(feed.as_str()).fetch_optional(&mut transaction).await?;
        if text.is_some() {
            query("DELETE FROM definition WHERE feed = ?").bind(feed.as_str()).execute(&mut transaction).await?;
            self.tell_of_definitions(&mut transaction).await?;
            transaction.commit().await?;
        }
        Ok(text)
    }

    /// Counts a change of definitions, and tells the other processes.
    pub(super) async fn tell_of_definitions(&self, transaction: &mut Transaction) -> Result<(), Error> {
        query(
            "INSERT INTO definitions_changed (one, times) VALUES (1, 1)
             ON CONFLICT (one) DO UPDATE SET times = definitions_changed.times + 1",
        )
        .execute(&mut *transaction)
        .await?;
        self.tell(transaction, Heard::Operator).await
    }
}
