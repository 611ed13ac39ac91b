//! How fast may be spoken where: kept for the places that channels lead to, over restarts.

use jiff::{SignedDuration, Timestamp};

use crate::{
    channel::Limit,
    store::{
        Error, LEASE, Lease, Work,
        sql::{
            rows::{millis, moment},
            statement::{Pool, Transaction, query, query_as, query_scalar},
        },
    },
};

/// A minute, and what messages may differ in how long they are on their way: what is counted here as it leaves is
/// counted there as it arrives.
const MINUTE: i64 = 62_000;
const SECOND: i64 = 1_000;
/// What is on its way for longer than this is taken to hang, and not to arrive with what is sent now.
const HANGS: SignedDuration = SignedDuration::from_secs(10);
/// When it is looked again whether something has arrived.
const ARRIVES: i64 = 100;
/// Parts of a message at most: pictures of an album.
const PARTS: i64 = 10;
/// How long everything rests when two places at once ask to wait: it is the whole bot that is meant then.
const LONGEST_REST: i64 = 60_000;

const PLACE: &str = "SELECT pace_at, hold_until, recent FROM place WHERE id = ?";
const SET_PACE: &str =
    "INSERT INTO place (id, pace_at, recent) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET pace_at = ?2, recent = ?3";
const HOLD: &str =
    "INSERT INTO place (id, hold_until) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET hold_until = max(place.hold_until, ?2)";
/// What is sent together is one message. A lease is as long as another, so its end tells how old it is.
const UNDER_WAY: &str =
    "SELECT count(DISTINCT lease) FROM delivery INDEXED BY delivery_by_state WHERE state = 'sending' AND looks = 0 AND due_at > ?";
const HELD_ELSEWHERE: &str = "SELECT min(hold_until) FROM place WHERE hold_until > ?1 AND id <> '' AND id <> ?2";

/// More messages than this are a long queue.
const FEW: usize = 3;
/// Rows by which a long queue is known; behind those of a digest of that many nothing is seen.
const SEEN: i64 = 40;
/// Of the oldest that wait, as many as show whether there are few: those of a digest are one.
const FIRST: &str = "SELECT digest FROM delivery INDEXED BY delivery_due WHERE channel = ?1 AND state = 'queued' AND due_at = 0
    ORDER BY id LIMIT ?2";

/// How much waits in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Queue {
    Short,
    Long,
}

impl Queue {
    pub(super) async fn of(pool: &Pool, channel: &str) -> Result<Self, Error> {
        let first: Vec<Option<String>> = query_scalar(FIRST).bind(channel).bind(SEEN).fetch_all(pool).await?;
        let messages = first.iter().filter(|digest| digest.is_none()).count();
        Ok(if messages > FEW { Self::Long } else { Self::Short })
    }
}

/// What has been said in a place, and what was asked there.
#[derive(Default)]
struct Place {
    /// The theoretical arrival time of the generic cell rate algorithm.
    full_at: i64,
    hold_until: i64,
    /// When its last messages were said, oldest first.
    recent: Vec<i64>,
}

impl Place {
    async fn of(connection: &mut Transaction, id: &str) -> Result<Self, Error> {
        let row: Option<(i64, i64, String)> = query_as(PLACE).bind(id).fetch_optional(connection).await?;
        Ok(row.map_or_else(Self::default, |(full_at, hold_until, recent)| Self {
            full_at,
            hold_until,
            recent: serde_json::from_str(&recent).unwrap_or_default(),
        }))
    }

    /// The arrival time, within reason: it is ahead by the burst and one message of several parts at most. A clock that
    /// was set back silences nobody for longer than a full bucket takes.
    fn owed(&self, limit: &Limit, now: i64) -> i64 {
        let (pace, tolerance) = spans(limit);
        let full = now.saturating_add(tolerance).saturating_add(pace);
        if self.full_at > full.saturating_add(pace.saturating_mul(PARTS)) { full } else { self.full_at }
    }

    /// When the next message may go, while so many are on their way.
    fn free_at(&self, limit: &Limit, queue: Queue, under_way: usize, now: i64) -> i64 {
        let (pace, tolerance) = spans(limit);
        let reserve = if queue == Queue::Long { limit.reserve } else { 0 };
        let tolerance = tolerance.saturating_sub(pace.saturating_mul(reserve.into())).max(0);
        let per_second = limit.per_second.saturating_sub(reserve) as usize;
        let second = if limit.per_second == 0 { 0 } else { self.second_at(per_second, under_way, now) };
        self.owed(limit, now).saturating_sub(tolerance).max(self.room_at(limit, 1, now)).max(second)
    }

    /// When one more may arrive, so that it and those that have or may are so many within a second. What is on its way
    /// may arrive at any time from now on.
    fn second_at(&self, per_second: usize, under_way: usize, now: i64) -> i64 {
        let arrived: Vec<i64> = self.recent.iter().filter(|at| (now - SECOND..=now + SECOND).contains(*at)).copied().collect();
        match (arrived.len() + under_way + 1).checked_sub(per_second) {
            None | Some(0) => 0,
            Some(over) => arrived.get(over - 1).map_or(now + ARRIVES, |at| at.saturating_add(SECOND)),
        }
    }

    /// When there is room for so many more within a minute. A message that makes room for others counts from when it
    /// goes on.
    fn room_at(&self, limit: &Limit, messages: u32, now: i64) -> i64 {
        let mut within: Vec<i64> = self.recent.iter().filter(|at| (now - MINUTE..=now + MINUTE).contains(*at)).copied().collect();
        within.sort_unstable();
        let over = (within.len() + messages as usize).saturating_sub(limit.per_minute as usize);
        let leaves = if limit.per_minute == 0 { None } else { within.get(over.wrapping_sub(1)).or(within.last()) };
        leaves.filter(|_| over > 0).map_or(0, |at| at.saturating_add(MINUTE))
    }

    /// When so many may go at once after one that has been counted: as soon as the place has rested, or there is room
    /// for all of them.
    fn free_for(&self, limit: &Limit, further: u32, now: i64) -> i64 {
        let (pace, tolerance) = spans(limit);
        let owed = self.owed(limit, now);
        let rested = owed.saturating_sub(pace);
        let fits = owed.saturating_add(pace.saturating_mul(further.into())).saturating_sub(tolerance.saturating_add(pace));
        // All places together rest never: what is said there is little, and makes room.
        let by_pace = if limit.place.is_empty() { fits } else { rested.min(fits) };
        by_pace.max(self.room_at(limit, further, now))
    }

    /// Counts messages that go at `at`.
    async fn count(mut self, connection: &mut Transaction, limit: &Limit, messages: u32, (now, at): (i64, i64)) -> Result<(), Error> {
        let (pace, _) = spans(limit);
        let full_at = self.owed(limit, now).max(now);
        if limit.per_second == 0 {
            self.recent.extend((0..messages).map(|_| at));
        }
        self.full_at = full_at.saturating_add(pace.saturating_mul(i64::from(messages)));
        self.write(connection, limit).await
    }

    /// Counts a message that was taken at one time as one of when it has arrived.
    fn has_arrived(&mut self, limit: &Limit, taken: i64, now: i64) {
        let (pace, _) = spans(limit);
        self.full_at = self.full_at.max(now.saturating_add(pace));
        if limit.per_second > 0 {
            self.recent.push(now);
        }
        if limit.per_minute > 0 {
            // Those of other channels that lead here may have come earlier; they are few.
            self.recent.iter_mut().filter(|at| **at >= taken).for_each(|at| *at = now.max(*at));
        }
    }

    async fn write(mut self, connection: &mut Transaction, limit: &Limit) -> Result<(), Error> {
        let kept = self.recent.len().saturating_sub(limit.per_minute.max(limit.per_second) as usize);
        query(SET_PACE)
            .bind(&limit.place)
            .bind(self.full_at)
            .bind(serde_json::to_string(&self.recent.split_off(kept)).unwrap_or_default())
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// The pause between two messages, and how much of it may be owed.
fn spans(limit: &Limit) -> (i64, i64) {
    let pace = i64::try_from(limit.pace.as_millis()).unwrap_or(i64::MAX);
    (pace, pace.saturating_mul(i64::from(limit.burst.saturating_sub(1))))
}

/// Until when one of the places is to be left alone, where that was asked.
pub(super) async fn held(connection: &mut Transaction, limits: &[Limit], now: i64) -> Result<Option<Timestamp>, Error> {
    let mut held = None;
    for limit in limits {
        held = held.max(Some(Place::of(connection, &limit.place).await?.hold_until).filter(|until| *until > now));
    }
    Ok(held.map(moment))
}

/// Counts one more message against all limits, or says when it may go.
pub(super) async fn take(connection: &mut Transaction, limits: &[Limit], queue: Queue, now: Timestamp) -> Result<Option<Work>, Error> {
    let hangs = millis(now.saturating_add(LEASE - HANGS).unwrap_or(Timestamp::MAX));
    let now = millis(now);
    let (mut free_at, mut all_free_at) = (now, now);
    let mut places = Vec::new();
    for limit in limits {
        connection.lock("place", &limit.place).await?;
        let place = Place::of(connection, &limit.place).await?;
        let under_way: i64 =
            if limit.per_second == 0 { 0 } else { query_scalar(UNDER_WAY).bind(hangs).fetch_one(&mut *connection).await? };
        let free = place.free_at(limit, queue, usize::try_from(under_way).unwrap_or_default(), now);
        let at = if limit.place.is_empty() { &mut all_free_at } else { &mut free_at };
        *at = free.max(*at);
        places.push(place);
    }
    if free_at > now || (all_free_at > now && queue == Queue::Short) {
        return Ok(Some(Work::Later(moment(free_at.max(all_free_at)))));
    }
    if all_free_at > now {
        return Ok(Some(Work::Crowded(moment(all_free_at))));
    }
    for (place, limit) in places.into_iter().zip(limits) {
        place.count(connection, limit, 1, (now, now)).await?;
    }
    Ok(None)
}

/// Counts what one message takes beyond the first, and says when all of it may go.
pub(super) async fn reserve(connection: &mut Transaction, limits: &[Limit], further: u32, now: Timestamp) -> Result<Timestamp, Error> {
    let now = millis(now);
    let mut free_at = now;
    let mut places = Vec::new();
    for limit in limits {
        connection.lock("place", &limit.place).await?;
        let place = Place::of(connection, &limit.place).await?;
        free_at = free_at.max(place.free_for(limit, further, now));
        places.push(place);
    }
    for (place, limit) in places.into_iter().zip(limits) {
        place.count(connection, limit, further, (now, free_at)).await?;
    }
    Ok(moment(free_at))
}

/// A message that was taken at one time has arrived, or may have: it counts from now on. Where the store or the network
/// is slow, those of a while arrive together.
pub(super) async fn arrived(connection: &mut Transaction, lease: &Lease, now: i64) -> Result<(), Error> {
    for limit in &lease.limits {
        connection.lock("place", &limit.place).await?;
        let mut place = Place::of(connection, &limit.place).await?;
        place.has_arrived(limit, millis(lease.taken_at), now);
        place.write(connection, limit).await?;
    }
    Ok(())
}

/// A place asks to wait: all that lead there do. When another one asks at the same time, everything rests.
pub(super) async fn hold(connection: &mut Transaction, limits: &[Limit], until: i64, now: i64) -> Result<(), Error> {
    for limit in limits.iter().filter(|limit| !limit.place.is_empty()) {
        connection.lock("place", &limit.place).await?;
        connection.lock("place", "").await?;
        query(HOLD).bind(&limit.place).bind(until).execute(&mut *connection).await?;
        let (elsewhere,): (Option<i64>,) = query_as(HELD_ELSEWHERE).bind(now).bind(&limit.place).fetch_one(&mut *connection).await?;
        if let Some(elsewhere) = elsewhere {
            let rest = until.min(elsewhere).min(now.saturating_add(LONGEST_REST));
            query(HOLD).bind("").bind(rest).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
