//! The bytes of an answer, and what they are by their looks.

use bytes::Bytes;
use jiff::Timestamp;
use loa_reader::{charset, page::Page};
use url::Url;

use super::{Accept, Error, error::shown};

/// How much is looked at to tell text from something else.
const LOOK: usize = 2048;

/// Where a format has its mark, the mark, its name, and whether it is a picture. Marks that may begin a
/// text, such as `BM` and `MZ`, are left to the look for control characters.
const MARKS: &[(usize, &[u8], &str, bool)] = &[
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", true),
    (0, b"\xff\xd8\xff", "a JPEG picture", true),
    (0, b"GIF87a", "a GIF picture", true),
    (0, b"GIF89a", "a GIF picture", true),
    (8, b"WEBP", "a WebP picture", true),
    (4, b"ftypavif", "an AVIF picture", true),
    (0, b"\0\0\x01\0", "an icon", false),
    (0, b"%PDF-", "a PDF document", false),
    (0, b"PK\x03\x04", "a ZIP archive", false),
    (0, b"\x1f\x8b", "a gzip file", false),
    (0, b"\x28\xb5\x2f\xfd", "a zstd file", false),
    (0, b"\xd0\xcf\x11\xe0", "an office document", false),
    (0, b"7z\xbc\xaf", "a 7z archive", false),
    (0, b"Rar!\x1a", "a RAR archive", false),
    (4, b"ftyp", "a video", false),
    (0, b"\x1a\x45\xdf\xa3", "a video", false),
    (0, b"OggS", "an audio file", false),
    (0, b"wOFF", "a font", false),
    (0, b"wOF2", "a font", false),
    (0, b"\x7fELF", "a program", false),
];

/// An answer's content as it was sent, unpacked.
#[derive(Debug, Clone)]
pub struct Body {
    /// As in [`Response`](super::Response).
    pub url: Url,
    /// As the server gives it.
    pub content_type: Option<String>,
    pub bytes: Bytes,
}

impl Body {
    /// The decoded document. It takes time on a large page: better off the async threads.
    pub fn into_page(self, now: Timestamp) -> Page {
        Page::decode(self.url, &self.bytes, self.content_type.as_deref(), now)
    }

    /// Refuses what is not what was asked for. The declared type is no help: servers send pages as
    /// `text/plain` and error pages as `image/jpeg`.
    pub(super) fn check(self, accept: Accept) -> Result<Self, Error> {
        let mark = mark(&self.bytes);
        let (expected, found) = match accept {
            Accept::Data => return Ok(self),
            Accept::Page => {
                if self.bytes.iter().all(u8::is_ascii_whitespace) {
                    return Err(Error::Empty { url: shown(&self.url) });
                }
                if looks_like_html(&self.bytes, self.content_type.as_deref()) {
                    return Ok(self);
                }
                ("a page", mark.map_or("binary data", |(words, _)| words))
            }
            Accept::Image => match mark {
                Some((_, true)) => return Ok(self),
                Some((words, false)) => ("a picture", words),
                None => ("a picture", "something else"),
            },
        };
        Err(Error::Unexpected { url: shown(&self.url), expected, found })
    }
}

/// Whether `bytes` can be a page: no known binary format and, decoded, hardly any control characters.
/// A page that is called `text/plain` is one.
pub fn looks_like_html(bytes: &[u8], content_type: Option<&str>) -> bool {
    if mark(bytes).is_some() {
        return false;
    }
    let looked_at = &bytes[..bytes.len().min(LOOK)];
    let (text, strange) = charset::glance(looked_at, content_type);
    strange * 10 <= text
}

fn mark(bytes: &[u8]) -> Option<(&'static str, bool)> {
    MARKS
        .iter()
        .find(|(at, mark, _, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)))
        .map(|(_, _, words, picture)| (*words, *picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &[u8]) -> Body {
        Body {
            url: Url::parse("http://a.example/x").unwrap(),
            content_type: Some("text/html".into()),
            bytes: Bytes::copy_from_slice(bytes),
        }
    }

    #[test]
    fn a_picture_called_a_page_is_refused() {
        let error = body(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").check(Accept::Page).unwrap_err();
        assert_eq!(error.to_string(), "`http://a.example/x` is not a page: found a PNG picture");
        let noise: Vec<u8> = (0..=255).cycle().take(1_000_000).collect();
        assert_eq!(body(&noise).check(Accept::Page).unwrap_err().to_string(), "`http://a.example/x` is not a page: found binary data");
        assert_eq!(body(b" \r\n").check(Accept::Page).unwrap_err().kind(), "empty");
    }

    #[test]
    fn a_page_called_a_picture_is_refused() {
        let error = body(b"<html>not here</html>").check(Accept::Image).unwrap_err();
        assert_eq!(error.to_string(), "`http://a.example/x` is not a picture: found something else");
        assert!(body(b"\xff\xd8\xff\xe0").check(Accept::Image).is_ok());
        assert!(body(b"{}").check(Accept::Data).is_ok());
    }

    #[test]
    fn text_in_any_charset_looks_like_a_page() {
        let utf16: Vec<u8> = "<p>Tin mới</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(looks_like_html(&utf16, Some("text/html; charset=utf-16le")));
        assert!(looks_like_html(b"<p>C\xf4ng an TP \xd0\xe0 N\xe3\xcdng</p>", None));
        assert!(looks_like_html("BMW triệu hồi xe".as_bytes(), Some("text/plain")));
        assert!(looks_like_html(b"<p>one \0 nul and \x1b escape</p> in a text of some length", None));
        // The last character of what is looked at may be cut.
        assert!(looks_like_html("ế".repeat(2000).as_bytes(), None));
    }
}
