//! What an element's attributes say of it to the reader of articles.

use html5ever::local_name;

use super::{block::Style, hash::hash, layout::Align};
use crate::{budget, outline::Attribute};

/// Bytes of an attribute that are looked at: an element that is opened again and again has it again each time.
const LONGEST: usize = 2_048;

/// An element as its markup has it, whatever its text.
pub struct Markup {
    /// Class, id, itemprop, role and the like, as one string.
    pub marks: String,
    /// A number for the first class.
    pub first_class: u64,
    /// Whether its markup hides it.
    pub hidden: bool,
    pub align: Align,
    /// Columns and rows that a cell of a table takes, where it says so.
    pub spans: [Option<u8>; 2],
    /// What it tells machines of a moment: `datetime`, `content`, the `title` of an abbreviation, a time stamp in its
    /// data.
    pub moment: Option<String>,
    /// Whether it tells scripts a title: `data-title`.
    pub has_title: bool,
}

impl Markup {
    /// Of an element's name and attributes; what they say of letters goes into `style`.
    pub fn of(name: &str, attributes: &[Attribute], style: &mut Style) -> Self {
        let mut found = Self {
            marks: String::new(),
            first_class: hash(""),
            hidden: false,
            align: Align::Unsaid,
            spans: [None; 2],
            moment: None,
            has_title: false,
        };
        let mut marks: [Option<&str>; 6] = [None; 6];
        let is_moment = matches!(name, "time" | "abbr");
        for attribute in attributes {
            let value = budget::beginning(&attribute.value, LONGEST);
            match attribute.name {
                local_name!("class") => {
                    found.first_class = hash(value.split(' ').next().unwrap_or_default());
                    if matches!(name, "span" | "b" | "strong" | "i" | "em") {
                        style.add_class(value);
                    }
                    marks[0] = Some(value);
                }
                local_name!("id") => marks[1] = Some(value),
                // What most others are.
                local_name!("href") | local_name!("src") | local_name!("target") | local_name!("alt") => (),
                local_name!("style") => found.read_css(value, style),
                ref other => found.read(other, value, is_moment, &mut marks),
            }
        }
        found.marks.reserve(marks.iter().flatten().map(|mark| mark.len() + 1).sum());
        for (place, mark) in marks.into_iter().flatten().enumerate() {
            if place > 0 {
                found.marks.push(' ');
            }
            found.marks.push_str(mark);
        }
        found
    }

    /// What an attribute says that is neither class nor style.
    fn read<'v>(&mut self, name: &str, value: &'v str, is_moment: bool, marks: &mut [Option<&'v str>; 6]) {
        match name {
            "itemprop" => marks[2] = Some(value),
            "data-testid" => marks[3] = Some(value),
            "data-component" => marks[4] = Some(value),
            "role" => marks[5] = Some(value),
            "align" if value.eq_ignore_ascii_case("right") => self.align = Align::Right,
            "align" if value.eq_ignore_ascii_case("center") => self.align = Align::Centre,
            "colspan" => self.spans[0] = span_of(value),
            "rowspan" => self.spans[1] = span_of(value),
            "datetime" | "content" if !value.trim().is_empty() => self.moment = Some(value.to_owned()),
            "title" if self.moment.is_none() && is_moment => self.moment = Some(value.to_owned()),
            "data-time" | "data-date" | "data-datetime" | "data-timestamp" | "data-utime" | "data-published" if self.moment.is_none() => {
                self.moment = Some(value.to_owned());
            }
            "hidden" => self.hidden = true,
            "aria-hidden" => self.hidden |= value == "true",
            name => self.has_title |= name.starts_with("data-") && name.ends_with("title"),
        }
    }

    fn read_css(&mut self, css: &str, style: &mut Style) {
        let compact: String = css.chars().filter(|ch| *ch != ' ').map(|ch| ch.to_ascii_lowercase()).collect();
        self.hidden |= compact.contains("display:none") || compact.contains("visibility:hidden");
        if compact.contains("text-align:right") {
            self.align = Align::Right;
        } else if compact.contains("text-align:center") {
            self.align = Align::Centre;
        }
        style.add_css(&compact);
    }
}

fn span_of(said: &str) -> Option<u8> {
    said.trim().parse().ok().filter(|span| (2..=100).contains(span))
}
