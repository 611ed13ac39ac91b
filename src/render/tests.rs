//! Articles as hostile and as plain as they come, through every format and back.

use jiff::{Timestamp, ZonedDateTime};
use loa_reader::{
    draft::Attachment,
    list::{self, Presentation},
    page::Page,
    time::{Precision, Stamp},
};

use super::*;
use crate::article::KnownFile;

fn about() -> About {
    About {
        id: "danang-police".into(),
        title: "Công an thành phố Đà Nẵng".into(),
        portal: "https://catp.danang.gov.vn/".parse().unwrap(),
        public: "https://loa.example/tin/".parse().unwrap(),
        language: Some("vi".into()),
        body: Body::Full,
        presentation: Presentation::default(),
    }
}

fn stamp(text: &str, precision: Precision) -> Option<Stamp> {
    Some(Stamp { at: format!("{text}+07:00[Asia/Ho_Chi_Minh]").parse::<ZonedDateTime>().unwrap(), precision })
}

fn seen(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn article(id: i64, title: &str) -> Article {
    Article {
        id,
        feed: "danang-police".parse().unwrap(),
        uid: format!("tag:loa.example,2024:danang-police/{id}"),
        url: format!("https://catp.danang.gov.vn/tin/{id}?a=1&b=2").parse().unwrap(),
        title: title.into(),
        summary: Some("Tóm tắt: A & B, \"ngoặc\" và <i>thẻ</i>.".into()),
        text: "Đoạn một.\n\nĐoạn hai.".into(),
        html: "<p>Đoạn <b>một</b> &amp; hai.</p><p><a href=\"https://a.vn/?x=1&amp;y=2\">liên kết</a></p>".into(),
        author: Some("Trần Thị Bê, PV".into()),
        published: stamp("2024-01-18T07:29", Precision::Minute),
        image: Some("https://catp.danang.gov.vn/anh/1.jpg?w=1&h=2".parse().unwrap()),
        language: Some("vi_VN".into()),
        categories: vec!["An ninh & trật tự".into(), "An ninh & trật tự".into(), " ".into()],
        attachments: vec![],
        files: vec![],
        first_seen: seen("2024-01-18T01:00:00.123Z"),
        changed: seen("2024-01-18T01:00:00.123Z"),
    }
}

fn attachment(url: &str, title: &str, media_type: &str) -> Attachment {
    Attachment { url: url.parse().unwrap(), title: title.into(), media_type: media_type.into(), duration: None }
}

/// One of everything that has broken a feed somewhere.
pub fn hostile() -> Vec<Article> {
    let bare = |id, title: &str| Article {
        summary: None,
        text: String::new(),
        html: String::new(),
        author: None,
        image: None,
        language: None,
        categories: vec![],
        ..article(id, title)
    };
    vec![
        Article {
            changed: seen("2024-02-01T00:00:00Z"), ..article(9, "Cảnh báo: A & B \"ngoặc kép\" 'đơn' <b>đậm</b> &amp; &lt;x&gt;")
        },
        Article { html: "<p>x ]]> y <!-- z --></p><pre>a\r\nb</pre>".into(), ..article(8, "Kết thúc ]]> giữa chừng") },
        Article {
            author: Some("Bạn đọc—ban@doc.vn—gửi".into()), ..article(7, "N\0U\u{1}L \u{202e}và\u{2066} hướng\u{ffff} \u{1b}[31mđỏ")
        },
        Article { html: "<p>a\0b\u{202e}c\u{2028}d\u{85}e</p>".into(), ..article(6, "De\u{302}\u{301} phân rã 😀") },
        Article { published: None, ..article(5, "Không ngày") },
        Article { published: stamp("2024-01-17T00:00", Precision::Day), ..article(4, "Chỉ có ngày") },
        Article {
            image: Some("https://a.vn/anh.ashx?id=1".parse().unwrap()),
            attachments: vec![attachment("https://a.vn/tai?id=1&f=qd.pdf", "Quyết định <số> 1 & 2 \u{1}", "application/pdf")],
            ..article(3, "Ảnh không tên")
        },
        bare(2, "Không có gì"),
        Article { text: format!("{}.", "lời ".repeat(200).trim()), ..bare(1, " \u{200b}\n") },
    ]
}

fn documents(about: &About, articles: &[Article]) -> Vec<String> {
    render(about, articles, &Format::ALL).unwrap().into_iter().map(|document| String::from_utf8(document.bytes.to_vec()).unwrap()).collect()
}

#[test]
fn whatever_is_in_an_article_each_format_says_the_same() {
    for body in [Body::Full, Body::Summary] {
        let documents = documents(&About { body, ..about() }, &hostile());
        let mut readings = documents.iter().map(|document| {
            let feed = feed_rs::parser::parse(document.as_bytes()).unwrap();
            let title = feed.title.unwrap().content;
            let entries = feed.entries.into_iter();
            let entries = entries.map(|entry| {
                // Each format has its own idea of where a mail address in an author belongs.
                let author = entry.authors.first().and_then(|author| author.name.clone());
                let author = author.map(|name| name.split('—').next().unwrap().to_owned());
                let categories: Vec<_> = entry.categories.into_iter().map(|category| category.term).collect();
                (entry.id, entry.title.unwrap().content, entry.published, author, categories)
            });
            (title, entries.collect::<Vec<_>>())
        });
        let first = readings.next().unwrap();
        assert_eq!(first.1.len(), hostile().len());
        for other in readings {
            assert_eq!(first, other);
        }
    }
}

#[test]
fn no_document_has_a_character_that_breaks_readers() {
    for document in documents(&about(), &hostile()) {
        let bad = document.chars().find(|&ch| {
            (ch.is_control() && !matches!(ch, '\n' | '\t'))
                || matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}' | '\u{ffff}')
        });
        assert_eq!(bad, None);
    }
}

#[test]
fn titles_stay_words() {
    let documents = documents(&about(), &hostile());
    let titles: Vec<_> = documents
        .iter()
        .map(|document| {
            let feed = feed_rs::parser::parse(document.as_bytes()).unwrap();
            feed.entries.into_iter().map(|entry| entry.title.unwrap().content).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        titles[0],
        [
            "Cảnh báo: A & B \"ngoặc kép\" 'đơn' <b>đậm</b> &amp; &lt;x&gt;",
            "Kết thúc ]]> giữa chừng",
            "NUL và hướng [31mđỏ",
            "Dế phân rã 😀",
            "Không ngày",
            "Chỉ có ngày",
            "Ảnh không tên",
            "Không có gì",
            &loa_reader::text::cut(&format!("{}.", "lời ".repeat(200).trim()), 300),
        ]
    );
}

/// Pieces that mean something to one of the formats or parsers, in every order.
#[test]
fn no_mixture_of_words_makes_a_feed_unreadable() {
    const PIECES: &[&str] = &[
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<?",
        "&",
        "&amp;",
        "&#0;",
        "&#x202e;",
        "\"",
        "'",
        "\0",
        "\r",
        "\n\n",
        "\t",
        " ",
        "\u{a0}",
        "\u{3000}",
        "\u{200b}",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\u{fffe}",
        "\u{10ffff}",
        "\u{301}",
        "e",
        "ễ",
        "—",
        "😀",
        "a@b.vn",
        "mailto:",
        "<[(",
        ")",
        "{",
        "}",
        "\\u0000",
        ",",
        "1",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    let mut words = || (0..random.usize(0..12)).map(|_| random.choice(PIECES).copied().unwrap()).collect::<String>();
    for _ in 0..300 {
        let articles: Vec<_> = (0..3)
            .map(|id| Article {
                summary: Some(words()),
                text: words(),
                html: words(),
                author: Some(words()),
                language: Some(words()),
                categories: vec![words(), words()],
                ..article(id, &words())
            })
            .collect();
        for body in [Body::Full, Body::Summary] {
            let about = About { title: words(), language: Some(words()), body, ..about() };
            render(&about, &articles, &Format::ALL).unwrap();
        }
    }
}

#[test]
fn an_rss_item_says_everything() {
    let articles = [Article { html: "<p>a ]]> b</p>".into(), ..article(1, "A & B <b>") }];
    insta::assert_snapshot!(lines(&documents(&about(), &articles)[0]), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
    <channel>
    <title>Công an thành phố Đà Nẵng</title>
    <link>https://catp.danang.gov.vn/</link>
    <description>Tin mới trên catp.danang.gov.vn</description>
    <language>vi</language>
    <lastBuildDate>Thu, 18 Jan 2024 01:00:00 +0000</lastBuildDate>
    <generator>Loa</generator>
    <atom:link href="https://loa.example/tin/feeds/danang-police.rss" rel="self" type="application/rss+xml">
    </atom:link>
    <item>
    <title>A &amp; B &lt;b&gt;</title>
    <link>https://catp.danang.gov.vn/tin/1?a=1&amp;b=2</link>
    <description>
    <![CDATA[Tóm tắt: A &amp; B, &quot;ngoặc&quot; và &lt;i&gt;thẻ&lt;/i&gt;.]]>
    </description>
    <category>An ninh &amp; trật tự</category>
    <enclosure url="https://catp.danang.gov.vn/anh/1.jpg?w=1&amp;h=2" length="0" type="image/jpeg"/>
    <guid isPermaLink="false">tag:loa.example,2024:danang-police/1</guid>
    <pubDate>Thu, 18 Jan 2024 07:29:00 +0700</pubDate>
    <content:encoded>
    <![CDATA[<p>a ]]]]>
    <![CDATA[> b</p>]]>
    </content:encoded>
    <media:content medium="image" type="image/jpeg" url="https://catp.danang.gov.vn/anh/1.jpg?w=1&amp;h=2">
    </media:content>
    <dc:creator>Trần Thị Bê, PV</dc:creator>
    </item>
    </channel>
    </rss>
    "#);
}

#[test]
fn an_atom_entry_says_everything() {
    let articles = [Article { changed: seen("2024-01-20T00:00:00.9Z"), ..article(1, "A & B <b>") }];
    insta::assert_snapshot!(lines(&documents(&about(), &articles)[1]), @r#"
    <?xml version="1.0"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
    <title>Công an thành phố Đà Nẵng</title>
    <id>https://loa.example/tin/feeds/danang-police.atom</id>
    <updated>2024-01-20T00:00:00+00:00</updated>
    <author>
    <name>Công an thành phố Đà Nẵng</name>
    </author>
    <generator>Loa</generator>
    <link href="https://loa.example/tin/feeds/danang-police.atom" rel="self" type="application/atom+xml"/>
    <link href="https://catp.danang.gov.vn/" rel="alternate" type="text/html"/>
    <subtitle>Tin mới trên catp.danang.gov.vn</subtitle>
    <entry>
    <title>A &amp; B &lt;b&gt;</title>
    <id>tag:loa.example,2024:danang-police/1</id>
    <updated>2024-01-20T00:00:00+00:00</updated>
    <author>
    <name>Trần Thị Bê, PV</name>
    </author>
    <category term="An ninh &amp; trật tự"/>
    <link href="https://catp.danang.gov.vn/tin/1?a=1&amp;b=2" rel="alternate" type="text/html"/>
    <link href="https://catp.danang.gov.vn/anh/1.jpg?w=1&amp;h=2" rel="enclosure" type="image/jpeg"/>
    <published>2024-01-18T07:29:00+07:00</published>
    <summary>Tóm tắt: A &amp; B, &quot;ngoặc&quot; và &lt;i&gt;thẻ&lt;/i&gt;.</summary>
    <content xml:lang="vi-VN" type="html">&lt;p&gt;Đoạn &lt;b&gt;một&lt;/b&gt; &amp;amp; hai.&lt;/p&gt;&lt;p&gt;&lt;a href=&quot;https://a.vn/?x=1&amp;amp;y=2&quot;&gt;liên kết&lt;/a&gt;&lt;/p&gt;</content>
    </entry>
    </feed>
    "#);
}

#[test]
fn a_json_item_says_everything() {
    let json: serde_json::Value = serde_json::from_str(&documents(&about(), &[article(1, "A & B <b>")])[2]).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap(), @r#"
    {
      "description": "Tin mới trên catp.danang.gov.vn",
      "feed_url": "https://loa.example/tin/feeds/danang-police.json",
      "home_page_url": "https://catp.danang.gov.vn/",
      "items": [
        {
          "attachments": [
            {
              "mime_type": "image/jpeg",
              "url": "https://catp.danang.gov.vn/anh/1.jpg?w=1&h=2"
            }
          ],
          "authors": [
            {
              "name": "Trần Thị Bê, PV"
            }
          ],
          "content_html": "<p>Đoạn <b>một</b> &amp; hai.</p><p><a href=\"https://a.vn/?x=1&amp;y=2\">liên kết</a></p>",
          "date_published": "2024-01-18T07:29:00+07:00",
          "id": "tag:loa.example,2024:danang-police/1",
          "image": "https://catp.danang.gov.vn/anh/1.jpg?w=1&h=2",
          "language": "vi-VN",
          "summary": "Tóm tắt: A & B, \"ngoặc\" và <i>thẻ</i>.",
          "tags": [
            "An ninh & trật tự"
          ],
          "title": "A & B <b>",
          "url": "https://catp.danang.gov.vn/tin/1?a=1&b=2"
        }
      ],
      "language": "vi",
      "title": "Công an thành phố Đà Nẵng",
      "version": "https://jsonfeed.org/version/1.1"
    }
    "#);
}

#[test]
fn a_summary_keeps_the_text_to_itself() {
    let unled = Article { summary: None, ..article(2, "Không tóm tắt") };
    for document in documents(&About { body: Body::Summary, ..about() }, &[article(1, "Một"), unled]) {
        assert!(document.contains("Tóm tắt"), "{document}");
        assert!(document.contains("Đoạn một."), "{document}");
        assert!(!document.contains("Đoạn hai") && !document.contains("liên kết"), "{document}");
    }
}

#[test]
fn an_article_without_a_date_shows_when_it_was_first_seen() {
    let [rss, atom, json] = documents(&about(), &[Article { published: None, ..article(1, "Một") }]).try_into().unwrap();
    assert!(rss.contains("<pubDate>Thu, 18 Jan 2024 01:00:00 +0000</pubDate>"), "{rss}");
    assert!(atom.contains("<published>2024-01-18T01:00:00+00:00</published>"), "{atom}");
    assert!(json.contains(r#""date_published":"2024-01-18T01:00:00+00:00""#), "{json}");
}

#[test]
fn an_empty_feed_is_a_feed() {
    for document in render(&about(), &[], &Format::ALL).unwrap() {
        assert_eq!(document.changed, None);
        assert_eq!(feed_rs::parser::parse(&document.bytes[..]).unwrap().title.unwrap().content, about().title);
    }
}

#[test]
fn the_language_is_the_one_that_all_articles_share() {
    let silent = About { language: None, ..about() };
    let shared = documents(&silent, &[article(1, "Một"), article(2, "Hai")]);
    assert!(shared[0].contains("<language>vi-VN</language>"), "{}", shared[0]);
    let mixed = documents(&silent, &[article(1, "Một"), Article { language: Some("en".into()), ..article(2, "Two") }]);
    assert!(!mixed[0].contains("<language>"), "{}", mixed[0]);
}

#[test]
fn a_document_changed_when_its_newest_article_did() {
    let newest = render(&about(), &hostile(), &Format::ALL).unwrap();
    assert!(newest.iter().all(|document| document.changed == Some(seen("2024-02-01T00:00:00Z"))));
    assert_eq!(newest, render(&about(), &hostile(), &Format::ALL).unwrap());
}

#[test]
fn what_does_not_read_back_is_no_document() {
    let mut entries: Vec<_> = hostile().iter().map(|article| Entry::new(article, Body::Full)).collect();
    let bytes = super::rss::write(&about(), &entries, None).unwrap();
    assert_eq!(read_back::compare(&bytes, &entries), Ok(()));
    entries[0].title = "Khác".into();
    insta::assert_snapshot!(read_back::compare(&bytes, &entries).unwrap_err(), @r#"expected the title of `tag:loa.example,2024:danang-police/9` to be "Khác", found "Cảnh báo: A & B \"ngoặc kép\" 'đơn' <b>đậm</b> &amp; &lt;x&gt;""#);
    entries.pop();
    insta::assert_snapshot!(read_back::compare(&bytes, &entries).unwrap_err(), @"expected 8 items, found 9");
    insta::assert_snapshot!(read_back::compare(&bytes[..bytes.len() / 2], &entries).unwrap_err(), @"unable to parse XML: Parser error: syntax error: tag not closed: `>` not found before end of input");
}

#[test]
fn the_list_of_feeds_can_be_taken_over() {
    let other = About { id: "b".into(), title: "B & \"C\"".into(), language: None, ..about() };
    let document = opml("Loa <1>", &[about(), other]);
    insta::assert_snapshot!(String::from_utf8(document.bytes.to_vec()).unwrap(), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <opml version="2.0">
      <head>
        <title>Loa &lt;1&gt;</title>
      </head>
      <body>
        <outline type="rss" text="Công an thành phố Đà Nẵng" title="Công an thành phố Đà Nẵng" xmlUrl="https://loa.example/tin/feeds/danang-police.rss" htmlUrl="https://catp.danang.gov.vn/" language="vi"/>
        <outline type="rss" text="B &amp; &quot;C&quot;" title="B &amp; &quot;C&quot;" xmlUrl="https://loa.example/tin/feeds/b.rss" htmlUrl="https://catp.danang.gov.vn/"/>
      </body>
    </opml>
    "#);
}

/// One element a line, for reading.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<")
}

#[test]
fn documents_are_enclosed_beside_the_picture() {
    let pdf = attachment("https://a.vn/tai?id=1&f=qd.pdf", "Quyết định <số> 1", "application/pdf");
    let zip = attachment("https://a.vn/b.zip", "Phụ lục", "application/zip");
    let article = Article { attachments: vec![pdf, zip], ..article(1, "Có tệp đính kèm") };
    let written = documents(&about(), std::slice::from_ref(&article));
    let enclosures: Vec<Vec<(String, String)>> = written[..2]
        .iter()
        .map(|document| feed_rs::parser::parse(document.as_bytes()).unwrap())
        .map(|mut feed| {
            let entry = feed.entries.remove(0);
            let links = entry.links.into_iter().filter(|link| link.rel.as_deref() == Some("enclosure"));
            let links = links.map(|link| (link.href, link.media_type.unwrap_or_default()));
            let media = entry.media.into_iter().flat_map(|media| media.content);
            let media = media.map(|content| (content.url.unwrap().to_string(), content.content_type.unwrap().to_string()));
            links.chain(media).collect()
        })
        .collect();
    let wanted = [
        ("https://catp.danang.gov.vn/anh/1.jpg?w=1&h=2", "image/jpeg"),
        ("https://a.vn/tai?id=1&f=qd.pdf", "application/pdf"),
        ("https://a.vn/b.zip", "application/zip"),
    ];
    for found in &enclosures {
        for (url, media_type) in wanted {
            assert!(found.contains(&(url.to_owned(), media_type.to_owned())), "{found:?}");
        }
    }
    assert!(
        written[0].contains(r#"<enclosure url="https://a.vn/tai?id=1&amp;f=qd.pdf" length="0" type="application/pdf"/>"#),
        "{}",
        written[0]
    );
    assert!(written[0].contains("<media:title>Quyết định &lt;số&gt; 1</media:title>"), "{}", written[0]);
    let json: serde_json::Value = serde_json::from_str(&written[2]).unwrap();
    let attached = serde_json::json!({"url": "https://a.vn/b.zip", "mime_type": "application/zip", "title": "Phụ lục"});
    assert_eq!(json["items"][0]["attachments"][2], attached);
}

fn presented() -> About {
    let at = |path: &str| Some(format!("https://catp.danang.gov.vn/{path}").parse().unwrap());
    let (favicon, icon, image) = (at("favicon.ico"), at("touch.png?v=1&s=2"), at("banner.jpg"));
    let description = Some("Cổng thông tin <điện tử> & hơn thế".to_owned());
    About { presentation: Presentation { description, favicon, icon, image }, ..about() }
}

#[test]
fn a_feed_shows_how_its_portal_presents_itself() {
    let icon = "https://catp.danang.gov.vn/touch.png?v=1&s=2";
    let favicon = "https://catp.danang.gov.vn/favicon.ico";
    let banner = "https://catp.danang.gov.vn/banner.jpg";
    // RSS knows one picture, and JSON Feed calls a logo what is larger than an icon.
    let expected = [(None, Some(icon)), (Some(favicon), Some(banner)), (Some(favicon), Some(icon))];
    for (document, (small, large)) in documents(&presented(), &[article(1, "Một")]).iter().zip(expected) {
        let feed = feed_rs::parser::parse(document.as_bytes()).unwrap();
        assert_eq!(feed.description.unwrap().content, "Cổng thông tin <điện tử> & hơn thế", "{document}");
        assert_eq!(feed.icon.map(|icon| icon.uri).as_deref(), small, "{document}");
        assert_eq!(feed.logo.map(|logo| logo.uri).as_deref(), large, "{document}");
    }
}

#[test]
fn a_feed_without_a_word_about_itself_gets_a_plain_one() {
    let said = |about: &About, articles: &[Article]| {
        let descriptions = documents(about, articles).into_iter().map(|document| {
            let feed = feed_rs::parser::parse(document.as_bytes()).unwrap();
            assert_eq!((feed.icon, feed.logo), (None, None));
            feed.description.unwrap().content
        });
        descriptions.collect::<Vec<_>>().try_into().map(|[rss, atom, json]: [String; 3]| {
            assert!(rss == atom && atom == json, "{rss} {atom} {json}");
            rss
        })
    };
    let english = About { language: Some("en-GB".into()), ..about() };
    assert_eq!(said(&about(), &[]).unwrap(), "Tin mới trên catp.danang.gov.vn");
    assert_eq!(said(&english, &[]).unwrap(), "News from catp.danang.gov.vn");
    let all = About { portal: about().public, language: None, ..about() };
    assert_eq!(said(&all, &[article(1, "Một")]).unwrap(), "Tin mới từ mọi nguồn");
    assert_eq!(said(&all, &[]).unwrap(), "News from all feeds");
}

#[test]
fn an_rss_picture_is_in_a_format_of_rss() {
    let url = |name: &str| Some(format!("https://a.vn/{name}").parse().unwrap());
    let of = |favicon, icon, image| {
        let about = About { presentation: Presentation { description: None, favicon, icon, image }, ..about() };
        about.rss_picture().map(ToString::to_string)
    };
    assert_eq!(of(url("favicon.ico"), None, None), None);
    assert_eq!(of(url("favicon.png"), url("icon.webp"), url("banner.webp")).as_deref(), Some("https://a.vn/favicon.png"));
    assert_eq!(of(url("favicon.png"), url("icon?id=7"), None).as_deref(), Some("https://a.vn/icon?id=7"));
}

/// Two feeds in one: the first has a portal, of the second only its id is known.
fn of_two_feeds() -> Vec<String> {
    let other = Article { feed: "other".parse().unwrap(), author: None, changed: seen("2024-03-01T00:00:00Z"), ..article(2, "Hai") };
    let public: Url = "https://loa.example/tin/".parse().unwrap();
    let all = About { id: "all".into(), title: "Loa".into(), portal: public.clone(), language: None, ..about() };
    let source = |id: &FeedId| if id.as_str() == "other" { Source::unknown(id, &public) } else { Source::of(&about()) };
    let documents = render_many(&all, &[other, article(1, "Một")], source, &Format::ALL).unwrap();
    documents.into_iter().map(|document| String::from_utf8(document.bytes.to_vec()).unwrap()).collect()
}

#[test]
fn an_article_among_those_of_several_feeds_names_its_own() {
    let [rss, atom, json]: [String; 3] = of_two_feeds().try_into().unwrap();
    let rss = ::rss::Channel::read_from(rss.as_bytes()).unwrap();
    let sources: Vec<_> =
        rss.items().iter().map(|item| item.source().unwrap()).map(|source| (source.url(), source.title().unwrap())).collect();
    assert_eq!(
        sources,
        [
            ("https://loa.example/tin/feeds/other.rss", "other"),
            ("https://loa.example/tin/feeds/danang-police.rss", "Công an thành phố Đà Nẵng"),
        ]
    );
    let atom = atom_syndication::Feed::read_from(atom.as_bytes()).unwrap();
    let sources = atom.entries().iter().map(|entry| entry.source().unwrap());
    let sources: Vec<_> = sources
        .map(|source| {
            let links: Vec<_> = source.links().iter().map(|link| (link.rel(), link.href())).collect();
            (source.id(), source.title().as_str(), source.updated().to_rfc3339(), source.authors()[0].name(), links)
        })
        .collect();
    let police = "https://loa.example/tin/feeds/danang-police.atom";
    let other = "https://loa.example/tin/feeds/other.atom";
    let name = "Công an thành phố Đà Nẵng";
    assert_eq!(
        sources,
        [
            (other, "other", "2024-03-01T00:00:00+00:00".to_owned(), "other", vec![("self", other)]),
            (
                police,
                name,
                "2024-01-18T01:00:00+00:00".to_owned(),
                name,
                vec![("self", police), ("alternate", "https://catp.danang.gov.vn/")]
            ),
        ]
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["items"][0]["authors"], serde_json::json!([{"name": "other"}]), "its feed speaks for an article without an author");
    assert_eq!(json["items"][1]["authors"], serde_json::json!([{"name": "Trần Thị Bê, PV"}]));
    assert_eq!(json["items"][0]["_source"], serde_json::json!({"title": "other", "feed_url": "https://loa.example/tin/feeds/other.json"}));
    let source = serde_json::json!({
        "title": name, "home_page_url": "https://catp.danang.gov.vn/", "feed_url": "https://loa.example/tin/feeds/danang-police.json"
    });
    assert_eq!(json["items"][1]["_source"], source);
}

#[test]
fn feeds_of_one_feed_name_no_source() {
    for document in documents(&about(), &[article(1, "Một")]) {
        assert!(!document.contains("<source") && !document.contains("_source"), "{document}");
    }
}

#[test]
fn enclosures_say_how_large_they_are() {
    let pdf = attachment("https://a.vn/tai?id=1", "Quyết định", "application/octet-stream");
    let file = |url: &Url, length, media_type: &str| KnownFile { url: url.clone(), length, media_type: Some(media_type.into()) };
    let known = article(1, "Một");
    let image = known.image.clone().unwrap();
    let files = vec![file(&pdf.url, Some(1_234_567), "application/pdf"), file(&image, Some(45_678), "image/webp")];
    let [rss, atom, json]: [String; 3] = documents(&about(), &[Article { attachments: vec![pdf], files, ..known }]).try_into().unwrap();
    assert!(rss.contains(r#"<enclosure url="https://a.vn/tai?id=1" length="1234567" type="application/pdf"/>"#), "{rss}");
    let mut feed = feed_rs::parser::parse(rss.as_bytes()).unwrap();
    let media = feed.entries.remove(0).media.into_iter().flat_map(|media| media.content);
    let mut media: Vec<_> = media.map(|content| (content.content_type.unwrap().to_string(), content.size)).collect();
    media.sort();
    media.dedup();
    let expected = [("application/pdf", 1_234_567), ("image/webp", 45_678)].map(|(kind, size)| (kind.to_owned(), size));
    assert_eq!(media, expected.clone().map(|(kind, size)| (kind, Some(size))), "{rss}");
    let mut feed = feed_rs::parser::parse(atom.as_bytes()).unwrap();
    let links = feed.entries.remove(0).links.into_iter().filter(|link| link.rel.as_deref() == Some("enclosure"));
    let mut links: Vec<_> = links.map(|link| (link.media_type.unwrap(), link.length.unwrap())).collect();
    links.sort();
    assert_eq!(links, expected, "{atom}");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["items"][0]["attachments"][0]["size_in_bytes"], 45_678);
    assert_eq!(json["items"][0]["attachments"][1]["size_in_bytes"], 1_234_567);
    assert_eq!(json["items"][0]["attachments"][1]["mime_type"], "application/pdf");
}

/// How long the recording of the only article runs, as readers of RSS and of JSON Feed find it.
#[track_caller]
fn check_length(attachment: Attachment, seconds: u64) {
    let documents = documents(&about(), &[Article { attachments: vec![attachment], ..article(1, "Bản tin sáng") }]);
    let [rss, .., json] = &documents[..] else { panic!("{} formats", documents.len()) };
    // The parser keeps nothing of an item that has only a length for players.
    let titled = rss.replace("<itunes:duration>", "<itunes:title>Bản tin</itunes:title><itunes:duration>");
    let entry = feed_rs::parser::parse(titled.as_bytes()).unwrap().entries.remove(0);
    let in_podcast = entry.media.iter().find_map(|media| media.duration);
    let in_media = entry.media.iter().flat_map(|media| &media.content).find_map(|content| content.duration);
    let expected = Some(std::time::Duration::from_secs(seconds));
    assert_eq!((in_podcast, in_media), (expected, expected), "{rss}");
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let attached = json["items"][0]["attachments"].as_array().unwrap().iter().find(|it| it["mime_type"] == "audio/mpeg").unwrap();
    assert_eq!(attached["duration_in_seconds"], seconds);
}

#[test]
fn recordings_say_how_long_they_run() {
    let sound = attachment("https://a.vn/ban-tin.mp3", "Bản tin sáng", "audio/mpeg");
    check_length(Attachment { duration: Some(jiff::SignedDuration::from_secs(3_723)), ..sound }, 3_723);
}

#[test]
fn recordings_of_a_list_that_scripts_draw_say_how_long_they_run() {
    let item = |at: i64| {
        format!(
            r#"{{"title":"Bản tin của đài xã số {at}","url":"/nghe/so-{at}","publishedAt":"2026-07-0{at}T08:00:00+07:00","audio":{{"url":"/p/{at}.mp3","durationMs":{}}}}}"#,
            3_723_000 + at * 1_000
        )
    };
    let html = format!("<div id=app></div><script>window.__STATE__ = {{\"items\":[{},{},{}]}};</script>", item(3), item(2), item(1));
    let fetched_at = seen("2026-07-10T04:30:00Z");
    let page = Page { url: "https://xa.example.vn/nghe".parse().unwrap(), html, fetched_at, problems: Vec::new() };
    let listed = list::discover(&list::Settings::default(), &page, &list::Context::default()).candidates;
    assert_eq!(listed.len(), 3);
    for (listed, seconds) in listed.into_iter().zip([3_726, 3_725, 3_724]) {
        let [sound] = &listed.attachments[..] else { panic!("{listed:?}") };
        check_length(sound.clone(), seconds);
    }
}
