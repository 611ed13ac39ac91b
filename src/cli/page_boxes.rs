//! The boxes of a list page, as a person reads them: which are the list, which are not and why, how to say otherwise.

use loa_reader::{
    list::{PageBox, Part},
    text,
};
use unicode_width::UnicodeWidthStr;

use crate::words::{Language, adding as said, errors};

/// Letters of a headline and of a heading that fit beside the rest.
const TITLE: usize = 48;
const HEADING: usize = 32;

/// One line a box: `in  Tin mới (12): “…”, “…”`. Nothing where the page has one box only.
pub fn lines(boxes: &[PageBox], language: Language) -> Vec<String> {
    if boxes.len() < 2 { Vec::new() } else { boxes.iter().map(|page_box| line(page_box, language)).collect() }
}

fn line(page_box: &PageBox, language: Language) -> String {
    let (inside, outside) = (said::box_in(language), said::box_out(language));
    let wide = inside.width().max(outside.width());
    let (part, why) = match &page_box.part {
        Part::List => (inside, String::new()),
        Part::Beside(why) => (outside, format!(" ({})", errors::told(language, why))),
    };
    let part = format!("{part}{}", " ".repeat(wide - part.width()));
    let examples: Vec<String> = page_box.examples.iter().map(|title| format!("“{}”", text::cut(title, TITLE))).collect();
    format!("{part}  {} {}: {}{why}", named(page_box), page_box.headlines, examples.join(", "))
}

/// What the box is called in a feed's file.
pub fn named(page_box: &PageBox) -> String {
    format!("`{}`", text::cut(page_box.name(), HEADING))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_box_is_a_line_with_two_of_its_headlines() {
        let page_box = |heading: &str, part| PageBox {
            heading: heading.to_owned(),
            place: "0123456789abcdef".to_owned(),
            called: String::new(),
            part,
            is_decided: false,
            headlines: 12,
            examples: vec!["Ra quân bảo đảm trật tự".to_owned(), "Khen thưởng ba chiến sĩ".to_owned()],
            prints: Vec::new(),
        };
        let boxes = [page_box("", Part::List), page_box("Đọc nhiều", Part::Beside("old stories come round in it".to_owned()))];
        insta::assert_snapshot!(lines(&boxes, Language::English).join("\n"), @r"
        in   `012345` 12: “Ra quân bảo đảm trật tự”, “Khen thưởng ba chiến sĩ”
        out  `Đọc nhiều` 12: “Ra quân bảo đảm trật tự”, “Khen thưởng ba chiến sĩ” (old stories come round in it)
        ");
        assert!(lines(&boxes[..1], Language::English).is_empty());
    }
}
