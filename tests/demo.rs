//! The demo as it is watched: it shows that nothing is said twice and nothing lost, and leaves nothing behind however
//! it ends.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A demo whose temporary files lie in `scratch`.
fn demo(scratch: &Path, language: &str, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.arg("demo").args(words).current_dir(scratch).env("TMPDIR", scratch);
    command.env("LC_ALL", language).env_remove("TELOXIDE_TOKEN").env_remove("LOA_LOG").stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The numbers of the table, in its order.
fn numbers(shown: &str) -> Vec<usize> {
    let rows = shown.lines().rev().skip_while(|line| !line.starts_with("  ")).take_while(|line| line.starts_with("  "));
    let mut numbers: Vec<usize> = rows.map(|row| row.split_whitespace().last().unwrap().parse().unwrap()).collect();
    numbers.reverse();
    numbers
}

/// The processes that name `scratch`, those that are only waited for left out.
fn processes(scratch: &Path) -> Vec<String> {
    let entries = fs::read_dir("/proc").unwrap().filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok());
    let lines = entries.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(scratch.to_str().unwrap())).collect()
}

fn is_left_clean(scratch: &Path) -> bool {
    processes(scratch).is_empty() && fs::read_dir(scratch).unwrap().next().is_none()
}

#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "it did not come to hold that {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A demo that is watched as it goes.
struct Watched {
    child: Child,
    lines: Box<dyn Iterator<Item = String>>,
}

impl Watched {
    fn start(scratch: &Path) -> Self {
        let mut child = demo(scratch, "C", &[]).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        Self { child, lines: Box::new(lines) }
    }

    /// Reads on to a line that has `word`.
    fn line(&mut self, word: &str) -> String {
        self.lines.find(|line| line.contains(word)).unwrap_or_else(|| panic!("`{word}` is never said"))
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").arg(name).arg(self.child.id().to_string()).status().unwrap().success());
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn whatever_happens_each_headline_is_said_once() {
    let scratch = tempfile::tempdir().unwrap();
    let output = demo(scratch.path(), "C.UTF-8", &["--quick"]).output().unwrap();
    let (shown, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{shown}\n{said}");
    for act in ["1. Headlines", "2. The portal is rebuilt", "3. Loa is killed", "Loa is started again", "4. Three headlines"] {
        assert_eq!(shown.matches(act).count(), 1, "{act}: {shown}");
    }
    // Ten were there, three came before the rebuild, two after it, one before the death and one after it, three in the
    // flood.
    assert_eq!(numbers(&shown), [20, 20, 10, 10, 0, 0], "{shown}");
    assert!(is_left_clean(scratch.path()), "{:?}", processes(scratch.path()));
}

#[test]
fn it_speaks_the_language_of_the_terminal_and_ends_after_so_many_messages() {
    let scratch = tempfile::tempdir().unwrap();
    let output = demo(scratch.path(), "vi_VN.UTF-8", &["--quick", "--messages", "2"]).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("1. Tin mới lần lượt xuất hiện") && shown.contains("Tòa soạn đã đóng cửa"), "{shown}");
    assert!(shown.contains("báo đúng một lần") && numbers(&shown)[3] >= 2, "{shown}");
    assert!(is_left_clean(scratch.path()), "{:?}", processes(scratch.path()));
}

#[test]
fn its_pages_are_reached_until_it_is_told_to_end() {
    let scratch = tempfile::tempdir().unwrap();
    let mut watched = Watched::start(scratch.path());
    let web = watched.line("the feeds").split("http://").nth(1).unwrap().trim_end_matches('/').to_owned();
    watched.line("1. Headlines");
    let answer = get(&web, "/feeds/portal.json");
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"items\""), "{answer}");
    watched.signal("-INT");
    watched.line("nothing is left of it");
    assert!(watched.child.wait().unwrap().success());
    assert!(is_left_clean(scratch.path()), "{:?}", processes(scratch.path()));
    assert!(TcpStream::connect(&web).is_err());
}

#[test]
fn a_demo_that_is_killed_takes_its_daemon_along() {
    let scratch = tempfile::tempdir().unwrap();
    let mut watched = Watched::start(scratch.path());
    watched.line("1. Headlines");
    assert_eq!(processes(scratch.path()).len(), 1, "the daemon");
    watched.signal("-KILL");
    until("the daemon is gone", || processes(scratch.path()).is_empty());
}

fn get(web: &str, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = TcpStream::connect(web).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {web}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
