//! A daemon killed at any moment loses no headline, keeps their order, and says none twice that can be looked for.
//!
//! `LOA_KILLS=143 ./tests/run --test loa kill` kills a thousand times over the settings; `LOA_SEED` makes the moments
//! of an earlier run again, and `LOA_SETTING` takes one setting. What is promised where is in `docs/DELIVERY.md`.

use std::{collections::HashSet, path::Path, time::Duration};

use loa::store::{Settings, State, Store};
use loa_stand_ins::{bot_api::BotApi, portal::Portal};

use crate::running::{Folder, MINUTE, TOKEN, bot_api, listener, story, until, until_within};

const CHANNEL: i64 = -1_001_000_000_888;
const OPS: i64 = 4242;
/// The headlines that are there before the first poll.
const OLD: u32 = 10;
/// Headlines that may wait to be found. A poll reads ten further pages of ten headlines to find the known ones again,
/// and on a machine that has much else to do none may end between two kills: then the daemon is left alone for a while.
const BEHIND: u64 = 50;

/// A daemon and its surroundings.
#[derive(Clone, Copy)]
struct Case {
    name: &'static str,
    /// Further lines of `[telegram]` and of `[[channel]]`.
    telegram: &'static str,
    channel: &'static str,
    kills: u32,
    /// Whether a lost answer can be looked for, so that nothing is said twice.
    is_looked_for: bool,
    prepare: fn(&BotApi),
    /// Messages of others between two headlines.
    others: u32,
}

const OPS_CHAT: Case = Case {
    name: "ops chat",
    telegram: "ops-chat = 4242\npace = \"0s\"\n",
    channel: "photos = \"none\"\n",
    kills: 6,
    is_looked_for: true,
    prepare: |_| (),
    others: 0,
};

const CASES: [Case; 7] = [
    OPS_CHAT,
    Case { name: "albums", channel: "photos = \"album\"\n", kills: 4, ..OPS_CHAT },
    Case { name: "may not edit", telegram: "pace = \"0s\"\n", prepare: |api| api.forbid_edits(CHANNEL), ..OPS_CHAT },
    Case {
        name: "albums, may not edit",
        telegram: "pace = \"0s\"\n",
        channel: "photos = \"album\"\n",
        prepare: |api| api.forbid_edits(CHANNEL),
        kills: 4,
        ..OPS_CHAT
    },
    Case {
        name: "protected content",
        prepare: |api| {
            api.forbid_edits(CHANNEL);
            api.protect(CHANNEL);
        },
        kills: 4,
        ..OPS_CHAT
    },
    Case { name: "others talk", others: 3, kills: 4, ..OPS_CHAT },
    // What an operator has who set nothing, and a bot with all rights.
    Case { name: "defaults", telegram: "", channel: "", kills: 4, is_looked_for: false, ..OPS_CHAT },
];

fn folder(case: Case, portal: &Portal, api: &BotApi) -> Folder {
    let folder = Folder::new(&format!(
        "[telegram]\napi-url = \"{}\"\n{}[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nburst = 1000\n{}",
        api.url(),
        case.telegram,
        case.channel
    ));
    folder.add("police", portal, "");
    folder
}

/// How many deliveries are in these states.
async fn deliveries(folder: &Path, states: &[State]) -> u64 {
    let settings = Settings::at(format!("sqlite:{}", folder.join("loa.db").display()));
    let store = Store::visit(&settings).await.unwrap();
    let counts = store.delivery_counts(&"main".parse().unwrap()).await.unwrap();
    store.close().await;
    counts.into_iter().filter(|(state, _)| states.contains(state)).map(|(_, count)| count).sum()
}

/// The headlines that the channel shows, in order; an album shows one.
fn headlines(api: &BotApi) -> Vec<String> {
    let texts =
        api.ledger(CHANNEL).into_iter().filter(|message| message.by_bot).map(|message| message.text).filter(|text| !text.is_empty());
    texts.map(|text| text.lines().next().unwrap_or_default().to_owned()).collect()
}

async fn kill_at_random_moments(case: Case, mut random: fastrand::Rng) {
    let kills = std::env::var("LOA_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(case.kills);
    let (portal, api) = (Portal::start(listener()).unwrap(), bot_api(CHANNEL));
    api.add_private(OPS, "Người trực");
    (case.prepare)(&api);
    let has_albums = case.channel.contains("album");
    portal.illustrate(if has_albums { 2 } else { 0 });
    (0..OLD).for_each(|number| portal.publish(story(number, 0)));
    let folder = folder(case, &portal, &api);
    // One headline said in peace: a look for a lost one needs a message to begin after.
    let mut daemon = folder.spawn(TOKEN);
    until("the first poll is made", || folder.path().join("public/police.rss").exists()).await;
    portal.publish(story(OLD, 0));
    until_within(MINUTE, "the first headline is told", async || deliveries(folder.path(), &[State::Sent]).await == 1).await;

    api.latency(Duration::from_millis(300));
    api.lose(5, random.u64(..));
    for kill in 0..kills {
        let published = u64::from(kill) + 1;
        if deliveries(folder.path(), &State::ALL).await + BEHIND < published {
            until_within(MINUTE, "it catches up", async || deliveries(folder.path(), &State::ALL).await == published).await;
        }
        portal.publish(story(OLD + 1 + kill, 0));
        for number in 0..case.others {
            api.say(CHANNEL, &format!("Người khác nói {kill}.{number}"));
        }
        tokio::time::sleep(Duration::from_millis(random.u64(500..4500))).await;
        drop(daemon);
        daemon = folder.spawn(TOKEN);
    }
    // Where nothing is looked for, a headline whose answers were all lost waits for a person; it was said all the same.
    let published: Vec<String> = (OLD..=OLD + kills).map(|number| story(number, 0).title).collect();
    let all = u64::from(kills) + 1;
    let time = Duration::from_secs(120 + 8 * u64::from(kills));
    let settled: &[State] = if case.is_looked_for { &[State::Sent] } else { &[State::Sent, State::Unknown] };
    let all_is_told = async {
        while deliveries(folder.path(), settled).await < all || !published.iter().all(|title| headlines(&api).contains(title)) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    if tokio::time::timeout(time, all_is_told).await.is_err() {
        panic!("{}: not all is told after {time:?}\n{}", case.name, folder.loa(&["deliveries"]).await.stdout);
    }
    drop(daemon);

    let said = headlines(&api);
    let mut seen = HashSet::new();
    let first_said: Vec<&String> = said.iter().filter(|title| seen.insert(*title)).collect();
    assert_eq!(first_said, published.iter().collect::<Vec<_>>(), "{}: lost or out of order", case.name);
    assert_eq!(api.ledger(CHANNEL).iter().any(|message| message.album.is_some()), has_albums, "{}", case.name);
    let lost = api.calls().iter().filter(|call| call.method.starts_with("send") && !call.answered).count();
    // A killed daemon hears no answer either.
    let lost = lost + usize::try_from(kills).unwrap();
    let excuses = if case.is_looked_for { 0 } else { lost };
    assert!(said.len() <= published.len() + excuses, "{}: {lost} lost answers, and {said:#?}", case.name);
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_at_random_moments_lose_nothing_and_double_nothing_that_is_looked_for() {
    let seed = std::env::var("LOA_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    eprintln!("LOA_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let only = std::env::var("LOA_SETTING").unwrap_or_default();
    let mut run = |case: Case| {
        let (random, is_wanted) = (random.fork(), case.name.contains(&only));
        async move {
            if is_wanted {
                kill_at_random_moments(case, random).await;
            }
        }
    };
    let [first, second, third, fourth, fifth, sixth, seventh] = CASES;
    tokio::join!(run(first), run(second), run(third), run(fourth), run(fifth), run(sixth), run(seventh));
}
