//! The numbers of pages in addresses: those on which an article or a list goes on.

use url::Url;

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
/// How a page's address goes on from that of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber<'a> {
    /// `2`, or `all`.
    pub which: &'a str,
    /// Whether it is said to be the number of a page; a bare one may be a second article under the same name.
    pub named: bool,
}

/// What `other` adds to the address of an article's or a list's first page, if it adds the number of a page and nothing
/// else.
pub fn page_number<'a>(first: &Url, other: &'a Url) -> Option<PageNumber<'a>> {
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
    let named = |which, name: &str| (is_which(which) && is_name(name)).then_some(PageNumber { which, named: true });
    match (one, two, more) {
        (name, Some(which), None) => named(which, name),
        (which, None, None) if is_which(which) => Some(PageNumber { which, named: which == "all" }),
        // `-p2`
        (both, None, None) => {
            let digits = both.find(|ch: char| ch.is_ascii_digit())?;
            named(&both[digits..], &both[..digits])
        }
        _ => None,
    }
}

/// The parameter that is added; one that says "page 1" may be replaced.
fn in_query<'a>(first: &str, other: &'a str) -> Option<PageNumber<'a>> {
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
    (kept.is_empty() && is_name(name) && is_which(which)).then_some(PageNumber { which, named: true })
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

/// The number of a page that an address says by name, wherever it leads: `?page=2`, `/page/2/`,
/// `/tin-tuc-trang-2.html`.
pub fn named_page(url: &Url) -> Option<u32> {
    let number = |which: &str| (which.len() <= 4).then(|| which.parse::<u32>().ok()).flatten();
    let in_query = url.query_pairs().find_map(|(name, which)| is_name(&name).then(|| number(&which)).flatten());
    in_query.or_else(|| {
        let (path, _) = split_ending(url.path().trim_end_matches('/'));
        let mut parts = path.rsplit(['/', '-', '_', '=', ',']);
        let (last, before) = (parts.next()?, parts.next().unwrap_or_default());
        let digits = last.find(|ch: char| ch.is_ascii_digit())?;
        let name = if digits == 0 { before } else { &last[..digits] };
        if is_name(name) { number(&last[digits..]) } else { None }
    })
}

/// The two numbers in which two addresses differ, if they differ in nothing else.
pub fn numbers_apart(one: &Url, other: &Url) -> Option<(u64, u64)> {
    let (one, other) = (one.as_str(), other.as_str());
    let common = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    // A number that they begin alike with: `10` and `12`.
    let begin = one.get(..common)?.trim_end_matches(|ch: char| ch.is_ascii_digit()).len();
    let split = |text: &'_ str| {
        let rest = text.get(begin..)?;
        let end = rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(rest.len());
        Some((rest[..end].parse::<u64>().ok()?, rest[end..].to_owned()))
    };
    let ((one, rest), (other, other_rest)) = (split(one)?, split(other)?);
    (one != other && rest == other_rest).then_some((one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(page_number(&url(first), &other).map(|page| page.which), expected, "{first} {other}");
        }
    }

    #[test]
    fn an_address_says_its_page_by_name() {
        let cases = [
            ("/tin-tuc?page=2", Some(2)),
            ("/tin-tuc?loai=1&Trang=12", Some(12)),
            ("/category/tin/page/2/", Some(2)),
            ("/tin-tuc-trang-3.html", Some(3)),
            ("/tin-tuc/p2", Some(2)),
            ("/tin-tuc/2", None),
            ("/ngay-2", None),
            ("/tin-tuc?start=10", None),
            ("/trang-chu", None),
        ];
        for (text, expected) in cases {
            assert_eq!(named_page(&url(text)), expected, "{text}");
        }
    }

    #[test]
    fn addresses_that_differ_in_one_number() {
        let apart = |one: &str, other: &str| numbers_apart(&url(one), &url(other));
        assert_eq!(apart("/tin?start=10", "/tin?start=20"), Some((10, 20)));
        assert_eq!(apart("/tin?cur=2&x=1", "/tin?cur=10&x=1"), Some((2, 10)));
        assert_eq!(apart("/tin?cur=2&x=1", "/tin?cur=3&x=2"), None);
        assert_eq!(apart("/tin-a", "/tin-b"), None);
        assert_eq!(apart("/tin", "/tin"), None);
    }
}
