//! `loa status FEED`: one feed closely, in words.

use super::super::{
    Outcome, block_on, page_boxes,
    terminal::{self, Looks, Mark, Sheet},
};
use crate::{
    service::{
        Setup,
        status::{Condition, FeedClosely, closely},
    },
    words::{Clock, closely as said, errors},
};

pub(super) fn run(setup: &Setup, id: &str, is_json: bool, clock: Clock) -> anyhow::Result<Outcome> {
    let feed = block_on(async { Ok(closely(setup, id).await?) })?;
    if is_json {
        terminal::print_json(&feed)?;
    } else {
        terminal::print(&in_words(&feed, clock, terminal::output()))?;
    }
    Ok(if feed.status.condition() == Condition::Bad { Outcome::Failed } else { Outcome::Done })
}

fn in_words(feed: &FeedClosely, clock: Clock, looks: Looks) -> String {
    let (language, status) = (clock.language, &feed.status);
    let mut sheet = Sheet::new(looks);
    sheet.heading(&format!("{}: {}", status.id, status.title));
    sheet.line(&status.url);
    sheet.gap();
    let labels = [
        said::articles(language),
        said::newest(language),
        said::last_poll(language),
        said::next_poll(language),
        said::state(language),
        said::health(language),
        said::learned(language),
        said::overruled(language),
        said::page_box(language),
        said::repeated(language),
        said::remark(language),
        said::rebuilt(language),
        said::left_out(language),
    ];
    let column = labels.iter().map(|label| unicode_width::UnicodeWidthStr::width(label.as_str())).max().unwrap_or(0) + 2;
    let mut line = |label: &str, words: &str| sheet.field(label, column, words);
    line(&said::articles(language), &language.number(status.articles));
    if let Some(newest) = &status.newest {
        line(&said::newest(language), &format!("{}: {}\n{}", clock.relative(Some(newest.at)), newest.title, newest.url));
    }
    line(&said::last_poll(language), &clock.relative(status.last_poll));
    line(&said::next_poll(language), &clock.due(status.next_poll));
    match &status.problem {
        Some(why) => {
            let why = &errors::told(language, why);
            let words = match status.failing_since {
                Some(since) => said::failed_since(language, u64::from(status.failures), &clock.relative(Some(since)), why),
                None => said::failed(language, u64::from(status.failures), why),
            };
            let mark = if status.condition() == Condition::Bad { Mark::Bad } else { Mark::Note };
            sheet.item(mark, &said::state(language), column, &words);
        }
        None if status.rests => {
            sheet.item(Mark::Note, &said::state(language), column, &crate::words::status::feed_rests(language, &status.id))
        }
        None if status.last_poll.is_none() => sheet.field(&said::state(language), column, &said::not_polled(language)),
        None => sheet.item(Mark::Good, &said::state(language), column, &said::good(language)),
    }
    let mut line = |label: &str, words: &str| sheet.field(label, column, words);
    if let Some(health) = feed.health {
        line(&said::health(language), &said::found_again(language, health.again, health.of));
    }
    line(&said::learned(language), &feed.learned.as_ref().map_or_else(|| said::nothing_yet(language), |rule| errors::told(language, rule)));
    if !feed.overruled.is_empty() {
        line(&said::overruled(language), &said::overruled_by(language, &feed.overruled.join(", ")));
    }
    for shown in page_boxes::lines(&feed.boxes, language) {
        line(&said::page_box(language), &shown);
    }
    for text in &feed.repeated {
        line(&said::repeated(language), &said::repeated_on(language, text.pages, text.of, &text.begins));
    }
    for remark in &status.remarks {
        line(&said::remark(language), &errors::told(language, remark));
    }
    if feed.repairs.is_empty() {
        line(&said::rebuilt(language), &said::never(language));
    }
    for repair in &feed.repairs {
        line(&said::rebuilt(language), &format!("{}: {}", repair.at.strftime("%Y-%m-%d %H:%M UTC"), errors::told(language, &repair.words)));
    }
    for refusal in &feed.refused {
        line(&said::left_out(language), &format!("`{}` ({}): {}", refusal.title, refusal.address, errors::told(language, &refusal.why)));
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::service::status::{FeedStatus, Health, Newest, RefusalLine, RepairLine, Repeated};

    fn feed() -> FeedClosely {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        FeedClosely {
            status: FeedStatus {
                id: "police".into(),
                title: "Công an thành phố".into(),
                url: "https://a.vn/".into(),
                articles: 42,
                newest: Some(Newest {
                    title: "Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông".into(),
                    url: "https://a.vn/tin/mo-dot-cao-diem".into(),
                    at: at("2026-07-10T01:30:00Z"),
                }),
                last_poll: Some(at("2026-07-10T04:25:00Z")),
                next_poll: at("2026-07-10T04:40:00Z"),
                usual: 10,
                ..FeedStatus::default()
            },
            learned: Some("headings in h4 in li in ul; their addresses look like `/tin/<words>`".into()),
            overruled: vec!["date"],
            health: Some(Health { again: 9, of: 10 }),
            boxes: Vec::new(),
            repeated: vec![Repeated { begins: "Đánh giá bài viết".into(), pages: 9, of: 10 }],
            repairs: vec![RepairLine { at: at("2026-07-09T01:00:00Z"), words: "the page was rebuilt".into() }],
            refused: vec![RefusalLine {
                title: "Giới thiệu".into(),
                address: "a.vn/gioi-thieu".into(),
                why: "its page has no date".into(),
            }],
        }
    }

    #[test]
    fn it_looks_well_everywhere() {
        let clock = |language| Clock { now: "2026-07-10T04:30:00Z".parse().unwrap(), language };
        let show = |feed: &FeedClosely| terminal::in_every_look(|looks, language| in_words(feed, clock(language), looks));
        insta::assert_snapshot!("status_feed", show(&feed()));
        let mut failed = feed();
        (failed.status.failures, failed.status.problem) = (3, Some("`https://a.vn/` cannot be reached: connection refused".into()));
        failed.status.failing_since = Some("2026-07-10T01:30:00Z".parse().unwrap());
        insta::assert_snapshot!("status_feed_failed", show(&failed));
    }
}
