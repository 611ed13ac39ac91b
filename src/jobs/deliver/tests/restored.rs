//! The second table of `docs/DELIVERY.md`, cell by cell: what becomes of headlines about which a backup that was put
//! back knows nothing.

use super::*;
use crate::store::Missed;

const FORUM: i64 = -1_001_000_000_002;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What surrounds a channel.
#[derive(Clone, Copy)]
struct Setting {
    name: &'static str,
    ops_chat: i64,
    chat: i64,
    missed: Missed,
    photos: Photos,
    has_spoken: bool,
    in_a_digest: bool,
    prepare: fn(&BotApi),
    /// Before the backup is put back.
    meanwhile: fn(&BotApi),
}

const USUAL: Setting = Setting {
    name: "",
    ops_chat: OPS,
    chat: NEWS,
    missed: Missed::Asked,
    photos: Photos::None,
    has_spoken: true,
    in_a_digest: false,
    prepare: |_| (),
    meanwhile: |_| (),
};

fn others_talk(api: &BotApi, messages: usize) {
    for number in 0..messages {
        api.say(NEWS, &format!("Người khác nói {number}"));
    }
}

fn settings() -> Vec<Setting> {
    let own_only: fn(&BotApi) = |api| api.forbid_edits(NEWS);
    vec![
        Setting { name: "`ops-chat`", ..USUAL },
        Setting { name: "`ops-chat`; it was told in a digest", in_a_digest: true, ..USUAL },
        Setting {
            name: "`ops-chat`; others posted 30 messages, and nine were deleted",
            meanwhile: |api| {
                others_talk(api, 15);
                api.skip_ids(NEWS, 9);
                others_talk(api, 15);
            },
            ..USUAL
        },
        Setting {
            name: "`ops-chat`; answers are lost and refused while it is read",
            meanwhile: |api| {
                others_talk(api, 30);
                api.fault_next("forwardMessage", 3, FaultKind::ServerErrorAfterDelivery);
                api.fault_next("forwardMessage", 1, FaultKind::TooManyRequests { retry_after: 9, no_params: true });
                api.fault_next("forwardMessage", 8, FaultKind::ServerErrorAfterDelivery);
                api.fault_next("deleteMessage", 8, FaultKind::ServerErrorAfterDelivery);
            },
            ..USUAL
        },
        Setting { name: "`ops-chat`; the first message that Loa ever sent to the chat came after the backup", has_spoken: false, ..USUAL },
        Setting { name: "none; the bot may post and not edit", ops_chat: 0, prepare: own_only, ..USUAL },
        Setting { name: "none; a supergroup", ops_chat: 0, chat: FORUM, ..USUAL },
        Setting {
            name: "`ops-chat` that blocks the bot; the bot may post and not edit",
            prepare: |api| {
                api.forbid_edits(NEWS);
                api.block(OPS);
            },
            ..USUAL
        },
        Setting {
            name: "none; the bot may post and not edit; albums were told since",
            ops_chat: 0,
            photos: Photos::Album,
            prepare: own_only,
            ..USUAL
        },
        Setting { name: "none; the bot may edit what others post", ops_chat: 0, ..USUAL },
        Setting {
            name: "`ops-chat`, and a channel with protected content; the bot may edit what others post",
            prepare: |api| api.protect(NEWS),
            ..USUAL
        },
        Setting { name: "`ops-chat`; more than 1,000 messages since the backup", meanwhile: |api| others_talk(api, 1010), ..USUAL },
        Setting { name: "`loa restore --announce`", missed: Missed::Announced, ..USUAL },
    ]
}

impl Newsroom {
    /// Copies the store.
    async fn back_up(&self, name: &str) -> std::path::PathBuf {
        let copy = self._folder.path().join(name);
        Store::back_up(&self.settings, &copy).await.unwrap();
        copy
    }

    /// Puts a copy in its place.
    async fn restore(&mut self, copy: &std::path::Path, missed: Missed) {
        self.shut().await;
        Store::restore(&self.settings, copy, missed, now()).await.unwrap();
        self.store = Store::open(&self.settings, now()).await.unwrap();
    }

    /// Gives up the store, and has an empty one until it is opened again.
    async fn shut(&mut self) {
        let empty = store::Settings::at(format!("sqlite:{}", self._folder.path().join("empty.db").display()));
        let empty = Store::open(&empty, now()).await.unwrap();
        std::mem::replace(&mut self.store, empty).close().await;
    }
}

/// How often the headline is told in the end, in words, where it was told since the backup, or was not.
async fn outcome(setting: &Setting, was_told: bool) -> &'static str {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let mut room = Newsroom { pictures: promises::pictures(&portal), ..Newsroom::open(setting.ops_chat).await };
    room.api.add_supergroup(FORUM, None, "Nhóm");
    room.channel.address = Address::new(setting.chat.to_string());
    room.channel.photos = setting.photos;
    (setting.prepare)(&room.api);
    if setting.has_spoken {
        room.publish("một").await;
        room.pass(MINUTE).await;
    } else {
        room.poll_nothing().await;
    }
    let copy = room.back_up("copy").await;
    let digest = setting.in_a_digest.then_some("nhiều tin");
    room.publish_in("nữa", digest).await;
    if was_told {
        room.publish_in("hai", digest).await;
    }
    room.pass(MINUTE).await;
    (setting.meanwhile)(&room.api);
    room.restore(&copy, setting.missed).await;
    room.publish_in("hai", digest).await;
    room.pass(DAY).await;
    // What comes later is in no doubt.
    room.publish("ba").await;
    room.pass(DAY).await;
    let said: Vec<String> =
        room.api.ledger(setting.chat).into_iter().filter(|message| message.by_bot).map(|message| message.text).collect();
    let times = |name: &str| said.iter().filter(|text| text.contains(&format!("Tin {name}"))).count();
    assert_eq!(times("ba"), 1, "{}: {said:?}", setting.name);
    let copies = room.api.ledger(OPS).iter().filter(|message| message.deleted.is_none()).count();
    assert!(copies <= 16, "{}: {copies} copies stay in the ops chat", setting.name);
    match times("hai") {
        0 => "not at all",
        1 => "once",
        2 => "twice",
        times => panic!("{}: {times} times: {said:?}", setting.name),
    }
}

#[tokio::test]
async fn every_cell_of_the_table_of_backups_is_as_it_says() {
    let documented = include_str!("../../../../docs/DELIVERY.md");
    let mut missing = Vec::new();
    for setting in settings() {
        let row = format!("| {} | {} | {} |", setting.name, outcome(&setting, true).await, outcome(&setting, false).await);
        if !documented.contains(&row) {
            missing.push(row);
        }
    }
    assert!(missing.is_empty(), "docs/DELIVERY.md does not say so:\n{}", missing.join("\n"));
}

#[tokio::test]
async fn what_waited_in_a_backup_is_looked_for_and_told_in_order() {
    let mut room = Newsroom::open(OPS).await;
    room.publish("một").await;
    room.pass(MINUTE).await;
    // One is being sent, and its answer is lost; one waits.
    room.api.fault_next("sendMessage", 1, FaultKind::ServerErrorAfterDelivery);
    room.publish("hai").await;
    room.publish("ba").await;
    room.pass(SignedDuration::ZERO).await;
    let copy = room.back_up("copy").await;
    room.publish("bốn").await;
    room.pass(MINUTE).await;
    assert_eq!(room.headlines(), ["Tin một", "Tin hai", "Tin ba", "Tin bốn"]);
    room.restore(&copy, Missed::Asked).await;
    for name in ["bốn", "năm", "sáu"] {
        room.publish(name).await;
    }
    room.pass(DAY).await;
    assert_eq!(room.headlines(), ["Tin một", "Tin hai", "Tin ba", "Tin bốn", "Tin năm", "Tin sáu"]);
    let waiting = room.store.deliveries(Some(State::Queued), 10).await.unwrap();
    assert!(waiting.is_empty(), "{waiting:?}");
}

#[tokio::test]
async fn a_channel_is_read_twenty_messages_at_a_time_and_each_of_them_once() {
    let mut room = Newsroom::open(OPS).await;
    room.publish("một").await;
    room.pass(MINUTE).await;
    let copy = room.back_up("copy").await;
    others_talk(&room.api, 70);
    room.restore(&copy, Missed::Asked).await;
    for name in ["hai", "ba"] {
        room.publish(name).await;
    }
    let begun = now();
    let mut last = 0;
    // It dies and starts again meanwhile.
    while room.headlines().len() < 73 {
        room.pass(SignedDuration::from_secs(20)).await;
        room.shut().await;
        room.store = Store::open(&room.settings, now()).await.unwrap();
        let forwarded = room.api.ledger(OPS).len();
        assert!(forwarded - last <= 60, "{forwarded} after {last}");
        last = forwarded;
        assert!(now() < begun + SignedDuration::from_hours(1), "nothing is told");
    }
    assert!(now() >= begun + SignedDuration::from_mins(3), "seventy messages are read too fast");
    assert_eq!(room.headlines().last().map(String::as_str), Some("Tin ba"));
    // Those that show where the channel ends come before.
    assert!(last < 140, "{last} messages were looked at");
}
