//! One call of the Bot API: posted once, never followed elsewhere, its failure told without the token.

use std::time::Duration;

use loa_reader::text;
use reqwest::{
    Client, Response,
    header::CONTENT_TYPE,
    multipart::{Form, Part},
};
use serde::Serialize;
use serde_json::Value;
use teloxide::{Bot, requests::Payload};

use crate::cause;

use super::{
    Proxy, Settings, Token,
    answer::{Accepted, read},
    classify::{Class, Refused},
};

/// Bytes of an answer that are read. The largest useful one, an album's, has 50 kB.
const MAX_ANSWER: usize = 4_000_000;
/// A connection that has been idle for long may be closed at the other end just as a message goes out, and then
/// nobody knows whether it arrived.
const IDLE: Duration = Duration::from_secs(20);

/// A bot and the way to it.
#[derive(Clone)]
pub(super) struct Door {
    pub bot: Bot,
    proxy: Option<Proxy>,
}

impl Door {
    /// A door behind which an answer is waited for as long as `whole`.
    pub fn new(settings: &Settings, token: &Token, connect: Duration, whole: Duration) -> reqwest::Result<Self> {
        let client = client(settings.proxy.as_ref(), connect, whole)?;
        let bot = Bot::with_client(token.reveal(), client).set_api_url(settings.api_url.clone());
        Ok(Self { bot, proxy: settings.proxy.clone() })
    }
}

/// A client that uses no proxy but the one that it is given, and does not go where it is redirected to. Answers come
/// unpacked: of a packed one that breaks off, nothing could be read.
fn client(proxy: Option<&Proxy>, connect: Duration, whole: Duration) -> reqwest::Result<Client> {
    let client = match proxy {
        Some(proxy) => Client::builder().proxy(proxy.to_reqwest()?),
        None => Client::builder().no_proxy(),
    };
    client
        .no_gzip()
        .no_brotli()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect)
        .timeout(whole)
        .pool_idle_timeout(IDLE)
        .tcp_nodelay(true)
        .build()
}

/// How often a question whose answer was lost is asked in all.
const QUESTIONS: u32 = 4;

/// Asks what may be asked twice: a lost answer is no reason to give up.
pub(super) async fn ask<P>(door: &Door, payload: &P) -> Result<Accepted, Refused>
where
    P: Payload + Serialize,
{
    let mut asked = 1;
    loop {
        match call(door, payload, Vec::new()).await {
            Err(refused) if refused.class == Class::Unclear && asked < QUESTIONS => asked += 1,
            answered => return answered,
        }
    }
}

/// Posts `payload`, and `files` beside it under the names that it mentions as `attach://name`.
pub(super) async fn call<P>(door: &Door, payload: &P, files: Vec<(String, Part)>) -> Result<Accepted, Refused>
where
    P: Payload + Serialize,
{
    let bot = &door.bot;
    let mut address = bot.api_url();
    address
        .path_segments_mut()
        .map_err(|()| Refused { class: Class::NotSent, why: "the API's address has no path".into() })?
        .pop_if_empty()
        .push(&format!("bot{}", bot.token()))
        .push(P::NAME);
    let request = bot.client().post(address);
    let request = if files.is_empty() {
        let body = serde_json::to_vec(payload).map_err(|error| unsent(&error))?;
        request.header(CONTENT_TYPE, "application/json").body(body)
    } else {
        let fields = serde_json::to_value(payload).map_err(|error| unsent(&error))?;
        request.multipart(form(fields, files))
    };
    let answered = match request.send().await {
        Ok(response) => receive(response, door).await,
        Err(error) => Err(door.lost(error)),
    };
    answered.map_err(|refused| Refused { why: refused.why.replace(bot.token(), "***"), ..refused })
}

/// Every field as a part, those that are not text as JSON.
fn form(fields: Value, files: Vec<(String, Part)>) -> Form {
    let mut form = Form::new();
    if let Value::Object(fields) = fields {
        for (name, value) in fields {
            form = match value {
                Value::Null => form,
                Value::String(text) => form.text(name, text),
                other => form.text(name, other.to_string()),
            };
        }
    }
    files.into_iter().fold(form, |form, (name, part)| form.part(name, part))
}

/// Reads what arrives, and judges what did arrive where the rest does not.
async fn receive(mut response: Response, door: &Door) -> Result<Accepted, Refused> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let broken = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(error) => break Some(door.lost(error)),
        }
        if body.len() > MAX_ANSWER {
            break None;
        }
    };
    let judged = read(status, &String::from_utf8_lossy(&body));
    match (judged, broken) {
        // The beginning of a refusal is clear enough; nothing at all is not.
        (Err(Refused { class: Class::Unclear, .. }), Some(broken)) => Err(Refused { class: Class::Unclear, ..broken }),
        (judged, _) => judged,
    }
}

impl Door {
    /// Only a connection that was never made is sure to have carried nothing.
    fn lost(&self, error: reqwest::Error) -> Refused {
        let class = if error.is_connect() || error.is_builder() { Class::NotSent } else { Class::Unclear };
        let host = error.url().and_then(|url| url.host_str()).unwrap_or("the Bot API").to_owned();
        let way = self.proxy.as_ref().map_or_else(String::new, |proxy| format!(" by the proxy `{proxy}`"));
        let why = match class {
            Class::NotSent => format!("`{host}` cannot be reached{way}: {}", cause::plain(&error)),
            _ if error.is_timeout() => "no answer in time".to_owned(),
            _ => cause::plain(&error),
        };
        Refused { class, why: text::squeeze(&why) }
    }
}

fn unsent(error: &serde_json::Error) -> Refused {
    Refused { class: Class::NotSent, why: error.to_string() }
}

#[cfg(test)]
pub(super) mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        task::JoinHandle,
    };
    use url::Url;

    use std::time::Duration;

    use crate::target::telegram::{
        Chat, Content, Failure, Patience, Photo, Recipient, Sent, Settings, Telegram, Words, photo_check::tests::png,
    };

    const TOKEN: &str = "42:SECRET-secret";
    const SENT: &str = r#"{"ok":true,"result":{"message_id":77,"chat":{"id":-1001,"type":"channel"},"date":1,"text":"x"}}"#;

    /// A bot that waits `patience` for an answer.
    pub fn bot(address: &str, token: &str, patience: Duration) -> Telegram {
        let settings = Settings { api_url: Url::parse(address).unwrap(), ..Settings::default() };
        let patience = Patience { connect: Duration::from_secs(5), query: patience, send: patience };
        Telegram::with_patience(&settings, token.parse().unwrap(), patience).unwrap()
    }

    fn bot_at(port: u16) -> Telegram {
        bot(&format!("http://127.0.0.1:{port}/"), TOKEN, Duration::from_secs(10))
    }

    /// A server for one call: reads it whole, writes `answer`, and closes; or keeps silent where there is none.
    async fn serve(answer: Option<&'static [u8]>) -> (u16, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !is_whole(&request) {
                let mut piece = [0; 4096];
                let length = stream.read(&mut piece).await.unwrap();
                request.extend_from_slice(&piece[..length]);
            }
            match answer {
                Some(answer) => stream.write_all(answer).await.unwrap(),
                // Until the other side gives up.
                None => drop(stream.read(&mut [0]).await),
            }
            String::from_utf8_lossy(&request).into_owned()
        });
        (port, task)
    }

    fn is_whole(request: &[u8]) -> bool {
        let text = String::from_utf8_lossy(request).to_lowercase();
        let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
        let length: usize = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        request.len() >= head.len() + 4 + length
    }

    fn http(status: &str, body: &str, length: usize) -> &'static [u8] {
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").into_bytes().leak()
    }

    fn text() -> Content {
        Content::Text { words: Words::Html("<b>x</b>".into()), preview: Url::parse("https://a.vn/?a=1&b=2").ok() }
    }

    fn to() -> Recipient {
        Recipient { chat: Chat::Name("@kenh_tin".into()), topic: 7, silent: true }
    }

    async fn send_to(answer: Option<&'static [u8]>) -> Result<Sent, Failure> {
        let (port, server) = serve(answer).await;
        let outcome = bot_at(port).send(&to(), &text()).await;
        server.await.unwrap();
        if let Err(failure) = &outcome {
            assert!(!format!("{failure} {failure:?}").contains("SECRET"), "{failure:?}");
        }
        outcome
    }

    #[tokio::test]
    async fn a_text_is_posted_with_all_that_belongs_to_it() {
        let (port, server) = serve(Some(http("200 OK", SENT, SENT.len()))).await;
        let sent = bot_at(port).send(&to(), &text()).await.unwrap();
        assert_eq!(sent, Sent { message_id: Some(77), count: 1, chat_id: Some(-1001), photo_file_ids: Vec::new() });
        let request = server.await.unwrap();
        assert!(request.starts_with(&format!("POST /bot{TOKEN}/SendMessage HTTP/1.1\r\n")), "{request}");
        let body: serde_json::Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "chat_id": "@kenh_tin", "text": "<b>x</b>", "parse_mode": "HTML", "message_thread_id": 7, "disable_notification": true,
                "link_preview_options": {"url": "https://a.vn/?a=1&b=2", "prefer_small_media": true},
            })
        );
    }

    #[tokio::test]
    async fn an_album_is_uploaded_in_parts_that_the_request_names() {
        let (port, server) = serve(Some(http("200 OK", SENT, SENT.len()))).await;
        let photos = vec![Photo::new(png(90, 60)).unwrap(), Photo::known("AgAC".into())];
        let album = Content::Album { photos, caption: Words::Html("<i>é</i>".into()) };
        let sent = bot_at(port).send(&to(), &album).await.unwrap();
        assert_eq!((sent.message_id, sent.count), (Some(77), 2));
        let request = server.await.unwrap();
        assert!(request.starts_with(&format!("POST /bot{TOKEN}/SendMediaGroup HTTP/1.1\r\n")), "{request}");
        assert!(request.contains(r#"name="photo0"; filename="photo0.png""#), "{request}");
        assert!(request.contains("Content-Type: image/png"), "{request}");
        let media = request.split_once("name=\"media\"\r\n\r\n").unwrap().1.lines().next().unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(media).unwrap(),
            serde_json::json!([
                {"type": "photo", "media": "attach://photo0", "caption": "<i>é</i>", "parse_mode": "HTML"},
                {"type": "photo", "media": "AgAC"},
            ])
        );
        assert!(!request.contains("photo1"), "{request}");
    }

    #[tokio::test]
    async fn a_connection_never_made_has_sent_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let telegram = bot_at(port);
        let failure = telegram.send(&to(), &text()).await.unwrap_err();
        assert!(matches!(&failure, Failure::NotSent { why } if why.contains("refused")), "{failure:?}");
        assert!(!format!("{telegram:?}").contains("SECRET"));
        assert!(!format!("{failure} {failure:?}").contains("SECRET"), "{failure:?}");
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_tells_what_it_can() {
        let cut = |at: usize| send_to(Some(http("200 OK", &SENT[..at], SENT.len())));
        assert_eq!(cut(60).await.unwrap().message_id, Some(77));
        assert_eq!(cut(36).await.unwrap().message_id, None);
        assert!(matches!(cut(5).await, Err(Failure::Unclear { .. })));
        assert!(matches!(send_to(Some(b"")).await, Err(Failure::Unclear { .. })));
        let kicked = r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the channel chat"#;
        assert!(matches!(send_to(Some(http("403 Forbidden", kicked, 500))).await, Err(Failure::ChannelClosed { .. })));
    }

    #[tokio::test]
    async fn silence_after_a_send_is_unclear() {
        let (port, server) = serve(None).await;
        let impatient = bot(&format!("http://127.0.0.1:{port}"), TOKEN, Duration::from_millis(200));
        let failure = impatient.send(&to(), &text()).await.unwrap_err();
        server.await.unwrap();
        assert!(matches!(&failure, Failure::Unclear { why } if why.starts_with("no answer in time")), "{failure:?}");
    }

    #[tokio::test]
    async fn a_gateways_page_is_told_at_once_by_its_status() {
        let page = "<html><body>bot42:SECRET-secret</body></html>";
        assert!(matches!(send_to(Some(http("502 Bad Gateway", page, page.len()))).await, Err(Failure::Unclear { .. })));
        assert!(matches!(send_to(Some(http("404 Not Found", page, page.len()))).await, Err(Failure::NotSent { .. })));
        let moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        assert!(matches!(send_to(Some(moved)).await, Err(Failure::NotSent { .. })));
    }

    #[tokio::test]
    async fn the_token_is_cut_out_of_what_a_server_says() {
        let answer = r#"{"ok":false,"error_code":400,"description":"Bad Request: /bot42:SECRET-secret/SendMessage"}"#;
        let failure = send_to(Some(http("400 Bad Request", answer, answer.len()))).await.unwrap_err();
        assert_eq!(failure, Failure::NotUnderstood { why: "Bad Request: /bot***/SendMessage".into() });
    }
}
