//! Whose turn it is at a host: one poll at a time asks it, whoever polls, in this process or another.
//!
//! A turn is a lease of the store's. What is due gets its turns in batches (`work.rs`); here one is waited for that
//! somebody wants now.

use std::{pin::Pin, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use tracing::{debug, warn};

use super::Service;
use crate::{
    fetch::{self, Taken},
    store::{self, HostLease, HostTurn, Store, Visited},
};

/// How long a turn lasts that is not prolonged: what a dead process had is free again after this.
pub const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// How often it is prolonged.
pub const RENEWAL: Duration = Duration::from_secs(15);
/// Between two tries for a host that another process has.
const RETRY: Duration = Duration::from_millis(200);

/// Between two tries while the store is away.
const AWAY: Duration = Duration::from_secs(1);

/// Turns that all processes share which work on a store.
#[derive(Debug)]
pub(super) struct HostTurns(pub Store);

impl fetch::Turns for HostTurns {
    fn take<'a>(&'a self, host: &'a str, time: Duration) -> Pin<Box<dyn Future<Output = Option<Taken>> + Send + 'a>> {
        Box::pin(async move {
            let (now, began) = (Timestamp::now(), Instant::now());
            let until = now.checked_add(time).unwrap_or(Timestamp::MAX);
            match self.0.take_turn(host, now, until).await {
                Ok(Some(HostTurn { number, held_until, .. })) => {
                    let held = held_until.and_then(|until| until.duration_since(now).try_into().ok());
                    Some(Taken { number, held, until: began + time })
                }
                Ok(None) => None,
                Err(error) => {
                    debug!("the store does not say whose turn it is at `{host}`: {error}");
                    None
                }
            }
        })
    }

    fn give_back(&self, host: &str, number: i64, rest: Duration) {
        let now = Timestamp::now();
        let rests_until = now.checked_add(rest).unwrap_or(now);
        let (store, turn) = (self.0.clone(), HostTurn { host: host.to_owned(), number, held_until: None });
        tokio::spawn(async move {
            if let Err(error) = store.return_turn(&turn, rests_until).await {
                warn!("the store did not take back the turn at `{}`, which ends by itself: {error}", turn.host);
            }
        });
    }
}

/// When a lease that is taken or renewed now runs out.
pub(super) fn lease_end(now: Timestamp) -> Timestamp {
    now.saturating_add(LEASE).unwrap_or(Timestamp::MAX)
}

impl Service {
    /// Does `work` when nobody else asks `host`.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub(super) async fn in_turn<T>(&self, host: &str, work: impl Future<Output = T>) -> Result<T, store::Error> {
        let mut lease = self.turn(host).await?;
        let done = self.prolonging(&mut lease, work).await;
        self.has_asked(&lease);
        let visited = Visited { lease, unchanged: Vec::new(), rests_until: Some(self.rests_until(host)) };
        self.release(&[visited]).await?;
        Ok(done)
    }

    async fn turn(&self, host: &str) -> Result<HostLease, store::Error> {
        loop {
            let released = self.released.notified();
            let (now, began) = (Timestamp::now(), Instant::now());
            if let Some(lease) = self.store.claim_host(host, now, lease_end(now)).await? {
                self.may_ask(&lease, began);
                return Ok(lease);
            }
            let rest = self.present().client.rest_of(host);
            tokio::select! {
                () = released => (),
                () = tokio::time::sleep(if rest.is_zero() { RETRY } else { rest.min(RETRY) }) => (),
            }
        }
    }

    /// Does `work` while the turn is prolonged; it rests while somebody else has the host.
    async fn prolonging<T>(&self, lease: &mut HostLease, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                () = tokio::time::sleep(RENEWAL) => match self.renew(std::slice::from_ref(lease)).await {
                    Ok(lost) if lost.is_empty() => (),
                    Ok(_) => match self.turn(&lease.host).await {
                        Ok(again) => *lease = again,
                        Err(error) => warn!("the store does not give the turn at `{}` again: {error}", lease.host),
                    },
                    Err(error) => warn!("the store does not prolong the turn at `{}`: {error}", lease.host),
                }
            }
        }
    }

    /// The host of a lease that was asked for when it `began` is ours to ask until that runs out.
    pub(super) fn may_ask(&self, lease: &HostLease, began: Instant) {
        self.present().client.begin_visit(&lease.host, began + LEASE.unsigned_abs());
    }

    /// Nobody asks the host of this lease under it any more.
    pub fn has_asked(&self, lease: &HostLease) {
        self.present().client.end_visit(&lease.host);
    }

    /// Somebody in another process waits for a turn at a host: where this one visits it, it shares it from now on.
    pub(super) fn share(&self, host: &str) {
        let (client, store, host) = (self.present().client.clone(), self.store.clone(), host.to_owned());
        tokio::spawn(async move {
            let Some(quiet) = client.quiet(&host).await else { return };
            while quiet.is_own() {
                let now = Timestamp::now();
                match store.share_host(&host, now.checked_add(client.rest_of(&host)).unwrap_or(now)).await {
                    Ok(()) => return quiet.share(),
                    // Whether it is shared is not known: nobody asks it meanwhile.
                    Err(error) => {
                        warn!("the store does not share the host `{host}`: {error}");
                        tokio::time::sleep(AWAY).await;
                    }
                }
            }
        });
    }

    /// Gives hosts back, and wakes whoever waits for one.
    pub(super) async fn release(&self, visited: &[Visited]) -> Result<(), store::Error> {
        self.store.release_hosts(visited).await?;
        self.released.notify_waiters();
        self.work.notify_one();
        Ok(())
    }

    /// Until then a host is not to be asked, as it was asked just now.
    pub(super) fn rests_until(&self, host: &str) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.present().client.rest_of(host)).unwrap_or(now)
    }
}
