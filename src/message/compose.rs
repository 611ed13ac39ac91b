//! One article as a message: the headline linked, the lead, the source and the date.

use loa_reader::{
    text,
    time::{Precision, Stamp},
};
use url::Url;

use crate::{
    article::Article,
    message::{Html, Message, Room},
    words::{self, Language},
};

/// UTF-16 units that each part may take, so that all of them together fit the room.
struct Share {
    title: usize,
    lead: usize,
    source: usize,
}

const fn share(room: Room) -> Share {
    match room {
        Room::Text => Share { title: 1024, lead: 600, source: 200 },
        // 380 + 380 + 150 + a date of 16 and the line breaks stay under 1024.
        Room::Caption => Share { title: 380, lead: 380, source: 150 },
    }
}

/// What a message says of an article, already cut.
pub(super) struct Parts {
    pub title: String,
    /// Empty where there is none, or where it repeats the title.
    pub lead: String,
    pub source: String,
    /// Empty where the page names none: the time of first sight is not what a reader takes a date for.
    pub date: String,
}

impl Parts {
    pub(super) fn of(article: &Article, source: &str, room: Room, language: Language) -> Self {
        let share = share(room);
        let title = title_of(article);
        let lead = lead_of(article);
        Self {
            lead: if text::fold(&lead) == text::fold(&title) { String::new() } else { text::cut(&lead, share.lead) },
            title: text::cut(&title, share.title),
            source: text::cut(&seen(source), share.source),
            date: article.published.as_ref().map(|stamp| date(stamp, language)).unwrap_or_default(),
        }
    }

    /// `Source · 18/01/2024 07:29`, or the one that there is.
    fn last_line(&self) -> String {
        [self.source.as_str(), self.date.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// What `room` shows of `article`; `source` is the title of its feed.
pub fn compose(article: &Article, source: &str, room: Room, language: Language) -> Message {
    let parts = Parts::of(article, source, room, language);
    let last_line = parts.last_line();
    let mut html = Html::new();
    html.bold(|html| {
        html.link(&article.url, |html| {
            html.text(&parts.title);
        });
    });
    for part in [&parts.lead, &last_line].into_iter().filter(|part| !part.is_empty()) {
        html.text("\n\n").text(part);
    }
    let (html, shown) = html.into_parts();
    let (plain, bare) = (plain(&parts, &last_line, &article.url, room), bare(&parts.title, &article.url, room));
    Message { html, shown, plain, bare }
}

/// The address takes precedence over the lead, and is left out where it cannot stand whole.
pub(super) fn plain(parts: &Parts, last_line: &str, address: &Url, room: Room) -> String {
    let mut tail = last_line.to_owned();
    let address_room = room.limit() - text::utf16_len(&parts.title) - text::utf16_len(last_line) - 4;
    if address.as_str().len() < address_room {
        if !tail.is_empty() {
            tail.push('\n');
        }
        tail.push_str(address.as_str());
    }
    let left = room.limit() - text::utf16_len(&parts.title) - text::utf16_len(&tail) - 2;
    let lead = text::cut(&parts.lead, left.saturating_sub(2));
    [parts.title.as_str(), &lead, &tail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The last that is tried: so short and simple that nothing in it can be refused.
pub(super) fn bare(title: &str, address: &Url, room: Room) -> String {
    let title = text::cut(title, 200);
    if address.as_str().len() < room.limit() - 201 { format!("{title}\n{address}") } else { title }
}

impl Parts {
    /// As [`compose`] makes it, for a form whose HTML comes from elsewhere.
    pub(super) fn without_markup(&self, address: &Url, room: Room) -> (String, String) {
        (plain(self, &self.last_line(), address, room), bare(&self.title, address, room))
    }
}

/// The headline on one line; the address where the headline has nothing to see.
pub(super) fn title_of(article: &Article) -> String {
    let title = seen(&article.title);
    if title.is_empty() { article.url.as_str().to_owned() } else { title }
}

/// The summary, or the first paragraph.
fn lead_of(article: &Article) -> String {
    let summary = article.summary.as_deref().map(seen).unwrap_or_default();
    if !summary.is_empty() {
        return summary;
    }
    article.text.split("\n\n").map(seen).find(|paragraph| !paragraph.is_empty()).unwrap_or_default()
}

/// One squeezed line; empty when all of it is characters without a shape, which Telegram takes for nothing.
fn seen(text: &str) -> String {
    let line = text::squeeze(text);
    let shapeless = |ch: char| {
        ch.is_whitespace()
            || matches!(ch, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
                | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
    };
    if line.chars().all(shapeless) { String::new() } else { line }
}

/// A date in the page's own zone, the time of day only where the page gave one.
pub(super) fn date(stamp: &Stamp, language: Language) -> String {
    let format = match stamp.precision {
        Precision::Minute => words::message::minute_format(language),
        Precision::Day => words::message::day_format(language),
    };
    stamp.at.strftime(&format).to_string()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::message::{
        MAX_BYTES,
        samples::{article, nasty_titles, strict_parse},
    };

    #[test]
    fn an_article_is_title_lead_source_and_date() {
        let message = compose(&article(), "Công an thành phố Đà Nẵng", Room::Text, Language::Vietnamese);
        assert_snapshot!(message.html, @r#"
        <b><a href="https://catp.example/tin/mo-cao-diem?a=1&amp;b=2">Mở cao điểm &lt;an toàn&gt; giao thông</a></b>

        Lực lượng cảnh sát giao thông ra quân từ sáng nay.

        Công an thành phố Đà Nẵng · 18/01/2024 07:29
        "#);
        assert_snapshot!(message.plain, @r"
        Mở cao điểm <an toàn> giao thông

        Lực lượng cảnh sát giao thông ra quân từ sáng nay.

        Công an thành phố Đà Nẵng · 18/01/2024 07:29
        https://catp.example/tin/mo-cao-diem?a=1&b=2
        ");
        assert_snapshot!(message.bare, @r"
        Mở cao điểm <an toàn> giao thông
        https://catp.example/tin/mo-cao-diem?a=1&b=2
        ");
    }

    #[test]
    fn a_date_says_no_more_than_the_page() {
        let mut article = article();
        let line = |article: &Article, words| {
            let message = compose(article, "Báo", Room::Text, words);
            message.plain.lines().rev().nth(1).unwrap().to_owned()
        };
        assert_eq!(line(&article, Language::English), "Báo · 18 Jan 2024 07:29");
        article.published.as_mut().unwrap().precision = Precision::Day;
        assert_eq!(line(&article, Language::Vietnamese), "Báo · 18/01/2024");
        assert_eq!(line(&article, Language::English), "Báo · 18 Jan 2024");
        article.published = None;
        assert_eq!(line(&article, Language::Vietnamese), "Báo");
    }

    #[test]
    fn the_lead_is_the_summary_or_the_first_paragraph_and_never_the_title_again() {
        let lead = |article: &Article| Parts::of(article, "", Room::Text, Language::Vietnamese).lead;
        let mut article = article();
        article.summary = None;
        assert_eq!(lead(&article), "Đoạn một của bài.");
        article.summary = Some(" \u{200b} ".into());
        assert_eq!(lead(&article), "Đoạn một của bài.");
        article.summary = Some(article.title.to_uppercase());
        assert_eq!(lead(&article), "");
    }

    #[test]
    fn whatever_the_title_telegram_takes_it() {
        let long_address = format!("https://catp.example/{}", "a&b".repeat(1300));
        for title in nasty_titles() {
            for address in ["https://catp.example/a?b=1&c=%22", &long_address] {
                for (lead, source) in [("", ""), (title.as_str(), title.as_str()), ("dẫn\nnhập", "Báo")] {
                    for room in [Room::Text, Room::Caption] {
                        let mut article = article();
                        article.title.clone_from(&title);
                        article.summary = Some(format!("{lead} {lead}."));
                        article.url = Url::parse(address).unwrap();
                        check(&compose(&article, source, room, Language::Vietnamese), &article, room);
                    }
                }
            }
        }
    }

    fn check(message: &Message, article: &Article, room: Room) {
        let title: String = article.title.chars().take(40).collect();
        let seen = strict_parse(&message.html).unwrap_or_else(|error| panic!("{error}: {title}"));
        assert_eq!(seen, message.shown);
        assert_eq!(crate::message::visible(&message.html).as_deref(), Ok(seen.as_str()));
        assert!(message.html.len() <= MAX_BYTES, "{title}");
        for form in message.shown_forms() {
            assert!(text::utf16_len(form) <= room.limit(), "{title}: {} units", text::utf16_len(form));
            assert!(form.chars().any(|ch| !ch.is_whitespace()), "{title}");
            assert_eq!(text::clean(form), form, "{title}");
        }
        // Without its address, and but for a lead that had to be cut for it, the plain form has the same words.
        let plain = message.plain.trim_end_matches(article.url.as_str()).trim_end();
        if room == Room::Text && article.url.as_str().len() < 100 {
            assert_eq!(plain, seen, "{title}");
        }
        assert_eq!(message.html.contains("<a href"), article.url.as_str().len() < 2000);
    }

    #[test]
    fn a_title_without_a_shape_is_replaced_by_the_address() {
        let mut article = article();
        for title in ["", "\u{2800}\u{2800}", "\u{200e}", "\u{3164}"] {
            title.clone_into(&mut article.title);
            assert_eq!(title_of(&article), article.url.as_str());
        }
    }
}
