//! How long something runs, as data writes it: by names such as `durationInSeconds`, with the unit that they tell.

use jiff::SignedDuration;
use serde_json_borrow::{ObjectAsVec, Value};

use super::plain;
use crate::duration;

/// Seconds by which the lengths of one recording may differ.
const ROUNDED: f64 = 1.5;
/// Seconds of a day, beyond which a number counts milliseconds.
const DAY: f64 = 86_400.0;

/// What lengths are called in data: lower case, letters and digits alone.
const NAMES: [&str; 10] =
    ["duration", "length", "playtime", "runtime", "runningtime", "thoiluong", "dauer", "duree", "duracion", "duracao"];
/// What may stand before such a name, and behind it; and how many of a unit make a second.
const BEFORE: [&str; 13] =
    ["audio", "video", "media", "file", "sound", "episode", "podcast", "track", "clip", "total", "itunes", "formatted", "play"];
const BEHIND: [(&str, Option<f64>); 22] = [
    ("", None),
    ("text", None),
    ("string", None),
    ("formatted", None),
    ("iso", None),
    ("iso8601", None),
    ("display", None),
    ("s", Some(1.0)),
    ("sec", Some(1.0)),
    ("secs", Some(1.0)),
    ("second", Some(1.0)),
    ("seconds", Some(1.0)),
    ("inseconds", Some(1.0)),
    ("giay", Some(1.0)),
    ("ms", Some(1_000.0)),
    ("inms", Some(1_000.0)),
    ("millis", Some(1_000.0)),
    ("milliseconds", Some(1_000.0)),
    ("inmilliseconds", Some(1_000.0)),
    ("minutes", Some(1.0 / 60.0)),
    ("inminutes", Some(1.0 / 60.0)),
    ("phut", Some(1.0 / 60.0)),
];
/// How long something runs, as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    Stated(SignedDuration),
    /// A number without a unit: of seconds, unless it could not be.
    Bare(f64),
}

impl Length {
    /// Whether both may be the length of one recording.
    pub fn is_same(self, other: Self) -> bool {
        let is_near = |one: f64, other: f64| (one - other).abs() <= ROUNDED;
        match (self, other) {
            (Self::Stated(one), Self::Stated(other)) => is_near(one.as_secs_f64(), other.as_secs_f64()),
            (Self::Stated(stated), Self::Bare(number)) | (Self::Bare(number), Self::Stated(stated)) => {
                [1.0, 1_000.0].iter().any(|unit| is_near(stated.as_secs_f64(), number / unit))
            }
            (Self::Bare(one), Self::Bare(other)) => is_near(one, other),
        }
    }
}

/// The lengths of one page or list, read in one way: where one of the bare numbers is too large for seconds, all count
/// milliseconds.
pub fn settled(lengths: impl IntoIterator<Item = Option<Length>> + Clone) -> Vec<Option<SignedDuration>> {
    let is_large = |length: &Option<Length>| matches!(length, Some(Length::Bare(number)) if *number > DAY);
    let unit = if lengths.clone().into_iter().any(|length| is_large(&length)) { 1_000.0 } else { 1.0 };
    let settled = lengths.into_iter().map(|length| match length? {
        Length::Stated(length) => Some(length),
        Length::Bare(number) => duration::of_seconds(number / unit),
    });
    settled.collect()
}

/// The length that an object states, one with a unit before a bare number.
pub fn of(object: &ObjectAsVec) -> Option<Length> {
    let all = || object.iter().filter_map(|(key, value)| written(key, value));
    all().find(|length| matches!(length, Length::Stated(_))).or_else(|| all().next())
}

fn written(key: &str, value: &Value) -> Option<Length> {
    let unit = unit(key)?;
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::Str(text) => match text.trim().parse() {
            Ok(number) => number,
            Err(_) => return duration::stated(text).or_else(|| duration::marked(text)).map(Length::Stated),
        },
        _ => return None,
    };
    match unit {
        Unit::Of(unit) => duration::of_seconds(number / unit).map(Length::Stated),
        Unit::Open => (number > 0.0).then_some(Length::Bare(number)),
        Unit::Words => None,
    }
}

/// What a number under a name counts.
enum Unit {
    Of(f64),
    Open,
    /// Bytes or minutes, for all that is known.
    Words,
}

/// Whether a name is one of lengths: `durationInSeconds`, `audio_duration`, `thoi_luong`.
fn unit(key: &str) -> Option<Unit> {
    // Asked of every key of the data.
    if key.len() < 5 || key.len() > 30 {
        return None;
    }
    let key = plain(key);
    let key = BEFORE.iter().find_map(|word| key.strip_prefix(word)).unwrap_or(&key);
    let (name, behind) = NAMES.iter().find_map(|name| Some((*name, key.strip_prefix(name)?)))?;
    let unit = BEHIND.iter().find(|(word, _)| *word == behind)?.1;
    Some(match unit {
        Some(unit) => Unit::Of(unit),
        None if matches!(name, "length" | "runtime" | "runningtime") => Unit::Words,
        None => Unit::Open,
    })
}

/// Whether a name is one of lengths.
pub fn is_name(key: &str) -> bool {
    unit(key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_by_their_names() {
        for (member, seconds) in [
            (r#""duration": 1834"#, Some(1_834)),
            (r#""duration": "1834""#, Some(1_834)),
            (r#""duration": 1834.4"#, Some(1_834)),
            (r#""duration": "PT30M34S""#, Some(1_834)),
            (r#""duration": "30:34""#, Some(1_834)),
            (r#""duration": "30 phút 34 giây""#, Some(1_834)),
            (r#""durationInSeconds": 1834"#, Some(1_834)),
            (r#""audio_duration": 1834"#, Some(1_834)),
            (r#""duration_ms": 1834000"#, Some(1_834)),
            (r#""duration_ms": 34000"#, Some(34)),
            (r#""durationMillis": "1834000""#, Some(1_834)),
            (r#""thoi_luong": "30:34""#, Some(1_834)),
            (r#""thoiLuongPhut": 30"#, Some(1_800)),
            (r#""itunes_duration": "00:30:34""#, Some(1_834)),
            // More than a day of seconds.
            (r#""duration": 1834000"#, Some(1_834)),
            // The words tell the unit of the number.
            (r#""duration": 34000, "durationText": "0:34""#, Some(34)),
            (r#""duration": 1834, "duration_ms": 1833900"#, Some(1_834)),
            // Bytes, for all that is known, and minutes.
            (r#""length": 1834"#, None),
            (r#""length": "30:34""#, Some(1_834)),
            (r#""runtime": 45"#, None),
            (r#""duration": 0"#, None),
            (r#""duration": null"#, None),
            (r#""duration": "dài""#, None),
            (r#""animationDuration": 300"#, None),
            (r#""slideDuration": 5000"#, None),
            (r#""readingTime": 4"#, None),
        ] {
            let json = format!("{{{member}}}");
            let value: Value = serde_json::from_str(&json).unwrap();
            let length = settled([of(value.as_object().unwrap())])[0];
            assert_eq!(length.map(|length| length.as_secs()), seconds, "{member}");
        }
    }

    #[test]
    fn one_number_too_large_for_seconds_tells_the_unit_of_all() {
        let lengths = [34_000.0, 1_834_000.0].map(|number| Some(Length::Bare(number)));
        assert_eq!(settled(lengths).iter().flatten().map(|length| length.as_secs()).collect::<Vec<_>>(), [34, 1_834]);
    }
}
