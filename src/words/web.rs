//! What the list of feeds adds for people.

use std::collections::BTreeMap;

use super::Language;

super::words! { "web":
    title;
    purpose;
    all;
    all_purpose;
    every_feed;
    newest;
    none_yet;
    none_yet_hint;
    subscribe;
    articles(count: u64);
    /// A day, as `strftime` writes it.
    day_format;
    /// A time of a day in a zone.
    moment(time: &str, day: &str, zone: &str);
}

/// The labels of the page, as its template names them.
pub(crate) fn labels(language: Language) -> BTreeMap<&'static str, String> {
    [
        ("tag", language.tag().to_owned()),
        ("title", title(language)),
        ("purpose", purpose(language)),
        ("all", all(language)),
        ("all_purpose", all_purpose(language)),
        ("every_feed", every_feed(language)),
        ("newest", newest(language)),
        ("none_yet", none_yet(language)),
        ("none_yet_hint", none_yet_hint(language)),
        ("subscribe", subscribe(language)),
    ]
    .into()
}
