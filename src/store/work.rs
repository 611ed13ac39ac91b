//! What is claimed of the work: hosts with all their feeds, each under a lease.
//!
//! What a worker must have to itself is the host: whoever has it asks it, and nobody else does. So the lease is the
//! host's, and its feeds come with it. A lease that is not renewed runs out, and its host is given to somebody else.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    article::FeedId,
    store::{Error, FeedState, PollBasis, Polled, Store},
};

/// A feed as the operator wants it polled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    pub feed: FeedId,
    /// The address that is watched.
    pub url: String,
    /// Whose turn it takes; `None`: it rests, and is given to nobody.
    pub host: Option<String>,
    /// Where its next poll is another than what is stored: when, and by what that was worked out.
    pub next: Option<(Timestamp, PollBasis)>,
}

/// What the store knows of a feed's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    pub feed: FeedId,
    pub host: Option<String>,
    pub polled_at: Option<Timestamp>,
    pub next_at: Timestamp,
    pub failures: u32,
    pub fresh_until: Option<Timestamp>,
    pub basis: Option<PollBasis>,
}

/// What a worker asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostClaim {
    pub now: Timestamp,
    /// When the lease runs out, unless it is renewed.
    pub until: Timestamp,
    /// Hosts at most, and feeds of each of them.
    pub hosts: usize,
    pub feeds: usize,
}

/// The right to ask a host.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostLease {
    pub host: String,
    /// Told apart from an earlier lease of the same host.
    pub number: i64,
}

/// The right to make one request to a host, whoever visits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostTurn {
    pub host: String,
    /// Told apart from other turns at the host.
    pub number: i64,
    /// The host asked to be left alone until then.
    pub held_until: Option<Timestamp>,
}

/// What there is to do now, and when there is more.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claimed {
    pub hosts: Vec<ClaimedHost>,
    /// When something may be due next that is not due now; `None`: nothing will be.
    pub next: Option<Timestamp>,
    /// Whether more may be due now than was asked for.
    pub is_more: bool,
}

/// A host, with those of its feeds that are due, the longest due first.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedHost {
    pub lease: HostLease,
    /// It asked to be left alone until then.
    pub held_until: Option<Timestamp>,
    pub feeds: Vec<DueFeed>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DueFeed {
    pub feed: FeedId,
    pub state: FeedState,
    /// Whether a page of it is to be read again now.
    pub has_unread: bool,
}

impl DueFeed {
    /// The same for one that is polled whether it is due or not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn asked_for(feed: &FeedId, store: &Store) -> Result<Self, Error> {
        Ok(Self { feed: feed.clone(), state: store.feed_state(feed).await?, has_unread: true })
    }
}

/// A poll of a list that says that it is unchanged: `polled.found` is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Unchanged {
    pub feed: FeedId,
    pub polled: Polled,
}

/// What was done at a host.
#[derive(Debug, Clone, PartialEq)]
pub struct Visited {
    pub lease: HostLease,
    /// What is written with it. The loss of it means only that these lists are asked for again.
    pub unchanged: Vec<Unchanged>,
    /// It is given back, and nobody asks it before; `None`: the visit goes on.
    pub rests_until: Option<Timestamp>,
}

/// What a worker says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Worker {
    pub id: String,
    /// The machine and process.
    pub name: String,
    pub started_at: Timestamp,
    pub seen_at: Timestamp,
    pub report: WorkerReport,
}

/// How a worker fares; of what was done lately.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkerReport {
    /// Hosts that it asks at the moment.
    pub hosts: usize,
    /// Polls since it started.
    pub polls: u64,
    /// How late polls began, in milliseconds.
    pub late_median: u64,
    pub late_99th: u64,
    pub late_worst: u64,
    /// Statements and milliseconds of the store, for each poll since it started.
    pub statements_a_poll: f64,
    pub store_millis_a_poll: f64,
    /// A number of all definitions of feeds that it has: others have another one. 0: it does not say.
    pub definitions: i64,
}

/// From the name of each feed that a worker has to a number of its definition's text.
pub type DefinitionPrints = BTreeMap<String, i64>;
