//! Publishing from a real store.

use tempfile::TempDir;

use super::*;
use crate::store::{NewArticle, Polled, Recording, Settings};

/// A publisher of the feeds `a` and `b`, with a folder for its files.
struct House {
    publisher: Publisher,
    store: Store,
    feeds: Vec<Feed>,
    folder: TempDir,
}

async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings { url: format!("sqlite:{}/loa.db", folder.path().display()) }, at(0)).await.unwrap();
    let feeds: Vec<_> = ["a", "b"].map(feed).into();
    let ids = feeds.iter().map(|feed| feed.id.clone()).collect();
    let publisher = Publisher::new(store.clone(), ids, "https://loa.example/".parse().unwrap(), folder.path().join("public"));
    House { publisher, store, feeds, folder }
}

fn feed(id: &str) -> Feed {
    crate::feed::read(id.parse().unwrap(), "x.toml", &format!("url = \"https://{id}.vn/\"\n"), std::path::Path::new(""), &|_| None).unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

impl House {
    /// Records one article more.
    async fn record(&self, id: &str, name: &str) {
        let feed: FeedId = id.parse().unwrap();
        let article = Article {
            id: 0,
            feed: feed.clone(),
            uid: format!("tag:{id}.vn,2026:{name}"),
            url: format!("https://{id}.vn/{name}").parse().unwrap(),
            title: format!("Tin {name}"),
            summary: None,
            text: "Một".into(),
            html: "<p>Một</p>".into(),
            author: None,
            published: None,
            image: None,
            language: None,
            categories: Vec::new(),
            attachments: Vec::new(),
            files: Vec::new(),
            first_seen: at(1),
            changed: at(1),
        };
        let new = NewArticle {
            article,
            addresses: vec![format!("{id}.vn/{name}")],
            marks: Vec::new(),
            listed_title: name.into(),
            folded_title: name.into(),
            announce: Vec::new(),
            read_again: None,
        };
        let polled = Polled {
            url: format!("https://{id}.vn/"),
            etag: None,
            last_modified: None,
            at: at(1),
            next: at(600),
            fresh_until: None,
            found: Some(1),
            remarks: Vec::new(),
            portal: None,
        };
        let recording = Recording {
            feed,
            polled,
            articles: vec![new],
            corrections: Vec::new(),
            addresses: Vec::new(),
            relisted: Vec::new(),
            reread: Vec::new(),
            pending: Vec::new(),
            learned: None,
            repair: None,
        };
        self.store.record(&recording).await.unwrap();
    }

    fn served(&self, name: &str) -> Arc<ServedDocument> {
        match self.publisher.documents().find(name) {
            Found::Here(served, _) => served,
            other => panic!("{name}: {other:?}"),
        }
    }

    fn says(&self, name: &str, words: &str) -> bool {
        String::from_utf8_lossy(&self.served(name).plain.bytes).contains(words)
    }
}

#[tokio::test]
async fn a_change_touches_its_feed_and_all_and_nothing_else() {
    let house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    assert!(house.publisher.publish_everything(&house.feeds).await.unwrap().is_empty());
    let before = ["b.rss", "feeds.opml"].map(|name| house.served(name));
    let revision = house.publisher.documents().revision();
    house.record("a", "z").await;
    house.record("b", "of another change").await;
    assert!(house.publisher.publish_change(&house.feeds[0]).await.unwrap().is_empty());
    assert!(house.says("a.rss", "Tin z") && house.says("all.rss", "Tin z"));
    for (name, before) in ["b.rss", "feeds.opml"].into_iter().zip(&before) {
        assert!(Arc::ptr_eq(before, &house.served(name)), "{name}");
    }
    let (now, summaries) = house.publisher.documents().summaries();
    assert_eq!((now, summaries.iter().map(|summary| summary.articles).collect::<Vec<_>>()), (revision + 1, vec![2, 1]));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_served_all_the_same() {
    let house = house().await;
    house.record("a", "x").await;
    let public = house.folder.path().join("public");
    std::fs::create_dir_all(public.join("a.rss")).unwrap();
    let problems = house.publisher.publish_everything(&house.feeds).await.unwrap();
    assert!(matches!(&problems[..], [Problem::File(_)]), "{problems:?}");
    assert!(house.says("a.rss", "Tin x"));
    assert!(public.join("a.atom").is_file() && public.join("all.rss").is_file());
}

#[tokio::test]
async fn a_round_writes_only_files_that_are_not_up_to_date() {
    let mut house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    let public = house.folder.path().join("public");
    let files = ["a.rss", "b.rss", "all.rss"].map(|name| public.join(name));
    // Left where the file is not written, gone where it is.
    let mark = || files.iter().for_each(|file| std::fs::write(file, "as it was").unwrap());
    let written = || files.each_ref().map(|file| std::fs::read_to_string(file).unwrap_or_default() != "as it was");
    assert!(house.publisher.publish_outdated(&house.feeds).await.unwrap().is_empty());
    house.publisher.keep_fingerprints(&house.feeds).await.unwrap();
    mark();
    house.publisher.publish_outdated(&house.feeds).await.unwrap();
    house.publisher.keep_fingerprints(&house.feeds).await.unwrap();
    assert_eq!(written(), [false, false, false]);
    house.record("a", "z").await;
    house.publisher.publish_outdated(&house.feeds).await.unwrap();
    house.publisher.keep_fingerprints(&house.feeds).await.unwrap();
    assert_eq!(written(), [true, false, true], "an article came in");
    mark();
    std::fs::remove_file(public.join("b.atom")).unwrap();
    house.publisher.publish_outdated(&house.feeds).await.unwrap();
    house.publisher.keep_fingerprints(&house.feeds).await.unwrap();
    assert_eq!(written(), [false, true, false], "a file is gone");
    mark();
    house.feeds[0].title = "Another name".into();
    house.publisher.publish_outdated(&house.feeds).await.unwrap();
    assert_eq!(written(), [true, false, true], "a setting was changed, and `all` names the feed");
    mark();
    house.publisher.publish_outdated(&house.feeds).await.unwrap();
    assert_eq!(written(), [true, true, true], "the round before did not end");
    house.publisher.keep_fingerprints(&house.feeds).await.unwrap();
    house.publisher.publish_everything(&house.feeds).await.unwrap();
    mark();
    house.publisher.publish_outdated(&house.feeds).await.unwrap();
    assert_eq!(written(), [true, true, true], "a daemon published meanwhile");
}

#[tokio::test]
async fn a_round_in_which_something_could_not_be_written_is_not_taken_for_good() {
    let house = house().await;
    house.record("a", "x").await;
    let public = house.folder.path().join("public");
    std::fs::create_dir_all(public.join("a.rss")).unwrap();
    for _ in 0..2 {
        let problems = house.publisher.publish_outdated(&house.feeds).await.unwrap();
        assert!(matches!(&problems[..], [Problem::File(_)]), "{problems:?}");
        house.publisher.keep_fingerprints(&house.feeds).await.unwrap();
    }
}

#[tokio::test]
async fn a_feed_that_is_no_more_is_remembered_and_no_feed_at_all_removes_none() {
    let house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    house.publisher.publish_everything(&house.feeds).await.unwrap();
    let public = house.folder.path().join("public");
    let later = |ids| Publisher::new(house.store.clone(), ids, "https://loa.example/".parse().unwrap(), public.clone());
    let none = later(Vec::new());
    none.publish_everything(&[]).await.unwrap();
    assert!(matches!(none.documents().find("b.rss"), Found::Unknown) && public.join("b.rss").is_file());
    let one = later(vec![house.feeds[0].id.clone()]);
    one.publish_everything(&house.feeds[..1]).await.unwrap();
    assert!(matches!(one.documents().find("b.rss"), Found::Removed) && !public.join("b.rss").exists());
    assert!(public.join("a.rss").is_file());
}
