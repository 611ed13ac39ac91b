//! What is refused, and in which words.

use super::*;

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
async fn kinds_of_messages_are_denied_one_by_one_and_topics_are_kept() {
    let stand = stand();
    stand.api.add_forum(-1_002, "Diễn đàn", &[5]);
    stand.api.deny(-1_002, Content::Photos);
    let (_, answer) = stand.call("sendMessage", json!({ "chat_id": -1002, "text": "x", "message_thread_id": "5" })).await;
    assert_eq!((&answer["result"]["message_thread_id"], &answer["result"]["is_topic_message"]), (&json!(5), &json!(true)));
    let photo = json!({ "chat_id": -1002, "photo": "https://a.vn/x.jpg" });
    assert_eq!(stand.refusal("sendPhoto", photo).await, "400 Bad Request: not enough rights to send photos to the chat");
    assert_eq!(stand.call("sendMessage", json!({ "chat_id": NEWS, "text": "x", "message_thread_id": 5 })).await.0, 200);
    assert_eq!(stand.api.ledger(NEWS)[0].thread, None);
}
