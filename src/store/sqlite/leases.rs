//! Which hosts somebody has: a file belongs to one process, so that they need not outlive it. They are kept in memory,
//! and a claim only reads.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::store::{
    Claimed, ClaimedHost, Error, HostClaim, HostLease, Unchanged, Visited,
    sql::{
        feeds::select_states,
        rows::{list, maybe, millis, moment},
        statement::{Pool, query, query_scalar},
        work::{LOOKED_AT, due_feed},
    },
};

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
    pub fn take(&self, host: &str, now: Timestamp, until: Timestamp) -> Option<HostLease> {
        let mut held = self.held();
        if held.get(host).is_some_and(|held| held.until > now) {
            return None;
        }
        let number = fastrand::i64(1..i64::MAX);
        held.insert(host.to_owned(), Held { until, number: Some(number) });
        Some(HostLease { host: host.to_owned(), number })
    }

    /// Prolongs a lease that nobody else has got; whether there is such a one.
    pub fn renew(&self, lease: &HostLease, until: Timestamp) -> bool {
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

    pub fn set_back(&self, by: SignedDuration) {
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

    /// Takes hosts of which a feed is due.
    pub async fn claim(&self, claim: &HostClaim, pool: &Pool) -> Result<Claimed, Error> {
        let now = millis(claim.now);
        let limit = claim.hosts.saturating_mul(claim.feeds).min(LOOKED_AT);
        let (taken, rested) = self.taken(claim.now);
        let rows = query(concat!(
            select_states!("feed.host, host.hold_until"),
            " INDEXED BY feed_due LEFT JOIN host ON host.name = feed.host
             WHERE feed.host IS NOT NULL AND next_at <= ?1 AND feed.host NOT IN (SELECT value FROM json_each(?2))
             ORDER BY next_at LIMIT ?3"
        ))
        .bind(now)
        .bind(list(&taken))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(pool)
        .await?;
        let mut is_more = rows.len() == limit;
        let mut hosts: Vec<ClaimedHost> = Vec::new();
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for row in &rows {
            let host: String = row.try_get("host")?;
            let place = match places.get(&host) {
                Some(place) => *place,
                None if hosts.len() < claim.hosts => {
                    let lease = self.take(&host, claim.now, claim.until);
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
                feeds.push(due_feed(row, now)?);
            }
        }
        let next: Option<i64> =
            query_scalar("SELECT next_at FROM feed INDEXED BY feed_due WHERE host IS NOT NULL AND next_at > ? ORDER BY next_at LIMIT 1")
                .bind(now)
                .fetch_optional(pool)
                .await?;
        Ok(Claimed { hosts, next: maybe(next).into_iter().chain(rested).min(), is_more })
    }

    /// Writes what was unchanged at hosts, and gives those back whose visits have ended.
    pub async fn release(&self, visited: &[Visited], pool: &Pool) -> Result<(), Error> {
        let own: Vec<&Visited> = visited.iter().filter(|visited| self.is_own(&visited.lease)).collect();
        let unchanged: Vec<&Unchanged> = own.iter().flat_map(|visited| &visited.unchanged).collect();
        if !unchanged.is_empty() {
            note_unchanged(&unchanged, pool).await?;
        }
        for visited in own {
            if let Some(rests_until) = visited.rests_until {
                self.give_back(&visited.lease, rests_until);
            }
        }
        Ok(())
    }
}

/// One statement, however many there are.
async fn note_unchanged(unchanged: &[&Unchanged], pool: &Pool) -> Result<(), Error> {
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
    .execute(pool)
    .await?;
    Ok(())
}
