//! robots.txt: whether a page may be fetched and how often, kept for a day (RFC 9309).
//!
//! Fetching the file is the client's; here is what its answer means.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use robotxt::Robots as Rules;
use tokio::time::Instant;
use url::{Position, Url};

use super::{Error, pace::lock};

/// The name that robots.txt knows us by.
const AGENT: &str = "loa";

/// What is read of the file.
pub(super) const MAX_SIZE: u64 = robotxt::BYTE_LIMIT as u64 + 1;

/// Longest pause that a crawl-delay is obeyed for.
pub(super) const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// How long an answer is taken as known.
const FRESH: Duration = Duration::from_secs(24 * 3600);

/// How long a file that could not be had is not asked for again.
const BROKEN_FOR: Duration = Duration::from_secs(300);

/// How long a file may be broken before it counts as none (RFC 9309, 2.3.1.4).
const GIVE_UP: Duration = Duration::from_secs(30 * 24 * 3600);

/// Servers that are remembered: of more than these, some are asked again at a poll.
const MAX_SERVERS: usize = 8192;

#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<HashMap<String, Arc<tokio::sync::Mutex<Entry>>>>);

/// What is known of one server's file.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The last good copy.
    rules: Option<Rules>,
    asked: Option<Instant>,
    broken: Option<Broken>,
}

#[derive(Debug)]
struct Broken {
    since: Instant,
    why: String,
}

impl Cache {
    /// The entry for the server of `url`; whoever holds its lock fetches the file for all who wait.
    pub fn entry(&self, url: &Url) -> Arc<tokio::sync::Mutex<Entry>> {
        let mut known = lock(&self.0);
        let server = &url[..Position::BeforePath];
        if let Some(entry) = known.get(server) {
            return Arc::clone(entry);
        }
        if known.len() >= MAX_SERVERS {
            // Asking again costs one small request, so there is no need to choose with care; but who forgot all of them
            // whenever they are one too many would ask for each at every poll.
            let mut is_kept = false;
            known.retain(|_, entry| {
                is_kept = !is_kept;
                is_kept || Arc::strong_count(entry) > 1
            });
        }
        Arc::clone(known.entry(server.to_owned()).or_default())
    }
}

/// Where the rules for `url` are.
pub(super) fn address(url: &Url) -> Url {
    let mut address = url.clone();
    address.set_path("/robots.txt");
    address.set_query(None);
    address.set_fragment(None);
    address
}

impl Entry {
    pub fn is_stale(&self, now: Instant) -> bool {
        let kept = if self.broken.is_some() { BROKEN_FOR } else { FRESH };
        self.asked.is_none_or(|asked| now.duration_since(asked) >= kept)
    }

    /// Takes in what fetching the file came to. An error is one that has nothing to do with the file: the
    /// page would fail alike, and its own words say more.
    pub fn learn(&mut self, outcome: Result<Vec<u8>, Error>, now: Instant) -> Result<(), Error> {
        let rules = match outcome {
            Ok(bytes) => Rules::parse(&bytes, AGENT),
            // No file, or none for us: nothing is forbidden.
            Err(Error::Status { status: ..500, .. } | Error::Gone { .. } | Error::Redirect { .. }) => Rules::allow_all(),
            Err(error) if self.rules.is_some() || is_about_the_file(&error) => {
                let since = self.broken.as_ref().map_or(now, |broken| broken.since);
                self.broken = Some(Broken { since, why: error.to_string() });
                self.asked = Some(now);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        *self = Self { rules: Some(rules), asked: Some(now), broken: None };
        Ok(())
    }

    /// The pause that the server asks for between two requests, if `url` may be fetched at all. A file
    /// that cannot be had forbids everything, unless an older copy of it is known.
    pub fn decide(&self, url: &Url, now: Instant) -> Result<Duration, Error> {
        match (&self.rules, &self.broken) {
            (Some(rules), _) if rules.is_url_allowed(url) => Ok(rules.crawl_delay().unwrap_or_default().min(LONGEST_DELAY)),
            (Some(_), _) => Err(Error::robots(url, "its robots.txt forbids it")),
            (None, Some(broken)) if now.duration_since(broken.since) < GIVE_UP => {
                Err(Error::robots(url, format!("its robots.txt cannot be had: {}", broken.why)))
            }
            (None, _) => Ok(Duration::ZERO),
        }
    }
}

/// The host is there and answers, only not with this file.
fn is_about_the_file(error: &Error) -> bool {
    matches!(error.kind(), "status" | "timeout" | "truncated" | "encoding" | "protocol")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn status(status: u16) -> Result<Vec<u8>, Error> {
        Err(Error::Status { url: "http://a.example/robots.txt".into(), status })
    }

    #[tokio::test]
    async fn rules_for_us_come_before_rules_for_all() {
        let now = Instant::now();
        let mut entry = Entry::default();
        let file = b"User-agent: *\nDisallow: /\n\nUser-agent: Loa\nDisallow: /private\nCrawl-delay: 3600\n";
        entry.learn(Ok(file.to_vec()), now).unwrap();
        assert_eq!(entry.decide(&url("http://a.example/tin"), now).unwrap(), LONGEST_DELAY);
        let error = entry.decide(&url("http://a.example/private/x?y"), now).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`http://a.example/private/x?y` is not fetched: its robots.txt forbids it\nhint: `ignore-robots = true` in the feed file passes over it"
        );
    }

    #[tokio::test]
    async fn a_missing_file_forbids_nothing() {
        let now = Instant::now();
        for answer in [status(404), status(403), status(204), Err(Error::redirect(&url("http://a.example/robots.txt"), "in a circle"))] {
            let mut entry = Entry::default();
            entry.learn(answer, now).unwrap();
            assert!(entry.decide(&url("http://a.example/"), now).is_ok());
            assert!(!entry.is_stale(now + FRESH / 2) && entry.is_stale(now + FRESH));
        }
    }

    #[tokio::test]
    async fn a_broken_file_forbids_all_until_it_answers_or_a_month_is_over() {
        let start = Instant::now();
        let page = url("http://a.example/");
        let mut entry = Entry::default();
        entry.learn(status(500), start).unwrap();
        assert_eq!(entry.decide(&page, start).unwrap_err().kind(), "robots");
        assert!(!entry.is_stale(start) && entry.is_stale(start + BROKEN_FOR));
        entry.learn(status(502), start + GIVE_UP / 2).unwrap();
        assert!(entry.decide(&page, start + GIVE_UP / 2).is_err());
        assert!(entry.decide(&page, start + GIVE_UP).is_ok());
        entry.learn(Ok(Vec::new()), start + BROKEN_FOR).unwrap();
        assert!(entry.decide(&page, start + BROKEN_FOR).is_ok());
    }

    #[tokio::test]
    async fn the_last_good_copy_outlives_a_broken_one() {
        let now = Instant::now();
        let mut entry = Entry::default();
        entry.learn(Ok(b"User-agent: *\nDisallow: /x".to_vec()), now).unwrap();
        entry.learn(status(500), now + FRESH).unwrap();
        assert!(entry.decide(&url("http://a.example/"), now + FRESH).is_ok());
        assert!(entry.decide(&url("http://a.example/x"), now + FRESH).is_err());
    }

    #[tokio::test]
    async fn an_unreachable_host_is_reported_as_such() {
        let now = Instant::now();
        let held = || Err(Error::RetryAfter { url: "http://a.example/robots.txt".into(), status: Some(503), wait: FRESH });
        let mut entry = Entry::default();
        assert_eq!(entry.learn(held(), now).unwrap_err().kind(), "retry-after");
        assert!(entry.is_stale(now));
        entry.learn(Ok(Vec::new()), now).unwrap();
        entry.learn(held(), now + FRESH).unwrap();
        assert!(entry.decide(&url("http://a.example/"), now + FRESH).is_ok());
    }

    #[test]
    fn each_server_has_its_own_file() {
        assert_eq!(address(&url("https://a.example:8443/x/y?z#f")).as_str(), "https://a.example:8443/robots.txt");
        let cache = Cache::default();
        let one = cache.entry(&url("http://a.example/1"));
        assert!(Arc::ptr_eq(&one, &cache.entry(&url("http://a.example/2?q"))));
        assert!(!Arc::ptr_eq(&one, &cache.entry(&url("https://a.example/2"))));
        for number in 0..2 * MAX_SERVERS {
            cache.entry(&url(&format!("http://{number}.example/")));
        }
        assert!((MAX_SERVERS / 2..=MAX_SERVERS).contains(&lock(&cache.0).len()), "not all are forgotten at once");
        assert!(Arc::ptr_eq(&one, &cache.entry(&url("http://a.example/"))));
    }
}
