//! Where a charset is named: in the header and in the page.
//!
//! A page is looked at before it is text, so that this reads bytes and no tree, as browsers do in a step of its own
//! (<https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>).

/// The charset that the header's value names, in lower case: `text/html; charset="utf-8"`.
pub(super) fn in_type(content_type: &str) -> Option<String> {
    after(content_type.to_ascii_lowercase().as_bytes(), b"charset")
}

/// The charset that the beginning of a page names, in lower case: `<meta charset>`, `<meta http-equiv>` or the XML
/// declaration.
pub(super) fn in_page(head: &[u8]) -> Option<String> {
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
            _ if tag.starts_with(b"<meta") => after(tag, b"charset"),
            _ if tag.starts_with(b"<?xml") => after(tag, b"encoding"),
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
fn after(bytes: &[u8], name: &[u8]) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(in_page(head.as_bytes()).as_deref(), label, "{head}");
        }
    }
}
