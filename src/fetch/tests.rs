//! The client against servers that keep HTTP's promises and servers that break them.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{
    origin::{Act, Origin, gzip, ok, path_of, raw, reply},
    *,
};

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
async fn an_unchanged_page_costs_one_conditional_request() {
    let origin = Origin::start(|head| match path_of(head) {
        "/robots.txt" => reply("404 Not Found", "", ""),
        _ if head.contains("if-none-match: W/\"v 1\"\r\n") && head.contains("if-modified-since: about noon\r\n") => {
            raw("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
        }
        _ => reply("200 OK", "ETag: W/\"v 1\"\r\nLast-Modified: about noon\r\n", PAGE),
    })
    .await;
    let client = client();
    let mut request = Request::page(origin.url("/"));
    let first = client.get(&request).await.unwrap();
    request.validators = first.validators;
    for _ in 0..2 {
        let again = client.get(&request).await.unwrap();
        assert!(matches!(again.answer, Answer::Unchanged));
        assert_eq!(again.validators, request.validators);
    }
    assert_eq!(origin.paths(), ["/robots.txt", "/", "/", "/"]);
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_an_error() {
    let (kind, words) = failing(raw("HTTP/1.1 304 Not Modified\r\n\r\n")).await;
    assert_eq!((kind, words.as_str()), ("status", "`http://HOST/` answers 304"));
}

#[tokio::test]
async fn nobody_there_is_a_connect_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let (kind, words) = failure(&client(), &page(url)).await;
    assert_eq!((kind, words.as_str()), ("connect", "cannot connect to `http://HOST/`: Connection refused (os error 111)"));
}

#[tokio::test]
async fn a_name_without_address_is_a_dns_error() {
    let error = client().get(&page(Url::parse("http://no-such-name.invalid/").unwrap())).await.unwrap_err();
    assert_eq!(error.kind(), "dns", "{error}");
}

#[tokio::test]
async fn plain_http_where_tls_is_due_is_a_tls_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    let (kind, words) = failure(&client(), &page(Url::parse(&format!("https://127.0.0.1:{port}/")).unwrap())).await;
    assert_eq!(kind, "tls", "{words}");
}

#[tokio::test]
async fn slow_answers_end_at_the_time_limit() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    for acts in [
        vec![Act::Stall],
        vec![Act::Drip(head.repeat(50).into_bytes())],
        vec![Act::Send(head.into()), Act::Stall],
        vec![Act::Send(head.into()), Act::Drip(vec![b'x'; 1000])],
        vec![Act::Repeat(b"HTTP/1.1 100 Continue\r\n\r\n".to_vec())],
    ] {
        let origin = Origin::always(acts).await;
        let start = Instant::now();
        let (kind, words) = failure(&impatient(), &page(origin.url("/"))).await;
        assert_eq!((kind, words.as_str()), ("timeout", "`http://HOST/` did not answer in full within 150ms"));
        assert!(start.elapsed() < Duration::from_secs(1));
    }
}

#[tokio::test]
async fn the_time_limit_holds_for_all_hops_together() {
    let origin = Origin::start(|head| {
        let next = format!("HTTP/1.1 302 Found\r\nLocation: {}x\r\nContent-Length: 0\r\n", path_of(head));
        vec![Act::Send(next.into()), Act::Drip(b"X: y\r\n\r\n".to_vec())]
    })
    .await;
    let start = Instant::now();
    assert_eq!(failure(&impatient(), &page(origin.url("/"))).await.0, "timeout");
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn large_answers_end_at_the_size_limit() {
    let endless = vec![Act::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), Act::Repeat(b"<p>more</p>\n".repeat(100))];
    let announced = raw("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n");
    let packed = gzip(&vec![b' '; 50_000_000]);
    assert!(packed.len() > 50_000);
    let bomb = reply("200 OK", "Content-Encoding: gzip\r\n", &packed);
    let attribute = ok(format!("<p title='{}'>", "x".repeat(8_000_000)));
    for acts in [endless, announced, bomb, attribute] {
        let (kind, words) = failing(acts).await;
        assert_eq!((kind, words.as_str()), ("too-large", "`http://HOST/` is larger than 100kB"));
    }
    let origin = Origin::always(ok([b'x'; 100_000])).await;
    assert_eq!(text(client().get(&page(origin.url("/"))).await.unwrap()).len(), 100_000);
}

#[tokio::test]
async fn the_size_limit_can_be_raised_for_one_request() {
    let origin = Origin::always(ok([b'x'; 200_000])).await;
    let request = Request { max_size: Some(unit::Size::from_bytes(200_000)), ..page(origin.url("/")) };
    assert!(client().get(&request).await.is_ok());
}

#[tokio::test]
async fn answers_that_lie_about_their_packing_are_errors() {
    let packed = gzip(PAGE.as_bytes());
    let twice = gzip(&packed);
    let gzip_header = "Content-Encoding: gzip\r\n";
    for (headers, body, kind) in [
        ("Content-Encoding: gzip, gzip\r\n", twice.as_slice(), "encoding"),
        ("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", &twice, "unexpected"),
        ("Content-Encoding: zstd\r\n", b"\x28\xb5\x2f\xfd", "encoding"),
        (gzip_header, PAGE.as_bytes(), "encoding"),
        (gzip_header, &packed[..packed.len() / 2], "encoding"),
        (gzip_header, &packed[..packed.len() - 4], "encoding"),
        (gzip_header, b"", "empty"),
        ("Content-Encoding: br\r\n", PAGE.as_bytes(), "encoding"),
        ("Content-Encoding: br\r\n", b"\x0b\x02\x80hel", "encoding"),
        ("", &packed, "unexpected"),
    ] {
        let (found, words) = failing(reply("200 OK", headers, body)).await;
        assert_eq!(found, kind, "{headers}{words}");
    }
}

#[tokio::test]
async fn answers_that_lie_about_their_length_are_errors() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (answer, kind) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>short".to_owned(), "truncated"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\nContent-Length: 5\r\n\r\n<p>short".into(), "protocol"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<p>short".into(), "protocol"),
        ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n<p>short".into(), "protocol"),
        (format!("{chunked}8\r\n<p>short\r\n"), "truncated"),
        (format!("{chunked}20\r\n<p>short"), "truncated"),
        (format!("{chunked}xyz\r\n<p>short\r\n0\r\n\r\n"), "truncated"),
        (format!("{chunked}ffffffffffffffffff\r\n<p>short\r\n0\r\n\r\n"), "truncated"),
    ] {
        let (found, words) = failing(raw(&answer)).await;
        assert_eq!(found, kind, "{answer:?} {words}");
    }
    let packed = gzip(PAGE.repeat(50).as_bytes());
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", packed.len() + 10);
    let (found, words) = failing(raw([head.as_bytes(), &packed].concat())).await;
    assert_eq!(found, "truncated", "{words}");
}

#[tokio::test]
async fn answers_that_break_off_are_errors() {
    let half = Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>half".to_vec());
    for (acts, kind) in [
        (vec![], "truncated"),
        (vec![Act::Reset], "truncated"),
        (vec![half, Act::Reset], "truncated"),
        (raw("HTTP/1.1 200 OK\r\nContent-"), "truncated"),
        (raw("SSH-2.0-OpenSSH_9.6\r\n\r\n"), "protocol"),
        (raw([0xff; 200]), "protocol"),
        (raw("<html>no head at all</html>\r\n\r\n"), "protocol"),
    ] {
        let (found, words) = failing(acts.clone()).await;
        assert_eq!(found, kind, "{acts:?} {words}");
    }
}

#[tokio::test]
async fn heads_without_end_are_errors() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Header: value\r\n".repeat(100_000));
    let large = format!("HTTP/1.1 200 OK\r\nX-Header: {}\r\n\r\n", "x".repeat(10_000_000));
    for answer in [many, large] {
        let (kind, words) = failing(raw(answer)).await;
        assert!(matches!(kind, "protocol" | "truncated"), "{kind} {words}");
    }
}

#[tokio::test]
async fn redirects_are_followed_and_permanent_ones_reported() {
    let origin = Origin::start(|head| match path_of(head) {
        "/old" => reply("301 Moved Permanently", "Location: /new#part\r\n", ""),
        "/new" => reply("308 Permanent Redirect", "Location: newest\r\n", ""),
        "/newest" => reply("302 Found", "Location: /hôm-nay\r\n", ""),
        "/away" => reply("302 Found", "Location: /old\r\n", ""),
        _ => ok(PAGE),
    })
    .await;
    let client = client();
    let response = client.get(&page(origin.url("/old"))).await.unwrap();
    assert_eq!(response.moved, Some(origin.url("/newest")));
    assert_eq!(response.url, origin.url("/h%C3%B4m-nay"));
    let response = client.get(&page(origin.url("/away"))).await.unwrap();
    assert_eq!(response.moved, None);
    assert_eq!(response.url, origin.url("/h%C3%B4m-nay"));
}

#[tokio::test]
async fn redirects_that_lead_nowhere_are_errors() {
    let origin = Origin::start(|head| match path_of(head) {
        "/loop" => reply("302 Found", "Location: /pool\r\n", ""),
        "/pool" => reply("302 Found", "Location: /loop\r\n", ""),
        "/cookie" => reply("302 Found", "Set-Cookie: seen=1\r\nLocation: /cookie\r\n", ""),
        "/nowhere" => reply("302 Found", "", PAGE),
        "/empty" => reply("302 Found", "Location: \r\n", PAGE),
        "/bad" => reply("302 Found", "Location: http://[::bad/\r\n", PAGE),
        "/mail" => reply("302 Found", "Location: mailto:desk@portal.example\r\n", ""),
        "/file" => reply("302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/choice" => reply("300 Multiple Choices", "Location: /loop\r\n", ""),
        chain => reply("302 Found", &format!("Location: {chain}x\r\n"), ""),
    })
    .await;
    let mut said = String::new();
    for path in ["/loop", "/cookie", "/nowhere", "/empty", "/bad", "/mail", "/file", "/choice", "/chain"] {
        let (kind, words) = failure(&client(), &page(origin.url(path))).await;
        said.push_str(&format!("{kind}: {words}\n"));
    }
    insta::assert_snapshot!(said, @r"
    redirect: `http://HOST/pool` redirects in a circle
    redirect: `http://HOST/cookie` redirects in a circle, and wants a cookie
    redirect: `http://HOST/nowhere` redirects without saying where
    redirect: `http://HOST/empty` redirects without saying where
    redirect: `http://HOST/bad` redirects to `http://[::bad/`, which is no address
    redirect: `http://HOST/mail` redirects to `mailto:desk@portal.example`, which is no address
    redirect: `http://HOST/file` redirects to `file:///etc/passwd`, which is no address
    status: `http://HOST/choice` answers 300
    redirect: `http://HOST/chainxxxxxxxxxx` redirects once too often: 10 redirects are followed
    ");
    assert_eq!(origin.paths().iter().filter(|path| path.starts_with("/chain")).count(), 11);
}

#[tokio::test]
async fn operators_headers_go_to_their_host_only() {
    let other = Origin::always(ok(PAGE)).await;
    let target = other.url("/").to_string();
    let origin = Origin::start(move |head| match path_of(head) {
        "/" => reply("302 Found", "Location: /here\r\n", ""),
        _ => reply("302 Found", &format!("Location: {target}\r\n"), ""),
    })
    .await;
    let mut request = page(origin.url("/"));
    request.headers.insert("Authorization", "Bearer very-secret").unwrap();
    request.headers.insert("User-Agent", "a name of one's own").unwrap();
    client().get(&request).await.unwrap();
    for head in origin.requests() {
        assert!(head.contains("authorization: Bearer very-secret\r\n") && head.contains("user-agent: a name of one's own\r\n"), "{head}");
        assert_eq!(head.matches("user-agent").count(), 1);
    }
    let head = &other.requests()[0];
    assert!(!head.contains("secret") && !head.contains("referer"), "{head}");
    assert!(!format!("{request:?}").contains("secret"));
}

#[tokio::test]
async fn errors_do_not_show_passwords() {
    let origin = Origin::always(vec![]).await;
    let mut url = origin.url("/");
    url.set_username("desk").unwrap();
    url.set_password(Some("very-secret")).unwrap();
    let error = client().get(&page(url)).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    assert!(origin.requests()[0].contains("authorization: Basic "));
}

#[tokio::test]
async fn private_addresses_are_refused_before_connecting() {
    let origin = Origin::always(ok(PAGE)).await;
    let port = origin.url("/").port().unwrap();
    let public = Client::new(&Settings { allow_private: false, ..settings() }, Duration::ZERO).unwrap();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]", "[::1]", "localhost"] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        for robots in [Robots::Obey, Robots::Ignore] {
            let error = public.get(&Request { robots, ..Request::page(url.clone()) }).await.unwrap_err();
            assert_eq!(error.kind(), "private", "{host}: {error:?}");
        }
    }
    assert!(origin.requests().is_empty());
}

#[tokio::test]
async fn redirects_to_private_addresses_are_refused() {
    let inside = Origin::always(ok(PAGE)).await;
    let secret = inside.url("/secret").to_string();
    let by_name = secret.replace("127.0.0.1", "localhost");
    let origin = Origin::start(move |head| match path_of(head) {
        "/page" => ok(PAGE),
        "/literal" => reply("302 Found", &format!("Location: {secret}\r\n"), ""),
        "/mapped" => reply("301 Moved Permanently", "Location: http://[::ffff:a9fe:a9fe]/latest/\r\n", ""),
        "/number" => reply("307 Temporary Redirect", "Location: //2130706433/\r\n", ""),
        _ => reply("308 Permanent Redirect", &format!("Location: {by_name}\r\n"), ""),
    })
    .await;
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], origin.url("/").port().unwrap()));
    let client = Client::knowing(&Settings { allow_private: false, ..settings() }, "portal.example", address);
    let url = |path| Url::parse(&format!("http://portal.example:{}{path}", address.port())).unwrap();
    assert!(client.get(&page(url("/page"))).await.is_ok());
    for path in ["/literal", "/mapped", "/number", "/name"] {
        let error = client.get(&page(url(path))).await.unwrap_err();
        assert_eq!(error.kind(), "private", "{path}: {error:?}");
    }
    // So is where robots.txt redirects to.
    assert_eq!(client.get(&Request::page(url("/page"))).await.unwrap_err().kind(), "private");
    assert!(inside.requests().is_empty());
}

#[tokio::test]
async fn statuses_are_told_apart() {
    for (status, headers, kind) in [
        ("404 Not Found", "", "status"),
        ("410 Gone", "", "gone"),
        ("429 Too Many Requests", "", "retry-after"),
        ("429 Too Many Requests", "Retry-After: -1\r\n", "retry-after"),
        ("503 Service Unavailable", "", "status"),
        ("503 Service Unavailable", "Retry-After: 10\r\n", "retry-after"),
        ("500 Internal Server Error", "Retry-After: 10\r\n", "status"),
        ("204 No Content", "", "status"),
        ("206 Partial Content", "", "status"),
        ("401 Unauthorized", "", "status"),
    ] {
        let (found, words) = failing(reply(status, headers, PAGE)).await;
        assert_eq!(found, kind, "{status}: {words}");
    }
}

#[tokio::test]
async fn a_host_that_asks_for_peace_is_not_asked_again() {
    let origin = Origin::always(reply("429 Too Many Requests", "Retry-After: 1000000000\r\n", "")).await;
    let other = Origin::always(ok(PAGE)).await;
    let client = client();
    let (_, words) = failure(&client, &page(origin.url("/a"))).await;
    assert_eq!(words, "`http://HOST/a` asks to be left alone for 1d (429)");
    assert_eq!(failure(&client, &page(origin.url("/b"))).await.0, "retry-after");
    assert_eq!(origin.paths(), ["/a"]);
    assert!(client.get(&page(other.url("/"))).await.is_ok());

    let now = Timestamp::UNIX_EPOCH;
    let holds = client.holds(now);
    assert_eq!(holds.len(), 1);
    let restarted = self::client();
    restarted.hold(&holds[0], now);
    assert_eq!(failure(&restarted, &page(origin.url("/c"))).await.0, "retry-after");
    assert_eq!(origin.paths(), ["/a"]);
    let later = self::client();
    later.hold(&holds[0], now + jiff::SignedDuration::from_hours(25));
    assert_eq!(later.holds(now), []);
}

#[tokio::test]
async fn one_request_at_a_time_goes_to_a_host() {
    let busy = std::sync::Arc::new(AtomicUsize::new(0));
    let most = std::sync::Arc::new(AtomicUsize::new(0));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let (now, peak) = (busy.clone(), most.clone());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (now, peak) = (now.clone(), peak.clone());
            tokio::spawn(async move {
                peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
                tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await.unwrap();
                // Until the other side has read it.
                let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
            });
        }
    });
    let pause = Duration::from_millis(30);
    let client = Client::new(&settings(), pause).unwrap();
    let start = Instant::now();
    let request = page(url);
    let (a, b, c) = tokio::join!(client.get(&request), client.get(&request), client.get(&request));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(most.load(Ordering::SeqCst), 1);
    assert!(start.elapsed() >= 2 * pause + Duration::from_millis(60), "{:?}", start.elapsed());
}

#[tokio::test]
async fn robots_txt_is_asked_once_and_obeyed() {
    let origin = Origin::start(|head| match path_of(head) {
        "/robots.txt" => reply("301 Moved Permanently", "Location: /rules.txt\r\n", ""),
        "/rules.txt" => reply("200 OK", "", "User-agent: *\nDisallow: /private\n"),
        "/hop" => reply("302 Found", "Location: /private/x\r\n", ""),
        _ => ok(PAGE),
    })
    .await;
    let client = client();
    let requests = ["/1", "/private/2", "/hop"].map(|path| Request::page(origin.url(path)));
    let (first, second, third) = tokio::join!(client.get(&requests[0]), client.get(&requests[1]), client.get(&requests[2]));
    assert!(first.is_ok());
    assert_eq!(second.unwrap_err().kind(), "robots");
    assert_eq!(third.unwrap_err().kind(), "robots");
    let mut paths = origin.paths();
    paths.sort();
    assert_eq!(paths, ["/1", "/hop", "/robots.txt", "/rules.txt"]);
    assert!(client.get(&page(origin.url("/private/3"))).await.is_ok());
}

#[tokio::test]
async fn a_broken_robots_txt_forbids_and_says_so() {
    let origin = Origin::start(|head| match path_of(head) {
        "/robots.txt" => reply("500 Internal Server Error", "", ""),
        _ => ok(PAGE),
    })
    .await;
    let client = client();
    let (kind, words) = failure(&client, &Request::page(origin.url("/"))).await;
    assert_eq!(kind, "robots");
    insta::assert_snapshot!(words, @r"
    `http://HOST/` is not fetched: its robots.txt cannot be had: `http://HOST/robots.txt` answers 500
    hint: `ignore-robots = true` in the feed file passes over it
    ");
    assert_eq!(failure(&client, &Request::page(origin.url("/2"))).await.0, "robots");
    assert_eq!(origin.paths(), ["/robots.txt"]);
}

#[tokio::test]
async fn an_endless_robots_txt_is_read_up_to_its_limit() {
    let origin = Origin::start(|head| match path_of(head) {
        "/robots.txt" => {
            let head = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /private\n".to_vec();
            vec![Act::Send(head), Act::Repeat(b"Disallow: /x\n".repeat(1000))]
        }
        _ => ok(PAGE),
    })
    .await;
    assert!(client().get(&Request::page(origin.url("/"))).await.is_ok());
    assert_eq!(failure(&client(), &Request::page(origin.url("/private"))).await.0, "robots");
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
async fn what_is_no_page_is_refused() {
    for (body, kind) in [(&b""[..], "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "unexpected"), (&[7; 1000], "unexpected")] {
        assert_eq!(failing(ok(body)).await.0, kind);
    }
    let origin = Origin::always(ok(b"\x89PNG\r\n\x1a\n\0\0")).await;
    let request = Request { accept: Accept::Image, ..page(origin.url("/")) };
    assert!(client().get(&request).await.is_ok());
    assert!(origin.requests()[0].contains("accept: image/jpeg"));
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
fn settings_are_read_as_people_write_them() {
    let read: Settings = serde_json::from_str(r#"{"contact": "", "timeout": "30s", "max-size": "10MB", "allow-private": false}"#).unwrap();
    assert_eq!(read, Settings::default());
    assert!(serde_json::from_str::<Settings>(r#"{"time-out": "30s"}"#).is_err());
}
