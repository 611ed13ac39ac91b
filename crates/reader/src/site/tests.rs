//! What is counted of a site, what is forgotten, and how it is written down.

use super::*;

fn page(address: &str, title: &str, texts: &[&str]) -> PagePrints {
    let mut page_prints = PagePrints { address: address.to_owned(), title: title.to_owned(), ..PagePrints::default() };
    for said in texts {
        page_prints.add_text(Fingerprint::of_text(said), said);
    }
    page_prints
}

fn times(site: &Site, page: &PagePrints, text: &str) -> u32 {
    site.besides(&page.address, &page.title).with_text(Fingerprint::of_text(text))
}

#[test]
fn a_page_is_compared_with_others_alone() {
    let mut site = Site::default();
    let first = page("a.vn/1", "một", &["box", "own"]);
    site.learn(&first);
    site.learn(&page("a.vn/2", "hai", &["box"]));
    // Read again, under a corrected headline, and as the mobile page of the same article.
    site.learn(&page("a.vn/1", "một, sửa", &["box", "own"]));
    site.learn(&page("m.a.vn/2", "hai", &["box", "own"]));
    assert_eq!((site.pages(), site.besides(&first.address, &first.title).pages()), (2, 1));
    assert_eq!((times(&site, &first, "box"), times(&site, &first, "own")), (1, 1));
    let third = page("a.vn/3", "", &[]);
    assert_eq!((site.besides(&third.address, "").pages(), times(&site, &third, "box")), (2, 2));
    assert_eq!(site.repeated(), [("box", 2), ("own", 2)]);
}

#[test]
fn old_pages_give_way_and_take_along_what_they_alone_showed() {
    let mut site = Site::default();
    for number in 0..100 {
        let own = format!("text {number}");
        let era = if number < 50 { "before the rebuild" } else { "after it" };
        site.learn(&page(&format!("a.vn/{number}"), "", &[&own, era]));
    }
    let next = page("a.vn/next", "", &[]);
    assert_eq!(site.pages(), 32);
    assert_eq!((times(&site, &next, "after it"), times(&site, &next, "before the rebuild")), (32, 0));
    assert_eq!((times(&site, &next, "text 99"), times(&site, &next, "text 90")), (1, 0));
    assert_eq!(site.texts.len(), 1 + FRESH);
}

#[test]
fn what_is_kept_is_bounded() {
    let mut site = Site::default();
    for number in 0..40 {
        let own: Vec<String> = (0..5_000).map(|at| format!("{number} {at}")).chain(["the end".to_owned()]).collect();
        site.learn(&page(&format!("a.vn/{number}"), "", &own.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    assert_eq!(site.texts.len(), MAX_KEPT);
    assert_eq!(times(&site, &page("a.vn/next", "", &[]), "the end"), 32);
}

#[test]
fn a_menu_is_known_by_its_place() {
    let url = |path: &str| Fingerprint::of_address(&Url::parse("https://a.vn").unwrap().join(path).unwrap());
    let menu = Fingerprint::of_path(["li", "ul", "nav"].into_iter());
    let text = Fingerprint::of_path(["p", "div"].into_iter());
    let mut site = Site::default();
    for number in 0..3 {
        let links = vec![Link { target: url("/tin"), path: menu }, Link { target: url(&format!("/tin/{}", number % 2)), path: text }];
        site.learn(&PagePrints { links, ..page(&number.to_string(), "", &["text"]) });
    }
    assert_eq!(site.pages_with(url("https://www.a.vn/tin/?utm_source=x"), menu), 3);
    assert_eq!((site.pages_with(url("/tin/0"), text), site.pages_with(url("/tin"), text)), (2, 0));
}

#[test]
fn it_is_written_down_and_read_back() {
    let mut site = Site::default();
    for number in 0..2 {
        let mut page = page(&format!("a.vn/{number}"), "", &["tải ứng dụng"]);
        page.pictures.push(Fingerprint::of_text("picture"));
        page.links.push(Link { target: Fingerprint::of_text("x"), path: Fingerprint::of_text("y") });
        site.learn(&page);
    }
    let written = serde_json::to_string(&site).unwrap();
    insta::assert_snapshot!(written, @r#"{"known":[{"address":"a.vn/0","title":"","learned":1},{"address":"a.vn/1","title":"","learned":2}],"texts":{"13811c0ed56febcc":{"pages":3,"begins":"tải ứng dụng"}},"pictures":{"394c70f620b483e9":3},"links":{"af63f54c86021707af63f44c86021554":3}}"#);
    assert_eq!(serde_json::from_str::<Site>(&written).unwrap(), site);
    assert!(serde_json::from_str::<Site>(&written.replace("\"known\"", "\"unknown\"")).is_err());
}
