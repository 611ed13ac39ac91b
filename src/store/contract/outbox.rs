//! What every database must keep of the order in which a channel says things.

use super::*;

#[tokio::test]
async fn an_unclear_send_keeps_the_order_for_a_while_and_no_longer() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        let Work::Send { lease, .. } = store.claim(&claim(1)).await.unwrap() else { panic!() };
        store.begin(&lease, &attempt()).await.unwrap();
        let unclear = Outcome::Unclear { look_at: at(4), rest_until: None, why: "no answer".into() };
        store.settle(&lease, &unclear, at(1)).await.unwrap();
        assert_eq!(store.claim(&claim(2)).await.unwrap(), Work::Later(at(4)));
        let Work::Resolve { lease, chat, .. } = store.claim(&claim(4)).await.unwrap() else { panic!() };
        assert_eq!(chat.unclear, 1);
        store.settle(&lease, &Outcome::Undecided { look_at: at(900), why: "no answer".into() }, at(4)).await.unwrap();
        let work = store.claim(&claim(4)).await.unwrap();
        assert_eq!(names(&work), ["Tin 2"]);
        sent(&store, work, 5).await;
        assert_eq!(store.claim(&claim(5)).await.unwrap(), Work::Later(at(900)));
        let Work::Resolve { deliveries, .. } = store.claim(&claim(900)).await.unwrap() else { panic!() };
        assert_eq!((deliveries[0].unclear, deliveries[0].looks), (1, 2));
        assert!(store.note_problem(&channel(), Some("the ops chat is closed")).await.unwrap());
        assert!(!store.note_problem(&channel(), Some("the ops chat is closed")).await.unwrap());
        assert!(store.note_problem(&channel(), None).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_is_held_blocks_nothing_that_is_due_and_goes_first_when_its_time_comes() {
    each(async |place| {
        let store = place.open().await;
        let mut articles: Vec<_> = ["1", "2", "3", "4"].iter().map(|name| article(name, true)).collect();
        for article in &mut articles[..2] {
            article.announce[0].due = Some(at(600));
            article.announce[0].digest = Some("quiet until then".into());
        }
        store.record(&recording(articles)).await.unwrap();
        let work = store.claim(&claim(1)).await.unwrap();
        assert_eq!(names(&work), ["Tin 3"]);
        sent(&store, work, 1).await;
        let work = store.claim(&claim(600)).await.unwrap();
        assert_eq!(names(&work), ["Tin 1", "Tin 2"]);
        sent(&store, work, 2).await;
        let work = store.claim(&claim(600)).await.unwrap();
        assert_eq!(names(&work), ["Tin 4"]);
        sent(&store, work, 3).await;
        assert_eq!(store.claim(&claim(600)).await.unwrap(), Work::Nothing);
    })
    .await;
}

#[tokio::test]
async fn one_chat_waits_and_the_others_go_on() {
    each(async |place| {
        let store = place.open().await;
        let mut first = article("1", true);
        first.announce.push(Announcement { channel: "other".parse().unwrap(), due: None, digest: None });
        store.record(&recording(vec![first])).await.unwrap();
        let Work::Send { lease, .. } = store.claim(&claim(1)).await.unwrap() else { panic!() };
        store.settle(&lease, &Outcome::Wait { until: at(40), why: "retry after 39".into() }, at(1)).await.unwrap();
        assert_eq!(store.claim(&claim(2)).await.unwrap(), Work::Later(at(40)));
        let other = Claim { channel: "other".parse().unwrap(), address: Address::new("@other"), ..claim(2) };
        let work = store.claim(&other).await.unwrap();
        assert_eq!(names(&work), ["Tin 1"]);
        let Work::Send { lease, .. } = work else { panic!() };
        store.settle(&lease, &Outcome::Paused { until: at(600), why: "bot was kicked".into() }, at(3)).await.unwrap();
        let state = store.channel_state(&other.channel, &other.address).await.unwrap();
        assert_eq!(state.paused.as_deref(), Some("bot was kicked"));
        // Another chat for the same channel: what was known of the old one is forgotten, what was queued is not.
        let renamed = Claim { address: Address::new("-1002"), now: at(4), ..other };
        assert_eq!(names(&store.claim(&renamed).await.unwrap()), ["Tin 1"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_delivery_that_is_held_stops_nobody_and_a_person_decides() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        let Work::Send { lease, deliveries, .. } = store.claim(&claim(1)).await.unwrap() else { panic!() };
        store.settle(&lease, &Outcome::Held { why: "no answer".into() }, at(1)).await.unwrap();
        let work = store.claim(&claim(2)).await.unwrap();
        assert_eq!(names(&work), ["Tin 2"]);
        sent(&store, work, 5).await;
        assert_eq!(store.claim(&claim(2)).await.unwrap(), Work::Nothing);
        let id = deliveries[0].id;
        assert_eq!(store.held(&channel(), 10).await.unwrap(), [id]);
        assert_eq!(store.deliveries(Some(State::Unknown), 10).await.unwrap()[0].id, id);
        assert_eq!(store.retry(id, at(3)).await.unwrap(), Some(State::Unknown));
        assert_eq!(store.retry(id, at(3)).await.unwrap(), Some(State::Queued));
        assert_eq!(store.retry(999, at(3)).await.unwrap(), None);
        assert_eq!(store.drop_delivery(id, at(4)).await.unwrap(), Some(State::Queued));
        assert_eq!(store.claim(&claim(5)).await.unwrap(), Work::Nothing);
    })
    .await;
}

#[tokio::test]
async fn a_person_decides_about_many_at_once() {
    each(async |place| {
        let store = place.open().await;
        let names = ["a", "b", "c", "d"];
        store.record(&recording(names.map(|name| article(name, true)).to_vec())).await.unwrap();
        let other: ChannelId = "other".parse().unwrap();
        store.claim(&Claim { channel: other.clone(), ..claim(2) }).await.unwrap();
        for outcome in [Outcome::Dead { why: "no".into(), rest_until: None }, Outcome::Held { why: "?".into() }] {
            let Work::Send { lease, .. } = store.claim(&claim(2)).await.unwrap() else { panic!("nothing to send") };
            assert!(store.begin(&lease, &attempt()).await.unwrap());
            assert!(store.settle(&lease, &outcome, at(3)).await.unwrap());
        }
        let states = async || store.delivery_counts(&channel()).await.unwrap().into_iter().collect::<BTreeMap<_, _>>();
        let all = [State::Queued, State::Sent, State::Unknown, State::Dead];
        assert_eq!(store.decide_all(Some(&other), &all, State::Queued, at(4)).await.unwrap(), 0);
        assert_eq!(store.decide_all(Some(&channel()), &[State::Dead], State::Queued, at(4)).await.unwrap(), 1);
        assert_eq!(states().await, BTreeMap::from([(State::Queued, 3), (State::Unknown, 1)]));
        assert_eq!(store.decide_all(None, &all, State::Queued, at(4)).await.unwrap(), 1);
        assert_eq!(states().await, BTreeMap::from([(State::Queued, 4)]));
        assert_eq!(store.decide_all(None, &all, State::Dropped, at(5)).await.unwrap(), 4);
        assert_eq!(states().await, BTreeMap::from([(State::Dropped, 4)]));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_is_closed_and_opened_without_a_send() {
    each(async |place| {
        let store = place.open().await;
        assert!(!store.close_chat(&channel(), "kicked", at(600)).await.unwrap(), "nothing was ever claimed for it");
        store.record(&recording(vec![article("a", true)])).await.unwrap();
        let Work::Send { lease, .. } = store.claim(&claim(2)).await.unwrap() else { panic!("nothing to send") };
        store.settle(&lease, &Outcome::Again { why: "x".into() }, at(3)).await.unwrap();
        assert!(!store.open_chat(&channel()).await.unwrap());
        assert!(store.close_chat(&channel(), "kicked", at(600)).await.unwrap());
        assert!(!store.close_chat(&channel(), "kicked again", at(900)).await.unwrap());
        assert_eq!(store.claim(&claim(4)).await.unwrap(), Work::Later(at(600)));
        let state = async || store.channel_state(&channel(), &claim(4).address).await.unwrap();
        assert_eq!(state().await.paused.as_deref(), Some("kicked"));
        assert!(store.open_chat(&channel()).await.unwrap());
        assert_eq!((state().await.paused, state().await.hold_until), (None, None));
        assert!(matches!(store.claim(&claim(5)).await.unwrap(), Work::Send { .. }));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn one_chat_that_was_closed_is_tried_at_once() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("a", true)])).await.unwrap();
        let Work::Send { lease, .. } = store.claim(&claim(2)).await.unwrap() else { panic!("nothing to send") };
        store.settle(&lease, &Outcome::Paused { until: at(600), why: "kicked".into() }, at(3)).await.unwrap();
        assert_eq!(store.claim(&claim(4)).await.unwrap(), Work::Later(at(600)));
        assert!(!store.reopen_chat(&"other".parse().unwrap()).await.unwrap());
        assert!(store.reopen_chat(&channel()).await.unwrap());
        assert!(matches!(store.claim(&claim(4)).await.unwrap(), Work::Send { .. }));
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_album_makes_room_for_itself_before_it_is_sent() {
    each(async |place| {
        let store = place.open().await;
        let articles = (0..30).map(|number| article(&number.to_string(), true)).collect();
        store.record(&recording(articles)).await.unwrap();
        let pace = SignedDuration::from_secs(3);
        let limits = vec![
            Limit { place: "-1001".into(), pace, burst: 4, per_minute: 20, per_second: 0, reserve: 0 },
            Limit { place: String::new(), pace: SignedDuration::from_millis(40), burst: 5, per_minute: 0, per_second: 30, reserve: 0 },
        ];
        let claim = |now: i64| Claim { limits: limits.clone(), ..claim(now) };
        let said = Outcome::Sent { receipt: Some("7".into()), last_receipt: Some("7".into()) };
        // In a chat that has rested the ten go as soon as the bot's other messages leave room for them.
        let Work::Send { lease, .. } = store.claim(&claim(1000)).await.unwrap() else { panic!("nothing to send") };
        let free_at = store.reserve(&lease, 9, at(1000)).await.unwrap();
        assert_eq!(free_at.duration_since(at(1000)), SignedDuration::from_millis(200));
        store.settle(&lease, &said, at(1000)).await.unwrap();
        // They are owed for: ten paces, but for the burst.
        assert_eq!(store.claim(&claim(1001)).await.unwrap(), Work::Later(at(1021)));
        let mut now = 1021;
        let mut singles = 0;
        while singles < 8 {
            match store.claim(&claim(now)).await.unwrap() {
                Work::Send { lease, .. } => {
                    assert!(store.settle(&lease, &said, at(now)).await.unwrap());
                    singles += 1;
                }
                Work::Later(later) => now = later.duration_since(at(0)).as_secs(),
                work => panic!("{work:?}"),
            }
        }
        // Eighteen within the minute, and ten more: they wait until those of before have left room.
        let Work::Later(next) = store.claim(&claim(now)).await.unwrap() else { panic!("at once") };
        let next = next.duration_since(at(0)).as_secs();
        let Work::Send { lease, .. } = store.claim(&claim(next)).await.unwrap() else { panic!("nothing to send") };
        let free_at = store.reserve(&lease, 9, at(next)).await.unwrap();
        assert!(free_at >= at(1060) && free_at <= at(next + 60), "{free_at} of {next}");
        store.close().await;
    })
    .await;
}

/// The limits of one of many chats, and those of all together.
fn limits(number: usize) -> Vec<Limit> {
    let all = Limit { place: String::new(), pace: SignedDuration::from_millis(50), burst: 5, per_minute: 0, per_second: 28, reserve: 2 };
    let chat =
        Limit { place: format!("chat {number}"), pace: SignedDuration::from_secs(3), burst: 4, per_minute: 20, per_second: 0, reserve: 0 };
    vec![chat, all]
}

/// What a channel of many asks.
fn claim_of(number: usize, now: Timestamp) -> Claim {
    let channel: ChannelId = format!("channel-{number}").parse().unwrap();
    Claim { address: Address::new(format!("chat {number}")), channel, now, limits: limits(number) }
}

/// Queues so many headlines for each of these.
async fn queue_for(store: &Store, channels: std::ops::Range<usize>, headlines: usize) {
    let announce: Vec<_> =
        channels.map(|number| Announcement { channel: claim_of(number, at(0)).channel, due: None, digest: None }).collect();
    let name = |number| format!("{}-{number}", announce[0].channel);
    let articles = (0..headlines).map(|number| NewArticle { announce: announce.clone(), ..article(&name(number), true) }).collect();
    store.record(&recording(articles)).await.unwrap();
}

#[tokio::test]
async fn however_long_messages_are_on_their_way_no_limit_is_broken_where_they_arrive() {
    const CHANNELS: usize = 40;
    each(async |place| {
        let store = place.open().await;
        queue_for(&store, 0..CHANNELS, 8).await;
        let said = Outcome::Sent { receipt: Some("7".into()), last_receipt: Some("7".into()) };
        // What each does next, and when: it asks, or its message arrives.
        let mut next: std::collections::BTreeMap<(Timestamp, usize), Option<Lease>> =
            (0..CHANNELS).map(|number| ((at(0), number), None)).collect();
        let mut arrived: Vec<(Timestamp, usize)> = Vec::new();
        while let Some(((now, number), lease)) = next.pop_first() {
            if let Some(lease) = lease {
                assert!(store.settle(&lease, &said, now).await.unwrap());
                arrived.push((now, number));
                next.insert((now, number), None);
                continue;
            }
            match store.claim(&claim_of(number, now)).await.unwrap() {
                Work::Send { lease, .. } => {
                    // Mostly short, and now and then all of a while together.
                    let hanging = SignedDuration::from_millis(2_500 - now.as_millisecond() % 2_500);
                    let quick = SignedDuration::from_millis(20 + (arrived.len() as i64 * 37) % 200);
                    let arrives = now + if now.as_second() / 5 % 2 == 0 { hanging } else { quick };
                    next.insert((arrives, number), Some(lease));
                }
                Work::Later(at) | Work::Crowded(at) => drop(next.insert((at.max(now + SignedDuration::from_millis(5)), number), None)),
                Work::Nothing => (),
                work @ Work::Resolve { .. } => panic!("{work:?}"),
            }
        }
        assert_eq!(arrived.len(), CHANNELS * 8);
        let within = |times: &[Timestamp], span: SignedDuration| {
            times
                .iter()
                .enumerate()
                .map(|(first, from)| times[first..].iter().take_while(|at| at.duration_since(*from) < span).count())
                .max()
        };
        let all: Vec<_> = arrived.iter().map(|(at, _)| *at).collect();
        let most = within(&all, SignedDuration::from_secs(1)).unwrap();
        assert!((15..=30).contains(&most), "{most} in a second");
        for number in 0..CHANNELS {
            let own: Vec<_> = arrived.iter().filter(|(_, it)| *it == number).map(|(at, _)| *at).collect();
            assert!(within(&own, SignedDuration::from_secs(1)) <= Some(4), "{own:?}");
        }
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_channel_in_which_little_waits_goes_before_those_with_long_queues() {
    each(async |place| {
        let store = place.open().await;
        queue_for(&store, 0..10, 5).await;
        let now = at(0);
        let mut sent = 0;
        let crowded = loop {
            match store.claim(&claim_of(sent, now)).await.unwrap() {
                Work::Send { .. } => sent += 1,
                work => break work,
            }
        };
        // Three of five: the others are left.
        assert_eq!((sent, crowded), (3, Work::Crowded(now + SignedDuration::from_millis(50))));
        queue_for(&store, 20..23, 1).await;
        for number in 20..22 {
            let work = store.claim(&claim_of(number, now)).await.unwrap();
            assert!(matches!(work, Work::Send { .. }), "{work:?}");
        }
        assert_eq!(store.claim(&claim_of(22, now)).await.unwrap(), Work::Later(now + SignedDuration::from_millis(50)));
        // The digest of a burst is one message.
        let mut articles: Vec<_> = (0..30).map(|number| article(&format!("burst-{number}"), true)).collect();
        for article in &mut articles {
            article.announce = vec![Announcement { channel: claim_of(30, now).channel, due: None, digest: Some("burst".into()) }];
        }
        store.record(&recording(articles)).await.unwrap();
        let later = now + SignedDuration::from_millis(50);
        let Work::Send { deliveries, .. } = store.claim(&claim_of(30, later)).await.unwrap() else { panic!("nothing to send") };
        assert_eq!(deliveries.len(), 30);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_process_gives_up_it_takes_up_at_once() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        let Work::Send { lease, .. } = store.claim(&claim(1)).await.unwrap() else { panic!() };
        assert!(matches!(store.claim(&claim(2)).await.unwrap(), Work::Later(_)));
        store.give_up(&lease);
        // It had not begun to be sent.
        let work = store.claim(&claim(3)).await.unwrap();
        assert_eq!(names(&work), ["Tin 1"]);
        let Work::Send { lease, .. } = work else { panic!("{work:?}") };
        assert!(store.begin(&lease, &attempt()).await.unwrap());
        store.give_up(&lease);
        let work = store.claim(&claim(4)).await.unwrap();
        let Work::Resolve { lease: look, deliveries, .. } = work else { panic!("{work:?}") };
        assert_eq!((deliveries[0].unclear, deliveries[0].looks), (1, 1));
        assert!(!store.settle(&lease, &Outcome::Shown, at(5)).await.unwrap());
        // What is given up once is not given up again.
        assert!(matches!(store.claim(&claim(6)).await.unwrap(), Work::Later(_)));
        assert!(store.settle(&look, &Outcome::Shown, at(7)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn how_far_a_look_came_is_kept_when_it_is_cut_off() {
    each(async |place| {
        let store = place.open().await;
        store.record(&recording(vec![article("1", true), article("2", true)])).await.unwrap();
        let Work::Send { lease, .. } = store.claim(&claim(1)).await.unwrap() else { panic!("nothing to send") };
        store.begin(&lease, &attempt()).await.unwrap();
        let unclear = Outcome::Unclear { look_at: at(4), rest_until: None, why: "no answer".into() };
        store.settle(&lease, &unclear, at(1)).await.unwrap();
        let Work::Resolve { lease, .. } = store.claim(&claim(4)).await.unwrap() else { panic!("nothing to look for") };
        store.note_passed(&lease, "41", true).await.unwrap();
        store.note_passed(&Lease { number: lease.number + 1, ..lease.clone() }, "99", true).await.unwrap();
        let state = store.channel_state(&channel(), &claim(4).address).await.unwrap();
        assert_eq!(state.last_receipt.as_deref(), Some("41"));
        // The lease runs out: the look goes on at once, and is no further one.
        let late = 4 + LEASE.as_secs();
        let Work::Resolve { deliveries, .. } = store.claim(&claim(late)).await.unwrap() else { panic!("nothing to look for") };
        assert_eq!((deliveries[0].looks, deliveries[0].unclear), (1, 1));
        assert_eq!(deliveries[0].attempt.as_ref().unwrap().after.as_deref(), Some("41"));
        store.close().await;
    })
    .await;
}
