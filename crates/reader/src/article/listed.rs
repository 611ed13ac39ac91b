//! The headline that the list gave, found again on the page of its article.
//!
//! A page shows much that looks like a headline: names of its site and section, titles of boxes. Where one of its
//! elements says word for word what the list called the article, that is the headline, whatever the rest of the page
//! calls itself.

use url::Url;

use super::{features::ends_sentence, headings, layout::Layout, words};
use crate::{
    budget::Budget,
    discovery::{Candidate, Strategy},
    link,
    pattern::Pattern,
    text, time,
};

/// Words of a headline that tells its article from menus: those stand as trails and titles on the pages that they lead
/// to.
const WORDS: usize = 4;
/// The same in characters, for scripts that do not part words.
const LENGTH: usize = 20;
/// Most words of a headline that the list cut.
const LONGEST: usize = 45;
/// Most words before a headline that name it: `Trích yếu:`.
const LABEL: usize = 4;
/// Bytes of a stamp behind a headline, and letters among them: `07h30`.
const STAMP: usize = 40;
const STAMP_LETTERS: usize = 3;
/// Parts of a title that are put together again.
const PARTS: usize = 12;

/// What the list calls the article.
pub struct Listed<'a> {
    headline: &'a str,
    /// Its words; those of its beginning where the list cut it.
    normal: String,
    is_cut: bool,
    /// The operator's selectors say that it is the headline.
    pub is_selected: bool,
    /// Identities of the addresses at which the page is known.
    addresses: Vec<String>,
    base: &'a Url,
}

/// Where the page says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As the page spells it; the whole of what the list cut.
    pub text: String,
    /// The block in which it stands, where it is a line of the page and not of its head.
    pub block: Option<usize>,
}

impl<'a> Listed<'a> {
    /// `own` are addresses of the page besides the one on the list.
    pub fn of(candidate: &'a Candidate, own: &[Option<&Url>], base: &'a Url) -> Self {
        let stem = text::stem(&candidate.title);
        let addresses = own.iter().copied().flatten().chain([&candidate.url]).filter(|url| url.has_host());
        Self {
            headline: &candidate.title,
            normal: words::normal(stem.unwrap_or(&candidate.title)),
            is_cut: stem.is_some(),
            is_selected: candidate.sighting.by.contains(&Strategy::Selectors),
            addresses: addresses.map(link::identity).collect(),
            base,
        }
    }

    /// As the list has it.
    pub fn headline(&self) -> &str {
        self.headline
    }

    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether `title` says the same; of a headline that the list cut, all of it.
    pub fn is(&self, title: &str) -> bool {
        let is_whole = !self.is_cut || text::stem(title).is_none();
        is_whole && self.is_normal(&words::normal(title))
    }

    fn is_normal(&self, normal: &str) -> bool {
        !self.normal.is_empty() && if self.is_cut { normal.starts_with(&self.normal) } else { normal == self.normal }
    }

    /// Where it is the whole text of an element, or of a line, that is no link to another page and stands in no menu
    /// and no box beside the article; the highest heading before all others.
    pub fn shown(&self, layout: &Layout) -> Option<Shown> {
        if self.normal.split(' ').count() < WORDS && self.normal.chars().count() < LENGTH {
            return None;
        }
        let lines: Vec<Shown> = (0..layout.blocks.len()).filter_map(|block| self.line(layout, block)).collect();
        let rank = |shown: &&Shown| shown.block.map_or(0, |block| headings::rank(layout, block));
        // A box of the newest may link to the page on which it stands, and set its headlines as headings too.
        let is_unlinked = |shown: &&Shown| shown.block.is_some_and(|block| layout.blocks[block].links == 0);
        // The first of equals.
        let highest = |among: &dyn Fn(&&Shown) -> bool| lines.iter().rev().filter(|shown| rank(shown) > 0 && among(shown)).max_by_key(rank);
        let heading = highest(&is_unlinked).or_else(|| highest(&|_| true));
        let unlinked = || lines.iter().find(is_unlinked);
        heading.or_else(unlinked).or(lines.first()).cloned().or_else(|| self.within_a_line(layout))
    }

    fn line(&self, layout: &Layout, at: usize) -> Option<Shown> {
        let block = &layout.blocks[at];
        if !block.normal.contains(&self.normal) {
            return None;
        }
        let labelled = block.text.split_once(':').filter(|(label, _)| words::words(label).count() <= LABEL).map(|(_, rest)| rest.trim());
        // A stamp behind the headline says nothing of it, but what the list cut may well end with it.
        let forms = if self.is_cut {
            [without_stamp(&block.text), Some(block.text.as_str()), labelled]
        } else {
            [Some(block.text.as_str()), without_stamp(&block.text), labelled]
        };
        let text = forms.into_iter().flatten().find(|form| self.fits(form))?;
        self.is_told_in(layout, at).then(|| Shown { text: text.to_owned(), block: Some(at) })
    }

    /// An element inside a line: `<span class=title>…</span> (24/11/2026)`.
    fn within_a_line(&self, layout: &Layout) -> Option<Shown> {
        let shortest = self.normal.len();
        let mut long_enough = (0..layout.elements.len()).filter(|at| layout.text_length(*at) >= shortest);
        long_enough.find_map(|at| {
            let place = layout.block_at(at);
            let block = layout.blocks.get(place)?;
            let is_inside = layout.text_length(at) <= 2 * block.text.len() && block.normal.contains(&self.normal);
            if !is_inside || !layout.budget.spend(block.text.len()) || !self.is_told_in(layout, place) {
                return None;
            }
            let text = layout.text_of(at);
            self.fits(&text).then_some(Shown { text, block: Some(place) })
        })
    }

    fn fits(&self, text: &str) -> bool {
        let is_headline = !self.is_cut || words::words(text).count() <= LONGEST && !ends_sentence(text);
        is_headline && self.is(text)
    }

    /// Whether a line is said of this page, and not of one that it links to.
    fn is_told_in(&self, layout: &Layout, at: usize) -> bool {
        let block = &layout.blocks[at];
        let mut links = block.pieces.iter().filter_map(|piece| piece.link);
        links.all(|link| self.leads_here(&layout.links[link])) && !headings::is_heading_beside(layout, at)
    }

    fn leads_here(&self, href: &str) -> bool {
        let href = href.trim();
        let is_script = href.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"));
        let is_here = || link::resolve(self.base, href).is_some_and(|url| self.addresses.contains(&link::identity(&url)));
        href.is_empty() || href.starts_with('#') || is_script || is_here()
    }

    /// The part of `title` that is the headline, without names of the site before and after it.
    pub fn part_of(&self, title: &str, budget: &Budget) -> Option<String> {
        static CUT: Pattern = Pattern::new(r"\s*[|ㅣ»«•·>/]+\s*|\s*[–—:-]+\s+");
        let cuts: Vec<(usize, usize)> = CUT.regex().find_iter(title).take(PARTS).map(|cut| (cut.start(), cut.end())).collect();
        let begins: Vec<usize> = [0].into_iter().chain(cuts.iter().map(|cut| cut.1)).collect();
        let ends: Vec<usize> = cuts.iter().map(|cut| cut.0).chain([title.len()]).collect();
        let runs = begins.iter().enumerate().flat_map(|(at, begin)| ends[at..].iter().map(|end| &title[*begin..*end]));
        runs.take_while(|run| budget.spend(run.len())).find(|run| self.is(run)).map(|run| run.trim().to_owned())
    }
}

/// A line without the stamp at its end, if it has one: `(24/11/2026 08:07)`, `| 24/11/2026`.
fn without_stamp(line: &str) -> Option<&str> {
    let is_letter = |ch: &char| ch.is_alphabetic();
    let is_stamp = |tail: &str| tail.len() <= STAMP && tail.chars().filter(is_letter).count() <= STAMP_LETTERS && time::is_dated(tail);
    let cuts =
        line.char_indices().filter(|(at, ch)| matches!(ch, '(' | '[' | '|') || matches!(ch, '-' | '–') && line[..*at].ends_with(' '));
    cuts.map(|(at, _)| line.split_at(at)).find(|(_, tail)| is_stamp(tail)).map(|(head, _)| head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::layout::seen, discovery::Sighting};

    /// What `html` shows of `headline`.
    fn shown(headline: &str, html: &str) -> Option<String> {
        let (url, base) = (Url::parse("https://a.vn/tin/12").unwrap(), Url::parse("https://a.vn/").unwrap());
        let candidate = Candidate {
            url,
            title: headline.to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: Sighting::default(),
        };
        Listed::of(&candidate, &[], &base).shown(&seen(html)).map(|shown| shown.text)
    }

    #[test]
    fn the_headline_is_found_in_whatever_element_it_stands() {
        let headline = "Ra quân làm sạch bờ kè sông Lệ";
        for html in [
            "<h3>Tin xã</h3><h4>Ra quân làm sạch bờ kè sông Lệ</h4>",
            "<table><tr><td>RA QUÂN LÀM SẠCH BỜ KÈ SÔNG LỆ<td>x</table>",
            "<p><span>Ra quân làm sạch bờ kè sông Lệ</span> <i>(24/11/2026)</i>",
            "<div>Ra quân làm sạch bờ kè  sông Lệ<br>24/11/2026</div>",
            "<div>Ra quân làm sạch bờ kè sông Lệ (24/11/2026 - 07h30)</div>",
            "<div class='card related-card'><h1 class=card-title>Ra quân làm sạch bờ kè sông Lệ</h1></div>",
            "<p>Trích yếu: Ra quân làm sạch bờ kè sông Lệ",
            "<h2><a href='/tin/12'>Ra quân làm sạch bờ kè sông Lệ</a></h2>",
            "<h2><a href='javascript:void(0)'>“Ra quân” làm sạch bờ kè sông Lệ</a></h2>",
        ] {
            let found = shown(headline, html).unwrap_or_default();
            assert_eq!(words::normal(&found), words::normal(headline), "{html}");
        }
    }

    #[test]
    fn what_is_said_of_other_pages_is_not_said_of_this_one() {
        let headline = "Ra quân làm sạch bờ kè sông Lệ";
        for html in [
            "<h2><a href='/tin/13'>Ra quân làm sạch bờ kè sông Lệ</a></h2>",
            "<aside><h3>Ra quân làm sạch bờ kè sông Lệ</h3></aside>",
            "<div class=related-news><p>Ra quân làm sạch bờ kè sông Lệ</p></div>",
            "<p>Sáng nay xã đã ra quân làm sạch bờ kè sông Lệ.",
            "<h1>Ra quân làm sạch bờ kè sông Lệ lần hai</h1>",
        ] {
            assert_eq!(shown(headline, html), None, "{html}");
        }
        // A menu's words stand on the page that it leads to.
        assert_eq!(shown("Giới thiệu", "<h1>Giới thiệu</h1>"), None);
    }

    #[test]
    fn what_the_list_cut_is_made_whole() {
        let headline = "Ra quân làm sạch bờ kè…";
        let cases = [
            ("<h1>Ra quân làm sạch bờ kè sông Lệ</h1>", Some("Ra quân làm sạch bờ kè sông Lệ")),
            (
                "<p>Ra quân làm sạch bờ kè sông Lệ là việc làm thường xuyên của xã.<h2>Ra quân làm sạch bờ kè sông Lệ</h2>",
                Some("Ra quân làm sạch bờ kè sông Lệ"),
            ),
            ("<h1>Ra quân làm sạch bờ...</h1>", None),
            ("<h1>Ra quân làm sạch đường</h1>", None),
        ];
        for (html, expected) in cases {
            assert_eq!(shown(headline, html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn a_title_is_parted_from_the_names_around_the_headline() {
        let base = Url::parse("https://a.vn/").unwrap();
        let candidate = |title: &str| Candidate {
            url: base.clone(),
            title: title.to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: Sighting::default(),
        };
        let part =
            |headline: &str, title: &str| Listed::of(&candidate(headline), &[], &base).part_of(title, &Budget::of(0)).unwrap_or_default();
        assert_eq!(part("Khai mạc hội xuân", "Khai mạc hội xuân - Tin hoạt động - Cổng thông tin"), "Khai mạc hội xuân");
        assert_eq!(part("Khai mạc hội xuân", "Cổng thông tin > Tin > Khai mạc hội xuân"), "Khai mạc hội xuân");
        assert_eq!(part("Hội xuân - ngày đầu", "Xã Bắc | Hội xuân - ngày đầu | Tin"), "Hội xuân - ngày đầu");
        assert_eq!(part("Khai mạc hội…", "Khai mạc hội xuân 2026 - Tin hoạt động"), "Khai mạc hội xuân 2026");
        assert_eq!(part("Khai mạc hội xuân", "Khai mạc hội xuân ở xã - Tin"), "");
    }
}
