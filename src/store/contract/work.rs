//! What every database must keep of the work that is claimed.

use super::*;

fn enrolment(feed: &str, host: Option<&str>) -> Enrolment {
    Enrolment { feed: feed.parse().unwrap(), url: format!("https://a.vn/{feed}"), host: host.map(str::to_owned), next: None }
}

fn host_claim(now: i64) -> HostClaim {
    HostClaim { now: at(now), until: at(now + 45), hosts: 10, feeds: 10 }
}

fn given(claimed: &Claimed) -> Vec<(&str, Vec<&str>)> {
    claimed.hosts.iter().map(|host| (host.lease.host.as_str(), host.feeds.iter().map(|due| due.feed.as_str()).collect())).collect()
}

/// A poll of a list that is unchanged, and the next one at `next`.
fn unchanged(feed: &str, now: i64, next: i64) -> Unchanged {
    let polled = Polled {
        etag: Some("\"y\"".into()),
        at: at(now),
        next: at(next),
        found: None,
        remarks: Vec::new(),
        ..recording(Vec::new()).polled
    };
    Unchanged { feed: feed.parse().unwrap(), polled }
}

fn visited(host: &ClaimedHost, unchanged: Vec<Unchanged>, rests_until: i64) -> Visited {
    Visited { lease: host.lease.clone(), unchanged, rests_until: Some(at(rests_until)) }
}

/// Three feeds that were never polled: two of one host, one of another.
async fn three(place: &Place) -> Store {
    let store = place.open().await;
    let feeds = [enrolment("court", Some("a.vn")), enrolment("police", Some("a.vn")), enrolment("ward", Some("b.vn"))];
    store.enrol(&feeds, &[]).await.unwrap();
    store
}

#[tokio::test]
async fn a_host_is_given_to_one_worker_with_all_that_is_due_there() {
    each(async |place| {
        let store = three(&place).await;
        let first = store.claim_hosts(&HostClaim { hosts: 1, ..host_claim(1) }).await.unwrap();
        assert_eq!(given(&first), [("a.vn", vec!["court", "police"])]);
        assert!(first.is_more);
        let second = store.claim_hosts(&host_claim(1)).await.unwrap();
        assert_eq!(given(&second), [("b.vn", vec!["ward"])]);
        assert_eq!(given(&store.claim_hosts(&host_claim(2)).await.unwrap()), []);
        assert_eq!(store.claim_host("a.vn", at(2), at(40)).await.unwrap(), None);
        let other = store.claim_host("c.vn", at(2), at(40)).await.unwrap().unwrap();
        assert_eq!(store.claim_host("c.vn", at(3), at(40)).await.unwrap(), None);
        store.release_hosts(&[Visited { lease: other, unchanged: Vec::new(), rests_until: Some(at(3)) }]).await.unwrap();
        assert!(store.claim_host("c.vn", at(4), at(40)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn claims_at_once_share_the_hosts_and_none_is_given_twice() {
    each(async |place| {
        let store = place.open().await;
        let feeds: Vec<_> = (0..40).map(|number| enrolment(&format!("feed-{number}"), Some(&format!("{}.vn", number / 2)))).collect();
        store.enrol(&feeds, &[]).await.unwrap();
        let claim = HostClaim { hosts: 3, ..host_claim(1) };
        let claims = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.claim_hosts(&claim).await.unwrap() })
        });
        let mut hosts = Vec::new();
        for claimed in claims.collect::<Vec<_>>() {
            hosts.extend(claimed.await.unwrap().hosts.into_iter().map(|host| host.lease.host));
        }
        let given = hosts.len();
        hosts.sort();
        hosts.dedup();
        assert_eq!(given, hosts.len());
        // Whoever came too late for some asks again.
        while let claimed = store.claim_hosts(&claim).await.unwrap()
            && !claimed.hosts.is_empty()
        {
            hosts.extend(claimed.hosts.into_iter().map(|host| host.lease.host));
        }
        hosts.sort();
        hosts.dedup();
        assert_eq!(hosts.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn what_was_unchanged_is_written_together_with_the_host_that_is_given_back() {
    each(async |place| {
        let store = three(&place).await;
        store.record(&recording(vec![article("1", false)])).await.unwrap();
        store.record_failure(&feed(), failed("timed out", 2, 3)).await.unwrap();
        let claimed = store.claim_hosts(&host_claim(10)).await.unwrap();
        let [one, other] = claimed.hosts.as_slice() else { panic!("{claimed:?}") };
        let police = one.feeds.iter().find(|due| due.feed == feed()).unwrap();
        assert_eq!((police.state.failures, police.state.rhythm.len(), police.has_unread), (1, 1, false));
        assert_eq!(police.state, store.feed_state(&feed()).await.unwrap());
        let done = [
            visited(one, vec![unchanged("court", 11, 320), unchanged("police", 12, 311)], 13),
            visited(other, vec![unchanged("ward", 11, 500)], 12),
        ];
        store.release_hosts(&done).await.unwrap();
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.next_at, state.polled_at, state.etag.as_deref()), (at(311), Some(at(12)), Some("\"y\"")));
        assert_eq!((state.failures, state.problem, state.failing_since), (0, None, None));
        // What was found at the last poll that found something stays.
        assert_eq!((state.usual, state.remarks.len(), state.began_at), (10, 1, Some(at(1))));
        let claimed = store.claim_hosts(&host_claim(20)).await.unwrap();
        assert_eq!((given(&claimed), claimed.next, claimed.is_more), (vec![], Some(at(311)), false));
        assert_eq!(given(&store.claim_hosts(&host_claim(320)).await.unwrap()), [("a.vn", vec!["police", "court"])]);
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_is_anothers_and_the_first_settles_nothing() {
    each(async |place| {
        let store = three(&place).await;
        let first = store.claim_hosts(&host_claim(1)).await.unwrap();
        let leases: Vec<_> = first.hosts.iter().map(|host| host.lease.clone()).collect();
        assert_eq!(store.renew_hosts(&leases[..1], at(100)).await.unwrap(), []);
        let second = store.claim_hosts(&host_claim(50)).await.unwrap();
        assert_eq!(given(&second), [("b.vn", vec!["ward"])], "the one that was renewed stays whose it was");
        assert_eq!(store.renew_hosts(&leases, at(200)).await.unwrap(), leases[1..]);
        store.release_hosts(&[visited(&first.hosts[1], vec![unchanged("ward", 49, 900)], 50)]).await.unwrap();
        assert_eq!(store.feed_state(&"ward".parse().unwrap()).await.unwrap().polled_at, None);
        assert_eq!(given(&store.claim_hosts(&host_claim(60)).await.unwrap()), [], "nobody gave it back who had it");
        store.release_hosts(&[visited(&second.hosts[0], vec![unchanged("ward", 60, 900)], 61)]).await.unwrap();
        assert_eq!(store.feed_state(&"ward".parse().unwrap()).await.unwrap().next_at, at(900));
    })
    .await;
}

#[tokio::test]
async fn a_host_rests_and_says_until_when_it_wants_to_be_left_alone() {
    each(async |place| {
        let store = three(&place).await;
        let claimed = store.claim_hosts(&host_claim(1)).await.unwrap();
        store.hold_host("a.vn", at(600)).await.unwrap();
        store.release_hosts(&[visited(&claimed.hosts[0], Vec::new(), 5)]).await.unwrap();
        let resting = store.claim_hosts(&host_claim(4)).await.unwrap();
        assert_eq!((given(&resting), resting.next), (vec![], Some(at(5))));
        let again = store.claim_hosts(&host_claim(5)).await.unwrap();
        assert_eq!((given(&again)[0].0, again.hosts[0].held_until), ("a.vn", Some(at(600))));
    })
    .await;
}

#[tokio::test]
async fn what_rests_or_is_gone_is_given_to_nobody_and_another_interval_counts() {
    each(async |place| {
        let store = three(&place).await;
        store.record(&recording(Vec::new())).await.unwrap();
        store.enrol(&[enrolment("court", None)], &["police".parse().unwrap(), "ward".parse().unwrap()]).await.unwrap();
        assert_eq!(store.claim_hosts(&host_claim(2000)).await.unwrap(), Claimed::default());
        let known: Vec<String> = store.enrolled().await.unwrap().into_iter().map(|it| it.feed.to_string()).collect();
        assert_eq!(known, ["court", "police"], "of what was never polled nothing is kept");
        assert_eq!(store.summaries().await.unwrap().len(), 1);
        let basis = PollBasis { definition: 7, pace: "60s fixed".into() };
        let police = Enrolment { next: Some((at(60), basis.clone())), ..enrolment("police", Some("a.vn")) };
        store.enrol(&[police], &[]).await.unwrap();
        let state = store.feed_state(&feed()).await.unwrap();
        assert_eq!((state.next_at, state.basis), (at(60), Some(basis)));
        assert_eq!(store.claim_hosts(&host_claim(59)).await.unwrap().next, Some(at(60)));
        assert_eq!(given(&store.claim_hosts(&host_claim(60)).await.unwrap()), [("a.vn", vec!["police"])]);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_is_gone_holds_nothing_and_those_that_are_there_are_named() {
    each(async |place| {
        let store = three(&place).await;
        let worker = Worker {
            id: "one".into(),
            name: "ministry 4711".into(),
            started_at: at(0),
            seen_at: at(10),
            report: WorkerReport { polls: 7, late_99th: 120, ..WorkerReport::default() },
        };
        store.note_worker(&worker).await.unwrap();
        let later = Worker { seen_at: at(70), ..worker };
        store.note_worker(&later).await.unwrap();
        assert_eq!(store.workers().await.unwrap(), vec![later.clone()]);
        // What it has of definitions stays, whatever else it says of itself.
        let definitions = DefinitionPrints::from([("police".to_owned(), i64::MIN), ("court".to_owned(), 7)]);
        store.note_definitions("one", &definitions).await.unwrap();
        store.note_worker(&later).await.unwrap();
        assert_eq!(store.definitions_of_workers().await.unwrap(), BTreeMap::from([(later.id, definitions)]));
        assert_eq!(store.claim_hosts(&host_claim(1)).await.unwrap().hosts.len(), 2);
        store.close().await;
        let store = place.open().await;
        assert_eq!(store.claim_hosts(&host_claim(2)).await.unwrap().hosts.len(), 2);
        store.forget_workers(at(70)).await.unwrap();
        assert_eq!(store.workers().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_nothing_wait_longer() {
    each(async |place| {
        let store = place.open().await;
        let police = Enrolment {
            next: Some((at(900), PollBasis { definition: 7, pace: "900s fixed".into() })),
            ..enrolment("police", Some("a.vn"))
        };
        store.enrol(&[police], &[]).await.unwrap();
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        // A chat that asked to wait for ten minutes, and a send that is looked for in one.
        let Work::Send { lease, .. } = store.claim(&claim(0)).await.unwrap() else { panic!("nothing to send") };
        store.settle(&lease, &Outcome::Unclear { look_at: at(60), rest_until: Some(at(600)), why: "lost".into() }, at(0)).await.unwrap();
        let day = 86_400;
        store.set_back(SignedDuration::from_secs(day)).await.unwrap();
        assert_eq!(store.claim(&claim(1 - day)).await.unwrap(), Work::Later(at(600 - day)));
        assert!(matches!(store.claim(&claim(601 - day)).await.unwrap(), Work::Resolve { .. }));
        let next = store.enrolled().await.unwrap()[0].next_at;
        assert!(next <= at(900 - day), "{next}");
    })
    .await;
}

/// Six in the morning stays six in the morning.
#[tokio::test]
async fn what_is_held_for_the_night_keeps_its_hour_when_the_clock_is_set_back() {
    each(async |place| {
        let store = place.open().await;
        let mut held = article("1", true);
        held.announce[0].due = Some(at(7_200));
        store.record(&recording(vec![held])).await.unwrap();
        // The first claim makes the channel known.
        assert_eq!(store.claim(&claim(0)).await.unwrap(), Work::Later(at(7_200)));
        store.set_back(SignedDuration::from_hours(1)).await.unwrap();
        assert_eq!(store.claim(&claim(-3_600)).await.unwrap(), Work::Later(at(7_200)));
        store.set_back(SignedDuration::from_hours(25)).await.unwrap();
        assert_eq!(store.claim(&claim(-90_000)).await.unwrap(), Work::Later(at(7_200 - 86_400)));
    })
    .await;
}

#[tokio::test]
async fn a_store_that_was_written_by_a_clock_ahead_goes_by_the_one_there_is() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true)])).await.unwrap();
        let before = store.feed_state(&feed()).await.unwrap().next_at;
        store.close().await;
        let day = SignedDuration::from_hours(24);
        let store = Store::open(&place.settings, at(0) - day).await.unwrap();
        let after = store.feed_state(&feed()).await.unwrap().next_at;
        assert!((before - day).duration_since(after).abs() <= SignedDuration::from_mins(1), "{before} is {after}");
        store.close().await;
        // Once: it is no use to count it again at each start.
        let store = Store::open(&place.settings, at(0) - day).await.unwrap();
        assert_eq!(store.feed_state(&feed()).await.unwrap().next_at, after);
    })
    .await;
}
