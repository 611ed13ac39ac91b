//! Atom 1.0 (RFC 4287).

use atom_syndication::{Category, Content, Entry as Item, Feed, FixedDateTime, Generator, Link, Person, Source as CopiedFrom, Text};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use url::Url;

use super::{
    About, Entry, Format, Source,
    entry::{Attachment, Image, rfc3339},
};

pub fn write(about: &About, entries: &[Entry], changed: Option<Timestamp>) -> Result<Vec<u8>, String> {
    let address = about.address(Format::Atom);
    let feed = Feed {
        title: Text::plain(about.title.clone()),
        id: address.clone(),
        // The time is required; a feed that never had an article says the earliest.
        updated: moment(&changed.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(TimeZone::UTC))?,
        // Required where an entry has none of its own.
        authors: vec![person(&about.title)],
        generator: Some(Generator { value: "Loa".to_owned(), ..Generator::default() }),
        subtitle: Some(Text::plain(about.description())),
        icon: about.presentation.favicon.as_ref().or(about.presentation.icon.as_ref()).map(Url::to_string),
        logo: about.presentation.image.as_ref().or(about.presentation.icon.as_ref()).map(Url::to_string),
        links: vec![link("self", address, Some(Format::Atom.media_type())), link("alternate", about.portal.to_string(), Some("text/html"))],
        entries: entries.iter().map(item).collect::<Result<_, _>>()?,
        lang: about.language.clone(),
        ..Feed::default()
    };
    feed.write_to(Vec::new()).map_err(|error| error.to_string())
}

fn item(entry: &Entry) -> Result<Item, String> {
    let content = |html: &String| Content {
        value: Some(html.clone()),
        content_type: Some("html".to_owned()),
        lang: entry.language.clone(),
        ..Content::default()
    };
    Ok(Item {
        title: Text::plain(entry.title.clone()),
        id: entry.uid.clone(),
        updated: moment(&entry.updated())?,
        authors: entry.author.iter().map(|name| person(name)).collect(),
        categories: entry.categories.iter().map(|term| Category { term: term.clone(), ..Category::default() }).collect(),
        links: [link("alternate", entry.url.clone(), Some("text/html"))]
            .into_iter()
            .chain(entry.image.as_ref().map(enclosure))
            .chain(entry.attachments.iter().map(document))
            .collect(),
        published: Some(moment(&entry.shown_at)?),
        summary: entry.lead.clone().map(Text::plain),
        content: entry.html.as_ref().map(content),
        source: entry.source.as_deref().map(copied_from).transpose()?,
        ..Item::default()
    })
}

/// What the source's own document says of itself, with the author that its entries without one have.
fn copied_from(source: &Source) -> Result<CopiedFrom, String> {
    let address = source.address(Format::Atom);
    let portal = source.portal.as_ref().map(|portal| link("alternate", portal.to_string(), Some("text/html")));
    Ok(CopiedFrom {
        title: Text::plain(source.title.clone()),
        id: address.clone(),
        updated: moment(&source.changed.to_zoned_datetime(TimeZone::UTC))?,
        authors: vec![person(&source.title)],
        links: [link("self", address, Some(Format::Atom.media_type()))].into_iter().chain(portal).collect(),
        ..CopiedFrom::default()
    })
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

fn link(rel: &str, href: String, media_type: Option<&str>) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: media_type.map(str::to_owned), ..Link::default() }
}

fn enclosure(image: &Image) -> Link {
    Link { length: length(image.length), ..link("enclosure", image.url.clone(), image.media_type.as_deref()) }
}

fn document(attachment: &Attachment) -> Link {
    let title = Some(attachment.title.clone());
    Link { title, length: length(attachment.length), ..link("enclosure", attachment.url.clone(), Some(&attachment.media_type)) }
}

fn length(bytes: Option<u64>) -> Option<String> {
    bytes.map(|bytes| bytes.to_string())
}

fn moment(at: &ZonedDateTime) -> Result<FixedDateTime, String> {
    let text = rfc3339(at);
    text.parse().map_err(|error| format!("`{text}` is no date: {error}"))
}
