//! A web server for tests that answers with the bytes it is told to, right or wrong.

use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// What is done on a connection once a request has come.
#[derive(Debug, Clone)]
pub enum Act {
    Send(Vec<u8>),
    /// The same bytes again and again until the other side goes away.
    Repeat(Vec<u8>),
    /// One byte of them at a time.
    Drip(Vec<u8>),
    /// Nothing, for ever.
    Stall,
    /// Cut with a reset in place of an end.
    Reset,
}

/// A running server; it ends with the test's runtime.
pub struct Origin {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Origin {
    /// `answer` is given the request's head and says what happens; afterwards the connection is closed.
    pub async fn start(answer: impl Fn(&str) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&requests));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&answer), Arc::clone(&seen)));
            }
        });
        Self { port, requests }
    }

    /// A server that gives every path the same answer.
    pub async fn always(acts: Vec<Act>) -> Self {
        Self::start(move |_| acts.clone()).await
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }

    /// The heads of all requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The paths of all requests so far.
    pub fn paths(&self) -> Vec<String> {
        self.requests().iter().map(|head| path_of(head).to_owned()).collect()
    }
}

pub fn path_of(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

async fn serve(mut stream: TcpStream, answer: Arc<impl Fn(&str) -> Vec<Act>>, seen: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let acts = answer(&head);
    seen.lock().unwrap().push(head);
    for act in acts {
        let outcome = match act {
            Act::Send(bytes) => stream.write_all(&bytes).await,
            Act::Repeat(bytes) => loop {
                if let Err(error) = stream.write_all(&bytes).await {
                    break Err(error);
                }
            },
            Act::Drip(bytes) => drip(&mut stream, &bytes).await,
            Act::Stall => std::future::pending().await,
            Act::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
        };
        if outcome.is_err() {
            return;
        }
    }
}

async fn drip(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    for byte in bytes {
        stream.write_u8(*byte).await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// A whole answer with `headers`, each ended by CRLF, and a right length.
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    vec![Act::Send([head.as_bytes(), body].concat())]
}

/// A 200 with a body.
pub fn ok(body: impl AsRef<[u8]>) -> Vec<Act> {
    reply("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body)
}

/// Bytes as they are, well-formed or not.
pub fn raw(bytes: impl AsRef<[u8]>) -> Vec<Act> {
    vec![Act::Send(bytes.as_ref().to_vec())]
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
