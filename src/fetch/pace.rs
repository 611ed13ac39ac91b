//! One request at a time to a host, a pause between two, and none at all while the host asks to be left alone.
//!
//! A turn is held over an await on purpose: that is what keeps the others of the same host waiting.
//! Nobody holds the turns of two hosts, so nobody waits for a host that is not asked.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{sync::OwnedMutexGuard, time::Instant};
use url::Url;

use super::{Error, error::shown, headers::LONGEST_WAIT};

/// Hosts that are remembered; beyond it those that nobody needs at the moment are forgotten.
const MAX_HOSTS: usize = 4096;

/// A host that asked to be left alone, as it is kept over a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The host, with its port where that is not the usual one.
    pub host: String,
    pub until: Timestamp,
}

#[derive(Debug)]
pub(super) struct Pace {
    delay: Duration,
    hosts: Arc<Mutex<HashMap<String, Arc<Host>>>>,
    /// Those that asked to be left alone since this was last asked for.
    newly_held: Arc<Mutex<HashSet<String>>>,
}

#[derive(Debug, Default)]
struct Host {
    /// When the last request ended.
    turn: Arc<tokio::sync::Mutex<Option<Instant>>>,
    held_until: Mutex<Option<Instant>>,
    /// When it may be asked again after the last request.
    rests_until: Mutex<Option<Instant>>,
}

/// The right to ask a host; the pause begins when it is dropped, however the request ended.
pub(super) struct Turn {
    last: Still,
    host: Arc<Host>,
    pause: Duration,
}

/// As long as it is there, nobody asks the host.
pub(super) type Still = OwnedMutexGuard<Option<Instant>>;

impl Turn {
    /// For how long the host rests when it is over.
    pub fn pause(&self) -> Duration {
        self.pause
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let now = Instant::now();
        *self.last = Some(now);
        *lock(&self.host.rests_until) = Some(now + self.pause);
    }
}

impl Pace {
    pub fn new(delay: Duration) -> Self {
        Self { delay, hosts: Arc::default(), newly_held: Arc::default() }
    }

    /// The same hosts, with another pause.
    pub fn with_delay(&self, delay: Duration) -> Self {
        Self { delay, hosts: Arc::clone(&self.hosts), newly_held: Arc::clone(&self.newly_held) }
    }

    /// Waits until nobody asks a host.
    pub async fn still(&self, name: &str) -> Still {
        Arc::clone(&self.host(name).turn).lock_owned().await
    }

    /// Waits until the host of `url` may be asked, `crawl_delay` after the last time if that is longer than
    /// the usual pause.
    pub async fn turn(&self, url: &Url, crawl_delay: Duration) -> Result<Turn, Error> {
        let host = self.host(&host(url));
        host.not_held(url)?;
        let turn = Arc::clone(&host.turn).lock_owned().await;
        // The one before may have been told to stay away.
        host.not_held(url)?;
        let pause = self.delay.max(crawl_delay);
        if let Some(last) = *turn {
            tokio::time::sleep_until(last + pause).await;
        }
        Ok(Turn { last: turn, host, pause })
    }

    /// How long a host rests from now on, as it was asked just now.
    pub fn rest_of(&self, name: &str) -> Duration {
        let host = lock(&self.hosts).get(name).cloned();
        let until = host.and_then(|host| *lock(&host.rests_until));
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }

    /// Leaves the host of `url` alone for `wait`, or for what is left of an older wish if that is longer.
    pub fn hold(&self, url: &Url, wait: Duration) {
        let name = host(url);
        self.hold_host(&name, wait);
        lock(&self.newly_held).insert(name);
    }

    /// The same by the name that [`Hold`] has.
    pub fn hold_host(&self, name: &str, wait: Duration) {
        let until = Instant::now() + wait.min(LONGEST_WAIT);
        let host = self.host(name);
        let mut held = lock(&host.held_until);
        *held = (*held).max(Some(until));
    }

    /// The hosts that are left alone at `now`.
    pub fn holds(&self, now: Timestamp) -> Vec<Hold> {
        let mut holds: Vec<_> = lock(&self.hosts)
            .iter()
            .filter_map(|(name, host)| {
                let left = host.left()?;
                let until = now.checked_add(jiff::SignedDuration::try_from(left).ok()?).ok()?;
                Some(Hold { host: name.clone(), until })
            })
            .collect();
        holds.sort_by(|a, b| a.host.cmp(&b.host));
        holds
    }

    /// Those of them that were not given here before.
    pub fn new_holds(&self, now: Timestamp) -> Vec<Hold> {
        let new = std::mem::take(&mut *lock(&self.newly_held));
        if new.is_empty() { Vec::new() } else { self.holds(now).into_iter().filter(|hold| new.contains(&hold.host)).collect() }
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = lock(&self.hosts);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        if hosts.len() >= MAX_HOSTS {
            hosts.retain(|_, host| host.is_needed());
        }
        Arc::clone(hosts.entry(name.to_owned()).or_default())
    }
}

impl Host {
    fn left(&self) -> Option<Duration> {
        let left = (*lock(&self.held_until))?.checked_duration_since(Instant::now())?;
        (!left.is_zero()).then_some(left)
    }

    fn not_held(&self, url: &Url) -> Result<(), Error> {
        match self.left() {
            Some(wait) => Err(Error::RetryAfter { url: shown(url), status: None, wait }),
            None => Ok(()),
        }
    }

    /// Whether somebody waits, was served within the longest pause there is, or has to be left alone.
    fn is_needed(&self) -> bool {
        let recent = self.turn.try_lock().map_or(true, |last| last.is_some_and(|last| last.elapsed() < super::robots::LONGEST_DELAY));
        recent || self.left().is_some()
    }
}

/// The name by which a host is asked one request at a time. `http` and `https` on their usual ports are one host;
/// another port is another server.
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// What the map says stays true when a thread dies while it is locked.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[tokio::test]
    async fn the_pause_counts_from_the_end_of_the_last_request() {
        let pause = Duration::from_millis(30);
        let pace = Pace::new(pause);
        let turn = pace.turn(&url("http://a.example/1"), Duration::ZERO).await.unwrap();
        tokio::time::sleep(pause).await;
        let end = Instant::now();
        drop(turn);
        drop(pace.turn(&url("https://a.example/2"), Duration::ZERO).await.unwrap());
        assert!(end.elapsed() >= pause);
        let end = Instant::now();
        drop(pace.turn(&url("http://a.example/3"), 3 * pause).await.unwrap());
        assert!(end.elapsed() >= 3 * pause - Duration::from_millis(1));
    }

    #[tokio::test]
    async fn a_busy_host_delays_no_other() {
        let pace = Pace::new(Duration::from_secs(3600));
        let _busy = pace.turn(&url("http://a.example/"), Duration::ZERO).await.unwrap();
        for other in ["http://b.example/", "http://a.example:81/"] {
            let other = url(other);
            let turn = pace.turn(&other, Duration::ZERO);
            assert!(tokio::time::timeout(Duration::from_secs(5), turn).await.is_ok(), "{other}");
        }
    }

    #[tokio::test]
    async fn a_held_host_is_left_alone_until_the_time_is_over() {
        let pace = Pace::new(Duration::ZERO);
        let page = url("http://a.example/");
        pace.hold(&page, Duration::from_secs(60));
        pace.hold(&page, Duration::from_secs(5));
        let error = pace.turn(&page, Duration::ZERO).await.err().unwrap();
        assert_eq!(error.to_string(), "`http://a.example/` asks to be left alone for 1m");
        let holds = pace.holds("2026-11-24T08:00:00Z".parse().unwrap());
        assert_eq!(holds[0].host, "a.example");
        let (earliest, latest) = ("2026-11-24T08:00:30Z".parse().unwrap(), "2026-11-24T08:01:00Z".parse().unwrap());
        assert!((earliest..=latest).contains(&holds[0].until), "{}", holds[0].until);

        let brief = url("http://b.example/");
        pace.hold(&brief, Duration::from_millis(1));
        tokio::time::sleep(Duration::from_millis(2)).await;
        assert!(pace.turn(&brief, Duration::ZERO).await.is_ok());
        assert_eq!(pace.holds(Timestamp::UNIX_EPOCH).len(), 1);
        assert_eq!(pace.new_holds(Timestamp::UNIX_EPOCH).len(), 1);
        assert_eq!(pace.new_holds(Timestamp::UNIX_EPOCH).len(), 0);
    }

    #[tokio::test]
    async fn the_memory_of_hosts_is_bounded() {
        let pace = Pace::new(Duration::ZERO);
        pace.hold_host("held.example", Duration::from_secs(3600));
        for number in 0..3 * MAX_HOSTS {
            pace.host(&format!("{number}.example"));
        }
        assert!(lock(&pace.hosts).len() <= MAX_HOSTS);
        assert_eq!(pace.holds(Timestamp::UNIX_EPOCH).len(), 1);
    }
}
