//! Headlines that are recorded, and so told, when their own page was read, and not when the poll has read its last one.
//!
//! Only where nothing that comes later can change what is recorded: the list is in order, so that elders come first;
//! the headline stands and is built as the known ones; its page calls itself by no other address. With the first that
//! is not so clear, this and all that follow are recorded together at the end of the poll. More than a channel's burst
//! is told as one digest, and waits for the last page.

use std::collections::HashMap;

use jiff::Timestamp;
use loa_reader::{
    link::identity,
    list::{Discovery, Relation},
    site::Site,
    time::{Precision, Stamp},
};

use super::{
    Error, Event, Progress, Terms, confirm,
    dedupe::Compared,
    news::{self, Before},
    read::{Read, Reading, Story},
    record,
};
use crate::{article::Article, feed::Feed, store::Recorded};

/// What is told early.
pub struct Early<'a> {
    feed: &'a Feed,
    terms: &'a Terms<'a>,
    progress: &'a dyn Progress,
    compared: &'a Compared,
    discovery: &'a Discovery,
    latest: &'a [Article],
    before: Before<'a>,
    is_open: bool,
    /// What came of it so far.
    pub done: Done,
}

/// What was recorded before the end of a poll.
#[derive(Debug, Default)]
pub struct Done {
    pub recorded: Recorded,
    pub headlines: Vec<String>,
    pub remarks: Vec<String>,
    /// Some of it names pictures or documents, whose servers were not asked.
    pub has_files: bool,
}

impl<'a> Early<'a> {
    /// `was_ordered`: the list was in the order of its articles' dates when it was read last.
    pub fn new(reading: &Reading<'a>, discovery: &'a Discovery, latest: &'a [Article], before: Before<'a>, was_ordered: bool) -> Self {
        let Reading { feed, compared, terms, progress, .. } = *reading;
        let is_open = is_in_order(compared, was_ordered) && !is_burst(feed, compared, terms);
        Self { feed, terms, progress, compared, discovery, latest, before, is_open, done: Done::default() }
    }

    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Records a story that was read after all its elders, if nothing can change it any more.
    pub async fn take(&mut self, story: &mut Story, site: &Site) -> Result<(), Error> {
        self.is_open = self.is_open && self.is_clear(story, site);
        if !self.is_open {
            return Ok(());
        }
        let mut read = Read { articles: vec![story.clone()], ..Read::default() };
        confirm::silence_old(&mut read, self.compared, &self.before);
        if !self.feed.full_text {
            read.forget_texts();
        }
        let stories = record::stories(self.feed, self.compared, read.articles, |_, story| !story.unannounced, self.terms).await?;
        let is_new = stories.articles.len() == 1 && stories.addresses.is_empty() && stories.rewritten.is_empty();
        if !is_new {
            self.is_open = false;
            return Ok(());
        }
        let recorded = self.terms.store.record_articles(&self.feed.id, &stories.articles, &[], None, self.terms.now).await?;
        story.is_recorded = true;
        let done = &mut self.done;
        done.recorded.articles += recorded.articles;
        done.recorded.deliveries += recorded.deliveries;
        done.headlines.extend(stories.articles.iter().map(|new| new.article.title.clone()));
        done.has_files |= stories.articles.iter().any(|new| new.article.image.is_some() || !new.article.attachments.is_empty());
        done.remarks.extend(stories.remarks);
        self.progress.tell(Event::Recorded);
        Ok(())
    }

    /// Whether a story is an article of the list by itself.
    fn is_clear(&self, story: &Story, site: &Site) -> bool {
        let address = identity(&story.candidate.url);
        let may_be_another = self.compared.further.get(&address).is_some_and(|further| further.same_id.is_some());
        story.candidate.sighting.relation == Relation::Alike
            && !may_be_another
            && !self.before.is_older(record::published_by(story).as_ref())
            && !record::has_another_address(self.feed, story)
            && self.discovery.stands_in_list(&story.candidate)
            && confirm::is_article(story, self.discovery, site, self.latest)
    }
}

/// Whether every headline's elders come before it: each says its minute, or the list is in the order of its articles'
/// dates, by the known ones that it has, or by those that it had.
fn is_in_order(compared: &Compared, was_ordered: bool) -> bool {
    let has_minute = |stamp: &Stamp| stamp.precision == Precision::Minute;
    compared.new.iter().all(|new| new.candidate.published.as_ref().is_some_and(has_minute))
        || compared.new.iter().all(|new| new.around.is_main && compared.is_ordered.unwrap_or(was_ordered))
}

/// Whether a list that is read for the first time is in the order of its articles' dates, those of its largest box;
/// `None` where they are too few to tell.
pub fn is_in_order_of_dates(discovery: &Discovery, stories: &[Story]) -> Option<bool> {
    let mut boxes: HashMap<Option<usize>, Vec<Timestamp>> = HashMap::new();
    for candidate in &discovery.candidates {
        let story = stories.iter().find(|story| story.candidate.url == candidate.url);
        let published = story.and_then(record::published_by).map(|stamp| stamp.at.timestamp());
        boxes.entry(candidate.sighting.in_box).or_default().extend(published);
    }
    boxes.values().max_by_key(|times| times.len()).and_then(|times| news::is_in_order(times))
}

/// Whether a channel is told of so many as one.
fn is_burst(feed: &Feed, compared: &Compared, terms: &Terms<'_>) -> bool {
    terms.channels.iter().any(|channel| {
        // Which of them it wants their pages may say.
        channel.carries(&feed.id) && compared.new.len() > usize::try_from(channel.burst).unwrap_or(usize::MAX)
    })
}
