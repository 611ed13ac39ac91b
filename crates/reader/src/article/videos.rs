//! Films: players in frames, files, and the boxes in which a script would open one; and where each is watched.

use dom_query::NodeRef;
use url::Url;

/// Where page builders put the address of a film that a script will play.
const WAITING: [&str; 5] = ["data-video-src", "data-video-url", "data-video", "data-vid", "data-mp4"];
/// Where they put its name on YouTube.
const WAITING_ON_YOUTUBE: [&str; 4] = ["data-youtube-id", "data-youtube", "data-yt-id", "data-videoid"];
/// Where scripts put addresses of anything that they load late, of a film among others.
const LATE: [&str; 6] = ["data-src", "data-file", "data-source", "data-url", "data-hls", "data-m3u8"];
/// Endings of files that browsers play by themselves.
const PLAYABLE: [&str; 5] = [".mp4", ".m4v", ".webm", ".ogv", ".mov"];
const AUDIBLE: [&str; 4] = [".mp3", ".m4a", ".ogg", ".wav"];

/// What becomes of a film in a feed, which runs no script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A file or stream that readers play.
    Video(Url),
    Audio(Url),
    /// A still that leads to the place where it is watched.
    Still {
        watch: Url,
        still: Url,
    },
    /// The place where it is watched.
    Link(Url),
}

/// The address of the film that the element plays, as the page writes it.
pub fn of(node: &NodeRef, name: &str) -> Option<String> {
    let found = match name {
        "iframe" | "embed" | "amp-iframe" => {
            let names = ["src", "data-src", "data-lazy-src", "data-litespeed-src"];
            names.iter().filter_map(|name| node.attr(name)).find(|address| is_player(address)).map(|address| address.to_string())
        }
        "video" | "audio" | "amp-video" => {
            let sources = || node.children_it(false).filter(|child| child.has_name("source"));
            own_address(node).or_else(|| sources().find_map(|source| own_address(&source))).or_else(|| waiting(node))
        }
        "amp-youtube" | "lite-youtube" => {
            let id = node.attr("data-videoid").or_else(|| node.attr("videoid"))?;
            return Some(format!("https://www.youtube.com/embed/{}", id.trim()));
        }
        "div" | "figure" | "p" | "span" | "section" => return waiting(node),
        _ => None,
    };
    found.map(|address| address.trim().to_owned())
}

/// Where an element says that its film lies: browsers look there, or scripts.
fn own_address(node: &NodeRef) -> Option<String> {
    let mut said = ["src", "data-src", "data-lazy-src"].iter().filter_map(|name| node.attr(name)).map(|address| address.trim().to_owned());
    said.find(|address| !address.is_empty() && !address.starts_with("blob:") && !address.starts_with("about:"))
}

/// A film that a script would play here.
fn waiting(node: &NodeRef) -> Option<String> {
    node.query(|node| {
        let element = node.as_element()?;
        element.attrs.iter().find_map(|attribute| {
            let name: &str = &attribute.name.local;
            if !name.starts_with("data-") {
                return None;
            }
            let value = attribute.value.trim();
            if WAITING_ON_YOUTUBE.contains(&name) && value.len() == 11 {
                return Some(format!("https://www.youtube.com/embed/{value}"));
            }
            let is_late = LATE.contains(&name) && is_file(value);
            (is_late || WAITING.contains(&name)).then(|| address(value)).flatten()
        })
    })?
}

/// Whether an address ends as those of films do.
fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    PLAYABLE.iter().chain(&[".m3u8"]).any(|ending| path.ends_with(ending))
}

/// An address with or without its scheme; other values name a film in the site's own way.
fn address(value: &str) -> Option<String> {
    if ["http://", "https://", "//"].iter().any(|start| value.starts_with(start)) {
        return Some(value.to_owned());
    }
    if !is_file(value) {
        return None;
    }
    let path = value.split(['?', '#']).next().unwrap_or_default();
    let is_host = path.split_once('/').is_some_and(|(host, _)| host.contains('.') && !host.starts_with('.'));
    Some(if is_host { format!("https://{value}") } else { value.to_owned() })
}

/// How it is shown in a feed.
pub fn shown(address: Url) -> Shown {
    let path = address.path().to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
    if ends(&AUDIBLE) {
        Shown::Audio(address)
    } else if let Some((watch, still)) = youtube(&address) {
        Shown::Still { watch, still }
    } else if is_player(address.as_str()) && !ends(&PLAYABLE) {
        Shown::Link(watch(&address).unwrap_or(address))
    } else {
        Shown::Video(address)
    }
}

/// Where a film on YouTube is watched, and its still.
fn youtube(address: &Url) -> Option<(Url, Url)> {
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
    let fits = (6..=20).contains(&id.len())
        && id != "videoseries"
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let watch = Url::parse(&format!("https://www.youtube.com/watch?v={id}")).ok()?;
    let still = Url::parse(&format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg")).ok()?;
    fits.then_some((watch, still))
}

/// The page of a film that a frame plays.
fn watch(address: &Url) -> Option<Url> {
    let segments: Vec<&str> = address.path_segments()?.collect();
    let watch = match (address.host_str()?, segments.as_slice()) {
        ("player.vimeo.com", ["video", id, ..]) => format!("https://vimeo.com/{id}"),
        ("www.dailymotion.com" | "dailymotion.com", ["embed", "video", id, ..]) => format!("https://www.dailymotion.com/video/{id}"),
        ("geo.dailymotion.com", _) => {
            format!("https://www.dailymotion.com/video/{}", address.query_pairs().find(|(name, _)| name == "video")?.1)
        }
        ("www.facebook.com" | "facebook.com", ["plugins", ..]) => address.query_pairs().find(|(name, _)| name == "href")?.1.into_owned(),
        _ => return None,
    };
    Url::parse(&watch).ok().filter(|watch| matches!(watch.scheme(), "http" | "https"))
}

/// Frames that play films; others hold advertisements, maps and forms.
fn is_player(address: &str) -> bool {
    let address = address.trim().trim_start_matches("https:").trim_start_matches("http:").trim_start_matches("//");
    let (host, path) = address.split_at(address.find(['/', '?']).unwrap_or(address.len()));
    let host = host.strip_prefix("www.").unwrap_or(host);
    match host {
        "youtube.com" | "youtube-nocookie.com" | "youtu.be" | "vimeo.com" | "dailymotion.com" | "geo.dailymotion.com" => true,
        "facebook.com" | "tiktok.com" => path.contains("video") || path.contains("/embed/"),
        "ok.ru" => path.starts_with("/videoembed/"),
        "vk.com" => path.starts_with("/video_ext"),
        "rutube.ru" | "rumble.com" => path.contains("embed"),
        "streamable.com" => true,
        _ => {
            let label = host.split('.').next().unwrap_or_default();
            host.ends_with(".youtube.com") || host.contains('.') && matches!(label, "player" | "players" | "video" | "videos")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn films(html: &str) -> Vec<String> {
        let document = crate::tree::parse(html).unwrap();
        let root = document.root();
        root.descendants_it().filter_map(|node| of(&node, &node.node_name()?)).collect()
    }

    #[test]
    fn only_what_plays_a_film_is_one() {
        let cases = [
            ("<iframe src='//www.youtube.com/embed/x'></iframe>", Some("//www.youtube.com/embed/x")),
            ("<iframe data-src='https://player.example.vn/embed/12'></iframe>", Some("https://player.example.vn/embed/12")),
            ("<iframe src='https://ads.example/x'></iframe>", None),
            ("<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>", None),
            ("<iframe src='https://www.facebook.com/plugins/page.php?href=x'></iframe>", None),
            ("<video><source src=' /a.mp4 '></video>", Some("/a.mp4")),
            ("<video src='blob:https://a.vn/1'></video>", None),
            ("<video data-src='/a.mp4'></video>", Some("/a.mp4")),
            ("<video src='' data-src='/a.mp4'></video>", Some("/a.mp4")),
            ("<video data-src='' src='/a.mp4'></video>", Some("/a.mp4")),
            ("<video><source data-src='/a.mp4'></video>", Some("/a.mp4")),
            ("<video><source src='/a.mp4'><source src='/b.webm'></video>", Some("/a.mp4")),
            ("<div class=video data-src='https://cdn.example.vn/a.MP4?x=1'></div>", Some("https://cdn.example.vn/a.MP4?x=1")),
            ("<div data-file='/phim/a.m3u8'></div>", Some("/phim/a.m3u8")),
            ("<div data-src='https://cdn.example.vn/a.jpg'></div>", None),
            ("<div data-url='https://example.vn/tin/a-1.html'></div>", None),
            ("<div data-src='a.mp4?from=x.vn/b'></div>", Some("a.mp4?from=x.vn/b")),
            ("<div type=VideoStream data-vid='cdn.example.vn/2024/a.mp4'></div>", Some("https://cdn.example.vn/2024/a.mp4")),
            ("<div data-video-src='https://cdn.example.vn/a.m3u8'></div>", Some("https://cdn.example.vn/a.m3u8")),
            ("<div data-video='4711'></div>", None),
            ("<div data-youtube-id='abcDEF12345'></div>", Some("https://www.youtube.com/embed/abcDEF12345")),
            ("<lite-youtube videoid='abcDEF12345'></lite-youtube>", Some("https://www.youtube.com/embed/abcDEF12345")),
        ];
        for (html, expected) in cases {
            assert_eq!(films(html), expected.as_slice(), "{html}");
        }
    }

    #[test]
    fn a_film_leads_to_where_it_is_watched() {
        let link = |address: &str| match shown(Url::parse(address).unwrap()) {
            Shown::Link(link) => link.to_string(),
            Shown::Still { watch, .. } => format!("still {watch}"),
            Shown::Video(_) => "video".to_owned(),
            Shown::Audio(_) => "audio".to_owned(),
        };
        let cases = [
            ("https://www.youtube-nocookie.com/embed/abcDEF12345?rel=0", "still https://www.youtube.com/watch?v=abcDEF12345"),
            ("https://www.youtube.com/embed/videoseries?list=x", "https://www.youtube.com/embed/videoseries?list=x"),
            ("https://player.vimeo.com/video/12?h=1", "https://vimeo.com/12"),
            (
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fx%2Fvideos%2F1",
                "https://www.facebook.com/x/videos/1",
            ),
            (
                "https://www.facebook.com/plugins/video.php?href=javascript:x",
                "https://www.facebook.com/plugins/video.php?href=javascript:x",
            ),
            ("https://cdn.example.vn/a.MP4?x=1", "video"),
            ("https://cdn.example.vn/a.m3u8", "video"),
            ("https://player.example.vn/embed/1", "https://player.example.vn/embed/1"),
            ("https://cdn.example.vn/a.mp3", "audio"),
        ];
        for (address, expected) in cases {
            assert_eq!(link(address), expected, "{address}");
        }
    }
}
