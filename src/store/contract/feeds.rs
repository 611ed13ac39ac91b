//! What is promised of feeds, their articles and hosts.

use super::*;

#[tokio::test]
async fn what_was_learned_is_kept_with_its_history() {
    each(async |place| {
        let store = place.open().await;
        assert_eq!(store.learned(&feed()).await.unwrap(), Learned::default());
        let rule =
            loa_reader::list::Rule { places: vec!["li/ul".into()], shapes: vec!["/tin/S".into()], ..loa_reader::list::Rule::default() };
        let presentation = Presentation { icon: Url::parse("https://a.vn/i.png").ok(), ..Presentation::default() };
        let learned =
            Learned { rule: Some(rule), health: Health { again: 9, of: 10 }, presentation: presentation.clone(), ..Learned::default() };
        let first = Recording { learned: Some(learned.clone()), repair: Some("one".into()), ..recording(vec![article("1", false)]) };
        store.record(&first).await.unwrap();
        store.record(&Recording { repair: Some("two".into()), ..recording(vec![article("2", false)]) }).await.unwrap();
        store.close().await;
        let store = place.open().await;
        assert_eq!(store.learned(&feed()).await.unwrap(), learned);
        assert_eq!(store.summary(&feed()).await.unwrap().unwrap().presentation, presentation);
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
        assert_eq!(recorded, Recorded { articles: 1, deliveries: 1, ..Recorded::default() });
        store.close().await;

        let store = place.open().await;
        let read = store.latest(&feed(), 10).await.unwrap();
        let mut written = article("1", true).article;
        written.id = read[0].id;
        assert_eq!(read, [written]);
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.etag.as_deref(), state.usual, state.began_at), (Some("\"x\""), 10, Some(at(1))));
        assert_eq!(state.remarks, ["one thing"]);
        assert_eq!(store.latest_of(&[feed()], 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_portal_is_called_stays_until_it_is_learned_anew() {
    each(async |place| {
        let store = place.open().await;
        let polled = |portal: Option<Portal>, name: &str| {
            let recording = recording(vec![article(name, true)]);
            Recording { polled: Polled { portal, ..recording.polled }, ..recording }
        };
        store.record(&polled(None, "1")).await.unwrap();
        assert_eq!(store.feed_state(&feed()).await.unwrap().portal, None);
        let named = |title: Option<&str>| Portal { title: title.map(str::to_owned), language: Some("vi".to_owned()) };
        for (learned, expected) in
            [(Some(named(None)), named(None)), (Some(named(Some("Báo A"))), named(Some("Báo A"))), (None, named(Some("Báo A")))]
        {
            store.record(&polled(learned, "2")).await.unwrap();
            assert_eq!(store.feed_state(&feed()).await.unwrap().portal, Some(expected.clone()));
            assert_eq!(store.summaries().await.unwrap()[0].portal, Some(expected));
        }
        let told = store.deliveries(None, 10).await.unwrap();
        assert!(told.iter().all(|delivery| delivery.portal_title.as_deref() == Some("Báo A")), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_recorded_or_told_twice() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        let again = store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        assert_eq!(again, Recorded { articles: 1, deliveries: 1, ..Recorded::default() });
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
        assert_eq!(store.record(&other).await.unwrap(), Recorded { articles: 1, ..Recorded::default() });
    })
    .await;
}

#[tokio::test]
async fn an_id_that_another_feeds_article_has_is_not_given_again() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", false)])).await.unwrap();
        // The first feed was renamed, and a new one has its name.
        let mut other = Recording { feed: "other".parse().unwrap(), ..recording(vec![article("1", false)]) };
        let mut again = Recording { feed: "third".parse().unwrap(), ..other.clone() };
        for recording in [&mut other, &mut again] {
            assert_eq!(store.record(recording).await.unwrap().articles, 1);
        }
        let all = store.latest_of(&[feed(), other.feed, again.feed], 10).await.unwrap();
        let uids: std::collections::BTreeSet<_> = all.iter().map(|article| &article.uid).collect();
        assert_eq!(uids.len(), 3, "{uids:?}");
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
        store.record_failure(&feed(), failed("no answer", 5, 60)).await.unwrap();
        store.record_failure(&feed(), failed("no answer again", 60, 180)).await.unwrap();
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.failures, state.problem.as_deref(), state.etag), (2, Some("no answer again"), None));
        assert_eq!(state.failing_since, Some(at(5)));
        assert_eq!(store.count(&feed()).await.unwrap(), 1);
        store.record(&recording(Vec::new())).await.unwrap();
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.failures, state.failing_since), (0, None));
    })
    .await;
}

/// An article that says when it was published: the `minute`th after an arbitrary beginning.
fn dated(feed: &FeedId, minute: i64) -> NewArticle {
    let mut new = article(&format!("{feed}-{minute}"), false);
    new.article.uid = format!("tag:{feed}/{minute}");
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    new.article.published =
        Some(loa_reader::time::Stamp { at: at(60 * minute).to_zoned_datetime(zone), precision: loa_reader::time::Precision::Minute });
    new.marks.clear();
    new
}

#[tokio::test]
async fn the_newest_of_some_feeds_are_merged_and_the_others_do_not_show() {
    each(async |place| {
        let store = place.open().await;
        let feeds: Vec<FeedId> = ["a", "b", "c", "busy"].map(|name| name.parse().unwrap()).into();
        for (feed, minutes) in feeds.iter().zip([vec![1, 5, 9], vec![2, 5], vec![], (100..200).collect()]) {
            let articles = minutes.into_iter().map(|minute| dated(feed, minute)).collect();
            store.record(&Recording { feed: feed.clone(), ..recording(articles) }).await.unwrap();
        }
        let latest = async |feeds: &[FeedId], limit| -> Vec<String> {
            let articles = store.latest_of(feeds, limit).await.unwrap();
            articles.iter().map(|article| article.uid.trim_start_matches("tag:").to_owned()).collect()
        };
        // At the same minute, what was recorded later comes first.
        assert_eq!(latest(&feeds[..3], 4).await, ["a/9", "b/5", "a/5", "b/2"]);
        assert_eq!(latest(&feeds[..3], 100).await.len(), 5);
        assert_eq!(latest(&feeds, 2).await, ["busy/199", "busy/198"]);
        assert_eq!(latest(&[], 100).await.len(), 0);
        assert_eq!(latest(&["unknown".parse().unwrap()], 100).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_summed_up_as_its_articles_come_and_change() {
    each(async |place| {
        let store = place.open().await;
        let said = async || {
            let summary = store.summaries().await.unwrap().remove(0);
            (summary.articles, summary.newest.map(|newest| newest.to_rfc3339()), summary.changed_at)
        };
        store.record(&recording(Vec::new())).await.unwrap();
        assert_eq!(said().await, (0, None, None));
        let mut poll = recording(vec![dated(&feed(), 10), dated(&feed(), 20)]);
        poll.polled.at = at(100);
        store.record(&poll).await.unwrap();
        store.record_failure(&feed(), failed("no answer", 150, 300)).await.unwrap();
        let newest = |minute| dated(&feed(), minute).article.published.map(|stamp| stamp.to_rfc3339());
        assert_eq!(said().await, (2, newest(20), Some(at(100))));

        // Nothing new: what the feed shows did not change.
        poll.polled.at = at(200);
        store.record(&poll).await.unwrap();
        assert_eq!(said().await, (2, newest(20), Some(at(100))));

        // The newest was dated wrongly: now it is the older one.
        let mut article = store.latest(&feed(), 1).await.unwrap().remove(0);
        article.published = dated(&feed(), 5).article.published;
        let correction = Correction { article, listed_title: "Tin".into(), folded_title: "tin".into() };
        let mut second = Recording { corrections: vec![correction], ..recording(Vec::new()) };
        second.polled.at = at(300);
        store.record(&second).await.unwrap();
        assert_eq!(said().await, (2, newest(10), Some(at(300))));
        assert_eq!(store.count(&feed()).await.unwrap(), 2);
        let summary = store.summaries().await.unwrap().remove(0);
        assert_eq!((summary.feed, summary.began_at, summary.next_at), (feed(), Some(at(1)), at(900)));
    })
    .await;
}

#[tokio::test]
async fn hosts_are_left_alone_until_their_time_and_then_forgotten() {
    each(async |place| {
        let store = place.open().await;
        for (host, until) in [("a.vn", 10), ("b.vn", 20), ("a.vn", 30)] {
            store.hold_host(host, at(until)).await.unwrap();
        }
        store.close().await;
        let store = place.open().await;
        let held = async |now| {
            let mut held = store.held_hosts(at(now)).await.unwrap();
            held.sort();
            held
        };
        assert_eq!(held(5).await, [("a.vn".to_owned(), at(30)), ("b.vn".to_owned(), at(20))]);
        assert_eq!(held(25).await, [("a.vn".to_owned(), at(30))]);
        store.prune(at(25)).await.unwrap();
        assert_eq!(held(5).await, [("a.vn".to_owned(), at(30))]);
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
async fn writing_can_be_tried_without_a_trace() {
    each(async |place| {
        let store = place.open().await;
        store.try_write().await.unwrap();
        store.try_write().await.unwrap();
        assert_eq!(store.held_hosts(at(0)).await.unwrap(), []);
        let visitor = Store::visit(&place.settings).await.unwrap();
        assert!(visitor.try_write().await.is_err());
        store.close().await;
        assert!(visitor.try_write().await.is_err());
    })
    .await;
}

#[tokio::test]
async fn articles_are_recorded_beside_a_poll_with_what_was_learned_and_the_poll_stays() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("a", false)])).await.unwrap();
        let before = store.feed_state(&feed()).await.unwrap();
        let known = store.latest(&feed(), 1).await.unwrap()[0].id;
        let past = Past { pages: 3, next: Some("https://a.vn/?page=5".into()), ..Past::default() };
        let learned = Learned { past, ..Learned::default() };
        let addresses = [(known, "a.vn/a-moi".to_owned())];
        let recorded = store.record_articles(&feed(), &[article("a", true), article("b", true)], &addresses, Some(&learned), at(7)).await;
        assert_eq!(recorded.unwrap(), Recorded { articles: 1, deliveries: 1, ..Recorded::default() });
        assert_eq!(store.learned(&feed()).await.unwrap(), learned);
        assert_eq!(store.count(&feed()).await.unwrap(), 2);
        assert_eq!(store.known(&feed(), &["a.vn/a-moi".into()], &[]).await.unwrap()[0].article, known);
        let after = store.feed_state(&feed()).await.unwrap();
        assert_eq!(
            (after.etag, after.polled_at, after.next_at, after.usual),
            (before.etag, before.polled_at, before.next_at, before.usual)
        );
        assert_eq!(store.record_articles(&feed(), &[], &[], None, at(8)).await.unwrap(), Recorded::default());
        assert_eq!(store.learned(&feed()).await.unwrap(), learned);
        store.close().await;
    })
    .await;
}
