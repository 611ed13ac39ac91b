//! A headline is told when its own page was read, however many come at once and however many channels there are.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};

use crate::running::{Folder, TOKEN, listener, portal, story, until};

const FIRST_CHANNEL: i64 = -1_002_000_000_400;
/// The pause between two requests to the portal.
const DELAY: Duration = Duration::from_secs(1);

/// A second is the promise. The machine that tests it has other things to do as well, so that it is kept once in a few
/// rounds.
const SOON: SignedDuration = SignedDuration::from_secs(1);
const ROUNDS: u32 = 5;

fn channels(count: i64) -> Vec<i64> {
    (0..count).map(|number| FIRST_CHANNEL - number).collect()
}

fn bot_api(channels: &[i64]) -> BotApi {
    let api = BotApi::start(listener(), TOKEN).unwrap();
    channels.iter().for_each(|id| api.add_channel(*id, None, "Tin"));
    api
}

/// A portal that wants a pause, with a feed that knows its ten headlines.
async fn known(portal: &Portal, api: &BotApi, channels: &[i64], photos: &str) -> Folder {
    let channels: String = channels
        .iter()
        .map(|id| format!("[[channel]]\nid = \"c{}\"\nchat = \"{id}\"\nphotos = \"{photos}\"\n", FIRST_CHANNEL - id))
        .collect();
    let folder = Folder::new(&format!("[telegram]\napi-url = \"{}\"\npace = \"0s\"\n{channels}", api.url()));
    folder.add("police", portal, "");
    assert_eq!(folder.loa(&["run", "--once"]).await.code, Some(0));
    let settings = std::fs::read_to_string(folder.path().join("bot.toml")).unwrap();
    let delay = format!("host-delay = \"{}s\"", DELAY.as_secs());
    std::fs::write(folder.path().join("bot.toml"), settings.replace("host-delay = \"0s\"", &delay)).unwrap();
    portal.forget_requests();
    folder
}

fn path_of(url: &str) -> String {
    url.parse::<url::Url>().unwrap().path().to_owned()
}

/// When the page of each story was read.
fn read_at(portal: &Portal, stories: &[Story]) -> BTreeMap<String, Timestamp> {
    let now = Timestamp::now();
    let seen = portal.requests();
    let page = |story: &Story| seen.iter().find(|seen| seen.method == "GET" && path_of(&portal.story_url(story)) == seen.path);
    let at = |seen: &loa_stand_ins::portal::Seen| now - SignedDuration::try_from(seen.at.elapsed()).unwrap();
    stories.iter().filter_map(|story| Some((story.title.clone(), at(page(story)?)))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_ten_headlines_is_told_when_its_own_page_was_read() {
    let channels = channels(1);
    let (portal, api) = (portal(1..11), bot_api(&channels));
    let folder = known(&portal, &api, &channels, "none").await;
    let mut daemon = None;
    let mut slowest = Vec::new();
    for round in 0..ROUNDS {
        // Each a minute younger than the one before.
        let first = 11 + 10 * round;
        let at = |number: u32| story(11, 3).published.checked_add(SignedDuration::from_mins(number.into())).unwrap();
        let new: Vec<Story> = (first..first + 10).map(|number| Story { published: at(number), ..story(number, 1) }).collect();
        new.iter().for_each(|story| portal.publish(story.clone()));
        if daemon.is_none() {
            daemon = Some(folder.start().await);
        }
        let before = 10 * round as usize;
        until("all are told", || api.ledger(channels[0]).len() >= before + new.len()).await;
        let said = api.ledger(channels[0]).split_off(before);
        let read = read_at(&portal, &new);
        assert_eq!((said.len(), read.len()), (10, 10));
        let waits = new.iter().zip(&said).map(|(story, said)| {
            assert!(said.text.starts_with(&story.title), "{} is not {}", said.text, story.title);
            said.at.duration_since(read[&story.title])
        });
        slowest.push(waits.max().unwrap());
        if slowest.last() < Some(&SOON) {
            return;
        }
    }
    panic!("the slowest of each round: {slowest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_channels_get_one_picture_that_is_fetched_once() {
    let channels = channels(20);
    let (portal, api) = (portal(1..11), bot_api(&channels));
    let folder = known(&portal, &api, &channels, "one").await;
    let mut daemon = None;
    let mut slowest = Vec::new();
    let with_picture = (11..).map(|number| story(number, 0)).filter(|story| story.caption.is_some());
    for (round, new) in (0..ROUNDS as usize).zip(with_picture) {
        portal.publish(new.clone());
        if daemon.is_none() {
            daemon = Some(folder.start().await);
        }
        until("every channel is told", || channels.iter().all(|id| api.ledger(*id).len() == round + 1)).await;
        let said: Vec<_> = channels.iter().filter_map(|id| api.ledger(*id).pop()).collect();
        assert!(said.iter().all(|message| message.media.is_some()), "{said:#?}");
        let picture = portal.picture_url(&new).unwrap();
        let fetched = portal.requests().into_iter().filter(|seen| seen.method == "GET" && path_of(&picture) == seen.path).count();
        assert_eq!(fetched, 1);
        let read = read_at(&portal, std::slice::from_ref(&new))[&new.title];
        slowest.push(said.iter().map(|message| message.at.duration_since(read)).max().unwrap());
        // The page, a pause, what the picture is, a pause, the picture.
        if slowest.last() < Some(&(SOON + SignedDuration::try_from(2 * DELAY).unwrap())) {
            return;
        }
    }
    panic!("the slowest of each round: {slowest:?}");
}
