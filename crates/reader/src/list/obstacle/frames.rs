//! Framesets: which of the frames has the page's main part.
//!
//! <https://html.spec.whatwg.org/multipage/obsolete.html#frames>

use url::Url;

use crate::{link, outline::Outline, page::Page, text, tree};

/// What the frame with the main part is called.
const MAIN: &[&str] = &["main", "mainframe", "main_frame", "content", "contents", "noidung", "noi_dung", "body", "center", "chinh"];
/// Pixels of a window along a row or column of frames.
const WINDOW: f64 = 1_000.0;
/// Framesets in framesets.
const LEVELS: usize = 8;

/// The address of a frameset's main frame; none for a page that is no frameset.
pub fn main_frame(page: &Page) -> Option<Url> {
    // Nearly all pages are passed over by this look.
    if !page.html.as_bytes().windows(9).any(|bytes| bytes.eq_ignore_ascii_case(b"<frameset")) {
        return None;
    }
    let document = tree::parse(&page.html).ok()?;
    main(&Outline::of(&document, &page.url, page.html.len()))
}

/// The same of a page that is laid flat: the frame that is called so, or else the largest.
pub(super) fn main(outline: &Outline) -> Option<Url> {
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
