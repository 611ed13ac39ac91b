//! Deliveries: claimed oldest first, one at a time a channel, settled by whoever holds the lease.

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::{
    Sqlite,
    rows::{self, list, millis, moment},
};
use crate::{
    channel::{ChannelId, Chat},
    store::{ChannelState, Claim, Delivery, Error, Lease, Outcome, State, Work},
};

/// A delivery with its article; the caller adds `WHERE`.
macro_rules! select_deliveries {
    ($rest:literal) => {
        concat!(
            "SELECT delivery.id AS delivery, channel, state, digest, tries, queued_at, due_at, message_id, why, settled_at,
                    article.id AS article, article.feed, uid, first_seen, version.at, url, title, summary, text, html, author,
                    published, precision, image, language, categories
             FROM delivery JOIN article ON article.id = delivery.article
             JOIN version ON version.article = article.id AND version.number = article.version ",
            $rest
        )
    };
}

mod claim;

impl Sqlite {
    /// What a dead daemon was sending is unclear now.
    pub async fn take_over(&self, look_at: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "UPDATE delivery SET state = 'unknown', due_at = ?, why = 'loa stopped while it was being sent' WHERE state = 'sending'",
        )
        .bind(millis(look_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn claim(&self, claim: &Claim) -> Result<Work, Error> {
        let mut transaction = self.write().await?;
        let chat = channel_state(&mut transaction, &claim.channel, &claim.chat).await?;
        let work = claim::choose(&mut transaction, claim, chat).await?;
        transaction.commit().await?;
        Ok(work)
    }

    pub async fn settle(&self, lease: &Lease, outcome: &Outcome, now: Timestamp) -> Result<bool, Error> {
        let now = millis(now);
        let (state, due, why, message_id) = match outcome {
            Outcome::Sent { message_id, .. } => (State::Sent, now, None, *message_id),
            // It is the chat that waits, not the message: it stays first in line, and in another chat it could go at once.
            Outcome::Wait { why, .. } | Outcome::Paused { why, .. } => (State::Queued, 0, Some(why.as_str()), None),
            Outcome::Again { why } => (State::Queued, 0, Some(why.as_str()), None),
            Outcome::Unknown { look_at, why } => (State::Unknown, millis(*look_at), Some(why.as_str()), None),
            Outcome::Dead { why } => (State::Dead, now, Some(why.as_str()), None),
            Outcome::Moved { .. } | Outcome::Returned => (State::Queued, 0, None, None),
            Outcome::Shown => (State::Shown, now, None, None),
        };
        let is_final = matches!(state, State::Sent | State::Dead | State::Shown);
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "UPDATE delivery SET state = ?1, due_at = ?2, why = ?3, message_id = ?4, settled_at = CASE WHEN ?5 THEN ?6 END
             WHERE id IN (SELECT value FROM json_each(?7)) AND lease = ?8 AND state = 'sending'",
        )
        .bind(state.as_str())
        .bind(due)
        .bind(why)
        .bind(message_id)
        .bind(is_final)
        .bind(now)
        .bind(list(&lease.deliveries))
        .bind(lease.number)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        note_in_channel(&mut transaction, &lease.channel, outcome).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn channel_state(&self, channel: &ChannelId, chat: &Chat) -> Result<ChannelState, Error> {
        let mut transaction = self.write().await?;
        let state = channel_state(&mut transaction, channel, chat).await?;
        transaction.commit().await?;
        Ok(state)
    }

    pub async fn delivery_counts(&self, channel: &ChannelId) -> Result<Vec<(State, u64)>, Error> {
        let rows = sqlx::query("SELECT state, count(*) FROM delivery INDEXED BY delivery_due WHERE channel = ? GROUP BY state")
            .bind(channel.as_str())
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let word: String = row.try_get(0)?;
                let state = word.parse().map_err(|_| Error::Unreadable { what: "a delivery's state", found: word })?;
                Ok((state, row.try_get::<i64, _>(1)?.unsigned_abs()))
            })
            .collect()
    }

    pub async fn deliveries(&self, state: Option<State>, limit: u32) -> Result<Vec<Delivery>, Error> {
        let newest = match state {
            None => sqlx::query(select_deliveries!("ORDER BY delivery.id DESC LIMIT ?")),
            Some(state) => sqlx::query(select_deliveries!("WHERE state = ? ORDER BY delivery.id DESC LIMIT ?")).bind(state.as_str()),
        };
        let rows = newest.bind(limit).fetch_all(&self.pool).await?;
        rows.iter().rev().map(rows::delivery).collect()
    }

    pub async fn decide(&self, delivery: i64, to: State, now: Timestamp) -> Result<Option<State>, Error> {
        let mut transaction = self.write().await?;
        let found: Option<String> =
            sqlx::query_scalar("SELECT state FROM delivery WHERE id = ?").bind(delivery).fetch_optional(&mut *transaction).await?;
        let Some(word) = found else { return Ok(None) };
        let from: State = word.parse().map_err(|_| Error::Unreadable { what: "a delivery's state", found: word })?;
        if matches!(from, State::Unknown | State::Dead) || (from == State::Queued && to == State::Dropped) {
            sqlx::query("UPDATE delivery SET state = ?1, due_at = 0, digest = NULL, settled_at = CASE WHEN ?1 = 'dropped' THEN ?2 END WHERE id = ?3")
                .bind(to.as_str())
                .bind(millis(now))
                .bind(delivery)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        }
        Ok(Some(from))
    }
}

/// The channel's row, made anew when the settings name another chat.
async fn channel_state(connection: &mut SqliteConnection, channel: &ChannelId, chat: &Chat) -> Result<ChannelState, Error> {
    sqlx::query(
        "INSERT INTO channel (id, chat) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE
         SET chat = ?2, moved_to = NULL, last_message_id = NULL, pace_at = 0, hold_until = 0, paused = NULL WHERE chat <> ?2",
    )
    .bind(channel.as_str())
    .bind(chat.to_string())
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query("SELECT moved_to, last_message_id, hold_until, paused FROM channel WHERE id = ?")
        .bind(channel.as_str())
        .fetch_one(connection)
        .await?;
    let hold_until: i64 = row.try_get("hold_until")?;
    Ok(ChannelState {
        moved_to: row.try_get("moved_to")?,
        last_message_id: row.try_get("last_message_id")?,
        hold_until: (hold_until > 0).then(|| moment(hold_until)),
        paused: row.try_get("paused")?,
    })
}

/// What an outcome says of the chat rather than of the message.
async fn note_in_channel(connection: &mut SqliteConnection, channel: &ChannelId, outcome: &Outcome) -> Result<(), Error> {
    let channel = channel.as_str();
    match outcome {
        Outcome::Sent { message_id, last_message_id, pause } => {
            sqlx::query(
                "UPDATE channel SET last_message_id = nullif(max(coalesce(last_message_id, 0), coalesce(?1, 0)), 0),
                     pace_at = pace_at + ?2, paused = NULL, hold_until = 0 WHERE id = ?3",
            )
            .bind(last_message_id.or(*message_id))
            .bind(i64::try_from((*pause).max(SignedDuration::ZERO).as_millis()).unwrap_or(0))
            .bind(channel)
            .execute(connection)
            .await?;
        }
        Outcome::Wait { until, .. } => {
            sqlx::query("UPDATE channel SET hold_until = ? WHERE id = ?").bind(millis(*until)).bind(channel).execute(connection).await?;
        }
        Outcome::Paused { until, why } => {
            sqlx::query("UPDATE channel SET hold_until = ?, paused = ? WHERE id = ?")
                .bind(millis(*until))
                .bind(why)
                .bind(channel)
                .execute(connection)
                .await?;
        }
        Outcome::Moved { to } => {
            // In the new chat the numbers of messages begin anew.
            sqlx::query("UPDATE channel SET moved_to = ?, last_message_id = NULL WHERE id = ?")
                .bind(to)
                .bind(channel)
                .execute(connection)
                .await?;
        }
        Outcome::Again { .. } | Outcome::Unknown { .. } | Outcome::Dead { .. } | Outcome::Shown | Outcome::Returned => (),
    }
    Ok(())
}
