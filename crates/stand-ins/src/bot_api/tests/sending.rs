//! What is accepted, shown, counted and kept.

use super::*;

#[tokio::test]
async fn a_message_is_parsed_numbered_and_written_down() {
    let stand = stand();
    let first = stand.say(" <b>Tin</b> &amp; <a href=\"http://a.vn/1\">bài</a> ").await;
    assert_eq!(first["message_id"], 2);
    assert_eq!(first["text"], "Tin & bài");
    assert_eq!(first["chat"], json!({ "id": NEWS, "type": "channel", "title": "Tin tức", "username": "loa_news" }));
    assert_eq!(first["sender_chat"], first["chat"]);
    assert_eq!(
        first["entities"],
        json!([{ "type": "bold", "offset": 0, "length": 3 }, { "type": "text_link", "offset": 6, "length": 3, "url": "http://a.vn/1" }])
    );
    assert_eq!(stand.say("hai").await["message_id"], 3);
    let ledger = stand.api.ledger(NEWS);
    assert_eq!(ledger.iter().map(|message| (message.id, message.text.as_str())).collect::<Vec<_>>(), [(2, "Tin & bài"), (3, "hai")]);
    let read = stand.client.get(format!("{}/__ledger?chat=@loa_news", stand.api.url())).send().await.unwrap();
    assert_eq!(super::read(read).await.1[1]["text"], "hai");
}

#[tokio::test]
async fn a_message_is_told_and_can_be_shown_in_a_terminal() {
    let stand = stand();
    let mut told = stand.api.messages();
    stand.say("<b>Tin\n<a href=\"http://a.vn/1\">bài</a></b>.").await;
    let shown = stand.api.show(&told.recv().await.unwrap());
    let plain = shown.replace("\x1b]8;;http://a.vn/1\x1b\\", "<").replace("\x1b]8;;\x1b\\", "").replace('\x1b', "");
    let lines: Vec<_> = plain.lines().collect();
    assert_eq!(lines[..3], ["[36m│[0m [1;36mTin tức[0m", "[36m│[0m [0m[1mTin[0m", "[36m│[0m [0m[1m[34m<bài[0m.[0m"]);
    assert!(stand.api.until(NEWS, 1).await[0].text.starts_with("Tin"));
}

#[tokio::test]
async fn every_form_of_request_is_understood() {
    let stand = stand();
    let base = format!("{}/bot{TOKEN}", stand.api.url());
    let (status, answer) = read(
        stand.client.get(format!("{base}/SENDMESSAGE?chat_id=@LOA_news&text=m%E1%BB%99t&disable_notification=True")).send().await.unwrap(),
    )
    .await;
    assert_eq!((status, &answer["result"]["text"]), (200, &json!("một")));
    let form = stand.client.post(format!("{base}/SendMessage")).header("content-type", "application/x-www-form-urlencoded");
    let reply = form.body(format!("chat_id={NEWS}&text=hai&reply_parameters=%7B%22message_id%22%3A2%7D")).send().await.unwrap();
    assert_eq!(read(reply).await.1["result"]["reply_to_message"]["message_id"], 2);
    let fields = [("chat_id", "77"), ("text", "ba"), ("reply_markup", r#"{"inline_keyboard":[[{"text":"x","url":"http://a.vn"}]]}"#)];
    let (status, answer) = stand.upload("sendMessage", &fields, &[]).await;
    assert_eq!((status, answer["result"]["reply_markup"]["inline_keyboard"][0][0]["text"].as_str()), (200, Some("x")));
    assert!(stand.api.ledger(NEWS)[0].silent);
}

#[tokio::test]
async fn a_forward_is_a_full_copy_that_names_its_origin() {
    let stand = stand();
    stand.say("một").await;
    let forward = json!({ "chat_id": OPS, "from_chat_id": "@loa_news", "message_id": 2, "disable_notification": true });
    let (_, answer) = stand.call("forwardMessage", forward.clone()).await;
    let copy = &answer["result"];
    assert_eq!((&copy["message_id"], &copy["text"]), (&json!(1), &json!("một")));
    assert_eq!(copy["forward_origin"]["type"], "channel");
    assert_eq!(copy["forward_origin"]["message_id"], 2);
    assert_eq!(copy["forward_origin"]["chat"]["id"], NEWS);
    assert_eq!(stand.call("deleteMessage", json!({ "chat_id": OPS, "message_id": 1 })).await.1["result"], true);
    assert!(stand.api.ledger(OPS)[0].deleted.is_some());
    stand.api.protect(NEWS);
    assert_eq!(stand.refusal("forwardMessage", forward).await, "400 Bad Request: message has protected content and can't be forwarded");
}

#[tokio::test]
async fn photos_are_measured_and_can_be_sent_again_by_id() {
    let stand = stand();
    let chat = NEWS.to_string();
    let fields = [("chat_id", chat.as_str()), ("photo", "attach://it"), ("caption", "<i>x</i>"), ("parse_mode", "HTML")];
    let (status, answer) = stand.upload("sendPhoto", &fields, &[("it", &png(640, 360))]).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["result"]["caption"], "x");
    let sizes = answer["result"]["photo"].as_array().unwrap();
    let largest = sizes.last().unwrap();
    assert_eq!((sizes.len(), &largest["width"], &largest["height"]), (3, &json!(640), &json!(360)));
    assert_eq!(stand.call("sendPhoto", json!({ "chat_id": OPS, "photo": largest["file_id"] })).await.0, 200);
    assert_eq!(stand.api.ledger(NEWS)[0].media.as_ref().unwrap().content_type, "image/png");
    for (bytes, expected) in [
        (png(9_000, 1_001), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (png(2_100, 100), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"<html>".to_vec(), "Bad Request: IMAGE_PROCESS_FAILED"),
        (vec![0; (10 << 20) + 1], "Bad Request: file is too big"),
    ] {
        let (_, answer) = stand.upload("sendPhoto", &fields, &[("it", &bytes)]).await;
        assert_eq!(answer["description"], expected);
    }
    stand.api.photo_addresses(Some(UrlFailure::NotAPicture));
    let by_address = json!({ "chat_id": NEWS, "photo": "https://a.vn/x.jpg" });
    assert_eq!(stand.refusal("sendPhoto", by_address.clone()).await, "400 Bad Request: wrong type of the web page content");
    stand.api.photo_addresses(None);
    assert_eq!(stand.refusal("sendPhoto", by_address).await, "400 Bad Request: wrong type of the web page content");
}

#[tokio::test]
async fn an_album_takes_ids_that_follow_one_another() {
    let stand = stand();
    let chat = NEWS.to_string();
    let media = r#"[{"type":"photo","media":"attach://a","caption":"x"},{"type":"photo","media":"attach://b"}]"#;
    let fields = [("chat_id", chat.as_str()), ("media", media)];
    let (_, answer) = stand.upload("sendMediaGroup", &fields, &[("a", &png(8, 8)), ("b", &png(9, 9))]).await;
    let result = &answer["result"];
    assert_eq!((&result[0]["message_id"], &result[1]["message_id"]), (&json!(2), &json!(3)));
    assert_eq!(result[0]["media_group_id"], result[1]["media_group_id"]);
    assert_eq!(stand.say("x").await["message_id"], 4);
    let (_, answer) = stand.upload("sendMediaGroup", &fields, &[("a", &png(8, 8)), ("b", b"x")]).await;
    assert_eq!(answer["description"], "Bad Request: failed to send message #2 with the error message \"IMAGE_PROCESS_FAILED\"");
}

#[tokio::test]
async fn private_chats_and_groups_share_a_counter_and_channels_do_not() {
    let stand = stand();
    stand.api.add_group(-3, "Nhóm");
    let mut ids = Vec::new();
    for chat in [OPS, -3, NEWS, OPS] {
        ids.push(stand.call("sendMessage", json!({ "chat_id": chat, "text": "x" })).await.1["result"]["message_id"].as_i64().unwrap());
    }
    assert_eq!(ids, [1, 2, 2, 3]);
    stand.api.skip_ids(NEWS, 2);
    assert_eq!(stand.api.say(NEWS, "người khác"), Some(5));
    assert_eq!(stand.say("x").await["message_id"], 6);
}

#[tokio::test]
async fn what_was_said_twice_is_found() {
    let stand = stand();
    for text in ["<a href='http://a.vn/1'>x</a>", "<a href='http://a.vn/2'>x</a>", "y", "<a href='http://a.vn/1'>x</a>"] {
        stand.say(text).await;
    }
    assert_eq!(stand.api.ledger(NEWS)[1].link(), Some("http://a.vn/2"));
    assert_eq!(stand.api.doubled(NEWS), ["x"]);
    stand.call("deleteMessage", json!({ "chat_id": NEWS, "message_id": 5 })).await;
    assert_eq!(stand.api.doubled(NEWS), [""; 0]);
}

#[tokio::test]
async fn updates_wait_are_confirmed_and_go_to_one_poller() {
    let stand = stand();
    stand.api.say(NEWS, "trước");
    let (_, answer) = stand.call("getUpdates", json!({ "allowed_updates": ["message"] })).await;
    assert_eq!(answer["result"][0]["channel_post"]["text"], "trước", "what was there before stays");
    stand.api.say(NEWS, "bài");
    stand.api.say(OPS, "/start");
    // Which kinds are kept is remembered.
    let (_, answer) = stand.call("getUpdates", json!({ "offset": 2 })).await;
    assert_eq!((answer["result"].as_array().unwrap().len(), &answer["result"][0]["message"]["text"]), (1, &json!("/start")));
    let first = tokio::spawn(stand.post("getUpdates", json!({ "offset": 3, "timeout": 30 })).send());
    while stand.api.shared.world().updates.poller < 3 {
        tokio::task::yield_now().await;
    }
    stand.call("getUpdates", json!({ "offset": 3 })).await;
    let (status, answer) = read(first.await.unwrap().unwrap()).await;
    assert_eq!(status, 409);
    assert!(answer["description"].as_str().unwrap().starts_with("Conflict: terminated by other getUpdates request"));
    stand.call("setWebhook", json!({ "url": "https://a.vn/hook" })).await;
    assert!(stand.refusal("getUpdates", json!({})).await.starts_with("409 Conflict: can't use getUpdates method while webhook is active"));
}
