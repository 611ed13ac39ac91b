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
        assert!(matches!(restore(&place, &copy, Missed::Unannounced).await, Err(Error::InUse { .. })));
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
        let restored = restore(&place, &copy, Missed::Unannounced).await.unwrap();
        assert_eq!(restored.dropped, 2);

        let store = place.open().await;
        assert_eq!(store.claim(&claim(1000)).await.unwrap(), Work::Nothing);
        assert_eq!(store.latest(&feed(), 10).await.unwrap().len(), 3);
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.is_restored, state.etag), (true, None));
        assert!(store.pending(&feed()).await.unwrap()[0].unannounced);
        // An answer that nothing changed, or none, says nothing of what came since; the list does.
        store.record_failure(&feed(), failed("no answer", 1001, 1002)).await.unwrap();
        let mut poll = recording(Vec::new());
        poll.polled.found = None;
        store.record(&poll).await.unwrap();
        assert!(store.feed_state(&feed()).await.unwrap().is_restored);
        store.record(&recording(Vec::new())).await.unwrap();
        assert!(!store.feed_state(&feed()).await.unwrap().is_restored);
        store.close().await;

        // The store of before is a store, too.
        let kept = restored.kept.unwrap();
        restore(&place, &kept, Missed::Announced).await.unwrap();
        let store = place.open().await;
        assert_eq!(store.latest(&feed(), 10).await.unwrap().len(), 4);
        assert!(!store.feed_state(&feed()).await.unwrap().is_restored);
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
            let error = restore(&place, &file, Missed::Unannounced).await.unwrap_err();
            assert!(matches!(error, Error::NoBackup { .. }), "{}: {error}", file.display());
        }
        let store = place.open().await;
        assert_eq!(store.latest(&feed(), 10).await.unwrap().len(), 3);
        assert!(!store.feed_state(&feed()).await.unwrap().is_restored);
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
            let restored = restore(&other, &copy, Missed::Unannounced).await.unwrap();
            assert_eq!(restored, Restored { kept: None, dropped: 2 });
            assert_eq!(other.open().await.latest(&feed(), 10).await.unwrap().len(), 3);
        }
    })
    .await;
}
