//! A second Loa that tells the same channel the same.

use super::*;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A room in which something was said, and whether the bot is looked for by the ops chat or by the mark.
async fn room(ops_chat: i64) -> Newsroom {
    let room = Newsroom::open(ops_chat).await;
    if ops_chat == 0 {
        room.api.forbid_edits(NEWS);
    }
    room.publish("một").await;
    room.pass(MINUTE).await;
    room
}

/// What the channel shows of the first message, said by another with the same bot.
fn first(room: &Newsroom) -> String {
    room.api.ledger(NEWS)[0].text.clone()
}

#[tokio::test]
async fn what_somebody_else_says_of_ours_is_noticed_and_what_others_say_is_not() {
    for ops_chat in [OPS, 0] {
        let room = room(ops_chat).await;
        assert_eq!(room.copies.news(&room.channel.id), None, "nothing stood before it");
        room.api.say(NEWS, "Người khác nói");
        room.publish("hai").await;
        room.pass(MINUTE).await;
        assert_eq!(room.copies.news(&room.channel.id), Some(None));
        // It is looked once an hour.
        room.api.arrive(NEWS, &first(&room));
        room.publish("ba").await;
        room.pass(MINUTE).await;
        assert_eq!(room.copies.news(&room.channel.id), None);
        room.pass(SignedDuration::from_hours(1)).await;
        let copy = room.api.arrive(NEWS, &first(&room)).unwrap();
        room.publish("bốn").await;
        room.pass(MINUTE).await;
        assert_eq!(room.copies.news(&room.channel.id), Some(Some(copy.to_string())));
        assert_eq!(room.copies.news(&room.channel.id), None, "it is news once");
        let shown = room.api.ledger(NEWS);
        assert!(shown.iter().all(|message| message.edits.last().is_none_or(|edit| edit.markup.is_none())), "{shown:#?}");
    }
}

#[tokio::test]
async fn what_we_say_twice_or_by_another_channel_is_no_copy() {
    // An answer is lost, and nobody can look.
    let room = Newsroom { on_unknown: OnUnknown::Resend, ..room(OPS).await };
    room.api.fault_next("sendMessage", 1, FaultKind::ServerErrorAfterDelivery);
    room.publish("hai").await;
    room.pass(MINUTE).await;
    assert_eq!(room.headlines(), ["Tin một", "Tin hai", "Tin hai"]);
    room.publish("ba").await;
    room.pass(MINUTE).await;
    assert_eq!(room.copies.news(&room.channel.id), None);

    let other = Channel { id: "other".parse().unwrap(), address: Address::new(format!("{NEWS}/7")), ..room.channel.clone() };
    let room = Newsroom { channels: vec![room.channel.clone(), other], ..room };
    room.api.arrive(NEWS, &first(&room));
    room.publish("bốn").await;
    room.pass(MINUTE).await;
    assert_eq!(room.copies.news(&room.channel.id), None);
}
