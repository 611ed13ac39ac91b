//! Whether two headlines are one article: by the address, by the number or the slug in it, or by the words. Pure.
//!
//! An address is enough. Everything else needs the word of the headline too, and mostly of its date: numbers are used again
//! after a rebuild, and some notices come every month under the same words.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use loa_reader::{
    link::{self, Keys},
    list::{self, Candidate},
    time::{Precision, Stamp},
};
use url::Url;

use crate::store::Known;

/// The same headline further apart than this is another article: "Lịch tiếp công dân" comes every month.
const SAME_STORY: SignedDuration = SignedDuration::from_hours(72);
/// Fewer entries do not show where a site writes its numbers.
const ENOUGH: usize = 3;
/// A number with fewer digits is soon used again.
const LASTING: usize = 4;

/// One headline of a list, with all that it may be known again by.
#[derive(Debug)]
pub struct Entry {
    /// In the form of `link::identity`.
    pub address: String,
    /// Further keys of the store: the article's number and its slug on this host.
    pub marks: Vec<String>,
    folded: String,
    digits: Vec<String>,
    /// Where it stands: the folder, and the parameters that are not its number.
    section: String,
    published: Option<Stamp>,
}

/// The entries of a list, in its order. A number is a mark where most entries have one in the same place, each its own.
pub fn entries(candidates: &[Candidate]) -> Vec<Entry> {
    let titles: Vec<String> = candidates.iter().map(|candidate| list::fold_title(&candidate.title)).collect();
    let in_addresses: Vec<Keys> = candidates.iter().map(|candidate| link::keys(&candidate.url)).collect();
    let numbers = own_numbers(&in_addresses, &titles);
    let slugs = unshared(in_addresses.iter().zip(&titles).filter_map(|(found, title)| Some((found.slug.as_deref()?, title.as_str()))));
    let mut entries = Vec::with_capacity(candidates.len());
    for ((candidate, found), folded) in candidates.iter().zip(&in_addresses).zip(&titles) {
        let is_own = |place: &str, digits: &str| numbers.get(place).is_some_and(|own| own.contains(digits));
        let own = found.numbers.iter().filter(|number| is_own(&number.place, &number.digits));
        let mut keys: Vec<String> = own.map(|number| format!("{}#{}", found.host, number.digits)).collect();
        keys.extend(found.slug.as_deref().filter(|slug| slugs.contains(slug)).map(|slug| format!("{}~{slug}", found.host)));
        entries.push(Entry {
            address: link::identity(&candidate.url),
            marks: keys,
            folded: folded.clone(),
            digits: found.digits.clone(),
            section: section(&candidate.url, |name| numbers.contains_key(format!("?{name}").as_str())),
            published: candidate.published.clone(),
        });
    }
    entries
}

/// Every key by which the articles of a list may be found in the store.
pub fn keys(candidates: &[Candidate]) -> Vec<String> {
    entries(candidates).into_iter().flat_map(|entry| std::iter::once(entry.address).chain(entry.marks)).collect()
}

/// For each place in which this list's addresses have the article's number: the numbers that belong to one headline.
fn own_numbers<'a>(in_addresses: &'a [Keys], titles: &'a [String]) -> HashMap<&'a str, HashSet<&'a str>> {
    let mut places: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    for (found, title) in in_addresses.iter().zip(titles) {
        for number in &found.numbers {
            places.entry(&number.place).or_default().push((&number.digits, title));
        }
    }
    let mut own = HashMap::new();
    for (place, numbers) in places {
        let unshared = unshared(numbers.iter().copied());
        let good = numbers.iter().filter(|(digits, _)| unshared.contains(digits)).count();
        if good >= ENOUGH && 3 * good >= 2 * in_addresses.len() && 10 * good >= 9 * numbers.len() {
            own.insert(place, unshared);
        }
    }
    own
}

/// The values that stand with one title only.
fn unshared<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> HashSet<&'a str> {
    let mut titles: HashMap<&str, Option<&str>> = HashMap::new();
    for (value, title) in pairs {
        titles.entry(value).and_modify(|known| *known = known.filter(|known| *known == title)).or_insert(Some(title));
    }
    titles.into_iter().filter_map(|(value, title)| title.map(|_| value)).collect()
}

fn section(url: &Url, is_number: impl Fn(&str) -> bool) -> String {
    let folder = url.path().trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let others: Vec<_> = url.query_pairs().filter(|(name, _)| !is_number(&name.to_ascii_lowercase())).collect();
    format!("{folder}?{others:?}")
}

/// The articles that may be on a list, by what they are known again by: a list and what is known of it can both be long.
#[derive(Debug)]
pub struct Index<'a> {
    known: &'a [Known],
    /// Addresses, numbers and slugs.
    by_key: HashMap<&'a str, Vec<usize>>,
    by_title: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub fn of(known: &'a [Known]) -> Self {
        let (mut by_key, mut by_title) = (HashMap::<_, Vec<usize>>::new(), HashMap::<_, Vec<usize>>::new());
        for (at, article) in known.iter().enumerate() {
            article.addresses.iter().for_each(|key| by_key.entry(key.as_str()).or_default().push(at));
            by_title.entry(article.folded_title.as_str()).or_default().push(at);
        }
        Self { known, by_key, by_title }
    }

    pub fn at_its_address(&self, entry: &Entry) -> Option<&'a Known> {
        self.by_key.get(entry.address.as_str()).map(|known| &self.known[known[0]])
    }

    /// The article that `entry` is, by its number, its slug or its words; the last of several. `listed` are the addresses of
    /// the whole list: an article that stands there itself is not another entry too. `is_moved` says that no entry was found
    /// by its address: the site was rebuilt.
    pub fn find(&self, entry: &Entry, listed: &HashSet<&str>, is_moved: bool) -> Option<&'a Known> {
        let by_mark = entry.marks.iter().filter_map(|mark| self.by_key.get(mark.as_str()));
        let by_title = self.by_title.get(entry.folded.as_str());
        let mut places: Vec<usize> = by_mark.chain(by_title).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().rev().map(|at| &self.known[at]).find(|known| {
            let stands_elsewhere = known.addresses.iter().any(|address| listed.contains(address.as_str()));
            !stands_elsewhere && entry.is(known, is_moved)
        })
    }
}

impl Entry {
    fn is(&self, known: &Known, is_moved: bool) -> bool {
        let has = |sign: char, shortest: usize| {
            let length = |mark: &str| mark.rsplit(sign).next().map_or(0, str::len);
            self.marks.iter().any(|mark| mark.contains(sign) && length(mark) >= shortest && known.addresses.contains(mark))
        };
        let is_near = is_near(self.published.as_ref(), known);
        let is_alike = alike(&self.folded, &known.folded_title);
        let is_numbered_otherwise = || !is_moved && self.is_numbered_otherwise(known);
        let by_number = (has('#', 1) && is_near || has('#', LASTING)) && (is_alike || has('~', 1) || self.is_of_the_minute(known));
        let by_slug = || has('~', 1) && is_alike && is_near && !is_numbered_otherwise();
        let by_title =
            || self.is_telling() && self.folded == known.folded_title && is_near && (self.published.is_some() || !is_numbered_otherwise());
        // After a rebuild there may be nothing else left of "Thông báo" than its day.
        let by_day = || is_moved && self.folded == known.folded_title && self.is_of_the_day(known);
        by_number || by_slug() || by_title() || by_day()
    }

    /// Whether two entries of one list are one article: it stands in two sections.
    pub fn is_twin_of(&self, other: &Self) -> bool {
        let shares = |sign: char| self.marks.iter().any(|mark| mark.contains(sign) && other.marks.contains(mark));
        // Each section has a copy, or one address for the same number or slug.
        let is_copy = || self.section != other.section && agree(self.published.as_ref(), other.published.as_ref());
        let is_same_slug = || shares('~') && self.digits == other.digits;
        self.folded == other.folded && (shares('#') || self.is_telling() && (is_copy() || is_same_slug()))
    }

    /// Without marks, in small letters.
    pub fn folded_title(&self) -> &str {
        &self.folded
    }

    fn is_telling(&self) -> bool {
        self.folded.chars().count() >= list::TELLING_TITLE
    }

    fn is_of_the_minute(&self, known: &Known) -> bool {
        self.published.as_ref().is_some_and(|stamp| stamp.precision == Precision::Minute && stamp.at.timestamp() == known.shown_at)
    }

    fn is_of_the_day(&self, known: &Known) -> bool {
        let day = |stamp: &Stamp| known.shown_at.to_zoned_datetime(stamp.at.time_zone().clone()).date();
        self.published.as_ref().is_some_and(|stamp| stamp.at.date() == day(stamp))
    }

    /// Both have numbers, and none of its addresses has the same: `thang-1` and `thang-2`.
    fn is_numbered_otherwise(&self, known: &Known) -> bool {
        let addresses = known.addresses.iter().filter_map(|address| Url::parse(&format!("http://{address}")).ok());
        let digits: Vec<_> = addresses.filter(|url| url.fragment().is_none()).map(|url| link::keys(&url).digits).collect();
        !self.digits.is_empty() && digits.iter().any(|digits| !digits.is_empty()) && !digits.contains(&self.digits)
    }
}

/// The same moment, or the same day where one of them says no more.
fn agree(one: Option<&Stamp>, other: Option<&Stamp>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let both_exact = one.precision == Precision::Minute && other.precision == Precision::Minute;
    if both_exact { one.at.timestamp() == other.at.timestamp() } else { one.at.date() == other.at.date() }
}

/// Whether a headline at an address that a known article's page named is that article's, corrected. Some sites name one
/// address on many pages: so its words, numbers and date must speak for it.
pub fn is_corrected(candidate: &Candidate, known: &Known) -> bool {
    let folded = list::fold_title(&candidate.title);
    let numbers = |title: &str| -> Vec<String> {
        title.split(|ch: char| !ch.is_ascii_digit()).filter(|digits| !digits.is_empty()).map(str::to_owned).collect()
    };
    numbers(&folded) == numbers(&known.folded_title) && is_near(candidate.published.as_ref(), known) && alike(&folded, &known.folded_title)
}

fn is_near(published: Option<&Stamp>, known: &Known) -> bool {
    published.is_none_or(|stamp| stamp.at.timestamp().duration_since(known.shown_at).abs() <= SAME_STORY)
}

/// Whether half of the words of the longer of two folded headlines are the other's: what is left when one was corrected.
fn alike(one: &str, other: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        title.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (one, mut other) = (words(one), words(other));
    let longer = one.len().max(other.len());
    let shared = one.iter().filter(|word| other.iter().position(|other| other == *word).map(|at| other.swap_remove(at)).is_some()).count();
    longer > 0 && 2 * shared >= longer
}

#[cfg(test)]
mod tests;
