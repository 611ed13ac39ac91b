//! Pictures and films of a page, with the address that a browser would end up with.

use dom_query::NodeRef;
use url::Url;

/// Widest picture that is chosen among several sizes, in pixels.
const MAX_WIDTH: f32 = 2_000.0;
/// Smallest side at which a picture illustrates something; icons and counters are smaller.
const MIN_SIDE: f32 = 60.0;

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
            let alt = node.attr("alt").map(|alt| crate::text::squeeze(&alt)).unwrap_or_default();
            Some(Kind::Picture { address: picture_address(node), alt })
        }
        "iframe" | "embed" => {
            let address = ["src", "data-src", "data-lazy-src"].iter().filter_map(|name| node.attr(name)).find(|it| is_player(it))?;
            Some(Kind::Film { address: address.trim().to_owned() })
        }
        "video" | "audio" => {
            let own = node.attr("src").or_else(|| node.attr("data-src"));
            let address =
                own.or_else(|| node.children_it(false).find_map(|child| child.attr("src").filter(|_| child.has_name("source"))))?;
            Some(Kind::Film { address: address.trim().to_owned() })
        }
        _ => None,
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
    best.or_else(|| {
        ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-url", "data-image", "src"]
            .iter()
            .filter_map(|name| image.attr(name))
            .map(|address| address.trim().to_owned())
            .find(|address| !is_placeholder(address))
    })
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

/// Where a film on YouTube is watched, and its still.
pub fn youtube(address: &Url) -> Option<(String, String)> {
    let host = address.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut path = address.path_segments()?;
    let id = match host {
        "youtu.be" => path.next()?.to_owned(),
        "youtube.com" | "youtube-nocookie.com" | "m.youtube.com" => match path.next()? {
            "embed" | "v" | "shorts" => path.next()?.to_owned(),
            "watch" => address.query_pairs().find(|(name, _)| name == "v")?.1.into_owned(),
            _ => return None,
        },
        _ => return None,
    };
    let fits = (6..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    fits.then(|| (format!("https://www.youtube.com/watch?v={id}"), format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg")))
}

/// Frames that play films; others hold advertisements, maps and forms.
pub fn is_player(address: &str) -> bool {
    let address = address.trim().trim_start_matches("https:").trim_start_matches("http:").trim_start_matches("//");
    let host = address.split(['/', '?']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    matches!(
        host,
        "youtube.com" | "youtube-nocookie.com" | "youtu.be" | "player.vimeo.com" | "vimeo.com" | "dailymotion.com" | "geo.dailymotion.com"
    ) || (matches!(host, "facebook.com" | "tiktok.com") && address.contains("video"))
        || host.ends_with(".youtube.com")
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
        ];
        for (html, expected) in cases {
            assert_eq!(address(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn only_frames_with_films_are_films() {
        let document =
            crate::tree::parse(r#"<iframe src="//www.youtube.com/embed/x"></iframe><iframe src="https://ads.example/x"></iframe>"#)
                .unwrap();
        let films: Vec<_> = document.select("iframe").nodes().iter().map(|node| kind_of(node, "iframe").is_some()).collect();
        assert_eq!(films, [true, false]);
    }
}
