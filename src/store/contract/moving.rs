//! What every database must keep of a move: all of it arrives, or nothing, and nothing is told again.

use super::*;

/// More articles than are read at once, with what else can be stored.
async fn filled(place: &Place) {
    let store = place.open().await;
    let enrolment = Enrolment { feed: feed(), url: "https://a.vn/".into(), host: Some("a.vn".into()), next: None };
    store.enrol(&[enrolment], &[]).await.unwrap();
    let names: Vec<String> = (0..450).map(|number| format!("tin-{number:03}")).collect();
    store.record(&recording(names.iter().map(|name| article(name, true)).collect())).await.unwrap();
    let known = store.latest(&feed(), 1).await.unwrap().remove(0);
    let mut poll = recording(Vec::new());
    let corrected = crate::article::Article { title: "Sửa".into(), text: "Nă\0m".into(), ..known };
    poll.corrections = vec![Correction { article: corrected, listed_title: "Sửa".into(), folded_title: "sua".into() }];
    poll.pending = vec![Pending { address: "a.vn/4".into(), tries: 1, unannounced: true }];
    poll.learned = Some(Learned { renamed: 7, ..Learned::default() });
    poll.repair = Some("found again".into());
    store.record(&poll).await.unwrap();
    let first = store.claim(&claim(1)).await.unwrap();
    sent(&store, first, 7).await;
    let Work::Send { lease, .. } = store.claim(&claim(2)).await.unwrap() else { panic!() };
    assert!(store.begin(&lease, &attempt()).await.unwrap());
    store.hold_host("a.vn", at(9000)).await.unwrap();
    store.pause(&crate::store::Subject::Channel(channel()), at(1)).await.unwrap();
    store.stamp(&[Stamp { name: "police.rss".into(), tag: "x".into(), changed: Some(at(5)) }], at(6)).await.unwrap();
    store.note_published("police", "x").await.unwrap();
    store.define(&[Definition { feed: feed(), text: "url = \"https://a.vn/\"\n".into() }]).await.unwrap();
    store.close().await;
}

async fn moved(from: &Place, to: &Place) -> Moved {
    let told = std::sync::Mutex::new(Vec::new());
    let moved = Store::move_to(&from.settings, &to.settings, &|progress| told.lock().unwrap().push(progress)).await.unwrap();
    let told = told.into_inner().unwrap();
    assert_eq!(told.last(), Some(&MoveProgress { rows: moved.rows, of: moved.rows }));
    assert!(told.windows(2).all(|pair| pair[0].rows <= pair[1].rows));
    moved
}

#[tokio::test]
async fn a_store_is_moved_to_the_other_database_and_back_row_by_row() {
    let (first, second, third) = (file(), server(), file());
    filled(&first).await;
    let there = moved(&first, &second).await;
    assert!(there.rows > 450 * 4, "{there:?}");
    assert_eq!(moved(&second, &third).await, there);
    for place in [&second, &third] {
        let store = place.open().await;
        assert_eq!(store.count(&feed()).await.unwrap(), 450);
        let due = HostClaim { now: at(9000), until: at(9045), hosts: 9, feeds: 9 };
        assert_eq!(store.claim_hosts(&due).await.unwrap().hosts.len(), 1);
        let newest = store.latest(&feed(), 1).await.unwrap().remove(0);
        assert_eq!((newest.title.as_str(), newest.text.as_str()), ("Sửa", "Nă\u{FFFD}m"));
        assert_eq!(store.learned(&feed()).await.unwrap().renamed, 7);
        // What was being sent is looked for, what was said is said, and what is new gets a key of its own.
        let work = store.claim(&claim(20)).await.unwrap();
        assert!(matches!(work, Work::Resolve { .. }), "{work:?}");
        assert_eq!(store.record(&recording(vec![article("tin-001", true), article("new", true)])).await.unwrap().articles, 1);
        let deliveries = store.deliveries(None, 1).await.unwrap();
        assert!(deliveries[0].id > 450);
        store.close().await;
    }
}

#[tokio::test]
async fn a_store_that_is_in_use_or_not_empty_or_not_there_is_not_moved() {
    let quiet = |_: MoveProgress| ();
    for (from, to) in [(file(), server()), (server(), file())] {
        if !from.settings.is_shared() {
            assert!(matches!(Store::move_to(&from.settings, &to.settings, &quiet).await, Err(Error::Missing { .. })));
        }
        let store = from.open().await;
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        assert!(matches!(Store::move_to(&from.settings, &to.settings, &quiet).await, Err(Error::InUse { .. })));
        store.close().await;
        assert!(matches!(Store::move_to(&from.settings, &from.settings, &quiet).await, Err(Error::SameStore { .. })));
        // The same in other words is found out all the same.
        if let Some(database) = from.settings.url.strip_prefix("postgres://") {
            let same = Settings::at(format!("postgresql://{database}"));
            assert!(matches!(Store::move_to(&from.settings, &same, &quiet).await, Err(Error::InUse { .. })));
        }
        let other = to.open().await;
        assert!(matches!(Store::move_to(&from.settings, &to.settings, &quiet).await, Err(Error::InUse { .. })));
        other.record(&recording(vec![article("2", true)])).await.unwrap();
        other.close().await;
        assert!(matches!(Store::move_to(&from.settings, &to.settings, &quiet).await, Err(Error::NotEmpty { .. })));
        let other = to.open().await;
        assert_eq!(other.latest(&feed(), 9).await.unwrap()[0].title, "Tin 2");
        other.close().await;
    }
}
