//! Which delivery of a channel comes next, under a lease.
//!
//! Every statement reads a few entries of an index, and names it: without statistics SQLite takes another one and
//! sorts.

use jiff::Timestamp;

use super::limits::{self, Queue};
use crate::store::{
    ChannelState, Claim, Delivery, Error, LEASE, Lease, ORDER_KEPT, Work,
    sql::{
        rows::{self, NEVER, list, maybe, millis, moment},
        statement::{Transaction, query, query_as, query_scalar},
    },
};

/// Rows of a digest that are taken at once; more than fit into any message.
const DIGEST_ROWS: i64 = 100;
/// In milliseconds.
const HOUR: i128 = 3_600_000;

/// A lease that ran out belongs to a process that hangs: what it was sending is unclear. So is what was sent under one
/// of which this process knows that it has ended.
const EXPIRE: &str = concat!(
    cut_off!("UPDATE delivery INDEXED BY delivery_due", "its send came to no end"),
    "WHERE channel = ?2 AND state = 'sending'
         AND (due_at <= ?1 OR lease IN (SELECT CAST(value AS BIGINT) FROM json_each(?3)))"
);
const IN_FLIGHT: &str =
    "SELECT due_at FROM delivery INDEXED BY delivery_due WHERE channel = ? AND state = 'sending' ORDER BY due_at DESC LIMIT 1";
const NEXT_UNKNOWN: &str =
    "SELECT due_at, lease FROM delivery INDEXED BY delivery_due WHERE channel = ? AND state = 'unknown' ORDER BY due_at, id LIMIT 1";
/// What was sent together is one message.
const UNKNOWN_TOGETHER: &str = "SELECT id FROM delivery INDEXED BY delivery_due WHERE channel = ? AND state = 'unknown' AND lease IS NOT DISTINCT FROM ? ORDER BY due_at, id";
/// Of what may have been told since a backup was made each goes by itself: they were not told as one.
const NEXT_DOUBTFUL: &str = "SELECT id FROM delivery INDEXED BY delivery_doubtful
    WHERE channel = ? AND state = 'queued' AND doubtful = 1 AND due_at <= ? ORDER BY id LIMIT 1";
/// `due_at` is 0 for what was never held.
const NEXT_QUEUED: &str =
    "SELECT id, digest FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at = 0 ORDER BY id LIMIT 1";
const NEXT_HELD: &str =
    "SELECT id, digest FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at > 0 AND due_at <= ?2
    ORDER BY due_at, id LIMIT 1";
const DUE_LATER: &str =
    "SELECT due_at FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at > ?2 ORDER BY due_at LIMIT 1";
const DIGEST: &str =
    "SELECT id FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at <= ?2 AND digest = ?3
    ORDER BY due_at, id LIMIT ?4";
/// Whether more waits than an hour allows.
const BACKLOG: &str =
    "SELECT id FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at = 0 ORDER BY id LIMIT 1 OFFSET ?2";
const OLDEST: &str = "SELECT id FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at = 0 AND kind = 'new' ORDER BY id LIMIT ?2";
/// Nothing has begun yet.
const TAKE_TO_SEND: &str = "UPDATE delivery SET state = 'sending', lease = ?, due_at = ?, tries = tries + 1, looks = 0,
    fingerprint = NULL, sent_after = NULL WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?))";
const TAKE_TO_LOOK: &str = "UPDATE delivery SET state = 'sending', lease = ?, due_at = ?, looks = looks + 1 WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?))";
const TAKEN: &str = select_deliveries!("WHERE delivery.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ORDER BY delivery.id");

/// Chooses what a channel does next, and leases it.
pub(super) async fn choose(
    connection: &mut Transaction,
    claim: &Claim,
    (chat, queue): (ChannelState, Queue),
    (number, ended): (i64, &[i64]),
) -> Result<Work, Error> {
    let channel = claim.channel.as_str();
    let now = millis(claim.now);
    query(EXPIRE).bind(now).bind(channel).bind(list(ended)).execute(&mut *connection).await?;
    let in_flight: Option<i64> = query_scalar(IN_FLIGHT).bind(channel).fetch_optional(&mut *connection).await?;
    let held = limits::held(connection, &claim.limits, now).await?;
    if let Some(until) = maybe(in_flight).or(chat.hold_until.filter(|until| *until > claim.now)).max(held) {
        return Ok(Work::Later(until));
    }
    let unknown = query_as::<(i64, Option<i64>)>(NEXT_UNKNOWN).bind(channel).fetch_optional(&mut *connection).await?;
    let unknown_due = unknown.map(|(due, _)| due).filter(|due| *due != NEVER);
    if let Some((_, sent_with)) = unknown.filter(|(due, _)| *due <= now) {
        let ids = query_scalar(UNKNOWN_TOGETHER).bind(channel).bind(sent_with).fetch_all(&mut *connection).await?;
        let (lease, deliveries) = lease(connection, claim, ids, TAKE_TO_LOOK, number).await?;
        return Ok(Work::Resolve { lease, deliveries, chat });
    }
    if let Some(due) = unknown_due.filter(|due| *due - now <= i64::try_from(ORDER_KEPT.as_millis()).unwrap_or(i64::MAX)) {
        return Ok(Work::Later(moment(due)));
    }
    let doubtful: Option<i64> = query_scalar(NEXT_DOUBTFUL).bind(channel).bind(now).fetch_optional(&mut *connection).await?;
    if let Some(id) = doubtful {
        let (lease, deliveries) = lease(connection, claim, vec![id], TAKE_TO_LOOK, number).await?;
        return Ok(Work::Resolve { lease, deliveries, chat });
    }
    let Some((first, digest)) = oldest_due(connection, channel, now).await? else {
        let later: Option<i64> = query_scalar(DUE_LATER).bind(channel).bind(now).fetch_optional(&mut *connection).await?;
        return Ok(later.into_iter().chain(unknown_due).min().map_or(Work::Nothing, |due| Work::Later(moment(due))));
    };
    let is_backlog = digest.is_none() && is_backlog(connection, claim).await?;
    if let Some(work) = limits::take(connection, &claim.limits, queue, claim.now).await? {
        return Ok(work);
    }
    let ids = match digest {
        None if is_backlog => {
            let oldest: Vec<i64> = query_scalar(OLDEST).bind(channel).bind(DIGEST_ROWS).fetch_all(&mut *connection).await?;
            // An alarm, or one that was held until now, goes by itself before them.
            if oldest.first() == Some(&first) { oldest } else { vec![first] }
        }
        None => vec![first],
        Some(digest) => query_scalar(DIGEST).bind(channel).bind(now).bind(digest).bind(DIGEST_ROWS).fetch_all(&mut *connection).await?,
    };
    let (lease, deliveries) = lease(connection, claim, ids, TAKE_TO_SEND, number).await?;
    Ok(Work::Send { lease, deliveries, chat })
}

/// The key and the digest of the oldest row that is due: one that was held until now may be older than one that never
/// was.
async fn oldest_due(connection: &mut Transaction, channel: &str, now: i64) -> Result<Option<(i64, Option<String>)>, Error> {
    let mut oldest: Option<(i64, Option<String>)> = None;
    for statement in [NEXT_QUEUED, NEXT_HELD] {
        let row = query_as(statement).bind(channel).bind(now).fetch_optional(&mut *connection).await?;
        oldest = oldest.into_iter().chain(row).min_by_key(|(id, _)| *id);
    }
    Ok(oldest)
}

/// Whether so much waits that one by one it would take more than an hour.
async fn is_backlog(connection: &mut Transaction, claim: &Claim) -> Result<bool, Error> {
    let pauses = claim.limits.iter().map(|limit| limit.pace.as_millis()).max().filter(|pace| *pace > 0);
    let Some(an_hour_allows) = pauses.and_then(|pace| i64::try_from(HOUR / pace).ok()) else { return Ok(false) };
    let beyond: Option<i64> =
        query_scalar(BACKLOG).bind(claim.channel.as_str()).bind(an_hour_allows.max(1)).fetch_optional(connection).await?;
    Ok(beyond.is_some())
}

async fn lease(
    connection: &mut Transaction,
    claim: &Claim,
    ids: Vec<i64>,
    take: &'static str,
    number: i64,
) -> Result<(Lease, Vec<Delivery>), Error> {
    query(take)
        .bind(number)
        .bind(millis(claim.now.saturating_add(LEASE).unwrap_or(Timestamp::MAX)))
        .bind(list(&ids))
        .execute(&mut *connection)
        .await?;
    let rows = query(TAKEN).bind(list(&ids)).fetch_all(&mut *connection).await?;
    let deliveries = rows.iter().map(rows::delivery).collect::<Result<_, _>>()?;
    Ok((Lease { channel: claim.channel.clone(), deliveries: ids, number, limits: claim.limits.clone(), taken_at: claim.now }, deliveries))
}
