//! On which pages an article goes on: pages at its own address with a number added to it.
//!
//! The next article is none of them, whatever `rel=next` says: on most sites that means the next post.

use url::Url;

use super::{opened::Opened, words};
use crate::link;

/// What sites call the number of a page in an address.
const NAMES: [&str; 25] = [
    "page",
    "p",
    "pg",
    "paged",
    "pageno",
    "pagenum",
    "pagenumber",
    "pageindex",
    "pageid",
    "currentpage",
    "trang",
    "pag",
    "pagina",
    "seite",
    "sida",
    "side",
    "strona",
    "strana",
    "stranka",
    "sayfa",
    "hal",
    "halaman",
    "oldal",
    "part",
    "teil",
];
/// Longest text of a link to a page, in words: "Trang sau", "2", "›".
const LONGEST_LABEL: usize = 3;

/// How a page's address goes on from that of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Further<'a> {
    /// `2`, or `all`.
    which: &'a str,
    /// Whether it is said to be the number of a page; a bare one may be a second article under the same name.
    named: bool,
}

impl Opened {
    /// The page with this number, as this page of the article that begins at `first` links to it.
    pub fn page_after(&self, first: &Url, number: u32) -> Option<Url> {
        let wanted = number.to_string();
        let is_next = |target: &Url, label: &str| {
            further(first, target).is_some_and(|further| {
                let says_it = words::words(label).any(|word| word == wanted) || !label.contains(char::is_alphabetic);
                further.which == wanted && (says_it || further.named && words::words(label).count() <= LONGEST_LABEL)
            })
        };
        // The head's own link has no label: there a bare number counts as a part of the path alone, not as the end of a
        // name.
        let head = self.next.as_ref().filter(|target| {
            further(first, target)
                .is_some_and(|further| further.which == wanted && (further.named || target.path().ends_with(&format!("/{wanted}"))))
        });
        head.cloned().or_else(|| self.links_to(is_next))
    }

    /// The page that shows the whole article, where there is one: `?page=all`.
    pub fn whole(&self) -> Option<Url> {
        let first = &self.url;
        self.links_to(|target, label| {
            words::words(label).count() <= 2 * LONGEST_LABEL
                && further(first, target).is_some_and(|further| further.named && further.which == "all")
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

/// What `other` adds to the address of an article's first page, if it adds the number of a page and nothing else.
fn further<'a>(first: &Url, other: &'a Url) -> Option<Further<'a>> {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    if host(first) != host(other) || first.port() != other.port() {
        return None;
    }
    let (path, other_path) = (first.path().trim_end_matches('/'), other.path().trim_end_matches('/'));
    if path == other_path {
        return in_query(first.query().unwrap_or_default(), other.query()?);
    }
    if first.query() != other.query() {
        return None;
    }
    let (stem, ending) = split_ending(path);
    let (other_stem, other_ending) = split_ending(other_path);
    let behind_ending = other_path.strip_prefix(path).filter(|rest| rest.starts_with('/'));
    let before_ending = || other_stem.strip_prefix(stem).filter(|_| ending == other_ending || other_ending.is_empty());
    let rest = behind_ending.or_else(before_ending)?;
    let mut parts = rest.strip_prefix(['/', '-', '_', ',', '.'])?.split(['/', '-', '_', '=']);
    let (one, two, more) = (parts.next()?, parts.next(), parts.next());
    let named = |which, name: &str| (is_which(which) && is_name(name)).then_some(Further { which, named: true });
    match (one, two, more) {
        (name, Some(which), None) => named(which, name),
        (which, None, None) if is_which(which) => Some(Further { which, named: which == "all" }),
        // `-p2`
        (both, None, None) => {
            let digits = both.find(|ch: char| ch.is_ascii_digit())?;
            named(&both[digits..], &both[..digits])
        }
        _ => None,
    }
}

/// The parameter that is added; one that says "page 1" may be replaced.
fn in_query<'a>(first: &str, other: &'a str) -> Option<Further<'a>> {
    let pairs = |query: &'a str| query.split('&').filter(|pair| !pair.is_empty());
    let is_page = |pair: &str| pair.split_once('=').is_some_and(|(name, which)| is_name(name) && which == "1");
    let mut kept: Vec<&str> = first.split('&').filter(|pair| !pair.is_empty() && !is_page(pair)).collect();
    let mut added = None;
    for pair in pairs(other) {
        if let Some(at) = kept.iter().position(|kept| *kept == pair) {
            kept.remove(at);
        } else if added.replace(pair).is_some() {
            return None;
        }
    }
    let (name, which) = added?.split_once('=')?;
    (kept.is_empty() && is_name(name) && is_which(which)).then_some(Further { which, named: true })
}

fn is_name(name: &str) -> bool {
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name.trim_end_matches(['_', '-'])))
}

/// A small number, or the whole.
fn is_which(which: &str) -> bool {
    which == "all"
        || which.len() <= 2
            && !which.starts_with('0')
            && which.bytes().all(|byte| byte.is_ascii_digit())
            && which != "1"
            && !which.is_empty()
}

/// A path without the ending of its last part.
fn split_ending(path: &str) -> (&str, &str) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot)
            if (2..=6).contains(&(path.len() - name - dot)) && path[name + dot + 1..].bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            path.split_at(name + dot)
        }
        _ => (path, ""),
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
    fn a_page_of_an_article_has_its_address_and_a_number() {
        let cases = [
            ("/tin/a.html", "/tin/a.html?page=2", Some("2")),
            ("/tin/a", "https://www.bao.vn/tin/a/?trang=2", Some("2")),
            ("/x.aspx?ID=12", "/x.aspx?page=2&ID=12", Some("2")),
            ("/x.aspx?ID=12&page=1", "/x.aspx?ID=12&page=3", Some("3")),
            ("/tin/a/", "/tin/a/2/", Some("2")),
            ("/tin/a/", "/tin/a/page/2/", Some("2")),
            ("/tin/a.html", "/tin/a-p2.html", Some("2")),
            ("/tin/a.html", "/tin/a_2.html", Some("2")),
            ("/tin/a.html", "/tin/a-trang-10.html", Some("10")),
            ("/tin/a.html", "/tin/a/trang-2.html", Some("2")),
            ("/tin/a.html", "/tin/a.html/2", Some("2")),
            ("/tin/a.html", "/tin/a.html?page=all", Some("all")),
            ("/x.aspx?ID=1", "/x.aspx?ID=2", None),
            ("/x.aspx?ID=12", "/x.aspx?page=2", None),
            ("/tin/a", "/tin/b/2", None),
            ("/tin/a", "/tin/a?page=2&sort=new", None),
            ("/tin/a", "/tin/a?comments=2", None),
            ("/tin/a", "/tin/a-2024", None),
            ("/tin/a", "/tin/a/comment-page-2", None),
            ("/tin/a", "/tin/a", None),
            ("/tin/a", "https://khac.vn/tin/a/2", None),
            ("/", "/2", Some("2")),
        ];
        for (first, other, expected) in cases {
            let other = url(other);
            assert_eq!(further(&url(first), &other).map(|further| further.which), expected, "{first} {other}");
        }
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
