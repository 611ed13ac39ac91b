//! Which headlines of a list are new, which are known, and which were corrected: no article twice. Pure.

mod identity;
mod rewritten;

use std::collections::{HashMap, HashSet};

use loa_reader::{link, list::Candidate, text};
use url::Url;

use super::{
    known_boxes::KnownBoxes,
    news::{Around, Standing},
};
use crate::{article::Article, store::Known};
use identity::{Entry, Index};

pub use identity::{is_corrected, keys};
pub use rewritten::{SameId, has_moved, is_rewritten};

/// Entries under one headline that are held against each other. A list of a thousand times "Thông báo" is no list of
/// twins.
const MAX_ALIKE: usize = 50;

/// A list, compared with what is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compared {
    /// In the order in which they are to be said: oldest first.
    pub new: Vec<New>,
    /// Known articles under another headline than before.
    pub corrected: Vec<(Candidate, Known)>,
    /// Known articles at a further address, or with a further mark.
    pub addresses: Vec<(i64, String)>,
    /// By what else the new ones may be known again, by their addresses.
    pub further: HashMap<String, Further>,
    /// The texts of articles that the list itself has, by their addresses.
    pub bodies: HashMap<String, String>,
    /// How many of the list are known.
    pub known: usize,
    /// The articles that they are.
    pub standing: HashSet<i64>,
    /// The known ones of the list itself stand in the order of their dates; `None` where they are too few to tell.
    pub is_ordered: Option<bool>,
}

/// What a new article is known by besides its address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Further {
    /// Where else on the list it stands.
    pub addresses: Vec<String>,
    /// Its id and its slug.
    pub marks: Vec<String>,
    /// A known article with the same id: its page will say whether it is this one.
    pub same_id: Option<SameId>,
}

/// A headline that was not seen before.
#[derive(Debug, Clone, PartialEq)]
pub struct New {
    pub candidate: Candidate,
    /// Where it stands among the known ones of its box.
    pub standing: Standing,
    /// Those known ones.
    pub around: Around,
}

/// Compares the candidates of a list, in the order of the page, with the articles that may be among them.
pub fn compare(candidates: &[Candidate], known: &[Known], list: &Url) -> Compared {
    let mut compared = Compared::default();
    let list = link::identity(list);
    let entries = identity::entries(candidates);
    let twins = twins(&entries);
    let Matches { found: matches, same_ids } = matches(&entries, &twins, known);
    let boxes = KnownBoxes::of(candidates, &matches);
    compared.is_ordered = boxes.is_ordered();
    let (mut seen, mut heard) = (HashSet::new(), HashSet::new());
    for (index, (candidate, found)) in candidates.iter().zip(&matches).enumerate() {
        let entry = &entries[index];
        if entry.address == list || !seen.insert(entry.address.as_str()) {
            continue;
        }
        match found {
            None if twins[index] != index => {
                let first = compared.further.entry(entries[twins[index]].address.clone()).or_default();
                first.addresses.push(entry.address.clone());
                first.marks.extend(entry.marks.iter().cloned());
            }
            None => {
                let (standing, around) = boxes.around(index, candidate);
                compared.new.push(New { candidate: candidate.clone(), standing, around });
                let further = compared.further.entry(entry.address.clone()).or_default();
                further.marks.extend(entry.marks.iter().cloned());
                further.same_id = same_ids[index].clone();
            }
            Some(known) => {
                compared.known += 1;
                compared.standing.insert(known.article);
                let keys = std::iter::once(&entry.address).chain(&entry.marks);
                compared.addresses.extend(keys.filter(|key| !known.addresses.contains(key)).map(|key| (known.article, key.clone())));
                // Where it stands twice, the upper one is its headline. What shows less of it corrects nothing.
                let is_less = text::is_beginning_of(&candidate.title, &known.listed_title);
                if heard.insert(known.article) && known.listed_title != candidate.title && !is_less {
                    compared.corrected.push((candidate.clone(), (*known).clone()));
                }
            }
        }
    }
    order(&mut compared.new);
    compared
}

/// What each entry is.
struct Matches<'a> {
    /// The article that it is; twins are one.
    found: Vec<Option<&'a Known>>,
    /// Where none was found: the article with the same id.
    same_ids: Vec<Option<SameId>>,
}

fn matches<'a>(entries: &[Entry], twins: &[usize], known: &'a [Known]) -> Matches<'a> {
    let listed: HashSet<&str> = entries.iter().map(|entry| entry.address.as_str()).collect();
    let index = Index::of(known);
    let mut found: Vec<_> = entries.iter().map(|entry| index.at_its_address(entry)).collect();
    let staying: Vec<(&Entry, &Known)> = entries.iter().zip(&found).filter_map(|(entry, found)| Some((entry, (*found)?))).collect();
    let is_moved = index.is_moved(entries, &found, &listed);
    for (found, entry) in found.iter_mut().zip(entries) {
        *found = found.or_else(|| index.find(entry, &listed, is_moved));
    }
    let mut of_twins: HashMap<usize, &Known> = HashMap::new();
    for (found, first) in found.iter().zip(twins) {
        found.map(|known| of_twins.entry(*first).or_insert(known));
    }
    let found: Vec<_> = found.iter().zip(twins).map(|(found, first)| found.or_else(|| of_twins.get(first).copied())).collect();
    let taken: HashSet<i64> = found.iter().flatten().map(|known| known.article).collect();
    let same_id = |(entry, found): (&Entry, &Option<&Known>)| {
        let known = found.is_none().then(|| index.with_its_id(entry, &listed))?.filter(|known| !taken.contains(&known.article))?;
        Some(identity::same_id(entry, known, &staying, is_moved))
    };
    let same_ids = entries.iter().zip(&found).map(same_id).collect();
    Matches { found, same_ids }
}

/// For each entry, the first of the list that is the same article: mostly itself.
fn twins(entries: &[Entry]) -> Vec<usize> {
    let mut firsts: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut twins = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let firsts = firsts.entry(entry.folded_title()).or_default();
        let first = firsts.iter().copied().take(MAX_ALIKE).find(|first| entry.is_twin_of(&entries[*first]));
        if first.is_none() {
            firsts.push(index);
        }
        twins.push(first.unwrap_or(index));
    }
    twins
}

/// Oldest first: by date where every one has a date, otherwise from the end of the page to its top.
fn order(new: &mut [New]) {
    new.reverse();
    if new.iter().all(|new| new.candidate.published.is_some()) {
        new.sort_by_key(|new| new.candidate.published.as_ref().map(|stamp| stamp.at.timestamp()));
    }
}

/// Whether headlines none of which is known can be the same feed's: they are newer than what is known,
/// or their addresses are built like its addresses. A feed without articles has nothing to compare with.
pub fn looks_alike(new: &[New], latest: &[Article]) -> bool {
    let Some(newest) = latest.first().map(|article| article.shown_at().timestamp()) else { return true };
    let newer = new.iter().filter(|new| new.candidate.published.as_ref().is_some_and(|stamp| stamp.at.timestamp() >= newest)).count();
    let places: std::collections::HashSet<_> = latest.iter().map(|article| place(&article.url)).collect();
    let placed = new.iter().filter(|new| places.contains(&place(&new.candidate.url))).count();
    2 * newer.max(placed) > new.len()
}

/// Where an address stands: its host and the folder of its last segment, with the names of its parameters.
fn place(url: &Url) -> String {
    let path = url.path().trim_end_matches('/');
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let depth = path.matches('/').count();
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    // At the top of a site everything stands in the same folder, menu and news alike: there the ending tells more.
    let ending = if folder.is_empty() { path.rsplit_once('.').map_or("", |(_, ending)| ending) } else { "" };
    format!("{}{folder}#{depth}{ending}?{}", url.host_str().unwrap_or_default(), names.join("&"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{super::news::Before, *};
    use loa_reader::time::{Precision, Stamp};

    pub fn candidate(path: &str, title: &str, published: &str) -> Candidate {
        Candidate {
            url: Url::parse(&format!("https://a.vn/{path}")).unwrap(),
            title: title.to_owned(),
            published: Stamp::parse_rfc3339(published, Precision::Minute),
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: loa_reader::list::Sighting::default(),
        }
    }

    pub fn known(article: i64, path: &str, title: &str, shown: &str) -> Known {
        Known {
            article,
            addresses: vec![format!("a.vn/{path}")],
            listed_title: title.to_owned(),
            folded_title: loa_reader::list::fold_title(title),
            shown_at: shown.parse().unwrap(),
        }
    }

    pub fn article(published: &str) -> Article {
        Article {
            id: 1,
            feed: "a".parse().unwrap(),
            uid: String::new(),
            url: Url::parse("https://a.vn/tin/mot-hai.html").unwrap(),
            title: String::new(),
            summary: None,
            text: String::new(),
            html: String::new(),
            author: None,
            published: Stamp::parse_rfc3339(published, Precision::Minute),
            image: None,
            language: None,
            categories: Vec::new(),
            attachments: Vec::new(),
            files: Vec::new(),
            first_seen: jiff::Timestamp::UNIX_EPOCH,
            changed: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    pub fn against(candidates: &[Candidate], known: &[Known]) -> Compared {
        compare(candidates, known, &Url::parse("https://a.vn/").unwrap())
    }

    fn titles(compared: &Compared) -> Vec<&str> {
        compared.new.iter().map(|new| new.candidate.title.as_str()).collect()
    }

    #[test]
    fn what_is_new_is_said_oldest_first() {
        let dated = [
            candidate("c", "C", "2024-01-03T00:00:00+07:00"),
            candidate("b", "B", "2024-01-01T00:00:00+07:00"),
            candidate("a", "A", "2024-01-02T00:00:00+07:00"),
        ];
        assert_eq!(titles(&against(&dated, &[])), ["B", "A", "C"]);
        let undated = [candidate("c", "C", ""), candidate("b", "B", "2024-01-01T00:00:00+07:00"), candidate("a", "A", "")];
        assert_eq!(titles(&against(&undated, &[])), ["A", "B", "C"]);
    }

    #[test]
    fn a_known_article_is_found_at_a_new_address() {
        let list = [candidate("moi/abc-12", "Công an thành phố bắt nhóm trộm xe", "2024-01-02T08:00:00+07:00")];
        let known = [known(7, "abc", "Công an thành phố bắt nhóm trộm xe", "2024-01-02T00:00:00Z")];
        let compared = against(&list, &known);
        assert_eq!((compared.new.len(), compared.addresses), (0, vec![(7, "a.vn/moi/abc-12".to_owned())]));
    }

    #[test]
    fn a_headline_that_comes_again_is_another_article() {
        let title = "Lịch tiếp công dân định kỳ của Giám đốc";
        let list = [candidate("thang-2", title, "2024-02-02T08:00:00+07:00")];
        assert_eq!(against(&list, &[known(7, "thang-1", title, "2024-01-02T00:00:00Z")]).new.len(), 1);
        // Two entries of one list are two articles.
        let list = [candidate("moi", title, "2024-01-02T08:00:00+07:00"), candidate("thang-1", title, "2024-01-02T00:00:00+07:00")];
        assert_eq!(against(&list, &[known(7, "thang-1", title, "2024-01-02T00:00:00Z")]).new.len(), 1);
        let list = [candidate("b", "Thông báo", "")];
        assert_eq!(against(&list, &[known(7, "a", "Thông báo", "2024-01-02T00:00:00Z")]).new.len(), 1);
    }

    #[test]
    fn a_new_headline_over_a_known_article_is_a_correction() {
        let list = [candidate("a", "Bắt 5 người (đã sửa)", "")];
        let compared = against(&list, &[known(7, "a", "Bắt 4 người", "2024-01-02T00:00:00Z")]);
        assert_eq!((compared.new.len(), compared.corrected.len()), (0, 1));
        let cut = [candidate("a", "Công an bắt…", "")];
        let whole = [candidate("a", "Công an bắt 4 người", "")];
        assert_eq!(against(&cut, &[known(7, "a", "Công an bắt 4 người", "2024-01-02T00:00:00Z")]).corrected.len(), 0);
        assert_eq!(against(&whole, &[known(7, "a", "Công an bắt…", "2024-01-02T00:00:00Z")]).corrected.len(), 1);
    }

    #[test]
    fn what_moves_up_from_the_next_page_is_no_news() {
        let list = [
            candidate("new", "Mới", "2024-01-05T00:00:00+07:00"),
            candidate("a", "A", "2024-01-04T00:00:00+07:00"),
            candidate("old", "Cũ", "2024-01-01T00:00:00+07:00"),
            candidate("late", "Đăng bù", "2024-01-06T00:00:00+07:00"),
        ];
        let compared = against(&list, &[known(7, "a", "A", "2024-01-04T00:00:00Z")]);
        let standing: Vec<_> = compared.new.iter().map(|new| (new.candidate.title.as_str(), new.standing)).collect();
        assert_eq!(standing, [("Cũ", Standing::Below), ("Mới", Standing::Above), ("Đăng bù", Standing::Below)]);
        let stood = std::collections::BTreeSet::new();
        let before = Before { began: Some("2024-01-01T00:00:00Z".parse().unwrap()), last_read: None, newest: None, stood: &stood };
        let is_news = |new: &New| before.is_news(&new.candidate, new.candidate.published.as_ref(), new.standing, new.around);
        assert_eq!(compared.new.iter().map(is_news).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn a_menu_does_not_look_like_the_news() {
        let new = |path: &str, published: &str| New {
            candidate: candidate(path, "x", published),
            standing: Standing::Alone,
            around: Around::default(),
        };
        let mut article = article("2024-01-02T00:00:00+07:00");
        assert!(!looks_alike(&[new("gioi-thieu", ""), new("lien-he", "")], &[article.clone()]));
        assert!(looks_alike(&[new("tin/ba-bon.html", ""), new("lien-he", "")][..1], &[article.clone()]));
        assert!(looks_alike(&[new("x", "2024-01-03T00:00:00+07:00")], &[article.clone()]));
        article.url = Url::parse("https://a.vn/mot-hai.html").unwrap();
        assert!(!looks_alike(&[new("gioi-thieu", "")], &[article]));
    }
}
