//! DOCX files that another program wrote, and such as nobody should.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{Error, Part, read};

/// Written by python-docx.
#[test]
fn paragraphs_and_tables_come_in_their_order() {
    let text = read(include_bytes!("../../tests/documents/schedule.docx")).unwrap();
    insta::assert_debug_snapshot!("schedule", text.parts);
}

/// An archive with these words as its main document.
fn archive(name: &str, xml: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, SimpleFileOptions::default()).unwrap();
    archive.write_all(xml).unwrap();
    archive.finish().unwrap().into_inner()
}

fn said(body: &str) -> Vec<Part> {
    read(&archive("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())).unwrap().parts
}

#[test]
fn what_was_deleted_is_not_said_and_references_are() {
    let body = "<w:p><w:r><w:t>Giờ &amp; nơi: </w:t></w:r><w:del><w:r><w:t>cũ</w:t></w:r></w:del><w:r><w:t>ph&#242;ng</w:t><w:tab/><w:t>2</w:t></w:r></w:p>";
    assert_eq!(said(body), [Part::Paragraph("Giờ & nơi: phòng 2".to_owned())]);
}

#[test]
fn an_archive_of_another_kind_and_a_bomb_are_errors() {
    assert_eq!(read(&archive("xl/workbook.xml", b"<x/>")), Err(Error::Unknown));
    let bomb = archive("word/document.xml", &vec![b' '; 100_000_000]);
    assert!(bomb.len() < 1_000_000);
    assert_eq!(read(&bomb), Err(Error::TooLarge));
    assert!(matches!(read(b"PK\x03\x04 nothing else"), Err(Error::Damaged(_))));
    assert!(matches!(read(&archive("word/document.xml", b"<w:p><w:t>a</w:t></w:p><")), Ok(_) | Err(Error::Damaged(_))));
}
