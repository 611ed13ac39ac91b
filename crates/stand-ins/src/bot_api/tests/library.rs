//! The library that Loa sends with must understand every kind of answer.

use super::*;

#[tokio::test]
async fn teloxide_understands_the_answers() {
    use teloxide::{prelude::*, types::*};

    let stand = stand();
    stand.api.add_group(-3, "Nhóm");
    stand.api.add_forum(-1_002, "Diễn đàn", &[5]);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let bot = Bot::with_client(TOKEN, client).set_api_url(stand.api.url().parse().unwrap());
    let me = bot.get_me().await.unwrap();
    assert_eq!(me.id, UserId(4242));
    for id in [NEWS, OPS, -3, -1_002] {
        let chat = bot.get_chat(ChatId(id)).await.unwrap();
        assert_eq!(chat.id, ChatId(id));
        bot.get_chat_member(ChatId(id), me.id).await.unwrap();
        let sent = bot.send_message(ChatId(id), "<b>Tin</b> <a href='http://a.vn/'>x</a>").parse_mode(ParseMode::Html).await.unwrap();
        assert_eq!(sent.text(), Some("Tin x"));
        assert_eq!(sent.entities().unwrap().len(), 2);
    }
    assert!(bot.get_chat(ChatId(NEWS)).await.unwrap().is_channel());
    let member = bot.get_chat_member(Recipient::ChannelUsername("@loa_news".into()), me.id).await.unwrap();
    assert!(member.can_post_messages());
    stand.api.restrict(NEWS);
    assert!(!bot.get_chat_member(ChatId(NEWS), me.id).await.unwrap().can_post_messages());
    stand.api.permit(NEWS);

    let photo = InputFile::memory(png(640, 360)).file_name("a.png");
    let sent = bot.send_photo(ChatId(NEWS), photo).caption("<i>x</i>").parse_mode(ParseMode::Html).await.unwrap();
    let largest = sent.photo().unwrap().last().unwrap().clone();
    assert_eq!((largest.width, sent.caption()), (640, Some("x")));
    let album = [InputFile::file_id(largest.file.id), InputFile::memory(png(8, 8)).file_name("b.png")];
    let album = bot.send_media_group(ChatId(NEWS), album.map(|file| InputMedia::Photo(InputMediaPhoto::new(file)))).await.unwrap();
    assert_eq!(album[1].id.0, album[0].id.0 + 1);

    let copy = bot.forward_message(ChatId(OPS), ChatId(NEWS), sent.id).disable_notification(true).await.unwrap();
    let Some(MessageOrigin::Channel { message_id, .. }) = copy.forward_origin() else { panic!("{copy:?}") };
    assert_eq!(*message_id, sent.id);
    bot.delete_message(ChatId(OPS), copy.id).await.unwrap();
    bot.edit_message_caption(ChatId(NEWS), sent.id).caption("y").await.unwrap();
    stand.api.say(OPS, "/status");
    let updates = bot.get_updates().await.unwrap();
    assert!(
        matches!(updates[0].kind, UpdateKind::MyChatMember(_)) && matches!(updates[1].kind, UpdateKind::MyChatMember(_)),
        "{updates:?}"
    );
    assert!(matches!(&updates[2..], [Update { kind: UpdateKind::Message(_), .. }]), "{updates:?}");

    stand.api.fault_next("sendMessage", 1, FaultKind::TooManyRequests { retry_after: 3, no_params: false });
    let refused = bot.send_message(ChatId(NEWS), "x").await.unwrap_err();
    assert!(matches!(refused, teloxide::RequestError::RetryAfter(wait) if wait.seconds() == 3), "{refused:?}");
    stand.api.fault_next("sendMessage", 1, FaultKind::OkUnknownShape);
    let strange = bot.send_message(ChatId(NEWS), "x").await.unwrap_err();
    assert!(matches!(strange, teloxide::RequestError::InvalidJson { .. }), "{strange:?}");
}
