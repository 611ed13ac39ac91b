//! Real requests over real sockets.

use std::time::Duration;

use jiff::Timestamp;
use loa_reader::{
    list::Presentation,
    time::{Precision, Stamp},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

use super::*;
use crate::{
    jobs::publish::{Documents, FeedSummary, Found, ServedDocument},
    render::{About, Body, opml},
    service::Beat,
    store::{self, Store},
    unit,
};

const NOW: i64 = 1_705_540_000;

/// A server with one feed, and what is needed to ask and stop it.
struct Server {
    address: std::net::SocketAddr,
    documents: Arc<Documents>,
    health: Arc<Health>,
    _folder: tempfile::TempDir,
    stop: oneshot::Sender<()>,
    running: JoinHandle<io::Result<()>>,
}

async fn start() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = Timestamp::from_second(NOW).unwrap();
    let settings = store::Settings::at(format!("sqlite:{}/loa.db", folder.path().display()));
    let store = Store::open(&settings, at).await.unwrap();
    let public: url::Url = "https://loa.example/tin".parse().unwrap();
    let publisher = Arc::new(Publisher::new(store, public, "".into(), unit::Size::from_bytes(1_000_000)));
    let documents = publisher.documents().clone();
    let changed = Some("2024-01-18T00:29:00Z".parse().unwrap());
    let document = || Arc::new(ServedDocument::new("application/rss+xml; charset=utf-8", "tin ".repeat(500).as_bytes(), changed));
    documents.put("danang-police.rss", document());
    documents.put("all.rss", document());
    let list = opml("Loa", &[about()]);
    documents.put(&list.name, Arc::new(ServedDocument::new(list.content_type, &list.bytes, None)));
    documents.set_next_poll("danang-police", Timestamp::from_second(NOW + 600).unwrap());
    let (stop, stopped) = oneshot::channel();
    let site = Site {
        public: "https://loa.example/tin".parse().unwrap(),
        language: Language::Vietnamese,
        clock: || Timestamp::from_second(NOW).unwrap(),
    };
    let health = Arc::<Health>::default();
    let figures = Arc::new(Figures::new(None, documents.clone(), at));
    let serving = serve(listener, Shown { publisher, health: health.clone(), figures }, site, async {
        let _ = stopped.await;
    });
    Server { address, documents, health, _folder: folder, stop, running: tokio::spawn(serving) }
}

fn about() -> About {
    About {
        id: "danang-police".into(),
        title: "Công an <b>Đà Nẵng</b> & \"bạn\"".into(),
        portal: "https://catp.danang.gov.vn/".parse().unwrap(),
        public: "https://loa.example/tin".parse().unwrap(),
        language: Some("vi".into()),
        body: Body::Full,
        presentation: Presentation { description: Some("Tin & <i>thủ tục</i>".into()), ..Presentation::default() },
    }
}

impl Server {
    /// Sends `request` and reads until the server closes.
    async fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let answer = self.send(&format!("{method} {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n{headers}\r\n")).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer { head: head.to_owned(), body: body.to_owned() }
    }

    async fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask("GET", path, headers).await
    }
}

struct Answer {
    head: String,
    body: String,
}

impl Answer {
    fn status(&self) -> &str {
        &self.head[9..12]
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .skip(1)
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    }

    /// Without the one header that has the time of day in it.
    fn shown(&self) -> String {
        self.head.lines().filter(|line| !line.starts_with("date: ")).collect::<Vec<_>>().join("\n")
    }
}

const FEED: &str = "/feeds/danang-police.rss";

#[tokio::test]
async fn a_feed_comes_with_what_a_reader_needs_to_ask_again() {
    let server = start().await;
    let answer = server.get(FEED, "").await;
    insta::assert_snapshot!(answer.shown(), @r#"
    HTTP/1.1 200 OK
    etag: "d4d33744b47af66f3644344fd4699133"
    cache-control: public, max-age=600
    vary: Accept-Encoding
    last-modified: Thu, 18 Jan 2024 00:29:00 GMT
    content-type: application/rss+xml; charset=utf-8
    x-content-type-options: nosniff
    content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'
    referrer-policy: no-referrer
    content-length: 2000
    connection: close
    "#);
    assert!(answer.header("date").is_some());
    assert_eq!(answer.body, "tin ".repeat(500));
    let answer = server.get("/feeds.opml", "").await;
    assert_eq!((answer.status(), answer.header("content-type")), ("200", Some("text/x-opml; charset=utf-8")));
    assert!(answer.body.contains("https://loa.example/tin/feeds/danang-police.rss"), "{}", answer.body);
}

#[tokio::test]
async fn a_reader_that_has_it_gets_no_body() {
    let server = start().await;
    let first = server.get(FEED, "").await;
    let etag = first.header("etag").unwrap();
    let answer = server.get(FEED, &format!("If-None-Match: \"x\", W/{etag}\r\nIf-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT\r\n")).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    HTTP/1.1 304 Not Modified
    etag: "d4d33744b47af66f3644344fd4699133"
    cache-control: public, max-age=600
    vary: Accept-Encoding
    last-modified: Thu, 18 Jan 2024 00:29:00 GMT
    x-content-type-options: nosniff
    content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'
    referrer-policy: no-referrer
    connection: close
    "#);
    assert!(answer.header("date").is_some());
    assert_eq!(answer.body, "");
    let answer = server.get(FEED, "If-Modified-Since: Thu, 18 Jan 2024 00:29:00 GMT\r\n").await;
    assert_eq!(answer.status(), "304");
    let answer = server.get(FEED, "If-None-Match: \"x\"\r\nIf-Modified-Since: Thu, 18 Jan 2024 00:29:00 GMT\r\n").await;
    assert_eq!(answer.status(), "200");
}

#[tokio::test]
async fn a_packed_feed_has_its_own_tag() {
    let server = start().await;
    let answer = server.get(FEED, "Accept-Encoding: gzip\r\n").await;
    insta::assert_snapshot!(answer.shown(), @r#"
    HTTP/1.1 200 OK
    etag: "d4d33744b47af66f3644344fd4699133-gzip"
    cache-control: public, max-age=600
    vary: Accept-Encoding
    last-modified: Thu, 18 Jan 2024 00:29:00 GMT
    content-type: application/rss+xml; charset=utf-8
    content-encoding: gzip
    x-content-type-options: nosniff
    content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'
    referrer-policy: no-referrer
    content-length: 43
    connection: close
    "#);
    let etag = answer.header("etag").unwrap();
    assert_eq!(server.get(FEED, &format!("Accept-Encoding: gzip\r\nIf-None-Match: {etag}\r\n")).await.status(), "304");
    assert_eq!(server.get(FEED, &format!("If-None-Match: {etag}\r\n")).await.status(), "200");
    assert_eq!(server.get(FEED, "Accept-Encoding: gzip;q=0\r\n").await.header("content-encoding"), None);
    let Found::Here(shelved, _) = server.documents.find("danang-police.rss") else { panic!("it is on the documents") };
    assert_eq!(answer.body, String::from_utf8_lossy(&shelved.gzip));
}

#[tokio::test]
async fn head_is_answered_like_get_without_the_body() {
    let server = start().await;
    server.documents.remove("gone");
    for path in [FEED, "/feeds.opml", "/", "/healthz", "/feeds/none.rss", "/feeds/gone.rss", "/none"] {
        let (get, head) = (server.get(path, "").await, server.ask("HEAD", path, "").await);
        assert_eq!(get.shown(), head.shown(), "{path}");
        assert_eq!(head.body, "", "{path}");
    }
}

#[tokio::test]
async fn what_is_not_here_is_refused_in_plain_text() {
    let server = start().await;
    server.documents.remove("danang-police");
    let table = [
        ("GET", "/feeds/danang-police.rss", "410"),
        ("GET", "/feeds/none.rss", "404"),
        ("GET", "/feeds/%64anang-police.rss", "404"),
        ("GET", "/feeds/%ff", "404"),
        ("GET", "/feeds/../../etc/passwd", "404"),
        ("GET", "/feeds/", "404"),
        ("GET", "/feeds", "404"),
        ("GET", "/x?q=%3Cscript%3E", "404"),
        ("POST", "/feeds/all.rss", "405"),
        ("DELETE", "/", "405"),
        ("OPTIONS", "/healthz", "405"),
        ("POST", "/none", "404"),
    ];
    for (method, path, status) in table {
        let answer = server.ask(method, path, "").await;
        assert_eq!(answer.status(), status, "{method} {path}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{method} {path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{method} {path}");
        assert_eq!(answer.header("allow"), (status == "405").then_some("GET, HEAD"), "{method} {path}");
        assert!(!answer.body.is_empty() && !answer.body.contains("script"), "{method} {path}");
    }
}

#[tokio::test]
async fn no_answer_repeats_the_host_or_sets_a_cookie() {
    let server = start().await;
    server.documents.set_summary(summary());
    for path in ["/", FEED, "/feeds.opml", "/none", "/healthz", "/metrics"] {
        let answer = server.get(path, "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\n").await;
        assert!(!answer.head.contains("evil") && !answer.body.contains("evil") && !answer.body.contains("gopher"), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

fn summary() -> FeedSummary {
    let at = "2024-01-18T07:29+07:00[Asia/Ho_Chi_Minh]".parse().unwrap();
    FeedSummary { about: about(), articles: 1234, newest: Some(Stamp { at, precision: Precision::Minute }) }
}

#[tokio::test]
async fn the_list_of_feeds_names_each_and_its_words_stay_words() {
    let server = start().await;
    let empty = server.get("/", "").await;
    assert!(empty.body.contains("Chưa có nguồn tin nào"), "{}", empty.body);
    server.documents.set_summary(summary());
    let page = server.get("/", "").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let (_, list) = page.body.split_once("<main>").unwrap();
    insta::assert_snapshot!(list.split_once("</main>").unwrap().0, @r#"
    <ul>
    <li class="feed">
    <h2 lang="vi"><a href="https://catp.danang.gov.vn/">Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot;</a></h2>
    <p class="what" lang="vi">Tin &amp; &lt;i&gt;thủ tục&lt;/i&gt;</p>
    <p class="about">catp.danang.gov.vn · 1.234 bài · mới nhất <time datetime="2024-01-18T07:29+07:00">07:29, 18/01/2024 (UTC+7)</time></p>
    <p class="links"><a href="https://loa.example/tin/feeds/danang-police.rss" type="application/rss+xml" aria-label="Đăng ký Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot;: RSS">RSS</a><a href="https://loa.example/tin/feeds/danang-police.atom" type="application/atom+xml" aria-label="Đăng ký Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot;: Atom">Atom</a><a href="https://loa.example/tin/feeds/danang-police.json" type="application/feed+json" aria-label="Đăng ký Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot;: JSON Feed">JSON Feed</a></p>
    </li>
    <li class="feed whole">
    <h2>Tất cả các nguồn</h2>
    <p class="about">Mọi tin mới trong một nguồn.</p>
    <p class="links"><a href="https://loa.example/tin/feeds/all.rss" type="application/rss+xml" aria-label="Đăng ký Tất cả các nguồn: RSS">RSS</a><a href="https://loa.example/tin/feeds/all.atom" type="application/atom+xml" aria-label="Đăng ký Tất cả các nguồn: Atom">Atom</a><a href="https://loa.example/tin/feeds/all.json" type="application/feed+json" aria-label="Đăng ký Tất cả các nguồn: JSON Feed">JSON Feed</a><a href="https://loa.example/tin/feeds.opml" type="text/x-opml">Danh sách OPML</a></p>
    </li>
    </ul>
    "#);
    let links: Vec<_> = page.body.lines().filter(|line| line.starts_with("<link")).collect();
    insta::assert_snapshot!(links.join("\n"), @r#"
    <link rel="alternate" type="application/rss+xml" title="Tất cả các nguồn (RSS)" href="https://loa.example/tin/feeds/all.rss">
    <link rel="alternate" type="application/atom+xml" title="Tất cả các nguồn (Atom)" href="https://loa.example/tin/feeds/all.atom">
    <link rel="alternate" type="application/feed+json" title="Tất cả các nguồn (JSON Feed)" href="https://loa.example/tin/feeds/all.json">
    <link rel="alternate" type="application/rss+xml" title="Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot; (RSS)" href="https://loa.example/tin/feeds/danang-police.rss">
    <link rel="alternate" type="application/atom+xml" title="Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot; (Atom)" href="https://loa.example/tin/feeds/danang-police.atom">
    <link rel="alternate" type="application/feed+json" title="Công an &lt;b&gt;Đà Nẵng&lt;/b&gt; &amp; &quot;bạn&quot; (JSON Feed)" href="https://loa.example/tin/feeds/danang-police.json">
    "#);
    let etag = page.header("etag").unwrap();
    assert_eq!(server.get("/", &format!("If-None-Match: {etag}\r\n")).await.status(), "304");
    assert_ne!(Some(etag), empty.header("etag"));
    server.documents.remove("danang-police");
    assert!(!server.get("/", "").await.body.contains("Đà Nẵng"));
}

#[tokio::test]
async fn a_header_that_is_too_large_is_cut() {
    let server = start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    // The server may close before it has all of it.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut start = [0; 12];
    if stream.read_exact(&mut start).await.is_ok() {
        assert_eq!(&start, b"HTTP/1.1 431");
    }
}

/// With the clock standing still but for waiting, ten seconds pass at once.
#[tokio::test]
async fn a_header_that_never_ends_is_cut() {
    let server = start().await;
    tokio::time::pause();
    for request in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"] {
        let before = tokio::time::Instant::now();
        server.send(request).await;
        assert!(before.elapsed() < Duration::from_secs(30), "{request}");
    }
}

#[tokio::test]
async fn stopping_ends_it_even_with_connections_open() {
    let server = start().await;
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut start = [0; 15];
    idle.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    server.stop.send(()).unwrap();
    server.running.await.unwrap().unwrap();
    // The connection that was open has ended as well.
    idle.read_to_end(&mut Vec::new()).await.unwrap();
}

#[tokio::test]
async fn figures_are_told_to_whoever_asks() {
    let server = start().await;
    let answer = server.get("/metrics", "").await;
    assert_eq!((answer.status(), answer.header("cache-control")), ("200", Some("no-store")));
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    assert!(answer.body.contains("\nloa_polls_total 0\n") && answer.body.contains("\nloa_store_statements_total 0\n"), "{}", answer.body);
}

#[tokio::test]
async fn health_is_that_of_the_tasks() {
    let server = start().await;
    let watched = server.health.watch(Beat::Feed("danang-police".parse().unwrap()));
    watched.works(Timestamp::from_second(NOW).unwrap());
    let answer = server.get("/healthz", "").await;
    assert_eq!((answer.status(), answer.body.as_str()), ("200", "{\"status\":\"ok\"}\n"));
    assert_eq!((answer.header("content-type"), answer.header("cache-control")), (Some("application/json"), Some("no-store")));
    watched.works(Timestamp::from_second(NOW - 2 * 3600).unwrap());
    let answer = server.get("/healthz", "").await;
    assert_eq!(answer.status(), "503");
    assert_eq!(answer.body, "{\"status\":\"failing\",\"problems\":[\"the feed `danang-police` has been polling for 120 min\"]}\n");
}
