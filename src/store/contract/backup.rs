//! What every database must keep of copies: whole, beside a daemon, and put back so that nothing is told twice.

use std::fs;

use super::*;

/// A server has its own ways to be copied.
async fn of_a_file<F: Future<Output = ()>>(check: impl Fn(Place) -> F) {
    check(file()).await;
}

/// A folder for copies.
fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// One told headline, one of which it is not known, one that waits, and a page that could not be read; then the daemon
/// dies.
async fn used(place: &Place) -> Store {
    let store = place.open().await;
    let mut recording = recording(vec![article("1", true), article("2", true), article("3", true)]);
    recording.pending = vec![Pending { address: "a.vn/4".into(), tries: 1, unannounced: false }];
    store.record(&recording).await.unwrap();
    let first = store.claim(&claim(1)).await.unwrap();
    sent(&store, first, 7).await;
    let Work::Send { lease, .. } = store.claim(&claim(2)).await.unwrap() else { panic!() };
    assert!(store.begin(&lease, &attempt()).await.unwrap());
    store
}

async fn restore(place: &Place, from: &Path, missed: Missed) -> Result<Restored, Error> {
    Store::restore(&place.settings, from, missed, at(500)).await
}

#[tokio::test]
async fn a_copy_is_taken_beside_the_daemon_and_written_over_nothing() {
    of_a_file(async |place| {
        assert!(matches!(Store::back_up(&place.settings, Path::new("/nowhere/x")).await, Err(Error::Missing { .. })));
        let (folder, store) = (folder(), used(&place).await);
        let copy = folder.path().join("copy");
        Store::back_up(&place.settings, &copy).await.unwrap();
        let bytes = fs::read(&copy).unwrap();
        assert!(matches!(Store::back_up(&place.settings, &copy).await, Err(Error::Taken { .. })));
        assert!(matches!(Store::back_up(&place.settings, &folder.path().join("no/copy")).await, Err(Error::Copy { .. })));
        assert_eq!(fs::read(&copy).unwrap(), bytes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something is left behind");
        // The daemon has not noticed.
        store.record(&recording(vec![article("9", false)])).await.unwrap();
        assert!(matches!(restore(&place, &copy, Missed::Asked).await, Err(Error::InUse { .. })));
    })
    .await;
}

#[tokio::test]
async fn what_a_copy_does_not_know_of_is_not_told_again() {
    of_a_file(async |place| {
        let (folder, store) = (folder(), used(&place).await);
        let copy = folder.path().join("copy");
        Store::back_up(&place.settings, &copy).await.unwrap();
        store.record(&recording(vec![article("5", true)])).await.unwrap();
        store.close().await;
        let restored = restore(&place, &copy, Missed::Asked).await.unwrap();
        assert_eq!(restored.doubtful, 2);

        let store = place.open().await;
        assert_eq!(store.latest(&feed(), 10).await.unwrap().len(), 3);
        assert_eq!(store.feed_state(&feed()).await.unwrap().etag, None);
        // An answer that nothing changed, or none, says nothing of what came since; the list does.
        store.record_failure(&feed(), failed("no answer", 1001, 1002)).await.unwrap();
        let mut poll = recording(Vec::new());
        poll.polled.found = None;
        store.record(&poll).await.unwrap();
        // What is recorded before the end of that poll is in doubt, too, and so is what it could not read.
        store.record_articles(&feed(), &[article("6", true)], &[], None, at(1003)).await.unwrap();
        let mut poll = recording(vec![article("5", true)]);
        poll.pending = vec![Pending { address: "a.vn/4".into(), tries: 2, unannounced: false }];
        store.record(&poll).await.unwrap();
        store.record(&recording(vec![article("4", true), article("7", true)])).await.unwrap();
        let doubted = store.deliveries(None, 10).await.unwrap();
        let doubted: Vec<_> = doubted.iter().map(|it| (it.article().unwrap().title.as_str(), it.is_doubtful)).collect();
        let told =
            [("Tin 1", false), ("Tin 2", true), ("Tin 3", true), ("Tin 6", true), ("Tin 5", true), ("Tin 4", true), ("Tin 7", false)];
        assert_eq!(doubted, told);
        store.close().await;

        // The store of before is a store, too.
        let kept = restored.kept.unwrap();
        restore(&place, &kept, Missed::Announced).await.unwrap();
        let store = place.open().await;
        assert_eq!(store.latest(&feed(), 10).await.unwrap().len(), 4);
        assert!(store.deliveries(None, 10).await.unwrap().iter().all(|delivery| !delivery.is_doubtful));
        assert_eq!(names(&store.claim(&claim(1000)).await.unwrap()), ["Tin 2"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_copy_is_refused_and_nothing_changes() {
    of_a_file(async |place| {
        let folder = folder();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        used(&place).await.close().await;
        let copy = folder.path().join("copy");
        Store::back_up(&place.settings, &copy).await.unwrap();
        let mut damaged = fs::read(&copy).unwrap();
        // A page in the middle, which is the root of some table or index.
        damaged[5 * 4096..6 * 4096].fill(0x55);
        let cut = &fs::read(&copy).unwrap()[..20_000];
        let files = [
            file("words", &b"not a database at all, only words ".repeat(40)),
            file("empty", b""),
            file("damaged", &damaged),
            file("cut", cut),
            folder.path().join("missing"),
        ];
        for file in files {
            let error = restore(&place, &file, Missed::Asked).await.unwrap_err();
            assert!(matches!(error, Error::NoBackup { .. }), "{}: {error}", file.display());
        }
        let store = place.open().await;
        assert_eq!(store.latest(&feed(), 10).await.unwrap().len(), 3);
        assert!(store.deliveries(None, 10).await.unwrap().iter().all(|delivery| !delivery.is_doubtful));
    })
    .await;
}

#[tokio::test]
async fn a_copy_makes_a_store_where_there_is_none() {
    of_a_file(async |place| {
        let (folder, store) = (folder(), used(&place).await);
        let copy = folder.path().join("copy");
        Store::back_up(&place.settings, &copy).await.unwrap();
        store.close().await;
        for other in [file()] {
            let restored = restore(&other, &copy, Missed::Asked).await.unwrap();
            assert_eq!(restored, Restored { kept: None, doubtful: 2 });
            assert_eq!(other.open().await.latest(&feed(), 10).await.unwrap().len(), 3);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_in_doubt_goes_by_itself_until_it_is_known_and_what_was_read_of_its_channel_is_kept() {
    of_a_file(async |place| {
        let (folder, store) = (folder(), used(&place).await);
        let copy = folder.path().join("copy");
        Store::back_up(&place.settings, &copy).await.unwrap();
        store.close().await;
        restore(&place, &copy, Missed::Asked).await.unwrap();
        let store = place.open().await;
        store.record(&recording(vec![article("5", true)])).await.unwrap();

        let Work::Resolve { lease, deliveries, chat } = store.claim(&claim(1000)).await.unwrap() else { panic!() };
        assert_eq!((deliveries.len(), chat.read_to.as_deref(), chat.reading), (1, Some("7"), Reading::Unread));
        assert_eq!(deliveries[0].attempt, Some(attempt()), "what was being sent is known by that, too");
        let passage = Passage { told: vec![("aa".into(), "8".into())], to: Some("9".into()), reading: Reading::Begun };
        store.note_read(&lease, &passage).await.unwrap();
        let elsewhere = ChannelId::stored("elsewhere").unwrap();
        assert_eq!(store.told(&channel(), &["bb".into(), "aa".into()]).await.unwrap(), Some("8".into()));
        assert_eq!(store.told(&channel(), &["bb".into()]).await.unwrap(), None);
        assert_eq!(store.told(&elsewhere, &["aa".into()]).await.unwrap(), None);
        let look_again = Outcome::Undecided { look_at: at(1060), why: "it is read".into() };
        assert!(store.settle(&lease, &look_again, at(1001)).await.unwrap());
        assert_eq!(store.claim(&claim(1002)).await.unwrap(), Work::Later(at(1060)));

        let work = store.claim(&claim(1061)).await.unwrap();
        assert_eq!(names(&work), ["Tin 2"]);
        let Work::Resolve { lease, chat, deliveries } = work else { panic!() };
        assert_eq!((chat.read_to.as_deref(), chat.last_receipt.as_deref(), chat.reading), (Some("9"), Some("9"), Reading::Begun));
        assert_eq!(deliveries[0].looks, 1, "a look that brought something is none in vain");
        store.note_read(&lease, &Passage { reading: Reading::Whole, ..Passage::default() }).await.unwrap();
        let dropped = Outcome::Dropped { why: "nobody knows".into() };
        assert!(store.settle(&lease, &dropped, at(1062)).await.unwrap());
        // A lease that is over notes nothing.
        store.note_read(&lease, &Passage { to: Some("99".into()), ..Passage::default() }).await.unwrap();

        let Work::Resolve { lease, chat, .. } = store.claim(&claim(1063)).await.unwrap() else { panic!() };
        assert_eq!((chat.read_to.as_deref(), chat.reading), (Some("9"), Reading::Whole));
        assert!(store.settle(&lease, &Outcome::Again { why: "it is not there".into() }, at(1064)).await.unwrap());
        // All that is in doubt comes before what is not.
        let work = store.claim(&claim(1065)).await.unwrap();
        assert_eq!(names(&work), ["Tin 5"]);
        let Work::Resolve { lease, .. } = work else { panic!() };
        assert!(store.settle(&lease, &Outcome::Again { why: "nor is this".into() }, at(1066)).await.unwrap());
        let work = store.claim(&claim(1067)).await.unwrap();
        assert_eq!(names(&work), ["Tin 3"]);
        assert!(matches!(work, Work::Send { .. }), "{work:?}");
        let states: Vec<State> = store.deliveries(None, 10).await.unwrap().iter().map(|delivery| delivery.state).collect();
        assert_eq!(states, [State::Sent, State::Dropped, State::Sending, State::Queued]);
    })
    .await;
}
