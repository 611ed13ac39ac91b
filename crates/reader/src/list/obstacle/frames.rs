//! Pages that only show another one: the main frame of a frameset, a page that leads on, a frame that fills the page.
//!
//! <https://html.spec.whatwg.org/multipage/obsolete.html#frames>

use url::Url;

use crate::{
    link,
    list::{TELLING_TITLE, site},
    outline::Outline,
    page::Page,
    text, tree,
};

/// What the frame with the main part is called.
const MAIN: &[&str] = &["main", "mainframe", "main_frame", "content", "contents", "noidung", "noi_dung", "body", "center", "chinh"];
/// Pixels of a window along a row or column of frames.
const WINDOW: f64 = 1_000.0;
/// Framesets in framesets.
const LEVELS: usize = 8;

/// Links of a page that may have nothing but a frame to show: those of its menu.
const LINKS: usize = 80;
/// Bytes of one that leads on.
const LEADING_ON: usize = 20_000;
/// Links with the words of a headline from which on a page has a list of its own.
const HEADLINES: usize = 3;
/// Seconds after which a page leads on; one that waits longer is there to be read.
const AT_ONCE: f64 = 10.0;
/// Pixels of the height of a frame that fills the page.
const FILLING: f64 = 400.0;

/// The address of the page that this one shows in its place: the main frame of a frameset, where it leads on to, or
/// what fills it. None for a page that has something to show itself.
pub fn main_frame(page: &Page) -> Option<Url> {
    // Nearly all pages are passed over by this look.
    if !may_show_another(page.html.as_bytes()) {
        return None;
    }
    let document = tree::parse(&page.html).ok()?;
    main(&Outline::of(&document, &page.url, page.html.len()))
}

fn may_show_another(html: &[u8]) -> bool {
    let (mut is_set, mut links, mut frames, mut leads_on) = (false, 0, 0, false);
    for at in html.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at) {
        let begins = |name: &[u8]| html.get(at + 1..at + 1 + name.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(name));
        match html.get(at + 1).map(u8::to_ascii_lowercase) {
            Some(b'a') => links += usize::from(html.get(at + 2).is_some_and(u8::is_ascii_whitespace)),
            Some(b'f') => is_set |= begins(b"frameset"),
            Some(b'i') => frames += usize::from(begins(b"iframe")),
            Some(b'm') => {
                let tag = &html[at..html.len().min(at + 200)];
                leads_on |= begins(b"meta") && tag.windows(7).any(|bytes| bytes.eq_ignore_ascii_case(b"refresh"));
            }
            _ => (),
        }
    }
    is_set || links <= LINKS && (frames > 0 || leads_on && html.len() <= LEADING_ON)
}

/// The same of a page that is laid flat.
pub(super) fn main(outline: &Outline) -> Option<Url> {
    frame_of_set(outline).or_else(|| {
        let is_telling = |link: &&usize| text::fold(&outline.text_of(**link)).chars().count() >= TELLING_TITLE;
        let is_list = outline.anchors.len() > LINKS || outline.anchors.iter().filter(is_telling).count() >= HEADLINES;
        let other = || led_to(outline).or_else(|| filling(outline));
        if is_list { None } else { other() }.filter(|url| link::identity(url) != link::identity(&outline.address))
    })
}

/// Where a page leads on to at once: `<meta http-equiv=refresh content="0; url=trang-chu.aspx">`.
fn led_to(outline: &Outline) -> Option<Url> {
    let is_refresh = |name: &str| name.trim().eq_ignore_ascii_case("refresh");
    let metas = outline.named.metas.iter().filter(|meta| meta.attr("http-equiv").is_some_and(|name| is_refresh(&name)));
    let target = |content: &str| {
        let (wait, rest) = content.trim().split_once([';', ','])?;
        let is_now = wait.trim().parse::<f64>().is_ok_and(|wait| wait <= AT_ONCE);
        let rest = rest.trim();
        let named = rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url"))?;
        let written = rest[named.len()..].trim_start().strip_prefix('=')?.trim().trim_matches(['"', '\'']);
        link::resolve(&outline.base, written).filter(|_| is_now)
    };
    metas.filter_map(|meta| meta.attr("content")).find_map(|content| target(&content))
}

/// What the first frame shows that is as large as the page, of the page's own site.
fn filling(outline: &Outline) -> Option<Url> {
    let frames = (0..outline.elements.len()).filter(|at| outline.name(*at) == "iframe" && is_filling(outline, *at));
    let mut shown = frames.filter_map(|at| link::resolve(&outline.base, outline.attribute(at, "src")?));
    shown.find(|url| site(url) == site(&outline.address))
}

fn is_filling(outline: &Outline, at: usize) -> bool {
    let style = outline.attribute(at, "style").unwrap_or_default().to_ascii_lowercase();
    let styled = |name: &str| {
        let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        rules.find(|(property, _)| property.trim() == name).map(|(_, value)| value.trim().to_owned())
    };
    let size = |name: &str| styled(name).or_else(|| outline.attribute(at, name).map(str::to_owned));
    let is_most = |length: &str, pixels: f64| match length.split_once(['%', 'v']) {
        Some((share, _)) => share.trim().parse::<f64>().is_ok_and(|share| share >= 80.0),
        None => length.trim_end_matches("px").trim().parse::<f64>().is_ok_and(|length| length >= pixels),
    };
    let is_wide = size("width").is_none_or(|width| is_most(&width, FILLING));
    is_wide && size("height").is_some_and(|height| is_most(&height, FILLING)) && styled("display").as_deref() != Some("none")
}

/// The frame of a frameset that is called main, or else the largest.
fn frame_of_set(outline: &Outline) -> Option<Url> {
    let set = (0..outline.elements.len()).find(|at| outline.name(*at) == "frameset")?;
    let mut frames = Vec::new();
    share(outline, set, 1.0, 0, &mut frames);
    let is_called_so = |at: usize| {
        let name = outline.attribute(at, "name").or_else(|| outline.attribute(at, "id"));
        name.is_some_and(|name| MAIN.contains(&text::fold(name).as_str()))
    };
    let address = |at: usize| link::resolve(&outline.base, outline.attribute(at, "src")?);
    let frames = frames.into_iter().filter_map(|(at, part)| Some((address(at)?, is_called_so(at), part)));
    // Of equals the first: `max_by` would take the last.
    let best = frames.reduce(|best, frame| if (frame.1, frame.2) > (best.1, best.2) { frame } else { best })?;
    Some(best.0)
}

/// Adds the frames of a frameset, each with its part of the window.
fn share(outline: &Outline, set: usize, part: f64, level: usize, frames: &mut Vec<(usize, f64)>) {
    let children: Vec<usize> = outline.children(set).filter(|at| matches!(outline.name(*at), "frame" | "frameset")).collect();
    let (rows, columns) = (parts(outline.attribute(set, "rows")), parts(outline.attribute(set, "cols")));
    for (index, child) in children.into_iter().enumerate() {
        let row = rows.get(index / columns.len()).copied().unwrap_or_default();
        let part = part * row * columns[index % columns.len()];
        if outline.name(child) == "frame" {
            frames.push((child, part));
        } else if level < LEVELS {
            share(outline, child, part, level + 1, frames);
        }
    }
}

/// `90,*` as parts of the whole; one part where nothing is said.
fn parts(written: Option<&str>) -> Vec<f64> {
    let Some(written) = written else { return vec![1.0] };
    let lengths: Vec<&str> = written.split(',').map(str::trim).collect();
    let number = |text: &str| text.trim().parse::<f64>().unwrap_or_default().max(0.0);
    let fixed = |length: &&str| match length.strip_suffix('%') {
        Some(hundredths) => number(hundredths) / 100.0,
        None => number(length.trim_end_matches("px")) / WINDOW,
    };
    let shares = |length: &&str| length.strip_suffix('*').map(|share| if share.trim().is_empty() { 1.0 } else { number(share) });
    let left = (1.0 - lengths.iter().filter(|length| shares(length).is_none()).map(fixed).sum::<f64>()).max(0.0);
    let all_shares: f64 = lengths.iter().filter_map(shares).sum();
    lengths.iter().map(|length| shares(length).map_or_else(|| fixed(length), |share| left * share / all_shares.max(1.0))).collect()
}
