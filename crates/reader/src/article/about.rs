//! What any page says of its site, be it an article's or a list: its title, the site's name, its language.

use super::{metadata::Metadata, portal};
use crate::{
    outline::Outline,
    page::{About, Page},
    tree,
};

/// What `page` says of its site. Of a page that declares no language, Vietnamese is told by its letters.
pub fn about(page: &Page) -> About {
    let Ok(document) = tree::parse(&page.html) else { return About::default() };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let metadata = Metadata::of(&outline, page);
    let by_letters = || portal::is_vietnamese(None, "", &page.html).then(|| "vi".to_owned());
    About { title: tree::title_of(&document), site: metadata.site(), language: metadata.language().or_else(by_letters) }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn a_page_declares_its_language_or_shows_it() {
        let language = |html: String| {
            let url = Url::parse("https://portal.example/tin").unwrap();
            about(&Page { url, html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() }).language
        };
        let vietnamese = "Ra quân bảo đảm trật tự đô thị, đường thông hè thoáng ở phường. ".repeat(20);
        assert_eq!(language(format!("<html><body><p>{vietnamese}</p>")).as_deref(), Some("vi"));
        assert_eq!(language(format!("<html lang='en-GB'><body><p>{vietnamese}</p>")).as_deref(), Some("en-GB"));
        assert_eq!(language("<html><body><p>News of the town</p>".to_owned()), None);
    }
}
