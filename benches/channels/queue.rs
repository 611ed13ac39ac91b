//! The queues: headlines that are recorded and announced.

use jiff::{SignedDuration, Timestamp};
use loa::{
    article::{Article, FeedId},
    channel::ChannelId,
    store::{Announcement, NewArticle, Polled, Recording, Store},
};

/// Headlines that are recorded at once.
const AT_ONCE: usize = 100;
const TEXT: &str = "Chiều nay, lực lượng chức năng phường đã tổ chức tuyên truyền cho người dân về an toàn giao thông.";

/// Queues so many headlines for each of these channels, one by one.
pub async fn fill(store: &Store, channels: &[ChannelId], headlines: usize) {
    for first in (0..headlines).step_by(AT_ONCE) {
        let numbers = first..(first + AT_ONCE).min(headlines);
        record(store, "one", numbers.map(|number| headline("one", number, channels, None)).collect()).await;
    }
}

/// A burst from one feed, and the first headline of another.
pub async fn burst(store: &Store, channel: &ChannelId, headlines: usize) {
    let channels = std::slice::from_ref(channel);
    let numbers = 1_000_000..1_000_000 + headlines;
    record(store, "one", numbers.map(|number| headline("one", number, channels, Some("burst".to_owned()))).collect()).await;
    record(store, "other", vec![headline("other", 0, channels, None)]).await;
}

async fn record(store: &Store, feed: &str, articles: Vec<NewArticle>) {
    let now = super::now();
    let polled = Polled {
        url: format!("http://{feed}.example/"),
        etag: None,
        last_modified: None,
        at: now,
        next: now + SignedDuration::from_hours(1000),
        fresh_until: None,
        found: Some(10),
        remarks: Vec::new(),
        portal: None,
    };
    let recording = Recording { articles, ..Recording::nothing(feed.parse().unwrap(), polled) };
    store.record(&recording).await.unwrap();
}

/// Its number stands in its title, so that order can be seen.
fn headline(feed: &str, number: usize, channels: &[ChannelId], digest: Option<String>) -> NewArticle {
    let (name, now) = (format!("{feed}-{number}"), Timestamp::now());
    let feed: FeedId = feed.parse().unwrap();
    let article = Article {
        id: 0,
        uid: format!("tag:a.vn,2026:{name}"),
        url: format!("http://{feed}.example/tin/{name}").parse().unwrap(),
        title: format!("Phường ra quân bảo đảm an toàn giao thông #{number}#"),
        summary: Some(TEXT.to_owned()),
        text: [TEXT; 6].join("\n\n"),
        html: format!("<p>{TEXT}</p>").repeat(6),
        author: None,
        published: None,
        image: None,
        language: Some("vi".into()),
        categories: Vec::new(),
        attachments: Vec::new(),
        files: Vec::new(),
        first_seen: now,
        changed: now,
        feed,
    };
    let announce = |channel: &ChannelId| Announcement { channel: channel.clone(), due: None, digest: digest.clone() };
    NewArticle {
        addresses: vec![format!("{}/tin/{name}", article.feed)],
        marks: Vec::new(),
        listed_title: article.title.clone(),
        folded_title: name,
        announce: channels.iter().map(announce).collect(),
        read_again: None,
        article,
    }
}
