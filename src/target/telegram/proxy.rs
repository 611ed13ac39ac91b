//! The proxy by which the Bot API is reached where a network does not let it through. What it is told to let us in is
//! never shown.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};
use url::Url;

/// A proxy: `http://`, `https://` or `socks5://`, with a user and a password where it asks for them. `Debug` and
/// `Display` print its host and port only.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy(Url);

/// Why a text is no [`Proxy`]. The text itself is not shown: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "it is no proxy: expected `socks5://HOST:PORT`, `http://HOST:PORT` or `https://HOST:PORT`, with `USER:PASSWORD@` before HOST where it asks"
)]
pub struct BadProxy;

impl FromStr for Proxy {
    type Err = BadProxy;

    fn from_str(text: &str) -> Result<Self, BadProxy> {
        // Names are left to the proxy: where Telegram is blocked, the name server is often part of it.
        let text = text.trim().replacen("socks5://", "socks5h://", 1);
        let url = Url::parse(&text).map_err(|_| BadProxy)?;
        let has_path = !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
        let fits = matches!(url.scheme(), "http" | "https" | "socks5h") && url.host_str().is_some_and(|host| !host.is_empty()) && !has_path;
        if fits { Ok(Self(url)) } else { Err(BadProxy) }
    }
}

impl Proxy {
    pub(super) fn to_reqwest(&self) -> reqwest::Result<reqwest::Proxy> {
        reqwest::Proxy::all(self.0.clone())
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0.host_str().unwrap_or_default())?;
        self.0.port_or_known_default().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A setting that is empty where there is none.
pub(super) fn optional<'de, D: Deserializer<'de>>(settings: D) -> Result<Option<Proxy>, D::Error> {
    let text = String::deserialize(settings)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(de::Error::custom) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use loa_stand_ins::bot_api::BotApi;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
        net::{TcpListener, TcpStream},
        task::JoinHandle,
    };

    use super::*;
    use crate::target::{
        Failure,
        telegram::{Patience, Settings, Telegram},
    };

    const TOKEN: &str = "4242:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";

    fn by_way_of(proxy: &str) -> Telegram {
        let settings = Settings {
            api_url: "http://api.blocked.example:81/".parse().unwrap(),
            proxy: Some(proxy.parse().unwrap()),
            ..Settings::default()
        };
        let second = Duration::from_secs(10);
        Telegram::with_patience(&settings, TOKEN.parse().unwrap(), Patience { connect: second, query: second, send: second }).unwrap()
    }

    #[test]
    fn a_proxy_is_checked_and_its_password_never_shown() {
        for text in ["socks5://me:secret@127.0.0.1:1080", "http://me:secret@127.0.0.1:1080/", " https://127.0.0.1:1080"] {
            let proxy: Proxy = text.parse().unwrap();
            assert_eq!(format!("{proxy} {proxy:?}"), "127.0.0.1:1080 127.0.0.1:1080");
        }
        for text in ["", "127.0.0.1:1080", "ftp://me:secret@host", "socks5://", "http://host/secret", "http://host?secret"] {
            let error = text.parse::<Proxy>().unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
        let settings = |text: &str| toml::from_str::<Settings>(&format!("proxy = \"{text}\""));
        assert_eq!(settings("").unwrap().proxy, None);
        assert_eq!(settings("socks5://a:1").unwrap().proxy.unwrap().to_string(), "a:1");
        assert!(!settings("tel:secret").unwrap_err().message().contains("secret"));
    }

    /// A SOCKS5 proxy (RFC 1928, RFC 1929) for one connection: who asked, for which name, and everything passed on to
    /// `port`.
    async fn socks(port: u16) -> (u16, JoinHandle<(String, String)>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            let (mut client, _) = listener.accept().await.unwrap();
            let piece = async |client: &mut TcpStream| {
                let length = client.read_u8().await.unwrap();
                let mut piece = vec![0; usize::from(length)];
                client.read_exact(&mut piece).await.unwrap();
                String::from_utf8_lossy(&piece).into_owned()
            };
            assert_eq!(client.read_u8().await.unwrap(), 5);
            assert!(piece(&mut client).await.contains('\u{2}'), "it may give a name and a password");
            client.write_all(&[5, 2]).await.unwrap();
            assert_eq!(client.read_u8().await.unwrap(), 1);
            let who = format!("{}:{}", piece(&mut client).await, piece(&mut client).await);
            client.write_all(&[1, 0]).await.unwrap();
            let mut head = [0; 4];
            client.read_exact(&mut head).await.unwrap();
            assert_eq!(head, [5, 1, 0, 3], "connect, to a name");
            let host = piece(&mut client).await;
            let wanted = format!("{host}:{}", client.read_u16().await.unwrap());
            client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            // Until either side has had enough.
            let _ = copy_bidirectional(&mut client, &mut server).await;
            (who, wanted)
        });
        (own, task)
    }

    #[tokio::test]
    async fn the_bot_speaks_through_a_socks_proxy_that_looks_up_the_name_itself() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let _api = BotApi::start(listener, TOKEN).unwrap();
        let (proxy, asked) = socks(port).await;
        let telegram = by_way_of(&format!("socks5://loa:secret@127.0.0.1:{proxy}"));
        assert_eq!(telegram.me().await.unwrap().id, 4242);
        drop(telegram);
        assert_eq!(asked.await.unwrap(), ("loa:secret".to_owned(), "api.blocked.example:81".to_owned()));
    }

    #[tokio::test]
    async fn the_bot_speaks_through_an_http_proxy() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = tokio::spawn(async move {
            let (mut client, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 4096];
            let length = client.read(&mut request).await.unwrap();
            let answer = r#"{"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"Loa","username":"loa_bot"}}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", answer.len());
            client.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
            String::from_utf8_lossy(&request[..length]).to_lowercase()
        });
        let telegram = by_way_of(&format!("http://loa:secret@127.0.0.1:{port}"));
        assert_eq!(telegram.me().await.unwrap().id, 4242);
        let request = asked.await.unwrap();
        assert!(
            request.starts_with(&format!("post http://api.blocked.example:81/bot{}/getme http/1.1", TOKEN.to_lowercase())),
            "{request}"
        );
        // `loa:secret` in Base64
        assert!(request.contains("proxy-authorization: basic bg9honnly3jlda=="), "{request}");
    }

    #[tokio::test]
    async fn a_proxy_that_is_not_there_is_named_and_nothing_was_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        for (scheme, why) in [("socks5", "the proxy does not answer"), ("http", "connection refused")] {
            let failure = by_way_of(&format!("{scheme}://loa:secret@127.0.0.1:{port}")).me().await.unwrap_err();
            let expected = format!("`api.blocked.example` cannot be reached by the proxy `127.0.0.1:{port}`: {why}");
            assert_eq!(failure, Failure::NotSent { why: expected });
        }
    }
}
