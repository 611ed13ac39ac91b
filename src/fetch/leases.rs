//! Whose turn it is at a host, where other processes ask hosts as well.
//!
//! A host that this process visits is its own to ask, for a time: when that is over nobody asks it, until it is
//! prolonged or whoever wanted to ask is cut off. A process may be stopped for as long as the system likes, between two
//! of its lines, and when it goes on, somebody else may have the host.
//!
//! At any other host each request takes a turn that all processes share, and so it does at a host that this process
//! visits once somebody else has asked for a turn there: two of them that visit a host each and want a page of the
//! other's never wait for each other.

use std::{
    collections::HashMap,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use tokio::time::{Instant, sleep};
use url::Url;

use super::{
    Error,
    error::shown,
    pace::{host, lock},
};

/// Between two looks whether a host was prolonged.
const LOOK: Duration = Duration::from_millis(100);
/// Between two tries for a turn that another process has.
const RETRY: Duration = Duration::from_millis(200);
/// Whoever visits a host that it shares lets the others try before it asks again.
const YIELD: Duration = Duration::from_millis(300);
/// How long a turn is waited for.
const PATIENCE: Duration = Duration::from_mins(2);
/// What a turn lasts beyond the time that its request may take.
const MARGIN: Duration = Duration::from_secs(15);

/// Gives turns at hosts, each for one request, to all processes.
pub trait Turns: fmt::Debug + Send + Sync {
    /// Takes the turn at a host for so long at most; `None`: somebody else has it, or it cannot be found out.
    fn take<'a>(&'a self, host: &'a str, time: Duration) -> Pin<Box<dyn Future<Output = Option<Taken>> + Send + 'a>>;

    /// Gives a turn back. The host is not to be asked again for as long as it rests.
    fn give_back(&self, host: &str, number: i64, rest: Duration);
}

/// A turn that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub number: i64,
    /// The host asked another process to leave it alone for so long.
    pub held: Option<Duration>,
    /// Until then it is ours.
    pub until: Instant,
}

/// The hosts that this process visits, and who gives turns at the others; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Leases {
    visited: Arc<Mutex<HashMap<String, Visit>>>,
    /// Nobody does: there is no other process.
    turns: Arc<OnceLock<Arc<dyn Turns>>>,
}

#[derive(Debug, Clone, Copy)]
struct Visit {
    until: Instant,
    is_shared: bool,
}

/// The right to make one request. A turn is given back when it is dropped, however the request ended.
pub(super) struct Pass {
    turn: Option<(Arc<dyn Turns>, String, i64)>,
    rest: Duration,
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some((turns, host, number)) = &self.turn {
            turns.give_back(host, *number, self.rest);
        }
    }
}

impl Leases {
    /// Turns are given by `turns` from now on.
    pub fn share_turns(&self, turns: Arc<dyn Turns>) {
        // They are set once, and are the same store's ever after.
        let _set = self.turns.set(turns);
    }

    /// A visit begins: until then the host is ours.
    pub fn begin(&self, host: &str, until: Instant) {
        lock(&self.visited).insert(host.to_owned(), Visit { until, is_shared: false });
    }

    pub fn prolong(&self, host: &str, until: Instant) {
        if let Some(visit) = lock(&self.visited).get_mut(host) {
            visit.until = until;
        }
    }

    pub fn end(&self, host: &str) {
        lock(&self.visited).remove(host);
    }

    /// Whether this process visits a host and shares it with nobody.
    pub fn is_own(&self, host: &str) -> bool {
        self.visit(host).is_some_and(|visit| !visit.is_shared)
    }

    /// From now on each request to a host that is visited takes a turn.
    pub fn share(&self, host: &str) {
        if let Some(visit) = lock(&self.visited).get_mut(host) {
            visit.is_shared = true;
        }
    }

    fn visit(&self, host: &str) -> Option<Visit> {
        lock(&self.visited).get(host).copied()
    }

    /// Waits for the right to make a request that takes so long at most, and after which the host rests.
    pub async fn pass(&self, url: &Url, time: Duration, rest: Duration) -> Result<Pass, Error> {
        let host = host(url);
        let began = Instant::now();
        let mut has_yielded = false;
        loop {
            match (self.visit(&host), self.turns.get()) {
                (Some(visit), _) if !visit.is_shared => {
                    if visit.until > Instant::now() {
                        return Ok(Pass { turn: None, rest });
                    }
                    sleep(LOOK).await;
                }
                (_, None) => return Ok(Pass { turn: None, rest }),
                (Some(_), Some(_)) if !has_yielded => {
                    has_yielded = true;
                    sleep(YIELD).await;
                }
                (_, Some(turns)) => {
                    if let Some(taken) = turns.take(&host, time + MARGIN).await {
                        let pass = Pass { turn: Some((turns.clone(), host.clone(), taken.number)), rest };
                        match taken.held {
                            Some(wait) => return Err(Error::RetryAfter { url: shown(url), status: None, wait }),
                            None if taken.until > Instant::now() => return Ok(pass),
                            // The process was stopped in between.
                            None => continue,
                        }
                    }
                    if began.elapsed() >= PATIENCE {
                        return Err(Error::Busy { url: shown(url) });
                    }
                    sleep(RETRY).await;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(host: &str) -> Url {
        Url::parse(&format!("https://{host}/")).unwrap()
    }

    async fn pass(leases: &Leases, host: &str) -> Result<Pass, Error> {
        leases.pass(&url(host), Duration::from_secs(30), Duration::from_secs(1)).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_whose_time_is_over_is_not_asked_until_it_is_ours_again() {
        let (leases, start) = (Leases::default(), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        pass(&leases, "a.vn").await.unwrap();
        leases.begin("a.vn", after(45));
        pass(&leases, "a.vn").await.unwrap();
        assert_eq!(start.elapsed(), Duration::ZERO);
        sleep(Duration::from_secs(60)).await;
        pass(&leases, "b.vn").await.unwrap();
        let prolonged = async {
            sleep(Duration::from_secs(10)).await;
            leases.prolong("a.vn", after(105));
        };
        let (passed, ()) = tokio::join!(pass(&leases, "a.vn"), prolonged);
        passed.unwrap();
        assert_eq!(start.elapsed().as_secs(), 70);
        sleep(Duration::from_secs(60)).await;
        leases.end("a.vn");
        pass(&leases, "a.vn").await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 130);
    }

    /// What another process does at hosts.
    #[derive(Debug, Default)]
    struct Others {
        /// Nobody else gets a turn there.
        busy: Mutex<Vec<String>>,
        held: Option<Duration>,
        /// The turns that were given, and those that came back.
        given: Mutex<Vec<String>>,
        back: Mutex<Vec<(String, i64, Duration)>>,
    }

    impl Turns for Others {
        fn take<'a>(&'a self, host: &'a str, time: Duration) -> Pin<Box<dyn Future<Output = Option<Taken>> + Send + 'a>> {
            Box::pin(async move {
                if lock(&self.busy).iter().any(|busy| busy == host) {
                    return None;
                }
                let mut given = lock(&self.given);
                given.push(host.to_owned());
                let number = i64::try_from(given.len()).unwrap();
                Some(Taken { number, held: self.held, until: Instant::now() + time })
            })
        }

        fn give_back(&self, host: &str, number: i64, rest: Duration) {
            lock(&self.back).push((host.to_owned(), number, rest));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_visited_takes_no_turns_until_it_is_shared_and_everything_else_does() {
        let (leases, others, start) = (Leases::default(), Arc::new(Others::default()), Instant::now());
        leases.share_turns(others.clone());
        leases.begin("a.vn", start + Duration::from_secs(45));
        drop(pass(&leases, "a.vn").await.unwrap());
        assert!(leases.is_own("a.vn") && !leases.is_own("b.vn"));
        drop(pass(&leases, "b.vn").await.unwrap());
        assert_eq!((lock(&others.given).join(" "), start.elapsed()), ("b.vn".to_owned(), Duration::ZERO));

        leases.share("a.vn");
        leases.prolong("a.vn", start + Duration::from_secs(60));
        assert!(!leases.is_own("a.vn"));
        drop(pass(&leases, "a.vn").await.unwrap());
        assert_eq!(start.elapsed(), YIELD);
        let second = Duration::from_secs(1);
        assert_eq!(*lock(&others.back), [("b.vn".to_owned(), 1, second), ("a.vn".to_owned(), 2, second)]);
        // Another visit is its own again.
        leases.begin("a.vn", start + Duration::from_secs(90));
        drop(pass(&leases, "a.vn").await.unwrap());
        assert_eq!(lock(&others.given).len(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_is_waited_for_and_not_for_ever() {
        let (leases, others, start) = (Leases::default(), Arc::new(Others::default()), Instant::now());
        leases.share_turns(others.clone());
        lock(&others.busy).push("a.vn".to_owned());
        let freed = async {
            sleep(Duration::from_secs(10)).await;
            lock(&others.busy).clear();
        };
        let (passed, ()) = tokio::join!(pass(&leases, "a.vn"), freed);
        drop(passed.unwrap());
        assert!(start.elapsed() - Duration::from_secs(10) <= RETRY);
        lock(&others.busy).push("a.vn".to_owned());
        let error = pass(&leases, "a.vn").await.err().unwrap();
        assert_eq!(error.to_string(), "`https://a.vn/` was not asked: other workers had its host for too long");
    }

    #[tokio::test]
    async fn a_host_that_asked_another_process_to_leave_it_alone_is_left_alone() {
        let others = Arc::new(Others { held: Some(Duration::from_secs(60)), ..Others::default() });
        let leases = Leases::default();
        leases.share_turns(others.clone());
        assert!(matches!(pass(&leases, "a.vn").await, Err(Error::RetryAfter { wait, .. }) if wait.as_secs() == 60));
        assert_eq!(lock(&others.back).len(), 1);
    }
}
