//! Which addresses may be reached: literals, the answers of name servers, and every hop of a redirect.
//!
//! A resolver alone guards nothing, because an address written into the URL never asks it, so both
//! are looked at. The `url` crate has already turned `2130706433`, `0x7f.1` or `127.1` into `127.0.0.1`.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::Error;

/// How long a name server may take, below the ten seconds that a connection may take in all, so
/// that the error names the right culprit.
const LOOKUP: Duration = Duration::from_secs(8);

/// Whether addresses that only this machine or its neighbours can reach are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Public,
    Anywhere,
}

/// An address that is not reached, as the cause inside the client's own error.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is a private address")]
pub(super) struct Refused(pub IpAddr);

/// A name without an address, as the cause inside the client's own error.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unresolved(String);

/// Refuses what is not http(s) and what names a private address outright.
pub(super) fn check(url: &Url, reach: Reach) -> Result<(), Error> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Error::scheme(url));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) => None,
        None => return Err(Error::scheme(url)),
    };
    match literal {
        Some(address) if reach == Reach::Public && is_private(address) => Err(Error::private(url, address)),
        _ => Ok(()),
    }
}

/// Looks names up and hands over only the addresses that may be reached: the connection goes to one of
/// them, so a name server cannot give one answer to the check and another to the connection.
#[derive(Debug)]
pub(super) struct Resolver(pub Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let lookup = tokio::time::timeout(LOOKUP, tokio::net::lookup_host((name.as_str(), 0))).await;
            let found: Vec<_> = match lookup {
                Ok(Ok(found)) => found.collect(),
                Ok(Err(error)) => return Err(Unresolved(words(&error)).into()),
                Err(_) => return Err(Unresolved("the name server does not answer".to_owned()).into()),
            };
            let kept = reachable(found, reach)?;
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

fn words(error: &io::Error) -> String {
    error.to_string().trim_start_matches("failed to lookup address information: ").to_lowercase()
}

/// The addresses of a name that may be reached; an error when there is none.
fn reachable(found: Vec<SocketAddr>, reach: Reach) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
    let Some(first) = found.first().copied() else {
        return Err(Unresolved("the name has no address".to_owned()).into());
    };
    let kept: Vec<_> = found.into_iter().filter(|address| reach == Reach::Anywhere || !is_private(address.ip())).collect();
    if kept.is_empty() { Err(Refused(first.ip()).into()) } else { Ok(kept) }
}

/// Whether `address` is anything but a public unicast address (the special-purpose registries of IANA).
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    matches!(
        (a, b, c),
        // this host, private use, shared by carriers, loopback, link-local
        (0 | 10 | 127, _, _) | (100, 64..=127, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _)
            // protocol assignments, documentation, the 6to4 relay, benchmarks
            | (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113)
            // multicast, reserved, broadcast
            | (224..=255, _, _)
    )
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_private_v4(inner);
    }
    match address.segments() {
        // NAT64: what counts is where the translator goes.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_private_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        // Teredo and other protocol assignments, documentation, 6to4, documentation again
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => true,
        // Only this part of the space has been given out for the public.
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn eight_spellings_of_one_loopback_are_refused() {
        for host in [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "0",
            "[::ffff:127.0.0.1]",
            "[::1]",
            "127.0.0.1.",
            "１２７.0.0.1",
            "user:word@127.0.0.1",
        ] {
            let error = check(&url(&format!("http://{host}/x")), Reach::Public).unwrap_err();
            assert_eq!(error.kind(), "private", "{host}");
            assert!(!error.to_string().contains("word"), "{error}");
        }
        assert!(check(&url("http://127.0.0.1/"), Reach::Anywhere).is_ok());
        assert!(check(&url("http://portal.example/"), Reach::Public).is_ok());
    }

    #[test]
    fn only_the_web_is_fetched() {
        for address in ["file:///etc/passwd", "ftp://portal.example/", "data:text/html,x", "gopher://127.0.0.1/"] {
            assert_eq!(check(&url(address), Reach::Anywhere).unwrap_err().kind(), "scheme", "{address}");
        }
    }

    #[test]
    fn only_public_addresses_are_public() {
        for address in [
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(is_private(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "223.255.255.1",
            "2001:4860::8",
            "2400:cb00::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(!is_private(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_mixed_answer_keeps_its_public_addresses_only() {
        let mixed: Vec<SocketAddr> = ["169.254.169.254:0", "1.1.1.1:0", "[::1]:0"].map(|it| it.parse().unwrap()).to_vec();
        assert_eq!(reachable(mixed.clone(), Reach::Public).unwrap(), ["1.1.1.1:0".parse().unwrap()]);
        assert_eq!(reachable(mixed.clone(), Reach::Anywhere).unwrap(), mixed);
        let error = reachable(mixed[..1].to_vec(), Reach::Public).unwrap_err();
        assert_eq!(error.to_string(), "`169.254.169.254` is a private address");
        assert!(reachable(Vec::new(), Reach::Anywhere).is_err());
    }
}
