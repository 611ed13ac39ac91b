//! The table of `docs/DELIVERY.md`, cell by cell: what becomes of a message of which nobody knows whether it arrived.

use super::*;

const FORUM: i64 = -1_001_000_000_002;

/// What surrounds a channel.
struct Setting {
    name: &'static str,
    ops_chat: i64,
    on_unknown: OnUnknown,
    chat: i64,
    photos: Photos,
    /// Another channel of the settings leads to the same chat.
    is_shared: bool,
    /// Whether something was said before.
    has_spoken: bool,
    prepare: fn(&BotApi),
    /// Between the last message and this one.
    between: fn(&BotApi),
}

const USUAL: Setting = Setting {
    name: "",
    ops_chat: 0,
    on_unknown: OnUnknown::Probe,
    chat: NEWS,
    photos: Photos::None,
    is_shared: false,
    has_spoken: true,
    prepare: |_| (),
    between: |_| (),
};

/// What a message may fare.
#[derive(Debug, Clone, Copy)]
enum Loss {
    /// It arrived, and the answer did not.
    OfAnswer,
    /// Neither did.
    OfBoth,
    /// It arrives six seconds after it was sent.
    Late,
}

fn others_talk(api: &BotApi) {
    for number in 0..300 {
        api.say(NEWS, &format!("Người khác nói {number}"));
    }
}

fn settings() -> Vec<Setting> {
    let own_only: fn(&BotApi) = |api| api.forbid_edits(NEWS);
    vec![
        Setting { name: "`ops-chat`", ops_chat: OPS, ..USUAL },
        Setting { name: "`ops-chat`; others post 300 messages in between", ops_chat: OPS, between: others_talk, ..USUAL },
        Setting { name: "`ops-chat`; nine messages in between are deleted", ops_chat: OPS, between: |api| api.skip_ids(NEWS, 9), ..USUAL },
        Setting { name: "none; the bot may post and not edit", prepare: own_only, ..USUAL },
        Setting { name: "the same; others post 300 messages in between", prepare: own_only, between: others_talk, ..USUAL },
        Setting {
            name: "`ops-chat` that blocks the bot; the bot may post and not edit",
            ops_chat: OPS,
            prepare: |api| {
                api.forbid_edits(NEWS);
                api.block(OPS);
            },
            ..USUAL
        },
        Setting {
            name: "`ops-chat`, and a channel with protected content; the bot may post and not edit",
            ops_chat: OPS,
            prepare: |api| {
                api.forbid_edits(NEWS);
                api.protect(NEWS);
            },
            ..USUAL
        },
        Setting { name: "none; a supergroup", chat: FORUM, ..USUAL },
        Setting { name: "none; the bot may edit what others post", ..USUAL },
        Setting {
            name: "`ops-chat` that blocks the bot; the bot may edit what others post",
            ops_chat: OPS,
            prepare: |api| api.block(OPS),
            ..USUAL
        },
        Setting {
            name: "`ops-chat`, and a channel with protected content; the bot may edit what others post",
            ops_chat: OPS,
            prepare: |api| api.protect(NEWS),
            ..USUAL
        },
        Setting {
            name: "`ops-chat`; the first message that Loa ever sends to the chat, after 300 of others",
            ops_chat: OPS,
            has_spoken: false,
            between: others_talk,
            ..USUAL
        },
        Setting { name: "none; the first message that Loa ever sends to the chat", has_spoken: false, ..USUAL },
        Setting { name: "an album; `ops-chat`", photos: Photos::Album, ops_chat: OPS, ..USUAL },
        Setting { name: "an album; none; the bot may post and not edit", photos: Photos::Album, prepare: own_only, ..USUAL },
        Setting {
            name: "the same; others post 300 messages in between, albums among them",
            photos: Photos::Album,
            prepare: own_only,
            between: |api| {
                others_talk(api);
                for _picture in 0..5 {
                    api.say(NEWS, "");
                }
            },
            ..USUAL
        },
        Setting {
            name: "an album; none; the bot may post and not edit; another `[[channel]]` leads to this chat",
            photos: Photos::Album,
            is_shared: true,
            prepare: own_only,
            ..USUAL
        },
        Setting { name: "an album; none; the bot may edit what others post", photos: Photos::Album, ..USUAL },
        Setting { name: "`on-unknown = \"resend\"`", ops_chat: OPS, on_unknown: OnUnknown::Resend, ..USUAL },
        Setting { name: "`on-unknown = \"hold\"`", ops_chat: OPS, on_unknown: OnUnknown::Hold, ..USUAL },
    ]
}

/// How often the message is said in the end, in words.
async fn outcome(setting: &Setting, loss: Loss) -> &'static str {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let mut room = Newsroom { on_unknown: setting.on_unknown, pictures: pictures(&portal), ..Newsroom::open(setting.ops_chat).await };
    room.channel.photos = setting.photos;
    room.api.add_supergroup(FORUM, None, "Nhóm");
    room.channel.address = Address::new(setting.chat.to_string());
    let other = Channel { id: "other".parse().unwrap(), address: Address::new(format!("{}/7", setting.chat)), ..room.channel.clone() };
    room.channels = if setting.is_shared { vec![room.channel.clone(), other] } else { vec![room.channel.clone()] };
    (setting.prepare)(&room.api);
    if setting.has_spoken {
        room.publish("một").await;
        room.pass(SignedDuration::from_mins(1)).await;
    }
    (setting.between)(&room.api);
    let kind = match loss {
        Loss::OfAnswer => FaultKind::ServerErrorAfterDelivery,
        Loss::OfBoth | Loss::Late => FaultKind::ServerError,
    };
    let is_album = setting.photos == Photos::Album;
    room.api.fault_next(if is_album { "sendMediaGroup" } else { "sendMessage" }, 1, kind);
    room.publish("hai").await;
    room.pass(SignedDuration::from_secs(6)).await;
    if matches!(loss, Loss::Late) {
        let words = words_of("hai", &room).await;
        if is_album {
            room.api.arrive_as_album(setting.chat, &words, 2)
        } else {
            room.api.arrive(setting.chat, &words)
        };
    }
    room.publish("ba").await;
    room.pass(DAY).await;
    let said: Vec<String> =
        room.api.ledger(setting.chat).into_iter().filter(|message| message.by_bot).map(|message| message.text).collect();
    let times = |name: &str| said.iter().filter(|text| text.starts_with(&format!("Tin {name}"))).count();
    assert_eq!(times("ba"), 1, "{}: {said:?}", setting.name);
    match (times("hai"), room.store.held(&room.channel.id, 1).await.unwrap().len()) {
        (1, 0) => "once",
        (2, 0) => "twice",
        (1, 1) => "once, and a person is asked",
        (0, 1) => "not before a person decides",
        other => panic!("{} with {loss:?}: {other:?}, {said:?}", setting.name),
    }
}

/// The message as the chat shows it.
async fn words_of(name: &str, room: &Newsroom) -> String {
    let deliveries = room.store.deliveries(None, 10).await.unwrap();
    let delivery = deliveries.into_iter().find(|delivery| delivery.article().is_some_and(|article| article.title == format!("Tin {name}")));
    let delivery = delivery.unwrap();
    let article = delivery.article().unwrap();
    compose(&room.channel, article, article.feed.as_str(), Language::Vietnamese).text.shown
}

/// Two of them, as the HTML of an article has them.
pub fn pictures(portal: &Portal) -> String {
    (0..20).for_each(|number| portal.publish(Story::sample(number, now().to_zoned_datetime(TimeZone::UTC))));
    let stories = portal.stories();
    stories.iter().filter_map(|story| portal.picture_url(story)).take(2).map(|url| format!("<img src=\"{url}\">")).collect()
}

#[tokio::test]
async fn albums_in_a_row_whose_answers_are_lost_are_told_apart_by_where_they_stand() {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let mut room = Newsroom { pictures: pictures(&portal), ..Newsroom::open(0).await };
    room.channel.photos = Photos::Album;
    room.api.forbid_edits(NEWS);
    room.publish("một").await;
    room.pass(SignedDuration::from_mins(1)).await;
    let kinds = [
        FaultKind::ServerErrorAfterDelivery,
        FaultKind::ServerError,
        FaultKind::ServerErrorAfterDelivery,
        FaultKind::ServerErrorAfterDelivery,
        FaultKind::ServerError,
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        room.api.fault_next("sendMediaGroup", 1, kind);
        // What the look itself is told may be lost, too.
        room.api.fault_next("editMessageReplyMarkup", 2, FaultKind::ServerErrorAfterDelivery);
        room.publish(&format!("số {number}")).await;
        room.pass(SignedDuration::from_mins(2)).await;
        room.api.heal();
    }
    let said: Vec<String> = (0..5).map(|number| format!("Tin số {number}")).collect();
    assert_eq!(room.headlines(), [vec!["Tin một".to_owned()], said].concat());
}

#[tokio::test]
async fn every_cell_of_the_table_is_as_it_says() {
    let documented = include_str!("../../../../docs/DELIVERY.md");
    let mut missing = Vec::new();
    for setting in settings() {
        let mut row = format!("| {} |", setting.name);
        for loss in [Loss::OfAnswer, Loss::OfBoth, Loss::Late] {
            row += &format!(" {} |", outcome(&setting, loss).await);
        }
        if !documented.contains(&row) {
            missing.push(row);
        }
    }
    assert!(missing.is_empty(), "docs/DELIVERY.md does not say so:\n{}", missing.join("\n"));
}
