//! Telegram HTML that cannot be broken: text is escaped as it is pushed, and only bold, italic and links can be made.

use std::fmt::Write;

use loa_reader::text;
use url::Url;

/// Longest address that is put behind a link, in bytes. Telegram drops far longer ones.
const MAX_ADDRESS: usize = 2000;

/// Telegram HTML together with what a reader sees of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html {
    source: String,
    shown: String,
}

impl Html {
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends words, or line breaks, as they are.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.source);
        self.shown.push_str(text);
        self
    }

    /// Appends what `inner` makes, in bold.
    pub fn bold(&mut self, inner: impl FnOnce(&mut Self)) -> &mut Self {
        self.within("<b>", "</b>", inner)
    }

    /// Appends what `inner` makes, in italics.
    pub fn italic(&mut self, inner: impl FnOnce(&mut Self)) -> &mut Self {
        self.within("<i>", "</i>", inner)
    }

    /// Appends what `inner` makes, leading to `address`; as mere text when that is too long for a link.
    pub fn link(&mut self, address: &Url, inner: impl FnOnce(&mut Self)) -> &mut Self {
        if address.as_str().len() > MAX_ADDRESS {
            inner(self);
            return self;
        }
        let mut opening = String::from("<a href=\"");
        escape(address.as_str(), &mut opening);
        opening.push_str("\">");
        self.within(&opening, "</a>", inner)
    }

    /// An element around nothing is left out: Telegram counts its tags for nothing.
    fn within(&mut self, opening: &str, closing: &str, inner: impl FnOnce(&mut Self)) -> &mut Self {
        let before = self.source.len();
        self.source.push_str(opening);
        let after = self.source.len();
        inner(self);
        if self.source.len() == after {
            self.source.truncate(before);
        } else {
            self.source.push_str(closing);
        }
        self
    }

    /// What is sent.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// What is seen.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Length in the UTF-16 units that Telegram counts.
    pub fn units(&self) -> usize {
        text::utf16_len(&self.shown)
    }

    /// Both: what is sent, and what is seen.
    pub fn into_parts(self) -> (String, String) {
        (self.source, self.shown)
    }
}

impl Write for Html {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.text(text);
        Ok(())
    }
}

/// Telegram decodes these four names and numbers, no others.
pub(super) fn escape(text: &str, out: &mut String) {
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(ch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut html = Html::new();
        let address = Url::parse("https://a.vn/x?a=1&b=\"2\"").unwrap();
        html.bold(|html| {
            html.link(&address, |html| {
                html.text("</b> & <script>");
            });
        })
        .text("\n")
        .italic(|html| {
            html.text("đuôi");
        });
        assert_eq!(html.as_str(), "<b><a href=\"https://a.vn/x?a=1&amp;b=%222%22\">&lt;/b&gt; &amp; &lt;script&gt;</a></b>\n<i>đuôi</i>");
        assert_eq!(html.shown(), "</b> & <script>\nđuôi");
    }

    #[test]
    fn empty_elements_and_endless_addresses_are_left_out() {
        let mut html = Html::new();
        html.bold(|html| {
            html.italic(|_| ());
        });
        assert_eq!(html.as_str(), "");
        let address = Url::parse(&format!("https://a.vn/{}", "x".repeat(2000))).unwrap();
        html.link(&address, |html| {
            html.text("tin");
        });
        assert_eq!(html.as_str(), "tin");
    }
}
