//! A trouble as a message to the operator: the whole of one, or a line of each.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use loa_reader::text;

use crate::{
    article::FeedId,
    message::{Html, Message, Room},
    trouble::{Kind, Phase, Trouble},
    words::{Language, alarm as words, errors},
};

/// Feeds of one trouble that are named.
pub const NAMED: usize = 5;
/// UTF-16 units that a title may take, and the words of what went wrong.
const TITLE: usize = 120;
const WHY: usize = 600;
/// UTF-16 units of several in one message, below what Telegram takes.
const MOST: usize = 3800;

/// How things are named.
pub struct Names<'a> {
    /// A feed's title.
    pub title: &'a dyn Fn(&FeedId) -> String,
    /// Where the operator is.
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    pub language: Language,
}

/// A message of the first of these, as many as fit, and how many they are: at least one, where there are any.
pub fn alarms(troubles: &[(&Trouble, Phase)], names: &Names<'_>) -> (Message, usize) {
    if let [(trouble, phase)] = troubles {
        return (message(&names.heading(trouble, *phase), &names.lines(trouble, *phase)), 1);
    }
    let footer = words::see_status(names.language);
    let mut units = text::utf16_len(&footer);
    let mut lines = Vec::new();
    for (trouble, phase) in troubles {
        let line = format!("• {} ({})", names.heading(trouble, *phase), names.length(trouble.lasted(names.now)));
        units += text::utf16_len(&line) + 2;
        if units > MOST && !lines.is_empty() {
            break;
        }
        lines.push(line);
    }
    let held = lines.len();
    lines.push(footer);
    (message(&words::several(names.language, held), &lines), held)
}

/// What one is called, in a line.
pub fn heading(trouble: &Trouble, phase: Phase, names: &Names<'_>) -> String {
    names.heading(trouble, phase)
}

fn message(heading: &str, lines: &[String]) -> Message {
    let mut html = Html::new();
    html.bold(|html| {
        html.text(heading);
    });
    for line in lines {
        html.text("\n\n").text(line);
    }
    let (html, shown) = html.into_parts();
    let plain = text::cut(&shown, Room::Text.limit());
    Message { html, plain, bare: heading.to_owned(), shown }
}

impl Names<'_> {
    fn heading(&self, trouble: &Trouble, phase: Phase) -> String {
        let (kind, what) = (trouble.kind.as_str(), self.what(trouble));
        match phase {
            Phase::Began => words::began(self.language, kind, &what),
            Phase::Over => words::over(self.language, kind, &what),
        }
    }

    /// A feed's title, or the subject itself.
    fn what(&self, trouble: &Trouble) -> String {
        let title = match trouble.kind {
            Kind::Feed | Kind::Gone | Kind::Quiet | Kind::Rebuilt => trouble.feeds.first().map(|feed| self.title(feed)),
            _ => None,
        };
        title.unwrap_or_else(|| trouble.subject.clone())
    }

    fn title(&self, feed: &FeedId) -> String {
        text::cut(&text::squeeze(&(self.title)(feed)), TITLE)
    }

    fn lines(&self, trouble: &Trouble, phase: Phase) -> Vec<String> {
        let mut lines = Vec::new();
        if trouble.kind == Kind::Host {
            lines.push(self.feeds(&trouble.feeds));
        }
        if let (Phase::Over, Some(over)) = (phase, trouble.over_at) {
            let length = self.length(trouble.lasted(self.now));
            lines.push(words::took(self.language, &length, &self.moment(trouble.began_at), &self.moment(over)));
            return lines;
        }
        if trouble.over_at != Some(trouble.began_at) {
            lines.push(words::since(self.language, &self.moment(trouble.began_at), &self.length(trouble.lasted(self.now))));
        }
        if let Some(usual) = trouble.usual {
            lines.push(words::usually(self.language, &self.length(usual)));
        }
        if !trouble.why.is_empty() {
            lines.push(text::cut(&errors::told(self.language, &trouble.why), WHY));
        }
        if trouble.tries > 0 {
            let next = match trouble.next_at {
                Some(next) => words::next_try(self.language, &self.moment(next.max(self.now))),
                None => words::no_next_try(self.language),
            };
            lines.push(format!("{}, {next}", words::tried(self.language, u64::from(trouble.tries))));
        }
        lines.push(words::what_to_do(self.language, trouble.kind.as_str(), &self.what(trouble)));
        lines
    }

    /// `20 feeds: A, B, C, D, E, and 15 more`
    fn feeds(&self, feeds: &[FeedId]) -> String {
        let mut titles: Vec<String> = feeds.iter().take(NAMED).map(|feed| self.title(feed)).collect();
        if feeds.len() > NAMED {
            titles.push(words::and_more(self.language, feeds.len() - NAMED));
        }
        format!("{}: {}", words::feeds(self.language, feeds.len()), titles.join(", "))
    }

    fn moment(&self, at: Timestamp) -> String {
        at.to_zoned_datetime(self.zone.clone()).strftime(&words::moment_format(self.language)).to_string()
    }

    fn length(&self, length: SignedDuration) -> String {
        match length.as_mins() {
            minutes @ ..120 => words::minutes(self.language, minutes.max(1)),
            minutes @ 120..2880 => words::hours(self.language, (minutes + 30) / 60),
            minutes => words::days(self.language, (minutes + 720) / 1440),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{MAX_BYTES, samples::strict_parse};

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minutes).unwrap()
    }

    fn trouble(kind: Kind, subject: &str, feeds: usize) -> Trouble {
        Trouble {
            id: 1,
            kind,
            subject: subject.to_owned(),
            feeds: (0..feeds).map(|number| format!("feed-{number}").parse().unwrap()).collect(),
            open: Vec::new(),
            why: "`https://a.vn/` cannot be reached: connection refused".to_owned(),
            tries: 3,
            next_at: Some(at(180)),
            usual: None,
            began_at: at(0),
            told_at: None,
            over_at: None,
        }
    }

    fn said(troubles: &[(&Trouble, Phase)], language: Language) -> (Message, usize) {
        let title = |feed: &FeedId| format!("<Nguồn> {feed}");
        let names = Names { title: &title, zone: &TimeZone::UTC, now: at(150), language };
        let (message, held) = alarms(troubles, &names);
        assert_eq!(strict_parse(&message.html).as_ref(), Ok(&message.shown));
        assert!(message.html.len() <= MAX_BYTES && text::utf16_len(&message.shown) <= Room::Text.limit());
        (message, held)
    }

    #[test]
    fn one_trouble_is_told_whole_and_its_end_in_short() {
        let mut host = trouble(Kind::Host, "a.vn", 20);
        insta::assert_snapshot!(said(&[(&host, Phase::Began)], Language::English).0.shown, @r"
        a.vn cannot be read

        20 feeds: <Nguồn> feed-0, <Nguồn> feed-1, <Nguồn> feed-2, <Nguồn> feed-3, <Nguồn> feed-4, and 15 more

        Since 15 Jan 08:00 UTC (3 h)

        `https://a.vn/` cannot be reached: connection refused

        Tried 3 times in a row, next at 15 Jan 11:00 UTC

        Open it in a browser. If it is down, there is nothing to do: it is tried again by itself, and what is published stays.
        ");
        insta::assert_snapshot!(said(&[(&host, Phase::Began)], Language::Vietnamese).0.shown, @r"
        Không đọc được a.vn

        20 nguồn tin: <Nguồn> feed-0, <Nguồn> feed-1, <Nguồn> feed-2, <Nguồn> feed-3, <Nguồn> feed-4, và 15 nguồn nữa

        Từ 08:00 15/01 (UTC) (3 giờ)

        không kết nối được tới `https://a.vn/`: kết nối bị từ chối

        Đã thử 3 lần liên tiếp, lần tới lúc 11:00 15/01 (UTC)

        Hãy mở thử bằng trình duyệt. Nếu máy chủ đang hỏng thì không cần làm gì: Loa tự thử lại, và những gì đã đăng vẫn còn.
        ");
        host.over_at = Some(at(125));
        insta::assert_snapshot!(said(&[(&host, Phase::Over)], Language::English).0.shown, @r"
        a.vn can be read again

        20 feeds: <Nguồn> feed-0, <Nguồn> feed-1, <Nguồn> feed-2, <Nguồn> feed-3, <Nguồn> feed-4, and 15 more

        It took 2 h: 15 Jan 08:00 UTC to 15 Jan 10:05 UTC
        ");
        insta::assert_snapshot!(said(&[(&host, Phase::Over)], Language::Vietnamese).0.shown, @r"
        Đã đọc lại được a.vn

        20 nguồn tin: <Nguồn> feed-0, <Nguồn> feed-1, <Nguồn> feed-2, <Nguồn> feed-3, <Nguồn> feed-4, và 15 nguồn nữa

        Kéo dài 2 giờ: từ 08:00 15/01 (UTC) đến 10:05 15/01 (UTC)
        ");
        let quiet =
            Trouble { why: String::new(), tries: 0, usual: Some(SignedDuration::from_hours(15)), ..trouble(Kind::Quiet, "feed-0", 1) };
        insta::assert_snapshot!(said(&[(&quiet, Phase::Began)], Language::English).0.shown, @r"
        “<Nguồn> feed-0” has gone quiet

        Since 15 Jan 08:00 UTC (3 h)

        Usually something new comes within 15 h

        The list is read and shows nothing new. Look whether the portal publishes elsewhere now: `loa try` shows what Loa sees.
        ");
    }

    #[test]
    fn several_are_a_line_each_as_many_as_fit() {
        let (feed, held) = (trouble(Kind::Feed, "feed-0", 1), Trouble { tries: 0, ..trouble(Kind::Held, "12, 13", 0) });
        insta::assert_snapshot!(said(&[(&feed, Phase::Began), (&held, Phase::Began)], Language::English).0.shown, @r"
        2 things to know

        • “<Nguồn> feed-0” cannot be read (3 h)

        • Delivery 12, 13 waits for you: it may have been sent or not (3 h)

        `loa status` says more of each.
        ");
        let long = trouble(Kind::Host, &"a".repeat(300), 1);
        let (message, held) = said(&vec![(&long, Phase::Began); 100], Language::Vietnamese);
        assert!((5..50).contains(&held) && message.shown.starts_with(&held.to_string()), "{held}: {}", message.shown);
    }

    #[test]
    fn every_kind_has_words_of_its_own() {
        for language in Language::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for kind in Kind::ALL {
                let (message, _) = said(&[(&trouble(kind, "x", 1), Phase::Began)], language);
                assert!(seen.insert(message.bare.clone()), "{}", message.bare);
                assert!(message.shown.len() > message.bare.len() + 40, "{}", message.shown);
            }
        }
    }
}
