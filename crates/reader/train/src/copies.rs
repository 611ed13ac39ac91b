//! Copies of a list page that look like pages of other sites: other addresses, other hosts, short headlines.
//!
//! Weights that are fitted to few pages lean on what these happen to share, above all on the words of addresses. Where
//! the same list stands in copies without them, no single sign can carry it.

use std::collections::{HashMap, HashSet};

use fastrand::Rng;
use loa_reader::{page::Page, tree};
use url::Url;

/// What a copy changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Segments with the headline's words become numbers.
    Numbers,
    /// They become one plain word.
    Words,
    /// All addresses become `index.php?id=1034`, those of sections `index.php?page=news`.
    Queries,
    /// Every item is on a host of its own.
    Hosts,
    /// Addresses have plain words, and headlines one to three.
    Titles,
}

impl Change {
    pub const ALL: [Self; 5] = [Self::Numbers, Self::Words, Self::Queries, Self::Hosts, Self::Titles];
}

/// Nonsense that is no word of any language.
const SYLLABLES: [&str; 12] = ["ka", "to", "mi", "re", "lu", "sa", "no", "vi", "da", "pe", "fo", "ri"];

/// A changed copy, and what became of each address in it.
pub struct Copy {
    pub page: Page,
    pub addresses: HashMap<String, String>,
}

/// An address without what does not tell it from another: fragment and last slash.
pub fn plain(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// `None` where the page cannot be parsed. `items` are the [`plain`] addresses of the list.
pub fn copy(page: &Page, items: &HashSet<String>, change: Change, seed: u64) -> Option<Copy> {
    let document = tree::parse(&page.html).ok()?;
    let named = document.select("base[href]");
    let base = named.attr("href").and_then(|href| page.url.join(&href).ok()).unwrap_or_else(|| page.url.clone());
    named.remove();
    let mut writer = Writer {
        rng: Rng::with_seed(seed.wrapping_add(change as u64)),
        change,
        page: &page.url,
        addresses: HashMap::new(),
        used: HashSet::new(),
    };
    for link in document.select("a[href]").nodes() {
        let Some(url) = link.attr("href").and_then(|href| base.join(href.trim()).ok()) else { continue };
        if !matches!(url.scheme(), "http" | "https") || plain(&url) == plain(&page.url) {
            continue;
        }
        let is_item = items.contains(&plain(&url));
        link.set_attr("href", &writer.address(&url, is_item));
        if change == Change::Titles && is_item {
            let words = writer.rng.usize(1..=3);
            for text in link.descendants().into_iter().filter(|node| node.is_text()) {
                let whole = text.text();
                if whole.split_whitespace().nth(words).is_some() {
                    text.set_text(whole.split_whitespace().take(words).collect::<Vec<_>>().join(" "));
                }
            }
        }
    }
    let page = Page { html: document.html().to_string(), ..page.clone() };
    Some(Copy { page, addresses: writer.addresses })
}

struct Writer<'a> {
    rng: Rng,
    change: Change,
    page: &'a Url,
    /// By [`plain`] address.
    addresses: HashMap<String, String>,
    used: HashSet<String>,
}

impl Writer<'_> {
    /// The new address, the same for every link to the old one and for no other.
    fn address(&mut self, url: &Url, is_item: bool) -> String {
        if let Some(known) = self.addresses.get(&plain(url)) {
            return known.clone();
        }
        let mut new = self.changed(url, is_item);
        while !self.used.insert(new.clone()) {
            new.push_str(if self.change == Change::Numbers { "0" } else { "a" });
        }
        self.addresses.insert(plain(url), new.clone());
        new
    }

    fn changed(&mut self, url: &Url, is_item: bool) -> String {
        let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
        let (host, page_host) = (url.host_str().unwrap_or_default(), self.page.host_str().unwrap_or_default());
        if self.change == Change::Hosts {
            return if is_item { format!("https://www.{}{}.com/{}", self.word(), self.word(), segments.join("/")) } else { plain(url) };
        }
        if host != page_host || segments.is_empty() {
            return plain(url);
        }
        let number = 1_000 + self.addresses.len() + 1_000 * self.rng.usize(0..4);
        if self.change == Change::Queries {
            let is_section = segments.iter().all(|segment| !is_own(segment));
            let query = if is_section { format!("page={}", self.word()) } else { format!("id={number}") };
            return format!("https://{host}/index.php?{query}");
        }
        let segments: Vec<String> = segments
            .into_iter()
            .map(|segment| match self.change {
                _ if !is_own(segment) => segment.to_owned(),
                Change::Numbers => number.to_string(),
                _ => self.word(),
            })
            .collect();
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("https://{host}/{}{query}", segments.join("/"))
    }

    fn word(&mut self) -> String {
        (0..3).map(|_| SYLLABLES[self.rng.usize(0..SYLLABLES.len())]).collect()
    }
}

/// Whether a segment is an article's own, and not a section's: several words, a long number or a key.
fn is_own(segment: &str) -> bool {
    let parts = segment.split(['-', '_', '+', '.', ',', '%']).filter(|part| !part.is_empty()).count();
    parts >= 3 || segment.len() > 24 || segment.bytes().filter(u8::is_ascii_digit).count() >= 4
}
