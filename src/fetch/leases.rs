//! Hosts that this process has for a time: when that is over nobody asks them, until it is prolonged or whoever wanted
//! to ask is cut off.
//!
//! A process may be stopped for as long as the system likes, between two of its lines. When it goes on, somebody else
//! may have the host.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::Instant;

use super::pace::lock;

/// Between two looks whether it was prolonged.
const LOOK: Duration = Duration::from_millis(100);

/// Until when each host is ours, where that is not for ever; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Leases(Arc<Mutex<HashMap<String, Instant>>>);

impl Leases {
    /// From now on the host may be asked until then; `None`: whenever anybody likes.
    pub fn set(&self, host: &str, until: Option<Instant>) {
        let mut leases = lock(&self.0);
        match until {
            Some(until) => drop(leases.insert(host.to_owned(), until)),
            None => drop(leases.remove(host)),
        }
    }

    /// Waits as long as the time is over for which we have the host.
    pub async fn hold(&self, host: &str) {
        while self.is_over(host) {
            tokio::time::sleep(LOOK).await;
        }
    }

    fn is_over(&self, host: &str) -> bool {
        lock(&self.0).get(host).is_some_and(|until| *until <= Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_host_whose_time_is_over_is_not_asked_until_it_is_ours_again() {
        let (leases, start) = (Leases::default(), Instant::now());
        let after = |seconds| Some(start + Duration::from_secs(seconds));
        leases.hold("a.vn").await;
        leases.set("a.vn", after(45));
        leases.hold("a.vn").await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        tokio::time::sleep(Duration::from_secs(60)).await;
        leases.hold("b.vn").await;
        let prolonged = async {
            tokio::time::sleep(Duration::from_secs(10)).await;
            leases.set("a.vn", after(105));
        };
        tokio::join!(leases.hold("a.vn"), prolonged);
        assert_eq!(start.elapsed().as_secs(), 70);
        tokio::time::sleep(Duration::from_secs(60)).await;
        leases.set("a.vn", None);
        leases.hold("a.vn").await;
        assert_eq!(start.elapsed().as_secs(), 130);
    }
}
