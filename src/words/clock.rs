//! Times as a person reads them: how long ago, and how long from now.

use jiff::{SignedDuration, Timestamp};

use super::{Language, time};

/// When it is now, and in which language times are told.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    pub now: Timestamp,
    pub language: Language,
}

impl Clock {
    /// `5 min ago`, `in 2 h`, `now`, `never`.
    pub fn relative(self, at: Option<Timestamp>) -> String {
        let Some(at) = at else { return time::never(self.language) };
        let distance = at.duration_since(self.now);
        if distance.abs() < SignedDuration::from_secs(1) {
            return time::now(self.language);
        }
        let length = self.length(distance.abs());
        if distance.is_negative() { time::ago(self.language, &length) } else { time::ahead(self.language, &length) }
    }

    /// The same, and `now` for what should have been.
    pub fn due(self, at: Timestamp) -> String {
        self.relative(Some(at.max(self.now)))
    }

    /// `45 s`, `5 min`, `3 h`, `2 days`.
    pub fn length(self, duration: SignedDuration) -> String {
        let count = |seconds: i64| duration.as_secs().unsigned_abs() / seconds.unsigned_abs();
        match duration.as_secs() {
            0..60 => time::seconds(self.language, count(1)),
            60..7200 => time::minutes(self.language, count(60)),
            7200..172_800 => time::hours(self.language, count(3600)),
            _ => time::days(self.language, count(86_400)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_now() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let tell = |language| {
            let clock = Clock { now, language };
            let at = |seconds| clock.relative(Some(now + SignedDuration::from_secs(seconds)));
            [at(-300), at(7200), at(0), at(-1_000_000), at(59), clock.relative(None), clock.due(now - SignedDuration::from_hours(1))]
        };
        assert_eq!(tell(Language::English), ["5 min ago", "in 2 h", "now", "11 days ago", "in 59 s", "never", "now"]);
        assert_eq!(
            tell(Language::Vietnamese),
            ["5 phút trước", "sau 2 giờ nữa", "bây giờ", "11 ngày trước", "sau 59 giây nữa", "chưa lần nào", "bây giờ"]
        );
    }
}
