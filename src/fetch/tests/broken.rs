//! Servers that break the promises of HTTP.

use super::*;

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
    assert_eq!(kind, "connect");
    assert_eq!(words, "`http://HOST/` cannot be reached: connection refused");
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
async fn a_packed_file_is_unpacked() {
    let file = |body: Vec<u8>| async move {
        let origin = Origin::always(reply("200 OK", "Content-Type: application/x-gzip\r\n", &body)).await;
        let request = Request { accept: Accept::Data, ..page(origin.url("/sitemap.xml.gz")) };
        client().get(&request).await.map(text).map_err(|error| error.kind())
    };
    let packed = gzip(PAGE.as_bytes());
    assert_eq!(file(packed.clone()).await.as_deref(), Ok(PAGE));
    assert_eq!(file(PAGE.into()).await.as_deref(), Ok(PAGE));
    assert_eq!(file(packed[..packed.len() / 2].to_vec()).await, Err("encoding"));
    assert_eq!(file(gzip(&vec![b' '; 50_000_000])).await, Err("too-large"));
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
async fn what_is_no_page_is_refused() {
    for (body, kind) in [(&b""[..], "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "unexpected"), (&[7; 1000], "unexpected")] {
        assert_eq!(failing(ok(body)).await.0, kind);
    }
    let origin = Origin::always(ok(b"\x89PNG\r\n\x1a\n\0\0")).await;
    let request = Request { accept: Accept::Image, ..page(origin.url("/")) };
    assert!(client().get(&request).await.is_ok());
    assert!(origin.requests()[0].contains("accept: image/jpeg"));
}
