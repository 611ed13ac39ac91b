//! Whether two headlines are one article: by the address, by the id or the slug in it, or by the words. Pure.
//!
//! An address is enough. Everything else needs the word of the headline too, and mostly of its date: ids are used again
//! after a rebuild, and some notices come every month under the same words. A known id under other words is only the
//! beginning of a proof (`rewritten.rs`).

mod index;

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use loa_reader::{
    link::{self, Id, Keys},
    list::{self, Candidate},
    time::{Precision, Stamp},
};
use url::Url;

use crate::store::Known;

pub use index::{Index, same_id};

/// The same headline further apart than this is another article: "Lịch tiếp công dân" comes every month.
const SAME_STORY: SignedDuration = SignedDuration::from_hours(72);
/// A shorter id is soon used again.
const LASTING: usize = 4;

/// One headline of a list, with all that it may be known again by.
#[derive(Debug)]
pub struct Entry {
    /// In the form of `link::identity`.
    pub address: String,
    /// Further keys of the store: the article's id and its slug on this host.
    pub marks: Vec<String>,
    /// Its own ids by their places.
    ids: HashMap<String, String>,
    folded: String,
    digits: Vec<String>,
    /// Where it stands: the folder, and the parameters that are not its id.
    section: String,
    published: Option<Stamp>,
}

/// The entries of a list, in its order.
pub fn entries(candidates: &[Candidate]) -> Vec<Entry> {
    let titles: Vec<String> = candidates.iter().map(|candidate| list::fold_title(&candidate.title)).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let in_addresses: Vec<Keys> = candidates.iter().map(|candidate| link::keys(&candidate.url)).collect();
    let own = link::own(&in_addresses, &titles);
    let places: HashSet<&str> = own.iter().flat_map(|own| &own.ids).map(|id| id.place.as_str()).collect();
    let all = candidates.iter().zip(&in_addresses).zip(&own).zip(titles);
    all.map(|(((candidate, keys), own), folded)| Entry {
        address: link::identity(&candidate.url),
        marks: own.marks(&keys.host),
        ids: own.ids.iter().map(|id| (id.place.clone(), id.value.clone())).collect(),
        folded: folded.to_owned(),
        digits: keys.digits.clone(),
        section: section(&candidate.url, |name| places.contains(format!("?{name}").as_str())),
        published: candidate.published.clone(),
    })
    .collect()
}

/// Every key by which the articles of a list may be found in the store.
pub fn keys(candidates: &[Candidate]) -> Vec<String> {
    entries(candidates).into_iter().flat_map(|entry| std::iter::once(entry.address).chain(entry.marks)).collect()
}

fn section(url: &Url, is_id: impl Fn(&str) -> bool) -> String {
    let folder = url.path().trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let others: Vec<_> = url.query_pairs().filter(|(name, _)| !is_id(&name.to_ascii_lowercase())).collect();
    format!("{folder}?{others:?}")
}

impl Entry {
    fn is(&self, known: &Known, is_moved: bool) -> bool {
        let has = |sign, shortest| self.has(known, sign, shortest);
        let is_near = is_near(self.published.as_ref(), known);
        let is_alike = alike(&self.folded, &known.folded_title);
        let is_numbered_otherwise = || !is_moved && self.is_numbered_otherwise(known);
        let is_numbered_alike = has('#', 1) && (is_near || has('#', LASTING)) && !self.has_another_id(known);
        let by_id = is_numbered_alike && (is_alike || has('~', 1) || self.is_of_the_minute(known));
        let by_slug = || has('~', 1) && is_alike && is_near && (self.is_of_the_minute(known) || !is_numbered_otherwise());
        let by_title =
            || self.is_telling() && self.folded == known.folded_title && is_near && (self.published.is_some() || !is_numbered_otherwise());
        // After a rebuild there may be nothing else left of "Thông báo" than its day.
        let by_day = || is_moved && self.folded == known.folded_title && self.is_of_the_day(known);
        by_id || by_slug() || by_title() || by_day()
    }

    /// Whether it has an id (`#`) or a slug (`~`) of a known article, and one that is not too short.
    fn has(&self, known: &Known, sign: char, shortest: usize) -> bool {
        let length = |mark: &str| mark.rsplit(sign).next().map_or(0, str::len);
        self.marks.iter().any(|mark| mark.contains(sign) && length(mark) >= shortest && known.addresses.contains(mark))
    }

    /// The numbers of both in the same places.
    fn numbers_beside(&self, other: &Self) -> impl Iterator<Item = (u128, u128)> {
        self.ids.iter().filter_map(|(place, id)| Some((id.parse().ok()?, other.ids.get(place)?.parse().ok()?)))
    }

    /// Whether every address of the known article that is built alike has another id in one of its places: two articles
    /// of a section have its number in common.
    fn has_another_id(&self, known: &Known) -> bool {
        let own = keys_of(&self.address);
        let is_other = |id: &Id| self.ids.get(&id.place).is_some_and(|own| *own != id.value);
        let addresses = known.addresses.iter().filter_map(|address| keys_of(address));
        let mut alike = addresses.filter(|keys| own.as_ref().is_some_and(|own| own.form() == keys.form())).peekable();
        alike.peek().is_some() && alike.all(|keys| keys.ids.iter().any(is_other))
    }

    /// Whether the known article stands in the same folder, with parameters of the same names.
    fn is_built_like(&self, known: &Known) -> bool {
        let build = |keys: Keys| (keys.host, keys.folder, keys.names);
        let own = keys_of(&self.address).map(build);
        known.addresses.iter().filter_map(|address| keys_of(address)).any(|keys| Some(build(keys)) == own)
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

    /// Both have ids, or only numbers, and none of its addresses has the same: `thang-1` and `thang-2`.
    fn is_numbered_otherwise(&self, known: &Known) -> bool {
        let has_id = |marks: &[String]| marks.iter().any(|mark| mark.contains('#'));
        if has_id(&self.marks) && has_id(&known.addresses) {
            return !self.has(known, '#', 1);
        }
        let digits: Vec<_> = known.addresses.iter().filter_map(|address| keys_of(address)).map(|keys| keys.digits).collect();
        !self.digits.is_empty() && digits.iter().any(|digits| !digits.is_empty()) && !digits.contains(&self.digits)
    }
}

/// What is in an address of the store; marks are no addresses.
fn keys_of(address: &str) -> Option<Keys> {
    let url = Url::parse(&format!("http://{address}")).ok()?;
    (!link::is_mark(address)).then(|| link::keys(&url))
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

/// Whether half of the words of the longer of two folded headlines are the other's: what is left when one was
/// corrected.
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
