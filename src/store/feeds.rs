//! What is recorded of feeds and articles.

use jiff::Timestamp;
use loa_reader::{list::Presentation, time::Stamp};

use crate::{
    article::{Article, FeedId, KnownFile},
    channel::ChannelId,
    store::{Learned, PollBasis},
};

/// What is known of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedState {
    /// The address that the validators belong to.
    pub url: Option<String>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// The first time that headlines were found.
    pub began_at: Option<Timestamp>,
    pub polled_at: Option<Timestamp>,
    pub next_at: Timestamp,
    /// Headlines on the list at the last good poll.
    pub usual: u32,
    /// In a row, since the last good poll.
    pub failures: u32,
    /// The words of the last failure; `None` after a good poll.
    pub problem: Option<String>,
    /// The first failure since then.
    pub failing_since: Option<Timestamp>,
    /// How often in a row the source said that it is gone for good.
    pub gone: u32,
    /// What could not be read at the last good poll.
    pub remarks: Vec<String>,
    /// What the feed's file may leave out, once it was learned.
    pub portal: Option<Portal>,
    /// The times that the newest ten articles show, newest first: the portal's rhythm.
    pub rhythm: Vec<Timestamp>,
    /// Until then the list asked not to be polled again.
    pub fresh_until: Option<Timestamp>,
    /// By what `next_at` was worked out; `None` before the first poll.
    pub basis: Option<PollBasis>,
}

impl FeedState {
    /// Of a feed that was never heard of: it is due.
    pub fn unknown() -> Self {
        Self {
            url: None,
            etag: None,
            last_modified: None,
            began_at: None,
            polled_at: None,
            next_at: Timestamp::UNIX_EPOCH,
            usual: 0,
            failures: 0,
            problem: None,
            failing_since: None,
            gone: 0,
            remarks: Vec::new(),
            portal: None,
            rhythm: Vec::new(),
            fresh_until: None,
            basis: None,
        }
    }
}

/// What pages say of the portal that a feed is of: it counts where the feed's file says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Portal {
    pub title: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
}

/// What lists of feeds show of one of them. It is kept beside the feed's state, so that asking for it costs the same
/// however many articles there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub feed: FeedId,
    pub articles: u64,
    /// When the newest article, by the time that it shows, was published, or first seen.
    pub newest: Option<Stamp>,
    /// When an article was last added or corrected.
    pub changed_at: Option<Timestamp>,
    /// The first time that headlines were found.
    pub began_at: Option<Timestamp>,
    pub next_at: Timestamp,
    /// What the feed's file may leave out, once it was learned.
    pub portal: Option<Portal>,
    /// How the list presents itself, as it did when an article came in last.
    pub presentation: Presentation,
}

/// An article that a candidate may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub article: i64,
    /// The addresses it is known by, and its marks.
    pub addresses: Vec<String>,
    /// The headline as the list showed it last.
    pub listed_title: String,
    pub folded_title: String,
    pub shown_at: Timestamp,
}

/// A good poll of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Polled {
    pub url: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub at: Timestamp,
    pub next: Timestamp,
    /// Until then the list asks not to be polled again.
    pub fresh_until: Option<Timestamp>,
    /// Headlines on the list, or `None` where it was unchanged.
    pub found: Option<u32>,
    pub remarks: Vec<String>,
    /// What was learned of the portal; `None`: what was known before.
    pub portal: Option<Portal>,
}

/// A poll that failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FailedPoll<'a> {
    pub url: &'a str,
    pub why: &'a str,
    pub at: Timestamp,
    pub next: Timestamp,
    /// The source says that it is gone for good.
    pub is_gone: bool,
}

/// An article to be recorded. `article.id` is not read.
#[derive(Debug, Clone, PartialEq)]
pub struct NewArticle {
    pub article: Article,
    /// In the form of `link::identity`, the list's own first.
    pub addresses: Vec<String>,
    /// By what else it is known again in this feed: keys that are no addresses and may be another article's already.
    pub marks: Vec<String>,
    pub listed_title: String,
    pub folded_title: String,
    /// Who is told, not before when, and with which digest.
    pub announce: Vec<Announcement>,
    /// It is what the list says, as its page was out of reach: when that is read again.
    pub read_again: Option<Timestamp>,
}

/// An article whose page is still to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    pub article: Article,
    /// The headline as the list showed it last.
    pub listed_title: String,
    /// How often it was read in vain.
    pub tries: u32,
}

/// What came of reading such a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reread {
    pub article: i64,
    /// How often it was read in vain, and when it is read again; `None` where it is not.
    pub again: Option<(u32, Timestamp)>,
}

/// One outbox row to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Announcement {
    pub channel: ChannelId,
    /// `None`: at once.
    pub due: Option<Timestamp>,
    pub digest: Option<String>,
}

/// A known article that says something else now.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// With the `id` of the known one; `uid` and `first_seen` are not read, as they never change.
    pub article: Article,
    pub listed_title: String,
    pub folded_title: String,
}

/// Everything that one good poll brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    pub feed: FeedId,
    pub polled: Polled,
    /// In the order in which they are to be said.
    pub articles: Vec<NewArticle>,
    pub corrections: Vec<Correction>,
    /// Further addresses of known articles.
    pub addresses: Vec<(i64, String)>,
    /// Known articles that the list names otherwise now, though they say the same: article, title, folded title.
    pub relisted: Vec<(i64, String, String)>,
    /// Headlines to be tried again.
    pub pending: Vec<Pending>,
    /// Pages that were read again.
    pub reread: Vec<Reread>,
    /// What is known now of the files of known articles, which say the same otherwise.
    pub files: Vec<(i64, Vec<KnownFile>)>,
    /// What is known of the source from now on; `None`: what was known before.
    pub learned: Option<Learned>,
    /// The source was rebuilt and found again: one line of its history.
    pub repair: Option<String>,
}

impl Recording {
    /// A poll that brought nothing.
    pub fn nothing(feed: FeedId, polled: Polled) -> Self {
        Self {
            feed,
            polled,
            articles: Vec::new(),
            corrections: Vec::new(),
            addresses: Vec::new(),
            relisted: Vec::new(),
            pending: Vec::new(),
            reread: Vec::new(),
            files: Vec::new(),
            learned: None,
            repair: None,
        }
    }
}

/// A headline whose page could not be fetched for a passing reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pending {
    /// In the form of `link::identity`.
    pub address: String,
    /// How often it was tried.
    pub tries: u32,
    /// Whether it is recorded without being told, as it was there before.
    pub unannounced: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    pub articles: u32,
    pub corrections: u32,
    pub deliveries: u32,
    /// Known articles of whose files more is known.
    pub files: u32,
}

impl Recorded {
    /// Whether what the feed shows may have changed.
    pub fn is_change(self) -> bool {
        self.articles + self.corrections + self.files > 0
    }
}
