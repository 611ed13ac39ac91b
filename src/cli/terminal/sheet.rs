//! What a command says, laid out for one terminal: headings, items with a mark, fields, tables.

use anstyle::{AnsiColor, Style};
use loa_reader::text;
use textwrap::{Options, WordSplitter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Looks, Table};

pub const HEAD: Style = Style::new().dimmed();
const HEADING: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Good,
    Note,
    Bad,
}

impl Mark {
    pub const fn style(self) -> Style {
        match self {
            Self::Good => AnsiColor::Green.on_default(),
            Self::Note => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
        }
    }
}

/// `text` in `style`, where there is colour.
pub fn paint(style: Style, text: &str, colour: bool) -> String {
    if colour && style != Style::new() { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// The words of a command so far.
#[derive(Debug, Clone)]
pub struct Sheet {
    looks: Looks,
    text: String,
}

impl Sheet {
    pub fn new(looks: Looks) -> Self {
        Self { looks, text: String::new() }
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// An empty line, but not at the beginning and not twice.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    pub fn heading(&mut self, words: &str) {
        self.hang("", Style::new(), "", words, HEADING);
    }

    pub fn line(&mut self, words: &str) {
        self.hang("", Style::new(), "", words, Style::new());
    }

    /// Words of little weight, under an item.
    pub fn faint(&mut self, indent: usize, words: &str) {
        self.hang(&" ".repeat(indent), Style::new(), "", words, FAINT);
    }

    /// `label  words`, the words hanging at `column`, the label in the colour of its mark.
    pub fn item(&mut self, mark: Mark, label: &str, column: usize, words: &str) {
        self.hang("", mark.style(), &padded(label, column), words, Style::new());
    }

    /// The same with a faint label.
    pub fn field(&mut self, label: &str, column: usize, words: &str) {
        self.hang("", FAINT, &padded(label, column), words, Style::new());
    }

    /// `label words`, the label in a style of its own.
    pub fn labelled(&mut self, style: Style, label: &str, words: &str) {
        self.hang("", style, &format!("{label} "), words, Style::new());
    }

    /// Why something is so.
    pub fn cause(&mut self, label: &str, words: &str) {
        self.labelled(Style::new().bold(), label, words);
    }

    pub fn table(&mut self, table: &Table) {
        self.text.push_str(&table.text(self.looks.width, self.looks.colour));
    }

    /// `words` after `label`, wrapped so that what follows stands under their beginning. Each line of them begins a new
    /// one.
    fn hang(&mut self, indent: &str, label_style: Style, label: &str, words: &str, style: Style) {
        let column = indent.width() + label.width();
        let mut before = format!("{indent}{}", paint(label_style, label, self.looks.colour));
        for line in text::clean(words).lines() {
            for piece in wrapped(line, self.looks.width.map(|width| width.saturating_sub(column))) {
                self.text.push_str(&format!("{before}{}", paint(style, &piece, self.looks.colour)));
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push('\n');
                before = " ".repeat(column);
            }
        }
    }
}

fn padded(label: &str, column: usize) -> String {
    format!("{label}{}", " ".repeat(column.saturating_sub(label.width()).max(usize::from(column > 0))))
}

/// Stands for a space at which no line ends.
const TIED: char = '\u{e000}';

/// Words are kept whole, as an address that is cut cannot be followed, and so is what stands in ticks, as it is to be
/// copied; writing without spaces is cut where the line ends.
pub fn wrapped(line: &str, width: Option<usize>) -> Vec<String> {
    match width {
        Some(width) if line.width() > width => {
            let is_wide = line.chars().any(|ch| ch.width() == Some(2));
            let options = Options::new(width.max(1)).word_splitter(WordSplitter::NoHyphenation).break_words(is_wide);
            textwrap::wrap(&tied(line, width), options).into_iter().map(|piece| piece.replace(TIED, " ")).collect()
        }
        _ => vec![line.to_owned()],
    }
}

/// The same with what stands in ticks tied together, where it fits into a line.
fn tied(line: &str, width: usize) -> String {
    let tie = |(nth, part): (usize, &str)| {
        if nth % 2 == 1 && part.width() + 2 <= width { part.replace(' ', &TIED.to_string()) } else { part.to_owned() }
    };
    line.split('`').enumerate().map(tie).collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(width: usize, colour: bool) -> String {
        let mut sheet = Sheet::new(Looks { width: Some(width), colour });
        sheet.gap();
        sheet.heading("Công an thành phố");
        sheet.item(
            Mark::Bad,
            "wrong",
            7,
            "`https://portal.example/a/very/long/address/that/is/kept` cannot be reached: connection refused\nhint: look at it",
        );
        sheet.gap();
        sheet.gap();
        sheet.field("learned", 11, "東京で地震、津波の心配なし、気象庁が発表");
        sheet.faint(2, "\u{1b}[31mred?");
        sheet.into_text()
    }

    #[test]
    fn words_hang_under_their_beginning_and_addresses_stay_whole() {
        insta::assert_snapshot!(sheet(40, false), @r"
        Công an thành phố
        wrong  `https://portal.example/a/very/long/address/that/is/kept`
               cannot be reached: connection
               refused
               hint: look at it

        learned    東京で地震、津波の心配なし、
                   気象庁が発表
          [31mred?
        ");
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let coloured = sheet(40, true);
        assert!(coloured.contains("\u{1b}[1mCông an thành phố\u{1b}[0m\n"), "{coloured:?}");
        assert_eq!(anstyle_free(&coloured), sheet(40, false));
    }

    /// Without the sequences that a sheet writes.
    fn anstyle_free(text: &str) -> String {
        let mut pieces = text.split('\u{1b}');
        let first = pieces.next().unwrap().to_owned();
        pieces.fold(first, |text, piece| text + piece.split_once('m').unwrap().1)
    }
}
