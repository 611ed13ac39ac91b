//! What every database must keep, checked on each alike: a new one is added to `each`.

mod outbox;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use url::Url;

use super::*;
use crate::{
    article::FeedId,
    channel::{Address, ChannelId},
};

/// A database that can be opened again.
struct Place {
    settings: Settings,
    _folder: TempDir,
}

/// Runs a check on every database there is.
async fn each<F: Future<Output = ()>>(check: impl Fn(Place) -> F) {
    let folder = tempfile::tempdir().unwrap();
    check(Place { settings: Settings { url: format!("sqlite:{}/loa.db", folder.path().display()) }, _folder: folder }).await;
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
    Claim { channel: channel(), address: chat(), now: at(now), pace: SignedDuration::ZERO, burst: 4 }
}

fn article(name: &str, announced: bool) -> NewArticle {
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
            first_seen: at(1),
            changed: at(1),
        },
        addresses: vec![format!("a.vn/{name}")],
        marks: vec!["a.vn~tin".into()],
        listed_title: format!("Tin {name}"),
        folded_title: format!("tin {name}"),
        announce: if announced { vec![Announcement { channel: channel(), due: None, digest: None }] } else { Vec::new() },
    }
}

fn recording(articles: Vec<NewArticle>) -> Recording {
    Recording {
        feed: feed(),
        polled: Polled {
            url: "https://a.vn/".into(),
            etag: Some("\"x\"".into()),
            last_modified: None,
            at: at(1),
            next: at(900),
            found: Some(10),
            remarks: vec!["one thing".into()],
        },
        articles,
        corrections: Vec::new(),
        addresses: Vec::new(),
        relisted: Vec::new(),
        pending: Vec::new(),
        learned: None,
        repair: None,
    }
}

fn attempt() -> Attempt {
    Attempt { fingerprint: "tin".into(), after: Some("7".into()) }
}

async fn sent(store: &Store, claimed: Work, receipt: i32) {
    let Work::Send { lease, .. } = claimed else { panic!("expected something to send, found {claimed:?}") };
    let outcome =
        Outcome::Sent { receipt: Some(receipt.to_string()), last_receipt: Some(receipt.to_string()), pause: SignedDuration::ZERO };
    assert!(store.settle(&lease, &outcome, at(2)).await.unwrap());
}

fn names(work: &Work) -> Vec<String> {
    match work {
        Work::Send { deliveries, .. } | Work::Resolve { deliveries, .. } => {
            deliveries.iter().map(|delivery| delivery.article.title.clone()).collect()
        }
        Work::Nothing | Work::Later(_) => Vec::new(),
    }
}

#[tokio::test]
async fn what_was_learned_is_kept_with_its_history() {
    each(async |place| {
        let store = place.open().await;
        assert_eq!(store.learned(&feed()).await.unwrap(), Learned::default());
        let rule = loa_reader::list::Rule { places: vec!["li/ul".into()], shapes: vec!["/tin/S".into()], build: None };
        let learned = Learned { rule: Some(rule), health: Health { again: 9, of: 10 }, ..Learned::default() };
        let first = Recording { learned: Some(learned.clone()), repair: Some("one".into()), ..recording(vec![article("1", false)]) };
        store.record(&first).await.unwrap();
        store.record(&Recording { repair: Some("two".into()), ..recording(vec![article("2", false)]) }).await.unwrap();
        store.close().await;
        let store = place.open().await;
        assert_eq!(store.learned(&feed()).await.unwrap(), learned);
        let words: Vec<String> = store.repairs(&feed(), 10).await.unwrap().into_iter().map(|repair| repair.words).collect();
        assert_eq!(words, ["two", "one"]);
        let labels = store.labels(&feed(), 1).await.unwrap();
        assert_eq!(labels, Labels { addresses: vec!["a.vn/2".into()], folded_titles: vec!["tin 2".into()] });
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_is_read_back_whole() {
    each(async |place| {
        let store = place.open().await;
        assert_eq!(store.feed_state(&feed()).await.unwrap().next_at, Timestamp::UNIX_EPOCH);
        let recorded = store.record(&recording(vec![article("1", true)])).await.unwrap();
        assert_eq!(recorded, Recorded { articles: 1, corrections: 0, deliveries: 1 });
        store.close().await;

        let store = place.open().await;
        let read = store.latest(&feed(), 10).await.unwrap();
        let mut written = article("1", true).article;
        written.id = read[0].id;
        assert_eq!(read, [written]);
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.etag.as_deref(), state.usual, state.began_at), (Some("\"x\""), 10, Some(at(1))));
        assert_eq!(state.remarks, ["one thing"]);
        assert_eq!(store.latest_of_all(10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_recorded_or_told_twice() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        let again = store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        assert_eq!(again, Recorded { articles: 1, corrections: 0, deliveries: 1 });
        let addresses = ["a.vn/1".to_owned(), "a.vn/3".to_owned()];
        let known = store.known(&feed(), &addresses, &["tin 2".to_owned()]).await.unwrap();
        assert_eq!(known.iter().map(|known| known.listed_title.as_str()).collect::<Vec<_>>(), ["Tin 1", "Tin 2"]);

        // A mark is the first one's, and keeps no other article out.
        let known = store.known(&feed(), &["a.vn~tin".to_owned()], &[]).await.unwrap();
        assert_eq!(known.iter().map(|known| known.listed_title.as_str()).collect::<Vec<_>>(), ["Tin 1"]);

        // The same story in another feed of the channel.
        let mut other = recording(vec![article("1", true)]);
        other.feed = "other".parse().unwrap();
        other.articles[0].article.uid = "tag:other".into();
        assert_eq!(store.record(&other).await.unwrap(), Recorded { articles: 1, corrections: 0, deliveries: 0 });
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_keeps_the_id() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", false)])).await.unwrap();
        let before = store.latest(&feed(), 1).await.unwrap().remove(0);
        let mut second = recording(Vec::new());
        second.polled.at = at(50);
        second.corrections = vec![Correction {
            article: crate::article::Article { title: "Tin 1 (đã sửa)".into(), text: "Ba".into(), published: None, ..before.clone() },
            listed_title: "Tin 1 (đã sửa)".into(),
            folded_title: "tin 1 (da sua)".into(),
        }];
        second.addresses = vec![(before.id, "a.vn/moved".into())];
        assert!(store.record(&second).await.unwrap().is_change());
        let after = store.latest(&feed(), 1).await.unwrap().remove(0);
        assert_eq!((after.uid, after.title.as_str(), after.changed), (before.uid, "Tin 1 (đã sửa)", at(50)));
        let known = store.known(&feed(), &["a.vn/moved".to_owned()], &[]).await.unwrap();
        assert_eq!(known[0].addresses.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_failed_look_keeps_the_articles_and_drops_the_validators() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", false)])).await.unwrap();
        store.record_failure(&feed(), "https://a.vn/", "no answer", at(5), at(60)).await.unwrap();
        store.record_failure(&feed(), "https://a.vn/", "no answer again", at(60), at(180)).await.unwrap();
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.failures, state.problem.as_deref(), state.etag), (2, Some("no answer again"), None));
        assert_eq!(store.count(&feed()).await.unwrap(), 1);
        store.record(&recording(Vec::new())).await.unwrap();
        assert_eq!(store.feed_state(&feed()).await.unwrap().failures, 0);
    })
    .await;
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
        assert_eq!((deliveries[0].article.title.as_str(), chat.last_receipt.as_deref()), ("Tin 2", Some("7")));
        store.settle(&lease, &Outcome::Wait { until: at(30), why: "no route".into() }, at(2)).await.unwrap();
        assert_eq!(store.claim(&claim(3)).await.unwrap(), Work::Later(at(30)));
        let second = store.claim(&claim(30)).await.unwrap();
        assert_eq!(names(&second), ["Tin 2"]);
        let Work::Send { lease, .. } = second else { panic!() };
        store.settle(&lease, &Outcome::Dead { why: "too long".into() }, at(30)).await.unwrap();
        assert_eq!(names(&store.claim(&claim(31)).await.unwrap()), ["Tin 3"]);
        let counts = store.delivery_counts(&channel()).await.unwrap();
        assert!(counts.contains(&(State::Sent, 1)) && counts.contains(&(State::Dead, 1)) && counts.contains(&(State::Sending, 1)));
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
        let outcome = Outcome::Sent { receipt: Some("3".into()), last_receipt: None, pause: SignedDuration::ZERO };
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
        let paced = |now| Claim { pace: SignedDuration::from_secs(3), ..claim(now) };
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
        let outcome = Outcome::Sent { receipt: Some("1".into()), last_receipt: None, pause: SignedDuration::ZERO };
        assert!(store.settle(&lease, &outcome, at(1)).await.unwrap());
        let work = store.claim(&claim(2)).await.unwrap();
        assert_eq!(names(&work), ["Tin 3"]);
        sent(&store, work, 2).await;
        assert_eq!(names(&store.claim(&claim(2)).await.unwrap()), ["Tin 4"]);
    })
    .await;
}

#[tokio::test]
async fn pages_that_could_not_be_fetched_are_counted() {
    each(async |place| {
        let store = place.open().await;
        let mut first = recording(Vec::new());
        let pending = Pending { address: "a.vn/1".into(), tries: 2, unannounced: true };
        first.pending = vec![Pending { tries: 1, ..pending.clone() }];
        store.record(&first).await.unwrap();
        first.pending = vec![pending.clone()];
        store.record(&first).await.unwrap();
        assert_eq!(store.pending(&feed()).await.unwrap(), [pending]);
        store.record(&recording(vec![article("1", false)])).await.unwrap();
        assert_eq!(store.pending(&feed()).await.unwrap(), []);
        let id = store.latest(&feed(), 1).await.unwrap()[0].id;
        assert_eq!(store.article(id).await.unwrap().map(|article| article.id), Some(id));
    })
    .await;
}

#[tokio::test]
async fn a_second_daemon_is_refused_and_a_visitor_is_not() {
    each(async |place| {
        assert!(matches!(Store::visit(&place.settings).await, Err(Error::Missing { .. })));
        let store = place.open().await;
        assert!(matches!(Store::open(&place.settings, at(0)).await, Err(Error::InUse { .. })));
        let visitor = Store::visit(&place.settings).await.unwrap();
        assert_eq!(visitor.latest_of_all(1).await.unwrap(), []);
        store.close().await;
        place.open().await;
    })
    .await;
}
