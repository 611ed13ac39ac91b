//! The client against real servers on this machine: what it asks for and what it makes of the answers.

mod broken;
mod manners;
mod origin;
mod redirects;

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::*;
use origin::{Act, Origin, gzip, ok, path_of, raw, reply};

const PAGE: &str = "<!doctype html><title>Tin tức</title><h1>Công an thành phố Đà Nẵng</h1>";

fn settings() -> Settings {
    Settings {
        contact: "mailto:desk@portal.example".into(),
        timeout: unit::Duration::from_secs(5),
        max_size: unit::Size::from_bytes(100_000),
        allow_private: true,
    }
}

fn client() -> Client {
    Client::new(&settings(), Duration::ZERO).unwrap()
}

fn impatient() -> Client {
    Client::new(&Settings { timeout: unit::Duration::from_millis(150), ..settings() }, Duration::ZERO).unwrap()
}

/// A request for a page without asking robots.txt, which most tests are not about.
fn page(url: Url) -> Request {
    Request { robots: Robots::Ignore, ..Request::page(url) }
}

fn text(response: Response) -> String {
    match response.answer {
        Answer::Body(body) => body.into_page(Timestamp::UNIX_EPOCH).html,
        Answer::Unchanged => panic!("unchanged"),
    }
}

/// The error and its causes as a log shows them, with the port left out.
async fn failure(client: &Client, request: &Request) -> (&'static str, String) {
    let error = client.get(request).await.expect_err("an error");
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    let port = format!("127.0.0.1:{}", request.url.port().unwrap());
    (error.kind(), words.replace(&port, "HOST"))
}

async fn failing(acts: Vec<Act>) -> (&'static str, String) {
    let origin = Origin::always(acts).await;
    failure(&client(), &page(origin.url("/"))).await
}

#[tokio::test]
async fn a_page_is_fetched_by_an_honest_client() {
    let origin = Origin::always(reply("200 OK", "ETag: \"v1\"\r\nLast-Modified: noon\r\nCache-Control: max-age=60\r\n", PAGE)).await;
    let (client, request) = (client(), page(origin.url("/tin?x=1#top")));
    // In a task of its own, as a daemon does it.
    let response = tokio::spawn(async move { client.get(&request).await }).await.unwrap().unwrap();
    assert_eq!(response.url, origin.url("/tin?x=1"));
    assert_eq!(response.moved, None);
    assert_eq!(response.validators, Validators { etag: Some("\"v1\"".into()), last_modified: Some("noon".into()) });
    assert_eq!(response.max_age, Some(Duration::from_secs(60)));
    assert_eq!(text(response), PAGE);
    let head = origin.requests()[0].replace(&origin.url("").port().unwrap().to_string(), "PORT");
    insta::assert_snapshot!(head.replace(env!("CARGO_PKG_VERSION"), "VERSION").trim(), @r"
    GET /tin?x=1 HTTP/1.1
    accept: text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5
    user-agent: Loa/VERSION (+mailto:desk@portal.example)
    accept-encoding: gzip,br
    host: 127.0.0.1:PORT
    ");
}

#[tokio::test]
async fn packed_pages_are_unpacked() {
    let packed = gzip(PAGE.as_bytes());
    let origin = Origin::always(reply("200 OK", "Content-Encoding: gzip\r\n", packed)).await;
    assert_eq!(text(client().get(&page(origin.url("/"))).await.unwrap()), PAGE);
    let origin = Origin::always(reply("200 OK", "Content-Encoding: br\r\n", b"\x0b\x02\x80hello\x03")).await;
    assert_eq!(text(client().get(&page(origin.url("/"))).await.unwrap()), "hello");
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>xy\r\n4;ext=1\r\n</p>\r\n0\r\n\r\n";
    let origin = Origin::always(raw(chunks)).await;
    assert_eq!(text(client().get(&page(origin.url("/"))).await.unwrap()), "<p>xy</p>");
}

#[tokio::test]
async fn a_file_is_asked_for_without_being_fetched() {
    let origin = Origin::always(raw("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 45678\r\n\r\n")).await;
    let request = Request { accept: Accept::Image, ..page(origin.url("/anh.png")) };
    let head = client().head(&request).await.unwrap();
    assert_eq!(head, FileHead { length: Some(45_678), content_type: Some("image/png".into()) });
    let asked = origin.requests()[0].clone();
    assert!(asked.starts_with("HEAD /anh.png HTTP/1.1\r\n") && asked.contains("accept-encoding: identity\r\n"), "{asked}");
    let origin = Origin::always(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")).await;
    let head = client().head(&page(origin.url("/tai?id=1"))).await.unwrap();
    assert_eq!(head, FileHead { length: None, content_type: None });
    let origin = Origin::always(raw("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")).await;
    assert!(matches!(client().head(&page(origin.url("/"))).await, Err(Error::Status { status: 405, .. })));
}

#[tokio::test]
async fn the_size_limit_can_be_raised_for_one_request() {
    let origin = Origin::always(ok([b'x'; 200_000])).await;
    let request = Request { max_size: Some(unit::Size::from_bytes(200_000)), ..page(origin.url("/")) };
    assert!(client().get(&request).await.is_ok());
}

#[tokio::test]
async fn errors_do_not_show_passwords() {
    let origin = Origin::always(vec![]).await;
    let mut url = origin.url("/");
    url.set_username("app").unwrap();
    url.set_password(Some("very-secret")).unwrap();
    let error = client().get(&page(url)).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    assert!(origin.requests()[0].contains("authorization: Basic "));
}

#[tokio::test]
async fn headers_that_are_none_are_passed_over() {
    let head = "HTTP/1.1 200 OK\r\nno header at all\r\nX-Folded: one\r\n two\r\nX Spaced : x\r\nContent-Type : text/html; charset=utf-8";
    let origin = Origin::always(raw(format!("{head}\r\nContent-Length: {}\r\n\r\n{PAGE}", PAGE.len()))).await;
    assert_eq!(text(client().get(&page(origin.url("/"))).await.unwrap()), PAGE);
}

#[tokio::test]
async fn charsets_are_read_from_the_answer() {
    let utf16: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (headers, body) in [
        ("Content-Type: text/html; charset=iso-8859-1\r\n", PAGE.as_bytes().to_vec()),
        ("Content-Type: text/html; charset=utf-16le\r\n", utf16),
        ("Content-Type: text/plain\r\n", PAGE.replace('à', "a\u{300}").into_bytes()),
    ] {
        let origin = Origin::always(reply("200 OK", headers, body)).await;
        assert_eq!(text(client().get(&page(origin.url("/"))).await.unwrap()), PAGE, "{headers}");
    }
}

#[tokio::test]
async fn certificates_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.pem");
    let request = Request { ca_file: Some(path.clone()), ..page(Url::parse("https://portal.example/").unwrap()) };
    for text in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&path, text).unwrap();
        let error = client().get(&request).await.unwrap_err();
        assert_eq!(error.kind(), "certificate", "{text}: {error}");
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(client().get(&request).await.unwrap_err().kind(), "certificate");
}

#[test]
fn a_contact_that_cannot_be_sent_is_refused() {
    let error = Client::new(&Settings { contact: "bàn tin\n".into(), ..settings() }, Duration::ZERO).unwrap_err();
    insta::assert_snapshot!(error, @r"no client can be built: expected `contact` in printable ASCII, such as a mail address");
}

#[test]
fn a_time_limit_of_nothing_is_refused() {
    let error = Client::new(&Settings { timeout: unit::Duration::default(), ..settings() }, Duration::ZERO).unwrap_err();
    insta::assert_snapshot!(error, @"no client can be built: expected a `timeout` such as `30s`, found `0s`");
}

#[test]
fn settings_are_read_as_people_write_them() {
    let read: Settings = serde_json::from_str(r#"{"contact": "", "timeout": "30s", "max-size": "10MB", "allow-private": false}"#).unwrap();
    assert_eq!(read, Settings::default());
    assert!(serde_json::from_str::<Settings>(r#"{"time-out": "30s"}"#).is_err());
}
