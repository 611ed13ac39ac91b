//! Redirects, and where they must not lead.

use super::*;

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
