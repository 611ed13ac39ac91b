//! Articles, their versions and addresses.

use std::collections::BTreeSet;

use jiff::Timestamp;
use loa_reader::time::Precision;

use super::{
    Database, Own,
    feeds::{self, Doubt},
    learning,
    rows::{self, APART, apart, list, millis, moment, precision_word},
    statement::{Transaction, query, query_as, query_scalar},
};
use crate::{
    article::{Article, FeedId, KnownFile, further_uid},
    store::{
        Announcement, Correction, Error, Heard, Kind, Known, Learned, NewArticle, Pending, Recorded, Recording, Reread, Unread,
        postgres::LATEST_OF,
    },
};

/// Versions of an article that are kept: the first, and the newest. A page that says something else at every poll would
/// fill the disk.
const KEPT_VERSIONS: i64 = 20;

/// An article as it is now; the caller adds `WHERE`.
macro_rules! select_articles {
    ($rest:literal) => {
        concat!(
            "SELECT article.id AS article, article.feed, uid, first_seen, version.at, url, title, summary, text, html, author,
                    published, precision, image, language, categories, attachments, files
             FROM article JOIN version ON version.article = article.id AND version.number = article.version ",
            $rest
        )
    };
}

pub(in crate::store) use select_articles;

impl Database {
    pub async fn known(&self, feed: &FeedId, addresses: &[String], folded_titles: &[String]) -> Result<Vec<Known>, Error> {
        let rows = query(
            "SELECT id, listed_title, folded_title, shown_at,
                    (SELECT string_agg(key, ?4) FROM address WHERE address.article = article.id) AS addresses
             FROM article WHERE id IN (
                 SELECT article FROM address WHERE feed = ?1 AND key IN (SELECT value FROM json_each(?2))
                 UNION SELECT id FROM article WHERE feed = ?1 AND folded_title IN (SELECT value FROM json_each(?3)))
             ORDER BY id",
        )
        .bind(feed.as_str())
        .bind(list(addresses))
        .bind(list(folded_titles))
        .bind(APART)
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Known {
                    article: row.try_get("id")?,
                    addresses: apart(row.try_get("addresses")?),
                    listed_title: row.try_get("listed_title")?,
                    folded_title: row.try_get("folded_title")?,
                    shown_at: moment(row.try_get("shown_at")?),
                })
            })
            .collect()
    }

    pub async fn record(&self, recording: &Recording) -> Result<Recorded, Error> {
        let mut recorded = Recorded::default();
        let mut transaction = self.pool.write().await?;
        let feed = recording.feed.as_str();
        lock(&mut transaction, feed, &recording.articles).await?;
        let doubt = feeds::doubt(&mut transaction, feed).await?;
        feeds::note_poll(&mut transaction, &recording.feed, &recording.polled).await?;
        insert_all(&mut transaction, feed, (&recording.articles, doubt), &mut recorded).await?;
        for correction in &recording.corrections {
            correct(&mut transaction, correction, millis(recording.polled.at)).await?;
            recorded.corrections += 1;
        }
        for (article, address) in &recording.addresses {
            name(&mut transaction, feed, address, *article).await?;
        }
        for (article, title, folded) in &recording.relisted {
            query("UPDATE article SET listed_title = ?, folded_title = ? WHERE id = ?")
                .bind(title)
                .bind(folded)
                .bind(article)
                .execute(&mut transaction)
                .await?;
        }
        for reread in &recording.reread {
            read_again(&mut transaction, reread).await?;
        }
        for (article, files) in &recording.files {
            know_files(&mut transaction, *article, files).await?;
            recorded.files += 1;
        }
        for pending in &recording.pending {
            let doubt = doubt.or(end_pending(&mut transaction, feed, std::slice::from_ref(&pending.address)).await?);
            query("INSERT INTO pending (feed, key, tries, unannounced, doubtful) VALUES (?, ?, ?, ?, ?)")
                .bind(feed)
                .bind(&pending.address)
                .bind(pending.tries)
                .bind(i64::from(pending.unannounced))
                .bind(i64::from(doubt == Doubt::MayBeTold))
                .execute(&mut transaction)
                .await?;
        }
        learning::note(&mut transaction, recording).await?;
        self.finish(transaction, &recording.feed, (recorded, recording.polled.at), recording.polled.portal.is_some()).await
    }

    pub async fn record_articles(
        &self,
        feed: &FeedId,
        articles: &[NewArticle],
        addresses: &[(i64, String)],
        learned: Option<&Learned>,
        at: Timestamp,
    ) -> Result<Recorded, Error> {
        let mut recorded = Recorded::default();
        let mut transaction = self.pool.write().await?;
        lock(&mut transaction, feed.as_str(), articles).await?;
        let doubt = feeds::doubt(&mut transaction, feed.as_str()).await?;
        insert_all(&mut transaction, feed.as_str(), (articles, doubt), &mut recorded).await?;
        for (article, address) in addresses {
            name(&mut transaction, feed.as_str(), address, *article).await?;
        }
        if let Some(learned) = learned {
            learning::write(&mut transaction, feed.as_str(), learned).await?;
        }
        self.finish(transaction, feed, (recorded, at), false).await
    }

    pub async fn record_reread(
        &self,
        feed: &FeedId,
        corrections: &[Correction],
        reread: &[Reread],
        at: Timestamp,
    ) -> Result<Recorded, Error> {
        let mut recorded = Recorded::default();
        let mut transaction = self.pool.write().await?;
        transaction.lock("feed", feed.as_str()).await?;
        for correction in corrections {
            correct(&mut transaction, correction, millis(at)).await?;
            recorded.corrections += 1;
        }
        for reread in reread {
            read_again(&mut transaction, reread).await?;
        }
        self.finish(transaction, feed, (recorded, at), false).await
    }

    /// Ends a transaction in which something was recorded of a feed: its row says what it has now, and the other
    /// processes are told. `is_renamed`: its portal has another name.
    async fn finish(
        &self,
        mut transaction: Transaction,
        feed: &FeedId,
        (recorded, at): (Recorded, Timestamp),
        is_renamed: bool,
    ) -> Result<Recorded, Error> {
        if recorded.is_change() {
            feeds::note_articles(&mut transaction, feed, recorded.articles, at).await?;
        }
        if recorded.is_change() || is_renamed {
            self.tell(&mut transaction, Heard::Published(feed.clone())).await?;
        }
        if recorded.deliveries > 0 {
            self.tell(&mut transaction, Heard::Deliveries).await?;
        }
        transaction.commit().await?;
        Ok(recorded)
    }

    pub async fn pending(&self, feed: &FeedId) -> Result<Vec<Pending>, Error> {
        let rows = query("SELECT key, tries, unannounced FROM pending WHERE feed = ?").bind(feed.as_str()).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                Ok(Pending { address: row.try_get(0)?, tries: rows::number(row.try_get(1)?), unannounced: row.try_get::<i64, _>(2)? != 0 })
            })
            .collect()
    }

    pub async fn unread(&self, feed: &FeedId, now: Timestamp, limit: u32) -> Result<Vec<Unread>, Error> {
        let due: Vec<(i64, i64)> = query_as("SELECT article, tries FROM unread WHERE feed = ? AND due_at <= ? ORDER BY due_at LIMIT ?")
            .bind(feed.as_str())
            .bind(millis(now))
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        let mut unread = Vec::new();
        for (id, tries) in due {
            let listed_title: Option<String> =
                query_scalar("SELECT listed_title FROM article WHERE id = ?").bind(id).fetch_optional(&self.pool).await?;
            if let (Some(article), Some(listed_title)) = (self.article(id).await?, listed_title) {
                unread.push(Unread { article, listed_title, tries: rows::number(tries) });
            }
        }
        Ok(unread)
    }

    pub async fn article(&self, id: i64) -> Result<Option<Article>, Error> {
        let row = query(select_articles!("WHERE article.id = ?")).bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(rows::article).transpose()
    }

    pub async fn latest(&self, feed: &FeedId, limit: u32) -> Result<Vec<Article>, Error> {
        let rows = query(select_articles!("WHERE article.feed = ? ORDER BY article.shown_at DESC, article.id DESC LIMIT ?"))
            .bind(feed.as_str())
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(rows::article).collect()
    }

    /// Merges the feeds: the queue of the recursion holds one article of each feed, at first its newest, and whenever
    /// the newest of them all is taken, the next older one of its feed comes in. However long the feeds are, `limit`
    /// articles are read.
    pub async fn latest_of(&self, feeds: &[FeedId], limit: u32) -> Result<Vec<Article>, Error> {
        let feeds: Vec<&str> = feeds.iter().map(FeedId::as_str).collect();
        let statement = match &self.own {
            Own::Sqlite(_) => select_articles!(
                "WHERE article.id IN (
                 WITH RECURSIVE merged (shown_at, id, feed) AS (
                     SELECT newest_at, newest, id FROM feed WHERE id IN (SELECT value FROM json_each(?1)) AND newest IS NOT NULL
                     UNION ALL
                     SELECT article.shown_at, article.id, article.feed FROM merged JOIN article ON article.id = (
                         SELECT older.id FROM article AS older
                         WHERE older.feed = merged.feed AND (older.shown_at, older.id) < (merged.shown_at, merged.id)
                         ORDER BY older.shown_at DESC, older.id DESC LIMIT 1)
                     ORDER BY 1 DESC, 2 DESC LIMIT ?2)
                 SELECT id FROM merged)
             ORDER BY article.shown_at DESC, article.id DESC"
            ),
            Own::Postgres(_) => LATEST_OF,
        };
        let rows = query(statement).bind(list(&feeds)).bind(limit).fetch_all(&self.pool).await?;
        rows.iter().map(rows::article).collect()
    }
}

/// Has the feed to itself, and the channels that are told: two feeds may bring the same story at once, and one of them
/// tells it.
async fn lock(connection: &mut Transaction, feed: &str, articles: &[NewArticle]) -> Result<(), Error> {
    connection.lock("feed", feed).await?;
    let channels: BTreeSet<&str> =
        articles.iter().flat_map(|new| &new.announce).map(|announcement| announcement.channel.as_str()).collect();
    for channel in channels {
        connection.lock("channel", channel).await?;
    }
    Ok(())
}

/// Inserts new articles, and counts them.
async fn insert_all(
    connection: &mut Transaction,
    feed: &str,
    (articles, doubt): (&[NewArticle], Doubt),
    recorded: &mut Recorded,
) -> Result<(), Error> {
    for new in articles {
        if let Some(deliveries) = insert(connection, feed, new, doubt).await? {
            recorded.articles += 1;
            recorded.deliveries += deliveries;
        }
    }
    Ok(())
}

/// Inserts an article with its first version, addresses and outbox rows; `None` where one of its addresses is known.
async fn insert(connection: &mut Transaction, feed: &str, new: &NewArticle, doubt: Doubt) -> Result<Option<u32>, Error> {
    let known: Option<i64> = query_scalar("SELECT article FROM address WHERE feed = ? AND key IN (SELECT value FROM json_each(?)) LIMIT 1")
        .bind(feed)
        .bind(list(&new.addresses))
        .fetch_optional(&mut *connection)
        .await?;
    if known.is_some() {
        return Ok(None);
    }
    let article = &new.article;
    let uid = free_uid(connection, &article.uid).await?;
    let id =
        query_scalar("INSERT INTO article (feed, uid, listed_title, folded_title, shown_at, first_seen, version) VALUES (?, ?, ?, ?, ?, ?, 1) RETURNING id")
            .bind(feed)
            .bind(uid)
            .bind(&new.listed_title)
            .bind(&new.folded_title)
            .bind(millis(article.shown_at().timestamp()))
            .bind(millis(article.first_seen))
            .fetch_one(&mut *connection)
            .await?;
    write_version(connection, id, article, 1, millis(article.changed)).await?;
    for address in new.addresses.iter().chain(&new.marks) {
        name(connection, feed, address, id).await?;
    }
    let doubt = doubt.or(end_pending(connection, feed, &new.addresses).await?);
    if let Some(due) = new.read_again {
        query("INSERT INTO unread (article, feed, tries, due_at) VALUES (?, ?, 0, ?)")
            .bind(id)
            .bind(feed)
            .bind(millis(due))
            .execute(&mut *connection)
            .await?;
    }
    let mut deliveries = 0;
    for announcement in &new.announce {
        deliveries += queue(connection, id, new, (announcement, doubt)).await?;
    }
    Ok(Some(deliveries))
}

/// Headlines that wait for their pages no more; whether one of them is in doubt.
async fn end_pending(connection: &mut Transaction, feed: &str, addresses: &[String]) -> Result<Doubt, Error> {
    let statement = "DELETE FROM pending WHERE feed = ? AND key IN (SELECT value FROM json_each(?)) RETURNING doubtful";
    let doubtful: Vec<i64> = query_scalar(statement).bind(feed).bind(list(addresses)).fetch_all(connection).await?;
    Ok(if doubtful.contains(&1) { Doubt::MayBeTold } else { Doubt::None })
}

/// The id itself, or the first further one that no article has.
async fn free_uid(connection: &mut Transaction, uid: &str) -> Result<String, Error> {
    let mut uid = uid.to_owned();
    while query("SELECT id FROM article WHERE uid = ?").bind(&uid).fetch_optional(&mut *connection).await?.is_some() {
        uid = further_uid(&uid);
    }
    Ok(uid)
}

/// One more address of an article; an address that is another article's stays its own.
pub(super) async fn name(connection: &mut Transaction, feed: &str, address: &str, article: i64) -> Result<(), Error> {
    query("INSERT INTO address (feed, key, article) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(feed)
        .bind(address)
        .bind(article)
        .execute(connection)
        .await?;
    Ok(())
}

async fn read_again(connection: &mut Transaction, reread: &Reread) -> Result<(), Error> {
    let statement = match reread.again {
        Some((tries, due)) => {
            query("UPDATE unread SET tries = ?, due_at = ? WHERE article = ?").bind(tries).bind(millis(due)).bind(reread.article)
        }
        None => query("DELETE FROM unread WHERE article = ?").bind(reread.article),
    };
    statement.execute(connection).await?;
    Ok(())
}

/// Adds to an article as it is now what its files' servers said: it is no other version of it.
async fn know_files(connection: &mut Transaction, article: i64, files: &[KnownFile]) -> Result<(), Error> {
    query("UPDATE version SET files = ?1 WHERE article = ?2 AND number = (SELECT version FROM article WHERE id = ?2)")
        .bind(list(files))
        .bind(article)
        .execute(connection)
        .await?;
    Ok(())
}

/// One outbox row, unless the channel was told of the article by another feed: at one of these addresses, or by an id
/// or slug of it and the same headline, minute or text. A headline that was changed is listed by one section before the
/// other.
async fn queue(
    connection: &mut Transaction,
    article: i64,
    new: &NewArticle,
    (announcement, doubt): (&Announcement, Doubt),
) -> Result<u32, Error> {
    let minute = new.article.published.as_ref().filter(|stamp| stamp.precision == Precision::Minute);
    // Counted, though one is enough: asked whether there is any, PostgreSQL reads all deliveries in the hope that one
    // comes soon.
    let done = query(
        "INSERT INTO delivery (channel, article, kind, state, digest, queued_at, due_at, doubtful)
         SELECT ?1, ?2, ?3, 'queued', ?4, ?5, ?6, ?13 WHERE 0 = (
             SELECT count(*) FROM delivery WHERE channel = ?1 AND kind = ?3 AND article IN (
                 SELECT article FROM address WHERE key IN (SELECT value FROM json_each(?7))
                 UNION ALL
                 SELECT other.id FROM address JOIN article AS other ON other.id = address.article
                 JOIN version ON version.article = other.id AND version.number = other.version
                 WHERE address.key IN (SELECT value FROM json_each(?8)) AND other.feed <> ?9
                 AND (other.folded_title = ?10 OR other.shown_at = ?11 OR (version.text = ?12 AND ?12 <> ''))))
         ON CONFLICT DO NOTHING",
    )
    .bind(announcement.channel.as_str())
    .bind(article)
    .bind(Kind::New.as_str())
    .bind(&announcement.digest)
    .bind(millis(new.article.first_seen))
    .bind(announcement.due.map_or(0, millis))
    .bind(list(&new.addresses))
    .bind(list(&new.marks))
    .bind(new.article.feed.as_str())
    .bind(&new.folded_title)
    .bind(minute.map(|stamp| millis(stamp.at.timestamp())))
    .bind(&new.article.text)
    .bind(i64::from(doubt == Doubt::MayBeTold))
    .execute(connection)
    .await?;
    Ok(u32::try_from(done).unwrap_or(u32::MAX))
}

async fn correct(connection: &mut Transaction, correction: &Correction, at: i64) -> Result<(), Error> {
    let article = &correction.article;
    let number: i64 = query_scalar("SELECT version + 1 FROM article WHERE id = ?").bind(article.id).fetch_one(&mut *connection).await?;
    write_version(connection, article.id, article, number, at).await?;
    // The place in the feed follows the date that the page gives; an article without one stays where it was.
    query("UPDATE article SET version = ?, listed_title = ?, folded_title = ?, shown_at = coalesce(?, shown_at) WHERE id = ?")
        .bind(number)
        .bind(&correction.listed_title)
        .bind(&correction.folded_title)
        .bind(article.published.as_ref().map(|stamp| millis(stamp.at.timestamp())))
        .bind(article.id)
        .execute(&mut *connection)
        .await?;
    query("DELETE FROM version WHERE article = ? AND number > 1 AND number <= ?")
        .bind(article.id)
        .bind(number - KEPT_VERSIONS + 1)
        .execute(connection)
        .await?;
    Ok(())
}

async fn write_version(connection: &mut Transaction, id: i64, said: &Article, number: i64, at: i64) -> Result<(), Error> {
    query(
        "INSERT INTO version (article, number, at, url, title, summary, text, html, author, published, precision, image, language, categories,
                              attachments, files)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(number)
    .bind(at)
    .bind(said.url.as_str())
    .bind(&said.title)
    .bind(&said.summary)
    .bind(&said.text)
    .bind(&said.html)
    .bind(&said.author)
    .bind(said.published.as_ref().map(loa_reader::time::Stamp::to_rfc3339))
    .bind(said.published.as_ref().map(|stamp| precision_word(stamp.precision)))
    .bind(said.image.as_ref().map(url::Url::as_str))
    .bind(&said.language)
    .bind(list(&said.categories))
    .bind(list(&said.attachments))
    .bind(list(&said.files))
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{contract, sqlite};

    #[tokio::test]
    async fn of_many_versions_the_first_and_the_newest_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = sqlite::open(&folder.path().join("loa.db")).await.unwrap();
        let mut poll = contract::recording(vec![contract::article("1", false)]);
        sqlite.record(&poll).await.unwrap();
        let article = sqlite.latest(&poll.feed, 1).await.unwrap().remove(0);
        poll.articles.clear();
        for count in 2..=50 {
            let article = Article { title: format!("Tin {count}"), ..article.clone() };
            poll.corrections = vec![Correction { article, listed_title: "Tin".into(), folded_title: "tin".into() }];
            sqlite.record(&poll).await.unwrap();
        }
        let kept: Vec<i64> = query_scalar("SELECT number FROM version ORDER BY number").fetch_all(&sqlite.pool).await.unwrap();
        assert_eq!(kept, [1].into_iter().chain(32..=50).collect::<Vec<_>>());
        assert_eq!(sqlite.latest(&poll.feed, 1).await.unwrap()[0].title, "Tin 50");
    }
}
