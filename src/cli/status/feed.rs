//! `loa status FEED`: what was learned of one source, in words, how it is, and when it was rebuilt.

use anyhow::Context as _;
use jiff::Timestamp;
use loa_reader::{
    list::{PageBox, Rule},
    site::Site,
    text,
};
use serde::Serialize;

use super::super::{Outcome, block_on, page_boxes, table::relative};
use crate::{
    feed::Feed,
    service::Setup,
    store::{Repair, Store},
};

/// Repairs that are shown, the newest first.
const SHOWN_REPAIRS: u32 = 20;
/// Links that are no headlines, the newest first.
const SHOWN_REFUSALS: usize = 10;
/// Texts of the site that are shown, the most frequent first, how many of a hundred pages have such a text, and pages from which on
/// that means anything.
const SHOWN_REPEATED: usize = 10;
const OFTEN: u32 = 50;
const FEW_PAGES: u32 = 5;

/// Everything that is said.
#[derive(Debug, Clone, Serialize)]
struct Status {
    id: String,
    title: String,
    url: String,
    articles: u64,
    last_poll: Option<Timestamp>,
    next_poll: Timestamp,
    failures: u32,
    problem: Option<String>,
    remarks: Vec<String>,
    /// Where the headlines stand and how their addresses are built, in words.
    learned: Option<String>,
    /// Keys of the feed's file that overrule what was learned.
    overruled: Vec<&'static str>,
    health: Health,
    /// The boxes of the list's page, those beside the list among them.
    boxes: Vec<PageBox>,
    /// Texts that stand beside the articles of most pages: the site's, and left out.
    repeated: Vec<RepeatedStatus>,
    repairs: Vec<RepairStatus>,
    refused: Vec<RefusalStatus>,
}

/// Known headlines that the last good poll found again, of those of the poll before.
#[derive(Debug, Clone, Serialize)]
struct Health {
    again: u32,
    of: u32,
}

/// A text of the site.
#[derive(Debug, Clone, Serialize)]
struct RepeatedStatus {
    begins: String,
    pages: u32,
    of: u32,
}

#[derive(Debug, Clone, Serialize)]
struct RepairStatus {
    at: Timestamp,
    words: String,
}

/// A link that looks like a headline and is none.
#[derive(Debug, Clone, Serialize)]
struct RefusalStatus {
    title: String,
    address: String,
    why: String,
}

pub(super) fn run(setup: &Setup, id: &str, is_json: bool, now: Timestamp) -> anyhow::Result<Outcome> {
    let known: Vec<&str> = setup.feeds.iter().map(|feed| feed.id.as_str()).collect();
    let feed = setup.feeds.iter().find(|feed| feed.id.as_str() == id);
    let feed = feed.with_context(|| format!("there is no feed `{id}`\nhint: the feeds are {}", in_ticks(&known)))?;
    let status = block_on(async {
        let store = Store::visit(&setup.config.store).await?;
        let status = read(feed, &store).await;
        store.close().await;
        status
    })?;
    if is_json {
        println!("{}", serde_json::to_string(&status)?);
    } else {
        print!("{}", text::clean(&in_words(&status, now)));
    }
    Ok(Outcome::Done)
}

fn in_ticks(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ") }
}

async fn read(feed: &Feed, store: &Store) -> anyhow::Result<Status> {
    let state = store.feed_state(&feed.id).await?;
    let learned = store.learned(&feed.id).await?;
    let repairs = store.repairs(&feed.id, SHOWN_REPAIRS).await?;
    let refused = learned.refused.into_iter().rev().take(SHOWN_REFUSALS);
    Ok(Status {
        id: feed.id.to_string(),
        title: feed.of_portal(&state.portal.unwrap_or_default()).title,
        url: feed.url.to_string(),
        articles: store.count(&feed.id).await?,
        last_poll: state.polled_at,
        next_poll: state.next_at,
        failures: state.failures,
        problem: state.problem,
        remarks: state.remarks,
        learned: learned.rule.as_ref().map(Rule::in_words),
        overruled: feed.source.overruling(),
        health: Health { again: learned.health.again, of: learned.health.of },
        boxes: learned.boxes,
        repeated: repeated(&learned.site),
        repairs: repairs.into_iter().map(|Repair { at, words }| RepairStatus { at, words }).collect(),
        refused: refused.map(|it| RefusalStatus { title: it.title, address: it.address, why: it.why }).collect(),
    })
}

fn repeated(site: &Site) -> Vec<RepeatedStatus> {
    let often = |(_, pages): &(&str, u32)| site.pages() >= FEW_PAGES && 100 * pages >= OFTEN * site.pages();
    let repeated = site.repeated().into_iter().filter(often).take(SHOWN_REPEATED);
    repeated.map(|(begins, pages)| RepeatedStatus { begins: begins.to_owned(), pages, of: site.pages() }).collect()
}

fn in_words(status: &Status, now: Timestamp) -> String {
    let mut words = format!("{}: {}\n{}\n\n", status.id, status.title, status.url);
    let mut line = |name: &str, said: &str| words.push_str(&format!("{name:<11}{said}\n"));
    line("articles", &status.articles.to_string());
    line("last poll", &relative(status.last_poll, now));
    line("next poll", &relative(Some(status.next_poll.max(now)), now));
    match &status.problem {
        Some(problem) => line("state", &format!("failed {}: {problem}", super::times(status.failures))),
        None if status.last_poll.is_none() => line("state", "not polled yet"),
        None => line("state", "good"),
    }
    if status.health.of > 0 {
        // A failed poll says nothing of it.
        let last = if status.problem.is_some() { "last good poll" } else { "last poll" };
        line("health", &format!("{} of {} headlines were found again at the {last}", status.health.again, status.health.of));
    }
    line("learned", status.learned.as_deref().unwrap_or("nothing yet"));
    if !status.overruled.is_empty() {
        line("overruled", &format!("by the feed's file: {}", status.overruled.join(", ")));
    }
    for shown in page_boxes::lines(&status.boxes) {
        line("box", &shown);
    }
    for RepeatedStatus { begins, pages, of } in &status.repeated {
        line("repeated", &format!("on {pages} of {of} article pages: `{begins}`"));
    }
    for remark in &status.remarks {
        line("remark", remark);
    }
    if status.repairs.is_empty() {
        line("rebuilt", "never");
    }
    for repair in &status.repairs {
        line("rebuilt", &format!("{}: {}", repair.at.strftime("%Y-%m-%d %H:%M UTC"), repair.words));
    }
    for refusal in &status.refused {
        line("left out", &format!("`{}` ({}): {}", refusal.title, refusal.address, refusal.why));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_told_closely() {
        let now: Timestamp = "2026-07-10T04:30:00Z".parse().unwrap();
        let status = Status {
            id: "police".into(),
            title: "Công an thành phố".into(),
            url: "https://a.vn/".into(),
            articles: 42,
            last_poll: Some("2026-07-10T04:25:00Z".parse().unwrap()),
            next_poll: "2026-07-10T04:40:00Z".parse().unwrap(),
            failures: 0,
            problem: None,
            remarks: Vec::new(),
            learned: Some("headings in h4 in li in ul; their addresses look like `/tin/<words>`".into()),
            overruled: vec!["date"],
            health: Health { again: 9, of: 10 },
            boxes: Vec::new(),
            repeated: vec![RepeatedStatus { begins: "Đánh giá bài viết".into(), pages: 9, of: 10 }],
            repairs: vec![RepairStatus { at: "2026-07-09T01:00:00Z".parse().unwrap(), words: "the page was rebuilt".into() }],
            refused: vec![RefusalStatus {
                title: "Giới thiệu".into(),
                address: "a.vn/gioi-thieu".into(),
                why: "its page has no date".into(),
            }],
        };
        let words = in_words(&Status { failures: 3, problem: Some("no connection".into()), ..status.clone() }, now);
        assert!(
            words.contains(
                "state      failed 3 times in a row: no connection\nhealth     9 of 10 headlines were found again at the last good poll\n"
            ),
            "{words}"
        );
        insta::assert_snapshot!(in_words(&status, now), @r"
        police: Công an thành phố
        https://a.vn/

        articles   42
        last poll  5 min ago
        next poll  in 10 min
        state      good
        health     9 of 10 headlines were found again at the last poll
        learned    headings in h4 in li in ul; their addresses look like `/tin/<words>`
        overruled  by the feed's file: date
        repeated   on 9 of 10 article pages: `Đánh giá bài viết`
        rebuilt    2026-07-09 01:00 UTC: the page was rebuilt
        left out   `Giới thiệu` (a.vn/gioi-thieu): its page has no date
        ");
    }
}
