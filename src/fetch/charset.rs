//! Bytes into text: which charset a page is really in, whatever it says.
//!
//! The word of the server and the page's own word are weighed against the bytes, because many servers
//! claim one charset for all their pages. Valid UTF-8 is no accident, so it needs nobody's word.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Where a page names its charset, browsers look at 1 kB.
const HEAD: usize = 2048;

/// The text of `bytes` in NFC and without control characters, and what was doubtful about it.
/// `content_type` is the header's value.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> (String, Vec<String>) {
    decode_for(bytes, content_type, None)
}

/// The same for a page under the top-level domain `top`, which tells neighbours among charsets apart.
pub(super) fn decode_for(bytes: &[u8], content_type: Option<&str>, top: Option<&str>) -> (String, Vec<String>) {
    let mut problems = Vec::new();
    let (encoding, bytes) = choose(bytes, content_type, top, &mut problems);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        let words = if lost == 1 { "1 character is".to_owned() } else { format!("{lost} characters are") };
        problems.push(format!("{words} unreadable (read as `{}`)", encoding.name()));
    }
    (tidy(&text), problems)
}

/// How many characters `bytes` have, and how many of them do not belong in a text.
pub(super) fn glance(bytes: &[u8], content_type: Option<&str>) -> (usize, usize) {
    let (encoding, bytes) = choose(bytes, content_type, None, &mut Vec::new());
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let strange = text.chars().filter(|ch| *ch == '\u{fffd}' || is_control(*ch)).count();
    (text.chars().count(), strange)
}

/// The charset, and the bytes without their mark.
fn choose<'a>(bytes: &'a [u8], content_type: Option<&str>, top: Option<&str>, problems: &mut Vec<String>) -> (&'static Encoding, &'a [u8]) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, &bytes[length..]);
    }
    let header = content_type.and_then(label_in_type);
    let meta = label_in_page(&bytes[..bytes.len().min(HEAD)]);
    let header = header.and_then(|label| known(&label, problems));
    let meta = meta.and_then(|label| known(&label, problems));
    let encoding = weigh(bytes, header, meta, top);
    let name = encoding.name();
    match (header, meta) {
        // Proved by the bytes and said by one of the two: nothing is doubtful.
        _ if encoding == UTF_8 && (bytes.is_ascii() || header == Some(UTF_8) || meta == Some(UTF_8)) => (),
        (Some(header), Some(meta)) if header != meta => {
            problems.push(format!("the server says `{}` and the page `{}`: read as `{name}`", header.name(), meta.name()));
        }
        (Some(said), _) | (None, Some(said)) if said != encoding => {
            problems.push(format!("said to be `{}`, which it is not: read as `{name}`", said.name()));
        }
        (None, None) if encoding != UTF_8 => problems.push(format!("no known charset is named: read as `{name}` by its looks")),
        _ => (),
    }
    (encoding, bytes)
}

fn weigh(bytes: &[u8], header: Option<&'static Encoding>, meta: Option<&'static Encoding>, top: Option<&str>) -> &'static Encoding {
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    if bytes.is_ascii() {
        // The one charset whose letters are ASCII bytes too.
        return [header, meta].into_iter().flatten().find(|said| *said == ISO_2022_JP).unwrap_or(UTF_8);
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    // UTF-8 and UTF-16 are out: a page that says so is mistaken.
    let narrow = |said: Option<&'static Encoding>| said.filter(|said| ![UTF_8, UTF_16LE, UTF_16BE].contains(said));
    match (narrow(header), narrow(meta)) {
        (Some(header), Some(meta)) if header != meta => {
            let guessed = guess(bytes, top);
            // Windows-1252 is what servers say when nobody told them; the page's own word is worth more.
            if guessed == meta || (guessed != header && header == WINDOWS_1252) { meta } else { header }
        }
        (Some(said), _) | (None, Some(said)) if fits(said, bytes) => said,
        _ => guess(bytes, top),
    }
}

/// UTF-16 without a mark: markup is ASCII, so every second byte of it is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 8;
    if odd > many && even * 4 < odd {
        return Some(UTF_16LE);
    }
    (even > many && odd * 4 < even).then_some(UTF_16BE)
}

/// UTF-8, even with a few broken characters: other charsets do not form valid sequences by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    let mut good = 0;
    let mut broken = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && broken * 10 <= good
}

/// Whether nearly all of `bytes` can be read so.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let letters = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.matches('\u{fffd}').count() * 20 <= letters
}

fn guess(bytes: &[u8], top: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The detector takes lower-case ASCII only and panics otherwise.
    let top =
        top.filter(|top| !top.is_empty() && top.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
    detector.guess(top.map(str::as_bytes), Utf8Detection::Deny)
}

fn known(label: &str, problems: &mut Vec<String>) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    if encoding.is_none() {
        problems.push(format!("`{}` is no known charset", crate::text::cut(&crate::text::squeeze(label), 40)));
    }
    encoding
}

/// `text/html; charset="utf-8"`.
fn label_in_type(content_type: &str) -> Option<String> {
    label_after(content_type.to_ascii_lowercase().as_bytes(), b"charset")
}

/// The charset that a page names: `<meta charset>`, `<meta http-equiv>` or the XML declaration.
fn label_in_page(head: &[u8]) -> Option<String> {
    let head = head.to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix(b"<!--") {
            rest = &comment[find(comment, b"-->")?..];
            continue;
        }
        let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        let tag = &rest[..end];
        let label = match tag {
            _ if tag.starts_with(b"<meta") => label_after(tag, b"charset"),
            _ if tag.starts_with(b"<?xml") => label_after(tag, b"encoding"),
            _ => None,
        };
        if label.is_some() {
            return label;
        }
        rest = &rest[end.max(1)..];
    }
    None
}

/// What stands after `name` and an equals sign, with or without quotes. `bytes` are in lower case.
fn label_after(bytes: &[u8], name: &[u8]) -> Option<String> {
    let mut rest = bytes;
    loop {
        rest = &rest[find(rest, name)? + name.len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let label = match value.first()? {
            quote @ (b'"' | b'\'') => value[1..].split(|byte| byte == quote).next()?,
            _ => value.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b';' | b',' | b'"' | b'\'' | b'>' | b'/')).next()?,
        };
        let label = String::from_utf8_lossy(label.trim_ascii());
        return (!label.is_empty()).then(|| label.into_owned());
    }
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|window| window == words)
}

/// NFC, and no control characters but the white space of HTML.
fn tidy(text: &str) -> String {
    let kept = text.chars().filter(|ch| !is_control(*ch)).map(|ch| if ch == '\u{c}' { ' ' } else { ch });
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { kept.collect() } else { kept.nfc().collect() }
}

fn is_control(ch: char) -> bool {
    matches!(ch, '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>Công an thành phố Đà Nẵng bắt giữ nhóm đối tượng trộm cắp tài sản</p>";

    /// As an editor of the nineties wrote it: letters with a breve or circumflex are one byte, tones follow.
    fn windows_1258(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let tone = |ch: &char| matches!(ch, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let encode = |text: &str| {
            let (bytes, _, failed) = encoding_rs::WINDOWS_1258.encode(text);
            (!failed).then(|| bytes.into_owned())
        };
        for ch in text.chars().map(String::from) {
            // One mark off: `ế` is `ê` and the acute.
            let (tones, base): (String, String) = ch.nfd().partition(tone);
            let apart = || encode(&(base.nfc().collect::<String>() + &tones)).unwrap();
            bytes.extend(encode(&ch).unwrap_or_else(apart));
        }
        bytes
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_wins_over_every_other_word() {
        for said in [None, Some("text/html"), Some("text/html; charset=utf-8"), Some("text/html;charset=\"UTF-8\"")] {
            assert_eq!(decode(TEXT.as_bytes(), said), (TEXT.to_owned(), vec![]), "{said:?}");
        }
        let (text, problems) = decode(TEXT.as_bytes(), Some("text/html; charset=iso-8859-1"));
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["said to be `windows-1252`, which it is not: read as `UTF-8`"]);
        let page = format!("<meta charset=windows-1258>{TEXT}");
        let (text, problems) = decode(page.as_bytes(), Some("text/html; charset=utf-8"));
        assert_eq!(text, page);
        assert_eq!(problems, [""; 0]);
        let (_, problems) = decode(page.as_bytes(), Some("text/html; charset=gbk"));
        assert_eq!(problems, ["the server says `GBK` and the page `windows-1258`: read as `UTF-8`"]);
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        for bytes in
            [[b"\xff\xfe".to_vec(), utf16(TEXT, u16::to_le_bytes)].concat(), [b"\xfe\xff".to_vec(), utf16(TEXT, u16::to_be_bytes)].concat()]
        {
            assert_eq!(decode(&bytes, None), (TEXT.to_owned(), vec![]));
        }
        assert_eq!(decode(&utf16(TEXT, u16::to_le_bytes), Some("text/html; charset=utf-16")), (TEXT.to_owned(), vec![]));
        let (text, problems) = decode(&utf16(TEXT, u16::to_be_bytes), None);
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["no known charset is named: read as `UTF-16BE` by its looks"]);
        // What can be read as ASCII is no UTF-16, whatever it says.
        assert_eq!(decode(b"<p>plain</p>", Some("text/html; charset=utf-16")).0, "<p>plain</p>");
        assert_eq!(decode([b"\xef\xbb\xbf", TEXT.as_bytes()].concat().as_slice(), Some("x; charset=gbk")), (TEXT.to_owned(), vec![]));
    }

    #[test]
    fn vietnamese_windows_text_is_composed() {
        let bytes = windows_1258(TEXT);
        assert_eq!(decode(&bytes, Some("text/html; charset=windows-1258")), (TEXT.to_owned(), vec![]));
        let page = [b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1258'>".to_vec(), bytes.clone()].concat();
        assert!(decode(&page, None).0.ends_with(TEXT));
        let (text, problems) = decode(&page, Some("text/html; charset=iso-8859-1"));
        assert!(text.ends_with(TEXT), "{text}");
        assert_eq!(problems, ["the server says `windows-1252` and the page `windows-1258`: read as `windows-1258`"]);
        let (text, problems) = decode_for(&bytes, Some("text/html; charset=utf-8"), Some("vn"));
        assert_eq!(text, TEXT);
        assert_eq!(problems, ["said to be `UTF-8`, which it is not: read as `windows-1258`"]);
    }

    #[test]
    fn decomposed_text_is_composed() {
        let apart: String = TEXT.nfd().collect();
        assert_eq!(decode(apart.as_bytes(), None), (TEXT.to_owned(), vec![]));
    }

    #[test]
    fn broken_characters_are_told() {
        let cut = &TEXT.as_bytes()[..TEXT.len() - 9];
        let broken = [cut, b"\xe1\xba</p>"].concat();
        let (text, problems) = decode(&broken, Some("text/html; charset=utf-8"));
        assert!(text.contains("Đà Nẵng") && text.contains('\u{fffd}'));
        assert_eq!(problems, ["1 character is unreadable (read as `UTF-8`)"]);
        let (_, problems) = decode(b"caf\xe9", Some("text/html; charset=tcvn-5712"));
        assert_eq!(problems, ["`tcvn-5712` is no known charset", "no known charset is named: read as `windows-1252` by its looks"]);
    }

    #[test]
    fn a_word_that_does_not_fit_the_bytes_is_passed_over() {
        let russian = "<p>Жители города встретили новый учебный год в обновлённых школах</p>";
        let bytes = encoding_rs::WINDOWS_1251.encode(russian).0;
        let (text, problems) = decode(&bytes, Some("text/html; charset=euc-kr"));
        assert_eq!(text, russian);
        assert_eq!(problems, ["said to be `EUC-KR`, which it is not: read as `windows-1251`"]);
        let korean = encoding_rs::EUC_KR.encode("<p>시민들이 새로운 도서관을 찾았다</p>").0;
        assert!(decode(&korean, Some("text/html; charset=euc-kr")).1.is_empty());
    }

    #[test]
    fn control_characters_are_dropped() {
        assert_eq!(decode(b"<a\x0chref=x>a\0b\x1b[31m\x7f\r\n\tc", None).0, "<a href=x>ab[31m\r\n\tc");
    }

    #[test]
    fn charsets_are_found_where_pages_name_them() {
        for (head, label) in [
            ("<meta charset=utf-8>", Some("utf-8")),
            ("<meta charset = 'GBK' />", Some("gbk")),
            ("<meta name=charset content=x><meta charset=\"big5\">", Some("big5")),
            ("<?xml version='1.0' encoding='windows-1251'?>", Some("windows-1251")),
            ("<!-- <meta charset=gbk> --><meta charset=utf-8>", Some("utf-8")),
            ("<meta http-equiv=content-type content=\"text/html;charset=euc-kr\">", Some("euc-kr")),
            ("<!-- <meta charset=gbk>", None),
            ("<meta charset=\"\">", None),
            ("<p charset=gbk>", None),
            ("<meta charset", None),
        ] {
            assert_eq!(label_in_page(head.as_bytes()).as_deref(), label, "{head}");
        }
    }

    #[test]
    fn no_bytes_and_no_label_break_it() {
        for bytes in [&b""[..], b"<", b"<!--", b"\xff", b"\0", b"\xff\xfe", b"\xff\xfea", b"<meta charset=", b"\x1b$B"] {
            for said in [None, Some(""), Some("charset"), Some("charset=\""), Some("charset=utf-16"), Some("charset=replacement")] {
                for top in [None, Some(""), Some("VN"), Some("xn--j6w193g"), Some("việt")] {
                    decode_for(bytes, said, top);
                }
            }
        }
    }
}
