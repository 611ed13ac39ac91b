//! A page made worse: one to four changes, all told by one number.

use fastrand::Rng;

/// Bytes of the largest page; the daemon refuses larger ones than 10 MB, and most are far smaller.
const LARGEST: usize = 3_000_000;
/// Bytes that one change adds at most.
const ADDED: usize = 400_000;

/// What stands between the parts of titles, bylines and dates.
const SEPARATORS: [&str; 14] =
    [" | ", " - ", " – ", "|", " : ", " » ", ", ", "; ", " and ", " by ", "1/2/2024 ", "&amp;", "&quot; ", " • "];
const WORDS: [&str; 12] =
    ["Tin", "hay", "Đà", "Nẵng", "news", "Xuân", "12:30", "24/11/2026", "chia sẻ", "\u{4e2d}\u{6587}", "By", "Updated"];
const TAGS: [&str; 26] = [
    "div",
    "span",
    "p",
    "a",
    "b",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "article",
    "section",
    "h1",
    "h2",
    "h6",
    "font",
    "blockquote",
    "figure",
    "time",
    "select",
    "svg",
    "dl",
    "dd",
    "form",
    "aside",
    "title",
];

/// The page that `seed` makes of one of `pages`.
pub fn page(pages: &[Vec<u8>], seed: u64) -> Vec<u8> {
    let mut rng = Rng::with_seed(seed);
    let mut page = rng.choice(pages).cloned().unwrap_or_default();
    for _ in 0..rng.usize(1..=4) {
        change(&mut page, pages, &mut rng);
        page.truncate(LARGEST);
    }
    page
}

fn change(page: &mut Vec<u8>, pages: &[Vec<u8>], rng: &mut Rng) {
    match rng.u8(0..18) {
        0 => {
            let part = part(page, rng, 20_000);
            page.drain(part);
        }
        1 => page.truncate(rng.usize(0..=page.len())),
        2 => repeat(page, rng),
        3 => splice(page, pages, rng),
        4 => unclose(page, rng),
        5 => insert(page, rng, attributes),
        6 => title(page, rng),
        7 => insert_at_head(page, rng, |rng| format!("<meta property=\"og:title\" content=\"{}\">", long_line(rng))),
        8 => insert_at_head(page, rng, json_ld),
        9 => insert(page, rng, nested),
        10 => insert(page, rng, siblings),
        11 => insert(page, rng, long_line),
        12 => break_bytes(page, rng),
        13 => insert(page, rng, stamps),
        14 => insert(page, rng, state),
        15 => insert(page, rng, pictures),
        16 => insert_at_head(page, rng, metas),
        _ => swap_tags(page, rng),
    }
}

/// A stretch of the page, at most `longest` bytes.
fn part(page: &[u8], rng: &mut Rng, longest: usize) -> std::ops::Range<usize> {
    let start = rng.usize(0..=page.len());
    start..(start + rng.usize(0..=longest)).min(page.len())
}

fn put(page: &mut Vec<u8>, at: usize, text: &[u8]) {
    page.splice(at..at, text.iter().copied());
}

fn repeat(page: &mut Vec<u8>, rng: &mut Rng) {
    let part = part(page, rng, 4_000);
    let repeated = page[part.clone()].repeat(times(rng, part.len()));
    put(page, part.end, &repeated);
}

/// How often something of this length is said: mostly a few times, at most until it is [`ADDED`] long.
fn times(rng: &mut Rng, length: usize) -> usize {
    let most = (ADDED / length.max(1)).clamp(1, 30_000);
    let few = rng.usize(1..=most.min(40));
    if rng.u8(0..3) == 0 { rng.usize(1..=most) } else { few }
}

fn splice(page: &mut Vec<u8>, pages: &[Vec<u8>], rng: &mut Rng) {
    let Some(other) = rng.choice(pages) else { return };
    let stolen = other[part(other, rng, 50_000)].to_vec();
    let at = rng.usize(0..=page.len());
    put(page, at, &stolen);
}

/// Takes away closing tags, or one kind of them.
fn unclose(page: &mut [u8], rng: &mut Rng) {
    let name = if rng.bool() { String::new() } else { rng.choice(TAGS).unwrap_or_default().to_owned() };
    let closing = format!("</{name}").into_bytes();
    let mut at = 0;
    while let Some(found) = find(&page[at..], &closing) {
        at += found;
        if rng.bool() {
            page[at + 1] = b'x';
        }
        at += 2;
    }
}

fn find(page: &[u8], wanted: &[u8]) -> Option<usize> {
    page.windows(wanted.len()).position(|window| window == wanted)
}

/// Puts something at a place between two tags, or anywhere.
fn insert(page: &mut Vec<u8>, rng: &mut Rng, make: impl Fn(&mut Rng) -> String) {
    let text = make(rng);
    let from = rng.usize(0..=page.len());
    let at = page[from..].iter().position(|byte| *byte == b'<').map_or(page.len(), |at| from + at);
    put(page, if rng.u8(0..5) == 0 { from } else { at }, text.as_bytes());
}

fn insert_at_head(page: &mut Vec<u8>, rng: &mut Rng, make: impl Fn(&mut Rng) -> String) {
    let text = make(rng);
    let at = find(page, b"<head").and_then(|at| Some(at + page[at..].iter().position(|byte| *byte == b'>')? + 1)).unwrap_or(0);
    put(page, at, text.as_bytes());
}

/// A long text in the document's title, or a title that does not end.
fn title(page: &mut Vec<u8>, rng: &mut Rng) {
    let text = if rng.bool() { format!("<title>{}", long_line(rng)) } else { format!("<title>{}</title>", long_line(rng)) };
    put(page, 0, text.as_bytes());
}

fn long_line(rng: &mut Rng) -> String {
    let (separator, word) = (rng.choice(SEPARATORS).unwrap_or_default(), rng.choice(WORDS).unwrap_or_default());
    if rng.bool() {
        return format!("{word}{separator}").repeat(times(rng, word.len() + separator.len()));
    }
    let mut line = String::new();
    for number in 0..times(rng, 10) {
        line.push_str(rng.choice(WORDS).unwrap_or(""));
        line.push_str(if rng.u8(0..4) == 0 { separator } else { " " });
        if rng.bool() {
            line.push_str(&number.to_string());
        }
    }
    line
}

fn attributes(rng: &mut Rng) -> String {
    let count = times(rng, 12);
    let pairs: String = (0..count).map(|n| format!(" data-{n}=\"{n}\"")).collect();
    let class: String = (0..times(rng, 10)).map(|n| format!("related-{n} ")).collect();
    format!("<{} class=\"{class}\" style=\"{}\"{pairs}>", rng.choice(TAGS).unwrap_or("p"), "a:b;".repeat(times(rng, 4)))
}

fn json_ld(rng: &mut Rng) -> String {
    let line = long_line(rng).replace(['"', '\\'], " ");
    let count = times(rng, 80);
    let people: Vec<String> = (0..count).map(|n| format!("{{\"@id\":\"#{n}\",\"name\":\"Nam {n}\"}}")).collect();
    let named: Vec<String> = (0..count).map(|n| format!("{{\"@id\":\"#{}\"}}", count - n)).collect();
    let body = match rng.u8(0..5) {
        0 => format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{line}\"}}"),
        1 => format!("{{\"@graph\":[{{\"@type\":\"Article\",\"author\":[{}]}},{}]}}", named.join(","), people.join(",")),
        2 => format!("[{}]", vec![format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{}\"}}", "Tin hay ".repeat(20)); count].join(",")),
        3 => format!("{{\"@type\":\"Article\",\"author\":\"{line}\",\"keywords\":\"{line}\",\"articleBody\":\"{line}\"}}"),
        _ => format!("{}{}", "[".repeat(times(rng, 1)), "]".repeat(times(rng, 1))),
    };
    format!("<script type=\"application/ld+json\">{body}</script>")
}

/// Deep, but mostly not so deep that the page is refused.
fn nested(rng: &mut Rng) -> String {
    let (outer, inner) = (rng.choice(TAGS).unwrap_or("div"), rng.choice(TAGS).unwrap_or("div"));
    let depth = if rng.u8(0..8) == 0 { rng.usize(1..5_000) } else { rng.usize(1..220) };
    let mut text = String::new();
    for level in 0..depth {
        text.push_str(&format!("<{outer} class=\"c{}\"><{inner}>", level % 7));
        if rng.u8(0..3) == 0 {
            text.push_str("Tin hay trong ngày 24/11/2026, ");
        }
    }
    if rng.bool() { text } else { text.repeat(rng.usize(1..=(ADDED / text.len().max(1)).max(1))) }
}

fn siblings(rng: &mut Rng) -> String {
    let tag = rng.choice(TAGS).unwrap_or("p");
    let same = rng.bool();
    let kind = rng.u8(0..4);
    (0..times(rng, 60))
        .map(|n| {
            let n = if same { 0 } else { n };
            match kind {
                0 => format!("<{tag}><a href=\"/tin-{n}-{n}.html\">Khai mạc lễ hội cầu ngư lần thứ {n}</a></{tag}>"),
                1 => format!("<{tag}>Bình luận ({n})</{tag}>"),
                2 => format!("<{tag} class=\"c{n}\"><img src=\"/a{n}.jpg\"><p>Ảnh: Minh Hà {n}</p></{tag}>"),
                _ => format!(
                    "<{tag} itemscope itemtype=\"https://schema.org/NewsArticle\"><a href=\"/t{n}\"><h2 itemprop=headline>Tin {n}</h2></a>"
                ),
            }
        })
        .collect()
}

fn stamps(rng: &mut Rng) -> String {
    let kind = rng.u8(0..3);
    (0..times(rng, 50))
        .map(|n| match kind {
            0 => format!("<p>Đăng ngày {}/{}/2024 lúc 12:{:02}</p>", n % 28 + 1, n % 12 + 1, n % 60),
            1 => format!("<time datetime=\"2024-01-{:02}T10:00:00Z\">{n} giờ trước</time>", n % 28 + 1),
            _ => format!("<span class=\"date\">03/04/20{:02}</span> Cập nhật: 5/6/2024 | ", n % 26),
        })
        .collect()
}

fn state(rng: &mut Rng) -> String {
    let count = times(rng, 120);
    let list: Vec<String> =
        (0..count).map(|n| format!("{{\"title\":\"Khai mạc lễ hội lần {n}\",\"url\":\"/tin-{n}.html\",\"at\":\"2024-01-02\"}}")).collect();
    match rng.u8(0..3) {
        0 => format!("<script>window.__S__={{\"a\":[{}]}}</script>", list.join(",")),
        1 => format!("<script type=application/json>[{{\"a\":1}},[2],{{\"b\":3}},[{}]]</script>", vec!["0"; count * 20].join(",")),
        _ => format!("<script>{}</script>", "={a".repeat(count)),
    }
}

fn pictures(rng: &mut Rng) -> String {
    (0..times(rng, 60)).map(|n| format!("<h6><img src=\"/anh-{n}.jpg\" width=600></h6><h6>Chú thích ảnh số {n} của bài</h6>")).collect()
}

fn metas(rng: &mut Rng) -> String {
    (0..times(rng, 50)).map(|n| format!("<meta name=\"name-{n}\" content=\"{n}\"><link rel=next href=\"?page={n}\">")).collect()
}

fn break_bytes(page: &mut [u8], rng: &mut Rng) {
    if page.is_empty() {
        return;
    }
    for _ in 0..rng.usize(1..2_000) {
        let at = rng.usize(0..page.len());
        page[at] = rng.u8(..);
    }
}

fn swap_tags(page: &mut [u8], rng: &mut Rng) {
    let (from, to) = (rng.choice(TAGS).unwrap_or("p"), rng.choice(TAGS).unwrap_or("p"));
    if from.len() != to.len() {
        return;
    }
    let (opening, new) = (format!("<{from}").into_bytes(), format!("<{to}").into_bytes());
    let mut at = 0;
    while let Some(found) = find(&page[at..], &opening) {
        at += found;
        page[at..at + new.len()].copy_from_slice(&new);
        at += new.len();
    }
}
