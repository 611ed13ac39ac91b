//! Durations and sizes as settings write them: `90s`, `15m`, `6h`, `10MB`.
//!
//! One number and one unit, no more: what a file says is read back by a person.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};

/// The longest duration taken, so that adding one to a point in time cannot overflow.
const LONGEST: std::time::Duration = std::time::Duration::from_secs(3650 * 86_400);

/// In milliseconds. The order is that of reading: `ms` must be tried before `m` and `s`.
const DURATION_UNITS: &[(&str, u64)] = &[("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// In bytes, decimal as disks and networks count.
const SIZE_UNITS: &[(&str, u64)] = &[("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];

/// A length of time written as `500ms`, `90s`, `15m`, `6h` or `1d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(std::time::Duration);

/// A number of bytes written as `500B`, `20kB`, `10MB` or `1GB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Size(u64);

/// Why a text is no [`Duration`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a duration such as `15m`, found `{0}`")]
pub struct BadDuration(String);

/// Why a text is no [`Size`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a size such as `10MB`, found `{0}`")]
pub struct BadSize(String);

impl Duration {
    pub const fn from_secs(seconds: u64) -> Self {
        Self(std::time::Duration::from_secs(seconds))
    }

    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(std::time::Duration::from_millis(milliseconds))
    }

    pub const fn get(self) -> std::time::Duration {
        self.0
    }
}

impl From<Duration> for std::time::Duration {
    fn from(duration: Duration) -> Self {
        duration.0
    }
}

impl Size {
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl FromStr for Duration {
    type Err = BadDuration;

    fn from_str(text: &str) -> Result<Self, BadDuration> {
        split(text.trim(), DURATION_UNITS)
            .map(std::time::Duration::from_millis)
            .filter(|duration| *duration <= LONGEST)
            .map(Self)
            .ok_or_else(|| BadDuration(text.to_owned()))
    }
}

impl FromStr for Size {
    type Err = BadSize;

    fn from_str(text: &str) -> Result<Self, BadSize> {
        // `kB` is the proper spelling, `KB` the common one.
        split(&text.trim().replace('k', "K"), SIZE_UNITS).map(Self).ok_or_else(|| BadSize(text.to_owned()))
    }
}

/// `text` as a whole number of the smallest unit; `None` unless it is digits and a known unit.
fn split(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.find(|ch: char| !ch.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let (_, factor) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
    number.parse::<u64>().ok()?.checked_mul(*factor)
}

/// The largest unit that leaves a whole number.
fn shortest(value: u64, units: &[(&'static str, u64)]) -> (u64, &'static str) {
    let fitting = units.iter().filter(|(_, factor)| value.is_multiple_of(*factor)).max_by_key(|(_, factor)| *factor);
    fitting.map_or((value, ""), |(name, factor)| (value / factor, name))
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.0.is_zero() {
            return f.write_str("0s");
        }
        let milliseconds = u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX);
        let (number, unit) = shortest(milliseconds, DURATION_UNITS);
        write!(f, "{number}{unit}")
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0B");
        }
        let (number, unit) = shortest(self.0, SIZE_UNITS);
        write!(f, "{number}{}", if unit == "KB" { "kB" } else { unit })
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Words)?.parse().map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Words)?.parse().map_err(de::Error::custom)
    }
}

/// Takes a bare number as text, so that it gets the same error as any other slip.
struct Words;

impl de::Visitor<'_> for Words {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text with a number and a unit")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_written_alike() {
        for (text, milliseconds) in [("500ms", 500), ("0s", 0), ("90s", 90_000), ("15m", 900_000), ("6h", 21_600_000), ("1d", 86_400_000)] {
            let duration: Duration = text.parse().unwrap();
            assert_eq!(duration, Duration::from_millis(milliseconds), "{text}");
            assert_eq!(duration.to_string(), text);
        }
        assert_eq!(Duration::from_secs(3600).to_string(), "1h");
    }

    #[test]
    fn sizes_are_read_and_written_alike() {
        for (text, bytes) in [("0B", 0), ("500B", 500), ("20kB", 20_000), ("10MB", 10_000_000), ("1GB", 1_000_000_000)] {
            let size: Size = text.parse().unwrap();
            assert_eq!(size.bytes(), bytes, "{text}");
            assert_eq!(size.to_string(), text);
        }
        assert_eq!("20KB".parse(), Ok(Size::from_bytes(20_000)));
    }

    #[test]
    fn slips_say_what_was_expected() {
        for text in ["", "15", "m", "-1s", "1.5h", "1h30m", "15 minutes", "99999999999999999999s", "99999d", "15M"] {
            assert_eq!(text.parse::<Duration>().unwrap_err().to_string(), format!("expected a duration such as `15m`, found `{text}`"));
        }
        for text in ["", "10", "10mb", "1TB", "99999999999999GB"] {
            assert_eq!(text.parse::<Size>().unwrap_err().to_string(), format!("expected a size such as `10MB`, found `{text}`"));
        }
    }

    #[test]
    fn a_bare_number_is_a_slip_like_any_other() {
        let error = serde_json::from_str::<Duration>("15").unwrap_err();
        assert!(error.to_string().starts_with("expected a duration such as `15m`, found `15`"), "{error}");
        assert_eq!(serde_json::from_str::<Size>("\"1MB\"").unwrap(), Size::from_bytes(1_000_000));
    }
}
