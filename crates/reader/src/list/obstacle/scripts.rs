//! Pages that scripts draw: how they are recognised, and where the data of their headlines seem to be.

use std::collections::HashSet;

use dom_query::NodeRef;
use url::Url;

use super::{bundles, signs::Signs, walls::says};
use crate::{
    link,
    list::{
        Strategy, site,
        structured::{self, Search, Unaddressed},
    },
    page::Page,
    time::Reading,
};

/// Characters of text on a page that is nothing but the place where scripts draw it.
const BARE: usize = 200;
/// Bytes of a script in which addresses are looked for.
const LOOKED_AT: usize = 500_000;
/// Characters of an address in a script.
pub(super) const ADDRESS: std::ops::RangeInclusive<usize> = 5..=300;
/// What is in an address from which scripts fetch data.
const APIS: &[&str] = &["/api/", "/apis/", "/wp-json", "/_api/", "/odata", "/rest/", "/graphql", "//api.", "/ajax/", "/services/"];
/// What is in the address of a list of news, rather than of something else.
const NEWS: &[&str] = &["news", "article", "post", "tin", "bai-viet", "baiviet", "content", "list", "item"];
/// Where WordPress gives its posts, below the address that its pages name.
const POSTS: &str = "wp/v2/posts";
/// By what scripts name the data that stand in the page.
const STATES: &[&str] = &["__NEXT_DATA__", "__NUXT_DATA__", "__NUXT__", "__INITIAL_STATE__", "__APOLLO_STATE__", "__next_f"];

/// Where the data of a page's headlines seem to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptData {
    /// In the page, with a list of headlines that names no addresses.
    Unaddressed {
        /// How they may be made: `https://portal.example/tin/{slug}`.
        form: String,
        /// What a form can name.
        names: Vec<String>,
    },
    /// At an address that the page names, or one of its scripts.
    At(Url),
    /// Below this address, as one of its scripts says; which of what is there are the headlines, it does not.
    Below(Url),
    /// In the page, under this name; no list was found in them.
    Named(&'static str),
    /// Nothing in the page says where.
    Unknown,
}

impl ScriptData {
    pub(super) fn of(signs: &Signs, page: &Page) -> Self {
        let reading = Reading { now: page.fetched_at, zone: None, language: None, host: page.url.host_str(), order: None };
        let own = &signs.outline.address;
        let search = Search { form: None, known: &HashSet::new(), by: Strategy::State, files: own, reading: &reading };
        if let Some(Unaddressed { names, key }) = structured::unaddressed(signs.outline, &search) {
            let form = format!("{}{}/{{{key}}}", own.origin().ascii_serialization(), own.path().trim_end_matches('/'));
            return Self::Unaddressed { form, names };
        }
        if let Some(address) = address(signs) {
            return Self::At(address);
        }
        state(signs).map_or(Self::Unknown, Self::Named)
    }

    pub(super) fn way_out(&self) -> String {
        const LOOK: &str = "a browser's developer tools show under Network from where its scripts fetch them: give that address as `url` in `[source.json]`";
        match self {
            Self::Unaddressed { form, names } => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                format!(
                    "they are in the page's data, without addresses: `link` in `[source.json]` says how an article's address is made, such as \
                     `link = \"{form}\"`, of {}",
                    names.join(", ")
                )
            }
            Self::At(address) => format!("they seem to come from `{address}`: give that address as `url` in `[source.json]`"),
            Self::Below(address) => format!("they seem to come from an address that begins with `{address}`; {LOOK}"),
            Self::Named(name) => format!("the page has data (`{name}`), and no list of headlines was found in them; {LOOK}"),
            Self::Unknown => LOOK.to_owned(),
        }
    }
}

impl ScriptData {
    /// Whether the page says nothing of where its data are: then its script files may.
    pub fn is_in_question(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Unknown)
    }

    /// The same, or what the page's script files say.
    #[must_use]
    pub fn or_as_said_in(self, files: &[Page], page: &Url) -> Self {
        let said =
            || files.iter().filter_map(|file| bundles::said_in(&file.html, &file.url, page)).max_by_key(|said| matches!(said, Self::At(_)));
        if self.is_in_question() { said().unwrap_or(self) } else { self }
    }
}

/// Whether scripts draw the page: it has next to nothing to read, and a place where a script is to put something.
pub(super) fn draws(signs: &Signs) -> bool {
    if !signs.has_little() || signs.outline.named.scripts.is_empty() {
        return false;
    }
    let is_shell = signs.prose < BARE && signs.outline.anchors.is_empty();
    let waits = (0..signs.outline.elements.len()).any(|at| is_place(signs, at));
    let asks_for_scripts = signs.prose < BARE && signs.unseen("noscript").contains("javascript");
    (is_shell && signs.outline.named.scripts.iter().any(runs))
        || state(signs).is_some()
        || asks_for_scripts
        || (waits && (says(&signs.words, "loading") || address(signs).is_some() || is_named_by_script(signs)))
}

/// Whether the script is code, here or elsewhere, and not data.
fn runs(script: &NodeRef) -> bool {
    let kind = script.attr("type").unwrap_or_default().to_ascii_lowercase();
    kind.is_empty() || kind.contains("javascript") || kind == "module"
}

/// An empty element that is there for a script: with an id, or with a name that is no element's of HTML.
fn is_place(signs: &Signs, at: usize) -> bool {
    let outline = signs.outline;
    let is_own = outline.name(at).contains('-');
    let may_hold = is_own || matches!(outline.name(at), "div" | "main" | "section" | "article" | "ul" | "ol" | "table" | "tbody" | "span");
    may_hold && (is_own || outline.attribute(at, "id").is_some()) && signs.is_empty(at) && !signs.is_in_chrome(at)
}

/// Whether a script of the page speaks of the id of an empty element.
fn is_named_by_script(signs: &Signs) -> bool {
    let places = (0..signs.outline.elements.len()).filter(|at| is_place(signs, *at));
    let ids: Vec<&str> = places.filter_map(|at| signs.outline.attribute(at, "id")).collect();
    let mut codes = signs.outline.named.scripts.iter().filter(|script| runs(script)).map(NodeRef::text);
    codes.any(|code| ids.iter().any(|id| ['"', '\'', '#'].iter().any(|quote| code.contains(&format!("{quote}{id}")))))
}

/// By which name the page's scripts have data in it.
fn state(signs: &Signs) -> Option<&'static str> {
    let has = |name: &str| {
        signs.outline.named.scripts.iter().any(|script| {
            script.attr("id").is_some_and(|id| &*id == name) || (runs(script) && !script.has_attr("src") && script.text().contains(name))
        })
    };
    STATES.iter().copied().find(|name| has(name))
}

/// The address from which the page's scripts most likely fetch its headlines: of the page's own site, and with a word
/// for news.
fn address(signs: &Signs) -> Option<Url> {
    let outline = signs.outline;
    let head = signs.document.select("link[href]").iter().filter(|link| {
        let says = |name: &str, value: &str| link.attr(name).is_some_and(|said| said.eq_ignore_ascii_case(value));
        says("rel", "https://api.w.org/") || (says("rel", "preload") && says("as", "fetch"))
    });
    let mut written: Vec<String> = head.filter_map(|link| link.attr("href")).map(|href| href.to_string()).collect();
    written.extend(outline.named.scripts.iter().filter(|script| !script.has_attr("src")).flat_map(|script| addresses(&script.text())));
    for at in 0..outline.elements.len() {
        let data = outline.attributes(at).iter().filter(|attribute| attribute.name.starts_with("data-"));
        written.extend(data.map(|attribute| attribute.value.to_string()).filter(|value| is_api(value)));
    }
    let found = written.iter().filter_map(|written| link::resolve(&outline.base, written));
    let worth = |url: &Url| {
        let path = url.path().to_ascii_lowercase();
        (site(url) == site(&outline.address), NEWS.iter().any(|word| path.contains(word)))
    };
    // Of equals the first: `max_by_key` would take the last.
    let best = found.reduce(|best, url| if worth(&url) > worth(&best) { url } else { best })?;
    let is_root = best.path().trim_end_matches('/').ends_with("/wp-json");
    if is_root { link::resolve(&best, &format!("{}/{POSTS}", best.path().trim_end_matches('/'))) } else { Some(best) }
}

/// What is quoted in a script and looks like the address of an interface.
fn addresses(script: &str) -> Vec<String> {
    let script = &script[..script.floor_char_boundary(LOOKED_AT)];
    // In data slashes may be escaped.
    let script = script.replace("\\/", "/").replace("\\u002F", "/");
    let quoted = script.split(['"', '\'', '`']).filter(|text| ADDRESS.contains(&text.len()));
    // What stands behind `${` is known to the script alone.
    let beginning = |text: &str| text.split("${").next().unwrap_or_default().to_owned();
    quoted.map(beginning).filter(|text| is_api(text)).collect()
}

pub(super) fn is_api(text: &str) -> bool {
    let is_address = text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://");
    let is_file = [".js", ".css", ".png", ".jpg", ".svg", ".woff2", ".html"].iter().any(|ending| text.ends_with(ending));
    let path = text.split(['?', '#']).next().unwrap_or_default();
    is_address
        && !is_file
        && !text.contains(char::is_whitespace)
        && (APIS.iter().any(|api| format!("{text}/").contains(api)) || path.ends_with(".json") && !path.ends_with("manifest.json"))
}
