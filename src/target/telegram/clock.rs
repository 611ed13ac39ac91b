//! What the other side's clock says: by it one sees whether ours can be trusted.

use jiff::Timestamp;
use reqwest::header::DATE;

use super::Telegram;

impl Telegram {
    /// When the other side says that it is now, to the second; `None` where it does not answer or does not date its
    /// answers.
    pub async fn clock(&self) -> Option<Timestamp> {
        // Any answer is dated: nothing is asked of the Bot API, and the token is not in the address.
        let answer = self.asking.bot.client().head(self.asking.bot.api_url()).send().await.ok()?;
        let date = answer.headers().get(DATE)?.to_str().ok()?;
        jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(date).ok()
    }
}
