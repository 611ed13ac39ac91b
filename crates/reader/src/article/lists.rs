//! From an article up to its list: the links of its page that may lead to one, the likeliest first.

use std::collections::HashSet;

use url::Url;

use super::{categories, layout::Layout, metadata::Metadata, rule::Without, title::Titles, words};
use crate::{link, outline::Outline, page::Page, tree};

/// Links right before the headline: a trail without a sign of it, or the name of the section.
const BEFORE: usize = 3;
/// Addresses that are named: each is asked for.
const MOST: usize = 6;

/// Addresses on the site of the article `page` that may be those of its list: the trail to the page, the nearest
/// station first; then sections by the address and links right before the headline; at last the front page.
pub fn lists(page: &Page) -> Vec<Url> {
    let Ok(document) = tree::parse(&page.html) else { return Vec::new() };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let metadata = Metadata::of(&outline, page);
    let layout = Layout::of(&outline);
    let title = words::normal(&Titles::of(&metadata, &layout, None, Without::default()).choose(&metadata).unwrap_or_default());
    let heading = layout.blocks.iter().position(|block| !title.is_empty() && block.normal == title);
    let links: Vec<Option<Url>> = layout.links.iter().map(|href| link::resolve(&metadata.base, href)).collect();

    let mut trail = categories::stations(&metadata, &layout, heading);
    trail.reverse();
    let mut sections: Vec<(usize, &Url)> = links.iter().flatten().filter_map(|url| Some((depth_above(url, &page.url)?, url))).collect();
    sections.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    let before = heading.map(|heading| {
        let above = |at: &usize| layout.starts_before(layout.anchors[*at], layout.blocks[heading].end);
        let is_of_page = |url: &&Url| link::identity(url) != link::identity(&page.url);
        (0..links.len()).rev().filter(above).filter_map(|at| links[at].as_ref()).filter(is_of_page).take(BEFORE).collect::<Vec<_>>()
    });
    let front_page = page.url.join("/").ok();

    let mut seen = HashSet::from([link::identity(&page.url)]);
    let named = trail.into_iter().chain(sections.into_iter().map(|(_, url)| url.clone()));
    let named = named.chain(before.into_iter().flatten().cloned()).filter(|url| !is_front_page(url)).take(4 * MOST);
    let all = named.filter(|url| url.host() == page.url.host() && seen.insert(link::identity(url)));
    let mut lists: Vec<Url> = all.take(MOST - 1).collect();
    lists.extend(front_page.filter(|url| link::identity(url) != link::identity(&page.url)));
    lists
}

fn is_front_page(url: &Url) -> bool {
    url.path().len() <= 1 && url.query().is_none()
}

/// How many steps of the path to `article` are the address of `section`: `/tin/an-ninh.html` is above
/// `/tin/an-ninh/ra-quan-17.html`.
fn depth_above(section: &Url, article: &Url) -> Option<usize> {
    let steps = |url: &Url| -> Vec<String> {
        url.path_segments().into_iter().flatten().filter(|step| !step.is_empty()).map(str::to_owned).collect()
    };
    let (mut own, below) = (steps(section), steps(article));
    if let Some(last) = own.last_mut() {
        let stem = last.rsplit_once('.').map_or(last.as_str(), |(stem, _)| stem).to_owned();
        *last = stem;
    }
    let is_above = section.host() == article.host() && section.query().is_none() && !own.is_empty() && own.len() < below.len();
    (is_above && below.starts_with(&own)).then_some(own.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, html: &str, expected: &[&str]) {
        let page = Page {
            url: Url::parse(address).unwrap(),
            html: format!("<html lang=vi><head><title>Khánh thành cầu dân sinh nối hai xã</title></head><body>{html}</body></html>"),
            fetched_at: jiff::Timestamp::UNIX_EPOCH,
            problems: Vec::new(),
        };
        let lists: Vec<String> = lists(&page).into_iter().map(|url| url[url::Position::BeforePath..].to_owned()).collect();
        assert_eq!(lists, expected, "{html}");
    }

    #[test]
    fn the_list_is_up_the_trail() {
        let heading = "<h1>Khánh thành cầu dân sinh nối hai xã</h1><p>Cầu dài 86 mét, rộng bốn mét.</p><a href=/lien-quan>Xem thêm</a>";
        let trail = "<div class=breadcrumb><a href=/>Trang chủ</a> <a href=/1>Tin tức</a> <a href=/2>An ninh</a></div>";
        check("https://tin.example/x/a.html", &format!("{trail}{heading}"), &["/2", "/1", "/"]);
        // Without a trail the address tells, and what stands before the headline.
        let menu = "<ul><li><a href=/tin-tuc/an-ninh.html>An ninh</a><li><a href=/lien-he>Liên hệ</a></ul>";
        check("https://tin.example/tin-tuc/an-ninh/a-1.html", &format!("{menu}{heading}"), &["/tin-tuc/an-ninh.html", "/lien-he", "/"]);
        check("https://tin.example/a.html", heading, &["/"]);
    }
}
