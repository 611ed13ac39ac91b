//! What is due, and which hosts are leased.
//!
//! A file belongs to one process, so its leases need not outlive that: they are kept in memory, and a claim only reads. A database that
//! several processes share keeps them in the rows of hosts.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::{
    Sqlite,
    feeds::select_states,
    rows::{self, list, maybe, millis, moment},
    statement::{query, query_scalar},
};
use crate::{
    article::FeedId,
    store::{Claimed, ClaimedHost, DueFeed, Enrolled, Enrolment, Error, HostClaim, HostLease, PollBasis, Unchanged, Visited, Worker},
};

/// Due feeds that are looked at in one claim, at most.
const LOOKED_AT: usize = 256;

/// The hosts that somebody has, or that rest.
#[derive(Debug, Clone, Default)]
pub struct Leases(Arc<Mutex<HashMap<String, Held>>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    until: Timestamp,
    /// `None`: nobody has it, and it rests.
    number: Option<i64>,
}

impl Leases {
    /// Takes a host that is free.
    fn take(&self, host: &str, now: Timestamp, until: Timestamp) -> Option<HostLease> {
        let mut held = self.held();
        if held.get(host).is_some_and(|held| held.until > now) {
            return None;
        }
        let number = fastrand::i64(1..i64::MAX);
        held.insert(host.to_owned(), Held { until, number: Some(number) });
        Some(HostLease { host: host.to_owned(), number })
    }

    /// Prolongs a lease that nobody else has got; whether there is such a one.
    fn renew(&self, lease: &HostLease, until: Timestamp) -> bool {
        let mut held = self.held();
        let own = held.get_mut(&lease.host).filter(|held| held.number == Some(lease.number));
        own.map(|held| held.until = until).is_some()
    }

    fn is_own(&self, lease: &HostLease) -> bool {
        self.held().get(&lease.host).is_some_and(|held| held.number == Some(lease.number))
    }

    fn give_back(&self, lease: &HostLease, rests_until: Timestamp) {
        let mut held = self.held();
        if held.get(&lease.host).is_some_and(|held| held.number == Some(lease.number)) {
            held.insert(lease.host.clone(), Held { until: rests_until, number: None });
        }
    }

    pub(super) fn set_back(&self, by: SignedDuration) {
        for held in self.held().values_mut() {
            held.until = held.until.saturating_sub(by).unwrap_or(Timestamp::MIN);
        }
    }

    /// The hosts that are not to be had at `now`, and when the first of those that rest is.
    fn taken(&self, now: Timestamp) -> (Vec<String>, Option<Timestamp>) {
        let mut held = self.held();
        // One that ran out may still be settled by whoever has it, as long as nobody else takes it.
        held.retain(|_, held| held.until > now || held.number.is_some());
        let taken = held.iter().filter(|(_, held)| held.until > now);
        let names = taken.clone().map(|(name, _)| name.clone()).collect();
        (names, taken.filter(|(_, held)| held.number.is_none()).map(|(_, held)| held.until).min())
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        // What a panic left behind is a table all the same.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sqlite {
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
        let mut transaction = self.write().await?;
        for feed in feeds {
            enrol(&mut transaction, feed).await?;
        }
        let absent: Vec<&str> = absent.iter().map(FeedId::as_str).collect();
        // Of one that was never polled there is nothing to keep.
        query("DELETE FROM feed WHERE polled_at IS NULL AND id IN (SELECT value FROM json_each(?))")
            .bind(list(&absent))
            .execute(&mut *transaction)
            .await?;
        query("UPDATE feed SET host = NULL WHERE id IN (SELECT value FROM json_each(?))")
            .bind(list(&absent))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    pub async fn claim_hosts(&self, claim: &HostClaim) -> Result<Claimed, Error> {
        let now = millis(claim.now);
        let limit = claim.hosts.saturating_mul(claim.feeds).min(LOOKED_AT);
        let (taken, rested) = self.leases.taken(claim.now);
        let rows = query(concat!(
            select_states!("feed.host, host.hold_until"),
            " INDEXED BY feed_due LEFT JOIN host ON host.name = feed.host
             WHERE feed.host IS NOT NULL AND next_at <= ?1 AND feed.host NOT IN (SELECT value FROM json_each(?2))
             ORDER BY next_at LIMIT ?3"
        ))
        .bind(now)
        .bind(list(&taken))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await?;
        let mut is_more = rows.len() == limit;
        let mut hosts: Vec<ClaimedHost> = Vec::new();
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for row in &rows {
            let host: String = row.try_get("host")?;
            let place = match places.get(&host) {
                Some(place) => *place,
                None if hosts.len() < claim.hosts => {
                    let lease = self.leases.take(&host, claim.now, claim.until);
                    let held_until: Option<i64> = row.try_get("hold_until")?;
                    let place = lease.map(|lease| {
                        hosts.push(ClaimedHost {
                            lease,
                            held_until: held_until.filter(|until| *until > now).map(moment),
                            feeds: Vec::new(),
                        });
                        hosts.len() - 1
                    });
                    places.insert(host, place);
                    place
                }
                None => {
                    is_more = true;
                    continue;
                }
            };
            if let Some(feeds) = place.map(|place| &mut hosts[place].feeds).filter(|feeds| feeds.len() < claim.feeds) {
                feeds.push(DueFeed {
                    feed: rows::feed_id(row.try_get("id")?)?,
                    state: rows::feed_state(row)?,
                    has_unread: row.try_get::<Option<i64>, _>("unread_at")?.is_some_and(|due| due <= now),
                });
            }
        }
        let next: Option<i64> =
            query_scalar("SELECT next_at FROM feed INDEXED BY feed_due WHERE host IS NOT NULL AND next_at > ? ORDER BY next_at LIMIT 1")
                .bind(now)
                .fetch_optional(&self.pool)
                .await?;
        Ok(Claimed { hosts, next: maybe(next).into_iter().chain(rested).min(), is_more })
    }

    pub async fn claim_host(&self, host: &str, now: Timestamp, until: Timestamp) -> Result<Option<HostLease>, Error> {
        Ok(self.leases.take(host, now, until))
    }

    pub async fn renew_hosts(&self, leases: &[HostLease], until: Timestamp) -> Result<Vec<HostLease>, Error> {
        Ok(leases.iter().filter(|lease| !self.leases.renew(lease, until)).cloned().collect())
    }

    pub async fn release_hosts(&self, visited: &[Visited]) -> Result<(), Error> {
        let own: Vec<&Visited> = visited.iter().filter(|visited| self.leases.is_own(&visited.lease)).collect();
        let unchanged: Vec<&Unchanged> = own.iter().flat_map(|visited| &visited.unchanged).collect();
        if !unchanged.is_empty() {
            self.note_unchanged(&unchanged).await?;
        }
        for visited in own {
            if let Some(rests_until) = visited.rests_until {
                self.leases.give_back(&visited.lease, rests_until);
            }
        }
        Ok(())
    }

    /// One statement, however many there are.
    async fn note_unchanged(&self, unchanged: &[&Unchanged]) -> Result<(), Error> {
        let rows: Vec<_> = unchanged
            .iter()
            .map(|Unchanged { feed, polled }| {
                let fresh_until = polled.fresh_until.map(millis);
                (feed.as_str(), &polled.url, &polled.etag, &polled.last_modified, millis(polled.at), millis(polled.next), fresh_until)
            })
            .collect();
        query(
            "UPDATE feed SET url = polled.value ->> 1, etag = polled.value ->> 2, last_modified = polled.value ->> 3,
                 polled_at = polled.value ->> 4, next_at = polled.value ->> 5, fresh_until = polled.value ->> 6,
                 failures = 0, problem = NULL, failing_since = NULL, gone = 0
             FROM json_each(?) AS polled WHERE feed.id = polled.value ->> 0",
        )
        .bind(list(&rows))
        .execute(&self.pool)
        .await?;
        Ok(())
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

async fn enrol(connection: &mut SqliteConnection, feed: &Enrolment) -> Result<(), Error> {
    let (next, basis) = feed.next.as_ref().map_or((None, None), |(next, basis)| (Some(millis(*next)), Some(basis)));
    query(
        "INSERT INTO feed (id, url, host, next_at) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (id) DO UPDATE SET host = ?3, next_at = coalesce(?4, next_at), definition = coalesce(?5, definition),
             pace = coalesce(?6, pace)",
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
