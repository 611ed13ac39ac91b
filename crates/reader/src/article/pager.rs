//! On which pages an article goes on: pages at its own address with a number added to it.
//!
//! The next article is none of them, whatever `rel=next` says: on most sites that means the next post.

use url::Url;

use super::{opened::Opened, words};
use crate::link::{self, page_number};

/// Longest text of a link to a page, in words: "Trang sau", "2", "›".
const LONGEST_LABEL: usize = 3;

impl Opened {
    /// The page with this number, as this page of the article that begins at `first` links to it.
    pub fn page_after(&self, first: &Url, number: u32) -> Option<Url> {
        let wanted = number.to_string();
        let is_next = |target: &Url, label: &str| {
            page_number(first, target).is_some_and(|page| {
                let says_it = words::words(label).any(|word| word == wanted) || !label.contains(char::is_alphabetic);
                page.which == wanted && (says_it || page.named && words::words(label).count() <= LONGEST_LABEL)
            })
        };
        // The head's own link has no label: there a bare number counts as a part of the path alone, not as the end of a
        // name.
        let head = self.next.as_ref().filter(|target| {
            page_number(first, target)
                .is_some_and(|page| page.which == wanted && (page.named || target.path().ends_with(&format!("/{wanted}"))))
        });
        head.cloned().or_else(|| self.links_to(is_next))
    }

    /// The page that shows the whole article, where there is one: `?page=all`.
    pub fn whole(&self) -> Option<Url> {
        let first = &self.url;
        self.links_to(|target, label| {
            words::words(label).count() <= 2 * LONGEST_LABEL
                && page_number(first, target).is_some_and(|page| page.named && page.which == "all")
        })
    }

    fn links_to(&self, fits: impl Fn(&Url, &str) -> bool) -> Option<Url> {
        let layout = &self.layout;
        layout.links.iter().zip(&layout.anchors).find_map(|(href, anchor)| {
            // A link to the comments of another page is none to the page.
            let target = link::resolve(&self.base, href).filter(|_| !href.contains('#'))?;
            fits(&target, &layout.text_of(*anchor)).then_some(target)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article, page::Page};

    fn url(text: &str) -> Url {
        Url::parse("https://bao.vn").unwrap().join(text).unwrap()
    }

    #[test]
    fn the_next_page_is_not_the_next_article() {
        let next = |html: &str| {
            let page = Page { url: url("/tin/a"), html: html.to_owned(), fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
            let opened = article::open(&page, &article::Context::default());
            opened.page_after(&page.url, 2).map(|url| url[url::Position::BeforePath..].to_owned())
        };
        let cases = [
            ("<link rel=next href=/tin/b>", None),
            ("<link rel=next href=/tin/a-2>", None),
            ("<link rel=next href=/tin/a/2>", Some("/tin/a/2")),
            ("<link rel=next href='/tin/a?page=2'>", Some("/tin/a?page=2")),
            ("<a rel=next href=/tin/b>Tiếp theo</a>", None),
            ("<a href=/tin/a-2>Lễ hội cầu ngư làng Nam Ô năm thứ hai</a>", None),
            ("<span>1</span> <a href=/tin/a-2>2</a> <a href=/tin/a-3>3</a>", Some("/tin/a-2")),
            ("<a href=/tin/a/3>3</a><a href=/tin/a/2>›</a>", Some("/tin/a/2")),
            ("<a href='/tin/a?trang=2'>Trang sau</a>", Some("/tin/a?trang=2")),
            ("<a href='/tin/a?page=2#binh-luan'>2</a>", None),
        ];
        for (html, expected) in cases {
            assert_eq!(next(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn a_page_goes_on_only_with_something_new_under_the_same_headline() {
        let opened = |title: &str, lines: &[&str]| {
            let html =
                format!("<html lang=vi><title>{title}</title><h1>{title}</h1><div class=content><p>{}</p></div>", lines.join("</p><p>"));
            let page = Page { url: url("/tin/a"), html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
            article::open(&page, &article::Context::default())
        };
        let one = "Sáng 18-1, phường An Hải khai mạc lễ hội cầu ngư với sự tham gia của hơn ba trăm ngư dân và hàng nghìn du khách.";
        let two = "Lễ hội kéo dài đến hết ngày 20-1, với các phần thi kéo co, lắc thúng và đua thuyền trên sông trước đình làng.";
        let title = "Khai mạc lễ hội cầu ngư ở phường An Hải";
        let first = [opened(title, &[one])];
        // The second page of a list below the article shows the article again.
        assert!(!opened(title, &[one]).goes_on(&first));
        assert!(!opened("Bế mạc lễ hội cầu ngư ở phường An Hải", &[two]).goes_on(&first));
        let mut second = opened(&format!("{title} - Trang 2"), &[one, two]);
        assert!(second.goes_on(&first));
        let [first] = first;
        let draft = article::join(vec![first, second], &crate::site::Site::default());
        assert_eq!(draft.text, format!("{one}\n\n{two}"));
        assert_eq!(draft.title.as_deref(), Some(title));
    }
}
