//! Deliveries: claimed oldest first, one at a time a channel, settled by whoever holds the lease.

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::{
    Sqlite,
    rows::{self, list, millis, moment},
};
use crate::{
    channel::{ChannelId, Chat},
    store::{ChannelState, Claim, Delivery, Error, LEASE, Lease, Outcome, State, Work},
};

/// Rows of a digest that are taken at once; more than fit into any message.
const DIGEST_ROWS: i64 = 100;

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
        let work = choose(&mut transaction, claim, chat).await?;
        transaction.commit().await?;
        Ok(work)
    }

    pub async fn settle(&self, lease: &Lease, outcome: &Outcome, now: Timestamp) -> Result<bool, Error> {
        let now = millis(now);
        let (state, due, why, message_id) = match outcome {
            Outcome::Sent { message_id, .. } => (State::Sent, now, None, *message_id),
            Outcome::Retry { at, why } => (State::Queued, millis(*at), Some(why.as_str()), None),
            // It is the chat that waits, not the message: in another chat it could go at once.
            Outcome::Wait { why, .. } | Outcome::Paused { why, .. } => (State::Queued, now, Some(why.as_str()), None),
            Outcome::Unknown { look_at, why } => (State::Unknown, millis(*look_at), Some(why.as_str()), None),
            Outcome::Dead { why } => (State::Dead, now, Some(why.as_str()), None),
            Outcome::Moved { .. } | Outcome::Returned => (State::Queued, now, None, None),
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
        let row = sqlx::query("SELECT moved_to, last_message_id, hold_until, paused FROM channel WHERE id = ? AND chat = ?")
            .bind(channel.as_str())
            .bind(chat.to_string())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map_or(Ok(ChannelState::default()), rows::channel_state)
    }

    pub async fn delivery_counts(&self, channel: &ChannelId) -> Result<Vec<(State, u64)>, Error> {
        let rows = sqlx::query("SELECT state, count(*) FROM delivery WHERE channel = ? GROUP BY state")
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
        let query = match state {
            Some(state) => {
                sqlx::query(select_deliveries!("WHERE state = ? ORDER BY delivery.id DESC LIMIT ?")).bind(state.as_str()).bind(limit)
            }
            None => sqlx::query(select_deliveries!("ORDER BY delivery.id DESC LIMIT ?")).bind(limit),
        };
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter().rev().map(rows::delivery).collect()
    }

    pub async fn decide(&self, delivery: i64, to: State, now: Timestamp) -> Result<Option<State>, Error> {
        let mut transaction = self.write().await?;
        let found: Option<String> =
            sqlx::query_scalar("SELECT state FROM delivery WHERE id = ?").bind(delivery).fetch_optional(&mut *transaction).await?;
        let Some(word) = found else { return Ok(None) };
        let from: State = word.parse().map_err(|_| Error::Unreadable { what: "a delivery's state", found: word })?;
        if matches!(from, State::Unknown | State::Dead) || (from == State::Queued && to == State::Dropped) {
            sqlx::query("UPDATE delivery SET state = ?1, due_at = ?2, digest = NULL, settled_at = CASE WHEN ?1 = 'dropped' THEN ?2 END WHERE id = ?3")
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

/// Chooses what a channel does next, and leases it.
async fn choose(connection: &mut SqliteConnection, claim: &Claim, chat: ChannelState) -> Result<Work, Error> {
    let channel = claim.channel.as_str();
    let now = millis(claim.now);
    // A lease that ran out belongs to a process that hangs: what it was sending is unclear.
    sqlx::query("UPDATE delivery SET state = 'unknown', due_at = ?1, why = 'the send took too long' WHERE channel = ?2 AND state = 'sending' AND due_at <= ?1")
        .bind(now)
        .bind(channel)
        .execute(&mut *connection)
        .await?;
    let in_flight: Option<i64> = sqlx::query_scalar("SELECT max(due_at) FROM delivery WHERE channel = ? AND state = 'sending'")
        .bind(channel)
        .fetch_one(&mut *connection)
        .await?;
    if let Some(until) = in_flight {
        return Ok(Work::Later(moment(until)));
    }
    if let Some(until) = chat.hold_until.filter(|until| *until > claim.now) {
        return Ok(Work::Later(until));
    }
    if claim.resolve_unknown
        && let Some(row) = sqlx::query("SELECT due_at, lease FROM delivery WHERE channel = ? AND state = 'unknown' ORDER BY id LIMIT 1")
            .bind(channel)
            .fetch_optional(&mut *connection)
            .await?
    {
        let due: i64 = row.try_get(0)?;
        if due > now {
            return Ok(Work::Later(moment(due)));
        }
        let ids: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM delivery WHERE channel = ? AND state = 'unknown' AND lease IS ? ORDER BY id")
                .bind(channel)
                .bind(row.try_get::<Option<i64>, _>(1)?)
                .fetch_all(&mut *connection)
                .await?;
        let (lease, deliveries) = lease(connection, claim, ids).await?;
        return Ok(Work::Resolve { lease, deliveries, chat });
    }
    let Some(row) = sqlx::query("SELECT id, due_at, digest FROM delivery WHERE channel = ? AND state = 'queued' ORDER BY id LIMIT 1")
        .bind(channel)
        .fetch_optional(&mut *connection)
        .await?
    else {
        return Ok(Work::Nothing);
    };
    let due: i64 = row.try_get(1)?;
    if due > now {
        return Ok(Work::Later(moment(due)));
    }
    if let Some(until) = keep_pace(connection, claim).await? {
        return Ok(Work::Later(until));
    }
    let ids = match row.try_get::<Option<String>, _>(2)? {
        None => vec![row.try_get(0)?],
        Some(digest) => {
            sqlx::query_scalar(
                "SELECT id FROM delivery WHERE channel = ? AND state = 'queued' AND digest = ? AND due_at <= ? ORDER BY id LIMIT ?",
            )
            .bind(channel)
            .bind(digest)
            .bind(now)
            .bind(DIGEST_ROWS)
            .fetch_all(&mut *connection)
            .await?
        }
    };
    let (lease, deliveries) = lease(connection, claim, ids).await?;
    Ok(Work::Send { lease, deliveries, chat })
}

/// Counts one more message against the channel's pace, or says when it may go.
/// `pace_at` is the theoretical arrival time of the generic cell rate algorithm.
async fn keep_pace(connection: &mut SqliteConnection, claim: &Claim) -> Result<Option<Timestamp>, Error> {
    let pace = i64::try_from(claim.pace.as_millis()).unwrap_or(i64::MAX);
    let tolerance = pace.saturating_mul(i64::from(claim.burst.saturating_sub(1)));
    let now = millis(claim.now);
    let full_at: i64 =
        sqlx::query_scalar("SELECT pace_at FROM channel WHERE id = ?").bind(claim.channel.as_str()).fetch_one(&mut *connection).await?;
    // A clock that was set back must not silence the channel for longer than a full bucket takes.
    let full_at = full_at.min(now.saturating_add(tolerance).saturating_add(pace));
    if full_at.saturating_sub(tolerance) > now {
        return Ok(Some(moment(full_at.saturating_sub(tolerance))));
    }
    sqlx::query("UPDATE channel SET pace_at = ? WHERE id = ?")
        .bind(full_at.max(now).saturating_add(pace))
        .bind(claim.channel.as_str())
        .execute(connection)
        .await?;
    Ok(None)
}

async fn lease(connection: &mut SqliteConnection, claim: &Claim, ids: Vec<i64>) -> Result<(Lease, Vec<Delivery>), Error> {
    let number = fastrand::i64(1..i64::MAX);
    sqlx::query(
        "UPDATE delivery SET state = 'sending', lease = ?, due_at = ?, tries = tries + 1 WHERE id IN (SELECT value FROM json_each(?))",
    )
    .bind(number)
    .bind(millis(claim.now.saturating_add(LEASE).unwrap_or(Timestamp::MAX)))
    .bind(list(&ids))
    .execute(&mut *connection)
    .await?;
    let rows = sqlx::query(select_deliveries!("WHERE delivery.id IN (SELECT value FROM json_each(?)) ORDER BY delivery.id"))
        .bind(list(&ids))
        .fetch_all(&mut *connection)
        .await?;
    let deliveries = rows.iter().map(rows::delivery).collect::<Result<_, _>>()?;
    Ok((Lease { channel: claim.channel.clone(), deliveries: ids, number }, deliveries))
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
    rows::channel_state(&row)
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
        Outcome::Retry { .. } | Outcome::Unknown { .. } | Outcome::Dead { .. } | Outcome::Shown | Outcome::Returned => (),
    }
    Ok(())
}
