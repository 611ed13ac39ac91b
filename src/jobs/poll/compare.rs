//! Which headlines of a list are new, which are known, and which were corrected. Pure.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::{
    article::{Article, Candidate},
    link,
    store::Known,
    text,
};

/// A folded headline shorter than this ("thong bao") may stand over many articles.
const TELLING_TITLE: usize = 20;
/// The same headline further apart than this is another article: "Lịch tiếp công dân" comes every month.
const SAME_STORY: SignedDuration = SignedDuration::from_hours(72);

/// A list, compared with what is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compared {
    /// In the order in which they are to be said: oldest first.
    pub new: Vec<New>,
    /// Known articles under another headline than before.
    pub corrected: Vec<(Candidate, Known)>,
    /// Known articles at a further address.
    pub addresses: Vec<(i64, String)>,
    /// How many of the list are known.
    pub known: usize,
    /// When the oldest of them was published.
    pub oldest: Option<Timestamp>,
}

/// A headline that was not seen before.
#[derive(Debug, Clone, PartialEq)]
pub struct New {
    pub candidate: Candidate,
    /// It moved up from the next page because something above it was taken away: recorded, but no news.
    pub is_old: bool,
    /// No known headline stands above it.
    pub is_top: bool,
}

/// Compares the candidates of a list, in the order of the page, with the articles that may be among them.
pub fn compare(candidates: &[Candidate], known: &[Known], list: &Url) -> Compared {
    let mut compared = Compared::default();
    let list = link::identity(list);
    let keys: Vec<_> = candidates.iter().map(|candidate| link::identity(&candidate.url)).collect();
    let matches: Vec<Option<&Known>> = candidates.iter().zip(&keys).map(|(candidate, key)| find(candidate, key, &keys, known)).collect();
    let last_known = matches.iter().rposition(Option::is_some);
    let first_known = matches.iter().position(Option::is_some);
    compared.oldest = matches.iter().flatten().map(|known| known.shown_at).min();
    let oldest_known = candidates
        .iter()
        .zip(&matches)
        .filter(|(_, found)| found.is_some())
        .filter_map(|(candidate, _)| candidate.published.as_ref())
        .map(|stamp| stamp.at.timestamp())
        .min();
    let mut seen = std::collections::HashSet::new();
    for (index, ((candidate, key), found)) in candidates.iter().zip(&keys).zip(&matches).enumerate() {
        if *key == list || !seen.insert(key.as_str()) {
            continue;
        }
        match found {
            None => {
                let below = last_known.is_some_and(|last| index > last);
                let newer = matches!((&candidate.published, oldest_known), (Some(stamp), Some(oldest)) if stamp.at.timestamp() > oldest);
                let is_top = first_known.is_none_or(|first| index < first);
                compared.new.push(New { candidate: candidate.clone(), is_old: below && !newer, is_top });
            }
            Some(known) => {
                compared.known += 1;
                if !known.addresses.contains(key) {
                    compared.addresses.push((known.article, key.clone()));
                }
                if known.listed_title != candidate.title {
                    compared.corrected.push((candidate.clone(), (*known).clone()));
                }
            }
        }
    }
    order(&mut compared.new);
    compared
}

/// The article that a candidate is: by its address, or by its headline at a new address.
fn find<'a>(candidate: &Candidate, key: &String, keys: &[String], known: &'a [Known]) -> Option<&'a Known> {
    let by_address = known.iter().find(|known| known.addresses.contains(key));
    by_address.or_else(|| {
        let folded = text::fold(&candidate.title);
        let is_telling = folded.chars().count() >= TELLING_TITLE;
        known.iter().rev().find(|known| {
            let is_near =
                candidate.published.as_ref().is_none_or(|stamp| stamp.at.timestamp().duration_since(known.shown_at).abs() <= SAME_STORY);
            // Two entries of one list are two articles, whatever they are called.
            let stands_elsewhere = known.addresses.iter().any(|address| keys.contains(address));
            is_telling && is_near && known.folded_title == folded && !stands_elsewhere
        })
    })
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
mod tests {
    use super::*;
    use crate::time::{Precision, Stamp};

    fn candidate(path: &str, title: &str, published: &str) -> Candidate {
        Candidate {
            url: Url::parse(&format!("https://a.vn/{path}")).unwrap(),
            title: title.to_owned(),
            published: Stamp::parse_rfc3339(published, Precision::Minute),
            summary: None,
            image: None,
            author: None,
            sighting: crate::article::Sighting::default(),
        }
    }

    fn known(article: i64, path: &str, title: &str, shown: &str) -> Known {
        Known {
            article,
            addresses: vec![format!("a.vn/{path}")],
            listed_title: title.to_owned(),
            folded_title: text::fold(title),
            shown_at: shown.parse().unwrap(),
        }
    }

    fn against(candidates: &[Candidate], known: &[Known]) -> Compared {
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
        let old: Vec<_> = compared.new.iter().map(|new| (new.candidate.title.as_str(), new.is_old)).collect();
        assert_eq!(old, [("Cũ", true), ("Mới", false), ("Đăng bù", false)]);
    }

    #[test]
    fn a_menu_does_not_look_like_the_news() {
        let new = |path: &str, published: &str| New { candidate: candidate(path, "x", published), is_old: false, is_top: true };
        let mut article = crate::article::Article {
            id: 1,
            feed: "a".parse().unwrap(),
            uid: String::new(),
            url: Url::parse("https://a.vn/tin/mot-hai.html").unwrap(),
            title: String::new(),
            summary: None,
            text: String::new(),
            html: String::new(),
            author: None,
            published: Stamp::parse_rfc3339("2024-01-02T00:00:00+07:00", Precision::Day),
            image: None,
            language: None,
            categories: Vec::new(),
            first_seen: jiff::Timestamp::UNIX_EPOCH,
            changed: jiff::Timestamp::UNIX_EPOCH,
        };
        assert!(!looks_alike(&[new("gioi-thieu", ""), new("lien-he", "")], &[article.clone()]));
        assert!(looks_alike(&[new("tin/ba-bon.html", ""), new("lien-he", "")][..1], &[article.clone()]));
        assert!(looks_alike(&[new("x", "2024-01-03T00:00:00+07:00")], &[article.clone()]));
        article.url = Url::parse("https://a.vn/mot-hai.html").unwrap();
        assert!(!looks_alike(&[new("gioi-thieu", "")], &[article]));
    }
}
