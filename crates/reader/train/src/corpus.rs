//! A folder of labelled pages: `<kind>/truth.jsonl` has a line of JSON for each page in `<kind>/pages`.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use flate2::read::MultiGzDecoder;
use jiff::{Timestamp, civil::Date};
use loa_reader::{charset, page::Page};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

/// Which pages are learned from, and how they are parted.
#[derive(Debug, Args)]
pub struct Pages {
    /// The folder with `articles`, `dates`, `lists` or `segments` in it, each with its `truth.jsonl`.
    pub corpus: PathBuf,
    /// Parts of the sites, each judged by a table made from the others.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=50))]
    pub folds: u8,
    /// Decides which sites fall into one part; the same seed gives the same tables.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// When the pages are taken to be read [default: now].
    #[arg(long, value_name = "TIMESTAMP")]
    pub at: Option<Timestamp>,
}

impl Pages {
    /// The folder, to be read.
    pub fn corpus(&self) -> Corpus {
        Corpus { root: self.corpus.clone(), read_at: self.at.unwrap_or_else(Timestamp::now) }
    }
}

/// The folder, and when its pages are taken to be read.
pub struct Corpus {
    pub root: PathBuf,
    pub read_at: Timestamp,
}

/// A line of `articles/truth.jsonl`; lines of `dates` and `segments` have fewer fields.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// The collection that the page is from.
    #[serde(default)]
    pub set: String,
    /// Where it is, from the folder of `truth.jsonl` on.
    pub file: String,
    pub url: String,
    /// The text of the article.
    #[serde(default)]
    pub text: Option<String>,
    /// Its headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<Names>,
    /// When it was published; its first ten characters are the day.
    #[serde(default)]
    pub published: Option<String>,
    /// Texts that the article has, and that stand beside it.
    #[serde(default)]
    pub with: Vec<String>,
    #[serde(default)]
    pub without: Vec<String>,
}

/// Names in a list, or in a line.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Names {
    Several(Vec<String>),
    Line(String),
}

impl Article {
    /// The names of those who wrote it.
    pub fn authors(&self) -> Vec<String> {
        match &self.author {
            Some(Names::Several(names)) => names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect(),
            Some(Names::Line(line)) => {
                let names = line.split(';').flat_map(|part| part.split(", ")).map(str::trim);
                names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
            }
            None => Vec::new(),
        }
    }

    pub fn day(&self) -> Option<Date> {
        self.published.as_deref()?.get(..10)?.parse().ok()
    }
}

impl Corpus {
    /// What is known of the pages of one kind; nothing where the corpus has none.
    pub fn truth<T: DeserializeOwned>(&self, kind: &str) -> anyhow::Result<Vec<T>> {
        let path = self.root.join(kind).join("truth.jsonl");
        if !path.exists() {
            return Ok(Vec::new());
        }
        let lines = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let read = |(at, line)| serde_json::from_str(line).with_context(|| format!("`{}`, line {}", path.display(), at + 1));
        lines.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(read).collect()
    }

    /// A saved page, compressed or not. Without an address, relative links lead nowhere.
    pub fn page(&self, kind: &str, file: &str, url: &str) -> anyhow::Result<Page> {
        let path = self.root.join(kind).join(file);
        let bytes = bytes(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let url = if url.is_empty() { "about:blank" } else { url };
        let url = Url::parse(url).with_context(|| format!("`{url}` in `{kind}/truth.jsonl` is not an address"))?;
        let (html, problems) = charset::decode(&bytes, None);
        Ok(Page { url, html, fetched_at: self.read_at, problems })
    }
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path)?;
    if path.extension().is_some_and(|end| end == "gz") {
        MultiGzDecoder::new(file).read_to_end(&mut bytes)?;
    } else {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The number of the part that each page belongs to: pages of one site never fall into two.
pub fn folds<'a>(addresses: impl Iterator<Item = &'a str> + Clone, count: u8, seed: u64) -> Vec<usize> {
    let mut sites: Vec<String> = addresses.clone().map(site).collect::<BTreeSet<_>>().into_iter().collect();
    fastrand::Rng::with_seed(seed).shuffle(&mut sites);
    let place = |address| sites.iter().position(|known| *known == site(address)).unwrap_or_default();
    addresses.map(|address| place(address) % usize::from(count)).collect()
}

/// Sites rather than hosts: `news.portal.example` is `portal.example`.
fn site(address: &str) -> String {
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    // `co.uk`, `gov.vn`: a short label before that of a country belongs to it.
    let own = match labels[..] {
        [.., second, country] if country.len() == 2 && second.len() <= 3 => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(own)..].join(".")
}
