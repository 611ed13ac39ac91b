//! What is to be polled: told to the store, claimed from it host by host, visited, and given back.
//!
//! Who claims how much and when is the daemon's to decide. What a poll finds unchanged is not written by itself: it is
//! gathered, and written with that of others.

use std::{
    collections::{BTreeMap, BTreeSet},
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use tracing::{error, warn};

use super::{
    Service,
    turns::{LEASE, lease_end},
};
use crate::{
    article::FeedId,
    feed::Feed,
    fetch::{self, Hold},
    schedule::{self, Outcome},
    store::{self, ClaimedHost, DueFeed, Enrolled, Enrolment, Heard, HostClaim, HostLease, PollBasis, Unchanged, Visited},
    trouble::Trouble,
};

/// How long a host rests when what was found there could not be recorded, not even the failure, or the poll broke:
/// without it this would be a storm.
const RETRY: SignedDuration = SignedDuration::from_secs(30);

/// Hosts that were claimed, and what else their visits need to know.
#[derive(Debug, Default)]
pub struct Work {
    pub hosts: Vec<ClaimedHost>,
    /// When something may be due next; `None`: nothing will be.
    pub next: Option<Timestamp>,
    /// Whether more may be due now than was asked for.
    pub is_more: bool,
    /// What does not work, asked for once for all of them.
    pub troubles: Arc<[Trouble]>,
}

impl Service {
    /// Tells the store which feeds are to be polled, and when those are whose definition or interval is another than at
    /// their last poll: another definition is tried at once; another interval counts from the last poll, and never
    /// sooner than the list asked for.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn enrol(&self) -> Result<(), store::Error> {
        let (present, now) = (self.present(), Timestamp::now());
        let known: BTreeMap<FeedId, Enrolled> = self.store.enrolled().await?.into_iter().map(|it| (it.feed.clone(), it)).collect();
        let mut changed = Vec::new();
        for feed in present.setup.feeds.iter() {
            let host = (!present.paused.feeds.contains(&feed.id)).then(|| fetch::host(feed.watched()));
            let before = known.get(&feed.id);
            let next = match before {
                Some(before) => self.better_time(feed, before, now).await?,
                None => None,
            };
            if next.is_some() || before.is_none_or(|before| before.host != host) {
                changed.push(Enrolment { feed: feed.id.clone(), url: feed.watched().to_string(), host, next });
            }
        }
        self.figures.set_feeds(present.setup.feeds.len());
        let there: BTreeSet<_> = present.setup.feeds.iter().map(|feed| &feed.id).collect();
        let absent = known.into_values().filter(|it| it.host.is_some() && !there.contains(&it.feed));
        let absent: Vec<_> = absent.map(|it| it.feed).collect();
        if !changed.is_empty() || !absent.is_empty() {
            self.store.enrol(&changed, &absent).await?;
        }
        self.work.notify_one();
        Ok(())
    }

    /// When a feed is to be polled, where that is not as the store has it.
    async fn better_time(&self, feed: &Feed, known: &Enrolled, now: Timestamp) -> Result<Option<(Timestamp, PollBasis)>, store::Error> {
        let basis = self.basis(feed);
        let (Some(before), Some(polled_at)) = (&known.basis, known.polled_at) else { return Ok(None) };
        let next = if before.definition != basis.definition {
            known.next_at.min(now)
        } else if before.pace != basis.pace && known.failures == 0 {
            let fresh_for = known.fresh_until.map(|until| until.duration_since(polled_at));
            let rhythm = self.store.feed_state(&feed.id).await?.rhythm;
            schedule::next(self.pace(feed), &rhythm, Outcome::Good { fresh_for }, polled_at, 0.0)
        } else {
            return Ok(None);
        };
        Ok(Some((next, basis)))
    }

    /// Wakes whoever waits for what another process has changed.
    pub(super) fn wake(&self, heard: &Heard) {
        if matches!(heard, Heard::Work | Heard::Anything) {
            self.work.notify_one();
            self.released.notify_waiters();
        }
        if let Heard::Wanted(host) = heard {
            self.share(host);
        }
        if matches!(heard, Heard::Deliveries | Heard::Anything) {
            self.queued.notify_waiters();
        }
        if matches!(heard, Heard::Operator | Heard::Anything) {
            self.defined.notify_one();
        }
    }

    /// Claims up to `hosts` hosts with what is due there. While this machine reaches nobody, one feed at a time.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn claim(&self, hosts: usize, feeds: usize) -> Result<Work, store::Error> {
        let (now, began) = (Timestamp::now(), Instant::now());
        let claim = HostClaim { now, until: lease_end(now), hosts, feeds };
        let claimed = self.store.claim_hosts(&claim).await?;
        claimed.hosts.iter().for_each(|host| self.may_ask(&host.lease, began));
        let troubles = if claimed.hosts.is_empty() { Vec::new() } else { self.store.open_troubles().await? };
        Ok(Work { hosts: claimed.hosts, next: claimed.next, is_more: claimed.is_more, troubles: troubles.into() })
    }

    /// Prolongs what was claimed; what is lost.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn renew(&self, leases: &[HostLease]) -> Result<Vec<HostLease>, store::Error> {
        let began = Instant::now();
        let lost = self.store.renew_hosts(leases, lease_end(Timestamp::now())).await?;
        let kept = leases.iter().filter(|lease| !lost.contains(lease));
        kept.for_each(|lease| self.present().client.prolong_visit(&lease.host, began + LEASE.unsigned_abs()));
        Ok(lost)
    }

    /// Polls what is due at a host, one feed after the other.
    pub async fn visit(&self, host: ClaimedHost, troubles: &[Trouble]) -> Visited {
        let ClaimedHost { lease, held_until, feeds } = host;
        if let Some(until) = held_until {
            // Perhaps another process was told so.
            self.present().client.hold(&Hold { host: lease.host.clone(), until }, Timestamp::now());
        }
        let mut left = feeds.len();
        let mut rests_until = None;
        for due in feeds {
            left -= 1;
            // Waited for here, so that it counts as what it is: the feed is late.
            if let Ok(rest) = self.rests_until(&lease.host).duration_since(Timestamp::now()).try_into() {
                tokio::time::sleep(rest).await;
            }
            match self.unbroken(&due, troubles).await {
                Ok(Some(unchanged)) => self.gather(&lease, unchanged, left > 0),
                Ok(None) => (),
                Err(_) => {
                    rests_until = Timestamp::now().checked_add(RETRY).ok();
                    break;
                }
            }
            if self.is_network_down() {
                break;
            }
        }
        let rests_until = rests_until.unwrap_or_else(|| self.rests_until(&lease.host));
        Visited { lease, unchanged: Vec::new(), rests_until: Some(rests_until) }
    }

    /// Polls a feed; a poll that breaks costs no other feed anything, and is made again after a while.
    async fn unbroken(&self, due: &DueFeed, troubles: &[Trouble]) -> Result<Option<Unchanged>, store::Error> {
        let polled = {
            let poll = self.poll_due(due, troubles);
            tokio::pin!(poll);
            poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| poll.as_mut().poll(context))) {
                Ok(polled) => polled.map(Some),
                Err(_) => std::task::Poll::Ready(None),
            })
            .await
        };
        match polled {
            Some(polled) => polled,
            None => {
                error!(feed.id = %due.feed, "the poll of `{}` broke and is made again in {} s", due.feed, RETRY.as_secs());
                self.store.reschedule(&due.feed, Timestamp::now().saturating_add(RETRY).unwrap_or(Timestamp::MAX)).await?;
                Ok(None)
            }
        }
    }

    /// Keeps what was unchanged until it is written with that of others. Where the visit goes on, whoever writes it is
    /// woken.
    fn gather(&self, lease: &HostLease, unchanged: Unchanged, goes_on: bool) {
        self.documents.set_next_poll(unchanged.feed.as_str(), unchanged.polled.next);
        let kept = Visited { lease: lease.clone(), unchanged: vec![unchanged], rests_until: None };
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        if goes_on {
            self.work.notify_one();
        }
    }

    /// Writes what was gathered, and gives hosts back whose visits have ended; all of it together.
    ///
    /// # Errors
    /// When the store cannot be written: everything is kept for the next time.
    pub async fn settle(&self, ended: &mut Vec<Visited>) -> Result<(), store::Error> {
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        // A host is given back when what was found there is written.
        let mut all = gathered;
        let kept = all.len();
        all.append(ended);
        if all.is_empty() {
            return Ok(());
        }
        match self.release(&all).await {
            Ok(()) => Ok(()),
            Err(error) => {
                warn!("the store did not take what was unchanged at {} polls: {error}", kept);
                *ended = all.split_off(kept);
                self.gathered.lock().unwrap_or_else(PoisonError::into_inner).splice(..0, all);
                Err(error)
            }
        }
    }
}
