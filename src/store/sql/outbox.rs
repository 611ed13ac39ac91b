//! Deliveries: claimed oldest first, one at a time a channel, settled by whoever holds the lease.

use jiff::Timestamp;

use super::{
    Database, Own,
    rows::{self, NEVER, list, millis},
    statement::{Transaction, query, query_scalar},
    turns::Load,
};
use crate::{
    channel::{Address, ChannelId},
    store::{Attempt, ChannelState, Claim, Delivery, Error, Heard, Kind, Lease, Outcome, Passage, State, Work},
};

/// A delivery with its article; the caller adds `WHERE`.
macro_rules! select_deliveries {
    ($rest:literal) => {
        concat!(
            "SELECT delivery.id AS delivery, channel, delivery.kind, state, digest, delivery.tries, unclear, looks, fingerprint, sent_after, doubtful,
                    queued_at, due_at, receipt, delivery.why, settled_at,
                    portal_title,
                    article.id AS article, article.feed, uid, first_seen, version.at, url, title, summary, text, html, author,
                    published, precision, image, language, categories, attachments, files,
                    trouble.id AS trouble, trouble.kind AS trouble_kind, subject, feeds, open_feeds, trouble.why AS trouble_why,
                    trouble.tries AS trouble_tries, next_at, usual, began_at, over_at, NULL AS told_at
             FROM delivery LEFT JOIN article ON article.id = delivery.article
             LEFT JOIN version ON version.article = article.id AND version.number = article.version
             LEFT JOIN (SELECT id AS portal, portal_title FROM feed) AS named ON named.portal = article.feed
             LEFT JOIN trouble ON trouble.id = delivery.trouble ",
            $rest
        )
    };
}

/// Ends the sends of a process that is gone, from the time `?1` on; the caller adds `WHERE`. What had begun may have
/// arrived, and counts once; a look for it that was cut off does not count, and goes on at once.
macro_rules! cut_off {
    ($update:literal, $why:literal) => {
        concat!(
            $update,
            " SET state = CASE WHEN fingerprint IS NULL THEN 'queued' ELSE 'unknown' END,
                  due_at = CASE WHEN fingerprint IS NULL OR looks > 0 THEN 0 ELSE ?1 END,
                  unclear = unclear + CASE WHEN fingerprint IS NOT NULL AND looks = 0 THEN 1 ELSE 0 END,
                  looks = CASE WHEN looks > 0 THEN looks - 1 ELSE 0 END, why = '",
            $why,
            "' "
        )
    };
}

mod claim;
mod limits;

use limits::Queue;

impl Database {
    pub async fn announce(&self, article: i64, channel: &ChannelId, now: Timestamp) -> Result<bool, Error> {
        let done = query(
            "INSERT INTO delivery (channel, article, kind, state, queued_at, due_at) VALUES (?, ?, ?, 'queued', ?, 0) ON CONFLICT DO NOTHING",
        )
        .bind(channel.as_str())
        .bind(article)
        .bind(Kind::New.as_str())
        .bind(millis(now))
        .execute(&self.pool)
        .await?;
        self.tell(&self.pool, Heard::Deliveries).await?;
        Ok(done > 0)
    }

    /// What a dead daemon was sending is unclear now; what it had not begun to send is not.
    pub async fn take_over(&self, look_at: Timestamp) -> Result<(), Error> {
        if let Own::Postgres(server) = &self.own {
            return server.take_over(look_at, &self.pool).await;
        }
        query(concat!(cut_off!("UPDATE delivery", "loa stopped while it was being sent"), "WHERE state = 'sending'"))
            .bind(millis(look_at))
            .execute(&self.pool)
            .await?;
        self.forget_workers(Timestamp::MAX).await
    }

    pub async fn begin(&self, lease: &Lease, attempt: &Attempt) -> Result<bool, Error> {
        let mut transaction = self.pool.write_load(load(lease)).await?;
        let done = query(
            "UPDATE delivery SET fingerprint = ?, sent_after = ?
             WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND lease = ? AND state = 'sending'",
        )
        .bind(&attempt.fingerprint)
        .bind(&attempt.after)
        .bind(list(&lease.deliveries))
        .bind(lease.number)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(done > 0)
    }

    /// Under the number `lease`. The leases that have `ended` are over: nobody settles what has them.
    pub async fn claim(&self, claim: &Claim, lease: i64, ended: &[i64]) -> Result<Work, Error> {
        let queue = Queue::of(&self.pool, claim.channel.as_str()).await?;
        let load = if queue == Queue::Long { Load::Much } else { Load::Little };
        let mut transaction = self.pool.write_load(load).await?;
        transaction.lock("channel", claim.channel.as_str()).await?;
        let chat = channel_state(&mut transaction, &claim.channel, &claim.address).await?;
        if let Own::Postgres(server) = &self.own {
            server.shorten_leases_of_the_dead(&mut transaction, claim).await?;
        }
        let work = claim::choose(&mut transaction, claim, (chat, queue), (lease, ended)).await?;
        transaction.commit().await?;
        Ok(work)
    }

    pub async fn reserve(&self, lease: &Lease, further: u32, now: Timestamp) -> Result<Timestamp, Error> {
        let mut transaction = self.pool.write().await?;
        let free_at = limits::reserve(&mut transaction, &lease.limits, further, now).await?;
        transaction.commit().await?;
        Ok(free_at)
    }

    pub async fn note_passed(&self, lease: &Lease, receipt: &str, is_last: bool) -> Result<(), Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("channel", lease.channel.as_str()).await?;
        let done = query(
            "UPDATE delivery SET sent_after = ?
             WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND lease = ? AND state = 'sending'",
        )
        .bind(receipt)
        .bind(list(&lease.deliveries))
        .bind(lease.number)
        .execute(&mut transaction)
        .await?;
        if done > 0 && is_last {
            query("UPDATE channel SET last_receipt = ? WHERE id = ?")
                .bind(receipt)
                .bind(lease.channel.as_str())
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await
    }

    pub async fn has_other_unclear(&self, lease: &Lease) -> Result<bool, Error> {
        let statement = "SELECT id FROM delivery INDEXED BY delivery_due WHERE channel = ? AND state = 'unknown'
             AND id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) LIMIT 1";
        let other: Option<i64> =
            query_scalar(statement).bind(lease.channel.as_str()).bind(list(&lease.deliveries)).fetch_optional(&self.pool).await?;
        Ok(other.is_some())
    }

    pub async fn note_read(&self, lease: &Lease, passage: &Passage) -> Result<(), Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("channel", lease.channel.as_str()).await?;
        // Looks count those in a row that brought nothing.
        let held = query(
            "UPDATE delivery SET looks = 0
             WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND lease = ? AND state = 'sending'",
        )
        .bind(list(&lease.deliveries))
        .bind(lease.number)
        .execute(&mut transaction)
        .await?;
        if held == 0 {
            return Ok(());
        }
        for (print, receipt) in &passage.told {
            query("INSERT INTO told (channel, print, receipt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(lease.channel.as_str())
                .bind(print)
                .bind(receipt)
                .execute(&mut transaction)
                .await?;
        }
        // A lost answer is looked for behind what was read.
        query(
            "UPDATE channel SET last_receipt = CASE WHEN last_receipt IS NOT DISTINCT FROM read_to THEN coalesce(?1, last_receipt)
                 ELSE last_receipt END, read_to = coalesce(?1, read_to), reading = ?2 WHERE id = ?3",
        )
        .bind(&passage.to)
        .bind(passage.reading.as_str())
        .bind(lease.channel.as_str())
        .execute(&mut transaction)
        .await?;
        transaction.commit().await
    }

    pub async fn told(&self, channel: &ChannelId, prints: &[String]) -> Result<Option<String>, Error> {
        let statement = "SELECT receipt FROM told WHERE channel = ? AND print IN (SELECT value FROM json_each(?)) LIMIT 1";
        query_scalar(statement).bind(channel.as_str()).bind(list(prints)).fetch_optional(&self.pool).await
    }

    pub async fn settle(&self, lease: &Lease, outcome: &Outcome, now: Timestamp) -> Result<bool, Error> {
        let now = millis(now);
        let (state, due, why, receipt) = match outcome {
            Outcome::Sent { receipt, .. } => (State::Sent, now, None, receipt.clone()),
            // It is the chat that waits, not the message: it stays first in line, and in another chat it could go at
            // once.
            Outcome::Wait { why, .. } | Outcome::Paused { why, .. } => (State::Queued, 0, Some(why.as_str()), None),
            Outcome::Again { why } => (State::Queued, 0, Some(why.as_str()), None),
            Outcome::Unclear { look_at, why, .. } | Outcome::Undecided { look_at, why } => {
                (State::Unknown, millis(*look_at), Some(why.as_str()), None)
            }
            Outcome::Held { why } => (State::Unknown, NEVER, Some(why.as_str()), None),
            Outcome::Dropped { why } => (State::Dropped, now, Some(why.as_str()), None),
            Outcome::Dead { why, .. } => (State::Dead, now, Some(why.as_str()), None),
            Outcome::Moved { .. } | Outcome::Returned => (State::Queued, 0, None, None),
            Outcome::Shown => (State::Shown, now, None, None),
        };
        let is_unclear = matches!(outcome, Outcome::Unclear { .. });
        let is_final = matches!(state, State::Sent | State::Dead | State::Dropped | State::Shown);
        let mut transaction = self.pool.write_load(load(lease)).await?;
        transaction.lock("channel", lease.channel.as_str()).await?;
        let done = query(
            "UPDATE delivery SET state = ?1, due_at = ?2, why = ?3, receipt = ?4, settled_at = CASE WHEN ?5 THEN ?6 END,
                 unclear = unclear + ?9, doubtful = CASE WHEN ?10 THEN 0 ELSE doubtful END
             WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?7)) AND lease = ?8 AND state = 'sending'",
        )
        .bind(state.as_str())
        .bind(due)
        .bind(why)
        .bind(receipt)
        .bind(is_final)
        .bind(now)
        .bind(list(&lease.deliveries))
        .bind(lease.number)
        .bind(i64::from(is_unclear))
        .bind(matches!(outcome, Outcome::Again { .. }))
        .execute(&mut transaction)
        .await?;
        if done == 0 {
            return is_settled(&mut transaction, lease, state).await;
        }
        note_in_channel(&mut transaction, lease, outcome, now).await?;
        if matches!(outcome, Outcome::Sent { .. } | Outcome::Unclear { .. }) {
            limits::arrived(&mut transaction, lease, now).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    pub async fn channel_state(&self, channel: &ChannelId, address: &Address) -> Result<ChannelState, Error> {
        let statement =
            "SELECT moved_to, last_receipt, hold_until, paused, unclear, problem, read_to, reading FROM channel WHERE id = ? AND chat = ?";
        let row = query(statement).bind(channel.as_str()).bind(address.as_str()).fetch_optional(&self.pool).await?;
        row.as_ref().map_or(Ok(ChannelState::default()), rows::channel_state)
    }

    pub async fn reopen_chats(&self) -> Result<(), Error> {
        query("UPDATE channel SET hold_until = 0 WHERE paused IS NOT NULL").execute(&self.pool).await?;
        Ok(())
    }

    pub async fn reopen_chat(&self, channel: &ChannelId) -> Result<bool, Error> {
        // Also the topic is tried again in whose place its chat was taken.
        let done = query(
            "UPDATE channel SET hold_until = 0, moved_to = CASE WHEN chat LIKE moved_to || '/%' THEN NULL ELSE moved_to END
             WHERE id = ? AND (paused IS NOT NULL OR hold_until > 0 OR chat LIKE moved_to || '/%')",
        )
        .bind(channel.as_str())
        .execute(&self.pool)
        .await?;
        self.tell(&self.pool, Heard::Deliveries).await?;
        Ok(done > 0)
    }

    pub async fn open_chat(&self, channel: &ChannelId) -> Result<bool, Error> {
        let done = query("UPDATE channel SET hold_until = 0, paused = NULL WHERE id = ? AND paused IS NOT NULL")
            .bind(channel.as_str())
            .execute(&self.pool)
            .await?;
        self.tell(&self.pool, Heard::Deliveries).await?;
        Ok(done > 0)
    }

    pub async fn close_chat(&self, channel: &ChannelId, why: &str, until: Timestamp) -> Result<bool, Error> {
        let done = query("UPDATE channel SET hold_until = ?1, paused = ?2 WHERE id = ?3 AND paused IS NULL")
            .bind(millis(until))
            .bind(why)
            .bind(channel.as_str())
            .execute(&self.pool)
            .await?;
        Ok(done > 0)
    }

    pub async fn decide_all(&self, channel: Option<&ChannelId>, from: &[State], to: State, now: Timestamp) -> Result<u64, Error> {
        let from: Vec<&str> = from.iter().filter(|from| State::decided_from(to).contains(from)).map(|from| from.as_str()).collect();
        let done = query(
            "UPDATE delivery INDEXED BY delivery_due SET state = ?1, due_at = 0, digest = NULL, unclear = 0,
                 settled_at = CASE WHEN ?1 = 'dropped' THEN ?2 END
             WHERE channel IN (SELECT id FROM channel WHERE ?3 IS NULL OR id = ?3) AND state IN (SELECT value FROM json_each(?4))",
        )
        .bind(to.as_str())
        .bind(millis(now))
        .bind(channel.map(ChannelId::as_str))
        .bind(list(&from))
        .execute(&self.pool)
        .await?;
        self.tell(&self.pool, Heard::Deliveries).await?;
        Ok(done)
    }

    pub async fn note_problem(&self, channel: &ChannelId, problem: Option<&str>) -> Result<bool, Error> {
        let done = query("UPDATE channel SET problem = ?1 WHERE id = ?2 AND problem IS DISTINCT FROM ?1")
            .bind(problem)
            .bind(channel.as_str())
            .execute(&self.pool)
            .await?;
        Ok(done > 0)
    }

    pub async fn held(&self, channel: &ChannelId, limit: u32) -> Result<Vec<i64>, Error> {
        let statement = "SELECT id FROM delivery INDEXED BY delivery_due WHERE channel = ? AND state = 'unknown' AND due_at = ?
             ORDER BY id LIMIT ?";
        query_scalar(statement).bind(channel.as_str()).bind(NEVER).bind(limit).fetch_all(&self.pool).await
    }

    pub async fn delivery_counts(&self, channel: &ChannelId) -> Result<Vec<(State, u64)>, Error> {
        let rows = query("SELECT state, count(*) FROM delivery INDEXED BY delivery_due WHERE channel = ? GROUP BY state")
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
            Some(state) => query(select_deliveries!("WHERE state = ? ORDER BY delivery.id DESC LIMIT ?")).bind(state.as_str()).bind(limit),
            None => query(select_deliveries!("ORDER BY delivery.id DESC LIMIT ?")).bind(limit),
        };
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter().rev().map(rows::delivery).collect()
    }

    pub async fn decide(&self, delivery: i64, to: State, now: Timestamp) -> Result<Option<State>, Error> {
        loop {
            let found: Option<String> =
                query_scalar("SELECT state FROM delivery WHERE id = ?").bind(delivery).fetch_optional(&self.pool).await?;
            let Some(word) = found else { return Ok(None) };
            let from: State = word.parse().map_err(|_| Error::Unreadable { what: "a delivery's state", found: word })?;
            if !State::decided_from(to).contains(&from) {
                return Ok(Some(from));
            }
            let done = query(
                "UPDATE delivery SET state = ?1, due_at = 0, digest = NULL, unclear = 0, settled_at = CASE WHEN ?1 = 'dropped' THEN ?2 END
                 WHERE id = ?3 AND state = ?4",
            )
            .bind(to.as_str())
            .bind(millis(now))
            .bind(delivery)
            .bind(from.as_str())
            .execute(&self.pool)
            .await?;
            if done > 0 {
                self.tell(&self.pool, Heard::Deliveries).await?;
                return Ok(Some(from));
            }
        }
    }
}

/// A digest has many rows.
fn load(lease: &Lease) -> Load {
    if lease.deliveries.len() > 1 { Load::Much } else { Load::Little }
}

/// Whether rows are as this lease has settled them: the answer to that was lost.
async fn is_settled(connection: &mut Transaction, lease: &Lease, state: State) -> Result<bool, Error> {
    let settled: i64 = query_scalar(
        "SELECT count(*) FROM delivery WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND lease = ? AND state = ?",
    )
    .bind(list(&lease.deliveries))
    .bind(lease.number)
    .bind(state.as_str())
    .fetch_one(connection)
    .await?;
    Ok(settled > 0)
}

/// The channel's row, made anew when the settings name another chat.
async fn channel_state(connection: &mut Transaction, channel: &ChannelId, address: &Address) -> Result<ChannelState, Error> {
    query(
        "INSERT INTO channel (id, chat) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE
         SET chat = ?2, moved_to = NULL, last_receipt = NULL, hold_until = 0, paused = NULL, unclear = 0,
             problem = NULL, read_to = NULL, reading = NULL WHERE channel.chat <> ?2",
    )
    .bind(channel.as_str())
    .bind(address.as_str())
    .execute(&mut *connection)
    .await?;
    let row = query("SELECT moved_to, last_receipt, hold_until, paused, unclear, problem, read_to, reading FROM channel WHERE id = ?")
        .bind(channel.as_str())
        .fetch_one(connection)
        .await?;
    rows::channel_state(&row)
}

/// What an outcome says of the chat rather than of the message.
async fn note_in_channel(connection: &mut Transaction, lease: &Lease, outcome: &Outcome, now: i64) -> Result<(), Error> {
    let channel = lease.channel.as_str();
    match outcome {
        Outcome::Sent { last_receipt, .. } => {
            query("UPDATE channel SET last_receipt = coalesce(?1, last_receipt), paused = NULL, hold_until = 0, unclear = 0 WHERE id = ?2")
                .bind(last_receipt)
                .bind(channel)
                .execute(connection)
                .await?;
        }
        Outcome::Wait { until, .. } => {
            query("UPDATE channel SET hold_until = ? WHERE id = ?").bind(millis(*until)).bind(channel).execute(&mut *connection).await?;
            limits::hold(connection, &lease.limits, millis(*until), now).await?;
        }
        Outcome::Paused { until, why } | Outcome::Dead { rest_until: Some(until), why } => {
            query("UPDATE channel SET hold_until = ?, paused = ? WHERE id = ?")
                .bind(millis(*until))
                .bind(why)
                .bind(channel)
                .execute(connection)
                .await?;
        }
        Outcome::Moved { to } => {
            // A receipt of the old place says nothing in the new one.
            query("UPDATE channel SET moved_to = ?, last_receipt = NULL, read_to = NULL, reading = NULL WHERE id = ?")
                .bind(to.as_str())
                .bind(channel)
                .execute(connection)
                .await?;
        }
        Outcome::Unclear { rest_until, .. } => {
            query("UPDATE channel SET unclear = unclear + 1, hold_until = coalesce(?, hold_until) WHERE id = ?")
                .bind(rest_until.map(millis))
                .bind(channel)
                .execute(connection)
                .await?;
        }
        Outcome::Again { .. }
        | Outcome::Undecided { .. }
        | Outcome::Dropped { .. }
        | Outcome::Held { .. }
        | Outcome::Dead { rest_until: None, .. }
        | Outcome::Shown
        | Outcome::Returned => (),
    }
    Ok(())
}
