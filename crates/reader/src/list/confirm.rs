//! Whether what looks like a headline leads to an article: its own page is asked.
//!
//! At a first look nothing is known, and what stands alike is judged together: a menu has no dates where the list has
//! them, and its pages are not what its entries say. Later only what is not of the known headlines' kind is asked.

use std::collections::HashMap;

use crate::{
    article::Draft,
    list::{Candidate, Kinship, Strategy},
    text,
};

/// Characters of a page's text from which on it may be an article without a date.
const TEXT: usize = 200;
/// Headlines that stand alike from which on they are taken at their word where their pages may not be read.
const MANY: usize = 5;
/// Share of the words of a headline that its page's title must have, or the other way round.
const AGREEMENT: f64 = 0.6;

/// A headline and what its page says.
#[derive(Debug, Clone, Copy)]
pub struct Witness<'a> {
    pub candidate: &'a Candidate,
    pub page: Testimony<'a>,
    /// The same link stands at the same place on other pages of the site.
    pub is_furniture: bool,
}

/// What became of a headline's page.
#[derive(Debug, Clone, Copy)]
pub enum Testimony<'a> {
    Read(&'a Draft),
    /// It exists, but may not be read or is no page: nothing speaks against it.
    Silent,
    /// There is no such page.
    Missing,
}

/// What is to become of a headline; a stranger's reason is in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Article,
    Stranger(&'static str),
}

const NO_DATE: Verdict = Verdict::Stranger("its page has no date, as those of the others have");
const NO_PAGE: Verdict = Verdict::Stranger("its page does not exist");
const NO_ARTICLE: Verdict = Verdict::Stranger("its page is not the article that the headline says");
const FURNITURE: Verdict = Verdict::Stranger("it stands on the site's other pages too, as a menu does");
const UNCONFIRMED: Verdict = Verdict::Stranger("nothing on its page or on the list confirms that it is an article");

/// One verdict for each witness. `is_dated`: the site's articles are known to have dates.
pub fn confirm(witnesses: &[Witness], is_dated: bool) -> Vec<Verdict> {
    let mut groups: HashMap<(&str, &str), Group> = HashMap::new();
    for witness in witnesses {
        groups.entry(kind(witness)).or_default().add(witness);
    }
    let has_dates = is_dated || groups.values().any(Group::is_dated);
    witnesses.iter().map(|witness| judge(witness, &groups[&kind(witness)], has_dates)).collect()
}

/// In a layout of tables a menu may stand like a list, but its addresses are not like those of articles.
fn kind<'a>(witness: &Witness<'a>) -> (&'a str, &'a str) {
    (&witness.candidate.sighting.place, &witness.candidate.sighting.shape)
}

/// Headlines that stand alike, at addresses of one kind.
#[derive(Debug, Default)]
struct Group {
    members: usize,
    proven: usize,
    /// Their pages are what they say, and long enough.
    plausible: usize,
    /// Their pages could not speak.
    silent: usize,
}

impl Group {
    fn add(&mut self, witness: &Witness) {
        if witness.is_furniture {
            return;
        }
        self.members += 1;
        self.proven += usize::from(is_proven(witness));
        self.plausible += usize::from(is_plausible(witness));
        self.silent += usize::from(matches!(witness.page, Testimony::Silent));
    }

    /// Most of those that can be judged are articles with a date.
    fn is_dated(&self) -> bool {
        self.proven > 0 && 2 * self.proven >= self.members - self.silent
    }
}

fn judge(witness: &Witness, group: &Group, has_dates: bool) -> Verdict {
    let sighting = &witness.candidate.sighting;
    let is_trusted = sighting.by.iter().any(|strategy| matches!(strategy, Strategy::Selectors | Strategy::Feed | Strategy::Sitemap));
    if is_trusted || sighting.kinship == Kinship::Known {
        return Verdict::Article;
    }
    // A box of latest news that stands on every page has dates; a menu's page may show one, as a clock.
    if witness.is_furniture && witness.candidate.published.is_none() {
        return FURNITURE;
    }
    if sighting.kinship == Kinship::Kin {
        return Verdict::Article;
    }
    match witness.page {
        _ if is_proven(witness) => Verdict::Article,
        Testimony::Missing => NO_PAGE,
        Testimony::Silent if group.is_dated() => Verdict::Article,
        Testimony::Silent if !has_dates && (group.plausible > 0 || group.members >= MANY) => Verdict::Article,
        Testimony::Read(page) if !agrees(witness.candidate, page) => NO_ARTICLE,
        Testimony::Read(_) if group.is_dated() => Verdict::Article,
        Testimony::Read(_) if has_dates => NO_DATE,
        Testimony::Read(_) if is_plausible(witness) => Verdict::Article,
        Testimony::Read(_) | Testimony::Silent => UNCONFIRMED,
    }
}

/// The list or the page says when it was published, and the page is what the headline says.
fn is_proven(witness: &Witness) -> bool {
    let Witness { candidate, page, .. } = witness;
    match page {
        Testimony::Read(page) => {
            let is_dated = candidate.published.is_some() || page.published.is_some();
            is_dated && !page.text.is_empty() && agrees(candidate, page)
        }
        Testimony::Silent => candidate.published.is_some(),
        Testimony::Missing => false,
    }
}

/// Without any date there is only the page's word, and its length.
fn is_plausible(witness: &Witness) -> bool {
    match witness.page {
        Testimony::Read(page) => page.text.chars().count() >= TEXT && agrees(witness.candidate, page) && !witness.is_furniture,
        Testimony::Silent | Testimony::Missing => false,
    }
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

    fn candidate(place: &str, title: &str, kinship: Kinship) -> Candidate {
        Candidate {
            url: Url::parse("https://a.vn/x").unwrap(),
            title: title.to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            sighting: Sighting { by: vec![Strategy::Repetition], place: place.to_owned(), kinship, ..Sighting::default() },
        }
    }

    fn page(title: &str, is_dated: bool) -> Draft {
        let published = if is_dated { Stamp::parse_rfc3339("2026-07-10T07:29:00+07:00", Precision::Minute) } else { None };
        Draft { title: Some(title.to_owned()), text: "Nội dung của trang. ".repeat(20), published, ..Draft::default() }
    }

    /// Headlines as place, kinship, title on the list, title and date of the page; the verdicts as `+` and `-`.
    #[track_caller]
    fn check(headlines: &[(&str, Kinship, &str, Option<Draft>)], expected: &str) {
        let candidates: Vec<Candidate> = headlines.iter().map(|(place, kinship, title, _)| candidate(place, title, *kinship)).collect();
        let witnesses: Vec<Witness> = candidates
            .iter()
            .zip(headlines)
            .map(|(candidate, (.., page))| {
                let page = page.as_ref().map_or(Testimony::Missing, Testimony::Read);
                Witness { candidate, page, is_furniture: false }
            })
            .collect();
        let verdicts: String =
            confirm(&witnesses, false).iter().map(|verdict| if *verdict == Verdict::Article { '+' } else { '-' }).collect();
        assert_eq!(verdicts, expected);
    }

    #[test]
    fn a_menu_beside_a_list_of_one_is_found_out() {
        let first = Kinship::Unasked;
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
        let first = Kinship::Unasked;
        let titles = ["Ra quân bảo đảm trật tự", "Khen thưởng ba chiến sĩ", "Tuyên truyền phòng cháy"];
        check(&titles.map(|title| ("li", first, title, Some(page(title, false)))), "+++");
    }

    #[test]
    fn later_only_strangers_are_asked() {
        check(
            &[
                ("li", Kinship::Known, "Ra quân", None),
                ("li", Kinship::Kin, "Khen thưởng", None),
                ("h2", Kinship::Stranger, "Chuyện hôm nay ở phường", Some(page("Chuyện hôm nay ở phường", true))),
                ("x", Kinship::Stranger, "Chức năng và nhiệm vụ", Some(page("Chức năng và nhiệm vụ", false))),
            ],
            "+++-",
        );
    }
}
