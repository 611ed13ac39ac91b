//! PDFs that other programs wrote, and such as nobody should.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Object, Stream, dictionary};

use crate::{Error, Part, Text, read};

fn paragraphs(text: &Text) -> Vec<&str> {
    let mut words = Vec::new();
    for part in &text.parts {
        match part {
            Part::Paragraph(paragraph) => words.push(paragraph.as_str()),
            Part::Table(rows) => panic!("a table in a PDF: {rows:?}"),
        }
    }
    words
}

/// Printed by Chromium, with letters as glyphs of composite fonts.
#[test]
fn what_a_browser_printed_is_read_paragraph_by_paragraph() {
    let text = read(include_bytes!("../../tests/documents/notice.pdf")).unwrap();
    insta::assert_snapshot!("notice", paragraphs(&text).join("\n\n"));
    assert!(!text.is_cut);
}

/// Written by ReportLab, with a font that every reader has and one that comes with the document.
#[test]
fn pages_follow_one_another_and_their_numbers_are_left_out() {
    let text = read(include_bytes!("../../tests/documents/two-pages.pdf")).unwrap();
    insta::assert_snapshot!("two_pages", paragraphs(&text).join("\n\n"));
}

/// A document of one page with this content, packed.
fn document(content: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::with_version("1.7");
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content).unwrap();
    let content = document.add_object(Stream::new(dictionary! { "Filter" => "FlateDecode" }, packed.finish().unwrap()));
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" });
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    });
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![Object::from(page)], "Count" => 1 };
    document.objects.insert(pages, all.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn distances_are_spaces_and_what_stands_upright_is_left_out() {
    let content = b"BT /F 10 Tf 1 0 0 1 72 700 Tm [(Ra) -300 (qu) 20 (an)] TJ 0 -12 Td (buoi sang.) Tj ET \
        BT /F 10 Tf 0 1 -1 0 20 100 Tm (BAN SAO) Tj ET";
    assert_eq!(paragraphs(&read(&document(content)).unwrap()), ["Ra quan buoi sang."]);
}

#[test]
fn a_scan_says_that_it_is_one() {
    assert_eq!(read(&document(b"q 1 0 0 1 0 0 cm Q")), Err(Error::Pictures));
}

#[test]
fn what_unpacks_to_far_too_much_costs_neither_memory_nor_an_end() {
    let bomb = document(&vec![b' '; 30_000_000]);
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb), Err(Error::TooLarge));
}

/// Operations are read whole before they are drawn: what a page may say is bounded by what that takes.
#[test]
fn a_page_of_nothing_but_operations_costs_no_more_than_its_text_is_worth() {
    let said = |content: &[u8]| read(&document(content));
    assert_eq!(said(&b"q ".repeat(150_000)), Err(Error::Pictures));
    assert_eq!(said(&b"q ".repeat(300_000)), Err(Error::TooLarge));
    let deep = [b"[".repeat(90_000), b"<</a".repeat(50_000), b"(".repeat(50_000)].concat();
    assert_eq!(said(&deep), Err(Error::Pictures));
}

#[test]
fn what_is_broken_is_an_error() {
    let whole = include_bytes!("../../tests/documents/notice.pdf");
    for (at, byte) in [(0, b'x'), (whole.len() / 2, 0), (whole.len() - 40, b'9')] {
        let mut broken = whole.to_vec();
        broken[at] = byte;
        let _any = read(&broken);
    }
    for length in [5, 100, whole.len() / 3, whole.len() - 200] {
        let _any = read(&whole[..length]);
    }
    assert!(matches!(read(b"%PDF-1.7\nnothing else"), Err(Error::Damaged(_))));
    assert_eq!(read(b"<html>"), Err(Error::Unknown));
}
