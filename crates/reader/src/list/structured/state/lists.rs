//! Lists of articles in any data: arrays of objects that have a text like a title and a value like an address.
//!
//! The shape decides, and names where it leaves a choice ([`super::names`]). The title is the text that the page's
//! links show or the addresses repeat; the address leads to the same site, or is the end of an address that the page
//! links to, or is made as one of the page's links is made of an article's values.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use memchr::memmem;
use serde_json_borrow::Value;
use url::Url;

use super::names::Role;
use crate::draft::Attachment;
use crate::link;
use crate::list::AddressForm;
use crate::list::Strategy;
use crate::list::site;
use crate::list::structured::{MAX_STATED, Statement, plain, summary};
use crate::outline::Outline;
use crate::recordings::{self, Recording};
use crate::text;
use crate::time::{self, Precision, Reading, Stamp};

/// Lists that are looked at, levels down to which they are looked for, and values in all.
const MAX_LISTS: usize = 200;
const MAX_DEPTH: usize = 24;
/// Levels and values inside of one object of a list.
const LEVELS: usize = 3;
const MAX_LEAVES: usize = 120;
/// Objects by which a list is judged, and the share of them that must agree.
const SAMPLE: usize = 24;
const SHARE: f64 = 0.8;
/// Objects that are looked at before a list is taken apart.
const LOOK: usize = 3;
/// Letters of a title, by the median of the list; words of one, where words are parted by spaces.
const TITLE: std::ops::RangeInclusive<f64> = 12.0..=220.0;
const TITLE_WORDS: usize = 3;
/// Letters below which a text may be a person's name.
const NAME: f64 = 20.0;
/// Characters of a date.
const DATE: usize = 40;
/// Characters of an author's name, and of the shortest text of an article.
const AUTHOR: usize = 80;
const BODY: usize = 280;
/// Characters of a slug, digits of a number, links of the page in which one is looked for, and links that must agree on
/// how an address is made of a number: it may stand in a link by chance.
const SLUG: usize = 6;
const DIGITS: usize = 3;
const MAX_MODELS: usize = 400;
const AGREEING: usize = 2;

/// The page's own links: their texts, and their addresses by the last part of the path.
pub(super) struct Links<'o> {
    texts: HashSet<String>,
    identities: HashSet<&'o str>,
    ends: HashMap<&'o str, &'o Url>,
    /// Addresses of the page's own site by which it may be seen how one is made: those of known articles first.
    models: Vec<String>,
}

impl<'o> Links<'o> {
    /// `known` has the identities of known articles.
    pub(super) fn of(outline: &'o Outline, known: &HashSet<String>) -> Self {
        let mut links = Self { texts: HashSet::new(), identities: HashSet::new(), ends: HashMap::new(), models: models(outline, known) };
        for anchor in &outline.anchors {
            let (Some(url), Some(identity)) = (outline.target(*anchor), outline.identity(*anchor)) else { continue };
            links.texts.insert(text::fold(&outline.text_of(*anchor)));
            links.identities.insert(identity);
            if let Some(end) = url.path().trim_end_matches('/').rsplit('/').next().filter(|end| !end.is_empty()) {
                links.ends.entry(end).or_insert(url);
            }
        }
        links
    }

    /// Whether a value may stand for an address.
    fn may_lead(&self, written: &str) -> bool {
        is_address(written) || self.ends.contains_key(written)
    }

    /// The address that a value stands for, if it stands for one.
    fn address(&self, written: &str, outline: &Outline) -> Option<Url> {
        if written.is_empty() || written.contains(char::is_whitespace) {
            return None;
        }
        let url = if is_address(written) { link::resolve(&outline.base, written)? } else { (*self.ends.get(written)?).clone() };
        let is_article = site(&url) == site(&outline.address) && url.path().len() > 1 && !is_picture(&url);
        is_article.then_some(url)
    }
}

fn models(outline: &Outline, known: &HashSet<String>) -> Vec<String> {
    let mut known: Vec<&String> = known.iter().collect();
    known.sort();
    // An identity is an address without its beginning.
    let origin = outline.address.origin().ascii_serialization();
    let own = link::identity(&outline.address);
    let own = own.split('/').next().unwrap_or_default();
    let known = known.into_iter().filter_map(|known| Some(format!("{origin}/{}", known.strip_prefix(own)?.strip_prefix('/')?)));
    let linked = outline.anchors.iter().filter_map(|anchor| outline.target(*anchor));
    let linked = linked.filter(|url| site(url) == site(&outline.address)).map(|url| url.as_str().to_owned());
    known.chain(linked).take(MAX_MODELS).collect()
}

fn is_address(written: &str) -> bool {
    ["http://", "https://", "/"].iter().any(|beginning| written.starts_with(beginning))
}

fn is_picture(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif"].iter().any(|ending| path.ends_with(ending))
}

/// What lists are looked for with.
pub(super) struct Asked<'a> {
    pub(super) outline: &'a Outline<'a>,
    pub(super) links: &'a Links<'a>,
    /// How addresses are made, where they are not looked for in the data.
    pub(super) form: Option<&'a AddressForm>,
    /// Who says it. Only of data that the operator names the articles' texts are kept.
    pub(super) by: Strategy,
    /// What the addresses of pictures start from.
    pub(super) files: &'a Url,
    pub(super) reading: &'a Reading<'a>,
}

impl Asked<'_> {
    /// Adds the lists in `value` to `found`.
    pub(super) fn collect(&self, value: &Value, found: &mut Vec<Vec<Statement>>) {
        let mut open = vec![(value, 0)];
        while let Some((value, depth)) = open.pop() {
            if depth > MAX_DEPTH || found.len() >= MAX_LISTS {
                continue;
            }
            match value {
                Value::Array(members) => {
                    if members.len() >= self.least()
                        && members.iter().all(Value::is_object)
                        && members.iter().take(LOOK).all(|member| self.may_be_article(member))
                    {
                        found.extend(self.list(members));
                    }
                    open.extend(members.iter().rev().map(|member| (member, depth + 1)));
                }
                Value::Object(object) => open.extend(object.as_vec().iter().rev().map(|(_, value)| (value, depth + 1))),
                _ => (),
            }
        }
    }

    /// Members of a list: one alone is one only where the operator says what its values are.
    fn least(&self) -> usize {
        if self.form.is_some() { 1 } else { 2 }
    }

    fn may_be_article(&self, object: &Value) -> bool {
        let may_lead = |text: &str| self.links.may_lead(text) || (!self.links.models.is_empty() && is_slug(text));
        holds(object, &has_words, 0) && (self.form.is_some() || holds(object, &may_lead, 0))
    }

    fn list<'v>(&self, members: &'v [Value<'v>]) -> Option<Vec<Statement>> {
        let sample: Vec<Leaves> = members.iter().take(SAMPLE).map(leaves).collect();
        let columns = Columns::of(&sample);
        let outline = self.outline;
        let column = if self.form.is_none() { columns.address(outline, self.links) } else { None };
        let learned = if self.form.is_none() && column.is_none() { self.learned(members, &columns) } else { None };
        let form = self.form.or(learned.as_ref());
        if form.is_none() && column.is_none() {
            return None;
        }
        let address = |leaves: &Leaves| match (form, &column) {
            (Some(form), _) => form.fill(|name| leaves.get(&format!(".{name}")).and_then(|value| in_words(value))),
            (None, Some(column)) => leaves.get(column)?.as_str().map(str::to_owned),
            (None, None) => None,
        };
        let addresses: Vec<String> = sample.iter().filter_map(address).collect();
        let title = columns.title(self.links, &addresses)?;
        let reading = columns.settled(self.reading);
        let date = columns.date(&reading);
        let body = columns.body(&title);
        let lead = columns.lead(&title, body.as_ref());
        let image = columns.image(self.files);
        let author = columns.named(Role::Author);
        let all = sample.into_iter().chain(members.iter().skip(SAMPLE).map(leaves));
        let stated = all.zip(members).take(MAX_STATED).filter_map(|(leaves, member)| {
            let said = |path: &String| leaves.get(path).copied();
            let words = |path: &Option<String>| path.as_ref().and_then(said).and_then(Value::as_str);
            let address = address(&leaves)?;
            let url = if form.is_some() { link::resolve(&outline.base, &address) } else { self.links.address(&address, outline) };
            let mut stated = Statement::of(self.by, url?);
            stated.title = said(&title).and_then(Value::as_str).and_then(plain);
            stated.published = date.as_ref().and_then(said).and_then(|date| moment(date, &reading));
            stated.summary = words(&lead).and_then(summary);
            stated.image = words(&image).and_then(|image| link::resolve(self.files, image));
            stated.author = words(&author).and_then(plain).filter(|author| is_name(author));
            if self.by == Strategy::Data {
                stated.body = words(&body).filter(|body| is_whole(body)).map(str::to_owned);
            }
            let recording = if columns.has_lengths { recordings::of_item(member) } else { None };
            stated.title.is_some().then_some((stated, recording))
        });
        let (mut stated, recordings): (Vec<Statement>, Vec<Option<Recording>>) = stated.unzip();
        let lengths = recordings::settled(recordings.iter().map(|recording| recording.map(|recording| recording.length)));
        for ((stated, recording), duration) in stated.iter_mut().zip(recordings).zip(lengths) {
            stated.duration = duration;
            stated.files.extend(duration.and_then(|duration| self.file(recording?.file?, duration, stated.title.as_deref()?)));
        }
        (stated.len() >= self.least()).then_some(stated)
    }

    /// The recording at an address in the data.
    fn file(&self, address: &str, duration: SignedDuration, title: &str) -> Option<Attachment> {
        let url = link::resolve(self.files, address)?;
        let media_type = link::file_type(&url)?.to_owned();
        Some(Attachment { url, title: title.to_owned(), media_type, duration: Some(duration) })
    }

    /// How addresses are made, as one of the page's links or of the known addresses shows it: it has an article's slug
    /// in it, or two of them have articles' numbers at the same place. Only of what has dates: a menu has slugs too.
    fn learned(&self, members: &[Value], columns: &Columns) -> Option<AddressForm> {
        if self.links.models.is_empty() || columns.date(&columns.settled(self.reading)).is_none() {
            return None;
        }
        let sample: Vec<Vec<(String, String)>> = members.iter().take(SAMPLE).map(parts).collect();
        columns.keys().into_iter().find_map(|(key, least)| {
            let mut seen: Vec<(AddressForm, usize)> = Vec::new();
            for parts in &sample {
                if !self.outline.budget.spend(self.links.models.len()) {
                    return None;
                }
                let Some((_, value)) = parts.iter().find(|(name, _)| *name == key) else { continue };
                let finder = memmem::Finder::new(value.as_str());
                let models = self.links.models.iter().filter(|model| finder.find(model.as_bytes()).is_some());
                for form in models.filter_map(|model| AddressForm::of(model, &key, parts)) {
                    match seen.iter_mut().find(|(other, _)| *other == form) {
                        Some((_, count)) => *count += 1,
                        None => seen.push((form, 1)),
                    }
                }
            }
            let (form, count) = seen.into_iter().reduce(|best, form| if form.1 > best.1 { form } else { best })?;
            (count >= least).then_some(form)
        })
    }

    /// Adds the lists in `value` that look like headlines, dates and all, and have no address.
    pub(super) fn unaddressed(&self, value: &Value) -> Option<Unaddressed> {
        let mut open = vec![(value, 0)];
        while let Some((value, depth)) = open.pop() {
            match value {
                _ if depth > MAX_DEPTH => (),
                Value::Array(members) => {
                    if members.len() >= 2 && members.iter().all(Value::is_object) {
                        let columns = Columns::of(&members.iter().take(SAMPLE).map(leaves).collect::<Vec<_>>());
                        let is_list = columns.title(self.links, &[]).is_some() && columns.date(&columns.settled(self.reading)).is_some();
                        if let Some((key, _)) = columns.keys().into_iter().next().filter(|_| is_list) {
                            return Some(Unaddressed { names: columns.names(), key });
                        }
                    }
                    open.extend(members.iter().rev().map(|member| (member, depth + 1)));
                }
                Value::Object(object) => open.extend(object.as_vec().iter().rev().map(|(_, value)| (value, depth + 1))),
                _ => (),
            }
        }
        None
    }
}

/// A list of headlines that names no addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::list) struct Unaddressed {
    /// Its values, as a form of addresses names them.
    pub(in crate::list) names: Vec<String>,
    /// The one by which articles are most likely addressed.
    pub(in crate::list) key: String,
}

/// The values of which an address may be made, with their names.
fn parts(object: &Value) -> Vec<(String, String)> {
    let parts = leaves(object).into_iter().filter_map(|(path, value)| Some((path.trim_start_matches('.').to_owned(), in_words(value)?)));
    parts.filter(|(_, value)| is_slug(value) || is_word(value) || is_number(value)).collect()
}

/// `mo-hoi-sach-ben-song`, `3fa9c21e`: words or a number in one, that is no date.
fn is_slug(text: &str) -> bool {
    let is_letter = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '.');
    let has_parts =
        text.contains('-') || (text.contains(|ch: char| ch.is_ascii_digit()) && text.contains(|ch: char| ch.is_ascii_alphabetic()));
    text.len() >= SLUG
        && text.chars().all(is_letter)
        && has_parts
        && text.contains(|ch: char| ch.is_ascii_alphabetic())
        && !time::is_dated(text)
}

/// `van-hoa`, `tin`: the part of an address that names a section.
fn is_word(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|ch| ch.is_ascii_lowercase() || ch == '-')
}

fn is_number(text: &str) -> bool {
    text.len() >= DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A person's name and no account's: `admin`, `javier-colon`.
fn is_name(author: &str) -> bool {
    let has_capitals = author.contains(char::is_uppercase) || !author.contains(char::is_lowercase);
    author.chars().count() <= AUTHOR && author.contains(char::is_alphabetic) && has_capitals && !author.contains(['@', '/'])
}

/// Whether it is a text and not the beginning of one.
fn is_whole(body: &str) -> bool {
    body.chars().count() >= BODY && text::stem(body.trim_end()).is_none()
}

/// The names of the values in the longest list of objects, as a form of addresses names them.
pub(in crate::list::structured) fn names(values: &[Value]) -> Vec<String> {
    let mut open: Vec<(&Value, usize)> = values.iter().map(|value| (value, 0)).collect();
    let mut longest: &[Value] = &[];
    while let Some((value, depth)) = open.pop() {
        match value {
            _ if depth > MAX_DEPTH => (),
            Value::Array(members) => {
                // Of lists that are as long, the one with more to say.
                let worth = |members: &[Value]| (members.len(), members.first().map_or(0, |member| leaves(member).len()));
                if members.iter().all(Value::is_object) && worth(members) > worth(longest) {
                    longest = members;
                }
                open.extend(members.iter().map(|member| (member, depth + 1)));
            }
            Value::Object(object) => open.extend(object.values().map(|value| (value, depth + 1))),
            _ => (),
        }
    }
    longest.first().map(|first| leaves(first).keys().map(|path| path.trim_start_matches('.').to_owned()).collect()).unwrap_or_default()
}

/// A value that can be a part of an address.
fn in_words(value: &Value) -> Option<String> {
    match value {
        Value::Str(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether an object holds such a text at all: most lists of a page are of other things, and are passed over by this
/// cheap look.
fn holds(value: &Value, is_such: &dyn Fn(&str) -> bool, level: usize) -> bool {
    match value {
        Value::Str(text) => is_such(text),
        Value::Object(object) if level < LEVELS => object.values().any(|value| holds(value, is_such, level + 1)),
        Value::Array(members) if level < LEVELS => members.first().is_some_and(|first| holds(first, is_such, level + 1)),
        _ => false,
    }
}

fn has_words(text: &str) -> bool {
    text.contains(char::is_whitespace) || text.contains(|ch| ch > '\u{2e7f}')
}

/// The plain values in an object, by their path.
type Leaves<'v> = BTreeMap<String, &'v Value<'v>>;

fn leaves<'v>(object: &'v Value<'v>) -> Leaves<'v> {
    let mut leaves = BTreeMap::new();
    let mut open = vec![(String::new(), object, 0)];
    while let Some((path, value, level)) = open.pop() {
        match value {
            _ if leaves.len() >= MAX_LEAVES || level > LEVELS => (),
            Value::Object(object) => open.extend(object.iter().map(|(key, value)| ([&path, ".", key].concat(), value, level + 1))),
            // The first of several pictures or authors.
            Value::Array(members) => open.extend(members.first().map(|first| (path + ".0", first, level + 1))),
            Value::Null | Value::Bool(_) => (),
            value => {
                leaves.insert(path, value);
            }
        }
    }
    leaves
}

/// The values of a list's objects by their path, as far as most objects have one there.
struct Columns<'v> {
    values: BTreeMap<String, Vec<&'v Value<'v>>>,
    /// How many objects have a text there, of those whose name says what it is.
    named: Vec<(Role, String, usize)>,
    /// Those of texts that hardly repeat.
    texts: BTreeMap<String, Vec<&'v str>>,
    /// Whether some object says how long something runs.
    has_lengths: bool,
}

impl<'v> Columns<'v> {
    fn of(members: &[Leaves<'v>]) -> Self {
        let mut values: BTreeMap<String, Vec<&'v Value<'v>>> = BTreeMap::new();
        for (path, value) in members.iter().flatten() {
            match values.get_mut(path) {
                Some(values) => values.push(value),
                None => drop(values.insert(path.clone(), vec![value])),
            }
        }
        let texts = |values: &[&Value]| values.iter().filter(|value| value.as_str().is_some_and(|text| !text.trim().is_empty())).count();
        let named = values.iter().filter_map(|(path, values)| Some((Role::of(path)?, path.clone(), texts(values))));
        let named = named.filter(|(.., texts)| *texts > 0).collect();
        let has_lengths = values.keys().any(|path| path.rsplit('.').next().is_some_and(recordings::is_length));
        values.retain(|_, values| values.len() as f64 >= SHARE * members.len() as f64);
        let texts = values.iter().filter_map(|(path, values)| {
            let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
            let distinct: HashSet<&str> = texts.iter().copied().collect();
            (distinct.len() as f64 >= SHARE * values.len() as f64).then(|| (path.clone(), texts))
        });
        Self { texts: texts.collect(), values, named, has_lengths }
    }

    /// The text of most objects, and of those the least nested, whose name says that it is what is looked for.
    fn named(&self, role: Role) -> Option<String> {
        let named = self.named.iter().filter(|(its, ..)| *its == role);
        named.min_by_key(|(_, path, texts)| (std::cmp::Reverse(*texts), depth(path))).map(|(_, path, _)| path.clone())
    }

    /// The long text that is called the article's.
    fn body(&self, title: &String) -> Option<String> {
        let bodies = self.named.iter().filter(|(role, path, _)| *role == Role::Body && path != title);
        let widths = bodies.map(|(_, path, _)| {
            let texts: Vec<&str> = self.values.get(path).into_iter().flatten().filter_map(|value| value.as_str()).collect();
            (path, median_width(&texts))
        });
        let longest = widths.max_by(|left, right| left.1.total_cmp(&right.1))?;
        (longest.1 >= BODY as f64).then(|| longest.0.clone())
    }

    /// Values by which one article is told from another in its address, slugs first, with how many links must agree.
    fn keys(&self) -> Vec<(String, usize)> {
        let is_of = |values: &[&Value], is_such: &dyn Fn(&str) -> bool| {
            let words: Vec<String> = values.iter().filter_map(|value| in_words(value)).filter(|word| is_such(word)).collect();
            let distinct: HashSet<&String> = words.iter().collect();
            distinct.len() as f64 >= SHARE * values.len() as f64
        };
        let of = |is_such: &dyn Fn(&str) -> bool, least: usize| {
            let paths = self.values.iter().filter(|(_, values)| is_of(values, is_such)).map(|(path, _)| path);
            let mut paths: Vec<(String, usize)> = paths.map(|path| (path.trim_start_matches('.').to_owned(), least)).collect();
            paths.sort_by_key(|(name, _)| {
                (!name.to_ascii_lowercase().ends_with("slug"), !name.to_ascii_lowercase().ends_with("id"), depth(name))
            });
            paths
        };
        [of(&is_slug, 1), of(&is_number, AGREEING)].concat()
    }

    /// The names of short values, as a form of addresses names them.
    fn names(&self) -> Vec<String> {
        let is_short =
            |values: &[&Value]| values.iter().filter_map(|value| in_words(value)).all(|word| !word.contains(char::is_whitespace));
        let short = self.values.iter().filter(|(_, values)| is_short(values)).map(|(path, _)| path.trim_start_matches('.').to_owned());
        short.collect()
    }

    /// The text that the page's links show, or else is called a title, or else the addresses repeat, or else the
    /// shortest that is no name.
    fn title(&self, links: &Links, addresses: &[String]) -> Option<String> {
        let addresses = text::fold(&addresses.join(" "));
        let titles = self.texts.iter().filter_map(|(path, texts)| {
            let width = median_width(texts);
            let shown = || texts.iter().filter(|text| links.texts.contains(&text::fold(text))).count();
            let fits = TITLE.contains(&width) && reads_like_words(texts);
            fits.then(|| (path, (shown(), Role::of(path) == Some(Role::Title), tenths_repeated(texts, &addresses), width >= NAME), width))
        });
        let best = titles.max_by(|left, right| left.1.cmp(&right.1).then(right.2.total_cmp(&left.2)))?;
        Some(best.0.clone())
    }

    /// What is called one, or else the longest text that is clearly longer than the titles, and not the article's
    /// `body`.
    fn lead(&self, title: &String, body: Option<&String>) -> Option<String> {
        if let Some(lead) = self.named(Role::Lead).filter(|lead| lead != title) {
            return Some(lead);
        }
        let titles = median_width(self.texts.get(title)?);
        let leads = self.texts.iter().filter(|(path, texts)| *path != title && Some(*path) != body && reads_like_words(texts));
        let longest = leads.map(|(path, texts)| (path, median_width(texts))).max_by(|left, right| left.1.total_cmp(&right.1))?;
        (longest.1 > 1.3 * titles).then(|| longest.0.clone())
    }

    fn address(&self, outline: &Outline, links: &Links) -> Option<String> {
        let addresses = self.texts.iter().filter_map(|(path, texts)| {
            let urls: Vec<Url> = texts.iter().filter_map(|text| links.address(text, outline)).collect();
            let linked = urls.iter().filter(|url| links.identities.contains(link::identity(url).as_str())).count();
            (urls.len() as f64 >= SHARE * texts.len() as f64).then_some((path, linked, depth(path)))
        });
        addresses.min_by_key(|(_, linked, depth)| (std::cmp::Reverse(*linked), *depth)).map(|(path, ..)| path.clone())
    }

    /// The reading of dates in which all of the list's are read alike: one with a day above 12 settles the others.
    fn settled<'r>(&self, reading: &Reading<'r>) -> Reading<'r> {
        let short = self.values.values().flatten().filter_map(|value| value.as_str()).filter(|text| text.len() <= DATE);
        Reading { order: reading.order.or_else(|| time::order_of(short, reading)), ..*reading }
    }

    /// Of several columns of dates the one that is called the day of publication, or else the earliest: a change comes
    /// after it.
    fn date(&self, reading: &Reading) -> Option<String> {
        let dates = self.values.iter().filter_map(|(path, values)| {
            let mut moments: Vec<Timestamp> = Vec::with_capacity(values.len());
            for (at, value) in values.iter().enumerate() {
                moments.extend(moment(value, reading).map(|stamp| stamp.at.timestamp()));
                let most = moments.len() + values.len() - at - 1;
                if (most as f64) < SHARE * values.len() as f64 {
                    return None;
                }
            }
            Some((path, moments.iter().map(|moment| moment.as_second()).sum::<i64>() / moments.len() as i64))
        });
        dates.min_by_key(|(path, mean)| (Role::of(path) != Some(Role::Date), *mean)).map(|(path, _)| path.clone())
    }

    /// The picture's address: what is called so, or what ends as a picture's does.
    fn image(&self, files: &Url) -> Option<String> {
        let may_be = |text: &str| is_address(text) || is_picture_at(files, text);
        let is_image =
            |path: &String| self.values.get(path).is_some_and(|values| values.iter().all(|value| value.as_str().is_some_and(may_be)));
        if let Some(image) = self.named(Role::Image).filter(is_image) {
            return Some(image);
        }
        let is_picture = |text: &str| is_picture_at(files, text);
        let images = self.values.iter().filter(|(_, values)| values.iter().all(|value| value.as_str().is_some_and(is_picture)));
        images.min_by_key(|(path, _)| depth(path)).map(|(path, _)| path.clone())
    }
}

fn is_picture_at(base: &Url, text: &str) -> bool {
    link::resolve(base, text).is_some_and(|url| is_picture(&url))
}

/// How many of ten words the addresses have too.
fn tenths_repeated(texts: &[&str], addresses: &str) -> usize {
    let folded = text::fold(&texts.join(" "));
    let words: Vec<&str> = folded.split(|ch: char| !ch.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let repeated = words.iter().filter(|word| addresses.contains(**word)).count();
    10 * repeated / words.len().max(1)
}

fn depth(path: &str) -> usize {
    path.matches('.').count()
}

/// A character of a script without spaces says as much as two letters and a half.
fn median_width(texts: &[&str]) -> f64 {
    let mut widths: Vec<f64> = texts.iter().map(|text| text.chars().map(|ch| if ch > '\u{2e7f}' { 2.5 } else { 1.0 }).sum()).collect();
    widths.sort_by(f64::total_cmp);
    widths.get(widths.len() / 2).copied().unwrap_or_default()
}

fn reads_like_words(texts: &[&str]) -> bool {
    let is_words = |text: &&&str| {
        let has_spaces = text.split_whitespace().nth(TITLE_WORDS - 1).is_some() || text.contains(|ch| ch > '\u{2e7f}');
        has_spaces && text.contains(char::is_alphabetic) && !text.contains("://") && !(text.len() <= DATE && time::is_dated(text))
    };
    texts.iter().filter(is_words).count() as f64 >= SHARE * texts.len() as f64
}

/// A date in words, or as seconds or milliseconds since 1970: a number, its digits, or `/Date(1763946240000)/` as .NET
/// has it.
fn moment(value: &Value, reading: &Reading) -> Option<Stamp> {
    match value {
        Value::Str(text) if epoch(text).is_some() => moment(&Value::Number(epoch(text)?.into()), reading),
        Value::Str(text) if text.len() <= DATE && text.contains(|ch: char| ch.is_ascii_digit()) => time::read(text, reading),
        Value::Number(number) => {
            let number = number.as_i64()?;
            let seconds = if number > 100_000_000_000 { number / 1_000 } else { number };
            let at = Timestamp::from_second(seconds).ok()?;
            let is_near = seconds > 946_684_800 && at.as_second() < reading.now.as_second() + 172_800;
            let zone = reading.zone.cloned().unwrap_or(TimeZone::UTC);
            is_near.then(|| Stamp { at: at.to_zoned_datetime(zone), precision: Precision::Minute })
        }
        _ => None,
    }
}

/// Digits that count from 1970.
fn epoch(text: &str) -> Option<i64> {
    let digits = text.trim().trim_start_matches("/Date(").trim_end_matches(")/");
    let digits = digits.split('+').next().unwrap_or_default();
    (matches!(digits.len(), 10 | 13) && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}
