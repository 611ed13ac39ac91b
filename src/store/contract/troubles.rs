//! What every database must keep of troubles: one of each at a time, told once as it begins and once as it ends.

use super::*;

fn begun(feed: &str, now: i64) -> Begun {
    Begun {
        kind: TroubleKind::Host,
        subject: "a.vn".into(),
        feed: Some(feed.parse().unwrap()),
        why: format!("{feed}: no answer"),
        tries: 3,
        next_at: Some(at(now + 60)),
        usual: None,
        since: at(now - 10),
        now: at(now),
        is_over: false,
    }
}

fn alarm(due: i64) -> Alarm {
    Alarm { channel: ChannelId::ops(), due: at(due) }
}

fn ops(now: i64) -> Claim {
    Claim { channel: ChannelId::ops(), address: Address::new("77"), ..claim(now) }
}

/// What is told now: kinds and subjects.
async fn said(store: &Store, now: i64) -> Vec<(Kind, String)> {
    let work = store.claim(&ops(now)).await.unwrap();
    let Work::Send { deliveries, lease, .. } = work else { return Vec::new() };
    let outcome = Outcome::Sent { receipt: Some("1".into()), last_receipt: Some("1".into()) };
    assert!(store.settle(&lease, &outcome, at(now)).await.unwrap());
    deliveries.iter().map(|delivery| (delivery.kind, delivery.trouble().unwrap().0.subject.clone())).collect()
}

async fn end(store: &Store, feed: Option<&str>, now: i64) -> Option<Trouble> {
    let feed = feed.map(|feed| feed.parse().unwrap());
    store.end_trouble(TroubleKind::Host, "a.vn", feed.as_ref(), at(now), Some(&alarm(now))).await.unwrap()
}

#[tokio::test]
async fn feeds_of_one_host_are_one_trouble_until_the_last_is_out_of_it() {
    each(async |place| {
        let store = place.open().await;
        assert!(store.begin_trouble(&begun("one", 100), Some(&alarm(130))).await.unwrap());
        assert!(!store.begin_trouble(&begun("two", 110), Some(&alarm(140))).await.unwrap());
        assert!(!store.begin_trouble(&begun("one", 120), Some(&alarm(150))).await.unwrap());
        let trouble = store.open_troubles().await.unwrap().remove(0);
        assert_eq!(trouble.feeds.iter().map(FeedId::as_str).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!((trouble.began_at, trouble.told_at, trouble.next_at), (at(90), None, Some(at(160))));
        assert_eq!(said(&store, 129).await, []);
        assert_eq!(said(&store, 130).await, [(Kind::Alarm, "a.vn".to_owned())]);
        store.close().await;

        let store = place.open().await;
        assert_eq!(store.open_troubles().await.unwrap()[0].told_at, Some(at(130)));
        assert_eq!(end(&store, Some("one"), 200).await.unwrap().open.len(), 1);
        assert_eq!(said(&store, 200).await, []);
        assert!(end(&store, Some("two"), 210).await.unwrap().over_at.is_some());
        assert_eq!(said(&store, 210).await, [(Kind::Over, "a.vn".to_owned())]);
        assert_eq!((store.open_troubles().await.unwrap(), end(&store, None, 220).await), (Vec::new(), None));
        // The next time it is another one.
        assert!(store.begin_trouble(&begun("one", 300), Some(&alarm(300))).await.unwrap());
        assert_eq!(said(&store, 300).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn alarms_that_wait_are_told_together_and_headlines_are_not() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        for (host, due) in [("a.vn", 130), ("b.vn", 135), ("c.vn", 190)] {
            store.begin_trouble(&Begun { subject: host.into(), ..begun("one", 100) }, Some(&alarm(due))).await.unwrap();
        }
        let told: Vec<String> = said(&store, 130).await.into_iter().map(|(_, subject)| subject).collect();
        assert_eq!(told, ["a.vn", "b.vn", "c.vn"]);
        assert_eq!(names(&store.claim(&claim(131)).await.unwrap()), ["Tin 1"]);
        assert_eq!(store.last_said(&ChannelId::ops()).await.unwrap(), Some(at(130)));
        let listed: Vec<Kind> = store.deliveries(None, 10).await.unwrap().iter().map(|delivery| delivery.kind).collect();
        assert_eq!(listed, [Kind::New, Kind::Alarm, Kind::Alarm, Kind::Alarm]);
    })
    .await;
}

#[tokio::test]
async fn a_short_trouble_that_was_not_told_is_never_told_and_of_a_long_one_the_end_is() {
    each(async |place| {
        let store = place.open().await;
        store.begin_trouble(&begun("one", 100), Some(&alarm(130))).await.unwrap();
        end(&store, None, 120).await.unwrap();
        assert_eq!(said(&store, 1000).await, []);
        store.begin_trouble(&begun("one", 1000), Some(&alarm(5000))).await.unwrap();
        end(&store, None, 1000 + SHORT_TROUBLE.as_secs()).await.unwrap();
        assert_eq!(said(&store, 5000).await, [(Kind::Over, "a.vn".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_could_be_told_is_told_when_there_is_somebody_and_what_is_over_at_once_needs_no_end() {
    each(async |place| {
        let store = place.open().await;
        store.begin_trouble(&begun("one", 100), None).await.unwrap();
        store
            .begin_trouble(&Begun { kind: TroubleKind::Rebuilt, subject: "one".into(), is_over: true, ..begun("one", 100) }, None)
            .await
            .unwrap();
        assert_eq!(store.open_troubles().await.unwrap().len(), 1);
        assert_eq!(store.tell_untold(&alarm(200), at(200)).await.unwrap(), 1);
        assert_eq!(store.tell_untold(&alarm(200), at(200)).await.unwrap(), 0);
        assert_eq!(said(&store, 200).await, [(Kind::Alarm, "a.vn".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_fails_says_since_when_and_how_often_it_was_gone() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(Vec::new())).await.unwrap();
        for (now, is_gone) in [(10, false), (20, true), (30, true)] {
            store.record_failure(&feed(), FailedPoll { is_gone, ..failed("no", now, now + 500) }).await.unwrap();
        }
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.failing_since, state.gone, state.next_at), (Some(at(10)), 2, at(530)));
        store.make_due(&[feed()], at(40)).await.unwrap();
        assert_eq!(store.feed_state(&feed()).await.unwrap().next_at, at(40));
        store.record(&recording(Vec::new())).await.unwrap();
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.failing_since, state.gone), (None, 0));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_out_of_reach_is_due_until_it_was_read_or_given_up() {
    each(async |place| {
        let store = place.open().await;
        let out_of_reach = |name| NewArticle { read_again: Some(at(100)), ..article(name, false) };
        store.record(&recording(vec![out_of_reach("1"), out_of_reach("2"), article("3", false)])).await.unwrap();
        let due = async |now| {
            store.unread(&feed(), at(now), 10).await.unwrap().into_iter().map(|it| (it.article.id, it.tries)).collect::<Vec<_>>()
        };
        let (first, second) = match due(100).await.as_slice() {
            [(first, 0), (second, 0)] => (*first, *second),
            other => panic!("{other:?}"),
        };
        assert_eq!(due(99).await, []);
        let mut poll = recording(Vec::new());
        poll.reread = vec![Reread { article: first, again: None }, Reread { article: second, again: Some((1, at(200))) }];
        store.record(&poll).await.unwrap();
        assert_eq!((due(199).await, due(200).await), (vec![], vec![(second, 1)]));
    })
    .await;
}
