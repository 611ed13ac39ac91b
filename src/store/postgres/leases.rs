//! Which hosts somebody has: rows that every process sees, taken past those that another is about to take.

use jiff::Timestamp;

use super::Server;
use crate::store::{
    Claimed, ClaimedHost, Error, Heard, HostClaim, HostLease, HostTurn, Unchanged, Visited,
    sql::{
        feeds::select_states,
        rows::{list, maybe, millis, moment},
        statement::{On, Pool, query, query_as, query_scalar},
        work::{LOOKED_AT, due_feed},
    },
};

/// The longest due feeds whose hosts are free say which hosts are taken.
const TAKE: &str = "UPDATE lease SET number = ?2, until = ?3, asker = ?2, asks_until = ?3 WHERE host IN (
    SELECT lease.host FROM lease JOIN (
        SELECT host, min(next_at) AS due FROM (
            SELECT host, next_at FROM feed WHERE host IS NOT NULL AND next_at <= ?1
                AND NOT EXISTS (SELECT FROM lease AS taken WHERE taken.host = feed.host AND greatest(taken.until, taken.asks_until) > ?1)
            ORDER BY next_at LIMIT ?5) AS longest
        GROUP BY host) AS wanted ON wanted.host = lease.host
    WHERE lease.until <= ?1 AND lease.asks_until <= ?1 ORDER BY wanted.due, lease.host LIMIT ?4 FOR UPDATE OF lease SKIP LOCKED)
    RETURNING host";
const TAKE_ONE: &str = "INSERT INTO lease (host, number, until, asker, asks_until) VALUES (?1, ?2, ?3, ?2, ?3)
    ON CONFLICT (host) DO UPDATE SET number = ?2, until = ?3, asker = ?2, asks_until = ?3
    WHERE lease.until <= ?4 AND lease.asks_until <= ?4";
/// A turn may be taken while somebody visits the host, but no visit begins in a turn.
const TAKE_TURN: &str = "INSERT INTO lease (host, number, until, asker, asks_until) VALUES (?1, 0, ?3, ?2, ?3)
    ON CONFLICT (host) DO UPDATE SET until = CASE WHEN lease.number = 0 THEN ?3 ELSE lease.until END, asker = ?2, asks_until = ?3
    WHERE lease.asks_until <= ?4 OR lease.asker = ?2
    RETURNING (SELECT hold_until FROM host WHERE name = ?1)";
const RETURN_TURN: &str = "UPDATE lease SET asker = 0, asks_until = ?3, until = CASE WHEN number = 0 THEN ?3 ELSE until END
    WHERE host = ?1 AND asker = ?2";
const SHARE: &str = "UPDATE lease SET asker = 0, asks_until = ?2
    WHERE host = ?1 AND asker = number AND number <> 0 AND number >> 32 = ?3";
/// So many of each host, and what is known of them.
const DUE: &str = concat!(
    select_states!("host.hold_until"),
    " LEFT JOIN host ON host.name = feed.host WHERE feed.id IN (
        SELECT due.id FROM json_each(?1) AS taken CROSS JOIN LATERAL (
            SELECT id FROM feed AS of_host WHERE of_host.host = taken.value AND next_at <= ?2 ORDER BY next_at LIMIT ?3) AS due)
      ORDER BY feed.next_at, feed.host, feed.id"
);
const NEXT: &str = "SELECT next_at FROM feed WHERE host IS NOT NULL AND next_at > ? ORDER BY next_at LIMIT 1";
/// A host that rests, or that somebody has: whoever has it may die.
const NEXT_FREE: &str = "SELECT until FROM lease WHERE until > ? ORDER BY until LIMIT 1";
const RENEW: &str = "UPDATE lease SET until = ?1, asks_until = CASE WHEN asker = number THEN ?1 ELSE asks_until END
    FROM json_each(?2) AS own
    WHERE host = own.value::json ->> 0 AND number = (own.value::json ->> 1)::bigint RETURNING host, number";
const OWN: &str = "SELECT host, number FROM lease JOIN json_each(?) AS own
    ON host = own.value::json ->> 0 AND number = (own.value::json ->> 1)::bigint ORDER BY host FOR UPDATE OF lease";
const GIVE_BACK: &str = "UPDATE lease SET number = 0,
    until = CASE WHEN asker = number THEN rests_until ELSE greatest(asks_until, rests_until) END,
    asks_until = CASE WHEN asker = number THEN rests_until ELSE greatest(asks_until, rests_until) END,
    asker = CASE WHEN asker = number THEN 0 ELSE asker END
    FROM (SELECT value::json ->> 0 AS visited, (value::json ->> 1)::bigint AS rests_until FROM json_each(?)) AS ended
    WHERE host = visited";
/// One statement, however many there are.
const NOTE_UNCHANGED: &str = "UPDATE feed SET url = polled.value::json ->> 1, etag = polled.value::json ->> 2,
    last_modified = polled.value::json ->> 3, polled_at = (polled.value::json ->> 4)::bigint,
    next_at = (polled.value::json ->> 5)::bigint, fresh_until = (polled.value::json ->> 6)::bigint,
    failures = 0, problem = NULL, failing_since = NULL, gone = 0
    FROM json_each(?) AS polled WHERE feed.id = polled.value::json ->> 0";

impl Server {
    /// Every host has its row, so that it can be passed over while another process takes it.
    pub async fn know_hosts(&self, on: impl Into<On<'_>>) -> Result<(), Error> {
        query("INSERT INTO lease (host, number, until) SELECT DISTINCT host, 0, 0 FROM feed WHERE host IS NOT NULL ON CONFLICT DO NOTHING")
            .execute(on)
            .await?;
        Ok(())
    }

    pub async fn claim_hosts(&self, claim: &HostClaim, pool: &Pool) -> Result<Claimed, Error> {
        let now = millis(claim.now);
        let number = self.lease_number();
        let limit = claim.hosts.saturating_mul(claim.feeds).min(LOOKED_AT);
        let taken: Vec<String> = query_scalar(TAKE)
            .bind(now)
            .bind(number)
            .bind(millis(claim.until))
            .bind(i64::try_from(claim.hosts).unwrap_or(i64::MAX))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(pool)
            .await?;
        let mut hosts: Vec<ClaimedHost> = Vec::new();
        if !taken.is_empty() {
            // Asked for when the hosts are ours: nobody has polled them since.
            let feeds = i64::try_from(claim.feeds).unwrap_or(i64::MAX);
            for row in &query(DUE).bind(list(&taken)).bind(now).bind(feeds).fetch_all(pool).await? {
                let host: String = row.try_get("host")?;
                let due = due_feed(row, now)?;
                match hosts.iter_mut().find(|it| it.lease.host == host) {
                    Some(claimed) => claimed.feeds.push(due),
                    None => {
                        let held_until: Option<i64> = row.try_get("hold_until")?;
                        let held_until = held_until.filter(|until| *until > now).map(moment);
                        hosts.push(ClaimedHost { lease: HostLease { host, number }, held_until, feeds: vec![due] });
                    }
                }
            }
            let idle = taken.iter().filter(|host| !hosts.iter().any(|it| it.lease.host == **host));
            let idle: Vec<_> = idle.map(|host| (host, 0)).collect();
            if !idle.is_empty() {
                query(GIVE_BACK).bind(list(&idle)).execute(pool).await?;
            }
        }
        let is_more = !taken.is_empty() && (taken.len() >= claim.hosts || hosts.iter().any(|host| host.feeds.len() >= claim.feeds));
        let next: Option<i64> = query_scalar(NEXT).bind(now).fetch_optional(pool).await?;
        let free: Option<i64> = query_scalar(NEXT_FREE).bind(now).fetch_optional(pool).await?;
        Ok(Claimed { hosts, next: maybe(next).into_iter().chain(maybe(free)).min(), is_more })
    }

    pub async fn claim_host(&self, host: &str, now: Timestamp, until: Timestamp, pool: &Pool) -> Result<Option<HostLease>, Error> {
        let number = self.lease_number();
        let taken = query(TAKE_ONE).bind(host).bind(number).bind(millis(until)).bind(millis(now)).execute(pool).await?;
        Ok((taken > 0).then(|| HostLease { host: host.to_owned(), number }))
    }

    pub async fn take_turn(
        &self,
        host: &str,
        number: i64,
        (now, until): (Timestamp, Timestamp),
        pool: &Pool,
    ) -> Result<Option<HostTurn>, Error> {
        let taken: Option<(Option<i64>,)> =
            query_as(TAKE_TURN).bind(host).bind(number).bind(millis(until)).bind(millis(now)).fetch_optional(pool).await?;
        let Some((held_until,)) = taken else {
            self.tell(pool.into(), &Heard::Wanted(host.to_owned())).await?;
            return Ok(None);
        };
        let held_until = held_until.map(moment).filter(|until| *until > now);
        Ok(Some(HostTurn { host: host.to_owned(), number, held_until }))
    }

    pub async fn return_turn(&self, turn: &HostTurn, rests_until: Timestamp, pool: &Pool) -> Result<(), Error> {
        query(RETURN_TURN).bind(&turn.host).bind(turn.number).bind(millis(rests_until)).execute(pool).await?;
        Ok(())
    }

    pub async fn share_host(&self, host: &str, rests_until: Timestamp, pool: &Pool) -> Result<(), Error> {
        query(SHARE).bind(host).bind(millis(rests_until)).bind(self.number()).execute(pool).await?;
        Ok(())
    }

    pub async fn renew_hosts(&self, leases: &[HostLease], until: Timestamp, pool: &Pool) -> Result<Vec<HostLease>, Error> {
        let own: Vec<_> = leases.iter().map(|lease| (&lease.host, lease.number)).collect();
        let renewed: Vec<(String, i64)> = query_as(RENEW).bind(millis(until)).bind(list(&own)).fetch_all(pool).await?;
        let is_lost = |lease: &&HostLease| !renewed.iter().any(|(host, number)| *host == lease.host && *number == lease.number);
        Ok(leases.iter().filter(is_lost).cloned().collect())
    }

    pub async fn release_hosts(&self, visited: &[Visited], pool: &Pool) -> Result<(), Error> {
        let mut transaction = pool.write().await?;
        let leases: Vec<_> = visited.iter().map(|visited| (&visited.lease.host, visited.lease.number)).collect();
        let own: Vec<(String, i64)> = query_as(OWN).bind(list(&leases)).fetch_all(&mut transaction).await?;
        let is_own = |lease: &HostLease| own.iter().any(|(host, number)| *host == lease.host && *number == lease.number);
        let own: Vec<&Visited> = visited.iter().filter(|visited| is_own(&visited.lease)).collect();
        let unchanged: Vec<_> = own
            .iter()
            .flat_map(|visited| &visited.unchanged)
            .map(|Unchanged { feed, polled }| {
                let fresh_until = polled.fresh_until.map(millis);
                (feed.as_str(), &polled.url, &polled.etag, &polled.last_modified, millis(polled.at), millis(polled.next), fresh_until)
            })
            .collect();
        if !unchanged.is_empty() {
            query(NOTE_UNCHANGED).bind(list(&unchanged)).execute(&mut transaction).await?;
        }
        let ended: Vec<_> = own.iter().filter_map(|it| Some((&it.lease.host, millis(it.rests_until?)))).collect();
        if !ended.is_empty() {
            query(GIVE_BACK).bind(list(&ended)).execute(&mut transaction).await?;
        }
        transaction.commit().await
    }
}
