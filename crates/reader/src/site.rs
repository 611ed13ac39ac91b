//! What repeats on the pages of one site, and so belongs to the site rather than to an article: texts, pictures, links.
//!
//! It only counts which page showed what. What a repetition means is decided by whoever reads a page with it: the same
//! line is a box of the site in one place and a caption in another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{link, text};

/// Pages that are remembered, one bit each in [`Pages`]; the next one takes the place of the oldest, so that a site's
/// old looks are forgotten after a rebuild.
const MAX_PAGES: usize = 32;
/// Newest pages of which even that is kept which was seen there alone: the next page may repeat it.
const FRESH: usize = 6;
/// Texts and links that are kept; a portal repeats some hundreds.
const MAX_KEPT: usize = 2_000;
/// Texts, pictures or links of one page that are looked at: half of them from its beginning, half from its end.
const MAX_OF_PAGE: usize = 600;
/// Characters of a text that are kept to show what repeats.
const SHOWN: usize = 60;

/// A number by which a thing is known again on another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// A text, wherever it stands. `normal` should be the same for what a reader takes for the same.
    pub fn of_text(normal: &str) -> Self {
        Self::of(normal.bytes())
    }

    /// A text that was taken for a part of the article.
    pub fn of_article_text(normal: &str) -> Self {
        Self::of(normal.bytes().chain(*b" *"))
    }

    /// What an address leads to.
    pub fn of_address(url: &Url) -> Self {
        Self::of_identity(&link::identity(url))
    }

    /// The same, where the [`link::identity`] of the address is known.
    pub fn of_identity(identity: &str) -> Self {
        Self::of(identity.bytes())
    }

    /// A place on a page: the names of the elements around it, from inside out; no classes and ids, which are renamed.
    pub fn of_path<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self::of(names.flat_map(|name| name.bytes().chain(*b"/")))
    }

    fn of(bytes: impl Iterator<Item = u8>) -> Self {
        Self(text::fingerprint(bytes))
    }
}

impl From<Fingerprint> for String {
    fn from(print: Fingerprint) -> Self {
        format!("{:016x}", print.0)
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = std::num::ParseIntError;

    fn try_from(hex: String) -> Result<Self, Self::Error> {
        u64::from_str_radix(&hex, 16).map(Self)
    }
}

/// A link where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Link {
    /// Where it leads.
    pub target: Fingerprint,
    /// In which elements it stands.
    pub path: Fingerprint,
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        format!("{}{}", String::from(link.target), String::from(link.path))
    }
}

impl TryFrom<String> for Link {
    type Error = std::num::ParseIntError;

    fn try_from(hex: String) -> Result<Self, Self::Error> {
        let (target, path) = hex.split_at(hex.floor_char_boundary(16));
        Ok(Self { target: target.to_owned().try_into()?, path: path.to_owned().try_into()? })
    }
}

/// What one page shows, as far as another page may show it too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PagePrints {
    /// The page's own [`link::identity`].
    pub address: String,
    /// Its headline, folded; empty where it has none.
    pub title: String,
    /// Its texts, each with the beginning of what is said there, for people.
    pub texts: Vec<(Fingerprint, String)>,
    /// Its pictures, by their addresses.
    pub pictures: Vec<Fingerprint>,
    /// Its links.
    pub links: Vec<Link>,
}

impl PagePrints {
    /// Adds a text, with the beginning of what is `said` there.
    pub fn add_text(&mut self, print: Fingerprint, said: &str) {
        self.texts.push((print, text::cut(said, SHOWN)));
    }
}

/// Which of the remembered pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Pages(u32);

impl Pages {
    fn one(page: usize) -> Self {
        Self(u32::try_from(page).ok().and_then(|page| 1_u32.checked_shl(page)).unwrap_or(0))
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// A page that is remembered. Another address with the same headline is the same article, and so is another headline at
/// the same address: two pages of one article say nothing of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    address: String,
    title: String,
    /// Grows from page to page.
    learned: u32,
}

impl Known {
    fn is(&self, address: &str, title: &str) -> bool {
        self.address == address || !title.is_empty() && self.title == title
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Text {
    pages: Pages,
    /// The beginning of what is said; empty until it repeats.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    begins: String,
}

/// What is known of a site from its article pages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Site {
    known: Vec<Known>,
    texts: BTreeMap<Fingerprint, Text>,
    pictures: BTreeMap<Fingerprint, Pages>,
    links: BTreeMap<Link, Pages>,
}

impl Site {
    /// Adds a page, or what is new on a page that is known. A page without an article teaches nothing of articles.
    pub fn learn(&mut self, page_prints: &PagePrints) {
        if page_prints.texts.is_empty() {
            return;
        }
        let own = Pages::one(self.place_for(page_prints));
        for (print, said) in ends(&page_prints.texts) {
            let text = self.texts.entry(*print).or_default();
            text.pages = text.pages.with(own);
            if text.pages.count() > 1 && text.begins.is_empty() {
                text.begins.clone_from(said);
            }
        }
        for print in ends(&page_prints.pictures) {
            let pages = self.pictures.entry(*print).or_default();
            *pages = pages.with(own);
        }
        for link in ends(&page_prints.links) {
            let pages = self.links.entry(*link).or_default();
            *pages = pages.with(own);
        }
        self.forget();
    }

    /// The pages that are remembered.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.known.len()).unwrap_or(u32::MAX)
    }

    /// The site as it is known from other pages than the one at `address` under the headline `title`, as in its
    /// [`PagePrints`].
    pub fn besides(&self, address: &str, title: &str) -> Others<'_> {
        let own = self.known.iter().enumerate().filter(|(_, known)| known.is(address, title)).map(|(place, _)| Pages::one(place));
        Others { site: self, own: own.fold(Pages::default(), Pages::with) }
    }

    /// On how many pages a link to `target` stands at `path`.
    pub fn pages_with(&self, target: Fingerprint, path: Fingerprint) -> u32 {
        self.links.get(&Link { target, path }).map_or(0, |pages| pages.count())
    }

    /// What repeats, by its first words, on how many pages; the most frequent first. Not the headlines of the pages
    /// themselves, which stand on others as other news.
    pub fn repeated(&self) -> Vec<(&str, u32)> {
        let is_headline = |begins: &str| {
            let begins = text::fold(begins.trim_end_matches('…'));
            self.known.iter().any(|known| known.title.starts_with(&begins))
        };
        let texts = self.texts.values().filter(|text| !text.begins.is_empty() && text.pages.count() > 1);
        let texts = texts.map(|text| (text.begins.as_str(), text.pages.count()));
        let mut repeated: Vec<(&str, u32)> = texts.filter(|(begins, _)| !is_headline(begins)).collect();
        repeated.sort_by_key(|(begins, pages)| (std::cmp::Reverse(*pages), *begins));
        repeated.dedup();
        repeated
    }

    /// The place of a page that is known, or a free one, or the oldest page's, which is forgotten.
    fn place_for(&mut self, page_prints: &PagePrints) -> usize {
        let learned = self.known.iter().map(|known| known.learned).max().unwrap_or(0).wrapping_add(1);
        let known = Known { address: page_prints.address.clone(), title: page_prints.title.clone(), learned };
        if let Some(place) = self.known.iter().position(|known| known.is(&page_prints.address, &page_prints.title)) {
            self.known[place] = known;
            return place;
        }
        if self.known.len() < MAX_PAGES {
            self.known.push(known);
            return self.known.len() - 1;
        }
        let place = (0..self.known.len()).min_by_key(|place| self.known[*place].learned).unwrap_or(0);
        self.known[place] = known;
        let old = Pages::one(place);
        self.texts.values_mut().for_each(|text| text.pages = text.pages.without(old));
        self.pictures.values_mut().chain(self.links.values_mut()).for_each(|pages| *pages = pages.without(old));
        place
    }

    /// Drops what will hardly repeat any more.
    fn forget(&mut self) {
        let mut newest: Vec<usize> = (0..self.known.len()).collect();
        newest.sort_by_key(|place| std::cmp::Reverse(self.known[*place].learned));
        let fresh = newest.iter().take(FRESH).fold(Pages::default(), |all, place| all.with(Pages::one(*place)));
        let last_seen = |pages: Pages| {
            let seen = self.known.iter().enumerate().filter(|(place, _)| pages.without(Pages::one(*place)) != pages);
            seen.map(|(_, known)| known.learned).max()
        };
        keep(&mut self.texts, |text| text.pages, fresh, last_seen);
        keep(&mut self.pictures, |pages| *pages, fresh, last_seen);
        keep(&mut self.links, |pages| *pages, fresh, last_seen);
    }
}

/// Keeps what stands on several pages or on a fresh one; of too many the most frequent, and of those the last seen.
fn keep<K: Copy + Ord, V>(
    things: &mut BTreeMap<K, V>,
    pages: impl Fn(&V) -> Pages,
    fresh: Pages,
    last_seen: impl Fn(Pages) -> Option<u32>,
) {
    things.retain(|_, thing| pages(thing).count() > 1 || pages(thing).without(fresh) != pages(thing));
    let excess = things.len().saturating_sub(MAX_KEPT);
    if excess > 0 {
        let mut ranked: Vec<_> = things.iter().map(|(key, thing)| (pages(thing).count() > 1, last_seen(pages(thing)), *key)).collect();
        ranked.sort_unstable();
        for (_, _, key) in ranked.into_iter().take(excess) {
            things.remove(&key);
        }
    }
}

/// The beginning and the end of what a page has too much of: a site's boxes stand there.
fn ends<T>(all: &[T]) -> impl Iterator<Item = &T> {
    let half = MAX_OF_PAGE / 2;
    let end = all.len().saturating_sub(half).max(half.min(all.len()));
    all[..half.min(all.len())].iter().chain(&all[end..])
}

/// A site without one of its pages and that page's versions: nothing on a page is repeated because it was there before.
#[derive(Debug, Clone, Copy)]
pub struct Others<'a> {
    site: &'a Site,
    own: Pages,
}

impl Others<'_> {
    /// The same without the pages that show half or more of `texts`, each given with its words: they are other versions
    /// of the article, or forms filled in alike, and what they share is no box of the site.
    pub fn but_versions(self, texts: impl Iterator<Item = (Fingerprint, usize)>) -> Self {
        let (mut shared, mut all) = ([0; MAX_PAGES], 0);
        for (print, words) in texts {
            all += words;
            let pages = self.site.texts.get(&print).map_or(Pages::default(), |text| text.pages);
            for (place, shared) in shared.iter_mut().enumerate() {
                *shared += if pages.without(Pages::one(place)) == pages { 0 } else { words };
            }
        }
        let versions = (0..MAX_PAGES).filter(|place| all > 0 && shared[*place] * 2 >= all).map(Pages::one);
        Self { own: versions.fold(self.own, Pages::with), ..self }
    }

    /// How many other pages are remembered.
    pub fn pages(&self) -> u32 {
        self.site.pages() - self.own.count()
    }

    /// On how many of them a text stands.
    pub fn with_text(&self, print: Fingerprint) -> u32 {
        self.site.texts.get(&print).map_or(0, |text| text.pages.without(self.own).count())
    }

    /// On how many of them a link stands in its place.
    pub fn with_link(&self, link: Link) -> u32 {
        self.site.links.get(&link).map_or(0, |pages| pages.without(self.own).count())
    }

    /// On how many of them a picture illustrates the article.
    pub fn with_picture(&self, print: Fingerprint) -> u32 {
        self.site.pictures.get(&print).map_or(0, |pages| pages.without(self.own).count())
    }
}

#[cfg(test)]
mod tests;
