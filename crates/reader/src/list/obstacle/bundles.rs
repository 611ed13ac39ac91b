//! Script files of a page that scripts draw: which of them may say from where the headlines come, and what one says.
//!
//! No script is run: an address is written there whole, or as its beginning and, where it is asked for, its end.

use url::Url;

use super::scripts::{ADDRESS, ScriptData, is_api};
use crate::{link, list::site, outline::Outline, page::Page, tree};

/// Files that are asked for.
const FILES: usize = 3;
/// Bytes of a file that are looked at.
const LOOKED_AT: usize = 4_000_000;
/// What is in the names of files that belong to no site: libraries, and what loads the others.
const OF_OTHERS: &[&str] = &[
    "polyfill",
    "runtime",
    "vendor",
    "framework",
    "webpack",
    "jquery",
    "bootstrap",
    "analytics",
    "gtag",
    "manifest",
    "lodash",
    "sentry",
    "captcha",
];
/// Words of an address that speak of news, and those that do so among others.
const NEWS: &[&str] = &["news", "article", "articles", "post", "posts", "tin", "tintuc", "tins", "bai", "baiviet", "baiviets"];
const LISTS: &[&str] = &["content", "contents", "list", "items", "latest", "danhsach", "chuyenmuc"];
/// What stands before the end of an address that is asked for.
const CALLS: &[&str] = &["get(", "post(", "fetch(", "request(", "axios(", "ajax(", "url:", "endpoint:", "path:", "+"];

/// The files that may say it, the likeliest first: what a site is made of comes behind what it is made with.
pub fn script_files(page: &Page) -> Vec<Url> {
    let Ok(document) = tree::parse(&page.html) else { return Vec::new() };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let written = outline.named.scripts.iter().filter_map(|script| script.attr("src"));
    let files = written.filter_map(|src| link::resolve(&outline.base, &src)).filter(|file| site(file) == site(&page.url));
    let is_own = |file: &Url| {
        let name = file.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        !OF_OTHERS.iter().any(|word| name.contains(word))
    };
    let mut files: Vec<Url> = files.filter(is_own).collect();
    files.reverse();
    files.truncate(FILES);
    files
}

/// From where the script in a file fetches headlines for a page.
pub(super) fn said_in(script: &str, file: &Url, page: &Url) -> Option<ScriptData> {
    let script = &script[..script.floor_char_boundary(LOOKED_AT)];
    let pieces: Vec<&str> = script.split(['"', '\'', '`']).collect();
    let (mut whole, mut ends) = (Vec::new(), Vec::new());
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| ADDRESS.contains(&piece.len())) {
        // What stands in `${…}` is known to the script alone; at the beginning it is the address that all others begin
        // with.
        let text = if piece.starts_with("${") { piece.split_once('}').map_or("", |(_, text)| text) } else { piece };
        let text = text.split("${").next().unwrap_or_default();
        let is_called = || at > 0 && CALLS.iter().any(|call| pieces[at - 1].trim_end().ends_with(call));
        if is_api(text) {
            whole.extend(link::resolve(page, text).filter(|url| site(url) == site(page) || site(url) == site(file)));
        } else if text.starts_with('/') && is_path(text) && (is_called() || piece.starts_with("${")) {
            ends.push(text);
        }
    }
    // Of equals the first.
    let best = |urls: &[Url]| urls.iter().rev().max_by_key(|url| worth(url.path())).cloned();
    let found = best(&whole)?;
    if worth(found.path()) > 0 {
        return Some(ScriptData::At(found));
    }
    let beginning = whole.iter().min_by_key(|url| url.as_str().len())?;
    let end = ends.iter().rev().max_by_key(|end| worth(end)).filter(|end| worth(end) > 1);
    let joined = end.and_then(|end| Url::parse(&format!("{}{end}", beginning.as_str().trim_end_matches('/'))).ok());
    Some(joined.map_or_else(|| ScriptData::Below(beginning.clone()), ScriptData::At))
}

/// Letters, digits and what parts them: other strings that begin with a slash are no paths.
fn is_path(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    path.len() > 1 && path.chars().all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '/' | '-' | '_' | '.')) && !path.ends_with(".js")
}

/// How much an address speaks of news.
fn worth(path: &str) -> u8 {
    let says = |words: &[&str]| words_of(path).iter().any(|word| words.contains(&word.as_str()));
    2 * u8::from(says(NEWS)) + u8::from(says(LISTS))
}

/// `/api/News/GetListTin` speaks of `api`, `news`, `get`, `list` and `tin`.
fn words_of(path: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_after_small = false;
    for ch in path.chars() {
        if !ch.is_ascii_alphanumeric() || (ch.is_ascii_uppercase() && is_after_small) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| ch.is_ascii_alphanumeric()) {
            word.push(ch.to_ascii_lowercase());
        }
        is_after_small = ch.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_says_from_where_headlines_come() {
        let (file, page) = ("https://xa.example.vn/assets/index-3f.js", "https://xa.example.vn/tin-tuc");
        let said = |script: &str| said_in(script, &Url::parse(file).unwrap(), &Url::parse(page).unwrap());
        let at = |address: &str| Some(ScriptData::At(Url::parse(address).unwrap()));
        let cases = [
            (r#"const e=await fetch("/api/v1/articles?page=1");a("/api/login")"#, at("https://xa.example.vn/api/v1/articles?page=1")),
            (r#"t.post("/api/auth/login",n);t.get("/api/News/GetListTin",{params:e})"#, at("https://xa.example.vn/api/News/GetListTin")),
            (
                r#"const A=axios.create({baseURL:"https://xa.example.vn/api/v2"});s.get("/meeting");s.get("/tin-tuc/danh-sach",{params:e})"#,
                at("https://xa.example.vn/api/v2/tin-tuc/danh-sach"),
            ),
            ("const B='https://api.xa.example.vn';x=`${B}/posts?cat=${c}`", at("https://api.xa.example.vn/posts?cat=")),
            (
                r#"const A="https://xa.example.vn/api/";s.get("/nguoi-dung");w="/setting""#,
                Some(ScriptData::Below(Url::parse("https://xa.example.vn/api/").unwrap())),
            ),
            // Of another site, and nothing.
            (r#"fetch("https://dem.example.com/api/news")"#, None),
            (r#"n.createElement("div",null,"Tin tức")"#, None),
        ];
        for (script, expected) in cases {
            assert_eq!(said(script), expected, "{script}");
        }
    }

    #[test]
    fn files_of_libraries_are_not_asked_for() {
        let html = "<div id=root></div><script src=/static/js/runtime.1f.js></script><script src=/static/js/vendors~main.2.js></script>
            <script src=/static/js/main.9.js></script><script src=https://www.googletagmanager.com/gtag/js></script>";
        let url = Url::parse("https://xa.example.vn/").unwrap();
        let page = Page { url, html: html.to_owned(), fetched_at: "2026-07-10T04:30:00Z".parse().unwrap(), problems: Vec::new() };
        let files: Vec<String> = script_files(&page).iter().map(Url::to_string).collect();
        assert_eq!(files, ["https://xa.example.vn/static/js/main.9.js"]);
    }
}
