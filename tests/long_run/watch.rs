//! One list of a portal: its polls, and what came of each.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use loa::{article::Article, channel::Channel, feed::Feed};
use loa_stand_ins::portals::{Event, List, Portal, Site, Story, Style};
use url::Url;

use super::{
    fields,
    newsroom::{self, Newsroom},
    script::{Phase, Step},
    tally::{Tally, Wrong},
};

/// One list and its feed, with all that was seen of it so far.
pub struct Watch {
    portal: &'static str,
    list: List,
    feed: Feed,
    channel: Channel,
    /// The last story that was there before the first poll.
    last_old: u32,
    last_delivery: i64,
    last_article: i64,
    /// New stories that stood on the list while it was well, and when first.
    shown: HashMap<u32, At>,
    /// The headlines as the list showed them last.
    listed: HashMap<u32, Listed>,
    told: HashSet<u32>,
    published: HashSet<u32>,
    highest_told: u32,
    /// Whether the last poll saw the portal well.
    was_sound: bool,
    tally: Tally,
    wrong: Vec<Wrong>,
}

/// Where in the run something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    poll: usize,
    phase: Phase,
}

/// A headline on the list, and when it last became another.
struct Listed {
    title: String,
    reworded: Option<At>,
}

impl Watch {
    pub fn new(style: &'static Style, list: List, portal: &Portal) -> Self {
        let feed = newsroom::feed(portal, list);
        Self {
            portal: style.name,
            list,
            channel: newsroom::channel(&feed),
            feed,
            last_old: portal.site().last_number(),
            last_delivery: 0,
            last_article: 0,
            shown: HashMap::new(),
            listed: HashMap::new(),
            told: HashSet::new(),
            published: HashSet::new(),
            highest_told: 0,
            was_sound: false,
            tally: Tally::default(),
            wrong: Vec::new(),
        }
    }

    pub async fn poll(&mut self, portal: &Portal, newsroom: &Newsroom, number: usize, step: &Step, now: Timestamp) {
        let at = At { phase: step.phase, poll: number };
        let new = self.new_rows(&portal.site(), at);
        portal.site().take_requests();
        let outcome = newsroom.poll(&self.feed, &self.channel, now).await;
        let requests = portal.site().take_requests().iter().filter(|seen| seen.path != "/robots.txt").count();
        let is_sound = portal.site().is_sound();
        if is_sound && at.phase != Phase::First {
            self.note_requests(step, u32::try_from(requests).unwrap(), new);
        }
        self.was_sound = is_sound;
        if let Err(error) = &outcome
            && is_sound
        {
            self.wrong(at, format!("the poll failed: {error}"), "");
        }
        let articles = newsroom.articles(&self.feed).await;
        self.look_at_articles(&portal.site(), &articles, at);
        self.look_at_outbox(portal, newsroom, at).await;
        if at.phase == Phase::First {
            self.note_first(&portal.site(), &articles);
        }
    }

    /// Notes what stands on the list; how many of it are seen for the first time.
    fn new_rows(&mut self, site: &Site, at: At) -> u32 {
        let mut new = 0;
        if site.is_sound() {
            for story in site.rows(self.list) {
                let listed = self.listed.entry(story.number).or_insert_with(|| Listed { title: story.title.clone(), reworded: None });
                if listed.title != story.title {
                    *listed = Listed { title: story.title.clone(), reworded: Some(at) };
                }
                if story.number > self.last_old && !self.shown.contains_key(&story.number) {
                    self.shown.insert(story.number, at);
                    new += 1;
                }
            }
        }
        new
    }

    fn note_requests(&mut self, step: &Step, requests: u32, new: u32) {
        let is_only_turned = step.events.iter().all(|event| *event == Event::Turn);
        match new {
            0 if !self.was_sound => (),
            0 if step.events.is_empty() => self.tally.unchanged.note(requests),
            0 if is_only_turned => self.tally.turned.note(requests),
            0 => (),
            new => self.tally.beyond_new.note(requests.saturating_sub(1 + new)),
        }
    }

    /// What was published since the last poll, each beside its story.
    fn look_at_articles(&mut self, site: &Site, articles: &[Article], at: At) {
        let last = self.last_article;
        for article in articles.iter().filter(|article| article.id > last) {
            self.last_article = article.id;
            let Some(story) = found(site, &article.url).filter(|story| self.list.holds(story)) else {
                *(if at.phase == Phase::First { &mut self.tally.others_first } else { &mut self.tally.others_later }) += 1;
                let of =
                    found(site, &article.url).map_or("no story of the portal".to_owned(), |story| format!("of section {}", story.section));
                self.wrong(at, format!("published, and {of}"), &article.title);
                continue;
            };
            if !self.published.insert(story.number) {
                self.tally.doubles += 1;
                self.wrong(at, "published twice".to_owned(), &story.title);
                continue;
            }
            if let Some(what) = fields::day(article, story) {
                self.tally.wrong_days += 1;
                self.wrong(at, what, &story.title);
            }
            for (field, problem) in fields::verdicts(article, story, site.style().shown) {
                self.tally.fields.entry(field).or_default().note(problem.is_none());
                if let Some(problem) = problem {
                    self.wrong(at, format!("{}: {problem}", field.name()), &story.title);
                }
            }
        }
    }

    /// What was told since the last poll, in the order in which it was.
    async fn look_at_outbox(&mut self, portal: &Portal, newsroom: &Newsroom, at: At) {
        let deliveries = newsroom.deliveries(&self.channel).await;
        let last = self.last_delivery;
        for delivery in deliveries.iter().filter(|delivery| delivery.id > last) {
            self.last_delivery = delivery.id;
            let site = portal.site();
            let article = delivery.article().unwrap();
            let Some(story) = found(&site, &article.url) else {
                self.foreign(at, "told, and no story of the portal".to_owned(), &article.title);
                continue;
            };
            if story.number <= self.last_old {
                self.foreign(at, format!("told, and was published on {}", story.published.date()), &story.title);
            } else if !self.list.holds(story) {
                self.foreign(at, format!("told, and is of section {}", story.section), &story.title);
            } else if !self.told.insert(story.number) {
                self.tally.twice += 1;
                self.wrong(at, "told twice".to_owned(), &story.title);
            } else {
                if story.number < self.highest_told {
                    self.tally.out_of_order += 1;
                    self.wrong(at, "told out of order".to_owned(), &story.title);
                }
                self.highest_told = self.highest_told.max(story.number);
            }
        }
    }

    fn note_first(&mut self, site: &Site, articles: &[Article]) {
        let published: HashSet<u32> = articles.iter().filter_map(|article| Some(found(site, &article.url)?.number)).collect();
        for story in site.rows(self.list) {
            let is_found = published.contains(&story.number);
            self.tally.first.note(is_found);
            if !is_found {
                self.wrong(At { phase: Phase::First, poll: 0 }, "on the list, and not found".to_owned(), &story.title);
            }
        }
    }

    fn foreign(&mut self, at: At, what: String, headline: &str) {
        *self.tally.foreign.entry(at.phase).or_default() += 1;
        self.wrong(at, what, headline);
    }

    fn wrong(&mut self, at: At, what: String, headline: &str) {
        let (portal, list, headline) = (self.portal, self.list, headline.to_owned());
        self.wrong.push(Wrong { portal, list, phase: at.phase, poll: at.poll, what, headline });
    }

    /// The figures, with what was never told, and headlines that are not what they became.
    pub async fn end(mut self, portal: &Portal, newsroom: &Newsroom) -> (List, Tally, Vec<Wrong>) {
        let articles = newsroom.articles(&self.feed).await;
        let site = portal.site();
        let mut shown: Vec<_> = self.shown.drain().collect();
        shown.sort_unstable();
        for (number, at) in shown {
            let is_told = self.told.contains(&number);
            self.tally.new.note(is_told);
            if !is_told {
                let title = site.story(number).map(|story| story.title.clone()).unwrap_or_default();
                self.wrong(at, "new, and never told".to_owned(), &title);
            }
        }
        let reworded =
            std::mem::take(&mut self.listed).into_iter().filter_map(|(number, listed)| Some((number, listed.title, listed.reworded?)));
        let mut reworded: Vec<_> = reworded.collect();
        reworded.sort_unstable();
        for (number, title, at) in reworded {
            let titles = articles.iter().filter(|article| found(&site, &article.url).is_some_and(|found| found.number == number));
            let titles: Vec<&str> = titles.map(|article| article.title.as_str()).collect();
            if titles.is_empty() {
                continue;
            }
            let is_followed = titles.contains(&title.as_str());
            self.tally.reworded.note(is_followed);
            if !is_followed {
                self.wrong(at, format!("its headline is still `{}`", titles[0]), &title);
            }
        }
        (self.list, self.tally, self.wrong)
    }
}

/// The story that an address leads to.
fn found<'a>(site: &'a Site, url: &Url) -> Option<&'a Story> {
    site.at_path(&url[url::Position::BeforePath..url::Position::AfterQuery])
}
