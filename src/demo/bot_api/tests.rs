//! The stand-in over HTTP: what it refuses, what it accepts, and how it fails on order.

use serde_json::{Value, json};

use super::*;

const TOKEN: &str = "4242:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";
const NEWS: i64 = -1_001_000_000_001;
const OPS: i64 = 77;

struct Stand {
    api: BotApi,
    client: reqwest::Client,
}

fn stand() -> Stand {
    let api = BotApi::start(std::net::TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
    api.add_channel(NEWS, Some("loa_news"), "Tin tức");
    api.add_private(OPS, "Người trực");
    Stand { api, client: reqwest::Client::builder().no_proxy().build().unwrap() }
}

impl Stand {
    fn post(&self, method: &str, body: Value) -> reqwest::RequestBuilder {
        let request = self.client.post(format!("{}/bot{TOKEN}/{method}", self.api.url()));
        request.header("content-type", "application/json").body(body.to_string())
    }

    async fn call(&self, method: &str, body: Value) -> (u16, Value) {
        read(self.post(method, body).send().await.unwrap()).await
    }

    /// The description of a refusal.
    async fn refusal(&self, method: &str, body: Value) -> String {
        let (status, answer) = self.call(method, body).await;
        assert_eq!(answer["error_code"], status, "{answer}");
        assert_eq!(answer["ok"], false);
        format!("{status} {}", answer["description"].as_str().unwrap())
    }

    async fn say(&self, text: &str) -> Value {
        let (status, answer) = self.call("sendMessage", json!({ "chat_id": NEWS, "text": text, "parse_mode": "HTML" })).await;
        assert_eq!(status, 200, "{answer}");
        answer["result"].clone()
    }

    async fn upload(&self, method: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> (u16, Value) {
        const BOUNDARY: &str = "-----between-the-parts";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, bytes) in files {
            body.extend(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                )
                .bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let request = self.client.post(format!("{}/bot{TOKEN}/{method}", self.api.url()));
        let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body);
        read(request.send().await.unwrap()).await
    }
}

async fn read(response: reqwest::Response) -> (u16, Value) {
    (response.status().as_u16(), serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

/// The head of a PNG, which is all that tells its size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0\0\0\0\0");
    bytes
}

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
    assert_eq!(super::tests::read(read).await.1[1]["text"], "hai");
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
async fn refusals_have_telegrams_words() {
    let stand = stand();
    stand.api.add_forum(-1_002, "Diễn đàn", &[5]);
    stand.api.add_group(-3, "Nhóm");
    let url = stand.api.url();
    for (path, expected) in [
        ("/", "404 Not Found"),
        ("/bot4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/getMe", "401 Unauthorized"),
        ("/botx/getMe", "401 Unauthorized: invalid token specified"),
    ] {
        let (status, answer) = read(stand.client.get(format!("{url}{path}")).send().await.unwrap()).await;
        assert_eq!(format!("{status} {}", answer["description"].as_str().unwrap()), expected);
    }
    let long = "đ".repeat(4097);
    let table = [
        ("nothing", json!({}), "404 Not Found: method not found"),
        ("sendMessage", json!({}), "400 Bad Request: message text is empty"),
        ("sendMessage", json!({ "text": "x" }), "400 Bad Request: chat_id is empty"),
        ("sendMessage", json!({ "text": "x", "chat_id": 5 }), "400 Bad Request: chat not found"),
        ("sendMessage", json!({ "text": "x", "chat_id": "@nobody_here" }), "400 Bad Request: chat not found"),
        ("sendMessage", json!({ "text": "<b></b>", "chat_id": NEWS, "parse_mode": "html" }), "400 Bad Request: text must be non-empty"),
        ("sendMessage", json!({ "text": " \n", "chat_id": NEWS }), "400 Bad Request: text must be non-empty"),
        ("sendMessage", json!({ "text": "x".repeat(32_769), "chat_id": 5 }), "400 Bad Request: text is too long"),
        ("sendMessage", json!({ "text": long, "chat_id": NEWS }), "400 Bad Request: message is too long"),
        ("sendMessage", json!({ "text": "x", "chat_id": NEWS, "parse_mode": "bbcode" }), "400 Bad Request: unsupported parse_mode"),
        (
            "sendMessage",
            json!({ "text": "<p>", "chat_id": 5, "parse_mode": "HTML" }),
            "400 Bad Request: can't parse entities: Unsupported start tag \"p\" at byte offset 0",
        ),
        ("sendMessage", json!({ "text": "x", "chat_id": -1002, "message_thread_id": 1 }), "400 Bad Request: message thread not found"),
        (
            "sendMessage",
            json!({ "text": "x", "chat_id": NEWS, "reply_parameters": { "message_id": 99 } }),
            "400 Bad Request: message to be replied not found",
        ),
        (
            "sendMessage",
            json!({ "text": "x", "chat_id": NEWS, "reply_markup": { "inline_keyboard": [[{ "text": "x" }]] } }),
            "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ("sendPhoto", json!({ "chat_id": NEWS }), "400 Bad Request: there is no photo in the request"),
        (
            "sendPhoto",
            json!({ "chat_id": NEWS, "photo": "x", "caption": "x".repeat(1025) }),
            "400 Bad Request: message caption is too long",
        ),
        ("sendPhoto", json!({ "chat_id": NEWS, "photo": "abc" }), "400 Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendMediaGroup", json!({ "chat_id": NEWS, "media": {} }), "400 Bad Request: expected an Array of InputMedia"),
        ("sendMediaGroup", json!({ "chat_id": NEWS, "media": [] }), "400 Bad Request: there must be at least one message to send"),
        (
            "sendMediaGroup",
            json!({ "chat_id": NEWS, "media": [{ "type": "animation", "media": "x" }] }),
            "400 Bad Request: can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
        ),
        ("editMessageText", json!({ "chat_id": NEWS, "message_id": 9, "text": "x" }), "400 Bad Request: message to edit not found"),
        ("deleteMessage", json!({ "chat_id": NEWS, "message_id": 9 }), "400 Bad Request: message to delete not found"),
        (
            "forwardMessage",
            json!({ "chat_id": OPS, "from_chat_id": NEWS, "message_id": 9 }),
            "400 Bad Request: message to forward not found",
        ),
    ];
    for (method, body, expected) in table {
        assert_eq!(stand.refusal(method, body.clone()).await, expected, "{method} {body}");
    }
    assert_eq!(stand.api.ledger(NEWS), []);
}

#[tokio::test]
async fn rights_decide_in_their_own_words() {
    let stand = stand();
    stand.api.add_group(-3, "Nhóm");
    stand.api.add_forum(-1_002, "Diễn đàn", &[5]);
    let says = async |chat: i64| stand.refusal("sendMessage", json!({ "chat_id": chat, "text": "x", "message_thread_id": 5 })).await;
    stand.api.restrict(NEWS);
    assert_eq!(says(NEWS).await, "400 Bad Request: need administrator rights in the channel chat");
    stand.api.kick(NEWS);
    assert_eq!(says(NEWS).await, "403 Forbidden: bot was kicked from the channel chat");
    stand.api.leave(NEWS);
    assert_eq!(says(NEWS).await, "403 Forbidden: bot is not a member of the channel chat");
    stand.api.permit(NEWS);
    stand.say("x").await;
    stand.api.close_topic(-1_002, 5);
    assert_eq!(says(-1_002).await, "400 Bad Request: TOPIC_CLOSED");
    stand.api.delete_topic(-1_002, 5);
    assert_eq!(says(-1_002).await, "400 Bad Request: message thread not found");
    stand.api.restrict(-3);
    assert_eq!(says(-3).await, "400 Bad Request: not enough rights to send text messages to the chat");
    stand.api.delete_group(-3);
    assert_eq!(says(-3).await, "403 Forbidden: the group chat was deleted");
    stand.api.block(OPS);
    assert_eq!(says(OPS).await, "403 Forbidden: bot was blocked by the user");
    stand.api.migrate(-3, -1_003);
    let (status, answer) = stand.call("sendMessage", json!({ "chat_id": -3, "text": "x" })).await;
    assert_eq!((status, &answer["parameters"]["migrate_to_chat_id"]), (400, &json!(-1_003)));
    assert_eq!(answer["description"], "Bad Request: group chat was upgraded to a supergroup chat");
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
async fn an_edit_that_changes_nothing_is_refused() {
    let stand = stand();
    stand.say("<b>một</b>").await;
    let edit = |text: &str| json!({ "chat_id": NEWS, "message_id": 2, "text": text, "parse_mode": "HTML" });
    assert!(stand.refusal("editMessageText", edit("<strong>một</strong>")).await.contains("message is not modified"));
    let (_, answer) = stand.call("editMessageText", edit("hai")).await;
    assert_eq!(answer["result"]["text"], "hai");
    let message = &stand.api.ledger(NEWS)[0];
    assert_eq!((message.text.as_str(), message.current().0), ("một", "hai"));
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
async fn ordered_faults_happen_once_before_or_after_delivery() {
    let stand = stand();
    let send = || stand.post("sendMessage", json!({ "chat_id": NEWS, "text": "x" })).timeout(Duration::from_millis(200)).send();
    let table = [
        (FaultKind::TimeoutBeforeDelivery, 0),
        (FaultKind::TimeoutAfterDelivery, 1),
        (FaultKind::ResetBefore, 1),
        (FaultKind::ResetAfterDelivery, 2),
    ];
    for (kind, delivered) in table {
        stand.api.fault_next("SendMessage", 1, kind.clone());
        let error = send().await.unwrap_err();
        assert_eq!(error.is_timeout(), matches!(kind, FaultKind::TimeoutBeforeDelivery | FaultKind::TimeoutAfterDelivery), "{error:?}");
        assert_eq!(stand.api.ledger(NEWS).len(), delivered, "{kind:?}");
    }
    stand.api.fault_next("sendMessage", 1, FaultKind::TruncatedJson);
    assert_eq!(send().await.unwrap().text().await.unwrap(), r#"{"ok":true,"result":{"message_id":4,"chat":{"id":"#);
    stand.api.fault_next("sendMessage", 1, FaultKind::OkUnknownShape);
    assert_eq!(read(send().await.unwrap()).await.1["result"]["message_id"], 5);
    stand.api.fault_next("sendMessage", 1, FaultKind::BadGateway);
    let response = send().await.unwrap();
    assert_eq!(response.status(), 502);
    assert!(response.text().await.unwrap().starts_with("<html>"));
    stand.api.fault_next("sendMessage", 2, FaultKind::TooManyRequests { retry_after: 7, no_params: false });
    for _ in 0..2 {
        let (status, answer) = read(send().await.unwrap()).await;
        assert_eq!((status, &answer["parameters"]["retry_after"]), (429, &json!(7)));
    }
    let order = r#"{"chat_id":-1001000000001,"kind":{"429":{"retry_after":7,"no_params":true}}}"#;
    stand.client.post(format!("{}/__fault", stand.api.url())).body(order).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(
        read(send().await.unwrap()).await.1,
        json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7" })
    );
    assert_eq!(send().await.unwrap().status(), 200);
    let order = r#"{"kind":"kick"}"#;
    stand.client.post(format!("{}/__fault", stand.api.url())).body(order).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn losses_are_the_same_for_the_same_seed_and_fall_on_both_sides() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stand = stand();
        stand.api.lose(5, 11);
        let mut heard = Vec::new();
        for _ in 0..100 {
            heard.push(stand.post("sendMessage", json!({ "chat_id": NEWS, "text": "x" })).send().await.is_ok());
        }
        let lost = heard.iter().filter(|heard| !**heard).count();
        let unheard = stand.api.ledger(NEWS).len() + lost - 100;
        assert!((10..=30).contains(&lost), "{lost}");
        assert!(unheard.abs_diff(lost - unheard) <= 1, "{unheard} of {lost} lost after delivery");
        runs.push(heard);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn a_flood_is_answered_with_a_wait_that_grows() {
    let stand = stand();
    stand.api.flood(Flood { minded: true, without_parameters: false });
    for _ in 0..4 {
        stand.say("x").await;
    }
    let body = json!({ "chat_id": NEWS, "text": "x" });
    let waits = [stand.call("sendMessage", body.clone()).await, stand.call("sendMessage", body).await];
    let waits = waits.map(|(status, answer)| (status, answer["parameters"]["retry_after"].as_u64().unwrap()));
    assert_eq!(waits[0], (429, 1));
    assert_eq!(waits[1], (429, 2));
    assert_eq!(stand.call("sendMessage", json!({ "chat_id": OPS, "text": "x" })).await.0, 200);
}

#[tokio::test]
async fn the_end_does_not_wait_for_a_client_that_hangs() {
    let stand = stand();
    stand.api.fault_next("getMe", 1, FaultKind::TimeoutBeforeDelivery);
    let hanging = stand.post("getMe", json!({})).send();
    let Stand { api, .. } = &stand;
    let hanging = tokio::spawn(hanging);
    while api.calls().is_empty() {
        tokio::task::yield_now().await;
    }
    stand.api.shutdown().await;
    assert!(hanging.await.unwrap().is_err());
}

/// The library that Loa sends with must understand every kind of answer.
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
    assert_eq!(bot.get_updates().await.unwrap().len(), 1);

    stand.api.fault_next("sendMessage", 1, FaultKind::TooManyRequests { retry_after: 3, no_params: false });
    let refused = bot.send_message(ChatId(NEWS), "x").await.unwrap_err();
    assert!(matches!(refused, teloxide::RequestError::RetryAfter(wait) if wait.seconds() == 3), "{refused:?}");
    stand.api.fault_next("sendMessage", 1, FaultKind::OkUnknownShape);
    let strange = bot.send_message(ChatId(NEWS), "x").await.unwrap_err();
    assert!(matches!(strange, teloxide::RequestError::InvalidJson { .. }), "{strange:?}");
}
