//! Many headlines in one message, for a burst of news and for the end of the quiet hours.

use loa_reader::text;

use crate::{
    article::Article,
    message::{
        Html, MAX_BYTES, Message, Room,
        compose::{date, title_of},
    },
    words::{self, Language},
};

/// UTF-16 units that one headline may take.
const TITLE: usize = 200;
/// UTF-16 units that the name of a source may take.
const SOURCE: usize = 80;
/// Telegram keeps 100 entities of a message and drops the links beyond.
const MOST: usize = 90;

/// A message of the first headlines of `items`, as many as fit, and how many these are: at least one, where there are
/// any.
///
/// The items stand oldest first, each with the title of its feed, and stay in this order.
pub fn digest(items: &[(Article, String)], language: Language) -> (Message, usize) {
    let one_source = items.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let mut lines = Vec::new();
    let heading = heading(items, one_source, MOST, language);
    let (mut units, mut bytes) = (heading.units(), heading.as_str().len());
    for (article, source) in items.iter().take(MOST) {
        let line = line(article, if one_source { "" } else { source }, language);
        units += line.units();
        bytes += line.as_str().len();
        if units > Room::Text.limit() || bytes > MAX_BYTES {
            break;
        }
        lines.push(line);
    }
    let held = lines.len();
    let heading = self::heading(items, one_source, held, language);
    let (mut html, mut shown) = heading.into_parts();
    let mut bare = shown.clone();
    for line in lines {
        let (source, seen) = line.into_parts();
        html.push_str(&source);
        shown.push_str(&seen);
    }
    let mut with_addresses = bare.clone();
    for (article, _) in &items[..held] {
        let title = text::cut(&title_of(article), TITLE);
        with_addresses.push_str(&format!("\n• {title}\n{}", article.url));
        bare.push_str(&format!("\n• {title}"));
    }
    let plain = if text::utf16_len(&with_addresses) <= Room::Text.limit() { with_addresses } else { bare.clone() };
    (Message { html, shown, plain, bare: text::cut(&bare, Room::Text.limit()) }, held)
}

/// `12 tin mới · Báo Ví Dụ`, with an empty line after it.
fn heading(items: &[(Article, String)], one_source: bool, count: usize, language: Language) -> Html {
    let mut html = Html::new();
    html.bold(|html| {
        html.text(&words::message::new_headlines(language, count));
    });
    let source = items.first().filter(|_| one_source).map(|(_, source)| text::cut(&text::squeeze(source), SOURCE));
    if let Some(source) = source.filter(|source| !source.is_empty()) {
        html.text(" · ").text(&source);
    }
    html.text("\n");
    html
}

fn line(article: &Article, source: &str, language: Language) -> Html {
    let mut html = Html::new();
    html.text("\n• ").link(&article.url, |html| {
        html.text(&text::cut(&title_of(article), TITLE));
    });
    let source = text::cut(&text::squeeze(source), SOURCE);
    let date = article.published.as_ref().map(|stamp| date(stamp, language)).unwrap_or_default();
    for part in [source, date].into_iter().filter(|part| !part.is_empty()) {
        html.text(" · ").text(&part);
    }
    html
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::message::samples::{article, nasty_titles, strict_parse};

    fn items(count: usize, source: &str) -> Vec<(Article, String)> {
        let one = |n: usize| {
            let mut article = article();
            article.id = n as i64;
            article.title = format!("Tin thứ {n}");
            article.url = format!("https://catp.example/{n}").parse().unwrap();
            (article, source.to_owned())
        };
        (1..=count).map(one).collect()
    }

    #[test]
    fn a_digest_is_a_heading_and_linked_headlines_in_their_order() {
        let mut items = items(2, "Báo Một");
        let (message, held) = digest(&items, Language::Vietnamese);
        assert_eq!(held, 2);
        assert_snapshot!(message.html, @r#"
        <b>2 tin mới</b> · Báo Một

        • <a href="https://catp.example/1">Tin thứ 1</a> · 18/01/2024 07:29
        • <a href="https://catp.example/2">Tin thứ 2</a> · 18/01/2024 07:29
        "#);
        items[1].1 = "Báo Hai".into();
        items[1].0.published = None;
        let (message, _) = digest(&items, Language::English);
        assert_snapshot!(message.shown, @r"
        2 new headlines

        • Tin thứ 1 · Báo Một · 18 Jan 2024 07:29
        • Tin thứ 2 · Báo Hai
        ");
        assert_snapshot!(message.plain, @r"
        2 new headlines

        • Tin thứ 1
        https://catp.example/1
        • Tin thứ 2
        https://catp.example/2
        ");
    }

    #[test]
    fn a_digest_holds_as_many_as_fit_and_says_how_many() {
        let items = items(500, "Báo Một");
        let (message, held) = digest(&items, Language::Vietnamese);
        assert!((80..=90).contains(&held), "{held}");
        assert!(message.html.starts_with(&format!("<b>{held} tin mới</b>")));
        assert!(message.shown.contains(&format!("• Tin thứ {held} ")));
        check(&message);
        let (message, held) = digest(&items[..0], Language::Vietnamese);
        assert_eq!((held, message.html.as_str()), (0, "<b>0 tin mới</b>\n"));
    }

    #[test]
    fn whatever_the_titles_telegram_takes_the_digest() {
        let mut items = items(80, "<Báo> & \"Báo\"");
        for (item, title) in items.iter_mut().zip(nasty_titles().into_iter().rev()) {
            item.0.title = title;
            item.0.url = format!("https://catp.example/?{}", "a&".repeat(900)).parse().unwrap();
        }
        let mut rest = items.as_slice();
        while !rest.is_empty() {
            let (message, held) = digest(rest, Language::Vietnamese);
            assert!(held > 0);
            check(&message);
            rest = &rest[held..];
        }
    }

    fn check(message: &Message) {
        assert_eq!(strict_parse(&message.html).as_ref(), Ok(&message.shown));
        assert!(message.html.len() <= MAX_BYTES);
        for form in message.shown_forms() {
            assert!(text::utf16_len(form) <= Room::Text.limit());
        }
    }
}
