//! Many feeds of few hosts, polled by one daemon: hosts are asked politely, and polls that change nothing cost next to
//! nothing.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

const HOSTS: u8 = 4;
const FEEDS_A_HOST: usize = 12;
const PAUSE: Duration = Duration::from_millis(60);

/// When each request to a host began and ended.
type Requests = Arc<Mutex<HashMap<IpAddr, Vec<(Instant, Instant)>>>>;

/// One server that is many hosts, whose lists never change.
fn start(requests: &Requests) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let (port, requests) = (listener.local_addr().unwrap().port(), requests.clone());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let requests = requests.clone();
            // The daemon may hang up at any moment.
            thread::spawn(move || serve(&stream, &requests).unwrap_or_default());
        }
    });
    port
}

fn serve(stream: &TcpStream, requests: &Requests) -> std::io::Result<()> {
    let (host, mut reader, mut writer) = (stream.local_addr()?.ip(), BufReader::new(stream), stream);
    loop {
        let (mut first, mut is_conditional) = (String::new(), false);
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let began = Instant::now();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? <= 2 {
                break;
            }
            is_conditional |= line.to_ascii_lowercase().starts_with("if-none-match:");
        }
        thread::sleep(Duration::from_millis(5));
        let path = first.split(' ').nth(1).unwrap_or("/");
        let answer = match is_conditional {
            true => "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n".to_owned(),
            false => answer(path),
        };
        requests.lock().unwrap().entry(host).or_default().push((began, Instant::now()));
        writer.write_all(answer.as_bytes())?;
    }
}

/// A list of four headlines, or the article of one.
fn answer(path: &str) -> String {
    let headline = |name: &str| format!("Công an phường ra quân bảo đảm trật tự an toàn giao thông, tin số {name}");
    let body = if let Some(name) = path.strip_prefix("/tin/") {
        let text = "<p>Chiều nay, lực lượng chức năng phường đã tổ chức tuyên truyền cho người dân về an toàn giao thông.</p>".repeat(6);
        format!("<html><head><title>{0}</title></head><body><h1>{0}</h1>{text}</body></html>", headline(name))
    } else {
        let item = |number: u32| {
            let name = format!("{}-{number}", path.trim_start_matches('/'));
            format!("<li><h4><a href=\"/tin/{name}\">{}</a></h4><span>{:02}/11/2026</span></li>", headline(&name), 20 - number)
        };
        format!("<html><head><title>Tin tức</title></head><body><ul>{}</ul></body></html>", (1..=4).map(item).collect::<String>())
    };
    let status = if path == "/robots.txt" { "404 Not Found" } else { "200 OK" };
    format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"1\"\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn write_settings(folder: &Path, web: SocketAddr, port: u16) {
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"{}ms\"\n[fetch]\nallow-private = true\n",
        PAUSE.as_millis()
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for host in 1..=HOSTS {
        for feed in 0..FEEDS_A_HOST {
            let text = format!("url = \"http://127.0.2.{host}:{port}/muc-{host}-{feed}\"\nlanguage = \"vi\"\n");
            fs::write(folder.join(format!("feeds/host-{host}-{feed}.toml")), text).unwrap();
        }
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

fn get(web: SocketAddr, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(web).ok()?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// Asks again and again, for a minute at most.
fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "it did not come to hold that {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

fn metric(web: SocketAddr, name: &str) -> Option<f64> {
    get(web, "/metrics")?.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn hosts_are_asked_politely_and_what_is_unchanged_costs_less_than_a_statement_or_two() {
    let requests = Requests::default();
    let port = start(&requests);
    let folder = tempfile::tempdir().unwrap();
    let web = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    write_settings(folder.path(), web, port);
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--config"]).arg(folder.path().join("bot.toml")).env_remove("TELOXIDE_TOKEN").stderr(Stdio::null());
    let _daemon = Daemon(command.spawn().unwrap());
    let feeds = usize::from(HOSTS) * FEEDS_A_HOST;
    until("every feed is published", || {
        let list = get(web, "/")?;
        (list.matches("class=\"feed\"").count() == feeds).then_some(())
    });
    // From here on every list is unchanged.
    let figures = || Some(["loa_polls_total", "loa_polls_unchanged_total", "loa_store_statements_total"].map(|name| metric(web, name)));
    let read = |figures: [Option<f64>; 3]| -> Option<[f64; 3]> { Some([figures[0]?, figures[1]?, figures[2]?]) };
    let before = until("figures are told", || read(figures()?));
    let after = until("some hundred polls are made", || read(figures()?).filter(|after| after[0] >= before[0] + 300.0));
    let [polls, unchanged, statements] = [0, 1, 2].map(|place| after[place] - before[place]);
    assert!(unchanged >= polls - 1.0, "{unchanged} of {polls} polls were unchanged");
    assert!(statements < 2.0 * polls, "{statements} statements for {polls} polls");

    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), usize::from(HOSTS));
    for (host, asked) in requests.iter() {
        let mut asked = asked.clone();
        asked.sort();
        for pair in asked.windows(2) {
            // The pause counts from when the answer was read, a little after it was written.
            assert!(
                pair[1].0 >= pair[0].1 + PAUSE,
                "{host}: asked again {:?} after the beginning of the last request",
                pair[1].0 - pair[0].0
            );
        }
    }
}
