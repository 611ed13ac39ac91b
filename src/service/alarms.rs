//! What the operator is told: troubles are noted as they begin and end, and told by rows of the outbox like everything
//! else.
//!
//! Twenty feeds of one dead host are one trouble, and what begins within a short time is one message. Where there is
//! nobody to tell, troubles are kept all the same: `loa status` shows them, and they are told when there is somebody.

use std::{collections::HashSet, time::Instant};

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use super::Service;
use crate::{
    channel::{Address, Channel, ChannelId},
    feed::Feed,
    fetch,
    jobs::{
        deliver::{Setback, SetbackKind, Step},
        poll::{self as job, Report},
    },
    schedule,
    store::{self, Alarm, Begun, DueFeed, FeedState},
    trouble::{Kind, Trouble},
};

/// Failures in a row after which the operator is told.
const ALARMING: u32 = 3;
/// How many paces alarms wait for others that go with them, and how many lie between two messages.
const GATHERED: i32 = 10;
const APART: i32 = 100;

/// How long alarms wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gathering {
    /// A while, so that what begins together is one message.
    Awhile,
    /// Not at all: what there is was found before anything is sent.
    AtOnce,
}

impl Service {
    /// The operator's chat as a channel of its own, where there is one and a bot to tell it.
    pub fn ops_channel(&self) -> Option<Channel> {
        let present = self.present();
        let chat = present.setup.config.telegram.ops_chat;
        (chat != 0 && present.target.is_some())
            .then(|| Channel { feeds: Some(Vec::new()), ..Channel::plain(ChannelId::ops(), Address::new(chat.to_string())) })
    }

    /// What is looked at once, before anything is sent: whether the token is taken, what is wrong with the files, what
    /// became of troubles while Loa did not run. What nobody could be told of so far is told.
    pub async fn look_at_start(&self) {
        let looked = async {
            self.check_token().await?;
            self.note_files(&self.problems()).await?;
            self.forget_absent().await?;
            self.tell_untold().await
        };
        if let Err(error) = looked.await {
            warn!("the store did not keep what the operator is to be told: {error}");
        }
    }

    /// The same at the end of a round, which asks for the token only where a chat was closed.
    pub async fn look_again(&self) {
        let looked = async {
            if self.is_any_closed().await? {
                self.check_token().await?;
            }
            self.note_files(&self.problems()).await?;
            self.forget_absent().await?;
            self.tell_untold().await
        };
        if let Err(error) = looked.await {
            warn!("the store did not keep what the operator is to be told: {error}");
        }
    }

    fn problems(&self) -> Vec<String> {
        self.present().setup.problems.iter().map(ToString::to_string).collect()
    }

    async fn is_any_closed(&self) -> Result<bool, store::Error> {
        for channel in &self.present().setup.config.channels {
            if self.store.channel_state(&channel.id, &channel.address).await?.paused.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Queues what the operator could not be told of so far.
    async fn tell_untold(&self) -> Result<(), store::Error> {
        if let Some(alarm) = self.alarm_now().await? {
            self.store.tell_untold(&alarm, Timestamp::now()).await?;
            self.queued.notify_waiters();
        }
        Ok(())
    }

    /// Ends without a word what is about feeds and channels that there are no more: it was the operator who took them
    /// away.
    pub(super) async fn forget_absent(&self) -> Result<(), store::Error> {
        let (present, now) = (self.present(), Timestamp::now());
        let ids = present.setup.ids();
        for trouble in self.store.open_troubles().await? {
            for feed in trouble.open.iter().filter(|feed| !ids.contains(feed)) {
                self.store.end_trouble(trouble.kind, &trouble.subject, Some(feed), now, None).await?;
            }
            let is_about_a_channel =
                matches!(trouble.kind, Kind::Channel | Kind::Silenced | Kind::Unsent | Kind::OpsChat) && !trouble.subject.is_empty();
            let is_there = present.setup.config.channels.iter().any(|channel| channel.id.as_str() == trouble.subject);
            if is_about_a_channel && !is_there {
                self.store.end_trouble(trouble.kind, &trouble.subject, None, now, None).await?;
            }
        }
        Ok(())
    }

    /// Notes which of the operator's files cannot be used, by what is wrong with them.
    pub(super) async fn note_files(&self, problems: &[String]) -> Result<(), store::Error> {
        for problem in problems {
            self.begin(about(Kind::Files, file_of(problem).to_owned(), problem.clone())).await?;
        }
        let open = self.store.open_troubles().await?;
        let is_mended = |trouble: &&Trouble| !problems.iter().any(|problem| file_of(problem) == trouble.subject);
        for trouble in open.iter().filter(|trouble| trouble.kind == Kind::Files).filter(is_mended) {
            self.end(trouble, None).await?;
        }
        Ok(())
    }

    /// Where an alarm goes that is queued now.
    async fn alarm_now(&self) -> Result<Option<Alarm>, store::Error> {
        if self.ops_channel().is_none() {
            return Ok(None);
        }
        let (channel, now) = (ChannelId::ops(), Timestamp::now());
        let due = match self.gathering {
            Gathering::AtOnce => now,
            Gathering::Awhile => {
                let pace = SignedDuration::try_from(self.present().setup.config.telegram.pace.get()).unwrap_or(SignedDuration::ZERO);
                let last = self.store.last_said(&channel).await?;
                let apart = last.and_then(|last| last.saturating_add(pace.saturating_mul(APART)).ok());
                let gathered = now.saturating_add(pace.saturating_mul(GATHERED)).unwrap_or(now);
                apart.map_or(gathered, |apart| apart.max(gathered))
            }
        };
        Ok(Some(Alarm { channel, due }))
    }

    pub(super) async fn begin(&self, begun: Begun) -> Result<(), store::Error> {
        // The ops chat is not told that it cannot be told, nor, when it can be again, that nobody could be reached
        // until now.
        let alarm = if matches!(begun.kind, Kind::OpsChat | Kind::Network) { None } else { self.alarm_now().await? };
        if self.store.begin_trouble(&begun, alarm.as_ref()).await? {
            info!("trouble: {} {}: {}", begun.kind.as_str(), begun.subject, begun.why);
            self.queued.notify_waiters();
        }
        Ok(())
    }

    pub(super) async fn end(&self, trouble: &Trouble, feed: Option<&Feed>) -> Result<Option<Trouble>, store::Error> {
        let alarm = self.alarm_now().await?;
        let feed = feed.map(|feed| &feed.id);
        let ended = self.store.end_trouble(trouble.kind, &trouble.subject, feed, Timestamp::now(), alarm.as_ref()).await?;
        self.queued.notify_waiters();
        Ok(ended)
    }

    /// Ends everything of these kinds that is about `subject`.
    pub(super) async fn end_all(&self, kinds: &[Kind], subject: &str) -> Result<(), store::Error> {
        let open = self.store.open_troubles().await?;
        for trouble in open.iter().filter(|trouble| kinds.contains(&trouble.kind) && trouble.subject == subject) {
            self.end(trouble, None).await?;
        }
        Ok(())
    }
}

/// # Of polls
impl Service {
    /// Notes what a poll says of the feed's troubles.
    ///
    /// Of a feed that was claimed, nobody else notes anything until it is given back: what is known from before holds
    /// where nothing changed, and costs no statement.
    pub(super) async fn note_poll(
        &self,
        feed: &Feed,
        due: &DueFeed,
        polled: &Result<Report, job::Error>,
        known: Option<&[Trouble]>,
    ) -> Result<(), store::Error> {
        if let (Ok(Report { unrecorded: Some(_), .. }), Some(known)) = (polled, known) {
            return self.note_good(feed, &due.state, None, known).await;
        }
        let open = self.store.open_troubles().await?;
        let state = self.store.feed_state(&feed.id).await?;
        match polled {
            Ok(report) => self.note_good(feed, &state, report.repair.as_ref(), &open).await,
            Err(error) => self.note_bad(feed, state, error, &open).await,
        }
    }

    async fn note_good(&self, feed: &Feed, state: &FeedState, repair: Option<&String>, open: &[Trouble]) -> Result<(), store::Error> {
        let id = feed.id.as_str();
        for trouble in open {
            match trouble.kind {
                Kind::Feed | Kind::Gone if trouble.subject == id => {
                    self.end(trouble, None).await?;
                }
                Kind::Host if trouble.open.contains(&feed.id) => self.leave_host(feed, trouble).await?,
                _ => (),
            }
        }
        if let Some(repair) = repair {
            self.begin(Begun { is_over: true, ..begun(Kind::Rebuilt, feed, repair.clone()) }).await?;
        }
        let quiet = open.iter().find(|trouble| trouble.kind == Kind::Quiet && trouble.subject == id);
        match (schedule::silence(&state.rhythm, Timestamp::now()), quiet) {
            (Some(silence), None) => {
                let quiet = begun(Kind::Quiet, feed, String::new());
                self.begin(Begun { since: silence.since, usual: Some(silence.usual), ..quiet }).await
            }
            (None, Some(quiet)) => self.end(quiet, None).await.map(drop),
            _ => Ok(()),
        }
    }

    async fn note_bad(&self, feed: &Feed, state: FeedState, error: &job::Error, open: &[Trouble]) -> Result<(), store::Error> {
        let kind = kind_of(error);
        if kind != Kind::Host {
            // The host answers.
            let host = open.iter().find(|trouble| trouble.kind == Kind::Host && trouble.open.contains(&feed.id));
            if let Some(trouble) = host {
                self.leave_host(feed, trouble).await?;
            }
        }
        if state.failures < ALARMING && kind != Kind::Gone {
            return Ok(());
        }
        let subject = if kind == Kind::Host { host_of(feed) } else { feed.id.to_string() };
        let begun = begun(kind, feed, state.problem.unwrap_or_default());
        let since = state.failing_since.unwrap_or(begun.now);
        self.begin(Begun { subject, tries: state.failures, next_at: Some(state.next_at), since, ..begun }).await
    }

    /// One feed of a host is read again: the others are polled soon, and do not wait for as long as their failures
    /// would have them.
    async fn leave_host(&self, feed: &Feed, trouble: &Trouble) -> Result<(), store::Error> {
        if let Some(Trouble { open, .. }) = self.end(trouble, Some(feed)).await? {
            self.store.make_due(&open, Timestamp::now()).await?;
            self.work.notify_one();
        }
        Ok(())
    }
}

/// What is told of a poll that failed in this way.
fn kind_of(error: &job::Error) -> Kind {
    match error {
        job::Error::Fetch(fetch::Error::Gone { .. }) => Kind::Gone,
        // Also who lets nobody in lets none of its feeds be read.
        job::Error::Fetch(fetch::Error::Robots { .. } | fetch::Error::Status { status: 401 | 403 | 429, .. }) => Kind::Host,
        job::Error::Fetch(error) if job::is_passing(error) => Kind::Host,
        _ => Kind::Feed,
    }
}

pub(super) fn host_of(feed: &Feed) -> String {
    let url = feed.watched();
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The file that a problem names: what stands before its line and its words.
fn file_of(problem: &str) -> &str {
    problem.split(':').next().unwrap_or(problem)
}

fn begun(kind: Kind, feed: &Feed, why: String) -> Begun {
    Begun { subject: feed.id.to_string(), feed: Some(feed.id.clone()), ..about(kind, String::new(), why) }
}

pub(super) fn about(kind: Kind, subject: String, why: String) -> Begun {
    let now = Timestamp::now();
    Begun { kind, subject, feed: None, why, tries: 0, next_at: None, usual: None, since: now, now, is_over: false }
}

/// The trouble of a channel whose chat is closed.
pub(super) fn closed(channel: &Channel) -> (Kind, String) {
    if channel.id.is_ops() { (Kind::OpsChat, String::new()) } else { (Kind::Channel, channel.id.to_string()) }
}

/// # Of deliveries
impl Service {
    /// Notes what a step says of the channel's troubles.
    pub(super) async fn note_step(&self, channel: &Channel, step: &Step) -> Result<(), store::Error> {
        match step {
            Step::Said { .. } => {
                let (closed, subject) = closed(channel);
                self.failing.end(&channel.id);
                self.end_all(&[closed, Kind::Silenced, Kind::Unsent], &subject).await?;
                self.end_all(&[Kind::Token], "").await?;
                self.note_copies(channel).await?;
                self.note_looks(channel).await
            }
            Step::Failed(setback) => {
                self.note_looks(channel).await?;
                self.note_setback(channel, setback).await
            }
            Step::Idle | Step::Later(_) => Ok(()),
        }
    }

    async fn note_setback(&self, channel: &Channel, setback: &Setback) -> Result<(), store::Error> {
        let why = setback.why.clone();
        match setback.kind {
            SetbackKind::Paused => {
                let (kind, subject) = closed(channel);
                self.begin(about(kind, subject, why)).await
            }
            SetbackKind::Silenced | SetbackKind::Diverted if channel.id.is_ops() => Ok(()),
            SetbackKind::Silenced => self.begin(about(Kind::Silenced, channel.id.to_string(), why)).await,
            SetbackKind::Diverted => self.begin(Begun { is_over: true, ..about(Kind::Topic, channel.id.to_string(), why) }).await,
            SetbackKind::Token => self.begin(about(Kind::Token, String::new(), why)).await,
            // An alarm about an alarm would be the next one that fares so.
            SetbackKind::Dead | SetbackKind::Held if channel.id.is_ops() => Ok(()),
            SetbackKind::Dead => self.begin(Begun { is_over: true, ..about(Kind::Dead, setback.deliveries(), why) }).await,
            SetbackKind::Held => self.begin(Begun { is_over: true, ..about(Kind::Held, setback.deliveries(), why) }).await,
            SetbackKind::Retried | SetbackKind::Waiting | SetbackKind::Unclear => self.note_silence(channel, &why, Instant::now()).await,
            SetbackKind::Lost | SetbackKind::Dropped => Ok(()),
        }
    }

    /// Whether somebody else says in a channel what is said there by us.
    async fn note_copies(&self, channel: &Channel) -> Result<(), store::Error> {
        match self.copies.news(&channel.id) {
            None => Ok(()),
            Some(None) => self.end_all(&[Kind::Copy], channel.id.as_str()).await,
            Some(Some(receipt)) => {
                let why = format!("somebody else posts the same in `{}`, as in its message {receipt}", channel.id);
                self.begin(about(Kind::Copy, channel.id.to_string(), why)).await
            }
        }
    }

    /// Whether sends whose answer was lost can be looked for.
    async fn note_looks(&self, channel: &Channel) -> Result<(), store::Error> {
        match self.store.channel_state(&channel.id, &channel.address).await?.problem {
            Some(why) => self.begin(about(Kind::OpsChat, channel.id.to_string(), why)).await,
            None => self.end_all(&[Kind::OpsChat], channel.id.as_str()).await,
        }
    }

    /// Asks whether the bot's token is taken, before anything is to be sent: chats that were closed are tried again
    /// then.
    async fn check_token(&self) -> Result<(), store::Error> {
        let present = self.present();
        let Some(target) = &present.target else { return Ok(()) };
        match target.check_token().await {
            Ok(()) => {
                self.end_all(&[Kind::Token], "").await?;
                self.store.reopen_chats().await?;
                self.queued.notify_waiters();
            }
            Err(crate::target::Failure::Token { why }) => self.begin(about(Kind::Token, String::new(), why)).await?,
            // It is no answer to the question, and what is sent will tell.
            Err(failure) => warn!("the bot could not be asked for: {failure}"),
        }
        Ok(())
    }
}

/// # Of the network
impl Service {
    pub(super) async fn note_network(&self, is_down: Option<&HashSet<String>>) -> Result<(), store::Error> {
        match is_down {
            Some(hosts) => {
                let mut hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
                hosts.sort_unstable();
                self.begin(about(Kind::Network, String::new(), format!("none of these can be reached: {}", hosts.join(", ")))).await
            }
            None => self.end_all(&[Kind::Network], "").await,
        }
    }
}
