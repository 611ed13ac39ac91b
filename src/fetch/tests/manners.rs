//! How often a host is asked, and what it may forbid.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::*;

#[tokio::test]
async fn one_request_at_a_time_goes_to_a_host() {
    let busy = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
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
    let holds = client.new_holds(now);
    assert_eq!(holds.len(), 1);
    let restarted = super::client();
    restarted.hold(&holds[0], now);
    assert_eq!(failure(&restarted, &page(origin.url("/c"))).await.0, "retry-after");
    assert_eq!(origin.paths(), ["/a"]);
    let later = super::client();
    later.hold(&holds[0], now + jiff::SignedDuration::from_hours(25));
    assert!(later.get(&page(origin.url("/d"))).await.is_err());
    assert_eq!(origin.paths(), ["/a", "/d"]);
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
