//! A store as it is after every feed was polled: some articles each, and the next polls spread over the interval.

use std::{path::Path, time::Duration};

use jiff::{SignedDuration, Timestamp};
use loa::{
    article::Article,
    feed::Feed,
    service,
    store::{NewArticle, PollBasis, Polled, Portal, Recording, Store},
};

/// Fills the store that the settings name, with so many articles of each feed.
/// The polls are due from `begin` on.
pub async fn fill(settings: &Path, begin: Timestamp, every: Duration, articles: usize) {
    let setup = service::load(settings).await.unwrap();
    let now = Timestamp::now();
    let store = Store::open(&setup.config.store, now).await.unwrap();
    let count = setup.feeds.len();
    for (number, feed) in setup.feeds.iter().enumerate() {
        let wait = every.mul_f64((number * 7919 % count) as f64 / count as f64);
        let next = begin + SignedDuration::try_from(wait).unwrap();
        store.record(&recording(feed, now, next, i64::try_from(articles).unwrap())).await.unwrap();
        let basis = PollBasis { definition: feed.revision, pace: setup.config.poll.pace(feed.every).to_string() };
        store.note_basis(&feed.id, &basis).await.unwrap();
    }
    store.close().await;
}

fn recording(feed: &Feed, now: Timestamp, next: Timestamp, articles: i64) -> Recording {
    let polled = Polled {
        url: feed.watched().to_string(),
        etag: Some("\"1\"".into()),
        last_modified: None,
        at: now,
        next,
        fresh_until: None,
        found: Some(10),
        remarks: Vec::new(),
        portal: Some(Portal { title: Some(feed.id.to_string()), language: Some("vi".into()) }),
    };
    let articles = (0..articles).map(|number| article(feed, number, now)).collect();
    Recording { articles, ..Recording::nothing(feed.id.clone(), polled) }
}

fn article(feed: &Feed, number: i64, now: Timestamp) -> NewArticle {
    let name = format!("{}-{number}", feed.id);
    // All of today, so that no feed has gone quiet.
    let at = now - SignedDuration::from_hours(number);
    let text = "Chiều nay, lực lượng chức năng phường đã tổ chức tuyên truyền cho người dân về an toàn giao thông.";
    let article = Article {
        id: 0,
        feed: feed.id.clone(),
        uid: format!("tag:a.vn,2026:{name}"),
        url: feed.url.join(&format!("/tin/{name}")).unwrap(),
        title: format!("Công an phường ra quân bảo đảm trật tự an toàn giao thông, tin số {name}"),
        summary: None,
        text: [text; 6].join("\n\n"),
        html: format!("<p>{text}</p>").repeat(6),
        author: None,
        published: None,
        image: None,
        language: Some("vi".into()),
        categories: Vec::new(),
        attachments: Vec::new(),
        files: Vec::new(),
        first_seen: at,
        changed: at,
    };
    NewArticle {
        addresses: vec![format!("{}/tin/{name}", feed.url.host_str().unwrap())],
        marks: Vec::new(),
        listed_title: article.title.clone(),
        folded_title: name,
        announce: Vec::new(),
        read_again: None,
        article,
    }
}
