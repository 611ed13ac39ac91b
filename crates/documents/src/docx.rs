//! DOCX: the paragraphs and tables of the main document (ECMA-376, part 1, 17.2). Headers, footnotes and what was
//! deleted under review are left out.

use std::io::{Cursor, Read as _};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use crate::text::{Error, Growing, Text, UNPACKED};

/// Where the text is, in every document that an office program writes.
const MAIN: &str = "word/document.xml";
/// Tables in tables in tables, of a form.
const DEEP: usize = 8;

pub fn read(bytes: &[u8]) -> Result<Text, Error> {
    let damaged = |why: &dyn std::fmt::Display| Error::Damaged(why.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    // Any other archive.
    let mut main = archive.by_name(MAIN).map_err(|_| Error::Unknown)?;
    let mut xml = Vec::new();
    let most = UNPACKED as u64 + 1;
    main.by_ref().take(most).read_to_end(&mut xml).map_err(|why| damaged(&why))?;
    if xml.len() > UNPACKED {
        return Err(Error::TooLarge);
    }
    let mut walk = Walk::default();
    let mut reader = Reader::from_reader(xml.as_slice());
    reader.config_mut().check_end_names = false;
    while walk.text.is_open() {
        match reader.read_event().map_err(|why| damaged(&why))? {
            Event::Start(tag) => walk.begin(&tag),
            Event::Empty(tag) => {
                walk.begin(&tag);
                walk.end(tag.local_name().as_ref());
            }
            Event::End(tag) => walk.end(tag.local_name().as_ref()),
            Event::Text(words) => walk.words(&words),
            Event::GeneralRef(name) => walk.reference(&name),
            Event::Eof => break,
            _ => (),
        }
    }
    Ok(walk.text.text)
}

#[derive(Default)]
struct Walk {
    text: Growing,
    /// Of the paragraph that is open.
    paragraph: String,
    /// The tables that are open, the outermost first.
    tables: Vec<Table>,
    /// Whether what stands here is said: in `w:t`, and in none that was deleted.
    is_said: bool,
    deleted: usize,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
}

impl Walk {
    fn begin(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "t" => self.is_said = true,
            "tab" | "br" | "cr" => self.paragraph.push(' '),
            "noBreakHyphen" => self.paragraph.push('-'),
            "del" | "moveFrom" | "Fallback" => self.deleted += 1,
            "tbl" if self.tables.len() < DEEP => self.tables.push(Table::default()),
            "tr" => self.tables.last_mut().into_iter().for_each(|table| table.rows.push(Vec::new())),
            "tc" => self.row().into_iter().for_each(|row| row.push(String::new())),
            _ => (),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.is_said = false,
            "del" | "moveFrom" | "Fallback" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tbl" => self.end_table(),
            _ => (),
        }
    }

    fn words(&mut self, words: &str) {
        if self.is_said && self.deleted == 0 {
            self.paragraph.push_str(words);
        }
    }

    /// `&amp;`, `&#7841;`.
    fn reference(&mut self, name: &quick_xml::events::BytesRef) {
        let letter = name.resolve_char_ref().ok().flatten();
        let named = || quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned);
        if let Some(words) = letter.map(String::from).or_else(named) {
            self.words(&words);
        }
    }

    fn row(&mut self) -> Option<&mut Vec<String>> {
        self.tables.last_mut()?.rows.last_mut()
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.paragraph);
        match self.row().and_then(|row| row.last_mut()) {
            Some(cell) => {
                cell.push(' ');
                cell.push_str(&words);
            }
            None => self.text.paragraph(&words),
        }
    }

    /// A table in a cell is the cell's words.
    fn end_table(&mut self) {
        let Some(Table { rows }) = self.tables.pop() else { return };
        match self.row().and_then(|row| row.last_mut()) {
            Some(cell) => cell.push_str(&rows.concat().join(" ")),
            None if is_frame(&rows) => rows.into_iter().flatten().for_each(|cell| self.text.paragraph(&cell)),
            None => self.text.table(rows),
        }
    }
}

/// Whether a table has two columns and few rows, as the head of an official paper and the place of its signature do:
/// what stands in it is read as paragraphs.
fn is_frame(rows: &[Vec<String>]) -> bool {
    const ROWS: usize = 3;
    rows.len() <= ROWS && rows.iter().all(|row| row.len() <= 2)
}

#[cfg(test)]
mod tests;
