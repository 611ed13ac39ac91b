//! The addresses that an OPML file names: lists of feeds, as feed readers export them.

use quick_xml::{Reader, XmlVersion, events::Event};

/// A feed of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    pub title: Option<String>,
    /// In the order in which they are tried: the feed itself, then the page that it is of.
    pub addresses: Vec<String>,
}

/// Why a file is no OPML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoOpml {
    #[error("it is no XML: {0}")]
    Xml(String),
    #[error("no `outline` in it has an `xmlUrl` or an `htmlUrl`")]
    Empty,
}

/// Every outline that names an address, in the order of the file; those of folders stand among them.
///
/// # Errors
/// When the text is no OPML, or names no address.
pub fn outlines(text: &str) -> Result<Vec<Outline>, NoOpml> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut outlines = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| NoOpml::Xml(error.to_string()))?;
        match event {
            Event::Start(element) | Event::Empty(element) if is_called(element.local_name().as_ref(), "outline") => {
                let attribute = |name: &str| {
                    let mut attributes = element.attributes();
                    let found = attributes.with_checks(false).flatten().find(|it| is_called(it.key.as_ref(), name))?;
                    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
                    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
                };
                let addresses: Vec<String> = [attribute("xmlUrl"), attribute("htmlUrl")].into_iter().flatten().collect();
                if !addresses.is_empty() {
                    outlines.push(Outline { title: attribute("title").or_else(|| attribute("text")), addresses });
                }
            }
            Event::Eof => break,
            _ => (),
        }
    }
    if outlines.is_empty() { Err(NoOpml::Empty) } else { Ok(outlines) }
}

/// Exporters write names in letters of their own.
fn is_called(found: &str, name: &str) -> bool {
    found.eq_ignore_ascii_case(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_with_an_address_is_named() {
        let text = r#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
            <outline text="Local"><outline text="Báo &amp; đài" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/"/></outline>
            <outline title="Ward" htmlUrl="ward.example/tin"></outline><outline text="nothing"/></body></opml>"#;
        let named = |title: &str, addresses: &[&str]| Outline {
            title: Some(title.to_owned()),
            addresses: addresses.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(
            outlines(text),
            Ok(vec![named("Báo & đài", &["https://a.example/rss", "https://a.example/"]), named("Ward", &["ward.example/tin"])])
        );
        assert_eq!(outlines("<opml><body/></opml>"), Err(NoOpml::Empty));
        assert!(matches!(outlines("<opml><body"), Err(NoOpml::Xml(_))));
    }
}
