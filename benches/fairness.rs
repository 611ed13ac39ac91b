//! How late healthy feeds are polled while other hosts misbehave: `cargo bench --bench fairness -- [LOA]`.
//!
//! The real daemon polls 500 feeds on this machine every 50 seconds; every host is an address of its own (127.0.x.y).
//! 90 hosts with five feeds each answer at once. One host sends a byte a second, one never answers, and one sends
//! articles whose titles are two hundred kilobytes of what parts a title from its site: 50 feeds of those. Printed is
//! by how much the time between two polls of a healthy feed exceeds the interval, in percent of it, once every healthy
//! feed was polled; and how long the daemon takes to end. `LOA` names another binary than the one that was built, to
//! compare with. Linux only: elsewhere a machine has one loopback address.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made may stop here")]

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

const EVERY: Duration = Duration::from_secs(50);
const HEALTHY_HOSTS: u8 = 90;
const FEEDS_A_HOST: usize = 5;
const BAD_FEEDS: [usize; 3] = [17, 17, 16];
/// Until most healthy feeds have been read for the first time, whatever the binary makes of that.
const WARM_UP: Duration = Duration::from_secs(75);
const MEASURED: Duration = Duration::from_secs(105);

/// How a host answers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Manner {
    Healthy,
    Drips,
    Hangs,
    Monsters,
}

/// When each list was asked for, by its host and path.
type Polls = Arc<Mutex<HashMap<String, Vec<Instant>>>>;

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let binary = given.unwrap_or_else(|| env!("CARGO_BIN_EXE_loa").to_owned());
    let folder = tempfile::tempdir().unwrap();
    let polls = Polls::default();
    write_settings(folder.path(), &polls);
    let mut command = Command::new(&binary);
    command.args(["run", "--config"]).arg(folder.path().join("bot.toml")).env_remove("TELOXIDE_TOKEN").stderr(Stdio::null());
    let mut daemon = command.spawn().unwrap();
    thread::sleep(WARM_UP);
    let from = Instant::now();
    thread::sleep(MEASURED);
    report(&polls.lock().unwrap(), from);
    println!("{:.0} MB resident", resident_kb(daemon.id()) / 1000.0);
    let told = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &daemon.id().to_string()]).status().unwrap().success());
    daemon.wait().unwrap();
    println!("{:.1} s from SIGTERM to its end", told.elapsed().as_secs_f64());
}

/// How late the polls since `from` were; a feed that is still waited for is as late as it is.
fn report(polls: &HashMap<String, Vec<Instant>>, from: Instant) {
    let now = Instant::now();
    let late = |gap: Duration| (gap.as_secs_f64() / EVERY.as_secs_f64() - 1.0).max(0.0) * 100.0;
    let mut lateness = Vec::new();
    for times in polls.values() {
        let ends = times[1..].iter().copied().chain([now]);
        let gaps = times.iter().zip(ends).filter(|(_, end)| *end >= from);
        lateness
            .extend(gaps.filter(|(start, end)| *end < now || end.duration_since(**start) > EVERY).map(|(start, end)| late(end - *start)));
    }
    lateness.sort_by(f64::total_cmp);
    let at = |share: f64| {
        lateness.get(((lateness.len() as f64 * share) as usize).min(lateness.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    };
    let healthy = usize::from(HEALTHY_HOSTS) * FEEDS_A_HOST;
    println!("{} of {healthy} healthy feeds polled, {} polls between them measured", polls.len(), lateness.len());
    println!("late by, in percent of the interval: p50 {:.1}, p95 {:.1}, max {:.1}", at(0.5), at(0.95), at(1.0));
}

fn write_settings(folder: &Path, polls: &Polls) {
    let web = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nevery = \"{}s\"\nadaptive = false\nhost-delay = \"200ms\"\n[fetch]\nallow-private = true\n",
        EVERY.as_secs()
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    let bad = [Manner::Drips, Manner::Hangs, Manner::Monsters].into_iter().zip(BAD_FEEDS);
    let healthy = (0..HEALTHY_HOSTS).map(|_| (Manner::Healthy, FEEDS_A_HOST));
    // The bad ones stand first: what is polled in order meets them first.
    for ((manner, feeds), number) in bad.chain(healthy).zip(1_u8..) {
        let address = start(&format!("127.0.1.{number}"), manner, polls);
        for feed in 0..feeds {
            let text = format!("url = \"http://{address}/muc-{feed}\"\nlanguage = \"vi\"\n");
            fs::write(folder.join(format!("feeds/host-{number:03}-{feed:02}.toml")), text).unwrap();
        }
    }
}

fn start(ip: &str, manner: Manner, polls: &Polls) -> SocketAddr {
    let listener = TcpListener::bind((ip, 0)).unwrap();
    let (address, polls) = (listener.local_addr().unwrap(), polls.clone());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let polls = polls.clone();
            // The daemon may hang up at any moment.
            thread::spawn(move || answer(&stream, address, manner, &polls).unwrap_or_default());
        }
    });
    address
}

fn answer(mut stream: &TcpStream, address: SocketAddr, manner: Manner, polls: &Polls) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    if path == "/robots.txt" {
        return write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    if manner == Manner::Healthy && !path.starts_with("/tin/") {
        polls.lock().unwrap().entry(format!("{address}{path}")).or_default().push(Instant::now());
    }
    let body = page(&path, manner);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    match manner {
        Manner::Healthy | Manner::Monsters => stream.write_all(body.as_bytes()),
        Manner::Hangs => {
            thread::sleep(Duration::from_secs(600));
            Ok(())
        }
        Manner::Drips => body.as_bytes().chunks(1).try_for_each(|byte| {
            thread::sleep(Duration::from_secs(1));
            stream.write_all(byte)
        }),
    }
}

/// A list of four headlines, or the article of one.
fn page(path: &str, manner: Manner) -> String {
    let headline = |name: &str| format!("Công an phường ra quân bảo đảm trật tự an toàn giao thông, tin số {name}");
    let Some(name) = path.strip_prefix("/tin/") else {
        let section = path.trim_start_matches('/');
        let item = |number: u32| {
            let name = format!("{section}-{number}");
            format!("<li><h4><a href=\"/tin/{name}\">{}</a></h4><span>{:02}/11/2026</span></li>", headline(&name), 20 - number)
        };
        return format!("<html><head><title>Tin tức</title></head><body><ul>{}</ul></body></html>", (1..=4).map(item).collect::<String>());
    };
    let title = if manner == Manner::Monsters { "Tin | ".repeat(32_000) } else { headline(name) };
    let text = "<p>Chiều nay, lực lượng chức năng phường đã tổ chức tuyên truyền cho người dân về an toàn giao thông.</p>".repeat(6);
    format!(
        "<html><head><title>{title}</title><meta property=\"og:title\" content=\"Tin hay\"></head><body><h1>{}</h1>{text}</body></html>",
        headline(name)
    )
}

fn resident_kb(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap().trim().trim_end_matches(" kB").parse().unwrap()
}
