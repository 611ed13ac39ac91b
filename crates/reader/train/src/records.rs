//! Pages of lists with what is known of their items, links and records alike, and how well they are found.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use loa_reader::{article::training::normal, list::Candidate, page::Page};
use serde::Deserialize;
use url::Url;

use crate::{
    copies::plain,
    corpus::Corpus,
    score::{f1, mean},
};

/// Words that don't tell two cases apart.
const SMALL: [&str; 8] = ["v", "vs", "the", "of", "in", "re", "and", "a"];
/// The share of the words of the shorter one that two names of one record have in common.
const SAME: f64 = 0.6;
/// Characters of a title from which on a part of a longer one says it.
const PART: usize = 9;

/// A line of `lists/truth.jsonl` or of `records/truth.jsonl`.
#[derive(Debug, Deserialize)]
struct Truth {
    file: String,
    url: String,
    #[serde(default, alias = "core")]
    records: Vec<Row>,
    /// Addresses that may be given or not.
    #[serde(default)]
    optional: Vec<String>,
}

/// An item of a list, or a record with all its links.
#[derive(Debug, Deserialize)]
struct Row {
    url: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    dates: Vec<String>,
}

/// A list page and its items.
pub struct Listed {
    /// `lists`, `rebuild 1`, `records`.
    pub set: String,
    pub page: Page,
    rows: Vec<Row>,
    optional: HashSet<String>,
    /// By each of their addresses.
    places: HashMap<String, usize>,
}

/// All list pages of the corpus, with the rebuilds of those that have some.
pub fn known(corpus: &Corpus) -> anyhow::Result<Vec<Listed>> {
    let mut all = Vec::new();
    for kind in ["lists", "records"] {
        for number in ["", "1", "2", "3"] {
            for truth in corpus.truth::<Truth>(kind)? {
                let file = if number.is_empty() { truth.file.clone() } else { truth.file.replacen(".html", &format!(".{number}.html"), 1) };
                if number.is_empty() || corpus.root.join(kind).join(&file).exists() {
                    let set = if number.is_empty() { kind.to_owned() } else { format!("rebuild {number}") };
                    let page = corpus.page(kind, &file, &truth.url)?;
                    all.push(Listed::of(set, page, truth));
                }
            }
        }
    }
    Ok(all)
}

impl Listed {
    fn of(set: String, page: Page, truth: Truth) -> Self {
        let mut places = HashMap::new();
        for (at, row) in truth.records.iter().enumerate() {
            for url in [&row.url].into_iter().chain(&row.also) {
                places.entry(address(url)).or_insert(at);
            }
        }
        let optional = truth.optional.iter().map(|url| address(url)).collect();
        Self { set, page, rows: truth.records, optional, places }
    }
}

fn address(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), |url| plain(&url))
}

/// What was found of the lists of a set.
#[derive(Debug, Default)]
pub struct Found {
    f1: Vec<f64>,
    titles: Vec<f64>,
    days: Vec<f64>,
}

/// What [`Found`] prints.
pub const HEADS: &str = "     f1  title    day";

impl Found {
    pub fn pages(&self) -> usize {
        self.f1.len()
    }

    /// Adds a page. A record that is found twice is a stranger the second time.
    pub fn add(&mut self, known: &Listed, found: &[Candidate]) {
        let (mut seen, mut strangers) = (HashSet::new(), 0);
        for candidate in found {
            let address = plain(&candidate.url);
            let place = known.places.get(&address).copied();
            if place.is_none() && known.optional.contains(&address) {
                continue;
            }
            let Some(row) = place.filter(|at| seen.insert(*at)).map(|at| &known.rows[at]) else {
                strangers += 1;
                continue;
            };
            let share = |is_right: bool| f64::from(u8::from(is_right));
            if !row.titles.is_empty() && !candidate.title.is_empty() {
                self.titles.push(share(row.titles.iter().any(|title| is_same(title, &candidate.title))));
            }
            if !row.dates.is_empty() {
                let day = candidate.published.as_ref().map(|stamp| stamp.at.date().to_string());
                self.days.push(share(day.is_some_and(|day| row.dates.contains(&day))));
            }
        }
        let (right, all) = (seen.len() as f64, (seen.len() + strangers) as f64);
        self.f1.push(if seen.is_empty() { 0.0 } else { f1(right / all, right / known.rows.len() as f64) });
    }
}

/// Whether a title says a name: as it is, a part of it, or most of its words.
fn is_same(known: &str, title: &str) -> bool {
    let (known, title) = (normal(known), normal(title));
    let words = |text: &str| text.split(' ').filter(|word| !SMALL.contains(word)).map(str::to_owned).collect::<HashSet<_>>();
    let (ours, theirs) = (words(&known), words(&title));
    let shared = ours.intersection(&theirs).count() as f64;
    known == title || title.chars().count() > PART && known.contains(&title) || shared / ours.len().min(theirs.len()).max(1) as f64 >= SAME
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        [&self.f1, &self.titles, &self.days].into_iter().try_for_each(|values| match values[..] {
            [] => write!(f, "{:>7}", "-"),
            _ => write!(f, "{:>7.3}", mean(values)),
        })
    }
}
