//! Pages made to be dear: none takes more steps than a page of its size may.

use std::cell::Cell;

use url::Url;

use super::*;
use crate::{article, list, page::Page};

thread_local! {
    static SPENT: Cell<usize> = const { Cell::new(0) };
}

/// Steps that this thread asked for.
pub(super) fn count(steps: usize) {
    SPENT.with(|spent| spent.set(spent.get().saturating_add(steps)));
}

#[test]
fn what_is_spent_is_gone() {
    let budget = Budget::of(1_000);
    assert!(budget.spend(10) && budget.problem().is_none());
    assert!(!budget.affords(usize::MAX, 0) && budget.affords(1_000, 1_000) && budget.problem().is_some());
    assert!(!budget.spend(usize::MAX) && !budget.spend(1));
    assert!(budget.problem().is_some());
    // It is counted apart.
    assert!(budget.spend_bytes(1_000));
}

#[test]
fn a_line_has_an_end() {
    assert_eq!(line("  Tin \n  hay ", LINE), "Tin hay");
    assert_eq!(line(&"ữ".repeat(5_000), LINE).len(), LINE - 1);
    assert_eq!(line(&format!("Tin{}hay", " ".repeat(2_000)), LINE), "Tin hay");
}

/// Reads the page both ways; gives the article, and what was said of either.
#[track_caller]
fn check(name: &str, html: &str, most: usize) -> (article::Draft, Vec<String>) {
    let url = Url::parse("https://bao.example/tin/a-123.html").unwrap();
    let page = Page { url, html: html.to_owned(), fetched_at: "2026-11-24T04:30:00Z".parse().unwrap(), problems: Vec::new() };
    SPENT.with(|spent| spent.set(0));
    let found = list::explain(&list::Settings::default(), &page, &list::Context::default());
    let draft = article::read(&page, &article::Context::default());
    let spent = SPENT.with(Cell::get);
    assert!(spent <= most, "{name}: {spent} steps, at most {most} are expected");
    let problems = [found.problems, draft.problems.clone()].concat();
    (draft, problems)
}

const BODY: &str = "<h1>Tin hay trong ngày hôm nay</h1><p>Chiều 14-3, xã Suối Mây tổ chức lễ ra mắt tổ bảo vệ an ninh ở thôn Trung, có hơn hai trăm hộ dân.</p>\
    <p>Qua ba tháng vận động, bà con đã đóng góp hơn bốn trăm triệu đồng để lắp sáu mươi mắt camera tại các trục đường chính.</p>";

#[test]
fn a_title_of_any_length_costs_a_line() {
    let long = "Tin | ".repeat(32_000);
    let quoted = long.replace('|', "-");
    for (name, head) in [
        ("title", format!("<title>{long}</title><meta property=og:title content='Tin hay'>")),
        ("unclosed title", format!("<title>{long}")),
        ("og:title", format!("<meta property=og:title content='{long}'><title>Tin hay</title>")),
        (
            "headline",
            format!(
                "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"{quoted}\"}}</script><title>{long}</title>"
            ),
        ),
        ("description", format!("<meta name=description content='{long}'>")),
        ("heading", format!("<title>Tin hay trong ngày</title><h1>{long}</h1>")),
    ] {
        let (draft, _) = check(name, &format!("<html><head>{head}</head><body>{BODY}"), 1_000_000);
        assert!(draft.title.is_none_or(|title| title.len() <= LINE), "{name}");
    }
}

#[test]
fn what_there_is_much_of_is_not_compared_with_everything() {
    let many = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let people = many(4_000, &|n| format!("{{\"@id\":\"#{n}\"}},"));
    let graph = format!(
        "<script type=application/ld+json>{{\"@graph\":[{{\"@type\":\"NewsArticle\",\"headline\":\"Tin hay\",\"author\":[{people}{{}}]}},{{\"@id\":\"#1\",\"name\":\"Lan\"}}]}}</script>"
    );
    let pages = [
        ("anchors of one text", many(4_000, &|n| format!("<a href=/tin-{n}>Tin hay trong ngày hôm nay</a> "))),
        ("links home", many(4_000, &|_| "<div><a href=/>Trang chủ</a></div>".to_owned())),
        ("stamps", many(4_000, &|n| format!("<time>{}/{}/2024 12:30</time> ", n % 28 + 1, n % 12 + 1))),
        ("stamps in one item", format!("<li>{}</li>", many(4_000, &|_| "<time datetime=2024-01-02></time>".to_owned()))),
        ("open dates", many(4_000, &|n| format!("<p>{}/{}/2024, {}/2/2024</p>", n % 12 + 1, n % 11 + 1, n % 12 + 1))),
        ("tables", many(2_000, &|n| format!("<table><tr><td>{n}</td><td>một</td></tr><tr><td>hai</td><td>ba</td></tr></table>"))),
        ("captions", many(2_000, &|n| format!("<img src=/{n}.jpg width=600><h6>Chú thích ảnh số {n} của bài</h6>"))),
        ("items in items", many(2_000, &|_| "<div itemscope itemtype=https://schema.org/NewsArticle>".to_owned() + "</div>")),
        ("bylines", many(2_000, &|n| format!("<p align=right>MINH HÀ</p><div>một hai ba bốn năm sáu bảy tám {n}</div>"))),
        ("deep lists", many(80, &|_| "<ul><li>".to_owned()) + &many(3_000, &|n| format!("<h3>Mục {n}</h3><p>Tin {n}</p>"))),
        ("people who refer to each other", graph),
        (
            "a base that makes all links long",
            format!("<base href=https://bao.example/{}/>", "x".repeat(3_000)) + &many(4_000, &|n| format!("<a href={n}>{n}</a>")),
        ),
    ];
    for (name, more) in pages {
        let html = format!("<html lang=vi><head><title>Tin hay trong ngày hôm nay</title></head><body>{BODY}{more}");
        let most = STEPS + STEPS_A_BYTE * html.len() as u64;
        let (draft, _) = check(name, &html, 2 * most as usize);
        assert!(draft.title.is_some(), "{name}");
    }
}

#[test]
fn a_page_beyond_its_budget_is_read_in_part_and_says_so() {
    let links: String = (0..20_000).map(|n| format!("<a href={n}>{n}</a> ")).collect();
    let html = format!("<base href=https://bao.example/{}/><body>{BODY}<p>{links}", "x".repeat(3_000));
    let (draft, problems) = check("long base", &html, usize::MAX);
    assert!(draft.title.is_some() && (draft.html.len() as u64) < 2 * (BYTES + BYTES_A_BYTE * html.len() as u64));
    assert!(problems.iter().any(|problem| problem.starts_with("the page costs more to read")), "{problems:?}");
}
