//! Bad hosts and bad pages cost nobody else anything, and the daemon ends when it is told to.

use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Longer than the daemon may take to end.
const TO_END: Duration = Duration::from_secs(10);

/// A server on an address of its own, which to the daemon is a host of its own.
struct Host {
    address: SocketAddr,
    /// How often each path was asked for.
    asked: Arc<Mutex<HashMap<String, usize>>>,
}

impl Host {
    /// Answers every request with what `page` makes of its path, `wait` later.
    fn start(ip: &str, wait: Duration, page: fn(&str) -> String) -> Self {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::<Mutex<HashMap<String, usize>>>::default());
        let seen = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = seen.clone();
                thread::spawn(move || answer(&stream, wait, page, &seen));
            }
        });
        Self { address, asked }
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or(0)
    }
}

fn answer(mut stream: &TcpStream, wait: Duration, page: fn(&str) -> String, seen: &Mutex<HashMap<String, usize>>) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let (status, body) = if path == "/robots.txt" { ("404 Not Found", String::new()) } else { ("200 OK", page(&path)) };
    if path != "/robots.txt" {
        *seen.lock().unwrap().entry(path).or_default() += 1;
        thread::sleep(wait);
    }
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // The daemon may be gone.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// A list of eight headlines, each with an article behind it.
fn portal(path: &str) -> String {
    let name = path.trim_start_matches("/tin/").trim_end_matches(".html");
    if path.starts_with("/tin/") {
        let text = "<p>Chiều nay, lực lượng chức năng phường đã tổ chức tuyên truyền cho người dân về an toàn giao thông.</p>".repeat(6);
        return format!("<html><head><title>{}</title></head><body><h1>{}</h1>{text}</body></html>", headline(name), headline(name));
    }
    let items = (1..=8).fold(String::new(), |mut items, number| {
        let name = format!("{}-{number}", path.trim_start_matches('/'));
        let _ =
            write!(items, "<li><h4><a href=\"/tin/{name}.html\">{}</a></h4><span>{:02}/11/2026</span></li>", headline(&name), 20 - number);
        items
    });
    format!("<html><head><title>Tin tức</title></head><body><ul>{items}</ul></body></html>")
}

fn headline(name: &str) -> String {
    format!("Công an phường ra quân bảo đảm trật tự an toàn giao thông, tin số {name}")
}

/// The same list, and behind each headline a page whose title is two hundred kilobytes of what parts a title from its
/// site.
fn monsters(path: &str) -> String {
    if !path.starts_with("/tin/") {
        return portal(path);
    }
    let title = "Tin | ".repeat(32_000);
    portal(path).replace("<title>", &format!("<meta property=\"og:title\" content=\"Tin hay\"><title>{title}"))
}

fn write_settings(folder: &Path, feeds: &[(String, String)]) {
    let web = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n"
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for (id, url) in feeds {
        fs::write(folder.join(format!("feeds/{id}.toml")), format!("url = \"{url}\"\nlanguage = \"vi\"\n")).unwrap();
    }
}

/// Killed when the test ends, however it ends.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Daemon {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
        command.args(["run", "--config"]).arg(folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN").stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }

    /// Tells it to stop, and waits until it has.
    fn stop(&mut self) {
        let told = Instant::now();
        assert!(Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap().success());
        while self.0.try_wait().unwrap().is_none() {
            assert!(told.elapsed() < TO_END, "it was told to stop {} s ago", told.elapsed().as_secs());
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Asks again and again, for twenty seconds at most.
fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "it did not come to hold that {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn monstrous_pages_stop_neither_other_feeds_nor_the_end() {
    let (bad, good) = (Host::start("127.0.0.2", Duration::ZERO, monsters), Host::start("127.0.0.3", Duration::ZERO, portal));
    let folder = tempfile::tempdir().unwrap();
    let bad_feeds = (1..=3).map(|number| (format!("a-bad-{number}"), format!("http://{}/muc-{number}", bad.address)));
    let feeds: Vec<_> = bad_feeds.chain([("good".to_owned(), format!("http://{}/muc", good.address))]).collect();
    write_settings(folder.path(), &feeds);
    let mut daemon = Daemon::start(folder.path());
    until("monsters are being read", || bad.asked("/tin/muc-1-1.html") + bad.asked("/tin/muc-1-8.html") > 0);
    until("the good feed is published", || folder.path().join("public/good.rss").exists());
    let before = good.asked("/muc");
    until("the good feed is polled as often as it should be", || good.asked("/muc") >= before + 4);
    daemon.stop();
}

#[test]
fn twenty_feeds_of_a_slow_host_keep_no_other_waiting() {
    let (slow, good) = (Host::start("127.0.0.4", Duration::from_secs(2), portal), Host::start("127.0.0.5", Duration::ZERO, portal));
    let folder = tempfile::tempdir().unwrap();
    let slow_feeds = (1..=20).map(|number| (format!("a-slow-{number}"), format!("http://{}/muc-{number}", slow.address)));
    let feeds: Vec<_> = slow_feeds.chain([("good".to_owned(), format!("http://{}/muc", good.address))]).collect();
    write_settings(folder.path(), &feeds);
    let mut daemon = Daemon::start(folder.path());
    let started = Instant::now();
    until("the good feed is polled five times", || good.asked("/muc") >= 5);
    assert!(started.elapsed() < Duration::from_secs(15), "five polls, a second apart, took {} s", started.elapsed().as_secs());
    daemon.stop();
}
