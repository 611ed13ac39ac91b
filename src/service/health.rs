//! Whether this process does its part: every task goes on, and the store takes what is written.
//!
//! That a portal is down or a chat is closed is none of it: that is for `status` and the operator's chat to say.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, timeout};

use crate::{article::FeedId, channel::ChannelId, store::Store};

/// A poll that takes longer hangs: thirty pages of a host that asks for a minute between two take half of this.
const LONGEST_POLL: SignedDuration = SignedDuration::from_hours(1);
/// The same of a step of a channel, in which pictures are fetched and a message is sent.
const LONGEST_STEP: SignedDuration = SignedDuration::from_mins(20);
/// How late a task may wake: they sleep a minute at most, and a machine that slept needs a moment.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// What writing to the store may take.
const WRITE: Duration = Duration::from_secs(5);
/// How long an answer of the store holds: whoever asks often costs no more.
const WRITTEN: Duration = Duration::from_secs(10);

/// A task whose beat is watched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beat {
    /// One poll that is under way.
    Feed(FeedId),
    /// Whoever has polls made.
    Polls,
    Channel(ChannelId),
}

/// What a task does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// Nothing until then.
    Waiting(Timestamp),
    /// It begins.
    New,
    Working {
        since: Timestamp,
    },
}

/// What is wrong with the process. Nothing in it is secret: names of feeds are in their addresses, and channels are not
/// named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Ailment {
    #[error("the store cannot be written to")]
    Store,
    #[error("the feed `{0}` has been polling for {1} min")]
    Poll(FeedId, i64),
    #[error("no feed is polled: the next one was to be looked for {0} min ago")]
    LatePolls(i64),
    #[error("a channel has been sending one message for {0} min")]
    Send(i64),
    #[error("a channel was to send {0} min ago")]
    LateSend(i64),
}

/// The beats of all tasks, and whether the store could be written to.
#[derive(Debug, Default)]
pub struct Health {
    /// `None`: nothing is stored.
    store: Option<Store>,
    beats: Mutex<BTreeMap<Beat, Doing>>,
    /// Asked by one at a time.
    written: tokio::sync::Mutex<Option<(Instant, bool)>>,
}

impl Health {
    pub fn new(store: Store) -> Self {
        Self { store: Some(store), ..Self::default() }
    }

    /// A task begins; its beat is watched until what this gives is dropped, however the task ends.
    pub fn watch(&self, beat: Beat) -> Watched<'_> {
        self.beats().insert(beat.clone(), Doing::New);
        Watched { health: self, beat }
    }

    /// What is wrong; nothing where all is well.
    pub async fn ailments(&self, now: Timestamp) -> Vec<Ailment> {
        let store = (!self.is_store_writable().await).then_some(Ailment::Store);
        store.into_iter().chain(self.stuck(now)).collect()
    }

    async fn is_store_writable(&self) -> bool {
        let Some(store) = &self.store else { return true };
        let mut written = self.written.lock().await;
        if let Some((_, is_writable)) = written.filter(|(at, _)| at.elapsed() < WRITTEN) {
            return is_writable;
        }
        let is_writable = timeout(WRITE, store.try_write()).await.is_ok_and(|tried| tried.is_ok());
        *written = Some((Instant::now(), is_writable));
        is_writable
    }

    fn stuck(&self, now: Timestamp) -> Vec<Ailment> {
        let minutes = |since: Timestamp| now.duration_since(since).as_mins();
        let stuck = |(beat, doing): (&Beat, &Doing)| match (beat, *doing) {
            (Beat::Feed(feed), Doing::Working { since }) if now.duration_since(since) > LONGEST_POLL => {
                Some(Ailment::Poll(feed.clone(), minutes(since)))
            }
            (Beat::Polls, Doing::Waiting(until) | Doing::Working { since: until }) if now.duration_since(until) > LATE => {
                Some(Ailment::LatePolls(minutes(until)))
            }
            (Beat::Channel(_), Doing::Working { since }) if now.duration_since(since) > LONGEST_STEP => Some(Ailment::Send(minutes(since))),
            (Beat::Channel(_), Doing::Waiting(until)) if now.duration_since(until) > LATE => Some(Ailment::LateSend(minutes(until))),
            _ => None,
        };
        self.beats().iter().filter_map(stuck).collect()
    }

    fn note(&self, beat: &Beat, doing: Doing) {
        if let Some(known) = self.beats().get_mut(beat) {
            *known = doing;
        }
    }

    fn beats(&self) -> MutexGuard<'_, BTreeMap<Beat, Doing>> {
        // What a panic left behind is a table all the same.
        self.beats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task whose beat is watched.
#[derive(Debug)]
pub struct Watched<'a> {
    health: &'a Health,
    beat: Beat,
}

impl Watched<'_> {
    /// It rests until then.
    pub fn waits(&self, until: Timestamp) {
        self.health.note(&self.beat, Doing::Waiting(until));
    }

    /// It begins its work.
    pub fn works(&self, now: Timestamp) {
        self.health.note(&self.beat, Doing::Working { since: now });
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.health.beats().remove(&self.beat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Settings;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + 60 * minutes).unwrap()
    }

    async fn health(folder: &std::path::Path) -> Health {
        let settings = Settings::at(format!("sqlite:{}/loa.db", folder.display()));
        Health::new(Store::open(&settings, at(0)).await.unwrap())
    }

    fn words(ailments: &[Ailment]) -> Vec<String> {
        ailments.iter().map(ToString::to_string).collect()
    }

    #[tokio::test]
    async fn a_task_that_hangs_or_does_not_wake_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let health = health(folder.path()).await;
        let (polls, police) = (health.watch(Beat::Polls), health.watch(Beat::Feed("police".parse().unwrap())));
        let main = health.watch(Beat::Channel("main".parse().unwrap()));
        polls.waits(at(15));
        main.waits(at(1));
        assert_eq!(words(&health.ailments(at(6)).await), [""; 0]);
        assert_eq!(
            words(&health.ailments(at(30)).await),
            ["no feed is polled: the next one was to be looked for 15 min ago", "a channel was to send 29 min ago"]
        );
        polls.waits(at(900));
        police.works(at(30));
        main.works(at(30));
        assert_eq!(words(&health.ailments(at(50)).await), [""; 0]);
        let stuck = ["the feed `police` has been polling for 61 min", "a channel has been sending one message for 61 min"];
        assert_eq!(words(&health.ailments(at(91)).await), stuck);
        drop((main, police));
        assert_eq!(words(&health.ailments(at(900)).await), [""; 0]);
        // Whoever has polls made asks the store, and that takes no minutes.
        polls.works(at(900));
        assert_eq!(words(&health.ailments(at(906)).await), ["no feed is polled: the next one was to be looked for 6 min ago"]);
    }

    #[tokio::test]
    async fn a_store_that_takes_nothing_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let health = health(folder.path()).await;
        assert_eq!(health.ailments(at(0)).await, []);
        health.store.clone().unwrap().close().await;
        assert_eq!(health.ailments(at(0)).await, [], "it is not asked at every request");
        *health.written.lock().await = None;
        assert_eq!(health.ailments(at(0)).await, [Ailment::Store]);
    }
}
