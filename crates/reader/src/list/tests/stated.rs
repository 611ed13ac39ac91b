//! What a page and the documents beside it say in data.

use url::Url;

use super::{check, line, page};
use crate::list::Context;
use crate::list::Discovery;
use crate::list::Origin;
use crate::list::Settings;
use crate::list::Strategy;
use crate::list::discover;
use crate::list::wanted;
use crate::page::Page;

#[test]
fn what_a_page_says_of_itself_is_the_list_where_it_shows_none() {
    let discovery = list!("linked-data-only");
    let first = &discovery.candidates[0];
    assert_eq!(first.sighting.by, [Strategy::LinkedData]);
    assert_eq!((first.author.as_deref(), first.image.as_ref().map(Url::path)), (Some("Thanh Hà"), Some("/anh/0.jpg")));
    let discovery = list!("next-data");
    let first = &discovery.candidates[0];
    assert_eq!((&first.sighting.by, first.sighting.dated), (&vec![Strategy::State], Some(Origin::Stated(Strategy::State))));
    assert_eq!(first.image.as_ref().unwrap().as_str(), "https://cdn.example.net/0.webp");
    assert!(first.summary.as_ref().unwrap().starts_with("Phần tóm tắt của bài thứ 1"), "{first:?}");
}

#[test]
fn data_may_come_in_pieces() {
    let page = include_str!("../../../tests/pages/lists/next-data.html");
    let (before, rest) = page.split_once("<script id=").unwrap();
    let (data, after) = rest.split_once('>').unwrap().1.split_once("</script>").unwrap();
    let row = format!("7:T4,a\nb:8:[\"$\",\"$L2\",null,{data}]\n");
    let row: Vec<char> = row.chars().collect();
    let pieces = row.chunks(97).map(|piece| serde_json::to_string(&piece.iter().collect::<String>()).unwrap());
    let scripts: String = pieces.map(|piece| format!("<script>self.__next_f.push([1,{piece}])</script>")).collect();
    check(&format!("{before}{scripts}{after}"), include_str!("../../../tests/pages/lists/next-data.txt"));
}

/// The page of `own-feed` is read with the feed that it names.
fn with_its_feed(html: &str) -> Discovery {
    let page = page("https://bao.example.vn/phuong", html);
    let wanted = wanted(&Settings::default(), &page);
    let addresses: Vec<&str> = wanted.iter().map(|wanted| wanted.url.as_str()).collect();
    assert_eq!(addresses, ["https://bao.example.vn/phuong/rss"]);
    let feed =
        Page { url: wanted[0].url.clone(), html: include_str!("../../../tests/pages/lists/own-feed.rss").to_owned(), ..page.clone() };
    discover(&Settings::default(), &page, &Context { documents: vec![feed], ..Context::default() })
}

#[test]
fn the_sites_feed_tells_more_of_what_the_page_shows_and_adds_nothing() {
    let discovery = with_its_feed(include_str!("../../../tests/pages/lists/own-feed.html"));
    let found: String = discovery.candidates.iter().map(line).collect();
    let (_, expected) = include_str!("../../../tests/pages/lists/own-feed.txt").split_once('\n').unwrap();
    assert_eq!((found.as_str(), discovery.problems), (expected, vec![]));
    let sightings = discovery.candidates.iter().map(|candidate| &candidate.sighting);
    assert!(sightings.clone().all(|sighting| sighting.by == [Strategy::Feed, Strategy::Repetition] && sighting.certainty > 0.8));
}

#[test]
fn a_page_that_shows_nothing_is_known_by_its_feed() {
    let discovery = with_its_feed("<head><link rel='alternate' type='application/rss+xml' href='/phuong/rss'></head><div id=app></div>");
    assert_eq!(discovery.candidates.len(), 6);
    assert_eq!(discovery.candidates[0].sighting.by, [Strategy::Feed]);
}

#[test]
fn a_feed_at_the_address_itself_is_the_list() {
    let feed = page("https://bao.example.vn/phuong/rss", include_str!("../../../tests/pages/lists/own-feed.rss"));
    let as_feed = serde_json::from_str(r#"{"feed": {}}"#).unwrap();
    for settings in [Settings::default(), as_feed] {
        let discovery = discover(&settings, &feed, &Context::default());
        assert_eq!((discovery.candidates.len(), discovery.problems), (6, vec![]));
    }
    let as_sitemap = serde_json::from_str(r#"{"sitemap": {}}"#).unwrap();
    let problems = discover(&as_sitemap, &feed, &Context::default()).problems;
    assert_eq!(problems, ["expected a sitemap at `https://bao.example.vn/phuong/rss`, found a feed"]);
}

#[test]
fn short_titles_that_the_sites_feed_names_are_headlines() {
    let titles = ["Lịch tiếp công dân", "Thông báo", "Tuyển sinh lớp 10", "Lịch cắt điện tuần này"];
    let address = |at: usize| format!("/tin/thong-tin-47{at}");
    let links: String = titles.iter().enumerate().map(|(at, title)| format!("<li><a href={}>{title}</a>", address(at))).collect();
    let items: String =
        titles.iter().enumerate().map(|(at, title)| format!("<item><title>{title}</title><link>{}</link></item>", address(at))).collect();
    let list = page("https://bao.example.vn/phuong", &format!("<h1>Thông tin</h1><ul>{links}</ul>"));
    let feed = Page {
        html: format!("<rss version='2.0'><channel><title>Tin</title>{items}</channel></rss>"),
        ..page("https://bao.example.vn/rss", "")
    };
    let found = |documents| discover(&Settings::default(), &list, &Context { documents, ..Context::default() }).candidates.len();
    assert_eq!((found(vec![]), found(vec![feed])), (0, 4));
}
