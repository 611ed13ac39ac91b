//! What `add` found, as a person reads it: a bar for how certain each headline is, when it was published, what it says.

use loa_reader::{
    text,
    time::{Precision, Stamp},
};

use super::{
    super::page_boxes,
    look::{Item, Look},
};

/// Cells of a bar.
const BAR: usize = 5;
/// Characters of a headline that fit beside the rest.
const TITLE: usize = 72;
/// Headlines and links left out that are shown.
const SHOWN: usize = 30;
const SHOWN_LEFT_OUT: usize = 8;

/// The whole answer but for the file.
pub fn of(look: &Look) -> String {
    let mut words = format!("{} headlines at {}\n\n", look.items.len(), look.url);
    for item in look.items.iter().take(SHOWN) {
        words.push_str(&line(item));
    }
    if look.items.len() > SHOWN {
        words.push_str(&format!("       … and {} more\n", look.items.len() - SHOWN));
    }
    let confirmed = look.items.iter().filter(|item| item.is_confirmed).count();
    words.push_str(&format!("\npages asked: {}; they confirm {confirmed} headlines (✓)\n", look.asked));
    for (title, why) in look.left_out.iter().take(SHOWN_LEFT_OUT) {
        words.push_str(&format!("left out: `{}`: {why}\n", text::cut(title, TITLE)));
    }
    if look.left_out.len() > SHOWN_LEFT_OUT {
        words.push_str(&format!("left out: {} more\n", look.left_out.len() - SHOWN_LEFT_OUT));
    }
    for line in page_boxes::lines(&look.boxes) {
        words.push_str(&format!("box {line}\n"));
    }
    for problem in &look.problems {
        words.push_str(&format!("problem: {problem}\n"));
    }
    words
}

fn line(item: &Item) -> String {
    let when = item.candidate.published.as_ref().map_or_else(|| "no date".to_owned(), when);
    let mark = if item.is_confirmed { "✓" } else { " " };
    format!("{} {mark} {when:<16}  {}\n", bar(item.certainty), text::cut(&item.candidate.title, TITLE))
}

/// `▇▇▇▇░` for 0.8.
pub fn bar(certainty: f64) -> String {
    let full = (certainty.clamp(0.0, 1.0) * BAR as f64).round() as usize;
    format!("{}{}", "▇".repeat(full), "░".repeat(BAR - full))
}

fn when(stamp: &Stamp) -> String {
    match stamp.precision {
        Precision::Day => stamp.at.strftime("%d/%m/%Y").to_string(),
        Precision::Minute => stamp.at.strftime("%d/%m/%Y %H:%M").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_is_a_picture() {
        assert_eq!([0.0, 0.5, 0.82, 1.0].map(bar), ["░░░░░", "▇▇▇░░", "▇▇▇▇░", "▇▇▇▇▇"]);
    }
}
