//! RSS 2.0 with the whole text, Dublin Core's author and Media RSS' picture.

use std::collections::BTreeMap;

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use rss::{
    Category, Channel, Enclosure, Guid, Image as ChannelImage, Item, Source,
    extension::{Extension, ExtensionMap, dublincore::DublinCoreExtension, itunes::ITunesItemExtension},
};

use super::{
    About, Entry, Format,
    entry::{Attachment, Image},
};

pub fn write(about: &About, entries: &[Entry], changed: Option<Timestamp>) -> Result<Vec<u8>, String> {
    let changed = changed.map(|at| rfc2822(&at.to_zoned_datetime(TimeZone::UTC))).transpose()?;
    let channel = Channel {
        title: about.title.clone(),
        link: about.portal.to_string(),
        description: about.description(),
        // Title and link are those of the channel:
        // <https://www.rssboard.org/rss-specification#ltimagegtSubelementOfLtchannelgt>.
        image: about.rss_picture().map(|url| ChannelImage {
            url: url.to_string(),
            title: about.title.clone(),
            link: about.portal.to_string(),
            ..ChannelImage::default()
        }),
        language: about.language.clone(),
        last_build_date: changed,
        generator: Some("Loa".to_owned()),
        namespaces: BTreeMap::from([
            ("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned()),
            ("media".to_owned(), "http://search.yahoo.com/mrss/".to_owned()),
        ]),
        extensions: extension("atom", "link", [("rel", "self"), ("type", Format::Rss.media_type()), ("href", &about.address(Format::Rss))]),
        items: entries.iter().map(item).collect::<Result<_, _>>()?,
        ..Channel::default()
    };
    channel.write_to(Vec::new()).map_err(|error| error.to_string())
}

fn item(entry: &Entry) -> Result<Item, String> {
    Ok(Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        description: entry.lead_as_html(),
        categories: entry.categories.iter().map(|name| Category { name: name.clone(), domain: None }).collect(),
        enclosure: enclosure(entry),
        guid: Some(Guid { value: entry.uid.clone(), permalink: false }),
        pub_date: Some(rfc2822(&entry.shown_at)?),
        content: entry.html.clone(),
        source: entry.source.as_ref().map(|source| Source { url: source.address(Format::Rss), title: Some(source.title.clone()) }),
        extensions: media(entry),
        itunes_ext: podcast(entry),
        dublin_core_ext: entry
            .author
            .as_ref()
            .map(|author| DublinCoreExtension { creators: vec![author.clone()], ..DublinCoreExtension::default() }),
        ..Item::default()
    })
}

/// Most readers know one a story: the first document, which is there to be downloaded, and else the picture, which
/// Media RSS names too. The type is required here, and a picture without a telling name is most often a JPEG; a length
/// of 0 stands for unknown.
fn enclosure(entry: &Entry) -> Option<Enclosure> {
    let of = |url: &str, length: Option<u64>, media_type: &str| Enclosure {
        url: url.to_owned(),
        length: length.unwrap_or(0).to_string(),
        mime_type: media_type.to_owned(),
    };
    let document = entry.attachments.first().map(|document| of(&document.url, document.length, &document.media_type));
    document.or_else(|| entry.image.as_ref().map(|image| of(&image.url, image.length, image.media_type.as_deref().unwrap_or("image/jpeg"))))
}

/// How long the enclosure runs, as podcast players ask:
/// <https://podcasters.apple.com/support/823-podcast-requirements>.
fn podcast(entry: &Entry) -> Option<ITunesItemExtension> {
    let seconds = entry.attachments.first()?.seconds?;
    Some(ITunesItemExtension { duration: Some(seconds.to_string()), ..ITunesItemExtension::default() })
}

/// The picture and every document, in Media RSS.
fn media(entry: &Entry) -> ExtensionMap {
    let contents: Vec<Extension> = entry.image.iter().map(picture).chain(entry.attachments.iter().map(document)).collect();
    if contents.is_empty() {
        return ExtensionMap::default();
    }
    BTreeMap::from([("media".to_owned(), BTreeMap::from([("content".to_owned(), contents)]))])
}

fn picture(image: &Image) -> Extension {
    let media_type = image.media_type.as_deref().map(|media_type| ("type", media_type));
    let size = image.length.map(|length| length.to_string());
    let size = size.as_deref().map(|size| ("fileSize", size));
    element("media:content", [("url", image.url.as_str()), ("medium", "image")].into_iter().chain(media_type).chain(size))
}

fn document(document: &Attachment) -> Extension {
    let title = Extension { value: Some(document.title.clone()), ..element("media:title", []) };
    let size = document.length.map(|length| length.to_string());
    let size = size.as_deref().map(|size| ("fileSize", size));
    let seconds = document.seconds.map(|seconds| seconds.to_string());
    let seconds = seconds.as_deref().map(|seconds| ("duration", seconds));
    let medium = ["audio", "video"].into_iter().find(|medium| document.media_type.starts_with(medium)).unwrap_or("document");
    let named = [("url", document.url.as_str()), ("medium", medium), ("type", document.media_type.as_str())];
    let content = element("media:content", named.into_iter().chain(size).chain(seconds));
    Extension { children: BTreeMap::from([("title".to_owned(), vec![title])]), ..content }
}

fn extension<'a>(prefix: &str, name: &str, attributes: impl IntoIterator<Item = (&'a str, &'a str)>) -> ExtensionMap {
    let element = element(&format!("{prefix}:{name}"), attributes);
    BTreeMap::from([(prefix.to_owned(), BTreeMap::from([(name.to_owned(), vec![element])]))])
}

fn element<'a>(name: &str, attributes: impl IntoIterator<Item = (&'a str, &'a str)>) -> Extension {
    let attrs = attributes.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Extension { name: name.to_owned(), attrs, ..Extension::default() }
}

/// With a numeric offset: readers take names such as `ICT` for another zone, or for none.
fn rfc2822(moment: &ZonedDateTime) -> Result<String, String> {
    jiff::fmt::rfc2822::to_string(moment).map_err(|error| error.to_string())
}
