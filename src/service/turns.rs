//! Who polls now: so many feeds at once, and of one host one at a time.
//!
//! A host answers one request at a time anyway. A feed that waits for its host waits here, and takes no place from the
//! feeds of other hosts: seventeen feeds of one slow host would otherwise keep everybody else waiting.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

/// Feeds that are polled at once: a poll mostly waits, but it holds pages in memory.
const AT_ONCE: usize = 32;

/// The turns of all feeds.
#[derive(Debug)]
pub struct Turns {
    places: Arc<Semaphore>,
    /// Each has one permit; those that nobody holds or waits for are dropped.
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// The right to poll; dropping it lets the next feed in.
#[derive(Debug)]
pub struct Turn {
    _host: Option<OwnedSemaphorePermit>,
    _place: Option<OwnedSemaphorePermit>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), hosts: Mutex::default() }
    }
}

impl Turns {
    /// Waits for the host of `url`, and then for a place among all feeds; each in the order of asking.
    pub async fn of(&self, url: &Url) -> Turn {
        let host = self.host(url);
        // Neither is ever closed.
        let host = host.acquire_owned().await.ok();
        let place = self.places.clone().acquire_owned().await.ok();
        Turn { _host: host, _place: place }
    }

    fn host(&self, url: &Url) -> Arc<Semaphore> {
        let name = format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        // One reference is the map's own.
        hosts.retain(|known, host| *known == name || Arc::strong_count(host) > 1);
        hosts.entry(name).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn url(host: &str) -> Url {
        Url::parse(&format!("http://{host}/tin")).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn feeds_of_one_host_take_one_place() {
        let turns = Arc::new(Turns::default());
        let held = turns.of(&url("slow.vn")).await;
        let waiting: Vec<_> = (0..2 * AT_ONCE)
            .map(|_| {
                let turns = turns.clone();
                tokio::spawn(async move { drop(turns.of(&url("slow.vn")).await) })
            })
            .collect();
        tokio::task::yield_now().await;
        // All others go on at once.
        for number in 0..AT_ONCE - 1 {
            let turn = timeout(Duration::from_secs(1), turns.of(&url(&format!("{number}.vn")))).await.unwrap();
            std::mem::forget(turn);
        }
        assert!(timeout(Duration::from_secs(1), turns.of(&url("one-more.vn"))).await.is_err(), "no more at once than there are places");
        drop(held);
        for waiting in waiting {
            waiting.await.unwrap();
        }
    }

    #[tokio::test]
    async fn hosts_that_nobody_asks_are_forgotten() {
        let turns = Turns::default();
        for number in 0..100 {
            drop(turns.of(&url(&format!("{number}.vn"))).await);
        }
        assert_eq!(turns.hosts.lock().unwrap().len(), 1);
    }
}
