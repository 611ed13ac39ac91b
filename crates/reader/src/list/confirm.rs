//! Whether what looks like a headline leads to an article: its own page is asked.
//!
//! At a first poll nothing is known, and what stands alike is judged together: a menu has no dates where the list has
//! them, and its pages are not what its entries say. Later only what is not of the known headlines' kind is asked.

use std::collections::HashMap;

use crate::{
    draft::Draft,
    list::{Candidate, Relation, Strategy},
    text,
};

/// Characters of a page's text from which on it may be an article without a date.
const TEXT: usize = 200;
/// Headlines that stand alike from which on they are taken at their word where their pages may not be read.
const MANY: usize = 5;
/// Pages that contradict, from which on others that stand alike are no longer taken at the list's word.
const CONTRADICTING: usize = 2;
/// Characters of a headline that tells its article from a menu's label.
const TELLING: usize = 20;
/// Share of the words of a headline that its page's title must have, or the other way round.
const AGREEMENT: f64 = 0.6;

/// A headline and what its page says.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The headline.
    pub candidate: &'a Candidate,
    /// What became of its page.
    pub page: PageSays<'a>,
    /// The same link stands at the same place on other pages of the site.
    pub is_chrome: bool,
}

/// What became of a headline's page.
#[derive(Debug, Clone, Copy)]
pub enum PageSays<'a> {
    /// It was read.
    Read(&'a Draft),
    /// It exists, but may not be read or is no page: nothing speaks against it.
    Silent,
    /// It was not asked for: others that stand alike speak for it.
    Unasked,
    /// There is no such page.
    Missing,
}

/// What is to become of a headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It leads to an article.
    Article,
    /// It does not, or nothing shows that it does; why, in words.
    NoArticle(&'static str),
}

const NO_DATE: Verdict = Verdict::NoArticle("its page has no date, as those of the others have");
const NO_PAGE: Verdict = Verdict::NoArticle("its page does not exist");
const NO_ARTICLE: Verdict = Verdict::NoArticle("its page is not the article that the headline says");
const CHROME: Verdict = Verdict::NoArticle("it stands on the site's other pages too, as a menu does");
const OTHERS: Verdict = Verdict::NoArticle("the pages of others that stand alike are no articles");
const UNCONFIRMED: Verdict = Verdict::NoArticle("nothing on its page or on the list confirms that it is an article");

/// One verdict for each piece of evidence. `is_dated`: the site's articles are known to have dates.
pub fn confirm(evidence: &[Evidence], is_dated: bool) -> Vec<Verdict> {
    let mut groups: HashMap<(&str, &str), Group> = HashMap::new();
    for evidence in evidence {
        groups.entry(kind(evidence)).or_default().add(evidence);
    }
    let has_dates = is_dated || groups.values().any(Group::is_dated);
    evidence.iter().map(|evidence| judge(evidence, &groups[&kind(evidence)], has_dates)).collect()
}

/// In a layout of tables a menu may stand like a list, but its addresses are not like those of articles.
fn kind<'a>(evidence: &Evidence<'a>) -> (&'a str, &'a str) {
    (&evidence.candidate.sighting.place, &evidence.candidate.sighting.shape)
}

/// Headlines that stand alike, at addresses of one kind.
#[derive(Debug, Default)]
struct Group {
    members: usize,
    /// Their pages were asked for, and could speak.
    asked: usize,
    /// What shows that they are articles has a date.
    proven: usize,
    /// Their pages are what they say, and long enough.
    plausible: usize,
    /// Their pages could not speak, or were not asked.
    silent: usize,
}

impl Group {
    fn add(&mut self, evidence: &Evidence) {
        if evidence.is_chrome {
            return;
        }
        let is_silent = matches!(evidence.page, PageSays::Silent | PageSays::Unasked);
        self.members += 1;
        self.asked += usize::from(!is_silent);
        self.proven += usize::from(is_proven(evidence));
        self.plausible += usize::from(is_plausible(evidence));
        self.silent += usize::from(is_silent);
    }

    /// Most of those that can be judged are articles with a date.
    fn is_dated(&self) -> bool {
        self.proven > 0 && 2 * self.proven >= self.members - self.silent
    }

    /// All pages that were asked contradict.
    fn is_contradicted(&self) -> bool {
        self.asked >= self.members.min(CONTRADICTING) && self.proven == 0 && self.plausible == 0
    }
}

fn judge(evidence: &Evidence, group: &Group, has_dates: bool) -> Verdict {
    let sighting = &evidence.candidate.sighting;
    let is_trusted = sighting.by.iter().any(|strategy| match strategy {
        Strategy::Selectors | Strategy::Feed | Strategy::Sitemap => true,
        // Data that the operator names: an article has a date there, or its text.
        Strategy::Data => evidence.candidate.published.is_some() || matches!(evidence.page, PageSays::Read(page) if !page.text.is_empty()),
        _ => false,
    });
    if is_trusted || sighting.relation == Relation::Known {
        return Verdict::Article;
    }
    // A box of latest news that stands on every page has dates; a menu's page may show one, as a clock.
    if evidence.is_chrome && evidence.candidate.published.is_none() {
        return CHROME;
    }
    if sighting.relation == Relation::Alike {
        return Verdict::Article;
    }
    match evidence.page {
        _ if is_proven(evidence) => Verdict::Article,
        PageSays::Missing => NO_PAGE,
        PageSays::Unasked if group.is_contradicted() => OTHERS,
        PageSays::Unasked if evidence.candidate.published.is_some() => Verdict::Article,
        PageSays::Silent | PageSays::Unasked if group.is_dated() => Verdict::Article,
        PageSays::Silent | PageSays::Unasked if !has_dates && (group.plausible > 0 || group.members >= MANY) => Verdict::Article,
        PageSays::Read(page) if !agrees(evidence.candidate, page) => NO_ARTICLE,
        PageSays::Read(_) if group.is_dated() => Verdict::Article,
        PageSays::Read(_) if has_dates => NO_DATE,
        PageSays::Read(_) if is_plausible(evidence) => Verdict::Article,
        PageSays::Read(_) | PageSays::Silent | PageSays::Unasked => UNCONFIRMED,
    }
}

/// The list or the page says when it was published, and the page is what the headline says: its text, or a document
/// under the same headline. A menu's page shows its label and pictures as well.
fn is_proven(evidence: &Evidence) -> bool {
    let Evidence { candidate, page, .. } = evidence;
    match page {
        PageSays::Read(page) => {
            let is_dated = candidate.published.is_some() || page.published.is_some();
            let is_document = || page.has_document && candidate.title.chars().count() >= TELLING && is_headed(candidate, page);
            is_dated && (!page.text.is_empty() && agrees(candidate, page) || is_document())
        }
        PageSays::Silent => candidate.published.is_some(),
        PageSays::Unasked | PageSays::Missing => false,
    }
}

/// Without any date there is only the page's word, and its length.
fn is_plausible(evidence: &Evidence) -> bool {
    match evidence.page {
        PageSays::Read(page) => page.text.chars().count() >= TEXT && agrees(evidence.candidate, page) && !evidence.is_chrome,
        PageSays::Silent | PageSays::Unasked | PageSays::Missing => false,
    }
}

/// Whether the page's title is the headline, or all of one that the list cut.
fn is_headed(candidate: &Candidate, page: &Draft) -> bool {
    let (listed, own) = (text::fold(&candidate.title), page.title.as_deref().map(text::fold).unwrap_or_default());
    own.contains(text::stem(&listed).unwrap_or(&listed))
}

/// Whether the page's title says what the headline says; a page without a title contradicts nothing.
pub fn agrees(candidate: &Candidate, page: &Draft) -> bool {
    let Some(title) = &page.title else { return !page.text.is_empty() };
    let (listed, own) = (text::fold(&candidate.title), text::fold(title));
    if listed.is_empty() || own.contains(&listed) || listed.contains(&own) {
        return true;
    }
    let (listed, own): (Vec<&str>, Vec<&str>) = (words(&listed).collect(), words(&own).collect());
    let common = listed.iter().filter(|word| own.contains(word)).count();
    common as f64 >= AGREEMENT * listed.len().min(own.len()) as f64
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::{
        list::Sighting,
        time::{Precision, Stamp},
    };

    fn candidate(place: &str, title: &str, relation: Relation) -> Candidate {
        Candidate {
            url: Url::parse("https://a.vn/x").unwrap(),
            title: title.to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: Sighting { by: vec![Strategy::Repetition], place: place.to_owned(), relation, ..Sighting::default() },
        }
    }

    fn stamp() -> Stamp {
        Stamp::parse_rfc3339("2026-07-10T07:29:00+07:00", Precision::Minute).unwrap()
    }

    fn page(title: &str, is_dated: bool) -> Draft {
        let published = is_dated.then(stamp);
        Draft { title: Some(title.to_owned()), text: "Nội dung của trang. ".repeat(20), published, ..Draft::default() }
    }

    /// Headlines as place, relation, title on the list, title and date of the page; the verdicts as `+` and `-`.
    #[track_caller]
    fn check(headlines: &[(&str, Relation, &str, Option<Draft>)], expected: &str) {
        let candidates: Vec<Candidate> = headlines.iter().map(|(place, relation, title, _)| candidate(place, title, *relation)).collect();
        let evidence: Vec<Evidence> = candidates
            .iter()
            .zip(headlines)
            .map(|(candidate, (.., page))| {
                let page = page.as_ref().map_or(PageSays::Missing, PageSays::Read);
                Evidence { candidate, page, is_chrome: false }
            })
            .collect();
        let verdicts: String =
            confirm(&evidence, false).iter().map(|verdict| if *verdict == Verdict::Article { '+' } else { '-' }).collect();
        assert_eq!(verdicts, expected);
    }

    #[test]
    fn a_document_under_the_headline_and_a_date_confirm() {
        let first = Relation::Unchecked;
        let headline = "Thông báo lịch tiêm phòng dại đợt hai";
        let document = |title: &str, is_dated| Some(Draft { text: String::new(), has_document: true, ..page(title, is_dated) });
        let empty = Some(Draft { text: String::new(), ..page(headline, true) });
        check(&[("li", first, headline, document(headline, true))], "+");
        check(&[("li", first, "Thông báo lịch tiêm phòng…", document(headline, true))], "+");
        // A page that is called otherwise, has no date, shows nothing, or is a menu's.
        check(&[("li", first, headline, document("Thông báo lịch tiêm phòng dại cho chó", true))], "-");
        check(&[("li", first, headline, document(headline, false))], "-");
        check(&[("li", first, headline, empty)], "-");
        check(&[("li", first, "Giới thiệu", document("Giới thiệu", true))], "-");
    }

    #[test]
    fn pages_that_were_not_asked_go_with_those_that_were() {
        let dated = |number| Candidate {
            published: Some(stamp()),
            ..candidate("li", &format!("Tin thứ {number} của tuần này"), Relation::Unchecked)
        };
        let candidates: Vec<Candidate> = (0..5).map(dated).collect();
        let (other, own) = (page("Tin hoạt động", true), page("Tin thứ 1 của tuần này", true));
        let check = |pages: &[PageSays], expected: &str| {
            let pages = pages.iter().copied().chain(std::iter::repeat(PageSays::Unasked));
            let evidence: Vec<Evidence> =
                candidates.iter().zip(pages).map(|(candidate, page)| Evidence { candidate, page, is_chrome: false }).collect();
            let verdicts = confirm(&evidence, false);
            let verdicts: String = verdicts.iter().map(|verdict| if *verdict == Verdict::Article { '+' } else { '-' }).collect();
            assert_eq!(verdicts, expected);
        };
        check(&[PageSays::Read(&other), PageSays::Read(&other), PageSays::Read(&other)], "-----");
        check(&[PageSays::Missing, PageSays::Missing], "-----");
        // One of them confirms; or a single page is odd; or none can speak, as where the list links files.
        check(&[PageSays::Read(&other), PageSays::Read(&own), PageSays::Read(&other)], "-+-++");
        check(&[PageSays::Read(&other)], "-++++");
        check(&[PageSays::Silent, PageSays::Silent, PageSays::Silent], "+++++");
        check(&[], "+++++");
    }

    #[test]
    fn a_menu_beside_a_list_of_one_is_found_out() {
        let first = Relation::Unchecked;
        check(
            &[
                ("li", first, "Ra quân bảo đảm trật tự", Some(page("Ra quân bảo đảm trật tự", true))),
                ("nav", first, "Giới thiệu", Some(page("Giới thiệu", false))),
                ("nav", first, "Văn bản", None),
                ("nav", first, "Liên hệ", Some(page("Công an thành phố", false))),
            ],
            "+---",
        );
    }

    #[test]
    fn a_site_without_dates_has_articles_too() {
        let first = Relation::Unchecked;
        let titles = ["Ra quân bảo đảm trật tự", "Khen thưởng ba chiến sĩ", "Tuyên truyền phòng cháy"];
        check(&titles.map(|title| ("li", first, title, Some(page(title, false)))), "+++");
    }

    #[test]
    fn later_only_unrelated_ones_are_asked() {
        check(
            &[
                ("li", Relation::Known, "Ra quân", None),
                ("li", Relation::Alike, "Khen thưởng", None),
                ("h2", Relation::Unrelated, "Chuyện hôm nay ở phường", Some(page("Chuyện hôm nay ở phường", true))),
                ("x", Relation::Unrelated, "Chức năng và nhiệm vụ", Some(page("Chức năng và nhiệm vụ", false))),
            ],
            "+++-",
        );
    }
}
