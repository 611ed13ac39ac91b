//! The client: hop after hop, each with its own check, its own turn and its own rules.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use tokio::time::Instant;
use url::Url;

use super::{
    Accept, Answer, Error, FileHead, Headers, Hold, Request, Response, Robots, Settings, Validators,
    exchange::{Limit, Redirect, Step, exchange, timed_out},
    guard::{self, Reach, Resolver},
    leases::{Leases, Turns},
    memory::Memory,
    pace::{Pace, Still, lock},
    robots,
};

/// Redirects that are followed.
const MAX_HOPS: usize = 10;

/// What connecting may take, looking the name up included.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a connection without work is kept. Servers close theirs soon, and a request sent into a
/// closing one is lost.
const IDLE: Duration = Duration::from_secs(15);

/// Largest certificate file.
const MAX_CERTIFICATE: u64 = 1_000_000;

/// Certificates that have a client of their own.
const MAX_TRUSTED: usize = 256;

/// The one client; clones share everything.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
    /// What is answered from, where anything is.
    memory: Option<Arc<Memory>>,
}

#[derive(Debug)]
struct Inner {
    settings: Settings,
    agent: String,
    reach: Reach,
    http: reqwest::Client,
    /// By what the certificate file says, so that a new certificate needs no restart.
    trusting: Mutex<HashMap<Vec<u8>, reqwest::Client>>,
    pace: Pace,
    leases: Leases,
    robots: robots::Cache,
}

impl Client {
    /// `host_delay` is the pause between two requests to one host.
    pub fn new(settings: &Settings, host_delay: Duration) -> Result<Self, Error> {
        Self::with(settings, Pace::new(host_delay), Leases::default())
    }

    /// A client with other settings in the place of this one: they take turns at the same hosts.
    pub fn again(&self, settings: &Settings, host_delay: Duration) -> Result<Self, Error> {
        Self::with(settings, self.inner.pace.with_delay(host_delay), self.inner.leases.clone())
    }

    fn with(settings: &Settings, pace: Pace, leases: Leases) -> Result<Self, Error> {
        let contact = settings.contact.trim();
        let mut agent = format!("Loa/{}", env!("CARGO_PKG_VERSION"));
        if !contact.is_empty() {
            agent.push_str(&format!(" (+{contact})"));
        }
        if !agent.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(Error::Settings { why: "expected `contact` in printable ASCII, such as a mail address".to_owned() });
        }
        if settings.timeout.get().is_zero() {
            return Err(Error::Settings { why: "expected a `timeout` such as `30s`, found `0s`".to_owned() });
        }
        let reach = if settings.allow_private { Reach::Anywhere } else { Reach::Public };
        let http = build(settings, &agent, reach, Vec::new()).map_err(|error| Error::Settings { why: error.to_string() })?;
        let inner = Inner {
            settings: settings.clone(),
            agent,
            reach,
            http,
            trusting: Mutex::default(),
            pace,
            leases,
            robots: robots::Cache::default(),
        };
        Ok(Self { inner: Arc::new(inner), memory: None })
    }

    /// The same client, which asks for each page once and answers from what it was told from then on; its clones share
    /// that.
    #[must_use]
    pub fn remembering(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), memory: Some(Arc::default()) }
    }

    /// Asks, and follows redirects. Waiting for a host's turn takes as long as it takes; everything else
    /// is bounded by the settings.
    pub async fn get(&self, request: &Request) -> Result<Response, Error> {
        let Some(memory) = &self.memory else { return self.ask(request).await };
        if let Some(answer) = memory.answer(request) {
            return answer;
        }
        let answer = self.ask(request).await;
        memory.keep(request, &answer);
        answer
    }

    async fn ask(&self, request: &Request) -> Result<Response, Error> {
        // Before anything is read or asked.
        guard::check(&request.url, self.inner.reach)?;
        let http = self.http(request.ca_file.as_deref()).await?;
        let limit = Limit::Refuse(request.max_size.unwrap_or(self.inner.settings.max_size).bytes());
        self.follow(&http, request, limit).await
    }

    /// What a file is, without fetching it. The same rules hold as for [`Client::get`].
    pub async fn head(&self, request: &Request) -> Result<FileHead, Error> {
        guard::check(&request.url, self.inner.reach)?;
        let http = self.http(request.ca_file.as_deref()).await?;
        let Response { length, answer, .. } = self.follow(&http, request, Limit::Nothing).await?;
        let content_type = match answer {
            Answer::Body(body) => body.content_type,
            Answer::Unchanged => None,
        };
        Ok(FileHead { length, content_type })
    }

    /// Leaves a host alone until then, as an earlier run was told; `now` is the time at this moment.
    pub fn hold(&self, hold: &Hold, now: Timestamp) {
        if let Ok(wait) = Duration::try_from(hold.until.duration_since(now)) {
            self.inner.pace.hold_host(&hold.host, wait);
        }
    }

    /// From now on every request to a host that this process does not visit takes a turn of these.
    pub fn share_turns(&self, turns: Arc<dyn Turns>) {
        self.inner.leases.share_turns(turns);
    }

    /// A visit to a host begins: until then it is this process's alone to ask, and from then on whoever wants to ask it
    /// waits.
    pub fn begin_visit(&self, host: &str, until: Instant) {
        self.inner.leases.begin(host, until);
    }

    /// A visit may go on until then.
    pub fn prolong_visit(&self, host: &str, until: Instant) {
        self.inner.leases.prolong(host, until);
    }

    pub fn end_visit(&self, host: &str) {
        self.inner.leases.end(host);
    }

    /// Waits until nobody in this process asks a host that it visits, and keeps it so until what this gives is dropped;
    /// `None`: it does not visit the host, or shares it already.
    pub async fn quiet(&self, host: &str) -> Option<Quiet> {
        if !self.inner.leases.is_own(host) {
            return None;
        }
        let guard = self.inner.pace.still(host).await;
        let quiet = Quiet { leases: self.inner.leases.clone(), host: host.to_owned(), _guard: guard };
        quiet.is_own().then_some(quiet)
    }

    /// How long a host rests from now on, as it was asked just now.
    pub fn rest_of(&self, host: &str) -> Duration {
        self.inner.pace.rest_of(host)
    }

    /// The hosts that are left alone at `now` and asked for it since this was last called, to be kept over a restart.
    pub fn new_holds(&self, now: Timestamp) -> Vec<Hold> {
        self.inner.pace.new_holds(now)
    }

    async fn follow(&self, http: &reqwest::Client, request: &Request, limit: Limit) -> Result<Response, Error> {
        let timeout = self.inner.settings.timeout.get();
        let mut left = timeout;
        let mut trail = Trail::new(&request.url);
        loop {
            let url = &trail.url;
            guard::check(url, self.inner.reach)?;
            let crawl_delay = match request.robots {
                Robots::Obey => self.admitted(http, url, request).await?,
                Robots::Ignore => Duration::ZERO,
            };
            let turn = self.inner.pace.turn(url, crawl_delay).await?;
            let pass = self.inner.leases.pass(url, left, turn.pause()).await?;
            let start = Instant::now();
            let step = match tokio::time::timeout(left, exchange(http, url, request, limit)).await {
                Ok(step) => step,
                Err(_) => Err(timed_out(url, timeout)),
            };
            if let Err(Error::RetryAfter { wait, .. }) = &step {
                self.inner.pace.hold(url, *wait);
            }
            drop((pass, turn));
            left = left.saturating_sub(start.elapsed());
            match step? {
                Step::Done(response) => return Ok(Response { moved: trail.moved, ..*response }),
                Step::Redirect(redirect) => trail.step(redirect)?,
            }
        }
    }

    /// The pause that the server of `url` asks for, if its robots.txt admits us.
    async fn admitted(&self, http: &reqwest::Client, url: &Url, request: &Request) -> Result<Duration, Error> {
        let entry = self.inner.robots.entry(url);
        let mut entry = entry.lock().await;
        if entry.is_stale(Instant::now()) {
            let ask = Request {
                url: robots::address(url),
                headers: Headers::default(),
                validators: Validators::default(),
                accept: Accept::Data,
                robots: Robots::Ignore,
                ca_file: request.ca_file.clone(),
                max_size: None,
            };
            // Boxed, because following asks for robots.txt and that follows redirects in turn.
            let outcome = Box::pin(self.follow(http, &ask, Limit::Cut(robots::MAX_SIZE))).await;
            let outcome = outcome.map(|response| match response.answer {
                Answer::Body(body) => body.bytes.to_vec(),
                Answer::Unchanged => Vec::new(),
            });
            entry.learn(outcome, Instant::now())?;
        }
        entry.decide(url, Instant::now())
    }

    /// The client that trusts the certificate in `path` beside the usual ones.
    async fn http(&self, path: Option<&Path>) -> Result<reqwest::Client, Error> {
        let Some(path) = path else { return Ok(self.inner.http.clone()) };
        let failed = |error: std::io::Error| Error::certificate(path, error);
        if tokio::fs::metadata(path).await.map_err(failed)?.len() > MAX_CERTIFICATE {
            return Err(Error::certificate(path, "it is larger than 1MB"));
        }
        let pem = tokio::fs::read(path).await.map_err(failed)?;
        if let Some(http) = lock(&self.inner.trusting).get(&pem) {
            return Ok(http.clone());
        }
        let certificates = reqwest::Certificate::from_pem_bundle(&pem).map_err(|_| Error::certificate(path, "it cannot be read"))?;
        if certificates.is_empty() {
            return Err(Error::certificate(path, "there is none in it"));
        }
        let http = build(&self.inner.settings, &self.inner.agent, self.inner.reach, certificates)
            .map_err(|_| Error::certificate(path, "it cannot be trusted"))?;
        let mut trusting = lock(&self.inner.trusting);
        if trusting.len() >= MAX_TRUSTED {
            trusting.clear();
        }
        trusting.insert(pem, http.clone());
        Ok(http)
    }
}

/// A host that this process visits and does not ask at the moment.
pub struct Quiet {
    leases: Leases,
    host: String,
    _guard: Still,
}

impl Quiet {
    /// Whether the visit goes on, and the host is not shared.
    pub fn is_own(&self) -> bool {
        self.leases.is_own(&self.host)
    }

    /// From now on this process takes turns there like anybody else.
    pub fn share(self) {
        self.leases.share(&self.host);
    }
}

fn build(settings: &Settings, agent: &str, reach: Reach, certificates: Vec<reqwest::Certificate>) -> reqwest::Result<reqwest::Client> {
    certificates.into_iter().fold(builder(settings, agent, reach), reqwest::ClientBuilder::add_root_certificate).build()
}

fn builder(settings: &Settings, agent: &str, reach: Reach) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(agent)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .gzip(true)
        .brotli(true)
        // Browsers pass over a header that is no header, and so old portals never notice that they send one.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .connect_timeout(CONNECT.min(settings.timeout.get()))
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(1)
        .dns_resolver(Arc::new(Resolver(reach)))
}

/// The way so far.
struct Trail {
    url: Url,
    seen: Vec<Url>,
    moved: Option<Url>,
    only_permanent: bool,
}

impl Trail {
    fn new(url: &Url) -> Self {
        let mut url = url.clone();
        url.set_fragment(None);
        Self { seen: vec![url.clone()], url, moved: None, only_permanent: true }
    }

    fn step(&mut self, redirect: Redirect) -> Result<(), Error> {
        if self.seen.contains(&redirect.to) {
            let why = if redirect.sets_cookie { "in a circle, and wants a cookie" } else { "in a circle" };
            return Err(Error::redirect(&self.url, why));
        }
        if self.seen.len() > MAX_HOPS {
            return Err(Error::redirect(&self.url, format!("once too often: {MAX_HOPS} redirects are followed")));
        }
        self.only_permanent &= redirect.permanent;
        if self.only_permanent {
            self.moved = Some(redirect.to.clone());
        }
        self.seen.push(redirect.to.clone());
        self.url = redirect.to;
        Ok(())
    }
}

#[cfg(test)]
impl Client {
    /// A client that takes `name` for a public one, though its server is at `address`.
    pub(super) fn knowing(settings: &Settings, name: &str, address: std::net::SocketAddr) -> Self {
        let Self { inner, .. } = Self::new(settings, Duration::ZERO).unwrap();
        let mut inner = Arc::into_inner(inner).unwrap();
        inner.http = builder(settings, &inner.agent, inner.reach).resolve(name, address).build().unwrap();
        Self { inner: Arc::new(inner), memory: None }
    }
}
