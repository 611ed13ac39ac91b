//! Troubles, and the rows of the outbox that tell of them.

use jiff::Timestamp;

use super::{
    Database,
    rows::{self, list, millis},
    statement::{Row, Transaction, query, query_scalar},
};
use crate::{
    article::FeedId,
    channel::ChannelId,
    store::{Alarm, Begun, Error, Heard, Kind as DeliveryKind, SHORT_TROUBLE},
    trouble::{Kind, Trouble},
};

/// Alarms of one digest.
const TOGETHER: &str = "alarms";

/// A trouble with the time at which it was told; the caller adds `WHERE`.
macro_rules! select_troubles {
    ($rest:literal) => {
        concat!(
            "SELECT trouble.id AS trouble, trouble.kind AS trouble_kind, subject, feeds, open_feeds, trouble.why AS trouble_why,
                    trouble.tries AS trouble_tries, next_at, usual, began_at, over_at,
                    (SELECT settled_at FROM delivery INDEXED BY delivery_by_trouble WHERE delivery.trouble = trouble.id AND state = 'sent' LIMIT 1) AS told_at
             FROM trouble ",
            $rest
        )
    };
}

impl Database {
    pub async fn open_troubles(&self) -> Result<Vec<Trouble>, Error> {
        let rows = query(select_troubles!("WHERE over_at IS NULL ORDER BY trouble.id")).fetch_all(&self.pool).await?;
        rows.iter().map(rows::trouble).collect()
    }

    pub async fn begin_trouble(&self, begun: &Begun, alarm: Option<&Alarm>) -> Result<bool, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("troubles", "").await?;
        let is_new = match open(&mut transaction, begun.kind, &begun.subject).await?.filter(|_| !begun.is_over) {
            Some(trouble) => {
                go_on(&mut transaction, trouble, begun).await?;
                false
            }
            None => {
                let id = insert(&mut transaction, begun).await?;
                if let Some(alarm) = alarm {
                    queue(&mut transaction, id, DeliveryKind::Alarm, alarm, begun.now).await?;
                }
                true
            }
        };
        self.tell(&mut transaction, Heard::Deliveries).await?;
        transaction.commit().await?;
        Ok(is_new)
    }

    pub async fn end_trouble(
        &self,
        kind: Kind,
        subject: &str,
        feed: Option<&FeedId>,
        now: Timestamp,
        alarm: Option<&Alarm>,
    ) -> Result<Option<Trouble>, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("troubles", "").await?;
        let Some(mut trouble) = open(&mut transaction, kind, subject).await? else { return Ok(None) };
        trouble.open.retain(|open| feed.is_some_and(|feed| feed != open));
        trouble.over_at = trouble.open.is_empty().then_some(now);
        query("UPDATE trouble SET open_feeds = ?, over_at = ? WHERE id = ?")
            .bind(list(&words(&trouble.open)))
            .bind(trouble.over_at.map(millis))
            .bind(trouble.id)
            .execute(&mut transaction)
            .await?;
        if trouble.over_at.is_some() {
            tell_end(&mut transaction, &trouble, now, alarm).await?;
        }
        transaction.commit().await?;
        Ok(Some(trouble))
    }

    pub async fn tell_untold(&self, alarm: &Alarm, now: Timestamp) -> Result<u32, Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("troubles", "").await?;
        let untold: Vec<i64> = query_scalar(
            "SELECT id FROM trouble WHERE over_at IS NULL AND kind NOT IN (?1, ?2)
             AND NOT EXISTS (SELECT 1 FROM delivery INDEXED BY delivery_by_trouble WHERE delivery.trouble = trouble.id) ORDER BY id",
        )
        .bind(Kind::OpsChat.as_str())
        .bind(Kind::Network.as_str())
        .fetch_all(&mut transaction)
        .await?;
        for trouble in &untold {
            queue(&mut transaction, *trouble, DeliveryKind::Alarm, alarm, now).await?;
        }
        transaction.commit().await?;
        Ok(u32::try_from(untold.len()).unwrap_or(u32::MAX))
    }

    pub async fn last_said(&self, channel: &ChannelId) -> Result<Option<Timestamp>, Error> {
        let last: Option<i64> = query_scalar(
            "SELECT settled_at FROM delivery INDEXED BY delivery_due WHERE channel = ? AND state = 'sent' ORDER BY due_at DESC, id DESC LIMIT 1",
        )
        .bind(channel.as_str())
        .fetch_optional(&self.pool)
        .await?;
        Ok(rows::maybe(last))
    }
}

async fn open(connection: &mut Transaction, kind: Kind, subject: &str) -> Result<Option<Trouble>, Error> {
    let row: Option<Row> = query(select_troubles!("WHERE over_at IS NULL AND kind = ? AND subject = ?"))
        .bind(kind.as_str())
        .bind(subject)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(rows::trouble).transpose()
}

async fn insert(connection: &mut Transaction, begun: &Begun) -> Result<i64, Error> {
    let feeds = list(&words(begun.feed.as_slice()));
    query_scalar(
        "INSERT INTO trouble (kind, subject, feeds, open_feeds, why, tries, next_at, usual, began_at, over_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id",
    )
    .bind(begun.kind.as_str())
    .bind(&begun.subject)
    .bind(&feeds)
    .bind(if begun.is_over { "[]" } else { feeds.as_str() })
    .bind(&begun.why)
    .bind(begun.tries)
    .bind(begun.next_at.map(millis))
    .bind(begun.usual.and_then(|usual| i64::try_from(usual.as_millis()).ok()))
    .bind(millis(begun.since))
    .bind(begun.is_over.then_some(millis(begun.now)))
    .fetch_one(connection)
    .await
}

/// One more feed of a trouble, or one more failure of a feed that is in it.
async fn go_on(connection: &mut Transaction, mut trouble: Trouble, begun: &Begun) -> Result<(), Error> {
    if let Some(feed) = &begun.feed {
        for feeds in [&mut trouble.feeds, &mut trouble.open] {
            if !feeds.contains(feed) {
                feeds.push(feed.clone());
            }
        }
    }
    // Of several feeds the soonest try says when it goes on.
    let next_at = begun.next_at.into_iter().chain(trouble.next_at.filter(|next| *next > begun.now)).min();
    query("UPDATE trouble SET feeds = ?, open_feeds = ?, why = ?, tries = ?, next_at = ?, began_at = ? WHERE id = ?")
        .bind(list(&words(&trouble.feeds)))
        .bind(list(&words(&trouble.open)))
        .bind(&begun.why)
        .bind(begun.tries.max(trouble.tries))
        .bind(next_at.map(millis))
        .bind(millis(begun.since.min(trouble.began_at)))
        .bind(trouble.id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The end is told where the beginning was, or would have been worth a message.
async fn tell_end(connection: &mut Transaction, trouble: &Trouble, now: Timestamp, alarm: Option<&Alarm>) -> Result<(), Error> {
    query(
        "UPDATE delivery INDEXED BY delivery_by_trouble SET state = 'dropped', settled_at = ?, due_at = 0, why = 'it was over before it could be told'
         WHERE trouble = ? AND state = 'queued'",
    )
    .bind(millis(now))
    .bind(trouble.id)
    .execute(&mut *connection)
    .await?;
    let is_told: bool = query_scalar("SELECT EXISTS (SELECT 1 FROM delivery INDEXED BY delivery_by_trouble WHERE trouble = ? AND state IN ('sending', 'sent', 'unknown'))")
        .bind(trouble.id)
        .fetch_one(&mut *connection)
        .await?;
    match alarm {
        Some(alarm) if is_told || trouble.lasted(now) >= SHORT_TROUBLE => {
            queue(connection, trouble.id, DeliveryKind::Over, alarm, now).await
        }
        _ => Ok(()),
    }
}

/// One row of the outbox. Those that wait already say when all of them go.
async fn queue(connection: &mut Transaction, trouble: i64, kind: DeliveryKind, alarm: &Alarm, now: Timestamp) -> Result<(), Error> {
    connection.lock("channel", alarm.channel.as_str()).await?;
    query(
        "INSERT INTO delivery (channel, trouble, kind, state, digest, queued_at, due_at)
         SELECT ?1, ?2, ?3, 'queued', ?4, ?5, coalesce((
             SELECT due_at FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' ORDER BY due_at DESC LIMIT 1), ?6)",
    )
    .bind(alarm.channel.as_str())
    .bind(trouble)
    .bind(kind.as_str())
    .bind(TOGETHER)
    .bind(millis(now))
    .bind(millis(alarm.due))
    .execute(connection)
    .await?;
    Ok(())
}

fn words(feeds: &[FeedId]) -> Vec<&str> {
    feeds.iter().map(FeedId::as_str).collect()
}
