//! Every address that the page links to, with its best link, its place in the page and the shape of its address.

mod dropdown_menu;
pub(in crate::list) mod headline;
pub(in crate::list) mod shape;

use foldhash::{HashMap, HashMapExt as _};
use url::Url;

use crate::{link, outline::Outline};
use headline::{Headline, Rank};

/// Addresses that are looked at, in the order of the page: the budget of all that follows.
pub(in crate::list) const MAX_CANDIDATES: usize = 5_000;
/// Links to one address that are looked at.
const MAX_LINKS: usize = 8;
/// Kinds of elements in a tag path.
const PATH_STEPS: usize = 6;
/// A dialog with more than this part of the page's text is no part of its chrome.
const FILLING: usize = 3;
/// How wide another link's words must be beside a headline, so that they are one.
const BUTTON: f64 = 0.5;
/// How many `header`, `footer` or `aside` a page has where they are the page's own, and not those of its cards.
const FEW: usize = 3;

pub(in crate::list) struct Candidate {
    pub(in crate::list) url: Url,
    /// The elements that link to it.
    pub(in crate::list) links: Vec<usize>,
    /// The one that shows the headline.
    pub(in crate::list) link: usize,
    pub(in crate::list) headline: Headline,
    pub(in crate::list) width: f64,
    /// Elements around the link, as [`Names`] numbers them: the path without, and with, the length of runs.
    pub(in crate::list) path: u32,
    pub(in crate::list) exact_path: u32,
    pub(in crate::list) coarse: u32,
    pub(in crate::list) fine: u32,
    /// The path with the length of its runs, and the fine shape, in words: what is remembered.
    pub(in crate::list) place: String,
    pub(in crate::list) shape: String,
    pub(in crate::list) is_external: bool,
    /// It stands in the page's menu, head or foot.
    pub(in crate::list) is_chrome: bool,
}

impl Candidate {
    /// Makes another of its links the one that shows its headline. One that is only a button leaves it as it was.
    pub(in crate::list) fn stand_at(&mut self, outline: &Outline, link: usize) {
        let shown = headline::of(outline, link);
        self.link = link;
        self.place = path(outline, link, shown.rank).1;
        if headline::width(&shown.text) >= BUTTON * self.width {
            self.headline = shown;
        }
    }
}

/// Numbers for names that are only ever compared.
#[derive(Default)]
struct Names(HashMap<String, u32>);

impl Names {
    fn number(&mut self, name: String) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(name).or_insert(next)
    }
}

/// In the order of the page by first link.
pub(in crate::list) fn collect(outline: &Outline) -> (Vec<Candidate>, Completeness) {
    let (targets, completeness) = targets(outline);
    let chrome = chrome(outline);
    let mut names = Names::default();
    let candidates = targets
        .into_iter()
        .filter_map(|(url, links)| {
            let (link, mut headline) = links
                .iter()
                .map(|link| (*link, headline::of(outline, *link)))
                // Of equals the first that stands in no menu.
                .reduce(|best, next| {
                    let standing = |(link, headline): &(usize, Headline)| (headline::standing(headline), !chrome[*link]);
                    if standing(&next) > standing(&best) { next } else { best }
                })?;
            if headline.text.is_empty() {
                headline.text = headline::unseen(outline, link);
            }
            let shape = shape::of(&url, &outline.address);
            let (path, exact_path) = path(outline, link, headline.rank);
            Some(Candidate {
                width: headline::width(&headline.text),
                path: names.number(path),
                exact_path: names.number(exact_path.clone()),
                place: exact_path,
                coarse: names.number(format!("coarse {}", shape.coarse)),
                fine: names.number(format!("fine {}", shape.fine)),
                shape: shape.fine,
                is_external: shape.is_external,
                is_chrome: chrome[link],
                url,
                links,
                link,
                headline,
            })
        })
        .collect();
    (candidates, completeness)
}

/// Whether the budget was enough for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::list) enum Completeness {
    Whole,
    Cut,
}

/// Addresses that may be articles, with the elements that link to them.
fn targets(outline: &Outline) -> (Vec<(Url, Vec<usize>)>, Completeness) {
    let own = link::identity(&outline.address);
    let mut targets: Vec<(Url, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut completeness = Completeness::Whole;
    for anchor in &outline.anchors {
        let (Some(url), Some(key)) = (outline.target(*anchor), outline.identity(*anchor)) else { continue };
        if let Some(at) = known.get(key) {
            let links = &mut targets[*at].1;
            if links.len() < MAX_LINKS {
                links.push(*anchor);
            }
            continue;
        }
        let is_root = url.path() == "/" && url.query().is_none() && shape::site(url) == shape::site(&outline.address);
        if key == own || is_root || is_file(url.path()) {
            continue;
        }
        if targets.len() == MAX_CANDIDATES {
            completeness = Completeness::Cut;
            break;
        }
        known.insert(key, targets.len());
        targets.push((url.clone(), vec![*anchor]));
    }
    (targets, completeness)
}

/// Pictures, archives and the like; a PDF can be an announcement, and a recording a broadcast.
pub(in crate::list) fn is_file(path: &str) -> bool {
    let ending = path.rsplit('/').next().unwrap_or_default().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(
        ending.as_deref(),
        Some(
            "jpg"
                | "jpeg"
                | "png"
                | "gif"
                | "webp"
                | "svg"
                | "avi"
                | "mov"
                | "zip"
                | "tgz"
                | "gz"
                | "bz2"
                | "xz"
                | "exe"
                | "dmg"
                | "apk"
                | "css"
                | "js"
                | "ico"
                | "rss"
                | "xml"
        )
    )
}

/// The tags around a link, nearest first: those without meaning are one kind, and a run of one kind counts once.
/// Headings are kept apart from the rest by a mark of their own.
pub(in crate::list) fn path(outline: &Outline, link: usize, rank: Rank) -> (String, String) {
    let mut kinds: Vec<&str> = Vec::with_capacity(PATH_STEPS);
    let mut runs: Vec<usize> = Vec::with_capacity(PATH_STEPS);
    for at in outline.ancestors(link) {
        let kind = match outline.name(at) {
            "div" | "span" | "section" | "p" | "font" | "center" | "figure" | "main" => "x",
            "body" | "html" => break,
            name => name,
        };
        if kinds.last() == Some(&kind) {
            *runs.last_mut().expect("as long as kinds") += 1;
        } else if kinds.len() == PATH_STEPS {
            break;
        } else {
            kinds.push(kind);
            runs.push(1);
        }
    }
    let run = |(kind, run): (&&str, &usize)| if *run == 1 { (*kind).to_owned() } else { format!("{kind}*{run}") };
    let mut exact = kinds.iter().zip(&runs).map(run).collect::<Vec<_>>().join("/");
    let mut path = kinds.join("/");
    let mark = match rank {
        Rank::Heading => "!",
        Rank::Silent => "?",
        Rank::Plain | Rank::Bold => "",
    };
    path.push_str(mark);
    exact.push_str(mark);
    (path, exact)
}

/// For every element, whether it stands in the site's chrome: its menu, head or foot.
fn chrome(outline: &Outline) -> Vec<bool> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for element in &outline.elements {
        if matches!(&*element.name, "header" | "footer" | "aside") {
            *counts.entry(&element.name).or_default() += 1;
        }
    }
    let menus = dropdown_menu::of(outline);
    let mut is_chrome = Vec::with_capacity(outline.elements.len());
    let mut is_content: Vec<bool> = Vec::with_capacity(outline.elements.len());
    for (at, element) in outline.elements.iter().enumerate() {
        let role = outline.attribute(at, "role").unwrap_or_default();
        let (chrome_around, content_around) = element.parent.map_or((false, false), |parent| (is_chrome[parent], is_content[parent]));
        // What fills the page is what was asked for: the results of a search.
        let is_filling = || FILLING * outline.text_length(&outline.span(at)) > outline.text_length(&(0..outline.elements.len()));
        let is_dialog = &*element.name == "dialog" || role == "dialog";
        let begins_chrome = (is_dialog && !is_filling())
            || match &*element.name {
                "nav" => true,
                name @ ("header" | "footer" | "aside") => !content_around && role != "main" && counts[name] <= FEW,
                _ => false,
            }
            || matches!(role, "navigation" | "banner" | "contentinfo" | "menu" | "menubar" | "search" | "complementary")
            || menus.binary_search(&at).is_ok();
        is_chrome.push(chrome_around || begins_chrome);
        is_content.push(content_around || role == "main" || matches!(&*element.name, "article" | "main" | "section" | "li" | "tr"));
    }
    is_chrome
}
