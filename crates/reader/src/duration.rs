//! How long a recording runs, as data, feeds and rows of a list say it.
//!
//! Two numbers with a colon may be a time of day as well: without a label they are taken only where they can be none.

use crate::pattern::Pattern;
use jiff::{SignedDuration, Span, SpanRelativeTo};

/// The longest recording.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// Characters of a line that says how long something runs.
const LINE: usize = 60;
/// Minutes from which on a clock shows no time of day, and hours up to which one of three numbers most likely doesn't.
const MINUTES: i64 = 24;
const HOURS: i64 = 5;

/// What is written for machines: `PT12M34S`, `12:34`, seconds.
pub fn stated(value: &str) -> Option<SignedDuration> {
    let value = value.trim();
    let seconds = || value.parse().ok().map(SignedDuration::from_secs);
    let span = || value.starts_with(['P', 'p']).then(|| value.parse::<Span>().ok()?.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    fits(span().flatten().or_else(|| clock(value)).or_else(seconds)?)
}

/// A number of seconds, rounded to whole ones.
pub fn of_seconds(seconds: f64) -> Option<SignedDuration> {
    fits(SignedDuration::try_from_secs_f64(seconds.round()).ok()?)
}

/// What a line of a row says to readers, and nothing else: `Thời lượng: 12:34`, `1:02:03`, `45 min`.
pub fn shown(line: &str) -> Option<SignedDuration> {
    static LABEL: Pattern = Pattern::new(concat!(
        r"(?i)^\W*(?:thời (?:lượng|gian phát)|độ dài|duration|length|run(?:ning )?time|spieldauer|dauer|länge|durée|duración|duração|",
        r"durata|varighet|lengte|czas trwania|длительность|продолжительность)\s*[:：]?\s*",
    ));
    if line.len() > LINE || !line.contains(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    let label = LABEL.find(line).map_or(0, |label| label.end());
    let bare = line[label..].trim_matches(|ch: char| !ch.is_alphanumeric() && ch != '\'' && ch != '′');
    let no_time_of_day = |long: &SignedDuration| {
        let is_whole = bare.matches(':').count() == 2;
        if is_whole { long.as_hours() <= HOURS } else { long.as_mins() >= MINUTES }
    };
    fits(clock(bare).filter(|long| label > 0 || no_time_of_day(long)).or_else(|| in_units(bare))?)
}

/// The same of an element that is called the length of something, where a clock is no time of day.
pub fn marked(text: &str) -> Option<SignedDuration> {
    let bare = text.trim_matches(|ch: char| !ch.is_alphanumeric());
    shown(text).or_else(|| fits(clock(bare)?))
}

/// `12:34`, `1:02:03`.
fn clock(text: &str) -> Option<SignedDuration> {
    static CLOCK: Pattern = Pattern::new(r"^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\.\d+)?$");
    let found = CLOCK.captures(text)?;
    let number = |at: usize| found.get(at).map_or(Some(0), |part| part.as_str().parse::<i64>().ok());
    let (hours, minutes) = (number(1)?, number(2)?);
    let is_clock = found.get(1).is_none() || minutes < 60;
    is_clock.then_some(SignedDuration::from_secs(hours * 3_600 + minutes * 60 + number(3)?))
}

/// `1 giờ 5 phút`, `45 min`, `12 phút 34 giây`.
fn in_units(text: &str) -> Option<SignedDuration> {
    static UNITS: Pattern = Pattern::new(concat!(
        r"(?i)^(?:(\d{1,2})\s*(?:h|hrs?|hours?|giờ|std|stunden?|heures?|horas?|ore)\b[.,]?\s*)?",
        r"(?:(\d{1,3})\s*(?:m|mins?|minutes?|minuten?|minutos?|minuti|phút|['′])[.,]?\s*)?",
        r"(?:(\d{1,2})\s*(?:s|secs?|seconds?|sek|sekunden?|segundos?|secondi|secondes?|giây|''|″)\.?)?$",
    ));
    let found = UNITS.captures(text)?;
    let number = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<i64>().ok()).unwrap_or_default();
    Some(SignedDuration::from_secs(number(1) * 3_600 + number(2) * 60 + number(3)))
}

/// Nothing runs for no time, or for days.
fn fits(long: SignedDuration) -> Option<SignedDuration> {
    (SignedDuration::ZERO < long && long <= LONGEST).then_some(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_they_are_written() {
        let seconds = |long: Option<SignedDuration>| long.map(|long| long.as_secs());
        for (value, expected) in [
            ("PT12M34S", Some(754)),
            ("P0DT1H2M3S", Some(3_723)),
            ("12:34", Some(754)),
            ("01:02:03", Some(3_723)),
            ("754", Some(754)),
            ("0", None),
            ("P3D", None),
            ("ngắn", None),
        ] {
            assert_eq!(seconds(stated(value)), expected, "{value}");
        }
        for (line, expected) in [
            ("Thời lượng: 12:34", Some(754)),
            ("Duration 07:29", Some(449)),
            ("(45:10)", Some(2_710)),
            ("0:12:34", Some(754)),
            ("▶ 1 giờ 5 phút", Some(3_900)),
            ("45 min.", Some(2_700)),
            ("12 phút 34 giây", Some(754)),
            // Times of day.
            ("07:29", None),
            ("16:05:00", None),
            ("07:29 18/01/2024", None),
            ("12 bản tin", None),
        ] {
            assert_eq!(seconds(shown(line)), expected, "{line}");
        }
        assert_eq!(seconds(marked("07:29")), Some(449));
    }
}
