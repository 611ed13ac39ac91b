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
    words::{Clock, closely as said},
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
    line(&said::learned(language), &feed.learned.clone().unwrap_or_else(|| said::nothing_yet(language)));
    if !feed.overruled.is_empty() {
        line(&said::overruled(language), &said::overruled_by(language, &feed.overruled.join(", ")));
    }
    for shown in page_boxes::lines(&feed.boxes) {
        line(&said::page_box(language), &shown);
    }
    for text in &feed.repeated {
        line(&said::repeated(language), &said::repeated_on(language, text.pages, text.of, &text.begins));
    }
    for remark in &status.remarks {
        line(&said::remark(language), remark);
    }
    if feed.repairs.is_empty() {
        line(&said::rebuilt(language), &said::never(language));
    }
    for repair in &feed.repairs {
        line(&said::rebuilt(language), &format!("{}: {}", repair.at.strftime("%Y-%m-%d %H:%M UTC"), repair.words));
    }
    for refusal in &feed.refused {
        line(&said::left_out(language), &format!("`{}` ({}): {}", refusal.title, refusal.address, refusal.why));
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{
        service::status::{FeedStatus, Health, Newest, RefusalLine, RepairLine, Repeated},
        words::Language,
    };

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
                failures: 0,
                failing_since: None,
                problem: None,
                remarks: Vec::new(),
                ignores_robots: false,
                rests: false,
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

    fn say(feed: &FeedClosely, language: Language) -> String {
        let clock = Clock { now: "2026-07-10T04:30:00Z".parse().unwrap(), language };
        in_words(feed, clock, Looks { width: Some(80), colour: false })
    }

    #[test]
    fn a_feed_is_told_closely() {
        insta::assert_snapshot!(say(&feed(), Language::English), @r"
        police: Công an thành phố
        https://a.vn/

        articles   42
        newest     3 h ago: Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông
                   https://a.vn/tin/mo-dot-cao-diem
        last look  5 min ago
        next look  in 10 min
        state      good
        health     9 of 10 headlines were found again at the last look
        learned    headings in h4 in li in ul; their addresses look like `/tin/<words>`
        overruled  by the feed's file: date
        repeated   on 9 of 10 article pages: `Đánh giá bài viết`
        rebuilt    2026-07-09 01:00 UTC: the page was rebuilt
        left out   `Giới thiệu` (a.vn/gioi-thieu): its page has no date
        ");
        let mut failed = feed();
        (failed.status.failures, failed.status.problem) = (3, Some("`https://a.vn/` cannot be reached: connection refused".into()));
        failed.status.failing_since = Some("2026-07-10T01:30:00Z".parse().unwrap());
        insta::assert_snapshot!(say(&failed, Language::Vietnamese), @r"
        police: Công an thành phố
        https://a.vn/

        số bài         42
        mới nhất       3 giờ trước: Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông
                       https://a.vn/tin/mo-dot-cao-diem
        lần xem trước  5 phút trước
        lần xem tới    sau 10 phút nữa
        tình trạng     không đọc được 3 lần liền, lần đầu 3 giờ trước: `https://a.vn/`
                       cannot be reached: connection refused
        tìm lại được   9 trên 10 tin đã biết ở lần xem trước
        đã học được    headings in h4 in li in ul; their addresses look like
                       `/tin/<words>`
        ghi đè         theo tệp của nguồn: date
        lặp lại        ở 9 trên 10 trang bài: `Đánh giá bài viết`
        trang đổi mới  2026-07-09 01:00 UTC: the page was rebuilt
        bỏ qua         `Giới thiệu` (a.vn/gioi-thieu): its page has no date
        ");
    }

    #[test]
    fn it_looks_well_everywhere() {
        let clock = |language| Clock { now: "2026-07-10T04:30:00Z".parse().unwrap(), language };
        let shown = terminal::in_every_look(|looks, language| in_words(&feed(), clock(language), looks));
        insta::assert_snapshot!("status_feed", shown);
    }
}
