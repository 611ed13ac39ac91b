//! What every database must keep of documents.

use super::*;

fn stamp(tag: &str, changed: i64) -> Stamp {
    Stamp { name: "x.rss".into(), tag: tag.into(), changed: Some(at(changed)) }
}

#[tokio::test]
async fn a_document_has_one_time_whoever_makes_it_and_a_change_is_later_than_what_it_replaces() {
    each(async |place| {
        let mut store = place.open().await;
        let table = [
            ("one", 10, 100, 10),
            // The same, made again later, as by another process.
            ("one", 10, 150, 10),
            ("two", 50, 160, 50),
            // Something was taken out: nothing in it is newer.
            ("three", 50, 200, 200),
            ("four", 20, 300, 300),
            // No time is in the future.
            ("five", 900, 400, 400),
            ("five", 900, 950, 400),
        ];
        for (tag, changed, now, expected) in table {
            store.close().await;
            store = place.open().await;
            let times = store.stamp(&[stamp(tag, changed)], at(now)).await.unwrap();
            assert_eq!(times, [Some(at(expected))], "{tag}");
        }
        let list = Stamp { name: "feeds.opml".into(), tag: "x".into(), changed: None };
        assert_eq!(store.stamp(&[stamp("five", 900), list], at(999)).await.unwrap(), [Some(at(400)), None]);
    })
    .await;
}

#[tokio::test]
async fn two_who_make_the_same_document_at_once_say_the_same_time() {
    each(async |place| {
        let store = place.open().await;
        store.stamp(&[stamp("one", 10)], at(100)).await.unwrap();
        let makers = (0..8).map(|number| {
            let store = store.clone();
            tokio::spawn(async move { store.stamp(&[stamp("two", 10)], at(200 + number)).await.unwrap() })
        });
        let mut times = Vec::new();
        for maker in makers.collect::<Vec<_>>() {
            times.extend(maker.await.unwrap());
        }
        assert!(times.iter().all(|time| *time == times[0] && time.is_some()), "{times:?}");
    })
    .await;
}

#[tokio::test]
async fn what_files_were_made_from_is_kept() {
    each(async |place| {
        let store = place.open().await;
        for made_from in ["a", "b"] {
            store.note_published("police", made_from).await.unwrap();
        }
        let published: Vec<_> = store.published().await.unwrap().into_iter().collect();
        assert_eq!(published, [("police".to_owned(), "b".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn the_summary_of_one_feed_is_that_of_the_list() {
    each(async |place| {
        let store = place.open().await;
        assert_eq!(store.summary(&feed()).await.unwrap(), None);
        let presentation = Presentation { icon: Url::parse("https://a.vn/i.png").ok(), ..Presentation::default() };
        let learned = Learned { presentation: presentation.clone(), ..Learned::default() };
        store.record(&Recording { learned: Some(learned), ..recording(vec![article("1", false)]) }).await.unwrap();
        let summary = store.summary(&feed()).await.unwrap().unwrap();
        assert_eq!((summary.articles, &summary.presentation), (1, &presentation));
        assert_eq!(store.summaries().await.unwrap(), [summary]);
    })
    .await;
}
