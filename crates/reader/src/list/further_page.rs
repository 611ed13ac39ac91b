//! The page on which a list goes on: as its pager links it, or as the page says of itself (`rel=next`).
//!
//! Only links of the page are taken, none is made up. Whether it is the same list that goes on there, its headlines
//! say.

use url::Url;

use crate::{
    link::{self, named_page, numbers_apart, page_number},
    outline::Outline,
    page::Page,
    text, tree,
};

/// Links that are looked at.
const MAX_LINKS: usize = 3_000;
/// Longest text of a link to a page, in words: "Trang tiếp theo".
const LONGEST_LABEL: usize = 3;
/// What a link to the next page says, folded.
const NEXT: &[&str] = &[
    ">",
    ">>",
    "»",
    "›",
    "→",
    "next",
    "next page",
    "older posts",
    "sau",
    "tiep",
    "tiep theo",
    "trang sau",
    "trang tiep",
    "trang tiep theo",
    "ke tiep",
    "tin cu hon",
    "bai cu hon",
];

/// A link that may lead to a further page.
struct Link<'o> {
    label: String,
    target: &'o Url,
    is_next: bool,
}

/// The page with this number of the list that begins at `first`, as `page` links to it: the one before it, mostly.
pub fn further_page(page: &Page, first: &Url, number: u32) -> Option<Url> {
    let document = tree::parse(&page.html).ok()?;
    let outline = Outline::of(&document, &page.url, page.html.len());
    let is_elsewhere =
        |target: &Url| link::identity(target) != link::identity(first) && link::identity(target) != link::identity(&page.url);
    let links: Vec<Link> = outline
        .anchors
        .iter()
        .take(MAX_LINKS)
        .filter(|anchor| !outline.attribute(**anchor, "href").unwrap_or_default().contains('#'))
        .filter_map(|anchor| Some((*anchor, outline.target(*anchor).filter(|target| is_of_site(first, target) && is_elsewhere(target))?)))
        .map(|(anchor, target)| Link {
            label: text::fold(&outline.text_of(anchor)),
            target,
            is_next: outline.has_word(anchor, "rel", |word| word.eq_ignore_ascii_case("next")),
        })
        .filter(|link| link.label.split_whitespace().count() <= LONGEST_LABEL)
        .collect();
    let pager = Pager { links: &links, page: &page.url, first, number };
    let head = outline.named.related("next").and_then(|href| link::resolve(&outline.base, &href));
    let head = head.filter(|target| is_of_site(first, target) && is_elsewhere(target) && pager.goes_on(target));
    let numbered = || pager.best(|link| is_number(&link.label, number));
    let next = || pager.best(|link| link.is_next || NEXT.contains(&link.label.as_str()));
    // "Xem thêm": it says nothing, and its address does.
    let told = || links.iter().find(|link| pager.is_number_of_first(link.target)).map(|link| link.target.clone());
    numbered().or(head).or_else(next).or_else(told)
}

struct Pager<'o> {
    links: &'o [Link<'o>],
    page: &'o Url,
    first: &'o Url,
    number: u32,
}

impl Pager<'_> {
    /// Of the links that are meant, one whose address goes on from that of the first page, or else one that says its
    /// number.
    fn best(&self, is_meant: impl Fn(&Link) -> bool) -> Option<Url> {
        let meant = || self.links.iter().filter(|link| is_meant(link));
        let of_first = meant().find(|link| self.is_number_of_first(link.target));
        let of_first =
            of_first.or_else(|| meant().find(|link| page_number(self.first, link.target).is_some_and(|page| self.is_it(page.which))));
        of_first.or_else(|| meant().find(|link| self.goes_on(link.target))).map(|link| link.target.clone())
    }

    fn is_it(&self, which: &str) -> bool {
        which.parse() == Ok(self.number)
    }

    fn is_number_of_first(&self, target: &Url) -> bool {
        page_number(self.first, target).is_some_and(|page| page.named && self.is_it(page.which))
    }

    /// Whether an address may be that of the page: it says the number, or is the list's own with another number among
    /// its parameters, as pagers count from nothing (`page=1`), or headlines (`start=10`).
    fn goes_on(&self, target: &Url) -> bool {
        if page_number(self.first, target).is_some_and(|page| self.is_it(page.which)) || named_page(target) == Some(self.number) {
            return true;
        }
        let is_own = |of: &Url| of.path().trim_end_matches('/') == target.path().trim_end_matches('/');
        let counts_on = |of: &Url| numbers_apart(of, target).is_some_and(|(before, after)| after > before);
        (is_own(self.page) || is_own(self.first)) && (counts_on(self.page) || adds_a_number(self.first, target))
    }
}

fn is_number(label: &str, number: u32) -> bool {
    label.split_whitespace().count() <= 2 && label.split_whitespace().next_back().is_some_and(|word| word.parse() == Ok(number))
}

/// Whether an address has one parameter more, and that is a number.
fn adds_a_number(first: &Url, target: &Url) -> bool {
    let before: Vec<_> = first.query_pairs().collect();
    let added: Vec<_> = target.query_pairs().filter(|pair| !before.contains(pair)).collect();
    let numbers =
        added.iter().filter(|(_, value)| !value.is_empty() && value.len() <= 6 && value.bytes().all(|byte| byte.is_ascii_digit()));
    let is_kept = before.iter().all(|pair| target.query_pairs().any(|kept| kept == *pair));
    // Liferay names the portlet and its state besides.
    is_kept && numbers.count() == 1
}

fn is_of_site(first: &Url, target: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    host(first) == host(target) && first.port() == target.port()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &str, at: &str, number: u32, html: &str, expected: Option<&str>) {
        let url = |text: &str| Url::parse("https://catp.vn").unwrap().join(text).unwrap();
        let page = Page { url: url(at), html: html.to_owned(), fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
        let found = further_page(&page, &url(first), number);
        assert_eq!(found.map(|url| url[url::Position::BeforePath..].to_owned()).as_deref(), expected, "{html}");
    }

    #[test]
    fn a_pager_leads_to_the_next_page_of_its_list() {
        let cases = [
            ("/tin", "<a href='/tin?page=2'>2</a><a href='/tin?page=3'>3</a>", Some("/tin?page=2")),
            ("/tin.html", "<a href='/tin.html?p=2'>Trang 2</a>", Some("/tin.html?p=2")),
            ("/tin", "<b>1</b><a href=/tin/trang-2.html>2</a>", Some("/tin/trang-2.html")),
            ("/tin/", "<a href=/tin/page/2/>Older posts</a>", Some("/tin/page/2/")),
            ("/tin.html", "<a href=/tin-p2.html>»</a>", Some("/tin-p2.html")),
            ("/tin", "<link rel=next href='/tin?page=2'>", Some("/tin?page=2")),
            ("/tin", "<a rel=next href='/tin?trang=2'><img src=x.png></a>", Some("/tin?trang=2")),
            ("/", "<a href='/tin-tuc?page=2'>2</a>", Some("/tin-tuc?page=2")),
            // From nothing, by headlines, and with what a portlet needs.
            ("/tin", "<a href='/tin?page=1'>2</a><a href='/tin?page=2'>3</a>", Some("/tin?page=1")),
            ("/tin", "<a href='/tin?start=10'>2</a><a href='/tin?start=20'>3</a>", Some("/tin?start=10")),
            (
                "/web/tin",
                "<a href='/web/tin?p_p_id=x_INSTANCE_a&_x_delta=20x&_x_cur=2'>Tiếp theo</a>",
                Some("/web/tin?p_p_id=x_INSTANCE_a&_x_delta=20x&_x_cur=2"),
            ),
            ("/tin", "<a href='/tin?trang=2'>Xem thêm tin</a>", Some("/tin?trang=2")),
        ];
        for (first, html, expected) in cases {
            check(first, first, 2, html, expected);
        }
        check(
            "/tin",
            "/tin?start=10",
            3,
            "<a href='/tin'>1</a><a href='/tin?start=20'>3</a><a href='/tin?start=20'>Sau</a>",
            Some("/tin?start=20"),
        );
        check("/", "/tin?page=2", 3, "<a href='/tin?page=1'>1</a><a href='/tin?page=3'>3</a>", Some("/tin?page=3"));
        check("/tin", "/tin?page=2", 3, "<a href='/tin?page=1'>«</a>", None);
    }

    #[test]
    fn what_is_no_pager_leads_nowhere() {
        let cases = [
            // A calendar, another list, another site, comments, an article.
            "<a href=/lich/2026/11/02>2</a><a href=/lich/2026/11/03>3</a>",
            "<a href='/the-thao?trang=2'>Xem thêm</a>",
            "<a href='https://khac.vn/tin?page=2'>2</a>",
            "<a href='/tin#page=2'>2</a>",
            "<a href=/tin/bai-2.html>Bài 2</a>",
            "<link rel=next href=/tin/bai-viet-sau.html>",
            "<a href=/tin/xe-moi-2.html>Sau</a>",
            "<a href='/tin?nam=2025'>Năm 2025</a>",
        ];
        for html in cases {
            check("/tin", "/tin", 2, html, None);
        }
    }
}
