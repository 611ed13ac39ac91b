//! What an address says of its article wherever it stands: the number that the site gave it, and the slug of its headline.
//!
//! A number alone may be a section's, a day's or a document's. Which one is the article's is seen on a whole list only.

use url::Url;

use super::{host, push_path};

/// What tells an article in its address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Without `www.` and `m.`.
    pub host: String,
    /// Every number that may be the article's, path before parameters.
    pub numbers: Vec<Number>,
    /// The words of the last segment, joined by hyphens, without numbers at its ends; only where it has several.
    pub slug: Option<String>,
    /// All digits of the last segment and of the parameters, for telling `tuan-3` from `tuan-4`.
    pub digits: Vec<String>,
}

/// A number, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// `tail` and `head` of the last segment, a `segment` of its own, or `?` and a parameter's name.
    pub place: String,
    /// The number as it is written, leading zeros included.
    pub digits: String,
}

/// Words of a slug that say something.
const WORDS: usize = 4;
/// A shorter number in a path counts chapters or weeks.
const DIGITS: usize = 4;

/// The keys in `url`.
pub fn keys(url: &Url) -> Keys {
    let mut path = String::new();
    push_path(&mut path, url);
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let last = segments.pop().unwrap_or_default();
    // Some sites have an ending of their own.
    let is_ending = |ending: &str| (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    let last = last.rsplit_once('.').filter(|(_, ending)| is_ending(ending)).map_or(last, |(name, _)| name);
    let (head, tail) = (leading(last), trailing(last));
    let mut numbers = Vec::new();
    let mut add = |place: &str, digits: &str| numbers.push(Number { place: place.to_owned(), digits: digits.to_owned() });
    for segment in segments.iter().filter(|segment| leading(segment) == **segment && is_a_number(segment)) {
        add("segment", segment);
    }
    if is_a_number(tail) {
        add("tail", tail);
    }
    if is_a_number(head) && head != tail {
        add("head", head);
    }
    let mut digits = runs_of_digits(last);
    for (name, value) in url.query_pairs() {
        if !value.is_empty() && leading(&value) == value && !looks_like_a_date(&value) {
            add(&format!("?{}", name.to_ascii_lowercase()), &value);
            digits.push(value.into_owned());
        }
    }
    let words: Vec<&str> = last.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| word.ends_with(|ch: char| ch.is_ascii_digit()) && trailing(word).len() >= DIGITS;
    let inner = words.split(is_number).max_by_key(|words| words.len()).unwrap_or_default();
    let slug = (inner.len() >= WORDS).then(|| inner.join("-").to_lowercase());
    Keys { host: host(url), numbers, slug, digits }
}

fn leading(segment: &str) -> &str {
    &segment[..segment.bytes().take_while(u8::is_ascii_digit).count()]
}

fn trailing(segment: &str) -> &str {
    &segment[segment.len() - segment.bytes().rev().take_while(u8::is_ascii_digit).count()..]
}

fn runs_of_digits(segment: &str) -> Vec<String> {
    segment.split(|ch: char| !ch.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

fn is_a_number(digits: &str) -> bool {
    digits.len() >= DIGITS && digits.len() <= 20 && !looks_like_a_date(digits)
}

/// A year, or a day (and a time of it) written in one.
fn looks_like_a_date(digits: &str) -> bool {
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    let is_year = |year| (1900..2100).contains(&year);
    let is_day = |day, month| (1..=31).contains(&day) && (1..=12).contains(&month);
    match digits.len() {
        4 => is_year(part(0..4)),
        6 => is_day(part(0..2), part(2..4)) || is_day(part(4..6), part(2..4)) || (is_year(part(0..4)) && part(4..6) <= 12),
        8 | 12 => (is_year(part(0..4)) && is_day(part(6..8), part(4..6))) || (is_year(part(4..8)) && is_day(part(0..2), part(2..4))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_slugs_are_found_in_every_build() {
        for (address, numbers, slug) in [
            ("/tin/bat-nhom-trom-xe-4711.html", "tail 4711", Some("bat-nhom-trom-xe")),
            ("/an-ninh/bat-nhom-trom-xe-post4711.vnp", "tail 4711", Some("bat-nhom-trom-xe")),
            ("/tin/bat-nhom-trom-xe-c46a14711.html", "tail 14711", Some("bat-nhom-trom-xe")),
            ("/4711-bat-nhom-trom-xe.html", "head 4711", Some("bat-nhom-trom-xe")),
            ("/news/4711/bat-nhom-trom-xe", "segment 4711", Some("bat-nhom-trom-xe")),
            ("/chi-tiet/4711", "tail 4711", None),
            ("/chitiet.aspx?ID=47&CatID=3", "?id 47, ?catid 3", None),
            ("/2024/01/18/bat-nhom-trom-xe", "", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-2024011807293012345.chn", "tail 2024011807293012345", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-20240118.html", "", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-180124.html", "", Some("bat-nhom-trom-xe")),
            ("/lich-tuan-3.html", "", None),
            ("/nghi-dinh-168-2024.html", "", None),
            ("/?p=4711", "?p 4711", None),
            ("/?ngay=20240118", "", None),
        ] {
            let keys = keys(&Url::parse(&format!("https://www.a.vn{address}")).unwrap());
            let found: Vec<_> = keys.numbers.iter().map(|number| format!("{} {}", number.place, number.digits)).collect();
            assert_eq!((found.join(", ").as_str(), keys.slug.as_deref(), keys.host.as_str()), (numbers, slug, "a.vn"), "{address}");
        }
    }
}
