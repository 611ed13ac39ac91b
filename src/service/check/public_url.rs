//! Whether `public-url` can be right: readers and ids are given it, so a wrong one is found out late.

use std::time::Duration;

use url::{Host, Url};

use super::Findings;
use crate::{
    cause,
    fetch::{self, Accept, Answer, Client, Request, Robots},
    service::Setup,
    unit,
    words::{check as said, errors},
};

/// Longest wait for an answer: what stands behind it is near, or broken.
const PATIENCE: u64 = 10;

pub async fn check(setup: &Setup, is_running: bool, findings: &mut Findings<'_>) {
    let language = findings.language();
    let (url, listen) = (&setup.config.web.public_url, setup.config.web.listen);
    let shown = url.as_str();
    let is_open = !listen.ip().is_loopback();
    let is_own = is_loopback(url) && url.port_or_known_default() == Some(listen.port());
    if is_unspecified(url) {
        return findings.wrong(said::public_nowhere(language, shown), Some(said::public_hint(language)));
    }
    if is_loopback(url) && is_open {
        return findings.wrong(said::public_loopback(language, shown, &listen.to_string()), Some(said::public_hint(language)));
    }
    if is_own && url.scheme() == "https" {
        return findings.wrong(said::public_scheme(language, shown), Some(said::public_scheme_hint(language)));
    }
    if is_own && url.path() != "/" {
        return findings.wrong(said::public_path(language, shown, url.path()), Some(said::public_path_hint(language)));
    }
    if is_loopback(url) && !is_running {
        // Nothing answers there yet.
        return;
    }
    match asked(url).await {
        Ok(true) => findings.good(said::public(language, shown)),
        Ok(false) => findings.note(said::public_other(language, shown)),
        Err(error) => findings.note(said::public_silent(language, &errors::told(language, &cause::tell(&error).in_a_line()))),
    }
}

/// Whether Loa answers at the address that readers are given.
async fn asked(url: &Url) -> Result<bool, fetch::Error> {
    let settings = fetch::Settings { allow_private: true, timeout: unit::Duration::from_secs(PATIENCE), ..fetch::Settings::default() };
    let client = Client::new(&settings, Duration::ZERO)?;
    let mut address = url.clone();
    address.set_path(&format!("{}/feeds.opml", url.path().trim_end_matches('/')));
    let request = Request { accept: Accept::Data, robots: Robots::Ignore, ..Request::page(address) };
    Ok(match client.get(&request).await?.answer {
        Answer::Body(body) => body.content_type.is_some_and(|kind| kind.starts_with("text/x-opml")),
        Answer::Unchanged => false,
    })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn is_unspecified(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_unspecified(),
        Some(Host::Domain(_)) => false,
        None => true,
    }
}
