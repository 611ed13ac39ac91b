//! What every database must keep, checked on each alike: a new one is added to `each`.

mod backup;
mod definitions;
mod documents;
mod feeds;
mod moving;
mod outbox;
mod processes;
mod troubles;
mod work;

use jiff::{SignedDuration, Timestamp};
use loa_reader::{draft::Attachment, list::Presentation};
use loa_stand_ins::postgres::Postgres;
use tempfile::TempDir;
use url::Url;

use super::*;
use crate::{
    article::{FeedId, KnownFile},
    channel::{Address, ChannelId, Limit},
};

/// An empty database that can be opened again.
struct Place {
    settings: Settings,
    /// Where that is a file: the folder, which goes with the place.
    _folder: Option<TempDir>,
}

/// A file.
fn file() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::at(format!("sqlite:{}/loa.db", folder.path().display()));
    Place { settings, _folder: Some(folder) }
}

/// A database of a server.
fn server() -> Place {
    Place { settings: Settings::at(Postgres::shared().database()), _folder: None }
}

/// Runs a check on every database there is.
async fn each<F: Future<Output = ()>>(check: impl Fn(Place) -> F) {
    check(file()).await;
    check(server()).await;
}

impl Place {
    async fn open(&self) -> Store {
        Store::open(&self.settings, at(0)).await.unwrap()
    }
}

/// A moment, `seconds` after an arbitrary beginning.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn feed() -> FeedId {
    "police".parse().unwrap()
}

fn channel() -> ChannelId {
    "main".parse().unwrap()
}

fn chat() -> Address {
    Address::new("-1001")
}

fn claim(now: i64) -> Claim {
    Claim { channel: channel(), address: chat(), now: at(now), limits: Vec::new() }
}

pub(super) fn article(name: &str, announced: bool) -> NewArticle {
    NewArticle {
        article: crate::article::Article {
            id: 0,
            feed: feed(),
            uid: format!("tag:a.vn,2026:police/{name}"),
            url: Url::parse(&format!("https://a.vn/{name}")).unwrap(),
            title: format!("Tin {name}"),
            summary: Some("Dẫn".into()),
            text: "Một\n\nHai".into(),
            html: "<p>Một</p><p>Hai</p>".into(),
            author: Some("THANH CHƯƠNG".into()),
            published: loa_reader::time::Stamp::parse_rfc3339("2024-01-18T07:29:00+07:00", loa_reader::time::Precision::Minute),
            image: Url::parse("https://a.vn/x.jpg").ok(),
            language: Some("vi".into()),
            categories: vec!["An ninh".into()],
            attachments: vec![Attachment {
                url: Url::parse("https://a.vn/qd/1058.pdf").unwrap(),
                title: "Quyết định số 1058".into(),
                media_type: "application/pdf".into(),
                duration: None,
            }],
            files: vec![KnownFile { url: Url::parse("https://a.vn/x.jpg").unwrap(), length: Some(45_678), media_type: None }],
            first_seen: at(1),
            changed: at(1),
        },
        addresses: vec![format!("a.vn/{name}")],
        marks: vec!["a.vn~tin".into()],
        listed_title: format!("Tin {name}"),
        folded_title: format!("tin {name}"),
        announce: if announced { vec![Announcement { channel: channel(), due: None, digest: None }] } else { Vec::new() },
        read_again: None,
    }
}

pub(super) fn recording(articles: Vec<NewArticle>) -> Recording {
    let polled = Polled {
        url: "https://a.vn/".into(),
        etag: Some("\"x\"".into()),
        last_modified: None,
        at: at(1),
        next: at(900),
        fresh_until: None,
        found: Some(10),
        remarks: vec!["one thing".into()],
        portal: None,
    };
    Recording { articles, ..Recording::nothing(feed(), polled) }
}

fn failed(why: &str, now: i64, next: i64) -> FailedPoll<'_> {
    FailedPoll { url: "https://a.vn/", why, at: at(now), next: at(next), is_gone: false }
}

fn attempt() -> Attempt {
    Attempt { fingerprint: "tin".into(), after: Some("7".into()) }
}

async fn sent(store: &Store, claimed: Work, receipt: i32) {
    let Work::Send { lease, .. } = claimed else { panic!("expected something to send, found {claimed:?}") };
    let outcome = Outcome::Sent { receipt: Some(receipt.to_string()), last_receipt: Some(receipt.to_string()) };
    assert!(store.settle(&lease, &outcome, at(2)).await.unwrap());
}

fn names(work: &Work) -> Vec<String> {
    match work {
        Work::Send { deliveries, .. } | Work::Resolve { deliveries, .. } => {
            deliveries.iter().filter_map(Delivery::article).map(|article| article.title.clone()).collect()
        }
        Work::Nothing | Work::Later(_) | Work::Crowded(_) => Vec::new(),
    }
}

#[tokio::test]
async fn a_channel_says_one_thing_at_a_time_oldest_first() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true), article("2", true), article("3", true)])).await.unwrap();
        let first = store.claim(&claim(1)).await.unwrap();
        assert_eq!(names(&first), ["Tin 1"]);
        assert!(matches!(store.claim(&claim(1)).await.unwrap(), Work::Later(_)));
        sent(&store, first, 7).await;
        let second = store.claim(&claim(2)).await.unwrap();
        let Work::Send { lease, deliveries, chat } = second else { panic!() };
        assert_eq!((deliveries[0].article().unwrap().title.as_str(), chat.last_receipt.as_deref()), ("Tin 2", Some("7")));
        store.settle(&lease, &Outcome::Wait { until: at(30), why: "no route".into() }, at(2)).await.unwrap();
        assert_eq!(store.claim(&claim(3)).await.unwrap(), Work::Later(at(30)));
        let second = store.claim(&claim(30)).await.unwrap();
        assert_eq!(names(&second), ["Tin 2"]);
        let Work::Send { lease, .. } = second else { panic!() };
        store.settle(&lease, &Outcome::Dead { why: "too long".into(), rest_until: None }, at(30)).await.unwrap();
        assert_eq!(names(&store.claim(&claim(31)).await.unwrap()), ["Tin 3"]);
        let counts = store.delivery_counts(&channel()).await.unwrap();
        assert!(counts.contains(&(State::Sent, 1)) && counts.contains(&(State::Dead, 1)) && counts.contains(&(State::Sending, 1)));
    })
    .await;
}

#[tokio::test]
async fn a_channel_of_two_feeds_is_told_once_of_a_story_that_was_retitled_in_between() {
    each(async |place| {
        let store = place.open().await;
        let of_feed = |feed: &str, name: &str, minute: u32| {
            let mut new = article(name, true);
            new.article.feed = feed.parse().unwrap();
            new.article.uid = format!("tag:a.vn,2026:{feed}/{name}");
            new.article.text = name.to_owned();
            new.article.published =
                loa_reader::time::Stamp::parse_rfc3339(&format!("2024-01-18T07:{minute}:00+07:00"), loa_reader::time::Precision::Minute);
            new.marks = vec!["a.vn#8123".into()];
            Recording { feed: feed.parse().unwrap(), ..recording(vec![new]) }
        };
        let told = async |feed: &str, name: &str, minute: u32| store.record(&of_feed(feed, name, minute)).await.unwrap().deliveries;
        assert_eq!(told("front", "mua-lon-8123", 29).await, 1);
        assert_eq!(told("section", "lu-ve-8123", 29).await, 0, "the same minute");
        // Sites use their ids again.
        assert_eq!(told("archive", "hoi-cho-8123", 45).await, 1);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_daemon_was_sending_is_looked_into() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        let Work::Send { lease: old, .. } = store.claim(&claim(1)).await.unwrap() else { panic!() };
        store.close().await;

        // It had not begun to be sent.
        let store = Store::open(&place.settings, at(10)).await.unwrap();
        assert!(!store.begin(&old, &attempt()).await.unwrap());
        let Work::Send { lease: old, .. } = store.claim(&claim(1)).await.unwrap() else { panic!() };
        assert!(store.begin(&old, &attempt()).await.unwrap());
        store.close().await;

        let store = Store::open(&place.settings, at(10)).await.unwrap();
        assert_eq!(store.claim(&claim(5)).await.unwrap(), Work::Later(at(10)));
        let work = store.claim(&claim(10)).await.unwrap();
        assert_eq!(names(&work), ["Tin 1"]);
        let Work::Resolve { lease, deliveries, .. } = work else { panic!("{work:?}") };
        assert_eq!((deliveries[0].unclear, deliveries[0].looks, deliveries[0].attempt.as_ref()), (1, 1, Some(&attempt())));
        // The old lease settles nothing any more.
        assert!(!store.settle(&old, &Outcome::Shown, at(11)).await.unwrap());
        let outcome = Outcome::Sent { receipt: Some("3".into()), last_receipt: None };
        assert!(store.settle(&lease, &outcome, at(11)).await.unwrap());
        assert_eq!(names(&store.claim(&claim(12)).await.unwrap()), ["Tin 2"]);
    })
    .await;
}

#[tokio::test]
async fn the_pace_is_kept_over_a_restart() {
    each(async |place| {
        let store = place.open().await;
        let names: Vec<String> = (0..6).map(|n| n.to_string()).collect();
        store.record(&recording(names.iter().map(|name| article(name, true)).collect())).await.unwrap();
        let paced = |now| Claim { limits: vec![limit("chat", 3)], ..claim(now) };
        for message in 0..4 {
            let work = store.claim(&paced(10)).await.unwrap();
            sent(&store, work, message).await;
        }
        assert_eq!(store.claim(&paced(10)).await.unwrap(), Work::Later(at(13)));
        store.close().await;
        let store = place.open().await;
        assert_eq!(store.claim(&paced(11)).await.unwrap(), Work::Later(at(13)));
        let work = store.claim(&paced(13)).await.unwrap();
        sent(&store, work, 9).await;
        assert_eq!(store.claim(&paced(13)).await.unwrap(), Work::Later(at(16)));
        // A clock that was set back by a day silences nobody for a day.
        assert_eq!(store.claim(&paced(-86_400)).await.unwrap(), Work::Later(at(-86_397)));
    })
    .await;
}

/// Four at once, and then one every so many seconds.
fn limit(place: &str, pace: i64) -> Limit {
    Limit { place: place.to_owned(), pace: SignedDuration::from_secs(pace), burst: 4, per_minute: 0, per_second: 0, reserve: 0 }
}

#[tokio::test]
async fn channels_of_one_place_share_its_limits() {
    each(async |place| {
        let store = place.open().await;
        let names: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        let mut articles: Vec<_> = names.iter().map(|name| article(name, true)).collect();
        let other = Claim { channel: "other".parse().unwrap(), ..claim(0) };
        for article in &mut articles {
            article.announce.push(Announcement { channel: other.channel.clone(), due: None, digest: None });
        }
        store.record(&recording(articles)).await.unwrap();
        let of = |claim: &Claim, now: i64, limit: Limit| Claim { now: at(now), limits: vec![limit], ..claim.clone() };
        // One bucket for both.
        for turn in 0..4 {
            let claim = if turn % 2 == 0 { claim(0) } else { other.clone() };
            let work = store.claim(&of(&claim, 2, limit("chat", 3))).await.unwrap();
            sent(&store, work, turn).await;
        }
        for claim in [claim(0), other.clone()] {
            assert_eq!(store.claim(&of(&claim, 3, limit("chat", 3))).await.unwrap(), Work::Later(at(5)));
        }
        // Twenty in any minute, with the four that went at once.
        let minute = |now| of(&claim(0), now, Limit { per_minute: 20, ..limit("another", 3) });
        let mut said = Vec::new();
        let mut now = 1_000;
        while said.len() < 36 {
            match store.claim(&minute(now)).await.unwrap() {
                Work::Later(until) => now = until.as_second() - at(0).as_second(),
                work => {
                    said.push(now);
                    sent(&store, work, 9).await;
                }
            }
        }
        assert_eq!(said[..6], [1_000, 1_000, 1_000, 1_000, 1_003, 1_006]);
        for (at, first) in said.iter().enumerate() {
            assert!(said[at..].iter().take_while(|later| **later < first + 60).count() <= 20, "{said:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_place_that_asks_to_wait_holds_all_that_lead_there_and_two_at_once_hold_everything() {
    each(async |place| {
        let store = place.open().await;
        let [main, second, third] = ["main", "second", "third"].map(|id| id.parse::<ChannelId>().unwrap());
        let mut articles: Vec<_> = ["1", "2", "3"].iter().map(|name| article(name, true)).collect();
        for article in &mut articles {
            article.announce =
                [&main, &second, &third].map(|channel| Announcement { channel: channel.clone(), due: None, digest: None }).into();
        }
        store.record(&recording(articles)).await.unwrap();
        let of = |channel: &ChannelId, place: &str, now: i64| {
            let limits = vec![limit(place, 0), limit("", 0)];
            Claim { channel: channel.clone(), now: at(now), limits, ..claim(now) }
        };
        let wait = async |channel: &ChannelId, place: &str, now: i64| {
            let Work::Send { lease, .. } = store.claim(&of(channel, place, now)).await.unwrap() else { panic!("nothing to send") };
            store.settle(&lease, &Outcome::Wait { until: at(now + 40), why: "429".into() }, at(now)).await.unwrap();
        };
        wait(&main, "chat", 0).await;
        assert_eq!(store.claim(&of(&second, "chat", 1)).await.unwrap(), Work::Later(at(40)), "the same chat");
        wait(&second, "another", 10).await;
        assert_eq!(store.claim(&of(&third, "elsewhere", 11)).await.unwrap(), Work::Later(at(40)), "the bot itself");
        assert!(matches!(store.claim(&of(&third, "elsewhere", 41)).await.unwrap(), Work::Send { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_backlog_of_more_than_an_hour_becomes_digests() {
    each(async |place| {
        let store = place.open().await;
        let names: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        store.record(&recording(names.iter().map(|name| article(name, true)).collect())).await.unwrap();
        let paced = |place, pace| Claim { limits: vec![limit(place, pace)], ..claim(10) };
        let Work::Send { lease, deliveries, .. } = store.claim(&paced("chat", 600)).await.unwrap() else { panic!("nothing to send") };
        assert_eq!(deliveries.len(), 30, "six an hour");
        let titles: Vec<_> = deliveries.iter().map(|delivery| delivery.article().unwrap().title.clone()).collect();
        assert_eq!(titles, names.iter().map(|name| format!("Tin {name}")).collect::<Vec<_>>());
        store.settle(&lease, &Outcome::Returned, at(10)).await.unwrap();
        let Work::Send { deliveries, .. } = store.claim(&paced("another", 100)).await.unwrap() else { panic!("nothing to send") };
        assert_eq!(deliveries.len(), 1, "thirty-six an hour");
    })
    .await;
}

#[tokio::test]
async fn what_was_held_goes_before_a_backlog_that_is_younger() {
    each(async |place| {
        let store = place.open().await;
        let mut articles: Vec<_> = (0..30).map(|n| article(&n.to_string(), true)).collect();
        articles[0].announce[0].due = Some(at(5));
        store.record(&recording(articles)).await.unwrap();
        let claim = Claim { limits: vec![limit("chat", 600)], ..claim(10) };
        let Work::Send { lease, deliveries, .. } = store.claim(&claim).await.unwrap() else { panic!("nothing to send") };
        assert_eq!(deliveries.iter().map(|it| it.article().unwrap().title.as_str()).collect::<Vec<_>>(), ["Tin 0"]);
        sent(&store, Work::Send { lease, deliveries, chat: ChannelState::default() }, 1).await;
        let Work::Send { deliveries, .. } = store.claim(&claim).await.unwrap() else { panic!("nothing to send") };
        assert_eq!(deliveries.len(), 29);
    })
    .await;
}

#[tokio::test]
async fn a_digest_is_claimed_whole_and_what_does_not_fit_waits() {
    each(async |place| {
        let store = place.open().await;
        let mut articles: Vec<_> = ["1", "2", "3"].iter().map(|name| article(name, true)).collect();
        for article in &mut articles {
            article.announce[0].digest = Some("morning".into());
        }
        articles.push(article("4", true));
        store.record(&recording(articles)).await.unwrap();
        let work = store.claim(&claim(1)).await.unwrap();
        assert_eq!(names(&work), ["Tin 1", "Tin 2", "Tin 3"]);
        let Work::Send { mut lease, .. } = work else { panic!() };
        let rest = Lease { deliveries: lease.deliveries.split_off(2), ..lease.clone() };
        assert!(store.settle(&rest, &Outcome::Returned, at(1)).await.unwrap());
        let outcome = Outcome::Sent { receipt: Some("1".into()), last_receipt: None };
        assert!(store.settle(&lease, &outcome, at(1)).await.unwrap());
        let work = store.claim(&claim(2)).await.unwrap();
        assert_eq!(names(&work), ["Tin 3"]);
        sent(&store, work, 2).await;
        assert_eq!(names(&store.claim(&claim(2)).await.unwrap()), ["Tin 4"]);
    })
    .await;
}

#[tokio::test]
async fn a_second_daemon_of_a_file_is_refused_and_a_visitor_is_not() {
    each(async |place| {
        assert!(matches!(Store::visit(&place.settings).await, Err(Error::Missing { .. })));
        let store = place.open().await;
        if !place.settings.is_shared() {
            assert!(matches!(Store::open(&place.settings, at(0)).await, Err(Error::InUse { .. })));
        }
        assert!(Store::is_in_use(&place.settings).await);
        let visitor = Store::visit(&place.settings).await.unwrap();
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        let seen = visitor.deliveries(None, 10).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert!(visitor.drop_delivery(seen[0].id, at(2)).await.is_err());
        assert_eq!(store.drop_delivery(seen[0].id, at(2)).await.unwrap(), Some(State::Queued));
        assert_eq!(store.claim(&claim(3)).await.unwrap(), Work::Nothing);
        store.close().await;
        assert!(!Store::is_in_use(&place.settings).await);
        place.open().await;
    })
    .await;
}
