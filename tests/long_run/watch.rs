//! One portal through one script: the events, the polls, and what came of each.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use loa::{
    channel::{Address, Channel, ChannelId, Photos},
    feed::{self, Feed},
    fetch::{self, Client},
    jobs::{
        poll::{Terms, poll},
        reading_timeout::Readers,
    },
    schedule::Pace,
    store::{self, Store},
};
use loa_stand_ins::portals::{Event, List, Portal, Site, Story, Style};
use url::Url;

use super::{
    fields,
    script::{Phase, Step},
    tally::{Tally, Wrong},
};

/// When the first poll is.
const START: &str = "2026-11-24T08:00:00+07:00[Asia/Ho_Chi_Minh]";

/// What a run found.
#[derive(Debug, Default)]
pub struct Run {
    pub tallies: Vec<(List, Tally)>,
    pub wrong: Vec<Wrong>,
}

/// Runs `steps` on a portal of this style, with polls `every` so often.
pub async fn run(style: &'static Style, seed: u64, steps: &[Step], every: SignedDuration, readers: &Readers) -> Run {
    let mut now: ZonedDateTime = START.parse().unwrap();
    let portal = Portal::start(style, seed, now.clone()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let settings = store::Settings { url: format!("sqlite:{}/loa.db", folder.path().display()) };
    let store = Store::open(&settings, Timestamp::UNIX_EPOCH).await.unwrap();
    let client = Client::new(&fetch::Settings { allow_private: true, ..fetch::Settings::default() }, Duration::ZERO).unwrap();
    let door = Door { portal: &portal, store: &store, client: &client, readers };
    let mut watches: Vec<Watch> = List::ALL.into_iter().map(|list| Watch::new(style, list, &portal)).collect();
    for (poll, step) in steps.iter().enumerate() {
        now += every;
        for event in &step.events {
            portal.site().happen(*event, &now);
        }
        for watch in &mut watches {
            watch.poll(&door, poll, step, now.timestamp()).await;
        }
    }
    let mut run = Run::default();
    for watch in watches {
        let (tally, wrong) = watch.end(&portal.site());
        run.tallies.push((tally.0, tally.1));
        run.wrong.extend(wrong);
    }
    store.close().await;
    run
}

/// What every poll works with.
struct Door<'a> {
    portal: &'a Portal,
    store: &'a Store,
    client: &'a Client,
    readers: &'a Readers,
}

/// One list and its feed, with all that was seen of it so far.
struct Watch {
    portal: &'static str,
    list: List,
    feed: Feed,
    channel: Channel,
    /// The last story that was there before the first poll.
    last_old: u32,
    last_delivery: i64,
    last_article: i64,
    /// New stories that stood on the list while it was well, and when first.
    shown: HashMap<u32, (Phase, usize)>,
    told: HashSet<u32>,
    highest_told: u32,
    /// Whether the last poll saw the portal well.
    was_sound: bool,
    tally: Tally,
    wrong: Vec<Wrong>,
}

/// Where in the run something happened.
#[derive(Clone, Copy)]
struct At {
    phase: Phase,
    poll: usize,
}

impl Watch {
    fn new(style: &'static Style, list: List, portal: &Portal) -> Self {
        let text = format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url(list));
        let feed = feed::read(list.name().parse().unwrap(), "x.toml", &text, std::path::Path::new(""), &|_| None).unwrap();
        Self {
            portal: style.name,
            list,
            channel: channel(list.name().parse().unwrap(), &feed),
            feed,
            last_old: portal.site().last_number(),
            last_delivery: 0,
            last_article: 0,
            shown: HashMap::new(),
            told: HashSet::new(),
            highest_told: 0,
            was_sound: false,
            tally: Tally::default(),
            wrong: Vec::new(),
        }
    }

    async fn poll(&mut self, door: &Door<'_>, poll_number: usize, step: &Step, now: Timestamp) {
        let at = At { phase: step.phase, poll: poll_number };
        let new = self.new_rows(&door.portal.site(), at);
        door.portal.site().take_requests();
        let terms = Terms {
            store: door.store,
            client: door.client,
            channels: std::slice::from_ref(&self.channel),
            readers: door.readers,
            public_url: &self.feed.url,
            pace: Pace { every: SignedDuration::from_mins(15), adaptive: false },
            now,
            jitter: 0.0,
        };
        let outcome = poll(&self.feed, &terms).await;
        let requests = door.portal.site().take_requests().iter().filter(|seen| seen.path != "/robots.txt").count();
        let is_sound = door.portal.site().is_sound();
        if is_sound && at.phase != Phase::First {
            self.note_requests(step, u32::try_from(requests).unwrap(), new);
        }
        self.was_sound = is_sound;
        if let Err(error) = &outcome
            && is_sound
        {
            self.wrong(at, format!("the poll failed: {error}"), "");
        }
        self.look_at_articles(door, at).await;
        self.look_at_outbox(door, at).await;
        if at.phase == Phase::First {
            self.note_first(door).await;
        }
    }

    /// Notes what stands on the list; how many of it are seen for the first time.
    fn new_rows(&mut self, site: &Site, at: At) -> u32 {
        let mut new = 0;
        if site.is_sound() {
            for story in site.rows(self.list) {
                if story.number > self.last_old && !self.shown.contains_key(&story.number) {
                    self.shown.insert(story.number, (at.phase, at.poll));
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
    async fn look_at_articles(&mut self, door: &Door<'_>, at: At) {
        let mut articles = door.store.latest(&self.feed.id, 2_000).await.unwrap();
        articles.retain(|article| article.id > self.last_article);
        articles.sort_by_key(|article| article.id);
        for article in articles {
            self.last_article = article.id;
            let site = door.portal.site();
            let Some(story) = found(&site, &article.url).filter(|story| self.list.holds(story)) else {
                *(if at.phase == Phase::First { &mut self.tally.others_first } else { &mut self.tally.others_later }) += 1;
                continue;
            };
            if let Some(what) = fields::day(&article, story) {
                self.tally.wrong_days += 1;
                self.wrong(at, what, &story.title);
            }
            for (field, problem) in fields::verdicts(&article, story, site.style().shown) {
                self.tally.fields.entry(field).or_default().note(problem.is_none());
                if let Some(problem) = problem {
                    self.wrong(at, format!("{}: {problem}", field.name()), &story.title);
                }
            }
        }
    }

    /// What was told since the last poll, in the order in which it was.
    async fn look_at_outbox(&mut self, door: &Door<'_>, at: At) {
        let mut deliveries = door.store.deliveries(None, 200).await.unwrap();
        deliveries.retain(|delivery| delivery.channel == self.channel.id && delivery.id > self.last_delivery);
        deliveries.sort_by_key(|delivery| delivery.id);
        for delivery in deliveries {
            self.last_delivery = delivery.id;
            let site = door.portal.site();
            let Some(story) = found(&site, &delivery.article.url) else {
                self.foreign(at, "told, and no story of the portal".to_owned(), &delivery.article.title);
                continue;
            };
            if story.number <= self.last_old {
                self.foreign(at, format!("told, and was published on {}", story.published.date()), &story.title);
            } else if !self.list.holds(story) {
                self.foreign(at, format!("told, and is of section {}", story.section), &story.title);
            } else if !self.told.insert(story.number) {
                self.tally.twice += 1;
                self.wrong(at, "told twice".to_owned(), &story.title);
            } else if story.number < self.highest_told {
                self.tally.out_of_order += 1;
                self.wrong(at, "told out of order".to_owned(), &story.title);
            }
            self.highest_told = self.highest_told.max(story.number);
        }
    }

    async fn note_first(&mut self, door: &Door<'_>) {
        let articles = door.store.latest(&self.feed.id, 2_000).await.unwrap();
        let site = door.portal.site();
        let published: HashSet<u32> = articles.iter().filter_map(|article| Some(found(&site, &article.url)?.number)).collect();
        let rows: Vec<(u32, String)> = site.rows(self.list).iter().map(|story| (story.number, story.title.clone())).collect();
        drop(site);
        for (number, title) in rows {
            let is_found = published.contains(&number);
            self.tally.first.note(is_found);
            if !is_found {
                self.wrong(At { phase: Phase::First, poll: 0 }, "on the list, and not found".to_owned(), &title);
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

    /// The figures, with what was never told.
    fn end(mut self, site: &Site) -> ((List, Tally), Vec<Wrong>) {
        let mut shown: Vec<_> = self.shown.drain().collect();
        shown.sort_unstable();
        for (number, (phase, poll)) in shown {
            let is_told = self.told.contains(&number);
            self.tally.new.note(is_told);
            if !is_told {
                let title = site.story(number).map(|story| story.title.clone()).unwrap_or_default();
                self.wrong(At { phase, poll }, "new, and never told".to_owned(), &title);
            }
        }
        ((self.list, self.tally), self.wrong)
    }
}

/// The story that an address leads to.
fn found<'a>(site: &'a Site, url: &Url) -> Option<&'a Story> {
    site.at_path(&url[url::Position::BeforePath..url::Position::AfterQuery])
}

/// A channel that carries one feed, without digests or quiet hours.
fn channel(id: ChannelId, feed: &Feed) -> Channel {
    Channel {
        id,
        address: Address::new("@long_run"),
        feeds: Some(vec![feed.id.clone()]),
        include: Vec::new(),
        exclude: Vec::new(),
        silent: false,
        photos: Photos::None,
        template: String::new(),
        quiet: None,
        zone: None,
        burst: u32::MAX,
    }
}
