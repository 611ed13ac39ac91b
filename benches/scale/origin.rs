//! One server that is many hosts: lists that never change, and a ledger of who was asked.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};

/// How long a host takes to answer.
const LATENCY: std::time::Duration = std::time::Duration::from_millis(50);

/// What was asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ledger {
    pub requests: usize,
    pub unchanged: usize,
    /// The most requests at once to one host.
    pub at_once: usize,
}

#[derive(Debug, Default)]
struct Seen {
    ledger: Ledger,
    asked_now: HashMap<IpAddr, usize>,
}

pub struct Origin {
    port: u16,
    seen: Arc<Mutex<Seen>>,
    _runtime: Runtime,
}

impl Origin {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))).unwrap();
        let (port, seen) = (listener.local_addr().unwrap().port(), Arc::<Mutex<Seen>>::default());
        let noted = seen.clone();
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let noted = noted.clone();
                // Whoever asked may hang up at any moment.
                tokio::spawn(async move { serve(stream, &noted).await.unwrap_or_default() });
            }
        });
        Self { port, seen, _runtime: runtime }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn ledger(&self) -> Ledger {
        self.seen.lock().unwrap().ledger
    }

    pub fn forget(&self) {
        self.seen.lock().unwrap().ledger = Ledger::default();
    }
}

/// Answers what comes over one connection, one after the other.
async fn serve(stream: TcpStream, seen: &Mutex<Seen>) -> std::io::Result<()> {
    let host = stream.local_addr()?.ip();
    let mut stream = BufReader::new(stream);
    loop {
        let (mut first, mut is_conditional) = (String::new(), false);
        if stream.read_line(&mut first).await? == 0 {
            return Ok(());
        }
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? <= 2 {
                break;
            }
            is_conditional |= line.to_ascii_lowercase().starts_with("if-none-match:");
        }
        begin(seen, host);
        tokio::time::sleep(LATENCY).await;
        let answer = if first.contains("/robots.txt") {
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        } else if is_conditional {
            "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"
        } else {
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
        };
        end(seen, host, answer.contains(" 304 "));
        stream.write_all(answer.as_bytes()).await?;
    }
}

fn begin(seen: &Mutex<Seen>, host: IpAddr) {
    let mut seen = seen.lock().unwrap();
    let now = seen.asked_now.entry(host).or_default();
    *now += 1;
    let now = *now;
    seen.ledger.requests += 1;
    seen.ledger.at_once = seen.ledger.at_once.max(now);
}

fn end(seen: &Mutex<Seen>, host: IpAddr, is_unchanged: bool) {
    let mut seen = seen.lock().unwrap();
    *seen.asked_now.get_mut(&host).unwrap() -= 1;
    seen.ledger.unchanged += usize::from(is_unchanged);
}
