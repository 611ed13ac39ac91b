//! What `loa add` promises of a list beside what the first poll publishes.

use std::{fs, path::Path, process::Command};

use jiff::{Timestamp, tz::TimeZone};
use loa::jobs::reading_timeout::Readers;
use loa_reader::time::Stamp;
use loa_stand_ins::portals::{List, Portal, Style};
use serde_json::Value;

use super::newsroom::{self, Newsroom};

/// What only one of the two has, of all that either has, each as its title and date.
#[derive(Debug, Default)]
pub struct Difference {
    pub in_both: usize,
    pub promised: Vec<String>,
    pub published: Vec<String>,
    /// Both have the same, in another order.
    pub is_reordered: bool,
}

impl Difference {
    pub fn is_none(&self) -> bool {
        self.promised.is_empty() && self.published.is_empty() && !self.is_reordered
    }
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
    let published = newsroom.shown(&feed).await;
    let published: Vec<String> =
        published.iter().map(|it| line(&it.title, it.published.as_ref().map(Stamp::to_rfc3339).as_deref())).collect();
    newsroom.close().await;
    let only = |these: &[String], those: &[String]| these.iter().filter(|title| !those.contains(title)).cloned().collect::<Vec<_>>();
    let (only_promised, only_published) = (only(&promised, &published), only(&published, &promised));
    let is_reordered = only_promised.is_empty() && only_published.is_empty() && promised != published;
    Difference { in_both: promised.len() - only_promised.len(), published: only_published, promised: only_promised, is_reordered }
}

/// The headlines that `loa add` shows, in its order.
async fn promised(binary: &Path, url: String) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    let mut command = Command::new(binary);
    command.args(["add", "--yes", "--json", &url, "--config"]).arg(folder.path().join("bot.toml"));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let items = told[0]["preview"]["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| line(item["title"].as_str().unwrap(), item["published"].as_str())).collect()
}

fn line(title: &str, published: Option<&str>) -> String {
    format!("{} {title}", published.unwrap_or("no date"))
}
