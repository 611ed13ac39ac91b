//! Whether this machine reaches anybody: its own net being down is no fault of any portal.
//!
//! A portal that cannot be reached is one thing; when neither another one nor Telegram answers either, it is the way
//! there. Where Telegram cannot be asked, two dead portals are two dead portals, unless the system says itself that it
//! has no way out. Nothing is counted then, a feed is tried every few seconds in place of all of them, and when one of
//! them answers all go on.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use super::Service;
use crate::{
    cause,
    feed::Feed,
    fetch,
    jobs::poll as job,
    store,
    target::{Failure, Target},
};

/// Between two tries while nobody can be reached.
const BETWEEN: SignedDuration = SignedDuration::from_secs(10);
/// What is named beside the hosts of portals.
const TELEGRAM: &str = "Telegram";
/// Hosts that must be out of reach, Telegram or the system's own word among them.
const HOSTS: usize = 2;
/// The same where portals are all there is to go by; and it must be all of them.
const PORTALS: usize = 3;

/// What is known of the way to others.
#[derive(Debug, Default)]
pub struct Network(Mutex<Reached>);

#[derive(Debug, Default)]
struct Reached {
    /// Hosts that could not be reached since somebody answered last.
    cut: HashSet<String>,
    is_down: bool,
    /// The last try since then.
    tried_at: Option<Timestamp>,
}

impl Network {
    /// Whether a feed may be polled now: while nobody can be reached, one at a time.
    fn admits(&self, now: Timestamp) -> bool {
        let mut reached = self.reached();
        let rests = reached.tried_at.is_some_and(|tried| now.duration_since(tried).abs() < BETWEEN);
        if reached.is_down && rests {
            return false;
        }
        reached.tried_at = Some(now);
        true
    }

    fn is_down(&self) -> bool {
        self.reached().is_down
    }

    /// Somebody answered; whether nobody did before.
    fn answered(&self) -> bool {
        let mut reached = self.reached();
        reached.cut.clear();
        std::mem::take(&mut reached.is_down)
    }

    /// A host could not be reached.
    fn cut_off(&self, host: &str, besides: Besides) -> Cut {
        let mut reached = self.reached();
        reached.cut.insert(host.to_owned());
        if reached.is_down {
            return Cut::StillDown;
        }
        reached.is_down = match besides {
            Besides::Telegram => true,
            Besides::System => reached.cut.len() >= HOSTS,
            Besides::Nothing { hosts } => reached.cut.len() >= hosts.max(PORTALS),
        };
        if !reached.is_down {
            return Cut::Host;
        }
        Cut::Down(reached.cut.iter().cloned().chain((besides == Besides::Telegram).then(|| TELEGRAM.to_owned())).collect())
    }

    fn reached(&self) -> MutexGuard<'_, Reached> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What speaks for our own net being down, besides hosts that cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Besides {
    /// Telegram was asked, and is out of reach too.
    Telegram,
    /// The system says that it has no way out, or no name server.
    System,
    /// There is nobody else to ask: the portals have so many hosts.
    Nothing { hosts: usize },
}

/// What it means that a host could not be reached.
#[derive(Debug, PartialEq, Eq)]
enum Cut {
    /// It is the host.
    Host,
    /// It is the way to all of them, since now.
    Down(HashSet<String>),
    StillDown,
}

impl Service {
    /// Whether a feed may be polled now. While this machine reaches nobody, few are.
    pub fn admits_poll(&self) -> bool {
        self.network.admits(Timestamp::now())
    }

    /// Whether this machine reaches nobody.
    pub fn is_network_down(&self) -> bool {
        self.network.is_down()
    }

    /// Takes in how a poll ended; whether it failed for a reason that is not the feed's.
    pub(super) async fn is_cut_off(&self, feed: &Feed, error: Option<&job::Error>) -> Result<bool, store::Error> {
        let is_unreachable = matches!(error, Some(job::Error::Fetch(fetch::Error::Dns { .. } | fetch::Error::Connect { .. })));
        if !is_unreachable {
            // What never went out says nothing.
            let says_nothing = matches!(
                error,
                Some(job::Error::Store(_) | job::Error::Reading(_))
                    | Some(job::Error::Fetch(
                        fetch::Error::Timeout { .. }
                            | fetch::Error::Settings { .. }
                            | fetch::Error::Certificate { .. }
                            | fetch::Error::Scheme { .. }
                            | fetch::Error::Private { .. }
                            | fetch::Error::Robots { .. }
                            | fetch::Error::RetryAfter { status: None, .. }
                    ))
            );
            if !says_nothing {
                self.reached_somebody().await?;
            }
            return Ok(false);
        }
        let present = self.present();
        let besides = match &present.target {
            Some(target) if answers(target).await => {
                self.reached_somebody().await?;
                return Ok(false);
            }
            Some(_) => Besides::Telegram,
            None if error.is_some_and(|error| cause::is_own_network(error)) => Besides::System,
            None => {
                let hosts: HashSet<String> = present.setup.feeds.iter().map(super::alarms::host_of).collect();
                Besides::Nothing { hosts: hosts.len() }
            }
        };
        match self.network.cut_off(&super::alarms::host_of(feed), besides) {
            Cut::Host => Ok(false),
            Cut::StillDown => Ok(true),
            Cut::Down(hosts) => {
                warn!("this machine reaches nobody: nothing is counted against any feed until it does");
                self.note_network(Some(&hosts)).await?;
                Ok(true)
            }
        }
    }

    async fn reached_somebody(&self) -> Result<(), store::Error> {
        if self.network.answered() {
            info!("this machine reaches others again");
            self.note_network(None).await?;
        }
        Ok(())
    }
}

/// Whether Telegram says anything at all.
async fn answers(target: &Target) -> bool {
    !matches!(target.check_token().await, Err(Failure::NotSent { .. } | Failure::Unclear { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn one_host_is_its_own_fault_and_two_at_once_are_not() {
        let down = |hosts: &[&str]| Cut::Down(hosts.iter().map(|host| (*host).to_owned()).collect());
        let network = Network::default();
        assert_eq!(network.cut_off("a.vn", Besides::System), Cut::Host);
        assert_eq!(network.cut_off("a.vn", Besides::System), Cut::Host);
        assert!(!network.answered());
        assert_eq!(network.cut_off("b.vn", Besides::System), Cut::Host);
        assert!(network.admits(at(0)) && network.admits(at(0)));
        assert_eq!(network.cut_off("a.vn", Besides::System), down(&["a.vn", "b.vn"]));
        assert_eq!(network.cut_off("b.vn", Besides::System), Cut::StillDown);
        assert!(network.answered() && !network.answered());
        assert_eq!(network.cut_off("a.vn", Besides::Telegram), down(&["a.vn", TELEGRAM]));
    }

    #[test]
    fn where_nobody_else_can_be_asked_two_dead_portals_are_their_own_fault() {
        let network = Network::default();
        for hosts in [2, 20] {
            let alone = Besides::Nothing { hosts };
            assert_eq!([network.cut_off("a.vn", alone), network.cut_off("b.vn", alone)], [Cut::Host, Cut::Host]);
        }
        assert_eq!(network.cut_off("c.vn", Besides::Nothing { hosts: 20 }), Cut::Host);
        assert!(matches!(network.cut_off("c.vn", Besides::Nothing { hosts: 3 }), Cut::Down(_)));
    }

    #[test]
    fn while_nobody_answers_one_feed_is_tried_at_a_time() {
        let network = Network::default();
        network.cut_off("a.vn", Besides::Telegram);
        let admitted: Vec<_> = (0..25).filter(|second| network.admits(at(*second))).collect();
        assert_eq!(admitted, [0, 10, 20]);
        network.answered();
        assert!(network.admits(at(21)) && network.admits(at(21)));
    }
}
