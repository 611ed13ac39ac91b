//! What a database must keep that several processes work on: whatever becomes of one of them, of its connection or of
//! the server.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use loa_stand_ins::postgres::End;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
};

use super::*;

/// So long a process may be silent before what it was sending is looked for.
const GRACE: i64 = 10;

fn database_of(place: &Place) -> &str {
    place.settings.url.rsplit('/').next().unwrap()
}

/// Cuts every connection to the database.
fn cut(place: &Place) {
    let database = database_of(place);
    Postgres::shared().sql("postgres", &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"));
}

/// Hears until the session is there again.
async fn hear_again(store: &Store) {
    loop {
        match store.hear().await {
            Ok(Heard::Anything) => return,
            Ok(_) | Err(Error::Away(_)) => (),
            Err(error) => panic!("{error:?}"),
        }
    }
}

async fn told(store: &Store, announced: usize) {
    let names: Vec<String> = (1..=announced).map(|n| n.to_string()).collect();
    store.record(&recording(names.iter().map(|name| article(name, true)).collect())).await.unwrap();
}

fn send(work: Work) -> Lease {
    let Work::Send { lease, .. } = work else { panic!("expected something to send, found {work:?}") };
    lease
}

#[tokio::test]
async fn several_processes_have_one_send_of_a_channel_and_one_pace_among_them() {
    let place = server();
    let [one, other] = [place.open().await, place.open().await];
    told(&one, 8).await;
    let paced = |now| Claim { limits: vec![limit("chat", 3)], ..claim(now) };
    for turn in 0..4 {
        let (first, second) = if turn % 2 == 0 { (&one, &other) } else { (&other, &one) };
        let work = first.claim(&paced(10)).await.unwrap();
        assert!(matches!(second.claim(&paced(10)).await.unwrap(), Work::Later(_)));
        sent(first, work, turn).await;
    }
    for store in [&one, &other] {
        assert_eq!(store.claim(&paced(10)).await.unwrap(), Work::Later(at(13)));
    }
    one.close().await;
    other.close().await;
}

#[tokio::test]
async fn claims_of_several_processes_at_once_share_the_hosts() {
    let place = server();
    let stores = [place.open().await, place.open().await, place.open().await];
    let feeds: Vec<_> = (0..60)
        .map(|number| Enrolment {
            feed: format!("feed-{number}").parse().unwrap(),
            url: "https://a.vn/".into(),
            host: Some(format!("{}.vn", number / 2)),
            next: None,
        })
        .collect();
    stores[0].enrol(&feeds, &[]).await.unwrap();
    let claim = HostClaim { now: at(1), until: at(46), hosts: 2, feeds: 10 };
    let claims: Vec<_> = (0..30)
        .map(|turn| {
            let store = stores[turn % stores.len()].clone();
            tokio::spawn(async move { store.claim_hosts(&claim).await.unwrap().hosts })
        })
        .collect();
    let mut hosts = Vec::new();
    for claimed in claims {
        let claimed = claimed.await.unwrap();
        assert!(claimed.iter().all(|host| host.feeds.len() == 2));
        hosts.extend(claimed.into_iter().map(|host| host.lease.host));
    }
    let given = hosts.len();
    hosts.sort();
    hosts.dedup();
    assert_eq!((given, hosts.len()), (30, 30), "thirty hosts, and claims for twice as many");
}

/// Two processes, of which the first visits a host.
async fn a_visit(place: &Place) -> (Store, Store, HostLease) {
    let (visitor, other) = (place.open().await, place.open().await);
    let enrolment = Enrolment { feed: feed(), url: "https://a.vn/".into(), host: Some("a.vn".into()), next: None };
    visitor.enrol(&[enrolment], &[]).await.unwrap();
    assert_eq!(other.hear().await.unwrap(), Heard::Work);
    let claimed = visitor.claim_hosts(&HostClaim { now: at(1), until: at(46), hosts: 1, feeds: 1 }).await.unwrap();
    (visitor, other, claimed.hosts[0].lease.clone())
}

async fn visit(store: &Store, now: i64) -> Option<HostLease> {
    store.claim_host("a.vn", at(now), at(now + 45)).await.unwrap()
}

async fn turn(store: &Store, now: i64) -> Option<HostTurn> {
    store.take_turn("a.vn", at(now), at(now + 20)).await.unwrap()
}

#[tokio::test]
async fn a_host_that_is_visited_is_shared_when_somebody_wants_a_turn_there() {
    let place = server();
    let (visitor, other, lease) = a_visit(&place).await;
    assert_eq!(turn(&other, 2).await, None);
    assert_eq!(visitor.hear().await.unwrap(), Heard::Wanted("a.vn".into()));
    // Its last request has just ended.
    visitor.share_host("a.vn", at(4)).await.unwrap();
    assert_eq!(turn(&other, 3).await, None);
    let taken = turn(&other, 4).await.unwrap();
    assert_eq!(turn(&visitor, 5).await, None);
    other.return_turn(&taken, at(6)).await.unwrap();
    assert_eq!(turn(&visitor, 5).await, None);
    let own = turn(&visitor, 6).await.unwrap();
    // The visit is prolonged, and the turn is none of it.
    assert_eq!(visitor.renew_hosts(std::slice::from_ref(&lease), at(60)).await.unwrap(), []);
    visitor.return_turn(&own, at(7)).await.unwrap();
    assert_eq!(visit(&other, 50).await, None);
    // A turn that is taken when the visit ends goes on, and only then somebody else visits the host.
    let taken = turn(&other, 51).await.unwrap();
    visitor.release_hosts(&[Visited { lease, unchanged: Vec::new(), rests_until: Some(at(52)) }]).await.unwrap();
    assert_eq!(visit(&visitor, 53).await, None);
    other.return_turn(&taken, at(54)).await.unwrap();
    assert_eq!(visit(&visitor, 53).await, None);
    assert!(visit(&visitor, 54).await.is_some());
    // What is given back twice, or too late, changes nothing.
    other.return_turn(&taken, at(0)).await.unwrap();
    assert_eq!(turn(&other, 55).await, None);
}

#[tokio::test]
async fn turns_do_not_prolong_the_visit_of_a_process_that_is_gone() {
    let place = server();
    let (visitor, other, _) = a_visit(&place).await;
    visitor.share_host("a.vn", at(2)).await.unwrap();
    visitor.close().await;
    for now in [10, 30, 44] {
        let taken = turn(&other, now).await.unwrap();
        other.return_turn(&taken, at(now + 1)).await.unwrap();
    }
    assert_eq!(visit(&other, 45).await, None);
    // Nor does its visit begin in somebody's turn.
    let taken = turn(&other, 45).await.unwrap();
    assert_eq!(visit(&other, 46).await, None);
    other.return_turn(&taken, at(47)).await.unwrap();
    assert!(visit(&other, 47).await.is_some());
}

#[tokio::test]
async fn a_turn_at_a_host_that_nobody_visits_keeps_visits_and_other_turns_away() {
    let place = server();
    let stores = [place.open().await, place.open().await];
    let taken = turn(&stores[0], 1).await.unwrap();
    assert_eq!((taken.held_until, turn(&stores[1], 2).await, visit(&stores[1], 2).await), (None, None, None));
    stores[0].return_turn(&taken, at(3)).await.unwrap();
    stores[0].hold_host("a.vn", at(90)).await.unwrap();
    let taken = turn(&stores[1], 3).await.unwrap();
    assert_eq!(taken.held_until, Some(at(90)));
    // Of a process that is gone a turn is over by itself, and at once where another one starts.
    assert_eq!(visit(&stores[0], 22).await, None);
    assert!(visit(&stores[0], 23).await.is_some());
    let dying = place.open().await;
    assert!(dying.take_turn("b.vn", at(2000), at(2020)).await.unwrap().is_some());
    dying.close().await;
    let third = place.open().await;
    assert!(third.claim_host("b.vn", at(2001), at(2040)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_story_that_two_processes_find_at_once_is_told_once() {
    let place = server();
    let stores = [place.open().await, place.open().await];
    for round in 0..8 {
        let recordings = ["front", "section"].map(|feed| {
            let mut new = article(&format!("tin-{round}"), true);
            new.article.feed = feed.parse().unwrap();
            new.article.uid = format!("tag:a.vn,2026:{feed}/{round}");
            Recording { feed: feed.parse().unwrap(), ..recording(vec![new]) }
        });
        let [one, other] = &recordings;
        let (one, other) = tokio::join!(stores[0].record(one), stores[1].record(other));
        assert_eq!(one.unwrap().deliveries + other.unwrap().deliveries, 1);
    }
}

#[tokio::test]
async fn what_a_process_had_that_is_gone_is_anothers_soon() {
    let place = server();
    let [dying, other] = [place.open().await, place.open().await];
    told(&other, 2).await;
    dying.enrol(&[Enrolment { feed: feed(), url: "https://a.vn/".into(), host: Some("a.vn".into()), next: None }], &[]).await.unwrap();
    assert_eq!(dying.claim_hosts(&HostClaim { now: at(2000), until: at(2045), hosts: 1, feeds: 1 }).await.unwrap().hosts.len(), 1);
    let unbegun = send(dying.claim(&claim(1)).await.unwrap());
    dying.close().await;
    // It had not begun: again at once.
    assert!(!other.settle(&Lease { number: 1, ..unbegun.clone() }, &Outcome::Shown, at(2)).await.unwrap());
    let lease = send(other.claim(&claim(2)).await.unwrap());
    assert_eq!(lease.deliveries, unbegun.deliveries);
    assert!(other.settle(&lease, &Outcome::Again { why: "no route".into() }, at(2)).await.unwrap());

    let dying = place.open().await;
    let begun = send(dying.claim(&claim(3)).await.unwrap());
    assert!(dying.begin(&begun, &attempt()).await.unwrap());
    dying.close().await;
    assert_eq!(other.claim(&claim(4)).await.unwrap(), Work::Later(at(4 + GRACE)));
    let work = other.claim(&claim(4 + GRACE)).await.unwrap();
    let Work::Resolve { deliveries, .. } = &work else { panic!("{work:?}") };
    assert_eq!((deliveries[0].id, deliveries[0].unclear), (begun.deliveries[0], 1));
    // A new process frees what is left at once.
    let third = place.open().await;
    assert_eq!(third.claim_hosts(&HostClaim { now: at(2001), until: at(2046), hosts: 1, feeds: 1 }).await.unwrap().hosts.len(), 1);
}

#[tokio::test]
async fn a_process_that_was_stopped_for_longer_than_its_lease_settles_nothing() {
    let place = server();
    let [stopped, other] = [place.open().await, place.open().await];
    told(&other, 1).await;
    let old = send(stopped.claim(&claim(1)).await.unwrap());
    assert!(stopped.begin(&old, &attempt()).await.unwrap());
    // As long as it is there, its lease holds.
    let end = 1 + LEASE.as_secs();
    assert_eq!(other.claim(&claim(60)).await.unwrap(), Work::Later(at(end)));
    let Work::Resolve { lease, .. } = other.claim(&claim(end)).await.unwrap() else { panic!() };
    assert!(!stopped.begin(&old, &attempt()).await.unwrap());
    assert!(!stopped.settle(&old, &Outcome::Shown, at(end + 1)).await.unwrap());
    assert!(other.settle(&lease, &Outcome::Again { why: "not found".into() }, at(end + 1)).await.unwrap());
}

#[tokio::test]
async fn a_connection_that_is_cut_costs_nothing_and_its_process_is_not_held_for_dead() {
    let place = server();
    let [cut_off, other] = [place.open().await, place.open().await];
    told(&other, 2).await;
    let lease = send(cut_off.claim(&claim(1)).await.unwrap());
    assert!(cut_off.begin(&lease, &attempt()).await.unwrap());
    cut(&place);
    // The daemon hears all the time, and so it is back before anybody looks for what it was sending.
    for store in [&cut_off, &other] {
        hear_again(store).await;
    }
    assert_eq!(other.claim(&claim(2)).await.unwrap(), Work::Later(at(1 + LEASE.as_secs())));
    assert!(cut_off.settle(&lease, &Outcome::Shown, at(3)).await.unwrap());
    assert_eq!(names(&other.claim(&claim(4)).await.unwrap()), ["Tin 2"]);
}

#[tokio::test]
async fn what_one_process_does_the_others_hear() {
    let place = server();
    let [one, other] = [place.open().await, place.open().await];
    told(&one, 1).await;
    assert_eq!([other.hear().await.unwrap(), other.hear().await.unwrap()], [Heard::Published(feed()), Heard::Deliveries]);
    one.make_due(&[feed()], at(5)).await.unwrap();
    assert_eq!(other.hear().await.unwrap(), Heard::Work);
    one.define(&[Definition { feed: feed(), text: "url = \"https://a.vn/\"\n".into() }]).await.unwrap();
    assert_eq!(other.hear().await.unwrap(), Heard::Operator);
    let subject = crate::store::Subject::Channel(channel());
    assert!(one.pause(&subject, at(1)).await.unwrap() && one.resume(&subject).await.unwrap());
    assert_eq!([other.hear().await.unwrap(), other.hear().await.unwrap()], [Heard::Operator, Heard::Operator]);
    // Nobody hears itself.
    other.make_due(&[feed()], at(4)).await.unwrap();
    assert_eq!(one.hear().await.unwrap(), Heard::Work);
}

/// A headline whose own page was read is not kept back until the poll has read its last one, and so another process may
/// tell it meanwhile.
#[tokio::test]
async fn what_is_recorded_before_a_poll_ends_the_others_hear_too() {
    let place = server();
    let [one, other] = [place.open().await, place.open().await];
    told(&one, 0).await;
    assert_eq!(one.record_articles(&feed(), &[article("1", true)], &[], None, at(5)).await.unwrap().deliveries, 1);
    assert_eq!([other.hear().await.unwrap(), other.hear().await.unwrap()], [Heard::Published(feed()), Heard::Deliveries]);
    // What nobody is told of is published, and what was there already is neither.
    assert_eq!(one.record_articles(&feed(), &[article("2", false)], &[], None, at(5)).await.unwrap().deliveries, 0);
    assert_eq!(one.record_articles(&feed(), &[article("2", true)], &[], None, at(5)).await.unwrap().articles, 0);
    one.make_due(&[feed()], at(5)).await.unwrap();
    assert_eq!([other.hear().await.unwrap(), other.hear().await.unwrap()], [Heard::Published(feed()), Heard::Work]);
    assert_eq!(names(&other.claim(&claim(6)).await.unwrap()), ["Tin 1"]);
}

#[tokio::test]
async fn transactions_that_cannot_be_put_in_an_order_are_made_again() {
    let place = server();
    let strict = Settings::at(format!("{}?options=-cdefault_transaction_isolation%3Dserializable", place.settings.url));
    let [one, other] = [Store::open(&strict, at(0)).await.unwrap(), Store::open(&strict, at(0)).await.unwrap()];
    for round in 0..10 {
        let recordings = ["1", "2"].map(|name| {
            let mut new = article(&format!("{name}-{round}"), true);
            new.article.uid = format!("tag:a.vn,2026:{name}/{round}");
            recording(vec![new])
        });
        let (first, second) = tokio::join!(one.record(&recordings[0]), other.record(&recordings[1]));
        assert_eq!((first.unwrap().articles, second.unwrap().articles), (1, 1));
    }
    assert_eq!(one.count(&feed()).await.unwrap(), 20);
    assert_eq!(one.latest(&feed(), 100).await.unwrap().len(), 20);
}

#[tokio::test]
async fn a_server_that_is_restarted_or_crashes_keeps_what_was_written_and_everything_goes_on() {
    let server = Postgres::start();
    let settings = Settings::at(server.database());
    let store = Store::open(&settings, at(0)).await.unwrap();
    for (round, end) in [End::Fast, End::Crash].into_iter().enumerate() {
        let before = recording(vec![article(&format!("before-{round}"), true)]);
        assert_eq!(store.record(&before).await.unwrap().articles, 1);
        server.stop(end);
        assert!(matches!(store.count(&feed()).await, Err(Error::Away(_))));
        assert!(matches!(store.hear().await, Err(Error::Away(_))));
        server.run();
        hear_again(&store).await;
        assert_eq!(store.record(&before).await.unwrap().articles, 0, "it is there");
        assert!(Store::is_in_use(&settings).await);
    }
    assert_eq!(store.count(&feed()).await.unwrap(), 2);
}

/// Stands between a process and the server, and loses the answers to as many commits as it is told to.
struct Middle {
    folder: TempDir,
    loses: std::sync::Arc<AtomicU32>,
}

impl Middle {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let loses = std::sync::Arc::new(AtomicU32::new(0));
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let server: PathBuf = Postgres::shared().folder().join(".s.PGSQL.5432");
        let lose = loses.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, server.clone(), lose.clone()));
            }
        });
        Self { folder, loses }
    }

    fn settings(&self, place: &Place) -> Settings {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        Settings::at(format!("postgres://loa@{folder}/{}", database_of(place)))
    }

    fn lose(&self, answers: u32) {
        self.loses.store(answers, Ordering::SeqCst);
    }

    fn has_lost(&self) -> bool {
        self.loses.load(Ordering::SeqCst) == 0
    }
}

async fn pass_on(mut client: UnixStream, server: impl AsRef<Path>, lose: std::sync::Arc<AtomicU32>) {
    let mut server = UnixStream::connect(server).await.unwrap();
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            length = client.read(&mut asked) => match length {
                Ok(length) if length > 0 => {
                    server.write_all(&asked[..length]).await.unwrap();
                    let one_less = |left: u32| left.checked_sub(1);
                    if asked[..length].windows(6).any(|word| word == b"COMMIT")
                        && lose.try_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok()
                    {
                        // Done, and nobody is told.
                        let _answer = server.read(&mut answered).await;
                        return;
                    }
                }
                _ => return,
            },
            length = server.read(&mut answered) => match length {
                Ok(length) if length > 0 => if client.write_all(&answered[..length]).await.is_err() { return },
                _ => return,
            },
        }
    }
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_neither_lost_nor_made_twice() {
    let (place, middle) = (server(), Middle::new());
    let store = Store::open(&middle.settings(&place), at(0)).await.unwrap();
    middle.lose(1);
    store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
    assert!(middle.has_lost());
    assert_eq!(store.deliveries(None, 10).await.unwrap().len(), 2);
    // Nobody knows of the first claim's lease: the second one gives it up.
    middle.lose(1);
    let lease = send(store.claim(&claim(1)).await.unwrap());
    assert!(middle.has_lost());
    assert!(store.begin(&lease, &attempt()).await.unwrap());
    middle.lose(1);
    let outcome = Outcome::Sent { receipt: Some("7".into()), last_receipt: Some("7".into()) };
    assert!(store.settle(&lease, &outcome, at(2)).await.unwrap());
    assert!(middle.has_lost());
    let Work::Send { deliveries, chat, .. } = store.claim(&claim(3)).await.unwrap() else { panic!() };
    assert_eq!((deliveries[0].article().unwrap().title.as_str(), chat.last_receipt.as_deref()), ("Tin 2", Some("7")));
}

#[tokio::test]
async fn a_claim_whose_answers_are_all_lost_is_given_up_by_the_next_one() {
    let (place, middle) = (server(), Middle::new());
    let store = Store::open(&middle.settings(&place), at(0)).await.unwrap();
    store.record(&recording(vec![article("1", true)])).await.unwrap();
    // As often as it is tried.
    middle.lose(6);
    assert!(matches!(store.claim(&claim(1)).await, Err(Error::Away(_))));
    assert!(middle.has_lost());
    let lease = send(store.claim(&claim(2)).await.unwrap());
    assert!(store.begin(&lease, &attempt()).await.unwrap());
}
