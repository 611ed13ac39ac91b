//! The store, as a contract: what is remembered of feeds, articles, deliveries and chats, whatever database keeps it.
//!
//! What the databases do alike stands once, in `sql`; what one of them does in its own way in a folder for each. Every
//! writing method is one transaction that is on the disk when the method returns. The promises are tested in
//! `contract.rs`, for each database alike.

mod definitions;
mod documents;
mod error;
mod feeds;
mod learning;
mod moving;
mod operator;
mod outbox;
mod postgres;
mod settings;
mod sql;
mod sqlite;
mod troubles;
mod work;

#[cfg(test)]
mod contract;
#[cfg(test)]
mod statements;

pub use definitions::Definition;
pub use documents::Stamp;
pub use error::Error;
pub use feeds::{
    Announcement, Correction, FailedPoll, FeedState, Known, NewArticle, Pending, Polled, Portal, Recorded, Recording, Reread, Summary,
    Unread,
};
pub use learning::{Frame, Health, Labels, Learned, Past, Refusal, Repair};
pub use moving::{Moved, Progress as MoveProgress};
pub use operator::{Paused, PollBasis, Subject};
pub use outbox::{About, Attempt, ChannelState, Claim, Delivery, Kind, Lease, Outcome, Passage, Reading, State, Work};
pub use settings::Settings;
pub use sqlite::version as sqlite_version;
pub use troubles::{Alarm, Begun};
pub use work::{
    Claimed, ClaimedHost, DefinitionPrints, DueFeed, Enrolled, Enrolment, HostClaim, HostLease, HostTurn, Unchanged, Visited, Worker,
    WorkerReport,
};

use settings::Place;
use sql::Database;

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    article::{Article, FeedId},
    channel::{Address, ChannelId},
    trouble::{Kind as TroubleKind, Trouble},
};

/// An open store; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    database: Database,
    /// What its calls took so far, in microseconds.
    time: Arc<AtomicU64>,
    /// Leases of this process that came to no end, by channel: the next claim ends them.
    given_up: Arc<Mutex<HashMap<ChannelId, Vec<i64>>>>,
}

/// What becomes of headlines that came between a backup and the time at which it is put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// The channels are asked whether they were told, and so of what waited in the backup. What was not told is; where
    /// a channel cannot be asked, it is not.
    Asked,
    /// They are told, perhaps again.
    Announced,
}

/// What was done to put a backup back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the store of before is, where there was one.
    pub kept: Option<PathBuf>,
    /// Deliveries that waited in the backup, about which the channels are asked.
    pub doubtful: u64,
}

/// Calls one method of whichever database is open; again, where several that did something at once got into each
/// other's way, or a connection broke. What was asked for was not done then, or it does no harm twice.
macro_rules! ask {
    ($store:expr, $method:ident ( $($argument:expr),* )) => {{
        let began = Instant::now();
        let mut pauses = PAUSES.iter();
        let done = loop {
            match $store.database.$method($($argument),*).await {
                Err(Error::Conflict(error)) => match pauses.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => break Err(Error::Away(error)),
                },
                done => break done,
            }
        };
        $store.took(began.elapsed());
        done
    }};
}

/// Before it is tried again.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(5),
    Duration::from_millis(20),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
];

/// What all processes that work on one store must have alike: the ids of articles are made of the first, and what is
/// told of the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub public_url: String,
    /// The channels, in words that other channels do not have.
    pub channels: String,
}

/// What another process has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// What is to be polled, or when.
    Work,
    /// What is to be delivered.
    Deliveries,
    /// What the operator wants: how feeds are defined and called, what rests.
    Operator,
    /// What is published of this feed.
    Published(FeedId),
    /// Somebody waits for a turn at this host.
    Wanted(String),
    /// Anything: for a while nothing was heard.
    Anything,
}

/// What a store has cost this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// Of all stores of the process: there is one but in tests.
    pub statements: u64,
    /// What calls took, waiting for each other included.
    pub time: Duration,
}

/// # Opening
/// Two clocks may differ by so much.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);

impl Store {
    /// Opens the store as the one daemon that works on it, creating it where there is none. What another
    /// daemon had begun to send when it died becomes [`State::Unknown`], to be looked into from `look_at` on.
    ///
    /// # Errors
    /// [`Error::InUse`] while another daemon has it, [`Error::Newer`] when a later Loa wrote it,
    /// [`Error::Damaged`] when it cannot be read.
    pub async fn open(settings: &Settings, look_at: Timestamp) -> Result<Self, Error> {
        let database = match settings.place().map_err(Error::Address)? {
            Place::File(path) => sqlite::open(path).await?,
            Place::Server => postgres::open(settings).await?,
        };
        let store = Self::of(database);
        // The store of one process: what it noted later than now was noted by a clock that ran ahead.
        if let Some(ahead) = ask!(store, last_done())?.map(|last| last.duration_since(look_at)).filter(|ahead| *ahead > AHEAD) {
            store.set_back(ahead).await?;
        }
        ask!(store, take_over(look_at))?;
        Ok(store)
    }

    /// Opens an existing store beside the daemon, only to look: it stays as it is, byte for byte, and a writing method
    /// fails. Of one that an older Loa wrote, a copy is brought up to date and looked at.
    ///
    /// # Errors
    /// As [`Store::open`], and [`Error::Missing`] where there is none yet.
    pub async fn visit(settings: &Settings) -> Result<Self, Error> {
        let database = match settings.place().map_err(Error::Address)? {
            Place::File(path) => sqlite::visit(path).await?,
            Place::Server => postgres::visit(settings).await?,
        };
        Ok(Self::of(database))
    }

    fn of(database: Database) -> Self {
        Self { database, time: Arc::default(), given_up: Arc::default() }
    }

    fn took(&self, time: Duration) {
        self.time.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// What it has cost so far.
    pub fn cost(&self) -> Cost {
        Cost { statements: sql::statements(), time: Duration::from_micros(self.time.load(Ordering::Relaxed)) }
    }

    /// The format of the older Loa that wrote what is looked at, until `loa run` brings it up to date.
    pub fn older_format(&self) -> Option<i64> {
        self.database.file().and_then(|file| file.older)
    }

    /// Where the copy is that was made before this store was brought up to date, where it was.
    pub fn copy_before(&self) -> Option<&Path> {
        self.database.file().and_then(|file| file.copy_before.as_deref())
    }

    /// Writes a copy of the store as it is at one moment to a new file, beside a daemon or without one.
    ///
    /// # Errors
    /// [`Error::Taken`] for a file that is there, [`Error::Copy`] where it cannot be written, and as [`Store::visit`].
    pub async fn back_up(settings: &Settings, to: &Path) -> Result<(), Error> {
        match settings.place().map_err(Error::Address)? {
            Place::File(path) => sqlite::back_up(path, to).await,
            Place::Server => Err(Error::NoFile { store: settings.name(), what: "`loa backup`" }),
        }
    }

    /// Puts a copy in the place of the store, which is kept under another name.
    ///
    /// # Errors
    /// [`Error::InUse`] while a daemon has it, [`Error::NoBackup`] for what is no whole copy that this Loa knows,
    /// [`Error::Copy`] where it cannot be written. The store is as it was then.
    pub async fn restore(settings: &Settings, from: &Path, missed: Missed, now: Timestamp) -> Result<Restored, Error> {
        match settings.place().map_err(Error::Address)? {
            Place::File(path) => sqlite::restore(path, from, missed, now).await,
            Place::Server => Err(Error::NoFile { store: settings.name(), what: "`loa restore`" }),
        }
    }

    /// Moves all that is stored into an empty store, read back and compared row by row; what is moved stays where it
    /// was.
    ///
    /// # Errors
    /// [`Error::SameStore`], [`Error::InUse`] while a daemon has either, [`Error::NotEmpty`], [`Error::NotAlike`], and
    /// as [`Store::open`]. The other store is as it was then.
    pub async fn move_to(from: &Settings, to: &Settings, tell: &(dyn Fn(MoveProgress) + Sync)) -> Result<Moved, Error> {
        if from.url == to.url {
            return Err(Error::SameStore { store: to.name() });
        }
        if let Ok(Place::File(path)) = from.place()
            && !path.exists()
        {
            return Err(Error::Missing { store: from.name() });
        }
        let source = Self::alone(from).await?;
        let moved = match Self::alone(to).await {
            Ok(target) => {
                let moved = moving::copy(&source, &target, &to.name(), tell).await;
                target.close().await;
                moved
            }
            Err(error) => Err(error),
        };
        source.close().await;
        moved
    }

    /// Opens a store that nobody else works on, or comes to before it is closed.
    async fn alone(settings: &Settings) -> Result<Database, Error> {
        match settings.place().map_err(Error::Address)? {
            Place::File(path) => sqlite::open(path).await,
            Place::Server => postgres::open_alone(settings).await,
        }
    }

    /// Whether a daemon works on it now.
    pub async fn is_in_use(settings: &Settings) -> bool {
        match settings.place() {
            Ok(Place::File(path)) => sqlite::is_in_use(path),
            Ok(Place::Server) => postgres::is_in_use(settings).await,
            Err(_) => false,
        }
    }

    /// Waits until another process has changed something, where several work on the store; until then, or where there
    /// is one alone, this does not return. It also keeps up what the others know this one by.
    ///
    /// # Errors
    /// When the server is away: ask again after a while.
    pub async fn hear(&self) -> Result<Heard, Error> {
        self.database.hear().await
    }

    /// Says what this process has of what all must have alike, and keeps it as long as the store is open.
    ///
    /// # Errors
    /// [`Error::Otherwise`] where another process that works on it now has something else.
    pub async fn agree(&self, terms: &Terms, settings: &Settings) -> Result<(), Error> {
        match ask!(self, agree(terms))? {
            Some(what) => Err(Error::Otherwise { store: settings.name(), what }),
            None => Ok(()),
        }
    }

    /// What is damaged in it; it is read from end to end.
    ///
    /// # Errors
    /// When even that cannot be found out.
    pub async fn damage(&self) -> Result<Option<String>, Error> {
        ask!(self, damage())
    }

    /// Writes everything out and lets go of the store.
    pub async fn close(self) {
        self.database.close().await;
    }
}

/// # Feeds and articles
impl Store {
    /// What is known of a feed; of an unknown one, that it is due.
    pub async fn feed_state(&self, feed: &FeedId) -> Result<FeedState, Error> {
        ask!(self, feed_state(feed))
    }

    /// The articles of `feed` that stand at one of these addresses (in the form of `link::identity`)
    /// or under one of these folded titles.
    pub async fn known(&self, feed: &FeedId, addresses: &[String], folded_titles: &[String]) -> Result<Vec<Known>, Error> {
        ask!(self, known(feed, addresses, folded_titles))
    }

    /// Records what a good poll found: the feed's state, new articles with their first versions and outbox rows,
    /// corrections, further addresses. All of it or nothing. An article whose address is already known is passed over,
    /// and so is a delivery to a channel that was already told of an article at one of the same addresses.
    pub async fn record(&self, recording: &Recording) -> Result<Recorded, Error> {
        ask!(self, record(recording))
    }

    /// Records articles beside a poll or before it ends, as [`Store::record`] does, and what was learned where it is
    /// given. What is known of the feed's polls stays.
    pub async fn record_articles(
        &self,
        feed: &FeedId,
        articles: &[NewArticle],
        addresses: &[(i64, String)],
        learned: Option<&Learned>,
        at: Timestamp,
    ) -> Result<Recorded, Error> {
        ask!(self, record_articles(feed, articles, addresses, learned, at))
    }

    /// Records what pages say that were read again beside a poll: corrections, and which need not be read again. All of
    /// it or nothing.
    pub async fn record_reread(
        &self,
        feed: &FeedId,
        corrections: &[Correction],
        reread: &[Reread],
        at: Timestamp,
    ) -> Result<Recorded, Error> {
        ask!(self, record_reread(feed, corrections, reread, at))
    }

    /// Records that a poll failed: nothing but the feed's state changes.
    pub async fn record_failure(&self, feed: &FeedId, failed: FailedPoll<'_>) -> Result<(), Error> {
        ask!(self, record_failure(feed, failed))
    }

    /// Makes feeds due that would be polled later.
    pub async fn make_due(&self, feeds: &[FeedId], now: Timestamp) -> Result<(), Error> {
        ask!(self, make_due(feeds, now))
    }

    /// The articles of a feed whose page is to be read again by `now`, at most `limit`, the longest due first.
    pub async fn unread(&self, feed: &FeedId, now: Timestamp, limit: u32) -> Result<Vec<Unread>, Error> {
        ask!(self, unread(feed, now, limit))
    }

    /// The newest `limit` articles of a feed, by the time they show, newest first.
    pub async fn latest(&self, feed: &FeedId, limit: u32) -> Result<Vec<Article>, Error> {
        ask!(self, latest(feed, limit))
    }

    /// The newest `limit` articles of these feeds together, newest first. What is stored of other feeds, such as those
    /// whose file was taken away, neither shows nor costs anything.
    pub async fn latest_of(&self, feeds: &[FeedId], limit: u32) -> Result<Vec<Article>, Error> {
        ask!(self, latest_of(feeds, limit))
    }

    /// What lists of feeds show of every feed that was ever polled, in the order of their names.
    pub async fn summaries(&self) -> Result<Vec<Summary>, Error> {
        ask!(self, summaries())
    }

    /// The same of one feed, where something is stored of it.
    pub async fn summary(&self, feed: &FeedId) -> Result<Option<Summary>, Error> {
        ask!(self, summary(feed))
    }

    /// How many articles a feed has.
    pub async fn count(&self, feed: &FeedId) -> Result<u64, Error> {
        ask!(self, count(feed))
    }

    /// One article, as it is now.
    pub async fn article(&self, id: i64) -> Result<Option<Article>, Error> {
        ask!(self, article(id))
    }

    /// The headlines of a feed whose pages could not be fetched so far.
    pub async fn pending(&self, feed: &FeedId) -> Result<Vec<Pending>, Error> {
        ask!(self, pending(feed))
    }

    /// What earlier polls learned of a feed's source.
    pub async fn learned(&self, feed: &FeedId) -> Result<Learned, Error> {
        ask!(self, learned(feed))
    }

    /// Notes what a poll learned that failed.
    pub async fn note_learned(&self, feed: &FeedId, learned: &Learned) -> Result<(), Error> {
        ask!(self, note_learned(feed, learned))
    }

    /// The addresses and headlines of the last `limit` articles that were recorded.
    pub async fn labels(&self, feed: &FeedId, limit: u32) -> Result<Labels, Error> {
        ask!(self, labels(feed, limit))
    }

    /// The last `limit` times that the source was rebuilt and found again, the newest first.
    pub async fn repairs(&self, feed: &FeedId, limit: u32) -> Result<Vec<Repair>, Error> {
        ask!(self, repairs(feed, limit))
    }

    /// Notes that a host is left alone until `until`.
    pub async fn hold_host(&self, name: &str, until: Timestamp) -> Result<(), Error> {
        ask!(self, hold_host(name, until))
    }

    /// The hosts that are left alone beyond `now`.
    pub async fn held_hosts(&self, now: Timestamp) -> Result<Vec<(String, Timestamp)>, Error> {
        ask!(self, held_hosts(now))
    }
}

/// # Work
impl Store {
    /// What is known of every feed's turn, in the order of their names.
    pub async fn enrolled(&self) -> Result<Vec<Enrolled>, Error> {
        ask!(self, enrolled())
    }

    /// Takes in how feeds are to be polled. Those that are `absent` are given to nobody from now on; what is stored of
    /// them stays.
    pub async fn enrol(&self, feeds: &[Enrolment], absent: &[FeedId]) -> Result<(), Error> {
        ask!(self, enrol(feeds, absent))
    }

    /// Takes hosts of which a feed is due, the longest due first, with what is known of these feeds. Until the lease
    /// runs out or is given back, nobody else gets any of them.
    pub async fn claim_hosts(&self, claim: &HostClaim) -> Result<Claimed, Error> {
        ask!(self, claim_hosts(claim))
    }

    /// Takes one host, whatever is due there; `None`: somebody has it, or it rests.
    pub async fn claim_host(&self, host: &str, now: Timestamp, until: Timestamp) -> Result<Option<HostLease>, Error> {
        ask!(self, claim_host(host, now, until))
    }

    /// Prolongs leases; those that are lost, as they ran out and somebody else has the host.
    pub async fn renew_hosts(&self, leases: &[HostLease], until: Timestamp) -> Result<Vec<HostLease>, Error> {
        ask!(self, renew_hosts(leases, until))
    }

    /// Writes what was found unchanged at hosts and gives those back whose visits have ended: all of it together. Of a
    /// lease that is lost nothing is written.
    pub async fn release_hosts(&self, visited: &[Visited]) -> Result<(), Error> {
        ask!(self, release_hosts(visited))
    }

    /// Takes the turn for one request at a host, whether anybody visits it or not; until it is given back or is over
    /// nobody else asks. `None`: somebody else has it, or the host rests; whoever visits it hears that somebody waits.
    pub async fn take_turn(&self, host: &str, now: Timestamp, until: Timestamp) -> Result<Option<HostTurn>, Error> {
        // One that was taken with an answer that was lost has the same number.
        let number = self.database.lease_number();
        ask!(self, take_turn(host, number, now, until))
    }

    /// Gives a turn back: the host is not asked again before it has rested.
    pub async fn return_turn(&self, turn: &HostTurn, rests_until: Timestamp) -> Result<(), Error> {
        ask!(self, return_turn(turn, rests_until))
    }

    /// Lets others ask a host that this process visits, when it has rested: from now on it takes turns there like
    /// anybody else. Nobody else visits the host meanwhile.
    pub async fn share_host(&self, host: &str, rests_until: Timestamp) -> Result<(), Error> {
        ask!(self, share_host(host, rests_until))
    }

    /// Notes what a worker says of itself.
    pub async fn note_worker(&self, worker: &Worker) -> Result<(), Error> {
        ask!(self, note_worker(worker))
    }

    /// Notes which definitions of feeds a worker has that has said something of itself.
    pub async fn note_definitions(&self, worker: &str, definitions: &DefinitionPrints) -> Result<(), Error> {
        ask!(self, note_definitions(worker, definitions))
    }

    /// Which definitions each worker has, by the worker's id.
    pub async fn definitions_of_workers(&self) -> Result<BTreeMap<String, DefinitionPrints>, Error> {
        ask!(self, definitions_of_workers())
    }

    /// Forgets workers that said nothing since then.
    pub async fn forget_workers(&self, unseen_since: Timestamp) -> Result<(), Error> {
        ask!(self, forget_workers(unseen_since))
    }

    /// What the workers said of themselves, in the order of their names.
    pub async fn workers(&self) -> Result<Vec<Worker>, Error> {
        ask!(self, workers())
    }
}

/// # What the operator does
impl Store {
    /// What rests.
    pub async fn paused(&self) -> Result<Paused, Error> {
        ask!(self, paused())
    }

    /// Lets a feed or a channel rest until [`Store::resume`]; `false`: it does already.
    pub async fn pause(&self, subject: &Subject, at: Timestamp) -> Result<bool, Error> {
        ask!(self, pause(subject, at))
    }

    /// Lets it go on; `false`: it does already.
    pub async fn resume(&self, subject: &Subject) -> Result<bool, Error> {
        ask!(self, resume(subject))
    }

    /// Gives everything that is stored of the feed `old` to the name `new`, with the ids that readers have, and its
    /// definition where that is stored. `false`: something is stored of a feed with that name already, and nothing was
    /// changed.
    pub async fn rename(&self, old: &FeedId, new: &FeedId, at: Timestamp) -> Result<bool, Error> {
        ask!(self, rename(old, new, at))
    }

    /// Earlier names of feeds, each with the name that the feed has now.
    pub async fn renamed(&self) -> Result<Vec<(String, String)>, Error> {
        ask!(self, renamed())
    }

    /// Notes by what the next poll of a feed was worked out.
    pub async fn note_basis(&self, feed: &FeedId, basis: &PollBasis) -> Result<(), Error> {
        ask!(self, note_basis(feed, basis))
    }

    /// Moves the next poll of a feed.
    pub async fn reschedule(&self, feed: &FeedId, next: Timestamp) -> Result<(), Error> {
        ask!(self, reschedule(feed, next))
    }
}

/// # Definitions of feeds
impl Store {
    /// All of them, in the order of their names.
    pub async fn definitions(&self) -> Result<Vec<Definition>, Error> {
        ask!(self, definitions())
    }

    /// How often any of them was changed so far.
    pub async fn definitions_changed(&self) -> Result<i64, Error> {
        ask!(self, definitions_changed())
    }

    /// Writes definitions, each in the place of the one that its feed has; the feeds that had another one, or none. All
    /// of it or nothing.
    pub async fn define(&self, definitions: &[Definition]) -> Result<Vec<FeedId>, Error> {
        ask!(self, define(definitions))
    }

    /// Writes the definition of a feed that has none; `false`: it has another one, which stays.
    pub async fn define_new(&self, definition: &Definition) -> Result<bool, Error> {
        ask!(self, define_new(definition))
    }

    /// Takes the definition of a feed away; what it said, where there was one.
    pub async fn undefine(&self, feed: &FeedId) -> Result<Option<String>, Error> {
        ask!(self, undefine(feed))
    }
}

/// # Documents
impl Store {
    /// When these documents changed last. One whose tag is another than that of its last making has changed, at the
    /// time of the newest change in it or else now; from then on everybody who makes the same is told the same time.
    pub async fn stamp(&self, stamps: &[Stamp], now: Timestamp) -> Result<Vec<Option<Timestamp>>, Error> {
        ask!(self, stamp(stamps, now))
    }

    /// What the files of feeds were made from.
    pub async fn published(&self) -> Result<BTreeMap<String, String>, Error> {
        ask!(self, published())
    }

    /// Notes what the files of a feed were made from.
    pub async fn note_published(&self, id: &str, made_from: &str) -> Result<(), Error> {
        ask!(self, note_published(id, made_from))
    }
}

/// # The outbox
impl Store {
    /// Takes the next thing to do for a channel, oldest first, and leases it: from here until [`Store::settle`]
    /// nobody else gets work for this channel.
    pub async fn claim(&self, claim: &Claim) -> Result<Work, Error> {
        let lease = self.database.lease_number();
        let mut ended = self.given_up().get(&claim.channel).cloned().unwrap_or_default();
        // Of a claim that was made and not answered nobody knows: it is given up when it is made again.
        ended.push(lease);
        let claimed = ask!(self, claim(claim, lease, &ended));
        if claimed.is_ok() {
            self.given_up().remove(&claim.channel);
        } else {
            self.given_up().insert(claim.channel.clone(), ended);
        }
        claimed
    }

    /// Does nothing more under a lease, as how it ended could not be written. The next claim of its channel by this
    /// process ends it: what had begun to be sent is [`State::Unknown`] then, and the rest waits as before.
    pub fn give_up(&self, lease: &Lease) {
        self.given_up().entry(lease.channel.clone()).or_default().push(lease.number);
    }

    fn given_up(&self) -> MutexGuard<'_, HashMap<ChannelId, Vec<i64>>> {
        self.given_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what is about to be sent: from here on it may arrive. `false`: the lease was taken over, and nothing may
    /// be sent.
    pub async fn begin(&self, lease: &Lease, attempt: &Attempt) -> Result<bool, Error> {
        ask!(self, begin(lease, attempt))
    }

    /// Counts what a message takes beyond the first, before it is sent, and says from when on it may be: other messages
    /// make room for it.
    pub async fn reserve(&self, lease: &Lease, further: u32, now: Timestamp) -> Result<Timestamp, Error> {
        ask!(self, reserve(lease, further, now))
    }

    /// Notes that what is looked for stands after the message with this receipt; `is_last`: and so does whatever is
    /// said from now on.
    pub async fn note_passed(&self, lease: &Lease, receipt: &str, is_last: bool) -> Result<(), Error> {
        ask!(self, note_passed(lease, receipt, is_last))
    }

    /// Whether it is open of another delivery of this channel, too, whether it was said.
    pub async fn has_other_unclear(&self, lease: &Lease) -> Result<bool, Error> {
        ask!(self, has_other_unclear(lease))
    }

    /// Notes what a channel was found to say, and how far it was read.
    pub async fn note_read(&self, lease: &Lease, passage: &Passage) -> Result<(), Error> {
        ask!(self, note_read(lease, passage))
    }

    /// The receipt of a message that a channel was found to say, known by one of these.
    pub async fn told(&self, channel: &ChannelId, prints: &[String]) -> Result<Option<String>, Error> {
        ask!(self, told(channel, prints))
    }

    /// Says how it ended. A lease that was taken over in between changes nothing and gives `false`.
    pub async fn settle(&self, lease: &Lease, outcome: &Outcome, now: Timestamp) -> Result<bool, Error> {
        ask!(self, settle(lease, outcome, now))
    }

    /// Queues an article for a channel that was not told of it; `false`: it was, or is about to be.
    pub async fn announce(&self, article: i64, channel: &ChannelId, now: Timestamp) -> Result<bool, Error> {
        ask!(self, announce(article, channel, now))
    }

    /// What is known of a channel's chat. Of another chat than the one that [`Store::claim`] last named, nothing is.
    pub async fn channel_state(&self, channel: &ChannelId, address: &Address) -> Result<ChannelState, Error> {
        ask!(self, channel_state(channel, address))
    }

    /// The clock was set back: what was to happen at a time happens as much earlier by the new one.
    pub async fn set_back(&self, by: SignedDuration) -> Result<(), Error> {
        ask!(self, set_back(by))
    }

    /// Lets every chat be tried at once that was closed to us.
    pub async fn reopen_chats(&self) -> Result<(), Error> {
        ask!(self, reopen_chats())
    }

    /// Lets the chat of one channel be tried at once; whether it was closed to us, or asked to wait.
    pub async fn reopen_chat(&self, channel: &ChannelId) -> Result<bool, Error> {
        ask!(self, reopen_chat(channel))
    }

    /// Notes that a chat is open to us again, which was closed; `false`: it was not.
    pub async fn open_chat(&self, channel: &ChannelId) -> Result<bool, Error> {
        ask!(self, open_chat(channel))
    }

    /// Notes that a chat is closed to us, and that it is tried again at `until`; `false`: that is known.
    pub async fn close_chat(&self, channel: &ChannelId, why: &str, until: Timestamp) -> Result<bool, Error> {
        ask!(self, close_chat(channel, why, until))
    }

    /// Notes what does not work beside sending, or that it works; whether that is new.
    pub async fn note_problem(&self, channel: &ChannelId, problem: Option<&str>) -> Result<bool, Error> {
        ask!(self, note_problem(channel, problem))
    }

    /// The oldest `limit` deliveries of a channel that wait for a person.
    pub async fn held(&self, channel: &ChannelId, limit: u32) -> Result<Vec<i64>, Error> {
        ask!(self, held(channel, limit))
    }

    /// How many deliveries of a channel are in each state.
    pub async fn delivery_counts(&self, channel: &ChannelId) -> Result<Vec<(State, u64)>, Error> {
        ask!(self, delivery_counts(channel))
    }

    /// The newest `limit` deliveries, or those in one state, newest last.
    pub async fn deliveries(&self, state: Option<State>, limit: u32) -> Result<Vec<Delivery>, Error> {
        ask!(self, deliveries(state, limit))
    }

    /// Puts an unknown or dead delivery back into the queue. `None`: there is no such delivery;
    /// otherwise the state that it was in, and only from those two is it moved.
    pub async fn retry(&self, delivery: i64, now: Timestamp) -> Result<Option<State>, Error> {
        ask!(self, decide(delivery, State::Queued, now))
    }

    /// Gives a queued, unknown or dead delivery up. `None`: there is no such delivery; otherwise the state that it was
    /// in.
    pub async fn drop_delivery(&self, delivery: i64, now: Timestamp) -> Result<Option<State>, Error> {
        ask!(self, decide(delivery, State::Dropped, now))
    }

    /// The same for all deliveries in these states, of one channel or of every one; how many they were. Only what
    /// [`Store::retry`] and [`Store::drop_delivery`] move is moved.
    pub async fn decide_all(&self, channel: Option<&ChannelId>, from: &[State], to: State, now: Timestamp) -> Result<u64, Error> {
        ask!(self, decide_all(channel, from, to, now))
    }

    /// Writes something that means nothing, to see whether writing works.
    pub async fn try_write(&self) -> Result<(), Error> {
        ask!(self, try_write())
    }

    /// Forgets the holds of hosts that ended before `before`.
    pub async fn prune(&self, before: Timestamp) -> Result<(), Error> {
        ask!(self, prune(before))
    }
}

/// # Troubles and alarms
impl Store {
    /// What does not work now, the oldest first.
    pub async fn open_troubles(&self) -> Result<Vec<Trouble>, Error> {
        ask!(self, open_troubles())
    }

    /// Notes that something does not work, and queues the alarm, where there is somebody to tell; whether it is new. Of
    /// what is known already one more feed is in it, or one more try has failed.
    pub async fn begin_trouble(&self, begun: &Begun, alarm: Option<&Alarm>) -> Result<bool, Error> {
        ask!(self, begin_trouble(begun, alarm))
    }

    /// Notes that one feed is out of a trouble, or all of it is over; `None` where there is no such trouble. The end is
    /// told where the beginning was; one that was not told yet is not told any more, and after a long one the end is.
    pub async fn end_trouble(
        &self,
        kind: TroubleKind,
        subject: &str,
        feed: Option<&FeedId>,
        now: Timestamp,
        alarm: Option<&Alarm>,
    ) -> Result<Option<Trouble>, Error> {
        ask!(self, end_trouble(kind, subject, feed, now, alarm))
    }

    /// Queues the alarms of what does not work and nobody could be told of so far; how many.
    pub async fn tell_untold(&self, alarm: &Alarm, now: Timestamp) -> Result<u32, Error> {
        ask!(self, tell_untold(alarm, now))
    }

    /// When something was last said in a channel.
    pub async fn last_said(&self, channel: &ChannelId) -> Result<Option<Timestamp>, Error> {
        ask!(self, last_said(channel))
    }
}

/// A trouble that ends sooner, before anybody could be told of it, is not worth a message.
pub const SHORT_TROUBLE: SignedDuration = SignedDuration::from_mins(10);
/// How long an unclear send may keep the others of its channel waiting, at a stretch.
pub const ORDER_KEPT: SignedDuration = SignedDuration::from_mins(2);
/// How long a lease lasts: longer than the longest send.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);
