//! What `loa try --explain` prints: who found each headline and how sure that is, and why every other link is none.

use loa_reader::{
    list::{Candidate, Discovery, Dropped},
    text,
};

/// Columns of a terminal that nobody complains about, and what is left of a line behind its indent.
const WIDTH: usize = 100;
const INDENT: &str = "     ";
const INNER: usize = WIDTH - INDENT.len();
/// Blocks of a full bar.
const BAR: usize = 5;

pub(super) fn table(discovery: &Discovery) -> String {
    let mut words = format!("{:>3}  {:<10}  {:<16}  {:<10}  {}\n", "", "certainty", "date", "date from", "found by");
    for (index, candidate) in discovery.candidates.iter().enumerate() {
        words.push_str(&item(index + 1, candidate));
    }
    if !discovery.dropped.is_empty() {
        words.push_str(&format!("\n{} other links, the nearest to a headline first\n\n", discovery.dropped.len()));
        discovery.dropped.iter().for_each(|dropped| words.push_str(&left_out(dropped)));
    }
    words
}

fn item(number: usize, candidate: &Candidate) -> String {
    let sighting = &candidate.sighting;
    let date = candidate.published.as_ref().map_or_else(|| "no date".to_owned(), super::shown);
    let origin = sighting.dated.map(|origin| origin.to_string()).unwrap_or_default();
    let by: Vec<String> = sighting.by.iter().map(ToString::to_string).collect();
    format!(
        "{number:>3}  {} {:.2}  {date:<16}  {origin:<10}  {}\n{INDENT}{}\n{INDENT}{}\n",
        bar(sighting.certainty),
        sighting.certainty,
        by.join(", "),
        text::cut(&candidate.title, INNER),
        short(candidate.url.as_str()),
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

    #[test]
    fn everything_is_explained() {
        let page = Page {
            url: Url::parse("https://congan.example.vn/tin-tuc").unwrap(),
            html: PAGE.to_owned(),
            fetched_at: "2026-07-10T04:30:00Z".parse().unwrap(),
            problems: Vec::new(),
        };
        let table = table(&list::explain(&list::Settings::default(), &page, &list::Context::default()));
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
