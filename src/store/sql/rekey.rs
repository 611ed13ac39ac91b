//! Brings an older version's addresses, marks and folded headlines to today's form: else known articles were news.
//!
//! Nothing is taken away: an article is known by the old keys as well.

use std::collections::BTreeMap;

use loa_reader::{link, list};
use url::Url;

use super::{
    articles::name,
    statement::{Transaction, query},
};
use crate::store::Error;

/// Writes the keys and the folded headlines of all articles anew.
pub async fn rekey(connection: &mut Transaction) -> Result<(), Error> {
    let rows = query("SELECT feed, key, article FROM address ORDER BY feed").fetch_all(&mut *connection).await?;
    let mut feeds: BTreeMap<String, Vec<(Url, i64)>> = BTreeMap::new();
    for row in rows {
        let (feed, key, article): (String, String, i64) = (row.try_get("feed")?, row.try_get("key")?, row.try_get("article")?);
        let Some(address) = Url::parse(&format!("http://{key}")).ok().filter(|_| !link::is_mark(&key)) else { continue };
        let now = link::identity(&address);
        if now != key {
            name(connection, &feed, &now, article).await?;
        }
        feeds.entry(feed).or_default().push((address, article));
    }
    for (feed, addresses) in feeds {
        let keys: Vec<_> = addresses.iter().map(|(address, _)| link::keys(address)).collect();
        let articles: Vec<String> = addresses.iter().map(|(_, article)| article.to_string()).collect();
        let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
        for ((own, keys), (_, article)) in link::own(&keys, &articles).iter().zip(&keys).zip(&addresses) {
            for mark in own.marks(&keys.host) {
                name(connection, &feed, &mark, *article).await?;
            }
        }
    }
    refold(connection).await
}

async fn refold(connection: &mut Transaction) -> Result<(), Error> {
    let rows = query("SELECT id, listed_title, folded_title FROM article").fetch_all(&mut *connection).await?;
    for row in rows {
        let (id, title, folded): (i64, String, String) = (row.try_get("id")?, row.try_get("listed_title")?, row.try_get("folded_title")?);
        let now = list::fold_title(&title);
        if now != folded {
            query("UPDATE article SET folded_title = ? WHERE id = ?").bind(now).bind(id).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
