//! A channel's outbox against a Bot API that loses answers, over real sockets, with a clock that the test moves.

use std::{cell::Cell, net::TcpListener};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use loa_stand_ins::{
    bot_api::{BotApi, FaultKind},
    portal::{Portal, Story},
};

use super::*;

mod copies;
mod promises;
mod restored;
use crate::{
    channel::Photos,
    feed, fetch,
    message::samples,
    store::{Announcement, NewArticle, Polled, Recording, State},
    target::telegram::{self, Telegram},
};

const TOKEN: &str = "4242:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
const NEWS: i64 = -1_001_000_000_001;
const OPS: i64 = 77;

thread_local! {
    static NOW: Cell<Timestamp> = Cell::new(Timestamp::from_second(1_800_000_000).unwrap());
}

fn now() -> Timestamp {
    NOW.get()
}

/// A channel with everything that it needs.
struct Newsroom {
    api: BotApi,
    target: Target,
    client: Client,
    loaded: Pictures,
    crowd: Crowd,
    copies: Copies,
    settings: store::Settings,
    store: Store,
    channel: Channel,
    on_unknown: OnUnknown,
    /// The HTML of every article.
    pictures: String,
    feeds: Vec<Feed>,
    channels: Vec<Channel>,
    _folder: tempfile::TempDir,
}

impl Newsroom {
    async fn open(ops_chat: i64) -> Self {
        let api = BotApi::start(TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
        api.add_channel(NEWS, None, "Tin");
        api.add_private(OPS, "Người trực");
        let settings = telegram::Settings { api_url: api.url().parse().unwrap(), ops_chat, ..telegram::Settings::default() };
        let folder = tempfile::tempdir().unwrap();
        let place = store::Settings::at(format!("sqlite:{}", folder.path().join("loa.db").display()));
        Self {
            target: Target::Telegram(Telegram::new(&settings, TOKEN.parse().unwrap()).unwrap()),
            client: Client::new(&fetch::Settings { allow_private: true, ..fetch::Settings::default() }, std::time::Duration::ZERO).unwrap(),
            loaded: Pictures::default(),
            crowd: Crowd::default(),
            copies: Copies::default(),
            store: Store::open(&place, now()).await.unwrap(),
            settings: place,
            channel: channel(),
            on_unknown: OnUnknown::Probe,
            pictures: String::new(),
            feeds: Vec::new(),
            channels: Vec::new(),
            api,
            _folder: folder,
        }
    }

    /// Queues a headline for the channel.
    async fn publish(&self, name: &str) {
        self.publish_in(name, None).await;
    }

    /// The same, perhaps together with others.
    async fn publish_in(&self, name: &str, digest: Option<&str>) {
        let article = crate::article::Article {
            uid: format!("tag:{name}"),
            url: format!("https://catp.example/{name}").parse().unwrap(),
            title: format!("Tin {name}"),
            image: None,
            html: self.pictures.clone(),
            ..samples::article()
        };
        let new = NewArticle {
            addresses: vec![format!("catp.example/{name}")],
            marks: Vec::new(),
            listed_title: article.title.clone(),
            folded_title: article.title.to_lowercase(),
            announce: vec![Announcement { channel: self.channel.id.clone(), due: None, digest: digest.map(str::to_owned) }],
            read_again: None,
            article,
        };
        let recording = Recording { articles: vec![new], ..Recording::nothing("catp".parse().unwrap(), polled()) };
        self.store.record(&recording).await.unwrap();
    }

    /// The feed is polled, and brings nothing.
    async fn poll_nothing(&self) {
        self.store.record(&Recording::nothing("catp".parse().unwrap(), polled())).await.unwrap();
    }

    /// Lets the channel work for `time`, and gives how its steps ended.
    async fn pass(&self, time: SignedDuration) -> Vec<Step> {
        let (until, zone) = (now() + time, TimeZone::UTC);
        let mut steps = Vec::new();
        loop {
            let terms = Terms {
                store: &self.store,
                client: &self.client,
                pictures: &self.loaded,
                crowd: &self.crowd,
                copies: &self.copies,
                target: Some(&self.target),
                on_unknown: self.on_unknown,
                pace: SignedDuration::ZERO,
                language: Language::Vietnamese,
                zone: &zone,
                feeds: &self.feeds,
                channels: &self.channels,
                now,
            };
            match step(&self.channel, &terms).await.unwrap() {
                Step::Idle => break,
                Step::Later(at) if at > until => break,
                Step::Later(at) => NOW.set(at),
                step => steps.push(step),
            }
            assert!(steps.len() < 200, "{} steps and no end: {:#?}", steps.len(), steps.last());
        }
        NOW.set(until);
        steps
    }

    /// The headlines that the channel shows, in order.
    fn headlines(&self) -> Vec<String> {
        self.api
            .ledger(NEWS)
            .into_iter()
            .map(|message| message.text)
            .filter(|text| !text.is_empty())
            .map(|text| text.lines().next().unwrap_or_default().to_owned())
            .collect()
    }
}

fn polled() -> Polled {
    Polled {
        url: "https://catp.example/".into(),
        etag: None,
        last_modified: None,
        at: now(),
        next: now(),
        fresh_until: None,
        found: Some(1),
        remarks: Vec::new(),
        portal: Some(store::Portal { title: Some("Công an Biển Xanh".to_owned()), language: None }),
    }
}

fn channel() -> Channel {
    Channel { burst: 10, ..Channel::plain("main".parse().unwrap(), Address::new(NEWS.to_string())) }
}

#[tokio::test]
async fn a_message_names_its_source_as_the_file_does_or_else_as_its_pages_do() {
    for (title, expected) in [("", "Công an Biển Xanh"), ("title = \"Tin của phường\"\n", "Tin của phường")] {
        let text = format!("url = \"https://catp.example/\"\n{title}");
        let feed = feed::read("catp".parse().unwrap(), "", &text, std::path::Path::new(""), &|_| None).unwrap();
        let room = Newsroom { feeds: vec![feed], ..Newsroom::open(0).await };
        room.publish("một").await;
        room.pass(DAY).await;
        let told = room.api.ledger(NEWS);
        assert!(told.iter().any(|message| message.text.contains(expected)), "{told:#?}");
    }
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn a_way_that_loses_every_answer(on_unknown: OnUnknown) {
    let room = Newsroom { on_unknown, ..Newsroom::open(0).await };
    room.api.fault_next("sendMessage", 1000, FaultKind::ServerErrorAfterDelivery);
    room.publish("một").await;
    room.pass(DAY).await;
    assert_eq!(room.headlines(), ["Tin một"; 5]);
    let waiting = room.store.deliveries(Some(State::Unknown), 10).await.unwrap();
    assert_eq!(waiting.len(), 1);

    // The channel goes on, and a person decides.
    room.api.heal();
    room.publish("hai").await;
    room.pass(DAY).await;
    room.store.retry(waiting[0].id, now()).await.unwrap();
    room.pass(DAY).await;
    assert_eq!(room.headlines()[5..], ["Tin hai", "Tin một"]);
}

#[tokio::test]
async fn a_message_whose_answers_are_all_lost_is_sent_five_times_and_waits_for_a_person() {
    a_way_that_loses_every_answer(OnUnknown::Probe).await;
    a_way_that_loses_every_answer(OnUnknown::Resend).await;
}

/// What becomes of four headlines when the answer to the second is lost and the ops chat is as `spoil` makes it.
async fn with_an_ops_chat(spoil: impl Fn(&BotApi)) -> Vec<String> {
    let room = Newsroom::open(OPS).await;
    room.publish("một").await;
    room.pass(DAY).await;
    spoil(&room.api);
    room.api.fault_next("sendMessage", 1, FaultKind::ServerErrorAfterDelivery);
    for name in ["hai", "ba", "bốn"] {
        room.publish(name).await;
    }
    room.pass(DAY).await;
    room.headlines()
}

#[tokio::test]
async fn a_closed_ops_chat_never_silences_a_channel() {
    let told = with_an_ops_chat(|api| api.block(OPS)).await;
    assert_eq!(told, ["Tin một", "Tin hai", "Tin hai", "Tin ba", "Tin bốn"]);
    let told = with_an_ops_chat(|api| api.fault_next("forwardMessage", 1000, FaultKind::ServerError)).await;
    assert_eq!(told, ["Tin một", "Tin hai", "Tin hai", "Tin ba", "Tin bốn"]);
    let told = with_an_ops_chat(|_| ()).await;
    assert_eq!(told, ["Tin một", "Tin hai", "Tin ba", "Tin bốn"]);
}

/// Words that Telegram may say tomorrow.
fn new_words() -> FaultKind {
    FaultKind::Refuse { code: 400, description: "Bad Request: CHAT_IS_ASLEEP".to_owned() }
}

#[tokio::test]
async fn a_chat_that_refuses_in_unknown_words_costs_one_message_and_keeps_the_others() {
    let room = Newsroom::open(0).await;
    room.api.fault_next("sendMessage", 1000, new_words());
    for number in 0..30 {
        room.publish(&number.to_string()).await;
    }
    let steps = room.pass(DAY).await;
    let is = |kind: SetbackKind| move |step: &&Step| matches!(step, Step::Failed(setback) if setback.kind == kind);
    assert_eq!(steps.iter().filter(is(SetbackKind::Dead)).count(), 1, "{steps:#?}");
    assert_eq!(steps.iter().filter(is(SetbackKind::Paused)).count(), steps.len() - 1);
    assert!(room.store.channel_state(&room.channel.id, &room.channel.address).await.unwrap().paused.is_some());
    room.api.heal();
    room.pass(DAY).await;
    assert_eq!(room.headlines(), (1..30).map(|number| format!("Tin {number}")).collect::<Vec<_>>());
    assert_eq!(room.store.channel_state(&room.channel.id, &room.channel.address).await.unwrap().paused, None);
}

#[tokio::test]
async fn unknown_words_from_a_chat_that_is_closed_cost_nothing() {
    let room = Newsroom::open(0).await;
    room.publish("một").await;
    room.api.restrict(NEWS);
    room.api.fault_next("sendMessage", 1000, new_words());
    room.pass(DAY).await;
    room.api.permit(NEWS);
    room.api.promote(NEWS);
    room.api.heal();
    room.pass(DAY).await;
    assert_eq!(room.headlines(), ["Tin một"]);
}

#[tokio::test]
async fn one_message_that_is_refused_in_unknown_words_costs_the_others_nothing() {
    let room = Newsroom::open(0).await;
    // Each of its forms.
    room.api.fault_next("sendMessage", 3, new_words());
    for name in ["một", "hai", "ba"] {
        room.publish(name).await;
    }
    room.pass(SignedDuration::from_mins(2)).await;
    assert_eq!(room.headlines(), ["Tin hai", "Tin ba"]);
}

#[tokio::test]
async fn an_album_whose_answer_is_lost_is_found_though_the_settings_have_changed() {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    (0..20).for_each(|number| portal.publish(Story::sample(number, now().to_zoned_datetime(TimeZone::UTC))));
    let pictures: String =
        portal.stories().iter().filter_map(|story| portal.picture_url(story)).map(|url| format!("<img src=\"{url}\">")).collect();
    let mut room = Newsroom { pictures, ..Newsroom::open(OPS).await };
    room.publish("một").await;
    room.pass(DAY).await;
    room.channel.photos = Photos::Album;
    room.api.fault_next("sendMediaGroup", 1, FaultKind::ServerErrorAfterDelivery);
    room.publish("hai").await;
    room.pass(SignedDuration::ZERO).await;
    room.channel.photos = Photos::None;
    room.channel.template = "Tin khác: {{ title }}".to_owned();
    room.publish("ba").await;
    room.pass(DAY).await;
    assert_eq!(room.headlines(), ["Tin một", "Tin hai", "Tin khác: Tin ba"]);
    assert!(room.api.ledger(NEWS).len() > 4, "an album has several pictures");
}

#[tokio::test]
async fn what_was_for_a_topic_that_is_closed_or_deleted_is_said_in_its_chat() {
    const FORUM: i64 = -1_001_000_000_003;
    for close in [BotApi::close_topic, BotApi::delete_topic] {
        let mut room = Newsroom::open(0).await;
        room.api.add_forum(FORUM, "Nhóm", &[7]);
        room.channel.address = Address::new(format!("{FORUM}/7"));
        room.publish("một").await;
        room.pass(DAY).await;
        close(&room.api, FORUM, 7);
        room.publish("hai").await;
        room.publish("ba").await;
        let steps = room.pass(DAY).await;
        let is_diverted = |step: &&Step| matches!(step, Step::Failed(setback) if setback.kind == SetbackKind::Diverted);
        assert_eq!(steps.iter().filter(is_diverted).count(), 1, "{steps:#?}");
        let said = || room.api.ledger(FORUM).into_iter().map(|message| message.thread).collect::<Vec<_>>();
        assert_eq!(said(), [Some(7), None, None]);
        // It is tried again when a person wants it.
        room.api.add_forum(FORUM, "Nhóm", &[7]);
        assert!(room.store.reopen_chat(&room.channel.id).await.unwrap());
        room.publish("bốn").await;
        room.pass(DAY).await;
        assert_eq!(room.api.ledger(FORUM).pop().unwrap().thread, Some(7));
    }
}

#[tokio::test]
async fn a_long_silence_that_telegram_asks_for_is_told_apart_from_a_short_one() {
    let room = Newsroom::open(0).await;
    room.publish("một").await;
    for (retry_after, kind) in [(40, SetbackKind::Waiting), (43_838, SetbackKind::Silenced)] {
        room.api.fault_next("sendMessage", 1, FaultKind::TooManyRequests { retry_after, no_params: false });
        let steps = room.pass(SignedDuration::ZERO).await;
        assert!(matches!(&steps[..], [Step::Failed(setback)] if setback.kind == kind), "{steps:#?}");
        NOW.set(now() + SignedDuration::from_secs(60));
    }
    room.pass(DAY).await;
    assert_eq!(room.headlines(), ["Tin một"]);
}
