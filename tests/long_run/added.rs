//! What `loa add` promises of a list beside what the first poll publishes.

use std::{fs, path::Path, process::Command};

use jiff::{Timestamp, tz::TimeZone};
use loa::jobs::reading_timeout::Readers;
use loa_reader::text;
use loa_stand_ins::portals::{List, Portal, Style};

use super::newsroom::{self, Newsroom};

/// As far as `loa add` shows a headline.
const SHOWN: usize = 72;

/// What only one of the two has, of all that either has.
#[derive(Debug, Default)]
pub struct Difference {
    pub in_both: usize,
    pub promised: Vec<String>,
    pub published: Vec<String>,
}

/// Asks both of the same portal.
pub async fn difference(binary: &Path, style: &'static Style, list: List, seed: u64, readers: &Readers) -> Difference {
    // The program has the real clock.
    let now = Timestamp::now().to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap());
    let portal = Portal::start(style, seed, now.clone()).unwrap();
    let promised = promised(binary, portal.url(list)).await;
    let newsroom = Newsroom::open(readers.clone()).await;
    let feed = newsroom::feed(&portal, list);
    // A poll that fails publishes nothing, which is what is compared.
    let _ = newsroom.poll(&feed, &newsroom::channel(&feed), now.timestamp()).await;
    let published: Vec<String> = newsroom.articles(&feed).await.iter().map(|article| text::cut(&article.title, SHOWN)).collect();
    newsroom.close().await;
    let only = |these: &[String], those: &[String]| these.iter().filter(|title| !those.contains(title)).cloned().collect::<Vec<_>>();
    let only_promised = only(&promised, &published);
    Difference { in_both: promised.len() - only_promised.len(), published: only(&published, &promised), promised: only_promised }
}

/// The headlines that `loa add` shows, one on each line that begins with a bar.
async fn promised(binary: &Path, url: String) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    let mut command = Command::new(binary);
    command.args(["add", "--yes", &url, "--config"]).arg(folder.path().join("bot.toml"));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let before = "▇▇▇▇▇ ✓ 24/11/2026 08:04  ".chars().count();
    let lines = words.lines().filter(|line| line.starts_with(['▇', '░']));
    lines.map(|line| line.chars().skip(before).collect::<String>().trim().to_owned()).collect()
}
