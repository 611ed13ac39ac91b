//! Pages of the sample portal, read as a poll reads them: with what is known of the site by then.

use std::net::TcpListener;

use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::portal::{Failure, Markup, Portal, Story};

use super::*;
use crate::{
    fetch::Client,
    jobs::{
        poll::{dedupe::New, news},
        reading_timeout::Readers,
    },
    schedule::Pace,
    store::{self, Store},
};

struct Desk {
    portal: Portal,
    feed: Feed,
    client: Client,
    store: Store,
    _folder: tempfile::TempDir,
}

impl Desk {
    async fn start() -> Self {
        let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings = store::Settings::at(format!("sqlite:{}/loa.db", folder.path().display()));
        let text = format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url());
        Self {
            feed: crate::feed::read("police".parse().unwrap(), "police.toml", &text, folder.path(), &|_| None).unwrap(),
            client: Client::new(&fetch::Settings { allow_private: true, ..fetch::Settings::default() }, std::time::Duration::ZERO).unwrap(),
            store: Store::open(&settings, Timestamp::UNIX_EPOCH).await.unwrap(),
            portal,
            _folder: folder,
        }
    }

    /// Publishes stories with these numbers.
    fn publish(&self, numbers: std::ops::Range<u32>) -> Vec<Story> {
        let story = |number| Story::sample(number, Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC) + i64::from(number).hours());
        let stories: Vec<Story> = numbers.map(story).collect();
        stories.iter().for_each(|story| self.portal.publish(story.clone()));
        stories
    }

    async fn read(&self, stories: &[Story], site: &Site) -> Read {
        let candidate = |story: &Story| Candidate {
            url: Url::parse(&self.portal.story_url(story)).unwrap(),
            title: story.title.clone(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: loa_reader::list::Sighting::default(),
        };
        let new = stories
            .iter()
            .map(|story| New { candidate: candidate(story), standing: news::Standing::Alone, around: news::Around::default() })
            .collect();
        let compared = Compared { new, ..Compared::default() };
        let terms = Terms {
            store: &self.store,
            client: &self.client,
            channels: &[],
            readers: &Readers::default(),
            pace: Pace { every: SignedDuration::from_mins(15), adaptive: false },
            now: "2024-01-18T00:30:00Z".parse().unwrap(),
            jitter: 0.0,
            files_for: crate::jobs::poll::FILE_TIME,
        };
        let progress = &crate::jobs::poll::Unwatched;
        let reading =
            Reading { feed: &self.feed, compared: &compared, pending: &[], nothing_is_news: true, linked: None, terms: &terms, progress };
        read(&reading, site, None).await.unwrap()
    }
}

/// Each story says what it said on the portal, to the letter.
#[track_caller]
fn check(read: &Read, stories: &[Story]) {
    assert_eq!(read.remarks, [""; 0]);
    assert_eq!(read.articles.len(), stories.len());
    for (found, story) in read.articles.iter().zip(stories) {
        assert_eq!(found.candidate.title, story.title);
        let mut said: Vec<&str> = found.draft.text.split("\n\n").collect();
        // The caption stands with its picture, wherever that is.
        said.retain(|line| Some(*line) != story.caption.as_deref());
        assert_eq!(said, story.text().split("\n\n").collect::<Vec<_>>(), "{}", story.title);
        assert_eq!(found.draft.html.matches("<img").count(), usize::from(story.caption.is_some()), "{}", found.draft.html);
        assert_eq!(found.draft.author.as_deref(), Some(story.author.as_str()), "{}", story.title);
    }
}

#[tokio::test]
async fn the_portals_boxes_are_in_no_article() {
    for markup in [Markup::Plain, Markup::Tables, Markup::Cards, Markup::Blocks] {
        let app = Desk::start().await;
        app.portal.rebuild(markup);
        app.portal.move_addresses(markup);
        app.portal.advertise();
        let first = app.publish(0..10);
        // One page alone cannot tell.
        let alone = app.read(&first[..1], &Site::default()).await;
        assert!(alone.articles[0].draft.text.contains("Có thể hủy đăng ký"), "{markup:?}: {}", alone.articles[0].draft.text);
        let read = app.read(&first, &Site::default()).await;
        check(&read, &first);
        // A later poll finds one article, and remembers the site.
        let stored = serde_json::to_string(&read.site).unwrap();
        assert!(stored.len() < 100_000, "{} bytes", stored.len());
        let next = app.publish(10..11);
        let read = app.read(&next, &serde_json::from_str(&stored).unwrap()).await;
        check(&read, &next);
        assert_eq!(read.site.pages(), 11);
        let repeated = read.site.repeated();
        assert!(repeated.iter().any(|(begins, pages)| begins.starts_with("Có thể hủy đăng ký") && *pages == 11), "{repeated:?}");
    }
}

#[tokio::test]
async fn stories_stay_in_order_where_a_page_is_missing() {
    let app = Desk::start().await;
    let stories = app.publish(0..3);
    app.portal.fail(&app.portal.story_url(&stories[0]).replace(&app.portal.url(), "/"), Failure::Status(404), 1);
    let read = app.read(&stories, &Site::default()).await;
    let titles: Vec<_> = read.articles.iter().map(|story| story.candidate.title.as_str()).collect();
    assert_eq!(titles, stories.iter().map(|story| story.title.as_str()).collect::<Vec<_>>());
    assert_eq!(read.articles.iter().map(|story| story.draft.text.is_empty()).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!((read.site.pages(), read.remarks.len()), (2, 1));
}

#[tokio::test]
async fn an_article_on_several_pages_is_one() {
    for markup in [Markup::Plain, Markup::Tables, Markup::Cards, Markup::Blocks] {
        let app = Desk::start().await;
        app.portal.rebuild(markup);
        app.portal.move_addresses(markup);
        app.portal.split();
        let stories = app.publish(0..6);
        let read = app.read(&stories, &Site::default()).await;
        check(&read, &stories);
        let pages: usize = stories.iter().map(|story| story.paragraphs.len().div_ceil(2)).sum();
        let asked = app.portal.requests().iter().filter(|seen| seen.path != "/robots.txt").count();
        assert_eq!((asked, read.site.pages()), (pages, 6), "{markup:?}");
    }
}

#[tokio::test]
async fn an_article_stands_without_its_second_page() {
    let app = Desk::start().await;
    app.portal.split();
    let stories = app.publish(0..1);
    app.portal.fail(&(app.portal.story_url(&stories[0]).replace(&app.portal.url(), "/") + "?trang=2"), Failure::Status(500), 9);
    let read = app.read(&stories, &Site::default()).await;
    let draft = &read.articles[0].draft;
    assert!(draft.text.ends_with(&stories[0].paragraphs[1]), "{}", draft.text);
    assert_eq!(draft.problems.len(), 1);
    assert!(draft.problems[0].starts_with("its page 2 could not be read: "), "{}", draft.problems[0]);
}
