//! Ready-made pages over real HTTP, for what the sample portal is not: frames, shells for scripts, logins, data.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use loa_reader::text;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Under this name stands what every address gives that has no page of its own.
pub const ANY: &str = "*";

/// A running site. It ends when it is dropped.
#[derive(Debug)]
pub struct Pages {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    server: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    answers: HashMap<String, Answer>,
    requests: Vec<Asked>,
    /// When each request began that was ever made.
    times: Vec<Instant>,
}

#[derive(Debug, Clone)]
enum Answer {
    Page(Vec<u8>),
    Redirect(String),
}

/// A request that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// What was sent back: 200, 302, 304 or 404.
    pub status: u16,
}

impl Pages {
    /// A site without a page, at an address of this machine.
    ///
    /// # Errors
    /// When there is no address to be had.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, state) = (listener.local_addr()?, Arc::new(Mutex::new(State::default())));
        let server = tokio::spawn(serve(listener, state.clone()));
        Ok(Self { address, state, server })
    }

    /// Its address, with a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Puts a page at `path`, or what it is to say from now on.
    pub fn put(&self, path: &str, body: impl Into<Vec<u8>>) {
        lock(&self.state).answers.insert(path.to_owned(), Answer::Page(body.into()));
    }

    /// Leads from `path` to another address.
    pub fn lead(&self, path: &str, to: &str) {
        lock(&self.state).answers.insert(path.to_owned(), Answer::Redirect(to.to_owned()));
    }

    /// When each request began that was ever made, also those for robots.txt.
    pub fn request_times(&self) -> Vec<Instant> {
        lock(&self.state).times.clone()
    }

    /// The requests since the last time that this was asked, without those for robots.txt.
    pub fn take_requests(&self) -> Vec<Asked> {
        let requests = std::mem::take(&mut lock(&self.state).requests);
        requests.into_iter().filter(|asked| asked.path != "/robots.txt").collect()
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Nothing that is done under the lock can leave the state half changed.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, state: Arc<Mutex<State>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        // A connection that breaks is the client's to notice.
        tokio::spawn(async move { answer(stream, &state).await.unwrap_or_default() });
    }
}

/// Answers one request and closes the connection.
async fn answer(stream: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    lock(state).times.push(Instant::now());
    let mut stream = BufReader::new(stream);
    let (mut first, mut tag) = (String::new(), String::new());
    stream.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((_, value)) = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("if-none-match")) {
            value.trim().clone_into(&mut tag);
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (status, response) = lock(state).respond(&path, &tag);
    lock(state).requests.push(Asked { path, status });
    stream.write_all(&response).await?;
    stream.shutdown().await
}

impl State {
    fn respond(&self, path: &str, tag: &str) -> (u16, Vec<u8>) {
        let found = self.answers.get(path).or_else(|| self.answers.get(ANY)).filter(|_| path != "/robots.txt");
        let (status, reason, head, body) = match found {
            None => (404, "Not Found", String::new(), &[][..]),
            Some(Answer::Redirect(to)) => (302, "Found", format!("location: {to}\r\n"), &[][..]),
            Some(Answer::Page(body)) => {
                let own = format!("\"{:x}\"", text::fingerprint(body.iter().copied()));
                let kind = media_type(body);
                let head = format!("content-type: {kind}\r\netag: {own}\r\n");
                if tag == own { (304, "Not Modified", head, &[][..]) } else { (200, "OK", head, body.as_slice()) }
            }
        };
        let head = format!("HTTP/1.1 {status} {reason}\r\n{head}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
        (status, [head.as_bytes(), body].concat())
    }
}

/// What a body is called by how it begins.
fn media_type(body: &[u8]) -> &'static str {
    match body {
        [b'{' | b'[', ..] => "application/json",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [b'P', b'K', 3, 4, ..] => "application/octet-stream",
        _ => "text/html; charset=utf-8",
    }
}
