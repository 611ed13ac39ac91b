//! The validators of documents, and what files were made from.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Database,
    rows::{list, maybe, millis},
    statement::{On, query},
};
use crate::store::{Error, Stamp, documents::modified};

/// The tag and the time of each document, by its name.
type Known = BTreeMap<String, (String, Option<Timestamp>)>;

impl Database {
    pub async fn stamp(&self, stamps: &[Stamp], now: Timestamp) -> Result<Vec<Option<Timestamp>>, Error> {
        let is_known = |known: &Known, stamp: &Stamp| known.get(&stamp.name).is_some_and(|(tag, _)| *tag == stamp.tag);
        let mut known = known(&self.pool, stamps).await?;
        if !stamps.iter().all(|stamp| is_known(&known, stamp)) {
            let mut transaction = self.pool.write().await?;
            transaction.lock("documents", "").await?;
            // Somebody else may have made them meanwhile.
            known = self::known(&mut transaction, stamps).await?;
            for stamp in stamps {
                if is_known(&known, stamp) {
                    continue;
                }
                let before = known.get(&stamp.name).and_then(|(_, modified)| *modified);
                // As it will be read by everybody else.
                let modified = maybe(modified(stamp.changed, before, now).map(millis));
                query(
                    "INSERT INTO document (name, tag, modified) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET tag = ?2, modified = ?3",
                )
                .bind(&stamp.name)
                .bind(&stamp.tag)
                .bind(modified.map(millis))
                .execute(&mut transaction)
                .await?;
                known.insert(stamp.name.clone(), (stamp.tag.clone(), modified));
            }
            transaction.commit().await?;
        }
        Ok(stamps.iter().map(|stamp| known.get(&stamp.name).and_then(|(_, modified)| *modified)).collect())
    }

    pub async fn published(&self) -> Result<BTreeMap<String, String>, Error> {
        let rows = query("SELECT id, made_from FROM published").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    pub async fn note_published(&self, id: &str, made_from: &str) -> Result<(), Error> {
        query("INSERT INTO published (id, made_from) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET made_from = ?2")
            .bind(id)
            .bind(made_from)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

async fn known(on: impl Into<On<'_>>, stamps: &[Stamp]) -> Result<Known, Error> {
    let names: Vec<&str> = stamps.iter().map(|stamp| stamp.name.as_str()).collect();
    let rows = query("SELECT name, tag, modified FROM document WHERE name IN (SELECT value FROM json_each(?))")
        .bind(list(&names))
        .fetch_all(on)
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, (row.try_get(1)?, maybe(row.try_get(2)?))))).collect()
}
