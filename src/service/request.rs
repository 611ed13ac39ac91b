//! What can be asked of a daemon that runs, and what it answers: the same without one, on the store itself.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Changes, Service,
    defining::{Defined, HandedIn, Over},
    definitions,
    rereading::Reread,
};
use crate::{
    article::FeedId,
    cause::{self, Told},
    store::{self, State, Subject},
};

/// One thing that an operator wants done. Names are as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "kebab-case")]
pub enum Request {
    /// Poll this feed now, due or not. What a host asked for is kept all the same.
    Poll {
        feed: String,
    },
    Pause {
        what: Named,
    },
    Resume {
        what: Named,
    },
    /// Write definitions of feeds to where they are kept, and take them up.
    Define {
        definitions: Vec<HandedIn>,
        over: Over,
    },
    /// Take a feed away: its definition goes, its articles stay.
    Remove {
        feed: String,
    },
    Rename {
        feed: String,
        to: String,
    },
    /// Read an article's page again, by its address, or those of a feed's newest articles.
    Reread {
        what: String,
    },
    /// Read the next further page of a feed's list for the past, until so many are read.
    Backfill {
        feed: String,
        pages: u32,
    },
    /// Tell a channel of the newest article of a feed, if it was not told.
    Announce {
        feed: String,
        channel: String,
    },
    /// Read the settings and the definitions of the feeds again.
    Reload,
    /// Send an unknown or dead delivery again.
    Retry {
        delivery: i64,
    },
    /// Give a queued, unknown or dead delivery up.
    Drop {
        delivery: i64,
    },
    /// Send the deliveries of a channel, in a state, or all of them again.
    RetryAll(Selection),
    /// Give them up.
    DropAll(Selection),
}

/// Which deliveries are meant: those of all channels, and in all states that can be decided, where none is named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Selection {
    pub channel: Option<String>,
    pub state: Option<String>,
}

/// The name of a feed or of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    Feed(String),
    Channel(String),
    /// The feed of this name, or else the channel.
    Either(String),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// `found` is `None` where the list is unchanged.
    Polled {
        feed: String,
        found: Option<u32>,
        new: u32,
        corrected: u32,
        next: Timestamp,
    },
    /// The poll failed: what is published stays.
    NotPolled {
        feed: String,
        why: Told,
        next: Timestamp,
    },
    /// The newest first.
    Reread {
        articles: Vec<Reread>,
    },
    /// So many further pages of the list are read; on this one stood so many headlines, and so many of them are new.
    /// `is_whole`: there are no more pages.
    Backfilled {
        feed: String,
        pages: u32,
        found: u32,
        new: u32,
        is_done: bool,
        is_whole: bool,
    },
    /// `was` says whether it rested already.
    Paused {
        what: Named,
        was: bool,
    },
    Resumed {
        what: Named,
        was: bool,
    },
    Defined(Defined),
    /// `file` is where its definition is kept; where it was stored, `definition` is what it said.
    Removed {
        feed: String,
        file: Option<PathBuf>,
        definition: Option<String>,
    },
    Renamed {
        feed: String,
        to: String,
    },
    /// `was`: it was said already, or is about to be.
    Announced {
        title: String,
        was: bool,
    },
    Reloaded(Changes),
    Decided {
        delivery: i64,
        state: String,
    },
    DecidedAll {
        deliveries: u64,
        state: String,
    },
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for cannot be done, and what can be done instead.
    #[error("{why}\nhint: {hint}")]
    Refused { why: String, hint: String },
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Definitions(#[from] definitions::Error),
}

impl Error {
    pub(super) fn refused(why: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused { why: why.into(), hint: hint.into() }
    }
}

impl Service {
    /// Does what is asked for.
    ///
    /// # Errors
    /// When it cannot be done; nothing was changed then.
    pub async fn carry_out(&self, request: &Request) -> Result<Answer, Error> {
        match request {
            Request::Poll { feed } => Box::pin(self.poll_now(feed)).await,
            Request::Pause { what } => {
                let subject = self.subject(what)?;
                Ok(Answer::Paused { was: !self.pause(&subject).await?, what: named(&subject) })
            }
            Request::Resume { what } => {
                let subject = self.subject(what)?;
                Ok(Answer::Resumed { was: self.resume(&subject).await?, what: named(&subject) })
            }
            Request::Define { definitions, over } => self.define(definitions, *over).await,
            Request::Remove { feed } => self.remove(&self.feed_named(feed)?).await,
            Request::Rename { feed, to } => self.rename(&self.feed_named(feed)?, to).await,
            Request::Reread { what } => Box::pin(self.reread(what)).await,
            Request::Announce { feed, channel } => self.announce(feed, channel).await,
            Request::Backfill { feed, pages } => Box::pin(self.backfill(feed, *pages)).await,
            Request::Reload => Ok(Answer::Reloaded(self.reload().await?)),
            Request::RetryAll(selection) => self.decide_all(selection, State::Queued).await,
            Request::DropAll(selection) => self.decide_all(selection, State::Dropped).await,
            Request::Retry { delivery } => self.decide(*delivery, State::Queued).await,
            Request::Drop { delivery } => self.decide(*delivery, State::Dropped).await,
        }
    }

    async fn poll_now(&self, name: &str) -> Result<Answer, Error> {
        let id = self.feed_named(name)?;
        let polled = self.poll(&id).await?;
        let next = self.store.feed_state(&id).await?.next_at;
        let feed = id.to_string();
        match polled {
            Some(Ok(report)) => {
                let (new, corrected) = (report.recorded.articles, report.recorded.corrections);
                Ok(Answer::Polled { feed, found: report.found, new, corrected, next })
            }
            Some(Err(error)) => Ok(Answer::NotPolled { feed, why: cause::tell(&error), next }),
            None => Err(Error::refused(
                format!("the file of `{id}` cannot be used as it is, so it is not polled"),
                "`loa check` says what is wrong with it",
            )),
        }
    }

    async fn announce(&self, feed: &str, channel: &str) -> Result<Answer, Error> {
        let feed = self.feed_named(feed)?;
        let Subject::Channel(channel) = self.subject(&Named::Channel(channel.to_owned()))? else {
            return Err(Error::refused("this is no channel", "`loa status` lists them"));
        };
        let Some(article) = self.store.latest(&feed, 1).await?.pop() else {
            return Err(Error::refused(format!("`{feed}` has no article yet"), format!("`loa poll {feed}` polls it now")));
        };
        let is_new = self.store.announce(article.id, &channel, Timestamp::now()).await?;
        self.queued.notify_waiters();
        Ok(Answer::Announced { title: article.title, was: !is_new })
    }

    async fn decide(&self, delivery: i64, to: State) -> Result<Answer, Error> {
        let now = Timestamp::now();
        let allowed = State::decided_from(to);
        let before = match to {
            State::Queued => self.store.retry(delivery, now).await?,
            _ => self.store.drop_delivery(delivery, now).await?,
        };
        match before {
            None => Err(Error::refused(format!("there is no delivery {delivery}"), "`loa deliveries` lists them")),
            Some(state) if allowed.contains(&state) => {
                self.queued.notify_waiters();
                Ok(Answer::Decided { delivery, state: to.to_string() })
            }
            Some(state) => {
                Err(Error::refused(format!("delivery {delivery} is `{state}`: {}", expected(allowed)), "`loa deliveries` lists them"))
            }
        }
    }

    async fn decide_all(&self, selection: &Selection, to: State) -> Result<Answer, Error> {
        let channel = match &selection.channel {
            Some(name) => match self.subject(&Named::Channel(name.clone()))? {
                Subject::Channel(channel) => Some(channel),
                Subject::Feed(_) => None,
            },
            None => None,
        };
        let allowed = State::decided_from(to);
        let from = match selection.state.as_deref().map(str::parse::<State>).transpose() {
            Ok(Some(state)) if allowed.contains(&state) => vec![state],
            Ok(None) => allowed.to_vec(),
            Ok(Some(state)) => return Err(Error::refused(format!("what is `{state}` stays so"), expected(allowed))),
            Err(why) => return Err(Error::refused(why, expected(allowed))),
        };
        let deliveries = self.store.decide_all(channel.as_ref(), &from, to, Timestamp::now()).await?;
        self.queued.notify_waiters();
        Ok(Answer::DecidedAll { deliveries, state: to.to_string() })
    }

    fn subject(&self, what: &Named) -> Result<Subject, Error> {
        match what {
            Named::Feed(name) => Ok(Subject::Feed(self.feed_named(name)?)),
            Named::Either(name) => {
                let is_feed = self.present().setup.ids().iter().any(|id| id.as_str() == name);
                let channel = self.subject(&Named::Channel(name.clone())).ok().filter(|_| !is_feed);
                channel.map_or_else(|| self.feed_named(name).map(Subject::Feed), Ok)
            }
            Named::Channel(name) => {
                let present = self.present();
                let mut ids = present.setup.config.channels.iter().map(|channel| &channel.id);
                let found = ids.find(|id| id.as_str() == name).cloned();
                found.map(Subject::Channel).ok_or_else(|| {
                    let known = present.setup.config.channels.iter().map(|channel| channel.id.as_str());
                    Error::refused(format!("there is no channel `{name}`"), nearest(name, known, "`loa status` lists them"))
                })
            }
        }
    }

    /// The feed of this name, also where its file cannot be used.
    pub(super) fn feed_named(&self, name: &str) -> Result<FeedId, Error> {
        let ids = self.present().setup.ids();
        ids.iter().find(|id| id.as_str() == name).cloned().ok_or_else(|| {
            let hint = nearest(name, ids.iter().map(FeedId::as_str), "`loa status` lists them");
            Error::refused(format!("there is no feed `{name}`"), hint)
        })
    }
}

fn named(subject: &Subject) -> Named {
    match subject {
        Subject::Feed(id) => Named::Feed(id.to_string()),
        Subject::Channel(id) => Named::Channel(id.to_string()),
    }
}

fn expected(states: &[State]) -> String {
    let words: Vec<_> = states.iter().map(|state| format!("`{state}`")).collect();
    format!("expected {}", words.join(" or "))
}

/// What was meant, if anything is like it.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    let nearest = known.map(|known| (strsim::damerau_levenshtein(known, name), known)).min();
    match nearest {
        Some((distance, known)) if distance <= name.chars().count() / 2 => format!("did you mean `{known}`?"),
        _ => otherwise.to_owned(),
    }
}
