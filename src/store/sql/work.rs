//! What is due, and who works on it.
//!
//! Who has which host each kind of database keeps in its own way: `sqlite/leases.rs`, `postgres/leases.rs`.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Database, Own,
    rows::{self, list, maybe, millis, moment},
    statement::{Row, Transaction, query},
};
use crate::{
    article::FeedId,
    store::{
        Claimed, DefinitionPrints, DueFeed, Enrolled, Enrolment, Error, Heard, HostClaim, HostLease, HostTurn, PollBasis, Visited, Worker,
    },
};

/// Due feeds that are looked at in one claim, at most.
pub(in crate::store) const LOOKED_AT: usize = 256;

/// Reads the columns of `select_states!` of a feed that is due.
pub(in crate::store) fn due_feed(row: &Row, now: i64) -> Result<DueFeed, Error> {
    Ok(DueFeed {
        feed: rows::feed_id(row.try_get("id")?)?,
        state: rows::feed_state(row)?,
        has_unread: row.try_get::<Option<i64>, _>("unread_at")?.is_some_and(|due| due <= now),
    })
}

impl Database {
    pub async fn enrolled(&self) -> Result<Vec<Enrolled>, Error> {
        let rows = query("SELECT id, host, polled_at, next_at, failures, fresh_until, definition, pace FROM feed ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Enrolled {
                    feed: rows::feed_id(row.try_get("id")?)?,
                    host: row.try_get("host")?,
                    polled_at: maybe(row.try_get("polled_at")?),
                    next_at: moment(row.try_get("next_at")?),
                    failures: rows::number(row.try_get("failures")?),
                    fresh_until: maybe(row.try_get("fresh_until")?),
                    basis: rows::basis(row)?,
                })
            })
            .collect()
    }

    pub async fn enrol(&self, feeds: &[Enrolment], absent: &[FeedId]) -> Result<(), Error> {
        let mut transaction = self.pool.write().await?;
        transaction.lock("feeds", "").await?;
        for feed in feeds {
            enrol(&mut transaction, feed).await?;
        }
        let absent: Vec<&str> = absent.iter().map(FeedId::as_str).collect();
        // Of one that was never polled there is nothing to keep.
        query("DELETE FROM feed WHERE polled_at IS NULL AND id IN (SELECT value FROM json_each(?))")
            .bind(list(&absent))
            .execute(&mut transaction)
            .await?;
        query("UPDATE feed SET host = NULL WHERE id IN (SELECT value FROM json_each(?))")
            .bind(list(&absent))
            .execute(&mut transaction)
            .await?;
        if let Own::Postgres(server) = &self.own {
            server.know_hosts(&mut transaction).await?;
        }
        self.tell(&mut transaction, Heard::Work).await?;
        transaction.commit().await?;
        Ok(())
    }

    pub async fn claim_hosts(&self, claim: &HostClaim) -> Result<Claimed, Error> {
        match &self.own {
            Own::Sqlite(file) => file.leases.claim(claim, &self.pool).await,
            Own::Postgres(server) => server.claim_hosts(claim, &self.pool).await,
        }
    }

    pub async fn claim_host(&self, host: &str, now: Timestamp, until: Timestamp) -> Result<Option<HostLease>, Error> {
        match &self.own {
            Own::Sqlite(file) => Ok(file.leases.take(host, now, until)),
            Own::Postgres(server) => server.claim_host(host, now, until, &self.pool).await,
        }
    }

    pub async fn renew_hosts(&self, leases: &[HostLease], until: Timestamp) -> Result<Vec<HostLease>, Error> {
        match &self.own {
            Own::Sqlite(file) => Ok(leases.iter().filter(|lease| !file.leases.renew(lease, until)).cloned().collect()),
            Own::Postgres(server) => server.renew_hosts(leases, until, &self.pool).await,
        }
    }

    pub async fn release_hosts(&self, visited: &[Visited]) -> Result<(), Error> {
        match &self.own {
            Own::Sqlite(file) => file.leases.release(visited, &self.pool).await,
            Own::Postgres(server) => server.release_hosts(visited, &self.pool).await,
        }
    }

    pub async fn take_turn(&self, host: &str, number: i64, now: Timestamp, until: Timestamp) -> Result<Option<HostTurn>, Error> {
        match &self.own {
            // There is one process, which keeps the pace of its requests itself.
            Own::Sqlite(_) => Ok(Some(HostTurn { host: host.to_owned(), number, held_until: None })),
            Own::Postgres(server) => server.take_turn(host, number, (now, until), &self.pool).await,
        }
    }

    pub async fn return_turn(&self, turn: &HostTurn, rests_until: Timestamp) -> Result<(), Error> {
        match &self.own {
            Own::Sqlite(_) => Ok(()),
            Own::Postgres(server) => server.return_turn(turn, rests_until, &self.pool).await,
        }
    }

    pub async fn share_host(&self, host: &str, rests_until: Timestamp) -> Result<(), Error> {
        match &self.own {
            Own::Sqlite(_) => Ok(()),
            Own::Postgres(server) => server.share_host(host, rests_until, &self.pool).await,
        }
    }

    pub async fn note_worker(&self, worker: &Worker) -> Result<(), Error> {
        query(
            "INSERT INTO worker (id, name, started_at, seen_at, report) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET seen_at = ?4, report = ?5",
        )
        .bind(&worker.id)
        .bind(&worker.name)
        .bind(millis(worker.started_at))
        .bind(millis(worker.seen_at))
        .bind(list(&worker.report))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn note_definitions(&self, worker: &str, definitions: &DefinitionPrints) -> Result<(), Error> {
        query("UPDATE worker SET definitions = ?2 WHERE id = ?1").bind(worker).bind(list(definitions)).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn definitions_of_workers(&self) -> Result<BTreeMap<String, DefinitionPrints>, Error> {
        let rows = query("SELECT id, definitions FROM worker").fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let definitions: String = row.try_get("definitions")?;
                Ok((row.try_get("id")?, serde_json::from_str(&definitions).unwrap_or_default()))
            })
            .collect()
    }

    pub async fn forget_workers(&self, unseen_since: Timestamp) -> Result<(), Error> {
        query("DELETE FROM worker WHERE seen_at <= ?").bind(millis(unseen_since)).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn workers(&self) -> Result<Vec<Worker>, Error> {
        let rows = query("SELECT id, name, started_at, seen_at, report FROM worker ORDER BY id").fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let report: String = row.try_get("report")?;
                Ok(Worker {
                    id: row.try_get("id")?,
                    name: row.try_get("name")?,
                    started_at: moment(row.try_get("started_at")?),
                    seen_at: moment(row.try_get("seen_at")?),
                    report: serde_json::from_str(&report).unwrap_or_default(),
                })
            })
            .collect()
    }
}

async fn enrol(connection: &mut Transaction, feed: &Enrolment) -> Result<(), Error> {
    let (next, basis) = feed.next.as_ref().map_or((None, None), |(next, basis)| (Some(millis(*next)), Some(basis)));
    query(
        "INSERT INTO feed (id, url, host, next_at) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (id) DO UPDATE SET host = ?3, next_at = coalesce(?4, feed.next_at),
             definition = coalesce(?5, feed.definition), pace = coalesce(?6, feed.pace)",
    )
    .bind(feed.feed.as_str())
    .bind(&feed.url)
    .bind(&feed.host)
    .bind(next)
    .bind(basis.map(|basis| basis.definition))
    .bind(basis.map(|basis: &PollBasis| &basis.pace))
    .execute(connection)
    .await?;
    Ok(())
}
