//! Where a page names who wrote it, besides the meta data of its article.

use jiff::Timestamp;

use crate::{
    article::{Context, read},
    page::Page,
};

/// The author of a page with `head` in its head, `above` its text and `below` it.
fn author(head: &str, above: &str, below: &str) -> Option<String> {
    let text = "<p>The council of the town has decided to close the bridge for repairs, and it will be open again to all traffic in the summer.</p>\
                <p>Drivers are asked to take the road along the river, which is longer but has been widened for the purpose this year.</p>";
    let html = format!(
        "<html lang=en><head><title>The bridge is closed for repairs</title>{head}</head><body><div><h1>The bridge is closed for repairs</h1>{above}{text}{below}</div>"
    );
    let url = "https://town.example/news/1".parse().unwrap();
    read(&Page { url, html, fetched_at: Timestamp::UNIX_EPOCH, problems: Vec::new() }, &Context::default()).author
}

fn data(json: &str) -> String {
    format!("<script type=application/ld+json>{json}</script>")
}

#[test]
fn a_label_names_who_wrote_in_its_line_or_in_the_next() {
    for below in ["<p>Author: Anna Schmidt</p>", "<div><b>Von:</b><br><br>Anna Schmidt</div>", "<p>Photo: Bo Xu | Autor: Anna Schmidt</p>"]
    {
        assert_eq!(author("", "", below).as_deref(), Some("Anna Schmidt"), "{below}");
    }
    for label in ["Written by", "Article by", "Author(s)", "Auteur", "Tác giả"] {
        let below = format!("<h3>{label}</h3><div>Anna Schmidt</div><p>She writes about the roads and bridges of the county.</p>");
        assert_eq!(author("", "", &below).as_deref(), Some("Anna Schmidt"), "{below}");
    }
    assert_eq!(author("", "", "<h3>Written by</h3><div>12 readers of this page</div>"), None);
    // Two are those of other stories.
    assert_eq!(author("", "", "<p>Author: Anna Schmidt</p><p>Author: Bo Xu</p>"), None);
}

#[test]
fn structured_data_without_an_article_may_name_the_author_of_the_page() {
    let page = data(r#"{"@graph":[{"@type":"WebPage","author":{"@id":"/a"}},{"@type":"Person","@id":"/a","name":"Anna Schmidt"}]}"#);
    assert_eq!(author(&page, "", "").as_deref(), Some("Anna Schmidt"));
    let person = data(r#"{"@graph":[{"@type":"WebPage"},{"@type":"Person","name":"Anna Schmidt"}]}"#);
    assert_eq!(author(&person, "", "").as_deref(), Some("Anna Schmidt"));
    let people = data(r#"[{"@type":"Person","name":"Anna Schmidt"},{"@type":"Person","name":"Bo Xu"}]"#);
    assert_eq!(author(&people, "", ""), None);
}

#[test]
fn an_account_is_spelled_as_the_page_spells_its_name() {
    let article = data(r#"{"@type":"NewsArticle","headline":"The bridge is closed for repairs","author":{"name":"annaschmidt"}}"#);
    let byline = "<div class=byline><a href=/authors/anna-schmidt>Anna Schmidt</a></div>";
    assert_eq!(author(&article, byline, "").as_deref(), Some("Anna Schmidt"));
    assert_eq!(author(&article, "", "").as_deref(), Some("annaschmidt"));
}

#[test]
fn a_line_of_its_own_names_who_wrote_wherever_it_stands() {
    for (above, below) in
        [("", "<p>von Anna Schmidt</p>"), ("<p>ByAnna Schmidt</p>", ""), ("<p>03/01/2017 by Anna Schmidt, Member of the Board</p>", "")]
    {
        assert_eq!(author("", above, below).as_deref(), Some("Anna Schmidt"), "{above}{below}");
    }
}

#[test]
fn readers_know_the_owner_of_an_account_by_name() {
    let article = data(r#"{"@type":"NewsArticle","headline":"The bridge is closed for repairs","author":{"name":"b.xu"}}"#);
    let meta = "<meta name=author content=b.xu>";
    let byline = "<div class=byline>Anna Schmidt</div>";
    assert_eq!(author(&(article + meta), byline, "").as_deref(), Some("Anna Schmidt"));
    assert_eq!(author(meta, byline, "").as_deref(), Some("Anna Schmidt"));
}

#[test]
fn what_is_no_name_names_nobody() {
    for author_meta in ["page.head.extra.author", "262588213843476", "Jun 2 Written By"] {
        assert_eq!(author(&format!("<meta name=author content='{author_meta}'>"), "", ""), None, "{author_meta}");
    }
}

#[test]
fn what_stands_where_a_byline_may_stand_does_not_hide_one() {
    let boxes = "<div class=author-box>2026</div><div class=author-rating>4.5</div><div class=author-name>Anna Schmidt</div>";
    assert_eq!(author("", boxes, "").as_deref(), Some("Anna Schmidt"));
    // More people than one can name are better than the publisher.
    let members = "<div class=byline>The members of the choir of the town</div>";
    assert_eq!(author("<meta name=author content=town.example>", members, "").as_deref(), Some("The members of the choir of the town"));
}

#[test]
fn a_desk_wrote_what_nobody_signed() {
    let byline = |name: &str| format!("<div class=byline>by <span class=author>{name}</span></div>");
    assert_eq!(author("", &byline("Staff"), "").as_deref(), Some("Staff"));
    assert_eq!(author("", &byline("admin"), ""), None);
    assert_eq!(author("", &byline("Author"), ""), None);
}

#[test]
fn structured_data_and_metas_have_room_for_one_of_several() {
    let article = data(r#"{"@type":"NewsArticle","headline":"The bridge is closed for repairs","author":{"name":"Anna Schmidt"}}"#);
    let meta = "<meta name=author content='Anna Schmidt'>";
    for head in [article.as_str(), meta] {
        let author = |line: &str| author(head, line, "");
        let all = author("<p>Written by <a href=/a>Dr Anna Schmidt</a>, Bo Xu and Carla van der Berg</p>");
        assert_eq!(all.as_deref(), Some("Dr Anna Schmidt, Bo Xu, Carla van der Berg"), "{head}");
        for line in ["<p>By Anna Schmidt | Senior Writer</p>", "<p>By Bo Xu and Carla Berg</p>", "<p>Anna Schmidt, 7 min read</p>"] {
            assert_eq!(author(line).as_deref(), Some("Anna Schmidt"), "{line}");
        }
    }
    assert_eq!(author("", "<p>Cost Factors, Budget Planning</p>", ""), None);
}

#[test]
fn who_says_something_of_a_story_has_not_written_it() {
    let below = "<div class=comments><p><span itemprop=author>Bo Xu</span> says</p><p>What a pity that it is closed.</p></div>";
    assert_eq!(author("", "", below), None);
    let review = data(r#"{"@type":"Product","review":{"@type":"Review","author":{"@type":"Person","name":"Bo Xu"},"reviewBody":"Good"}}"#);
    assert_eq!(author(&review, "", ""), None);
    let meta = "<meta name=author content='Anna Schmidt'>";
    assert_eq!(author(&(review + meta), "", "").as_deref(), Some("Anna Schmidt"));
}

#[test]
fn each_tag_of_a_citation_names_one_person() {
    let tags = "<meta name=citation_author content='Schmidt, Anna B.'><meta name=citation_author content='Xu, Bo'>";
    assert_eq!(author(tags, "", "").as_deref(), Some("Anna B. Schmidt, Bo Xu"));
}

#[test]
fn a_label_names_all_in_the_list_below_it() {
    let list = |label: &str| format!("<h6>{label}</h6><ul><li><a href=/a>Anna Schmidt</a></li><li><a href=/b>Bo Xu</a></li></ul>");
    assert_eq!(author("", "", &list("Author(s)")).as_deref(), Some("Anna Schmidt, Bo Xu"));
    assert_eq!(author("", "", &list("Visitors")), None);
}

#[test]
fn a_line_below_the_headline_names_an_account_or_who_holds_an_office() {
    let below = |line: &str| author("", line, "");
    assert_eq!(below("<p>by anna_schmidt</p>").as_deref(), Some("anna_schmidt"));
    assert_eq!(below("<p>by admin</p>"), None);
    assert_eq!(below("<p>Anna Schmidt | Senior Writer | July 2, 2025</p>").as_deref(), Some("Anna Schmidt"));
    assert_eq!(below("<p>Town Hall | July 2, 2025</p>"), None);
    let office = "<p>03/01/2017 by Anna Schmidt, Representative of the Members to the Committee of the Council</p>";
    assert_eq!(below(office).as_deref(), Some("Anna Schmidt"));
}

#[test]
fn a_byline_is_parted_where_its_blocks_end() {
    let byline = "<div class=byline-box><div>Anna Schmidt</div><div>Tuesday, 18 November 2025</div><div>7 min read</div></div>";
    assert_eq!(author("", byline, "").as_deref(), Some("Anna Schmidt"));
}

#[test]
fn data_written_as_a_string_are_data() {
    let author_of = |value: &str| {
        let json = format!(r#"{{"@type":"NewsArticle","headline":"The bridge is closed for repairs","author":{value}}}"#);
        author(&data(&json), "", "")
    };
    assert_eq!(author_of(r#""{\"@type\":\"Person\",\"name\":\"Anna Schmidt\"}""#).as_deref(), Some("Anna Schmidt"));
    assert_eq!(author_of(r#"{"name":["Anna Schmidt","Bo Xu"]}"#).as_deref(), Some("Anna Schmidt, Bo Xu"));
}
