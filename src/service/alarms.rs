//! What the operator is to be told: kept until it is, as long as this process lives.
//!
//! Alarms are no deliveries: they are lost with the process, and one that may have arrived is not repeated.

use std::{collections::VecDeque, sync::Mutex};

use jiff::{SignedDuration, Timestamp};
use tracing::warn;

use crate::target::{Failure, Target};

/// Alarms that are kept; of more, the oldest are dropped.
const KEPT: usize = 50;
/// Between two tries: doubled each time, up to [`LONGEST_RETRY`].
const RETRY: SignedDuration = SignedDuration::from_secs(20);
const LONGEST_RETRY: SignedDuration = SignedDuration::from_mins(15);

/// Alarms on their way.
#[derive(Debug, Default)]
pub struct Alarms {
    waiting: Mutex<Waiting>,
    /// One at a time, so that none is sent twice and all keep their order.
    sending: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    words: VecDeque<String>,
    failures: u32,
    /// Not before.
    next: Option<Timestamp>,
}

impl Alarms {
    /// Takes up one more.
    pub fn add(&self, words: &str) {
        let mut waiting = self.waiting();
        waiting.words.push_back(words.to_owned());
        while waiting.words.len() > KEPT {
            waiting.words.pop_front();
        }
    }

    /// Sends what waits, as far as that goes now. It must not stop anything else, so a failure is only logged.
    pub async fn send(&self, target: &Target, now: Timestamp) {
        let _one = self.sending.lock().await;
        while let Some(words) = self.next(now) {
            let failure = target.alarm(&words).await.err();
            if let Some(failure) = &failure {
                warn!("the ops chat could not be told: {failure}");
            }
            match failure {
                Some(Failure::NotSent { .. }) => return self.rest(None, now),
                Some(Failure::Wait { seconds }) => return self.rest(Some(seconds), now),
                None | Some(_) => self.done(),
            }
        }
    }

    fn next(&self, now: Timestamp) -> Option<String> {
        let waiting = self.waiting();
        if waiting.next.is_some_and(|next| next > now) { None } else { waiting.words.front().cloned() }
    }

    fn done(&self) {
        let mut waiting = self.waiting();
        waiting.words.pop_front();
        (waiting.failures, waiting.next) = (0, None);
    }

    fn rest(&self, seconds: Option<u64>, now: Timestamp) {
        let mut waiting = self.waiting();
        let usual = RETRY.saturating_mul(1 << waiting.failures.min(10)).min(LONGEST_RETRY);
        let wait = seconds.map_or(usual, |seconds| SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)));
        waiting.failures = waiting.failures.saturating_add(1);
        waiting.next = now.saturating_add(wait).ok();
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Waiting> {
        // What a panic left behind is a list all the same.
        self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use loa_stand_ins::bot_api::{BotApi, FaultKind};

    use super::*;
    use crate::target::telegram::{Settings, Telegram};

    #[tokio::test]
    async fn an_alarm_waits_for_a_telegram_that_can_be_reached() {
        const TOKEN: &str = "4242:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
        let api = BotApi::start(std::net::TcpListener::bind("127.0.0.1:0").unwrap(), TOKEN).unwrap();
        api.add_private(77, "Người trực");
        let settings = Settings { api_url: api.url().parse().unwrap(), ops_chat: 77, ..Settings::default() };
        let target = Target::Telegram(Telegram::new(&settings, TOKEN.parse().unwrap()).unwrap());
        let alarms = Alarms::default();
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let told = || api.ledger(77).into_iter().map(|message| message.text).collect::<Vec<_>>();
        api.fault_next("sendMessage", 1, FaultKind::TooManyRequests { retry_after: 30, no_params: false });
        alarms.add("một");
        alarms.send(&target, at(0)).await;
        alarms.add("hai");
        alarms.send(&target, at(29)).await;
        assert_eq!(told(), [""; 0]);
        alarms.send(&target, at(30)).await;
        assert_eq!(told(), ["một", "hai"]);
    }
}
