//! What the daemon costs while nothing happens: `cargo bench --bench idle`.
//!
//! Ten feeds poll one portal on this machine whose list does not change, for half a minute. Printed are the processor
//! time of one poll (the whole process, divided by the polls), the memory in use, and the size of the binary. Linux
//! only.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made may stop here")]

use std::{fs, net::TcpListener, path::Path, process::Command, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use loa_stand_ins::portal::{Portal, Story};

const FEEDS: usize = 10;
/// After ten seconds without a page what reading takes is given back.
const WARM_UP: Duration = Duration::from_secs(30);
const MEASURED: Duration = Duration::from_secs(30);
/// Clock ticks a second in `/proc`: fixed on Linux.
const TICKS: f64 = 100.0;

fn main() {
    tokio::runtime::Runtime::new().unwrap().block_on(measure());
}

async fn measure() {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    for number in 0..10 {
        portal.publish(Story::sample(number, Timestamp::now().to_zoned_datetime(zone.clone())));
    }
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &portal);
    let binary = env!("CARGO_BIN_EXE_loa");
    let mut daemon =
        Command::new(binary).arg("run").arg("--config").arg(folder.path().join("bot.toml")).env_remove("TELOXIDE_TOKEN").spawn().unwrap();
    tokio::time::sleep(WARM_UP).await;
    portal.forget_requests();
    let before = ticks(daemon.id());
    tokio::time::sleep(MEASURED).await;
    let spent = (ticks(daemon.id()) - before) / TICKS;
    let polls = portal.requests().len();
    let unchanged = portal.requests().iter().filter(|seen| seen.status == 304).count();
    println!("{polls} polls, {unchanged} of them answered with 304");
    println!("{:.2} ms of processor time a poll", spent * 1000.0 / polls.max(1) as f64);
    let [all, own, program] = ["VmRSS:", "RssAnon:", "RssFile:"].map(|line| resident_kb(daemon.id(), line) / 1000.0);
    println!("{all:.1} MB resident with {FEEDS} feeds: {own:.1} of its own, {program:.1} of the program's file");
    println!("{:.1} MB binary", fs::metadata(binary).unwrap().len() as f64 / 1e6);
    daemon.kill().unwrap();
    daemon.wait().unwrap();
}

fn write_settings(folder: &Path, portal: &Portal) {
    let web = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nevery = \"2s\"\nadaptive = false\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n"
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for number in 0..FEEDS {
        fs::write(folder.join(format!("feeds/feed-{number}.toml")), format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url())).unwrap();
    }
}

/// Processor time of a process, in user and system mode: fields 14 and 15 of `/proc/PID/stat`.
fn ticks(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()
}

fn resident_kb(process: u32, name: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().trim_end_matches(" kB").parse().unwrap()
}
