//! A move to another database and back, and every document before, between and after it.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use loa_stand_ins::postgres::Postgres;

use super::{Place, Size, await_document, get, start, status_kb, terminate};

/// Moves what `place` has to a PostgreSQL server of its own, and from there into a new file.
pub fn there_and_back(binary: &str, place: &Place, size: Size) {
    let before = documents(binary, place, size);
    println!("{} documents of {:.0} MB", before.len(), before.iter().map(|(_, bytes)| *bytes as f64).sum::<f64>() / 1e6);
    let server = Postgres::lasting();
    for to in [server.database(), "sqlite:back.db".to_owned()] {
        let hash = move_to(binary, place, &to);
        let settings = place.folder.join("bot.toml");
        let written = fs::read_to_string(&settings).unwrap();
        let (_, rest) = written.split_once('\n').and_then(|(_, rest)| rest.split_once('\n')).unwrap();
        fs::write(settings, format!("[store]\nurl = \"{to}\"\n{rest}")).unwrap();
        let different = documents(binary, place, size).iter().zip(&before).filter(|(now, before)| now != before).count();
        println!("{different} documents differ from those before; {hash}");
    }
}

/// Returns the line of the answer that says the hash of all that was moved.
fn move_to(binary: &str, place: &Place, to: &str) -> String {
    let began = Instant::now();
    let mut command = Command::new(binary);
    command.current_dir(&place.folder).args(["move", "--to", to, "--json"]).stdout(Stdio::piped());
    let mut moving = command.spawn().unwrap();
    let mut most: f64 = 0.0;
    while moving.try_wait().unwrap().is_none() {
        most = most.max(status_kb(moving.id(), "VmHWM").unwrap_or_default() / 1000.0);
        thread::sleep(Duration::from_millis(100));
    }
    let answer = moving.wait_with_output().unwrap();
    assert!(answer.status.success(), "the move failed");
    let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    println!(
        "{} rows moved to {} and compared in {:.0} s, {most:.0} MB at most",
        answer["rows"],
        to.split(':').next().unwrap_or_default(),
        began.elapsed().as_secs_f64()
    );
    format!("hash of all rows {}", answer["hash"].as_str().unwrap())
}

/// The hash of every document of every feed, with its length, as a daemon serves them.
fn documents(binary: &str, place: &Place, size: Size) -> Vec<(u64, usize)> {
    let mut daemon = start(binary, place);
    await_document(place);
    let mut all = Vec::new();
    for feed in 0..size.feeds {
        for format in ["rss", "atom", "json"] {
            let answer = get(place.web, &format!("/feeds/feed-{feed:05}.{format}")).unwrap();
            // With its validators, and without what says how long it is good for.
            let of_time = ["date:", "age:", "cache-control:"];
            let said: Vec<&str> = answer.split("\r\n").filter(|line| of_time.iter().all(|name| !line.starts_with(name))).collect();
            let mut hasher = DefaultHasher::new();
            said.hash(&mut hasher);
            all.push((hasher.finish(), said.iter().map(|line| line.len()).sum()));
        }
    }
    terminate(&daemon);
    daemon.wait().unwrap();
    all
}
