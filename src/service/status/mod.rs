//! How everything is: what needs a person first, then every feed and every channel.
//!
//! It only looks: the store is visited beside a running daemon and stays as it is.

mod feed;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

pub use feed::{Error, FeedClosely, Health, RefusalLine, RepairLine, Repeated, closely};

use super::{Setup, differing};
use crate::{
    channel::Channel,
    feed::Feed,
    store::{self, State, Store, Worker},
    trouble::{Kind, Trouble},
    words::{Clock, alarm, errors, status as said},
};

/// Deliveries that wait for a person which are named, for each channel.
const NAMED: u32 = 10;
/// Failures in a row after which a feed needs a person: fewer pass by themselves.
pub const ALARMING: u32 = 3;
/// Kinds of troubles that a feed shares with others, or that say more than that it failed.
const SHARED: [&str; 3] = ["host", "network", "gone"];
/// A worker that said nothing for so long is not there.
const UNSEEN: SignedDuration = SignedDuration::from_mins(3);
/// A feed that should have been looked at this long ago, and three of its intervals, is looked at by nobody.
const OVERDUE: SignedDuration = SignedDuration::from_hours(1);

/// How everything is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// Nothing needs a person.
    pub good: bool,
    pub problems: Vec<Problem>,
    pub feeds: Vec<FeedStatus>,
    pub channels: Vec<ChannelStatus>,
    /// What the operator is told of, or would be, the oldest first.
    pub troubles: Vec<TroubleStatus>,
    /// The processes that do the work, as they said of themselves last.
    pub workers: Vec<Worker>,
    /// Feeds that not all of them define alike.
    pub differing: Vec<String>,
}

/// What does not work, as alarms tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TroubleStatus {
    pub kind: &'static str,
    pub subject: String,
    pub feeds: Vec<String>,
    pub why: String,
    pub since: Timestamp,
    pub told: Option<Timestamp>,
}

/// Something that does not mend itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Problem {
    /// A file of the operator's cannot be used.
    File { why: String },
    /// A feed could not be read several times in a row.
    Failing { feed: String, title: String, failures: u32, since: Option<Timestamp>, next_poll: Timestamp, why: String },
    /// No feed is looked at though it is due: there is no daemon.
    Overdue { feeds: usize, since: Timestamp },
    /// The chat does not take anything.
    Paused { channel: String, chat: String, queued: u64, why: String },
    /// It may have been sent or not.
    Held { channel: String, chat: String, deliveries: Vec<i64> },
    /// The chat refused these for good.
    Dead { channel: String, chat: String, count: u64, why: Option<String> },
    /// What no feed and no channel shows of itself: a dead host, a quiet feed, a refused token, no net. `what` names it
    /// for people.
    Trouble { trouble: &'static str, what: String, since: Timestamp, why: String, told: bool },
    /// Something beside sending does not work.
    Hampered { channel: String, chat: String, why: String },
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FeedStatus {
    pub id: String,
    pub title: String,
    pub url: String,
    pub articles: u64,
    pub newest: Option<Newest>,
    pub last_poll: Option<Timestamp>,
    pub next_poll: Timestamp,
    /// Headlines on the list at the last good poll.
    pub usual: u32,
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    pub problem: Option<String>,
    pub remarks: Vec<String>,
    pub ignores_robots: bool,
    /// The operator lets it rest.
    pub rests: bool,
}

/// A feed's newest article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Newest {
    pub title: String,
    pub url: String,
    /// When it was published, or first seen.
    pub at: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChannelStatus {
    pub id: String,
    pub chat: String,
    pub queued: u64,
    pub sending: u64,
    pub sent: u64,
    pub unknown: u64,
    pub dead: u64,
    /// Shown in the terminal, as there was no token.
    pub shown: u64,
    pub dropped: u64,
    pub paused: Option<String>,
    pub waits_until: Option<Timestamp>,
    /// Deliveries that may have arrived or not, and wait for a person.
    pub held: Vec<i64>,
    /// Why the last one died.
    pub dead_why: Option<String>,
    /// What does not work beside sending.
    pub problem: Option<String>,
    /// The operator lets it rest.
    pub rests: bool,
}

/// How far a feed or channel is from being good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    Good,
    /// Something to know, which may pass.
    Doubtful,
    Bad,
}

/// Looks at everything.
///
/// # Errors
/// When there is a store and it cannot be read.
pub async fn status(setup: &Setup, now: Timestamp) -> Result<Status, store::Error> {
    match Store::visit(&setup.config.store).await {
        Ok(store) => {
            let status = look(setup, &store, now).await;
            store.close().await;
            status
        }
        // Before the first run: what there will be.
        Err(store::Error::Missing { .. }) => {
            let feeds = setup.feeds.iter().map(FeedStatus::unknown).collect();
            let channels = setup.config.channels.iter().map(ChannelStatus::unknown).collect();
            Ok(Status::of(setup, feeds, channels, Vec::new(), now))
        }
        Err(error) => Err(error),
    }
}

async fn look(setup: &Setup, store: &Store, now: Timestamp) -> Result<Status, store::Error> {
    let paused = store.paused().await?;
    let mut feeds = Vec::new();
    for feed in setup.feeds.iter() {
        feeds.push(FeedStatus { rests: paused.feeds.contains(&feed.id), ..FeedStatus::read(feed, store).await? });
    }
    let mut channels = Vec::new();
    for channel in &setup.config.channels {
        channels.push(ChannelStatus { rests: paused.channels.contains(&channel.id), ..ChannelStatus::read(channel, store, now).await? });
    }
    let troubles = store.open_troubles().await?;
    let is_there = |worker: &Worker| now.duration_since(worker.seen_at) < UNSEEN;
    let workers = if Store::is_in_use(&setup.config.store).await { store.workers().await? } else { Vec::new() };
    let workers: Vec<Worker> = workers.into_iter().filter(is_there).collect();
    let differing = differing::differing(&workers, store).await?;
    Ok(Status { workers, differing, ..Status::of(setup, feeds, channels, troubles, now) })
}

impl Status {
    fn of(setup: &Setup, feeds: Vec<FeedStatus>, channels: Vec<ChannelStatus>, troubles: Vec<Trouble>, now: Timestamp) -> Self {
        let files = setup.problems.iter().map(|problem| Problem::File { why: problem.to_string() });
        let overdue = overdue(setup, &feeds, now);
        let general = files.chain(overdue).chain(troubles.iter().filter_map(|trouble| Problem::trouble(trouble, &feeds))).collect();
        Self::new(general, feeds, channels, troubles.into_iter().map(TroubleStatus::from).collect())
    }

    /// With what each feed and channel lacks behind what is wrong in general. Feeds that share a trouble, as their host
    /// is dead, are not listed one by one.
    pub fn new(general: Vec<Problem>, feeds: Vec<FeedStatus>, channels: Vec<ChannelStatus>, troubles: Vec<TroubleStatus>) -> Self {
        let shared: BTreeSet<&String> = troubles.iter().filter(|trouble| SHARED.contains(&trouble.kind)).flat_map(|it| &it.feeds).collect();
        let of_feeds = feeds.iter().filter(|feed| !shared.contains(&feed.id)).filter_map(FeedStatus::problem);
        let of_channels = channels.iter().flat_map(ChannelStatus::problems);
        let problems: Vec<Problem> = general.into_iter().chain(of_feeds).chain(of_channels).collect();
        Self { good: problems.is_empty(), problems, feeds, channels, troubles, workers: Vec::new(), differing: Vec::new() }
    }
}

/// Feeds that nobody looks at.
fn overdue(setup: &Setup, feeds: &[FeedStatus], now: Timestamp) -> Option<Problem> {
    let due_at = |(feed, status): (&Feed, &FeedStatus)| {
        status.last_poll.filter(|_| !status.rests)?;
        let every = SignedDuration::try_from(feed.every.unwrap_or(setup.config.poll.every).get()).unwrap_or(SignedDuration::MAX);
        let late = status.next_poll.saturating_add(OVERDUE.max(every.saturating_mul(3))).unwrap_or(Timestamp::MAX);
        (late < now).then_some(status.next_poll)
    };
    let late: Vec<Timestamp> = setup.feeds.iter().zip(feeds).filter_map(due_at).collect();
    Some(Problem::Overdue { feeds: late.len(), since: late.iter().copied().min()? })
}

impl FeedStatus {
    fn unknown(feed: &Feed) -> Self {
        Self {
            id: feed.id.to_string(),
            title: feed.title.clone(),
            url: feed.url.to_string(),
            ignores_robots: feed.ignore_robots,
            ..Self::default()
        }
    }

    async fn read(feed: &Feed, store: &Store) -> Result<Self, store::Error> {
        let state = store.feed_state(&feed.id).await?;
        let newest = store.latest(&feed.id, 1).await?.into_iter().next();
        Ok(Self {
            title: feed.of_portal(&state.portal.clone().unwrap_or_default()).title,
            articles: store.count(&feed.id).await?,
            newest: newest.map(|article| Newest {
                at: article.published.as_ref().map_or(article.first_seen, |stamp| stamp.at.timestamp()),
                url: article.url.to_string(),
                title: article.title,
            }),
            last_poll: state.polled_at,
            next_poll: state.next_at,
            usual: state.usual,
            failures: state.failures,
            failing_since: state.failing_since,
            problem: state.problem,
            remarks: state.remarks,
            ..Self::unknown(feed)
        })
    }

    pub fn condition(&self) -> Condition {
        match self.failures {
            _ if self.rests => Condition::Doubtful,
            0 if self.last_poll.is_some() && self.remarks.is_empty() => Condition::Good,
            0..ALARMING => Condition::Doubtful,
            _ => Condition::Bad,
        }
    }

    fn problem(&self) -> Option<Problem> {
        (self.condition() == Condition::Bad).then(|| Problem::Failing {
            feed: self.id.clone(),
            title: self.title.clone(),
            failures: self.failures,
            since: self.failing_since,
            next_poll: self.next_poll,
            why: self.problem.clone().unwrap_or_default(),
        })
    }

    /// What may pass, in words: a failure that is no trouble yet, what was left out at the last poll.
    pub fn notes(&self, clock: Clock) -> Vec<String> {
        let failed = self.problem.as_ref().filter(|_| self.condition() != Condition::Bad);
        let failed = failed.map(|why| {
            said::failed(clock.language, u64::from(self.failures), &errors::told(clock.language, why), &clock.due(self.next_poll))
        });
        let robots = self.ignores_robots.then(|| said::ignores_robots(clock.language));
        let rests = self.rests.then(|| said::feed_rests(clock.language, &self.id));
        rests
            .into_iter()
            .chain(failed)
            .chain(robots)
            .chain(self.remarks.iter().map(|remark| errors::told(clock.language, remark)))
            .collect()
    }
}

impl ChannelStatus {
    fn unknown(channel: &Channel) -> Self {
        Self { id: channel.id.to_string(), chat: channel.address.to_string(), ..Self::default() }
    }

    async fn read(channel: &Channel, store: &Store, now: Timestamp) -> Result<Self, store::Error> {
        let mut status = Self::unknown(channel);
        for (state, count) in store.delivery_counts(&channel.id).await? {
            *match state {
                State::Queued => &mut status.queued,
                State::Sending => &mut status.sending,
                State::Sent => &mut status.sent,
                State::Unknown => &mut status.unknown,
                State::Dead => &mut status.dead,
                State::Shown => &mut status.shown,
                State::Dropped => &mut status.dropped,
            } = count;
        }
        if status.dead > 0 {
            let dead = store.deliveries(Some(State::Dead), NAMED).await?;
            status.dead_why = dead.into_iter().rev().find(|delivery| delivery.channel == channel.id).and_then(|delivery| delivery.why);
        }
        let chat = store.channel_state(&channel.id, &channel.address).await?;
        status.held = store.held(&channel.id, NAMED).await?;
        (status.paused, status.problem) = (chat.paused, chat.problem);
        status.waits_until = chat.hold_until.filter(|until| *until > now);
        Ok(status)
    }

    pub fn condition(&self) -> Condition {
        match self.problems().next() {
            Some(_) => Condition::Bad,
            None if self.rests || self.waits_until.is_some() || self.unknown > 0 || self.shown > 0 => Condition::Doubtful,
            None => Condition::Good,
        }
    }

    fn problems(&self) -> impl Iterator<Item = Problem> {
        let (channel, chat) = (self.id.clone(), self.chat.clone());
        let paused =
            self.paused.clone().map(|why| Problem::Paused { channel: channel.clone(), chat: chat.clone(), queued: self.queued, why });
        let held =
            (!self.held.is_empty()).then(|| Problem::Held { channel: channel.clone(), chat: chat.clone(), deliveries: self.held.clone() });
        let dead = (self.dead > 0).then(|| Problem::Dead {
            channel: channel.clone(),
            chat: chat.clone(),
            count: self.dead,
            why: self.dead_why.clone(),
        });
        let hampered = self.problem.clone().map(|why| Problem::Hampered { channel, chat, why });
        [paused, held, dead, hampered].into_iter().flatten()
    }

    /// How it goes on, in words.
    pub fn state(&self, clock: Clock) -> String {
        let language = clock.language;
        match self.waits_until {
            _ if self.rests => said::channel_rests(language),
            _ if self.paused.is_some() => said::paused(language),
            Some(until) => said::waits(language, &clock.due(until)),
            None if !self.held.is_empty() => said::undecided(language),
            None if self.unknown > 0 => said::looked_into(language, self.unknown),
            None if self.shown > 0 => said::shown(language, self.shown),
            None if self.queued + self.sending > 0 => said::on_their_way(language),
            None => said::good(language),
        }
    }
}

impl From<Trouble> for TroubleStatus {
    fn from(trouble: Trouble) -> Self {
        Self {
            kind: trouble.kind.as_str(),
            subject: trouble.subject,
            feeds: trouble.open.iter().map(ToString::to_string).collect(),
            why: trouble.why,
            since: trouble.began_at,
            told: trouble.told_at,
        }
    }
}

impl Problem {
    /// Those that are not seen in the state of one feed or channel.
    fn trouble(trouble: &Trouble, feeds: &[FeedStatus]) -> Option<Self> {
        let what = match trouble.kind {
            Kind::Host | Kind::Silenced | Kind::Unsent => trouble.subject.clone(),
            Kind::Gone | Kind::Quiet => feeds.iter().find(|feed| feed.id == trouble.subject)?.title.clone(),
            Kind::Token | Kind::Copy | Kind::Network => String::new(),
            _ => return None,
        };
        let (since, why, told) = (trouble.began_at, trouble.why.clone(), trouble.told_at.is_some());
        Some(Self::Trouble { trouble: trouble.kind.as_str(), what, since, why, told })
    }

    /// What it is and what to do, the first line saying whom it is about.
    pub fn words(&self, clock: Clock) -> String {
        let language = clock.language;
        match self {
            Self::File { why } => errors::told(language, why),
            Self::Failing { feed, title, failures, since, next_poll, why } => {
                let (times, next) = (u64::from(*failures), clock.due(*next_poll));
                let begins = match since {
                    Some(since) => said::failing_since(language, title, feed, &clock.length(clock.now.duration_since(*since)), times),
                    None => said::failing(language, title, feed, times),
                };
                format!("{begins}\n{}\n{}", errors::told(language, why), said::next_look(language, feed, &next))
            }
            Self::Overdue { feeds, since } => said::overdue(language, *feeds, &clock.length(clock.now.duration_since(*since))),
            Self::Paused { channel, chat, queued, why } => {
                said::channel_paused(language, channel, chat, &errors::told(language, why), *queued)
            }
            Self::Held { channel, chat, deliveries } => {
                let begins = said::held(language, channel, chat, deliveries.len());
                let each = deliveries.iter().map(|id| said::held_each(language, &id.to_string()));
                std::iter::once(begins).chain(each).collect::<Vec<_>>().join("\n")
            }
            Self::Dead { channel, chat, count, why } => {
                let begins = said::dead(language, channel, chat, *count);
                std::iter::once(begins)
                    .chain(why.iter().map(|why| errors::told(language, why)))
                    .chain([said::dead_hint(language)])
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Self::Trouble { trouble, what, since, why, .. } => {
                let began = said::trouble(language, &alarm::began(language, trouble, what), &clock.relative(Some(*since)));
                let lines = [began, errors::told(language, why), alarm::what_to_do(language, trouble, what)];
                lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
            }
            Self::Hampered { channel, chat, why } => said::hampered(language, channel, chat, &errors::told(language, why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(id: &str, failures: u32) -> FeedStatus {
        FeedStatus {
            id: id.into(),
            title: format!("Nguồn {id}"),
            failures,
            last_poll: Some(Timestamp::UNIX_EPOCH),
            ..FeedStatus::default()
        }
    }

    fn trouble(kind: Kind, subject: &str, open: &[&str]) -> Trouble {
        Trouble {
            id: 1,
            kind,
            subject: subject.into(),
            feeds: Vec::new(),
            open: open.iter().map(|id| id.parse().unwrap()).collect(),
            why: "x".into(),
            tries: 3,
            next_at: None,
            usual: None,
            began_at: Timestamp::UNIX_EPOCH,
            told_at: None,
            over_at: None,
        }
    }

    /// Of the others a feed, a channel or a file says itself what is wrong, or they are over as they begin.
    #[test]
    fn troubles_that_nothing_else_shows_are_problems() {
        let feeds = [feed("a", 0)];
        for kind in Kind::ALL {
            let problem = Problem::trouble(&trouble(kind, "a", &["a"]), &feeds);
            let what = match problem {
                Some(Problem::Trouble { what, .. }) => Some(what),
                None => None,
                other => panic!("{other:?}"),
            };
            let expected = match kind {
                Kind::Host | Kind::Silenced | Kind::Unsent => Some("a"),
                Kind::Gone | Kind::Quiet => Some("Nguồn a"),
                Kind::Token | Kind::Copy | Kind::Network => Some(""),
                _ => None,
            };
            assert_eq!(what.as_deref(), expected, "{kind:?}");
        }
        // What is about a feed that was taken away is nobody's problem.
        assert_eq!(Problem::trouble(&trouble(Kind::Quiet, "b", &[]), &feeds), None);
    }

    #[test]
    fn feeds_of_one_trouble_are_not_listed_one_by_one() {
        let feeds = || vec![feed("a", 9), feed("b", 9), feed("c", 9)];
        let failing = |troubles: Vec<Trouble>| {
            let status = Status::new(Vec::new(), feeds(), Vec::new(), troubles.into_iter().map(TroubleStatus::from).collect());
            let failing = status.problems.into_iter().map(|problem| match problem {
                Problem::Failing { feed, .. } => feed,
                other => panic!("{other:?}"),
            });
            failing.collect::<Vec<_>>()
        };
        assert_eq!(failing(Vec::new()), ["a", "b", "c"]);
        assert_eq!(failing(vec![trouble(Kind::Host, "x.vn", &["a", "b"])]), ["c"]);
        assert_eq!(failing(vec![trouble(Kind::Feed, "a", &["a"])]), ["a", "b", "c"]);
    }
}
