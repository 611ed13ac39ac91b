//! Whether the clock agrees with those of servers: by it headlines are dated, and Telegram's waits are kept.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Findings;
use crate::{
    fetch::Client,
    service::Setup,
    target::telegram::Telegram,
    words::{Clock, check as said},
};

/// Further apart than this is wrong.
const MOST: SignedDuration = SignedDuration::from_mins(1);
/// Longest wait for a portal's answer.
const PATIENCE: Duration = Duration::from_secs(10);

pub async fn check(setup: &Setup, telegram: Option<&Telegram>, findings: &mut Findings<'_>) {
    let language = findings.language();
    let before = Timestamp::now();
    let (who, theirs) = match telegram {
        Some(telegram) => (setup.config.telegram.api_url.host_str().unwrap_or_default().to_owned(), telegram.clock().await),
        None => portal(setup).await,
    };
    let after = Timestamp::now();
    let Some(theirs) = theirs else { return findings.note(said::clock_unknown(language)) };
    // An answer is dated somewhere between, to the second.
    let ours = before.checked_add(after.duration_since(before) / 2).unwrap_or(after);
    let ahead = ours.duration_since(theirs);
    if ahead.abs() <= MOST {
        return findings.good(said::clock(language, &who));
    }
    let length = Clock { now: ours, language }.length(ahead.abs());
    let words = if ahead.is_negative() { said::clock_behind(language, &length, &who) } else { said::clock_ahead(language, &length, &who) };
    findings.wrong(words, Some(said::clock_hint(language)));
}

/// What the first feed's portal says, where no bot can be asked.
pub async fn portal(setup: &Setup) -> (String, Option<Timestamp>) {
    let Some(feed) = setup.feeds.first() else { return (String::new(), None) };
    let host = feed.watched().host_str().unwrap_or_default().to_owned();
    let asked = async {
        let client = Client::new(&setup.config.fetch, setup.config.poll.host_delay.get()).ok()?;
        client.get(&feed.request(feed.watched().clone())).await.ok()?.date
    };
    (host, tokio::time::timeout(PATIENCE, asked).await.ok().flatten())
}
