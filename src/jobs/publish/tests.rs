//! Publishing from a real store.

use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::store::{NewArticle, Polled, Recording, Settings};

/// A publisher of the feeds `a` and `b`, with a folder for its files.
struct House {
    publisher: Publisher,
    store: Store,
    feeds: Arc<Vec<Feed>>,
    folder: TempDir,
}

async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings::at(format!("sqlite:{}/loa.db", folder.path().display())), at(0)).await.unwrap();
    let publisher = publisher(&store, &folder.path().join("public"), 1_000_000);
    House { publisher, store, feeds: Arc::new(["a", "b"].map(feed).into()), folder }
}

fn publisher(store: &Store, folder: &Path, room: u64) -> Publisher {
    Publisher::new(store.clone(), "https://loa.example/".parse().unwrap(), folder.to_owned(), unit::Size::from_bytes(room))
}

async fn take_up(publisher: &Publisher, feeds: &Arc<Vec<Feed>>) {
    let ids = feeds.iter().map(|feed| feed.id.clone()).collect();
    assert!(publisher.take_up(feeds.clone(), ids).await.unwrap().is_empty());
}

async fn served(publisher: &Publisher, name: &str) -> Arc<ServedDocument> {
    match publisher.document(name).await.unwrap() {
        Found::Here(served, _) => served,
        other => panic!("{name}: {other:?}"),
    }
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
        let recording = Recording { articles: vec![new], ..Recording::nothing(feed, polled) };
        self.store.record(&recording).await.unwrap();
    }

    async fn says(&self, name: &str, words: &str) -> bool {
        String::from_utf8_lossy(&served(&self.publisher, name).await.plain()).contains(words)
    }
}

#[tokio::test]
async fn a_change_touches_its_feed_and_all_and_nothing_else() {
    let house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    take_up(&house.publisher, &house.feeds).await;
    let names = ["b.rss", "feeds.opml"];
    let before = [served(&house.publisher, names[0]).await, served(&house.publisher, names[1]).await];
    let revision = house.publisher.documents().revision();
    house.record("a", "z").await;
    house.record("b", "of another change").await;
    assert!(house.publisher.publish_change(&house.feeds[0]).await.unwrap().is_empty());
    assert!(house.says("a.rss", "Tin z").await && house.says("all.rss", "Tin z").await);
    for (name, before) in names.into_iter().zip(&before) {
        assert!(Arc::ptr_eq(before, &served(&house.publisher, name).await), "{name}");
    }
    let (now, summaries) = house.publisher.documents().summaries();
    assert_eq!((now, summaries.iter().map(|summary| summary.articles).collect::<Vec<_>>()), (revision + 1, vec![2, 1]));
}

/// A document's name, bytes, tag and time.
type Made = (&'static str, bytes::Bytes, String, Option<Timestamp>);

#[tokio::test]
async fn a_document_is_the_same_whoever_makes_it_and_when() {
    let mut house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    let other = house.folder.path().join("other");
    let mut before: Option<Vec<Made>> = None;
    for title in ["One name", "Another name"] {
        // What it says changes, and no article is newer: the time does all the same, and for all alike.
        Arc::make_mut(&mut house.feeds)[0].title = title.to_owned();
        let workers = [
            publisher(&house.store, &other, 1_000_000),
            publisher(&house.store, Path::new(""), 1_000_000),
            publisher(&house.store, Path::new(""), 1),
        ];
        let mut made = Vec::new();
        for worker in &workers {
            take_up(worker, &house.feeds).await;
            worker.publish_outdated().await.unwrap();
            let mut documents = Vec::new();
            for name in ["a.rss", "a.atom", "a.json", "all.rss", "all.json"] {
                for _ in 0..2 {
                    let document = served(worker, name).await;
                    documents.push((name, document.plain(), document.gzip_tag.clone(), document.last_modified));
                }
            }
            made.push(documents);
        }
        assert!(made.iter().all(|documents| *documents == made[0]), "{made:#?}");
        if let Some(before) = &before {
            assert!(before.iter().zip(&made[0]).all(|(before, now)| before.2 != now.2 && before.3 < now.3), "{before:#?} {made:#?}");
        }
        before = Some(made.remove(0));
    }
}

#[tokio::test]
async fn a_feed_that_was_never_read_has_no_document() {
    let house = house().await;
    house.record("a", "x").await;
    take_up(&house.publisher, &house.feeds).await;
    assert!(matches!(house.publisher.document("b.rss").await.unwrap(), Found::Unknown));
    assert!(house.says("feeds.opml", "b.rss").await);
    house.record("b", "y").await;
    house.publisher.publish_change(&house.feeds[1]).await.unwrap();
    assert!(house.says("b.rss", "Tin y").await);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_served_all_the_same() {
    let house = house().await;
    house.record("a", "x").await;
    take_up(&house.publisher, &house.feeds).await;
    let public = house.folder.path().join("public");
    std::fs::create_dir_all(public.join("a.rss")).unwrap();
    // It is tried again.
    for _ in 0..2 {
        let problems = house.publisher.publish_outdated().await.unwrap();
        assert!(matches!(&problems[..], [Problem::File(_)]), "{problems:?}");
    }
    assert!(house.says("a.rss", "Tin x").await);
    assert!(public.join("a.atom").is_file() && public.join("all.rss").is_file());
}

#[tokio::test]
async fn only_files_that_are_not_up_to_date_are_written() {
    let mut house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    take_up(&house.publisher, &house.feeds).await;
    let public = house.folder.path().join("public");
    let files = ["a.rss", "b.rss", "all.rss"].map(|name| public.join(name));
    // Left where the file is not written, gone where it is.
    let mark = || files.iter().for_each(|file| std::fs::write(file, "as it was").unwrap());
    let written = || files.each_ref().map(|file| std::fs::read_to_string(file).unwrap_or_default() != "as it was");
    assert!(house.publisher.publish_outdated().await.unwrap().is_empty());
    mark();
    house.publisher.publish_outdated().await.unwrap();
    assert_eq!(written(), [false, false, false]);
    house.record("a", "z").await;
    house.publisher.publish_outdated().await.unwrap();
    assert_eq!(written(), [true, false, true], "an article came in");
    mark();
    std::fs::remove_file(public.join("b.atom")).unwrap();
    house.publisher.publish_outdated().await.unwrap();
    assert_eq!(written(), [false, true, false], "a file is gone");
    mark();
    Arc::make_mut(&mut house.feeds)[0].title = "Another name".into();
    take_up(&house.publisher, &house.feeds).await;
    house.publisher.publish_outdated().await.unwrap();
    assert_eq!(written(), [true, false, true], "a setting was changed, and `all` names the feed");
    house.record("b", "v").await;
    house.publisher.publish_change(&house.feeds[1]).await.unwrap();
    mark();
    take_up(&house.publisher, &house.feeds).await;
    house.publisher.publish_outdated().await.unwrap();
    assert_eq!(written(), [false, false, false], "what was published when it changed is up to date");
}

#[tokio::test]
async fn a_feed_that_is_no_more_is_remembered_and_no_feed_at_all_removes_none() {
    let house = house().await;
    house.record("a", "x").await;
    house.record("b", "y").await;
    take_up(&house.publisher, &house.feeds).await;
    house.publisher.publish_outdated().await.unwrap();
    let public = house.folder.path().join("public");
    let none = publisher(&house.store, &public, 1_000_000);
    take_up(&none, &Arc::default()).await;
    assert!(matches!(none.documents().find("b.rss"), Found::Unknown) && public.join("b.rss").is_file());
    let one = publisher(&house.store, &public, 1_000_000);
    take_up(&one, &Arc::new(vec![house.feeds[0].clone()])).await;
    assert!(matches!(one.documents().find("b.rss"), Found::Removed) && !public.join("b.rss").exists());
    assert!(public.join("a.rss").is_file());
}
