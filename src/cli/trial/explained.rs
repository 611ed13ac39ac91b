//! What `loa try --explain` prints: who found each headline and how sure that is, and why every other link is none.

use loa_reader::{list::Dropped, text};

use super::super::headlines::shown;
use crate::service::preview::{Item, Preview};

/// Columns of a terminal that nobody complains about, and what is left of a line behind its indent.
const WIDTH: usize = 100;
const INDENT: &str = "     ";
const INNER: usize = WIDTH - INDENT.len();
/// Blocks of a full bar.
const BAR: usize = 5;

pub(super) fn table(preview: &Preview) -> String {
    let mut words = format!("{:>3}  {:<10}  {:<16}  {:<10}  {}\n", "", "certainty", "date", "date from", "found by");
    for (index, item) in preview.items.iter().enumerate() {
        words.push_str(&self::item(index + 1, item));
    }
    let out = preview.refused.iter().chain(&preview.pending);
    let out: Vec<String> = out.map(|it| format!("   - {}\n{INDENT}{}\n", text::cut(&it.title, INNER), text::cut(&it.why, INNER))).collect();
    if !out.is_empty() {
        words.push_str(&format!("\n{} links that looked like headlines\n\n{}", out.len(), out.concat()));
    }
    if !preview.dropped.is_empty() {
        words.push_str(&format!("\n{} other links, the nearest to a headline first\n\n", preview.dropped.len()));
        preview.dropped.iter().for_each(|dropped| words.push_str(&left_out(dropped)));
    }
    words
}

fn item(number: usize, item: &Item) -> String {
    let (article, sighting) = (&item.article, &item.sighting);
    let date = article.published.as_ref().map_or_else(|| "no date".to_owned(), shown);
    // The page has the last word where it says anything.
    let of_page = || if article.published.is_some() { "its page".to_owned() } else { String::new() };
    let origin = sighting.dated.map_or_else(of_page, |origin| origin.to_string());
    let by: Vec<String> = sighting.by.iter().map(ToString::to_string).collect();
    format!(
        "{number:>3}  {} {:.2}  {date:<16}  {origin:<10}  {}\n{INDENT}{}\n{INDENT}{}\n",
        bar(sighting.certainty),
        sighting.certainty,
        by.join(", "),
        text::cut(&article.title, INNER),
        short(article.url.as_str()),
    )
}

fn left_out(dropped: &Dropped) -> String {
    let score = dropped.score.map_or_else(|| "   -".to_owned(), |score| format!("{score:.2}"));
    let title = if dropped.title.is_empty() { short(dropped.url.as_str()) } else { text::cut(&dropped.title, INNER) };
    format!("{score} {title}\n{INDENT}{}\n", text::cut(&dropped.why, INNER))
}

/// `▇▇▇▇░` for 0.8.
fn bar(certainty: f64) -> String {
    let full = (0..BAR).filter(|block| certainty * BAR as f64 > *block as f64 + 0.5).count();
    "▇".repeat(full) + &"░".repeat(BAR - full)
}

/// An address without what all have, and without its middle where it is long.
fn short(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let letters: Vec<char> = bare.chars().collect();
    if letters.len() <= INNER {
        return bare.to_owned();
    }
    let half = (INNER - 1) / 2;
    letters[..half].iter().chain(['…'].iter()).chain(&letters[letters.len() - half..]).collect()
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::{article::Article, feed, service::preview::Refused};
    use loa_reader::{list, page::Page};

    const PAGE: &str = r#"<html lang="vi"><body><header><a href="/lien-he.html">Liên hệ công tác</a></header><main>
        <div><h3><a href="/tin/ra-quan-bao-dam-trat-tu-do-thi-4711.html">Ra quân bảo đảm trật tự đô thị dịp cao điểm…</a></h3><i>10/07/2026</i>
            <a href="/tin">An ninh</a><img src="a.jpg"></div>
        <div><h3><a href="/tin/khen-thuong-ba-chien-si-cu-nguoi-4710.html">Khen thưởng ba chiến sĩ cứu người trong đêm</a></h3><i>09/07/2026</i>
            <a href="/tin">An ninh</a><img src="b.jpg"></div>
        <div><h3><a href="/tin/canh-bao-lua-dao-qua-mang-4709.html">Cảnh báo thủ đoạn lừa đảo mới qua mạng xã hội</a></h3><i>08/07/2026</i>
            <a href="/tin">An ninh</a><img src="c.jpg"></div>
        <p>Xem thêm <a href="https://bo.example.vn/">cổng thông tin của Bộ</a> và <a href="/van-ban.zip">các văn bản</a> mới.</p></main>
        <script type="application/ld+json">{"@type": "NewsArticle", "url": "/tin/ra-quan-bao-dam-trat-tu-do-thi-4711.html",
            "headline": "Ra quân bảo đảm trật tự đô thị dịp cao điểm hè", "datePublished": "2026-07-10T08:15:00+07:00"}</script>"#;

    /// What would be published if no page said anything.
    fn preview(discovery: list::Discovery) -> Preview {
        let feed =
            feed::read("xa".parse().unwrap(), "", "url = \"https://congan.example.vn/\"", std::path::Path::new(""), &|_| None).unwrap();
        let item = |candidate: list::Candidate| Item {
            article: Article {
                id: 0,
                feed: feed.id.clone(),
                uid: String::new(),
                url: candidate.url,
                title: candidate.title,
                summary: None,
                text: String::new(),
                html: String::new(),
                author: None,
                published: candidate.published,
                image: None,
                language: None,
                categories: Vec::new(),
                attachments: Vec::new(),
                files: Vec::new(),
                first_seen: jiff::Timestamp::UNIX_EPOCH,
                changed: jiff::Timestamp::UNIX_EPOCH,
            },
            sighting: candidate.sighting,
            is_read: false,
        };
        Preview {
            items: discovery.candidates.into_iter().map(item).collect(),
            list: None,
            refused: vec![Refused { title: "Giới thiệu".to_owned(), url: None, why: "its page does not exist".to_owned() }],
            pending: Vec::new(),
            dropped: discovery.dropped,
            boxes: Vec::new(),
            found_beside: Vec::new(),
            remarks: Vec::new(),
            failure: None,
            feed,
        }
    }

    #[test]
    fn everything_is_explained() {
        let page = Page {
            url: Url::parse("https://congan.example.vn/tin-tuc").unwrap(),
            html: PAGE.to_owned(),
            fetched_at: "2026-07-10T04:30:00Z".parse().unwrap(),
            problems: Vec::new(),
        };
        let table = table(&preview(list::explain(&list::Settings::default(), &page, &list::Context::default())));
        assert!(table.lines().all(|line| line.chars().count() <= WIDTH), "{table}");
        insta::assert_snapshot!(table, @r"
             certainty   date              date from   found by
          1  ▇▇▇▇▇ 0.99  10/07/2026 08:15  JSON-LD     JSON-LD, repetition
             Ra quân bảo đảm trật tự đô thị dịp cao điểm hè
             congan.example.vn/tin/ra-quan-bao-dam-trat-tu-do-thi-4711.html
          2  ▇▇▇▇▇ 0.95  09/07/2026        text        repetition
             Khen thưởng ba chiến sĩ cứu người trong đêm
             congan.example.vn/tin/khen-thuong-ba-chien-si-cu-nguoi-4710.html
          3  ▇▇▇▇▇ 0.95  08/07/2026        text        repetition
             Cảnh báo thủ đoạn lừa đảo mới qua mạng xã hội
             congan.example.vn/tin/canh-bao-lua-dao-qua-mang-4709.html

        1 links that looked like headlines

           - Giới thiệu
             its page does not exist

        3 other links, the nearest to a headline first

        0.26 Liên hệ công tác
             stands in the page's menu, head or foot; scored 0.26, the line is at 0.39
           - An ninh
             accompanies item 1 in its record
           - các văn bản
             a file, and no page
        ");
    }

    #[test]
    fn a_bar_is_as_long_as_it_is_sure() {
        assert_eq!([0.0, 0.5, 0.82, 1.0].map(bar), ["░░░░░", "▇▇░░░", "▇▇▇▇░", "▇▇▇▇▇"]);
        assert_eq!(short(&format!("https://a.vn/{}", "x".repeat(200))).chars().count(), INNER);
    }
}
