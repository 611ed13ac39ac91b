//! Rows under each other: as wide as they need to be where there is room, wrapped by words where there is not.

use anstyle::Style;
use loa_reader::text;
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::sheet::{HEAD, paint};

/// Columns stand this far apart.
const GAP: usize = 2;
/// No column is made narrower than this.
const LEAST: usize = 8;

/// How a column is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Never wrapped: names, times, states.
    Word,
    /// Never wrapped, on the right.
    Number,
    /// Wrapped by words where the terminal is narrow.
    Words,
}

/// A column and its heading.
#[derive(Debug, Clone)]
pub struct Column {
    head: String,
    kind: Kind,
}

impl Column {
    pub fn word(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Word }
    }

    pub fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Number }
    }

    pub fn words(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Words }
    }
}

/// What stands in one place.
#[derive(Debug, Clone)]
pub struct Cell {
    text: String,
    style: Style,
}

impl<S: AsRef<str>> From<S> for Cell {
    fn from(text: S) -> Self {
        Self { text: text::squeeze(&text::clean(text.as_ref())), style: Style::new() }
    }
}

impl Cell {
    #[must_use]
    pub fn faint(self) -> Self {
        self.styled(HEAD)
    }

    #[must_use]
    pub fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

/// A table that is being filled.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<Cell>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table as text; lines have no spaces at their ends.
    pub fn text(&self, width: Option<usize>, colour: bool) -> String {
        let head: Vec<Cell> = self.columns.iter().map(|column| Cell { text: column.head.clone(), style: HEAD }).collect();
        let rows: Vec<&Vec<Cell>> =
            std::iter::once(&head).filter(|head| head.iter().any(|cell| !cell.text.is_empty())).chain(&self.rows).collect();
        let natural = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.width()).max().unwrap_or(0);
        let widths = self.fitted((0..self.columns.len()).map(natural).collect(), width);
        let mut text = String::new();
        for row in rows {
            self.write_row(row, &widths, colour, &mut text);
        }
        text
    }

    /// What each column gets where all of them may take `width`.
    fn fitted(&self, natural: Vec<usize>, width: Option<usize>) -> Vec<usize> {
        let gaps = GAP * natural.len().saturating_sub(1);
        let Some(width) = width.filter(|width| natural.iter().sum::<usize>() + gaps > *width) else { return natural };
        let wraps = |column: usize| self.columns[column].kind == Kind::Words;
        let fixed: usize = natural.iter().enumerate().filter(|(column, _)| !wraps(*column)).map(|(_, wide)| wide).sum();
        let mut room = width.saturating_sub(gaps + fixed);
        let mut widths = natural.clone();
        // The narrow ones keep what they need, and the others share the rest.
        let mut wrapping: Vec<usize> = (0..natural.len()).filter(|column| wraps(*column)).collect();
        wrapping.sort_by_key(|column| natural[*column]);
        for (nth, column) in wrapping.iter().enumerate() {
            let share = room / (wrapping.len() - nth);
            widths[*column] = natural[*column].min(share.max(LEAST));
            room = room.saturating_sub(widths[*column]);
        }
        widths
    }

    fn write_row(&self, row: &[Cell], widths: &[usize], colour: bool, text: &mut String) {
        let wrapped: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| wrapped(&cell.text, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut column_gap = 0;
            for (at, (lines, width)) in wrapped.iter().zip(widths).enumerate() {
                let said = lines.get(line).map_or("", String::as_str);
                let free = width.saturating_sub(said.width());
                let before = if self.columns[at].kind == Kind::Number { free } else { 0 };
                if !said.is_empty() {
                    text.push_str(&" ".repeat(column_gap + before));
                    text.push_str(&paint(row[at].style, said, colour));
                    column_gap = free - before + GAP;
                } else {
                    column_gap += free + GAP;
                }
            }
            text.push('\n');
        }
    }
}

/// Lines of at most `width` columns; a word that is longer is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    if text.width() <= width {
        return vec![text.to_owned()];
    }
    let options = Options::new(width.max(1)).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new([Column::word("FEED"), Column::number("N"), Column::words("NEWEST")]);
        table.row(["da-nang", "12", "Công an thành phố mở đợt cao điểm bảo đảm trật tự"]);
        table.row(["e\u{301}", "1234", "東京で地震、津波の心配なし"]);
        table.row(["x", "", "🚒 ok"]);
        table
    }

    #[test]
    fn columns_stand_under_each_other() {
        insta::assert_snapshot!(table().text(None, false), @r"
        FEED        N  NEWEST
        da-nang    12  Công an thành phố mở đợt cao điểm bảo đảm trật tự
        é        1234  東京で地震、津波の心配なし
        x              🚒 ok
        ");
    }

    #[test]
    fn what_does_not_fit_is_wrapped_by_words() {
        let text = table().text(Some(36), false);
        insta::assert_snapshot!(text, @r"
        FEED        N  NEWEST
        da-nang    12  Công an thành phố mở
                       đợt cao điểm bảo đảm
                       trật tự
        é        1234  東京で地震、津波の心
                       配なし
        x              🚒 ok
        ");
        assert!(text.lines().all(|line| line.width() <= 36));
    }

    #[test]
    fn colour_changes_no_width_and_controls_are_no_colour() {
        let mut table = Table::new([Column::word("A"), Column::word("B")]);
        table.row([Cell::from("a\u{1b}[31mb").styled(Style::new().bold()), Cell::from("c")]);
        assert_eq!(
            table.text(None, true),
            "\u{1b}[2mA\u{1b}[0m       B\n".replace("B\n", "\u{1b}[2mB\u{1b}[0m\n") + "\u{1b}[1ma[31mb\u{1b}[0m  c\n"
        );
        assert_eq!(table.text(None, false), "A       B\na[31mb  c\n");
    }
}
