//! The text of documents that portals publish: PDF and DOCX.
//!
//! Bytes go in, and paragraphs and tables come out, in the order in which they are read. Documents come from anywhere:
//! what they may be unpacked to, how many pages of them are read and how much text is taken is bounded, and a document
//! that breaks a rule costs an error and nothing else.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod docx;
mod layout;
mod pdf;
mod text;

pub use text::{Error, Part, Text};

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// ISO 32000.
    Pdf,
    /// Office Open XML, ECMA-376.
    Docx,
}

impl Format {
    /// By the type that a server or a name gives it.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/pdf" => Some(Self::Pdf),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some(Self::Docx),
            _ => None,
        }
    }

    /// By how the bytes begin: any archive may be a DOCX.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        const LOOK: usize = 1_024;
        let head = &bytes[..bytes.len().min(LOOK)];
        if head.starts_with(b"PK\x03\x04") {
            return Some(Self::Docx);
        }
        // ISO 32000-1, annex H: readers accept what stands before the mark.
        head.windows(5).any(|window| window == b"%PDF-").then_some(Self::Pdf)
    }
}

/// Reads a document. It takes time on a large one: better off the async threads.
///
/// # Errors
/// Where it is no document of a known format, or has no text that can be read.
pub fn read(bytes: &[u8]) -> Result<Text, Error> {
    let text = match Format::of_bytes(bytes).ok_or(Error::Unknown)? {
        Format::Pdf => pdf::read(bytes)?,
        Format::Docx => docx::read(bytes)?,
    };
    if text.parts.is_empty() { Err(Error::Pictures) } else { Ok(text) }
}
