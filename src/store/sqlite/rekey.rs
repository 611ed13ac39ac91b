//! Brings what an older version wrote to today's form: addresses and folded headlines. Else known articles would be news.
//!
//! Nothing is taken away: an article is known by the old keys as well.

use loa_reader::{link, list};
use sqlx::{Row, SqliteConnection};
use url::Url;

use super::articles::name;
use crate::store::Error;

/// Writes the addresses and the folded headlines of all articles anew.
pub async fn rekey(connection: &mut SqliteConnection) -> Result<(), Error> {
    let rows = sqlx::query("SELECT feed, key, article FROM address").fetch_all(&mut *connection).await?;
    for row in rows {
        let (feed, key, article): (String, String, i64) = (row.try_get("feed")?, row.try_get("key")?, row.try_get("article")?);
        // Marks of an article (`host#4711`) are no addresses.
        let Some(address) = Url::parse(&format!("http://{key}")).ok().filter(|_| !key.contains(['#', '~'])) else { continue };
        let now = link::identity(&address);
        if now != key {
            name(connection, &feed, &now, article).await?;
        }
    }
    refold(connection).await
}

async fn refold(connection: &mut SqliteConnection) -> Result<(), Error> {
    let rows = sqlx::query("SELECT id, listed_title, folded_title FROM article").fetch_all(&mut *connection).await?;
    for row in rows {
        let (id, title, folded): (i64, String, String) = (row.try_get("id")?, row.try_get("listed_title")?, row.try_get("folded_title")?);
        let now = list::fold_title(&title);
        if now != folded {
            sqlx::query("UPDATE article SET folded_title = ? WHERE id = ?").bind(now).bind(id).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
