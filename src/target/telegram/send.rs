//! A message on its way to one chat: text, a photo with a caption, or an album.

use reqwest::multipart::Part;
use teloxide::{
    payloads::{SendMediaGroup, SendMessage, SendPhoto},
    types::{InputMedia, InputMediaPhoto, LinkPreviewOptions},
};
use url::Url;

use super::Chat;
use super::{
    Content, Failure, Photo, Recipient, Sent, Telegram, Words,
    answer::Accepted,
    call::call,
    classify::{Class, Refused},
    content::{mentioned, parts, recipient, thread},
};

/// Bytes of pictures in one request; Telegram takes 50 MB, all told.
const MAX_UPLOAD: usize = 45_000_000;

impl Telegram {
    /// Sends `content` once.
    ///
    /// # Errors
    /// [`Failure`] says whether it may have been delivered all the same, and what would help.
    pub async fn send(&self, to: &Recipient, content: &Content) -> Result<Sent, Failure> {
        let photos = match content {
            Content::Text { .. } => 0,
            Content::Photo { .. } => 1,
            Content::Album { photos, .. } => photos.len(),
        };
        let answer = match content {
            Content::Text { words, preview } => self.send_text(to, words, preview.as_ref()).await.map_err(without_photos),
            Content::Photo { photo, caption } => self.send_photo(to, photo, caption).await,
            Content::Album { photos, caption } => match photos.as_slice() {
                [photo] => self.send_photo(to, photo, caption).await,
                photos => self.send_album(to, photos, caption).await,
            },
        };
        let accepted = answer?;
        let mut photo_file_ids = accepted.photo_file_ids();
        if photo_file_ids.len() != photos {
            photo_file_ids.clear();
        }
        let chat_id = match to.chat {
            Chat::Number(number) => Some(number),
            Chat::Name(_) => accepted.chat_id(),
        };
        let count = i32::try_from(photos.max(1)).unwrap_or(i32::MAX);
        Ok(Sent { message_id: accepted.message_id(), count, chat_id, photo_file_ids })
    }

    async fn send_text(&self, to: &Recipient, words: &Words, preview: Option<&Url>) -> Result<Accepted, Refused> {
        let (text, parse_mode) = parts(words);
        let mut payload = SendMessage::new(recipient(&to.chat), text);
        payload.parse_mode = parse_mode;
        payload.message_thread_id = thread(to.topic);
        payload.disable_notification = to.silent.then_some(true);
        payload.link_preview_options = Some(LinkPreviewOptions {
            is_disabled: preview.is_none(),
            url: preview.map(Url::to_string),
            prefer_small_media: preview.is_some(),
            prefer_large_media: false,
            show_above_text: false,
        });
        call(&self.sending, &payload, Vec::new()).await
    }

    async fn send_photo(&self, to: &Recipient, photo: &Photo, caption: &Words) -> Result<Accepted, Refused> {
        let (caption, parse_mode) = parts(caption);
        let (mention, file) = photo.attach(0);
        let mut payload = SendPhoto::new(recipient(&to.chat), mentioned(mention));
        payload.caption = Some(caption);
        payload.parse_mode = parse_mode;
        payload.message_thread_id = thread(to.topic);
        payload.disable_notification = to.silent.then_some(true);
        call(&self.sending, &payload, file.into_iter().collect()).await
    }

    async fn send_album(&self, to: &Recipient, photos: &[Photo], caption: &Words) -> Result<Accepted, Refused> {
        let size: usize = photos.iter().map(Photo::upload_size).sum();
        if !(2..=10).contains(&photos.len()) || size > MAX_UPLOAD {
            let why = format!("an album of {} photos with {size} bytes: expected 2 to 10 with at most {MAX_UPLOAD}", photos.len());
            return Err(Refused { class: Class::BadPhoto, why });
        }
        let mut files: Vec<(String, Part)> = Vec::new();
        let mut media = Vec::new();
        for (number, photo) in photos.iter().enumerate() {
            let (mention, file) = photo.attach(number);
            let mut item = InputMediaPhoto::new(mentioned(mention));
            // The caption of the first, when it is the only one, is shown beneath the album.
            if number == 0 {
                let (text, parse_mode) = parts(caption);
                item.caption = Some(text);
                item.parse_mode = parse_mode;
            }
            media.push(InputMedia::Photo(item));
            files.extend(file);
        }
        let mut payload = SendMediaGroup::new(recipient(&to.chat), media);
        payload.message_thread_id = thread(to.topic);
        payload.disable_notification = to.silent.then_some(true);
        call(&self.sending, &payload, files).await
    }
}

/// A text has no picture to do without: what is said against one is said against the text or the chat.
fn without_photos(refused: Refused) -> Refused {
    let class = match refused.class {
        Class::BadPhoto => Class::BadMessage,
        Class::NoPhotos => Class::ChannelClosed,
        class => class,
    };
    Refused { class, ..refused }
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::{Duration, Instant};

    use loa_stand_ins::bot_api::{self, BotApi, FaultKind};

    use super::{super::call::tests::bot, super::photo_check::tests::png, *};
    use crate::message;

    const TOKEN: &str = "4242:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
    pub const NEWS: i64 = -1_001_000_000_001;
    pub const GROUP: i64 = -500;
    pub const FORUM: i64 = -1_001_000_000_002;
    pub const OPS: i64 = 77;

    pub fn stand() -> (BotApi, Telegram) {
        let api = BotApi::start(std::net::TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
        api.add_channel(NEWS, Some("loa_news"), "Tin tức");
        api.add_group(GROUP, "Nhóm");
        api.add_forum(FORUM, "Diễn đàn", &[7, 8]);
        api.add_private(OPS, "Người trực");
        let telegram = bot(&api.url(), TOKEN, Duration::from_secs(20));
        (api, telegram)
    }

    /// The same bot with so little patience that silence is noticed.
    pub fn impatient(api: &BotApi) -> Telegram {
        bot(&api.url(), TOKEN, Duration::from_secs(1))
    }

    pub fn to(chat: i64) -> Recipient {
        Recipient { chat: Chat::Number(chat), topic: 0, silent: false }
    }

    pub fn text(html: &str) -> Content {
        Content::Text { words: Words::Html(html.into()), preview: None }
    }

    fn photo() -> Photo {
        Photo::new(png(1200, 630)).unwrap()
    }

    #[tokio::test]
    async fn a_text_arrives_as_it_was_composed() {
        let (api, telegram) = stand();
        let to = Recipient { chat: Chat::Name("@loa_news".into()), topic: 0, silent: true };
        let preview = Url::parse("https://a.vn/?a=1&b=2").ok();
        let sent = telegram.send(&to, &Content::Text { words: Words::Html("<b>Tin &lt;mới&gt;</b>".into()), preview }).await.unwrap();
        assert_eq!(sent, Sent { message_id: Some(2), count: 1, chat_id: Some(NEWS), photo_file_ids: Vec::new() });
        let sent = telegram.send(&to, &Content::Text { words: Words::Plain("<b>Tin</b>".into()), preview: None }).await.unwrap();
        assert_eq!(sent.message_id, Some(3));
        let ledger = api.ledger(NEWS);
        assert_eq!((ledger[0].text.as_str(), ledger[0].silent), ("Tin <mới>", true));
        assert_eq!(ledger[0].preview.as_ref().unwrap()["url"], "https://a.vn/?a=1&b=2");
        assert_eq!(ledger[1].text, "<b>Tin</b>");
        assert_eq!(ledger[1].preview.as_ref().unwrap()["is_disabled"], true);
    }

    #[tokio::test]
    async fn whatever_the_title_the_message_is_accepted_and_shows_what_was_meant() {
        let (api, telegram) = stand();
        let words = crate::words::Language::Vietnamese;
        for title in message::samples::nasty_titles().into_iter().step_by(2) {
            let mut article = message::samples::article();
            article.title.clone_from(&title);
            article.summary = Some(format!("{title} ."));
            let text = message::compose(&article, "Báo & <Đài>", message::Room::Text, words);
            let caption = message::compose(&article, "Báo & <Đài>", message::Room::Caption, words);
            let photo = Content::Photo { photo: photo(), caption: Words::Html(caption.html.clone()) };
            for (content, shown) in [
                (super::tests::text(&text.html), &text.shown),
                (Content::Text { words: Words::Plain(text.plain.clone()), preview: None }, &text.plain),
                (Content::Text { words: Words::Plain(text.bare.clone()), preview: None }, &text.bare),
                (photo, &caption.shown),
            ] {
                telegram.send(&to(NEWS), &content).await.unwrap_or_else(|failure| panic!("{failure}: {title:.60}"));
                assert_eq!(api.ledger(NEWS).last().unwrap().text, *shown, "{title:.60}");
            }
        }
    }

    #[tokio::test]
    async fn a_picture_is_uploaded_once_and_then_named() {
        let (api, telegram) = stand();
        let caption = || Words::Html("<i>chú thích</i>".into());
        let sent = telegram.send(&to(NEWS), &Content::Photo { photo: photo(), caption: caption() }).await.unwrap();
        let media = api.ledger(NEWS)[0].media.clone().unwrap();
        assert_eq!((media.content_type.as_str(), media.file_name.as_str(), media.width), ("image/png", "photo0.png", 1200));
        assert_eq!(sent.photo_file_ids, std::slice::from_ref(&media.file_id));
        let known = Photo::known(sent.photo_file_ids[0].clone());
        let album = Content::Album { photos: vec![known.clone(), photo(), photo()], caption: caption() };
        let sent = telegram.send(&to(FORUM), &album).await.unwrap();
        assert_eq!((sent.count, sent.photo_file_ids.len()), (3, 3));
        let ledger = api.ledger(FORUM);
        let first = i64::from(sent.message_id.unwrap());
        assert_eq!(ledger.iter().map(|message| message.id).collect::<Vec<_>>(), [first, first + 1, first + 2]);
        assert_eq!(ledger.iter().map(|message| message.text.as_str()).collect::<Vec<_>>(), ["chú thích", "", ""]);
        assert_eq!(ledger[0].media.as_ref().unwrap().file_id, media.file_id);
        let alone = Content::Album { photos: vec![known], caption: caption() };
        assert_eq!(telegram.send(&to(NEWS), &alone).await.unwrap().message_id, Some(3));
        for photos in [0, 11] {
            let album = Content::Album { photos: vec![photo(); photos], caption: caption() };
            assert!(matches!(telegram.send(&to(NEWS), &album).await, Err(Failure::BadPhoto { .. })));
        }
        let unknown = Content::Photo { photo: Photo::known("AgACnone".into()), caption: caption() };
        assert!(matches!(telegram.send(&to(NEWS), &unknown).await, Err(Failure::BadPhoto { .. })));
    }

    #[tokio::test]
    async fn a_topic_is_reached_and_the_general_one_is_not_named() {
        let (api, telegram) = stand();
        for topic in [7, 1] {
            telegram.send(&Recipient { topic, ..to(FORUM) }, &text("x")).await.unwrap();
        }
        assert_eq!(api.ledger(FORUM).iter().map(|message| message.thread).collect::<Vec<_>>(), [Some(7), None]);
        api.close_topic(FORUM, 7);
        for topic in [7, 9] {
            let failure = telegram.send(&Recipient { topic, ..to(FORUM) }, &text("x")).await.unwrap_err();
            assert!(matches!(failure, Failure::PartClosed { .. }), "{failure}");
        }
    }

    /// What a failure tells the caller to do.
    fn kind(failure: &Failure) -> &'static str {
        match failure {
            Failure::NotSent { .. } => "not sent",
            Failure::Unclear { .. } => "unclear",
            Failure::Wait { .. } => "wait",
            Failure::BadMessage { .. } => "bad message",
            Failure::NotUnderstood { .. } => "not understood",
            Failure::BadPhoto { .. } => "bad photo",
            Failure::ChannelClosed { .. } => "closed",
            Failure::PartClosed { .. } => "part closed",
            Failure::Moved { .. } => "migrated",
            Failure::Token { .. } => "token",
        }
    }

    #[tokio::test]
    async fn a_chat_that_does_not_want_the_bot_is_closed() {
        type Change = fn(&BotApi);
        let changes: [(i64, Change); 7] = [
            (NEWS, |api| api.kick(NEWS)),
            (NEWS, |api| api.leave(NEWS)),
            (NEWS, |api| api.restrict(NEWS)),
            (NEWS, |api| api.drop_chat(NEWS)),
            (GROUP, |api| api.restrict(GROUP)),
            (GROUP, |api| api.delete_group(GROUP)),
            (OPS, |api| api.block(OPS)),
        ];
        for (number, (chat, change)) in changes.into_iter().enumerate() {
            let (api, telegram) = stand();
            change(&api);
            let failure = telegram.send(&to(chat), &text("x")).await.unwrap_err();
            assert_eq!(kind(&failure), "closed", "{number}: {failure}");
        }
        let (api, telegram) = stand();
        api.deny(GROUP, bot_api::Content::Photos);
        let failure = telegram.send(&to(GROUP), &Content::Photo { photo: photo(), caption: Words::Plain("x".into()) }).await.unwrap_err();
        assert_eq!(kind(&failure), "bad photo", "{failure}");
        telegram.send(&to(GROUP), &text("x")).await.unwrap();
    }

    #[tokio::test]
    async fn a_message_that_breaks_the_rules_is_bad() {
        let (_api, telegram) = stand();
        let long = "x".repeat(4097);
        for html in ["<p>x</p>", "<b>x", "", " \n", "<b></b>", "a < b", &long] {
            let failure = telegram.send(&to(NEWS), &text(html)).await.unwrap_err();
            assert_eq!(kind(&failure), "bad message", "{failure}");
        }
        let caption = Content::Photo { photo: photo(), caption: Words::Plain("x".repeat(1025)) };
        let failure = telegram.send(&to(NEWS), &caption).await.unwrap_err();
        assert_eq!(kind(&failure), "bad message", "{failure}");
    }

    #[tokio::test]
    async fn a_group_that_moved_is_named_anew() {
        let (api, telegram) = stand();
        api.migrate(GROUP, -1_001_000_000_009);
        assert_eq!(telegram.send(&to(GROUP), &text("x")).await, Err(Failure::Moved { to: crate::channel::Address::new("-1001000000009") }));
    }

    #[tokio::test]
    async fn a_wrong_token_is_told_and_not_shown() {
        let (api, _) = stand();
        for token in ["4242:wrong", "999999:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao"] {
            let failure = bot(&api.url(), token, Duration::from_secs(20)).send(&to(NEWS), &text("x")).await.unwrap_err();
            assert_eq!(kind(&failure), "token", "{failure}");
            assert!(!format!("{failure} {failure:?}").contains(token));
        }
    }

    #[tokio::test]
    async fn every_fault_is_told_apart_at_once() {
        let (api, telegram) = stand();
        let impatient = impatient(&api);
        let began = Instant::now();
        let table = [
            (FaultKind::TooManyRequests { retry_after: 41, no_params: false }, Err("wait"), 0),
            (FaultKind::TooManyRequests { retry_after: 41, no_params: true }, Err("wait"), 0),
            (FaultKind::ServerError, Err("unclear"), 0),
            (FaultKind::ServerErrorAfterDelivery, Err("unclear"), 1),
            (FaultKind::BadGateway, Err("unclear"), 0),
            (FaultKind::BadGatewayAfterDelivery, Err("unclear"), 1),
            (FaultKind::TimeoutAfterDelivery, Err("unclear"), 1),
            (FaultKind::TimeoutBeforeDelivery, Err("unclear"), 0),
            (FaultKind::ResetAfterDelivery, Err("unclear"), 1),
            (FaultKind::ResetBefore, Err("unclear"), 0),
            (FaultKind::TruncatedJson, Ok(()), 1),
            (FaultKind::OkUnknownShape, Ok(()), 1),
            (FaultKind::Slow { ms: 1 }, Ok(()), 1),
        ];
        for (fault, expected, delivered) in table {
            let before = api.ledger(NEWS).len();
            let waits = matches!(fault, FaultKind::TimeoutAfterDelivery | FaultKind::TimeoutBeforeDelivery);
            api.fault_next("sendMessage", 1, fault.clone());
            let outcome = if waits { &impatient } else { &telegram }.send(&to(NEWS), &text("x")).await;
            assert_eq!(api.ledger(NEWS).len() - before, delivered, "{fault:?}");
            match outcome {
                Ok(sent) => {
                    assert_eq!(expected, Ok(()), "{fault:?}");
                    assert_eq!(sent.message_id.map(i64::from), api.ledger(NEWS).last().map(|message| message.id), "{fault:?}");
                }
                Err(failure) => {
                    assert_eq!(Err(kind(&failure)), expected, "{fault:?}: {failure}");
                    assert!(!matches!(failure, Failure::Wait { seconds } if seconds != 41), "{failure}");
                    assert!(!format!("{failure} {failure:?}").contains(TOKEN), "{failure}");
                }
            }
        }
        assert!(began.elapsed() < Duration::from_secs(8), "a 5xx is not slept over: {:?}", began.elapsed());
    }
}
