//! What an address says of its article wherever it stands: the id that the site gave it, and the slug of its headline.
//!
//! An id alone may be a section's, a day's or a document's. Which one is the article's is seen on a whole list only
//! (`own.rs`).

use url::Url;

use super::{host, push_path};

/// What tells an article in its address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Without `www.` and `m.`.
    pub host: String,
    /// The folders, with `#` for those that are ids, and `~` for a slug with an id behind it.
    pub folder: String,
    /// The names of the parameters in their order, in lower case.
    pub names: String,
    /// Everything that may be the article's id, path before parameters.
    pub ids: Vec<Id>,
    /// The words of the last segment, or of the folder before it where that is an id, joined by hyphens, without ids at
    /// its ends; only where there are several.
    pub slug: Option<String>,
    /// All digits of the last segment and of the parameters, for telling `tuan-3` from `tuan-4`.
    pub digits: Vec<String>,
}

/// What may be an id, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// `tail` and `head` of the last segment (`tail2` is the number before the last, `head2` the one after the first),
    /// its last `word`, a `folder` of its own, a `uuid` anywhere in the path, or `?` and a parameter's name.
    pub place: String,
    /// As it is written, leading zeros included.
    pub value: String,
    /// What it looks like.
    pub kind: Kind,
}

/// What an id looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Digits.
    Number,
    /// Digits that can be read as a day; among numbers of the same length it may be one of them.
    Date,
    /// Letters and digits, as no word has them: `3fa9c21e`, `a9bx3`, a UUID.
    Key,
    /// A word, or digits; among keys of the same length it may be one of them.
    Word,
}

impl Id {
    /// Nothing else than an id looks like this.
    pub(super) fn is_clear(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Key)
    }
}

/// Words of a slug that say something.
const WORDS: usize = 4;
/// A shorter number in a path counts chapters or weeks.
const DIGITS: usize = 4;
/// Lengths of keys, in a path.
const KEY: std::ops::RangeInclusive<usize> = 5..=40;

/// The keys in `url`.
pub fn keys(url: &Url) -> Keys {
    let mut path = String::new();
    push_path(&mut path, url);
    let mut keys = Keys { host: host(url), ..Keys::default() };
    let (uuid, path) = without_uuid(&path);
    if let Some(uuid) = uuid {
        keys.add("uuid", uuid, Kind::Key);
    }
    let mut segments: Vec<&str> = path.split('/').skip(1).collect();
    let last = segments.pop().unwrap_or_default();
    keys.read_last(without_ending(last));
    let is_bare = keys.slug.is_none() && is_id(without_ending(last));
    keys.read_folders(&segments, is_bare);
    keys.read_parameters(url);
    keys
}

impl Keys {
    fn add(&mut self, place: &str, value: &str, kind: Kind) {
        self.ids.push(Id { place: place.to_owned(), value: value.to_owned(), kind });
    }

    /// Addresses that are built alike, whatever their sections are called.
    pub fn form(&self) -> (&str, usize, &str) {
        (&self.host, self.folder.matches('/').count(), &self.names)
    }

    fn add_number(&mut self, place: &str, digits: &str) {
        let is_year = digits.len() == 4 && looks_like_a_date(digits);
        if (DIGITS..=20).contains(&digits.len()) && !is_year {
            self.add(place, digits, if looks_like_a_date(digits) { Kind::Date } else { Kind::Number });
        }
    }

    /// `is_bare`: the last segment is nothing but an id, so that the slug may be in front of it.
    fn read_folders(&mut self, folders: &[&str], is_bare: bool) {
        for (at, folder) in folders.iter().rev().filter(|folder| is_number(folder) || is_key(folder)).enumerate() {
            let place = numbered("folder", at);
            if is_number(folder) {
                self.add_number(&place, folder);
            } else {
                self.add(&place, folder, Kind::Key);
            }
        }
        if is_bare {
            self.slug = folders.last().and_then(|folder| slug(&words(folder)));
        }
        for (at, folder) in folders.iter().enumerate() {
            let is_slug = is_bare && self.slug.is_some() && at + 1 == folders.len();
            let sign = if is_slug { Some("~") } else { is_id(folder).then_some("#") };
            self.folder.push('/');
            self.folder.push_str(sign.unwrap_or(folder));
        }
    }

    fn read_last(&mut self, last: &str) {
        let words = words(last);
        let tails = words.iter().rev().take_while(|word| !trailing(word).is_empty());
        for (at, digits) in tails.flat_map(|word| runs_of_digits(word).into_iter().rev()).enumerate() {
            self.add_number(&numbered("tail", at), &digits);
        }
        let heads = words.iter().take_while(|word| is_number(word));
        // What is nothing but numbers was read from its end.
        for (at, digits) in heads.clone().enumerate().filter(|_| heads.clone().count() < words.len()) {
            self.add_number(&numbered("head", at), digits);
        }
        if let Some(word) = words.last().filter(|word| KEY.contains(&word.len()) && is_alphanumeric(word)) {
            self.add("word", word, if is_key(word) { Kind::Key } else { Kind::Word });
        }
        self.digits = runs_of_digits(last);
        self.slug = slug(&words);
    }

    fn read_parameters(&mut self, url: &Url) {
        let mut names = Vec::new();
        for (name, value) in url.query_pairs().filter(|(name, _)| !super::is_passing(name)) {
            let place = format!("?{}", name.to_ascii_lowercase());
            // Joomla writes the slug behind the number: `id=4711:bat-nhom-trom`.
            let number = value.split_once(':').map_or(&*value, |(number, _)| number);
            let bare = value.trim_matches(['{', '}']);
            if is_number(number) {
                let is_date = looks_like_a_date(number);
                self.add(&place, number, if is_date { Kind::Date } else { Kind::Number });
                if !is_date {
                    self.digits.push(number.to_owned());
                }
            } else if is_uuid(bare) || is_key(bare) {
                self.add(&place, &bare.to_ascii_lowercase(), Kind::Key);
            }
            names.push(place);
        }
        names.sort();
        self.names = names.concat();
    }
}

/// Some sites have an ending of their own.
fn without_ending(segment: &str) -> &str {
    let is_ending = |ending: &str| (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    segment.rsplit_once('.').filter(|(_, ending)| is_ending(ending)).map_or(segment, |(name, _)| name)
}

fn words(segment: &str) -> Vec<&str> {
    segment.split(['-', '_', '.', ',', '~']).filter(|word| !word.is_empty()).collect()
}

fn slug(words: &[&str]) -> Option<String> {
    let is_id = |word: &&str| trailing(word).len() >= DIGITS || (is_key(word) && words.last() == Some(word));
    let inner = words.split(is_id).max_by_key(|words| words.len()).unwrap_or_default();
    (inner.len() >= WORDS).then(|| inner.join("-").to_lowercase())
}

/// `tail`, `tail2`, `tail3`.
fn numbered(place: &str, at: usize) -> String {
    if at == 0 { place.to_owned() } else { format!("{place}{}", at + 1) }
}

/// The UUID in a path, and the path without it.
fn without_uuid(path: &str) -> (Option<&str>, String) {
    let starts = path.char_indices().map(|(at, _)| at);
    let found = starts.filter_map(|at| path.get(at..at + UUID)).find(|part| is_uuid(part));
    (found, found.map_or_else(|| path.to_owned(), |uuid| path.replacen(uuid, "", 1)))
}

/// Characters of a UUID (RFC 9562), `550e8400-e29b-41d4-a716-446655440000`.
const UUID: usize = 36;

/// Whether a whole segment is an id; nothing is left of one that was a UUID.
fn is_id(segment: &str) -> bool {
    segment.is_empty() || is_number(segment) || is_key(segment)
}

fn is_uuid(text: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == UUID && text.bytes().enumerate().all(is_right)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && leading(text) == text
}

/// Letters and digits in one, other than a word with a count behind it, as `covid19` and `so125`.
fn is_key(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    let count = trailing(word).len();
    let is_counted = (1..=3).contains(&count) && word.bytes().take(word.len() - count).all(|byte| byte.is_ascii_alphabetic());
    KEY.contains(&word.len()) && is_alphanumeric(word) && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && !is_counted
}

fn is_alphanumeric(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
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
    fn ids_and_slugs_are_found_in_every_build() {
        for (address, ids, slug) in [
            ("/tin/bat-nhom-trom-xe-4711.html", "tail 4711", Some("bat-nhom-trom-xe")),
            ("/an-ninh/bat-nhom-trom-xe-post4711.vnp", "tail 4711, word! post4711", Some("bat-nhom-trom-xe")),
            ("/an-ninh/bat-nhom-trom-xe-i712345/", "tail 712345, word! i712345", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-d4711.html", "tail 4711, word! d4711", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe~4711", "tail 4711", Some("bat-nhom-trom-xe")),
            ("/tin/bat-nhom-trom-xe,4711.html", "tail 4711", Some("bat-nhom-trom-xe")),
            ("/tin/bat-nhom-trom-xe-c46a14711.html", "tail 14711, word! c46a14711", Some("bat-nhom-trom-xe")),
            ("/tin/bat-nhom-trom-xe-a14711c46.html", "tail2 14711, word! a14711c46", Some("bat-nhom-trom-xe")),
            // The article's number, and then its section's.
            ("/bat-nhom-trom-xe-81057-402.html", "tail2 81057", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-81057-1402.html", "tail 1402, tail2 81057", Some("bat-nhom-trom-xe")),
            ("/402-81057-bat-nhom-trom-xe.html", "head2 81057", Some("bat-nhom-trom-xe")),
            ("/4711-bat-nhom-trom-xe.html", "head 4711", Some("bat-nhom-trom-xe")),
            ("/news/4711/bat-nhom-trom-xe", "folder 4711", Some("bat-nhom-trom-xe")),
            ("/web/guest/-/chi-tiet/9057/bat-nhom-trom-xe", "folder 9057", Some("bat-nhom-trom-xe")),
            ("/9057/bat-nhom-trom-xe", "folder 9057", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe/9057.html", "tail 9057", Some("bat-nhom-trom-xe")),
            ("/chi-tiet/4711", "tail 4711", None),
            ("/chitiet.aspx?ID=47&CatID=3", "?id 47, ?catid 3", None),
            ("/Default.aspx?tabid=123&ndid=758&key=Bat_nhom_trom", "?tabid 123, ?ndid 758", None),
            ("/index.php?option=com_content&view=article&id=47:bat-nhom&catid=2:tin", "?id 47, ?catid 2", None),
            ("/2024/01/18/bat-nhom-trom-xe", "", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-2024011807293012345.chn", "tail 2024011807293012345, word? 2024011807293012345", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-20240118.html", "tail? 20240118, word? 20240118", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-180124.html", "tail? 180124, word? 180124", Some("bat-nhom-trom-xe")),
            ("/lich-tuan-3.html", "", None),
            ("/nghi-dinh-168-2024.html", "", None),
            ("/bat-nhom-trom-xe-p2.html", "", Some("bat-nhom-trom-xe-p2")),
            ("/?p=4711", "?p 4711", None),
            ("/?ngay=20240118", "?ngay? 20240118", None),
            // Keys of letters and digits.
            ("/bat-nhom-trom-xe-3fa9c21e.html", "word! 3fa9c21e", Some("bat-nhom-trom-xe")),
            ("/bat-nhom-trom-xe-a1b2c3d4e5", "word! a1b2c3d4e5", Some("bat-nhom-trom-xe")),
            ("/s-a9bx3", "word! a9bx3", None),
            ("/3fa9c21e/bat-nhom-trom-xe", "folder! 3fa9c21e", Some("bat-nhom-trom-xe")),
            ("/tin/dich-benh-nguy-hiem-covid19", "word? covid19", Some("dich-benh-nguy-hiem-covid19")),
            (
                "/bat-nhom-trom-xe-550e8400-e29b-41d4-a716-446655440000.html",
                "uuid! 550e8400-e29b-41d4-a716-446655440000",
                Some("bat-nhom-trom-xe"),
            ),
            ("/tin?id={550E8400-E29B-41D4-A716-446655440000}", "?id! 550e8400-e29b-41d4-a716-446655440000", None),
        ] {
            let keys = keys(&Url::parse(&format!("https://www.a.vn{address}")).unwrap());
            let sign = |kind| match kind {
                Kind::Number => "",
                Kind::Key => "!",
                Kind::Date | Kind::Word => "?",
            };
            // A word of nothing but letters is one of most addresses.
            let is_told = |id: &&Id| id.kind != Kind::Word || id.value.bytes().any(|byte| byte.is_ascii_digit());
            let found: Vec<_> = keys.ids.iter().filter(is_told).map(|id| format!("{}{} {}", id.place, sign(id.kind), id.value)).collect();
            assert_eq!((found.join(", ").as_str(), keys.slug.as_deref(), keys.host.as_str()), (ids, slug, "a.vn"), "{address}");
        }
    }
}
