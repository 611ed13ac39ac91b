//! Pictures and films of a page, with the address that a browser would end up with.

use dom_query::NodeRef;
use url::Url;

use super::videos;
use crate::budget;

/// Widest picture that is chosen among several sizes, in pixels.
const MAX_WIDTH: f32 = 2_000.0;
/// Smallest side at which a picture illustrates something; icons and counters are smaller.
const MIN_SIDE: f32 = 60.0;
/// Width up to which a picture is the small form of the one that it links to, in pixels.
const SMALL_WIDTH: f32 = 400.0;

/// Where scripts look for the address of a picture that they load late, and where browsers do.
const OWN_ADDRESSES: [&str; 13] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "data-url",
    "data-image",
    "data-img-src",
    "data-echo",
    "data-actualsrc",
    "data-cfsrc",
    "data-large-file",
    "src",
];

/// A picture or a film, and where it stands.
#[derive(Debug)]
pub struct Medium {
    pub kind: Kind,
    /// The number of blocks that stand before it.
    pub before: usize,
    /// The innermost element around it.
    pub element: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// `address` is as the page writes it; `None` where only a placeholder is there.
    Picture { address: Option<String>, alt: String },
    /// Something that plays.
    Film { address: String },
}

impl Medium {
    /// Its absolute address, if it has one.
    pub fn address(&self, base: &Url) -> Option<Url> {
        match &self.kind {
            Kind::Picture { address, .. } => resolve(base, address.as_deref()?),
            Kind::Film { address } => resolve(base, address),
        }
    }
}

/// The element as a picture or a film, if it is one that a reader would look at.
pub fn kind_of(node: &NodeRef, name: &str) -> Option<Kind> {
    match name {
        "img" | "amp-img" => {
            if is_tiny(node) {
                return None;
            }
            let alt = node.attr("alt").map(|alt| budget::line(&alt, budget::TEXT)).unwrap_or_default();
            Some(Kind::Picture { address: picture_address(node), alt })
        }
        _ => videos::of(node, name).map(|address| Kind::Film { address }),
    }
}

/// What stands in a `<noscript>`: the picture that a script would have loaded in place of the one before.
pub fn complete(media: &mut Vec<Medium>, noscript: &NodeRef, before: usize, element: usize) {
    let Some(image) = noscript.descendants_it().find(|node| node.has_name("img")) else { return };
    let Some(kind @ Kind::Picture { address: Some(_), .. }) = kind_of(&image, "img") else { return };
    match media.last_mut() {
        Some(last) if last.before == before && matches!(last.kind, Kind::Picture { address: None, .. }) => last.kind = kind,
        Some(last) if last.before == before && matches!(last.kind, Kind::Picture { .. }) => (),
        _ => media.push(Medium { kind, before, element }),
    }
}

/// Absolute and without what no feed reader could load.
pub fn resolve(base: &Url, address: &str) -> Option<Url> {
    crate::link::resolve(base, address)
}

fn picture_address(image: &NodeRef) -> Option<String> {
    let sets = ["data-srcset", "data-lazy-srcset", "srcset"];
    let mut best = sets.iter().filter_map(|name| image.attr(name)).find_map(|set| widest(&set));
    if best.is_none()
        && let Some(parent) = image.parent().filter(|parent| parent.has_name("picture"))
    {
        best = parent
            .children_it(false)
            .filter(|child| child.has_name("source"))
            .find_map(|source| sets.iter().filter_map(|name| source.attr(name)).find_map(|set| widest(&set)));
    }
    best.or_else(|| linked(image)).or_else(|| {
        OWN_ADDRESSES
            .iter()
            .filter_map(|name| image.attr(name))
            .map(|address| address.trim().to_owned())
            .find(|address| !is_placeholder(address))
    })
}

/// What a small picture of a gallery opens when it is clicked.
fn linked(image: &NodeRef) -> Option<String> {
    let around = image.parent().filter(|parent| parent.has_name("a"))?;
    let width = image.attr("width").and_then(|width| width.trim().trim_end_matches("px").parse::<f32>().ok());
    let href = around.attr("href")?.trim().to_owned();
    (names_picture(&href) && width.is_some_and(|width| width <= SMALL_WIDTH)).then_some(href)
}

/// Whether an address ends as those of pictures do.
pub fn names_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp"].iter().any(|ending| path.ends_with(ending))
}

/// The widest candidate of a `srcset` that is not wider than anyone needs.
fn widest(set: &str) -> Option<String> {
    let mut best: Option<(f32, &str)> = None;
    // Candidates are parted by a comma and white space: addresses may hold commas of their own.
    for candidate in set.split(", ").flat_map(|part| part.split(",\n")).flat_map(|part| part.split(",http")) {
        let mut words = candidate.split_whitespace();
        let Some(address) = words.next().map(|address| address.trim_end_matches(',')) else { continue };
        let size = words.next().map_or(1.0, |size| size.trim_end_matches(['w', 'x', ',']).parse().unwrap_or(1.0));
        let better = best.is_none_or(|(known, _)| if known > MAX_WIDTH { size < known } else { size > known && size <= MAX_WIDTH });
        if better && !is_placeholder(address) && !address.starts_with("://") && !address.starts_with("s://") {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

/// Pictures that stand there until a script has loaded the real one, or that no one is meant to see.
fn is_placeholder(address: &str) -> bool {
    if address.is_empty() || address.starts_with("data:") || address.starts_with("about:") {
        return true;
    }
    let lower = address.to_ascii_lowercase();
    let name = lower.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    ["blank.", "spacer.", "placeholder", "pixel.", "1x1", "transparent.", "loading.", "lazyload", "grey.gif", "gray.gif"]
        .iter()
        .any(|word| name.contains(word))
}

/// Icons and counters are small, banners are flat.
fn is_tiny(image: &NodeRef) -> bool {
    let side = |name| image.attr(name).and_then(|size| size.trim().trim_end_matches("px").parse::<f32>().ok());
    let (width, height) = (side("width"), side("height"));
    [width, height].into_iter().flatten().any(|side| side < MIN_SIDE)
        || matches!((width, height), (Some(width), Some(height)) if width > 5.0 * height)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(html: &str) -> Option<String> {
        let document = crate::tree::parse(html).unwrap();
        let image = document.select("img").nodes().first().copied()?;
        match kind_of(&image, "img")? {
            Kind::Picture { address, .. } => address,
            Kind::Film { .. } => None,
        }
    }

    #[test]
    fn a_picture_that_is_loaded_late_has_its_real_address() {
        let cases = [
            (r#"<img src="/a.jpg">"#, Some("/a.jpg")),
            (r#"<img src="data:image/gif;base64,R0" data-src="/a.jpg">"#, Some("/a.jpg")),
            (r#"<img src="/images/loading.gif" data-original=" /b.jpg ">"#, Some("/b.jpg")),
            (r#"<img src="/s.jpg" srcset="/s.jpg 300w, /m.jpg 900w, /x.jpg 4000w">"#, Some("/m.jpg")),
            (r#"<img srcset="/big.jpg 4000w, /small.jpg 300w">"#, Some("/small.jpg")),
            (r#"<picture><source srcset="/p.webp 800w"><img src="/p.jpg"></picture>"#, Some("/p.webp")),
            (r#"<img src="data:image/gif;base64,R0">"#, None),
            (r#"<img src="/count.gif" width=1 height="1">"#, None),
            (r#"<a href="/full.JPG?x"><img src="/small.jpg" width="150"></a>"#, Some("/full.JPG?x")),
            (r#"<a href="/tin/2"><img src="/small.jpg" width="150"></a>"#, Some("/small.jpg")),
            (r#"<a href="/full.jpg"><img src="/wide.jpg" width="800"></a>"#, Some("/wide.jpg")),
        ];
        for (html, expected) in cases {
            assert_eq!(address(html).as_deref(), expected, "{html}");
        }
    }
}
