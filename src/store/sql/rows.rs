//! How things are written into columns and read out of rows.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use loa_reader::time::{Precision, Stamp};
use url::Url;

use super::statement::Row;

use crate::{
    article::{Article, FeedId},
    channel::{Address, ChannelId},
    store::{About, Attempt, ChannelState, Delivery, Error, FeedState, Kind, PollBasis, Portal, Reading, Summary},
    trouble::Trouble,
};

/// When a delivery is due that waits for a person: later than any time.
pub const NEVER: i64 = i64::MAX;

/// A count; what is no count is the nearest one.
pub fn number(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

/// Milliseconds since 1970.
pub fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// Back again; a value outside of time is the nearest moment.
pub fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

pub fn maybe(millis: Option<i64>) -> Option<Timestamp> {
    millis.map(moment)
}

/// A value as JSON: a list as one parameter, read by `json_each`, which is a function of Loa's own in PostgreSQL.
pub fn list<T: serde::Serialize + ?Sized>(values: &T) -> String {
    serde_json::to_string(values).expect("strings, numbers and structures of them can be written as JSON")
}

/// Between the addresses of an article where they are read as one text: no address has it in it.
pub const APART: &str = "\n";

/// The addresses of such a text.
pub fn apart(addresses: Option<String>) -> Vec<String> {
    addresses.unwrap_or_default().split_terminator(APART).map(str::to_owned).collect()
}

/// The word for a precision.
pub fn precision_word(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Minute => "minute",
    }
}

/// Reads a date as [`Stamp::to_rfc3339`] and [`precision_word`] wrote it.
fn stamp(published: Option<String>, precision: Option<String>) -> Result<Option<Stamp>, Error> {
    let Some(text) = published else { return Ok(None) };
    let precision = if precision.as_deref() == Some("day") { Precision::Day } else { Precision::Minute };
    Stamp::parse_rfc3339(&text, precision).ok_or(Error::Unreadable { what: "a date", found: text }).map(Some)
}

/// Reads a feed's name.
pub fn feed_id(word: String) -> Result<FeedId, Error> {
    word.parse().map_err(|_| Error::Unreadable { what: "the name of a feed", found: word })
}

/// Reads what is known of a feed.
pub fn feed_state(row: &Row) -> Result<FeedState, Error> {
    let rhythm: String = row.try_get::<Option<String>, _>("rhythm")?.unwrap_or_default();
    let times: Result<Vec<i64>, _> = rhythm.split_terminator(' ').map(str::parse).collect();
    let rhythm = times.map_err(|_| Error::Unreadable { what: "a list of times", found: rhythm })?;
    Ok(FeedState {
        url: row.try_get("url")?,
        etag: row.try_get("etag")?,
        last_modified: row.try_get("last_modified")?,
        began_at: maybe(row.try_get("began_at")?),
        polled_at: maybe(row.try_get("polled_at")?),
        next_at: moment(row.try_get("next_at")?),
        usual: number(row.try_get("usual")?),
        failures: number(row.try_get("failures")?),
        problem: row.try_get("problem")?,
        gone: number(row.try_get("gone")?),
        remarks: row.try_get::<String, _>("remarks")?.lines().map(str::to_owned).collect(),
        portal: portal(row)?,
        rhythm: rhythm.into_iter().map(moment).collect(),
        failing_since: maybe(row.try_get("failing_since")?),
        fresh_until: maybe(row.try_get("fresh_until")?),
        basis: basis(row)?,
    })
}

/// By what a feed's next poll was worked out.
pub fn basis(row: &Row) -> Result<Option<PollBasis>, Error> {
    let (definition, pace): (Option<i64>, Option<String>) = (row.try_get("definition")?, row.try_get("pace")?);
    Ok(definition.zip(pace).map(|(definition, pace)| PollBasis { definition, pace }))
}

/// Reads what the row of a feed says of its articles.
pub fn summary(row: &Row) -> Result<Summary, Error> {
    let published = stamp(row.try_get("newest_published")?, row.try_get("newest_precision")?)?;
    // Without a date of its own, an article shows when it was first seen.
    let shown_at: Option<i64> = row.try_get("newest_at")?;
    let first_seen = shown_at.map(|at| Stamp { at: moment(at).to_zoned_datetime(TimeZone::UTC), precision: Precision::Minute });
    Ok(Summary {
        feed: feed_id(row.try_get("id")?)?,
        articles: row.try_get::<i64, _>("articles")?.unsigned_abs(),
        newest: published.or(first_seen),
        changed_at: maybe(row.try_get("changed_at")?),
        began_at: maybe(row.try_get("began_at")?),
        next_at: moment(row.try_get("next_at")?),
        portal: portal(row)?,
        // What cannot be read is noted again with the next article.
        presentation: row
            .try_get::<Option<String>, _>("presentation")?
            .and_then(|presentation| serde_json::from_str(&presentation).ok())
            .unwrap_or_default(),
    })
}

/// What was learned of a feed's portal.
pub fn portal(row: &Row) -> Result<Option<Portal>, Error> {
    let (title, language): (Option<String>, Option<String>) = (row.try_get("portal_title")?, row.try_get("portal_language")?);
    let said = |word: Option<String>| word.filter(|word| !word.is_empty());
    Ok(title.is_some().then(|| Portal { title: said(title), language: said(language) }))
}

/// Reads the columns of `article` and `version`; the article's key is in the column `article`.
pub fn article(row: &Row) -> Result<Article, Error> {
    let published = stamp(row.try_get("published")?, row.try_get("precision")?)?;
    let url: String = row.try_get("url")?;
    let image: Option<String> = row.try_get("image")?;
    let categories: String = row.try_get("categories")?;
    let attachments: String = row.try_get("attachments")?;
    let files: String = row.try_get("files")?;
    Ok(Article {
        id: row.try_get("article")?,
        feed: feed_id(row.try_get("feed")?)?,
        uid: row.try_get("uid")?,
        url: Url::parse(&url).map_err(|_| Error::Unreadable { what: "an address", found: url })?,
        title: row.try_get("title")?,
        summary: row.try_get("summary")?,
        text: row.try_get("text")?,
        html: row.try_get("html")?,
        author: row.try_get("author")?,
        published,
        image: image.and_then(|image| Url::parse(&image).ok()),
        language: row.try_get("language")?,
        categories: serde_json::from_str(&categories).map_err(|_| Error::Unreadable { what: "a list of categories", found: categories })?,
        attachments: serde_json::from_str(&attachments)
            .map_err(|_| Error::Unreadable { what: "a list of attachments", found: attachments })?,
        files: serde_json::from_str(&files).map_err(|_| Error::Unreadable { what: "a list of files", found: files })?,
        first_seen: moment(row.try_get("first_seen")?),
        changed: moment(row.try_get("at")?),
    })
}

/// Reads the columns of `delivery` beside those of [`article`]; its key is in the column `delivery`.
pub fn delivery(row: &Row) -> Result<Delivery, Error> {
    let channel: String = row.try_get("channel")?;
    let state: String = row.try_get("state")?;
    let kind: String = row.try_get("kind")?;
    let about = match row.try_get::<Option<i64>, _>("article")? {
        Some(_) => About::Article(Box::new(article(row)?)),
        None => About::Trouble(Box::new(trouble(row)?)),
    };
    let fingerprint: Option<String> = row.try_get("fingerprint")?;
    let after: Option<String> = row.try_get("sent_after")?;
    Ok(Delivery {
        id: row.try_get("delivery")?,
        kind: Kind::ALL.into_iter().find(|it| it.as_str() == kind).ok_or(Error::Unreadable { what: "a delivery's kind", found: kind })?,
        channel: ChannelId::stored(&channel).map_err(|_| Error::Unreadable { what: "the name of a channel", found: channel })?,
        state: state.parse().map_err(|_| Error::Unreadable { what: "a delivery's state", found: state })?,
        about,
        portal_title: row.try_get::<Option<String>, _>("portal_title")?.filter(|title| !title.is_empty()),
        digest: row.try_get("digest")?,
        tries: number(row.try_get("tries")?),
        unclear: number(row.try_get("unclear")?),
        looks: number(row.try_get("looks")?),
        is_doubtful: row.try_get::<i64, _>("doubtful")? != 0,
        attempt: fingerprint.map(|fingerprint| Attempt { fingerprint, after }),
        queued_at: moment(row.try_get("queued_at")?),
        due_at: Some(row.try_get("due_at")?).filter(|due| *due != NEVER).map(moment),
        receipt: row.try_get("receipt")?,
        why: row.try_get("why")?,
        settled_at: maybe(row.try_get("settled_at")?),
    })
}

/// Reads the columns of `trouble`; its key is in the column `trouble`.
pub fn trouble(row: &Row) -> Result<Trouble, Error> {
    let kind: String = row.try_get("trouble_kind")?;
    let usual: Option<i64> = row.try_get("usual")?;
    Ok(Trouble {
        id: row.try_get("trouble")?,
        kind: kind.parse().map_err(|()| Error::Unreadable { what: "the kind of a trouble", found: kind })?,
        subject: row.try_get("subject")?,
        feeds: feed_ids(row.try_get("feeds")?)?,
        open: feed_ids(row.try_get("open_feeds")?)?,
        why: row.try_get("trouble_why")?,
        tries: number(row.try_get("trouble_tries")?),
        next_at: maybe(row.try_get("next_at")?),
        usual: usual.map(SignedDuration::from_millis),
        began_at: moment(row.try_get("began_at")?),
        told_at: maybe(row.try_get("told_at")?),
        over_at: maybe(row.try_get("over_at")?),
    })
}

/// Reads a JSON list of feeds.
fn feed_ids(list: String) -> Result<Vec<FeedId>, Error> {
    let words: Vec<String> = serde_json::from_str(&list).map_err(|_| Error::Unreadable { what: "a list of feeds", found: list })?;
    words.into_iter().map(feed_id).collect()
}

/// Reads what is known of a channel's chat.
pub fn channel_state(row: &Row) -> Result<ChannelState, Error> {
    let hold_until: i64 = row.try_get("hold_until")?;
    Ok(ChannelState {
        moved_to: row.try_get::<Option<String>, _>("moved_to")?.map(Address::new),
        last_receipt: row.try_get("last_receipt")?,
        hold_until: (hold_until > 0).then(|| moment(hold_until)),
        paused: row.try_get("paused")?,
        unclear: number(row.try_get("unclear")?),
        problem: row.try_get("problem")?,
        read_to: row.try_get("read_to")?,
        reading: reading(row.try_get("reading")?)?,
    })
}

fn reading(word: Option<String>) -> Result<Reading, Error> {
    let Some(word) = word else { return Ok(Reading::default()) };
    let known = Reading::ALL.into_iter().find(|reading| reading.as_str() == Some(word.as_str()));
    known.ok_or(Error::Unreadable { what: "how far a channel was read", found: word })
}
