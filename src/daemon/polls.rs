//! The polls of all feeds: what is due is claimed in batches, host by host, and so many hosts are asked at once.
//!
//! While nothing is due there is no task and no statement for any feed.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::watch,
    task::{AbortHandle, Id, JoinError, JoinSet},
    time::Instant,
};
use tracing::{error, warn};

use super::stopped;
use crate::{
    service::{Beat, LEASE, RENEWAL, Service, Work},
    store::{HostLease, Visited},
};

/// Hosts that are asked at once: a visit mostly waits, but it holds pages in memory.
const AT_ONCE: usize = 128;
/// Feeds that one visit polls; the others of a large host come when those of other hosts did that are due longer.
const FEEDS: usize = 8;
/// Between two claims: what ends in the meantime is written together.
const BATCH: Duration = Duration::from_millis(200);
/// Between two tries when the store itself fails.
const STORE_RETRY: Duration = Duration::from_secs(30);
/// The same while hosts are being asked.
const VISITS_RETRY: Duration = Duration::from_secs(5);
/// What may pass between a lease that ran out and the end of its visit.
const MARGIN: Duration = Duration::from_secs(10);
/// How soon a feed that is due is polled when this machine reaches others again.
const NO_NETWORK: Duration = Duration::from_secs(5);
/// The longest sleep at a stretch: a clock that was set forward is noticed after this.
const MAX_SLEEP: Duration = Duration::from_secs(60);
/// The same of a worker that shares its store: the others want to hear of it.
const MAX_SILENCE: Duration = Duration::from_secs(15);
/// Between two words of this worker on itself, while there is work.
const SAID: Duration = Duration::from_secs(10);
/// How long a host rests whose visit broke.
const BROKEN: SignedDuration = SignedDuration::from_secs(30);

/// Polls whatever is due until told to stop. A poll that is cut off has recorded nothing and announced nothing.
pub async fn run(service: &Arc<Service>, mut stop: watch::Receiver<bool>) {
    let watched = service.health.watch(Beat::Polls);
    let mut visits = Visits {
        service,
        set: JoinSet::new(),
        running: HashMap::new(),
        ended: Vec::new(),
        renewed: Instant::now(),
        held: Instant::now(),
        said: None,
    };
    while !*stop.borrow() {
        watched.works(Timestamp::now());
        let began = Instant::now();
        let most = if service.present().setup.config.store.is_shared() { MAX_SILENCE } else { MAX_SLEEP };
        let wait = visits.go_on().await.min(most);
        watched.waits(Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX));
        tokio::select! {
            () = tokio::time::sleep(wait) => (),
            () = service.work.notified() => (),
            Some(ended) = visits.set.join_next_with_id() => visits.end(ended),
            () = stopped(&mut stop) => break,
        }
        tokio::select! {
            () = tokio::time::sleep_until(began + BATCH) => (),
            () = stopped(&mut stop) => break,
        }
    }
    visits.set.shutdown().await;
    // What is lost here is asked for again.
    let _lost = service.settle(&mut visits.ended).await;
}

/// The hosts that are being asked.
struct Visits<'a> {
    service: &'a Arc<Service>,
    set: JoinSet<Visited>,
    running: HashMap<Id, (HostLease, AbortHandle)>,
    /// Those that have ended and were not given back yet.
    ended: Vec<Visited>,
    renewed: Instant,
    /// When the store last said that all of them are ours.
    held: Instant,
    /// When this worker last spoke of itself.
    said: Option<Instant>,
}

impl Visits<'_> {
    /// Gives back what has ended and begins what is due; how long there is nothing more to do.
    async fn go_on(&mut self) -> Duration {
        while let Some(ended) = self.set.try_join_next_with_id() {
            self.end(ended);
        }
        self.renew().await;
        if self.service.settle(&mut self.ended).await.is_err() {
            return self.retry();
        }
        self.say().await;
        let free = AT_ONCE - self.running.len().min(AT_ONCE);
        if free == 0 {
            return RENEWAL;
        }
        // While this machine reaches nobody, one feed is tried at a time.
        let is_down = self.service.is_network_down();
        if is_down && !self.service.admits_poll() {
            return NO_NETWORK;
        }
        let (hosts, feeds) = if is_down { (1, 1) } else { (free, FEEDS) };
        match self.service.claim(hosts, feeds).await {
            Ok(work) => self.begin(work, is_down),
            Err(error) => {
                warn!("the store cannot say what is due: {error}");
                self.retry()
            }
        }
    }

    fn retry(&self) -> Duration {
        if self.running.is_empty() { STORE_RETRY } else { VISITS_RETRY }
    }

    fn begin(&mut self, work: Work, is_down: bool) -> Duration {
        let Work { hosts, next, is_more, troubles } = work;
        if self.running.is_empty() {
            self.held = Instant::now();
        }
        for host in hosts {
            let (service, troubles, lease) = (self.service.clone(), troubles.clone(), host.lease.clone());
            let handle = self.set.spawn(async move { service.visit(host, &troubles).await });
            self.running.insert(handle.id(), (lease, handle));
        }
        if is_down {
            return NO_NETWORK;
        }
        if is_more && self.running.len() < AT_ONCE {
            return Duration::ZERO;
        }
        let until_next = next.map_or(MAX_SLEEP, |next| next.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO));
        if self.running.is_empty() { until_next } else { until_next.min(RENEWAL) }
    }

    /// Prolongs what is claimed. A visit whose host somebody else has by now is cut off, and so are all of them when
    /// the store was away for so long that somebody may.
    async fn renew(&mut self) {
        let lease = LEASE.unsigned_abs() - MARGIN;
        if self.running.is_empty() || (self.renewed.elapsed() < RENEWAL && self.held.elapsed() < lease) {
            return;
        }
        self.renewed = Instant::now();
        let leases: Vec<_> = self.running.values().map(|(lease, _)| lease.clone()).collect();
        match self.service.renew(&leases).await {
            Ok(lost) => {
                self.held = Instant::now();
                for (lease, visit) in self.running.values().filter(|(lease, _)| lost.contains(lease)) {
                    warn!("the turn at `{}` took too long, and somebody else has it", lease.host);
                    visit.abort();
                }
            }
            Err(error) => {
                warn!("the store does not prolong what is claimed: {error}");
                if self.held.elapsed() >= lease {
                    self.running.values().for_each(|(_, visit)| visit.abort());
                }
            }
        }
    }

    /// Says how this worker fares: to whoever reads its figures, and from time to time to the store.
    async fn say(&mut self) {
        self.service.figures.set_hosts(self.running.len());
        if self.said.is_some_and(|said| said.elapsed() < SAID) {
            return;
        }
        self.said = Some(Instant::now());
        if let Err(error) = self.service.note_worker().await {
            warn!("the store did not keep how this worker fares: {error}");
        }
    }

    fn end(&mut self, ended: Result<(Id, Visited), JoinError>) {
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        let Some((lease, _)) = self.running.remove(&id) else { return };
        self.service.has_asked(&lease);
        self.ended.push(match ended {
            Ok((_, visited)) => visited,
            Err(broken) => {
                if broken.is_panic() {
                    error!("the visit to `{}` broke: {broken}", lease.host);
                }
                let rests_until = Timestamp::now().checked_add(BROKEN).ok();
                Visited { lease, unchanged: Vec::new(), rests_until }
            }
        });
    }
}
