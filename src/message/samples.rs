//! Articles, titles and a second HTML reader that the tests of this stage share.

use loa_reader::time::{Precision, Stamp};
use url::Url;

use crate::article::Article;

pub fn article() -> Article {
    let first_seen = "2024-01-18T01:00:00Z".parse().unwrap();
    Article {
        id: 1,
        feed: "catp".parse().unwrap(),
        uid: "urn:loa:1".into(),
        url: Url::parse("https://catp.example/tin/mo-cao-diem?a=1&b=2").unwrap(),
        title: "Mở cao điểm <an toàn> giao thông".into(),
        summary: Some("Lực lượng cảnh sát giao thông ra quân từ sáng nay.".into()),
        text: "Đoạn một của bài.\n\nĐoạn hai.".into(),
        html: "<p>Đoạn một của bài.</p><img src=\"https://catp.example/anh/2.jpg\"><p>Đoạn hai.</p>".into(),
        author: Some("Minh Anh".into()),
        published: Some(Stamp { at: "2024-01-18T07:29+07:00[Asia/Ho_Chi_Minh]".parse().unwrap(), precision: Precision::Minute }),
        image: Some(Url::parse("https://catp.example/anh/1.jpg").unwrap()),
        language: Some("vi".into()),
        categories: Vec::new(),
        attachments: Vec::new(),
        files: Vec::new(),
        first_seen,
        changed: first_seen,
    }
}

/// Titles that break senders.
pub fn nasty_titles() -> Vec<String> {
    let short = [
        "_*[]()~>#+-=|{}.!<&\"'\\`",
        "</b></a><script>alert(1)</script>",
        "<b>chưa đóng",
        "&amp;lt;b&amp;gt; &#60;i&#62; &nbsp;",
        "a < b && c > d",
        "{{ title }} {% for x in y %}",
        "👨‍👩‍👧‍👦🇻🇳😀 cờ và nhà",
        "Đa\u{300} Na\u{306}\u{303}ng",
        "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}a\u{335}\u{321}\u{322}l\u{489}go",
        "\u{202e}đảo ngược\u{2066}\u{0}\u{1b}[31m",
        "dòng một\r\ndòng hai\u{2028}dòng ba",
        "",
        "\u{2800}\u{200b}",
        "@kenh #tag /start https://x.vn",
        "\u{fffd}\u{ffff}\u{e000}",
    ];
    let mut titles: Vec<_> = short.into_iter().map(str::to_owned).collect();
    titles.push(["từ"; 10_000].join(" "));
    titles.push("dài".repeat(10_000));
    titles.push("😀".repeat(5_000));
    titles.push("<&>\"".repeat(4_000));
    titles.push(format!("a{}", "\u{301}".repeat(5_000)));
    titles.push("e\u{323}\u{302} ".repeat(3_000));
    // Every length about the limits, with a character of two units at the cut.
    titles.extend((370..390).chain(1015..1030).map(|length| format!("{}😀 x 😀", "n".repeat(length))));
    titles
}

/// A reader of the three elements that are made here, stricter than Telegram's: no entity but the four, no stray `&`,
/// `<` or `>`.
pub fn strict_parse(html: &str) -> Result<String, String> {
    let mut seen = String::new();
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(ch) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').ok_or("endless tag")?;
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix('<') {
            let (tag, after) = after.split_once('>').ok_or("endless tag")?;
            let name = match tag.strip_prefix("a href=\"").and_then(|value| value.strip_suffix('"')) {
                Some(address) => {
                    let decoded = strict_parse(address)?;
                    Url::parse(&decoded).map_err(|error| format!("{decoded}: {error}"))?;
                    "a"
                }
                None if tag == "b" || tag == "i" => tag,
                None => return Err(format!("<{tag}>")),
            };
            open.push(name);
            rest = after;
        } else if ch == '&' {
            let (entity, after) = rest[1..].split_once(';').ok_or("stray &")?;
            seen.push(match entity {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                _ => return Err(format!("&{entity};")),
            });
            rest = after;
        } else if ch == '>' {
            return Err("stray >".into());
        } else {
            seen.push(ch);
            rest = &rest[ch.len_utf8()..];
        }
    }
    if open.is_empty() { Ok(seen) } else { Err(format!("open: {open:?}")) }
}
