//! How a list page presents its site, by what its head says: a description, small and large icons, a picture.
//!
//! Only what the head names is taken. That many sites have a `/favicon.ico` which they don't name is no reason to say
//! that there is one.

use dom_query::NodeRef;
use url::Url;

use crate::{
    budget::{self, LINE, TEXT},
    discovery::{Candidate, Presentation},
    link,
    outline::Outline,
    text,
};

/// Longest description, in UTF-16 units: some pages write all their headlines into it.
const DESCRIPTION: usize = 300;
/// Metas and links of a head that are looked at.
const MAX_LOOKED_AT: usize = 500;
/// Dots on a side of an icon whose size is not said: what browsers show beside a title, and what a telephone shows.
const USUAL: u32 = 32;
const USUAL_TOUCH: u32 = 180;
/// A smaller icon than this is blurred beside a title; a larger one than [`USEFUL`] is of no more use in a list of
/// feeds.
const LEAST: u32 = 32;
const LARGE: u32 = 96;
const USEFUL: u32 = 512;

/// What the head says. The picture of a story in the list is no picture of the site.
pub(super) fn of(outline: &Outline, candidates: &[Candidate]) -> Presentation {
    let icons: Vec<Icon> = outline.named.links.iter().take(MAX_LOOKED_AT).filter_map(|link| Icon::of(link, outline)).collect();
    let image = meta(outline, &["og:image:secure_url", "og:image", "og:image:url", "twitter:image"]);
    let image = image.and_then(|address| link::resolve(&outline.base, &address));
    let is_of_a_story = |image: &Url| candidates.iter().any(|candidate| candidate.image.as_ref() == Some(image));
    Presentation {
        description: description(outline),
        favicon: favicon(&icons),
        icon: large(&icons),
        image: image.filter(|image| !is_of_a_story(image)),
    }
}

/// What the page says of itself beyond its title.
fn description(outline: &Outline) -> Option<String> {
    let said = text::squeeze(&budget::line(&meta(outline, &["description", "og:description"])?, TEXT));
    let title = outline.named.titles.first().map(|title| text::fold(&budget::line(&title.text(), LINE)));
    let is_said = !said.is_empty() && title.is_none_or(|title| title != text::fold(&said));
    is_said.then(|| text::cut(&said, DESCRIPTION))
}

/// The content of the first of `names` that has one.
fn meta(outline: &Outline, names: &[&str]) -> Option<String> {
    let metas = &outline.named.metas[..outline.named.metas.len().min(MAX_LOOKED_AT)];
    let is_called = |meta: &NodeRef, name: &str| {
        ["property", "name"].iter().any(|key| meta.attr(key).is_some_and(|called| called.trim().eq_ignore_ascii_case(name)))
    };
    let content = |name: &&str| {
        let found = metas.iter().filter(|meta| is_called(meta, name)).find_map(|meta| meta.attr("content"));
        found.map(|content| content.trim().to_owned()).filter(|content| !content.is_empty())
    };
    names.iter().find_map(content)
}

/// An icon that the head names.
struct Icon {
    url: Url,
    /// Dots on a side; of several sizes the largest.
    side: u32,
    /// For the screen of a telephone: a square without transparent parts.
    is_touch: bool,
}

impl Icon {
    /// Drawings in SVG are left out, for few feed readers show them, and so are icons for dark screens.
    fn of(link: &NodeRef, outline: &Outline) -> Option<Self> {
        let relation = link.attr("rel")?.to_ascii_lowercase();
        let is = |word: &str| relation.split_ascii_whitespace().any(|relation| relation == word);
        let is_touch = is("apple-touch-icon") || is("apple-touch-icon-precomposed");
        let says = |key: &str, word: &str| link.attr(key).is_some_and(|value| value.to_ascii_lowercase().contains(word));
        if !(is_touch || is("icon")) || says("type", "svg") || says("media", "dark") {
            return None;
        }
        let url = link::resolve(&outline.base, &link.attr("href")?)?;
        if url.path().to_ascii_lowercase().ends_with(".svg") {
            return None;
        }
        let sides = link.attr("sizes").unwrap_or_default().to_ascii_lowercase();
        let sides = sides.split(|ch: char| !ch.is_ascii_digit()).filter_map(|side| side.parse().ok());
        let side = sides.max().unwrap_or(if is_touch { USUAL_TOUCH } else { USUAL });
        Some(Self { url, side, is_touch })
    }
}

/// The smallest that is no blur; of the same size the first.
fn favicon(icons: &[Icon]) -> Option<Url> {
    let best = icons.iter().min_by_key(|icon| (icon.is_touch, icon.side < LEAST, icon.side.abs_diff(LEAST)))?;
    Some(best.url.clone())
}

/// The largest that is of use.
fn large(icons: &[Icon]) -> Option<Url> {
    let large = icons.iter().filter(|icon| icon.side >= LARGE);
    let best = large.min_by_key(|icon| (icon.side > USEFUL, icon.side.abs_diff(USEFUL), !icon.is_touch))?;
    Some(best.url.clone())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{list::Sighting, page::Page, tree};

    fn presentation(head: &str, candidates: &[Candidate]) -> Presentation {
        let html = format!("<html><head><title>Công an thành phố</title>{head}</head><body><p>Tin</p></body></html>");
        let page = Page { url: "https://a.vn/tin/".parse().unwrap(), html, fetched_at: Timestamp::UNIX_EPOCH, problems: Vec::new() };
        let document = tree::parse(&page.html).unwrap();
        of(&Outline::of(&document, &page.url, page.html.len()), candidates)
    }

    #[test]
    fn a_head_presents_its_site() {
        let found = presentation(
            "<link rel='shortcut icon' href='/favicon.ico'><link rel=icon sizes='16x16' href='i/16.png'><link rel=icon sizes=192x192 href='i/192.png'>\
             <link rel=icon type='image/svg+xml' href='i/i.svg'><link rel='mask-icon' href='i/mask.svg'>\
             <link rel=apple-touch-icon href='/touch.png'><meta name=Description content=' Cổng thông tin\n của thành phố '>\
             <meta property=og:image content='/banner.jpg'>",
            &[],
        );
        let at = |path: &str| Some(Url::parse("https://a.vn/tin/").unwrap().join(path).unwrap());
        assert_eq!(
            found,
            Presentation {
                description: Some("Cổng thông tin của thành phố".to_owned()),
                favicon: at("/favicon.ico"),
                icon: at("i/192.png"),
                image: at("/banner.jpg"),
            }
        );
    }

    #[test]
    fn what_a_head_does_not_say_is_not_made_up() {
        for head in ["", "<link rel=icon href=''><link rel=icon><link rel=icon href='data:image/png;base64,AA'><meta name=description>"] {
            assert_eq!(presentation(head, &[]), Presentation::default(), "{head}");
        }
        let repeating = "<meta name=description content='Công an thành phố'>";
        assert_eq!(presentation(repeating, &[]).description, None, "the title is known already");
    }

    #[test]
    fn the_picture_of_a_story_is_no_picture_of_the_site() {
        let candidate = Candidate {
            url: "https://a.vn/tin/1".parse().unwrap(),
            title: "Một".to_owned(),
            published: None,
            summary: None,
            image: Some("https://a.vn/1.jpg".parse().unwrap()),
            author: None,
            attachments: Vec::new(),
            sighting: Sighting::default(),
        };
        assert_eq!(presentation("<meta property=og:image content=/1.jpg>", &[candidate]).image, None);
    }

    #[test]
    fn one_icon_serves_as_both_where_it_is_large() {
        let found = presentation("<link rel=apple-touch-icon href=/touch.png>", &[]);
        assert_eq!((found.favicon.clone(), found.icon.clone()), (found.icon, found.favicon));
        let found = presentation("<link rel=icon href=/favicon.ico>", &[]);
        assert!(found.favicon.is_some() && found.icon.is_none());
    }
}
