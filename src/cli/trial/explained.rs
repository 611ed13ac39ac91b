//! What `loa try --explain` prints: who found each headline and how sure that is, and why every other link is none.

use loa_reader::list::Dropped;
use unicode_width::UnicodeWidthStr;

use super::super::{
    headlines::{self, Detail},
    terminal::{Looks, Sheet},
};
use crate::{
    service::preview::{Item, Preview},
    words::{Language, adding as said, errors},
};

/// Blocks of a full bar.
const BAR: usize = 5;
/// Columns before the words of an item.
const INDENT: usize = 5;
/// Columns of what stands in a row: of how sure it is, of a date, and of where that is from.
const ROW: [usize; 3] = ["▇▇▇▇▇ 0.99".len() - 2 * BAR, "10/07/2026 08:15".len(), "microdata".len() + 1];

pub(super) fn in_words(preview: &Preview, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    headlines::head(preview, language, &mut sheet);
    sheet.gap();
    let heads = [said::certainty(language), said::date(language), said::date_from(language)];
    sheet.faint(0, &row("", &heads, &said::found_by(language)));
    preview.items.iter().enumerate().for_each(|(index, item)| self::item(index + 1, item, language, &mut sheet));
    let out: Vec<_> = preview.refused.iter().chain(&preview.pending).collect();
    if !out.is_empty() {
        sheet.gap();
        sheet.line(&said::looked_like(language, out.len()));
        sheet.gap();
    }
    for refused in out {
        sheet.field("   -", INDENT, &refused.title);
        sheet.faint(INDENT, &errors::told(language, &refused.why));
    }
    if !preview.dropped.is_empty() {
        sheet.gap();
        sheet.line(&said::other_links(language, preview.dropped.len()));
        sheet.gap();
    }
    preview.dropped.iter().for_each(|dropped| left_out(dropped, language, &mut sheet));
    headlines::tail(preview, Detail::Long, language, &mut sheet);
    sheet.into_text()
}

/// `number`, what stands under each other, and `last`.
fn row(number: &str, cells: &[String; 3], last: &str) -> String {
    let padded = |text: &str, wide: usize| format!("{text}{}  ", " ".repeat(wide.saturating_sub(text.width())));
    let cells: String = cells.iter().zip(ROW).map(|(cell, wide)| padded(cell, wide)).collect();
    format!("{number:>3}  {cells}{last}")
}

fn item(number: usize, item: &Item, language: Language, sheet: &mut Sheet) {
    let (article, sighting) = (&item.article, &item.sighting);
    // The page has the last word where it says anything.
    let of_page = || if article.published.is_some() { said::its_page(language) } else { String::new() };
    let origin = sighting.dated.map_or_else(of_page, |origin| errors::told(language, &origin.to_string()));
    let by: Vec<String> = sighting.by.iter().map(|by| errors::told(language, &by.to_string())).collect();
    let certainty = format!("{} {:.2}", bar(sighting.certainty), sighting.certainty);
    sheet.line(&row(&number.to_string(), &[certainty, headlines::date(article.published.as_ref(), language), origin], &by.join(", ")));
    sheet.field("", INDENT, &article.title);
    sheet.faint(INDENT, article.url.as_str());
}

fn left_out(dropped: &Dropped, language: Language, sheet: &mut Sheet) {
    let score = dropped.score.map_or_else(|| "   -".to_owned(), |score| format!("{score:.2}"));
    let title = if dropped.title.is_empty() { dropped.url.as_str() } else { &dropped.title };
    sheet.field(&score, INDENT, title);
    sheet.faint(INDENT, &errors::told(language, &dropped.why));
}

/// `▇▇▇▇░` for 0.8.
fn bar(certainty: f64) -> String {
    let full = (0..BAR).filter(|block| certainty * BAR as f64 > *block as f64 + 0.5).count();
    "▇".repeat(full) + &"░".repeat(BAR - full)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::{article::Article, cli::terminal, feed, service::preview::Refused};
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
        let preview = preview(list::explain(&list::Settings::default(), &page, &list::Context::default()));
        insta::assert_snapshot!("explained", terminal::in_every_look(|looks, language| in_words(&preview, language, looks)));
        insta::assert_snapshot!(
            "tried",
            terminal::in_every_look(|looks, language| super::super::in_words(&preview, false, language, looks))
        );
    }

    #[test]
    fn a_bar_is_as_long_as_it_is_sure() {
        assert_eq!([0.0, 0.5, 0.82, 1.0].map(bar), ["░░░░░", "▇▇░░░", "▇▇▇▇░", "▇▇▇▇▇"]);
    }
}
