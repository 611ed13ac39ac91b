//! OPML 2.0: all feeds in one file that a reader can take over.

use std::fmt::Write;

use loa_reader::text;

use super::{About, Document, Format, entry, escape};

/// The list of `feeds`, by the name of `feeds.opml`. Readers are sent to the RSS of each.
pub fn opml(title: &str, feeds: &[About]) -> Document {
    let mut outlines = String::new();
    for feed in feeds {
        let title = escape(&super::title(feed));
        let language = feed.language.as_deref().and_then(entry::language_tag);
        let language = language.map(|tag| format!(" language=\"{tag}\"")).unwrap_or_default();
        writeln!(
            outlines,
            r#"    <outline type="rss" text="{title}" title="{title}" xmlUrl="{}" htmlUrl="{}"{language}/>"#,
            escape(&feed.address(Format::Rss)),
            escape(feed.portal.as_str()),
        )
        .expect("writing to a string cannot fail");
    }
    let title = escape(&text::squeeze(title));
    let xml = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>{title}</title>
  </head>
  <body>
{outlines}  </body>
</opml>
"#
    );
    Document { name: "feeds.opml".to_owned(), content_type: "text/x-opml; charset=utf-8", bytes: xml.into(), changed: None }
}
