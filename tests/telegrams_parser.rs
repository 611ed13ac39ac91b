//! What Telegram's own parser makes of our messages: TDLib, as a library that needs no account and no network.
//!
//! Every message that can be composed has to be taken and to show what was meant, within Telegram's limits; and the
//! stand-in's parser has to say what Telegram's says.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use fastrand::Rng;
use jiff::Timestamp;
use loa::{
    article::Article,
    message::{MAX_BYTES, Message, Room, compose, digest},
    words::Language,
};
use loa_reader::{
    text,
    time::{Precision, Stamp},
};
use loa_stand_ins::bot_api::parse_html;

/// Texts that are composed, and those that are broken at random.
const COMPOSED: usize = 100_000;
const BROKEN: usize = 20_000;
/// Messages of several headlines.
const DIGESTS: usize = 400;

/// Reads texts, a JSON string a line, and prints what TDLib makes of each: whether it is taken, and what is shown or
/// why not.
const PARSER: &str = r#"
import ctypes, json, sys
library = ctypes.CDLL(sys.argv[1])
library.td_execute.restype = ctypes.c_char_p
library.td_execute.argtypes = [ctypes.c_char_p]
def execute(request):
    return json.loads(library.td_execute(json.dumps(request).encode()))
execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
for line in open(sys.argv[2], encoding="utf-8"):
    mode = {"@type": "textParseModeHTML"}
    answer = execute({"@type": "parseTextEntities", "text": json.loads(line), "parse_mode": mode})
    is_taken = answer["@type"] == "formattedText"
    print(json.dumps([is_taken, answer["text" if is_taken else "message"]]))
"#;

/// `tests/run` says so where the library cannot be had.
fn is_left_out() -> bool {
    let is_left_out = std::env::var_os("LOA_WITHOUT_TDLIB").is_some();
    if is_left_out {
        eprintln!("left out: there is no TDLib");
    }
    is_left_out
}

fn library() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/tdlib/node_modules/@prebuilt-tdlib");
    let packages = fs::read_dir(&folder).unwrap_or_else(|_| panic!("there is no TDLib in `{}`: `tests/run` installs it", folder.display()));
    packages.map(|package| package.unwrap().path().join("libtdjson.so")).find(|file| file.exists()).unwrap()
}

/// What Telegram makes of each of these.
fn telegrams<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Result<String, String>> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for text in texts {
        writeln!(file, "{}", serde_json::to_string(text).unwrap()).unwrap();
    }
    file.flush().unwrap();
    let output = Command::new("python3").args(["-c", PARSER]).arg(library()).arg(file.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let verdict = |line: &str| {
        let (is_taken, said): (bool, String) = serde_json::from_str(line).unwrap();
        if is_taken { Ok(said) } else { Err(said) }
    };
    String::from_utf8(output.stdout).unwrap().lines().map(verdict).collect()
}

/// What titles, leads and names are made of.
const PIECES: &[&str] = &[
    "Công an",
    "phường",
    "Đà Nẵng",
    "tin số 7",
    " ",
    "  ",
    "\n",
    "\u{a0}",
    "\t",
    "–",
    "“",
    "”",
    "'",
    "\"",
    "<",
    ">",
    "&",
    "</b>",
    "<b>",
    "<a href=\"x\">",
    "&lt;",
    "&amp;",
    "&#60;",
    "&#xd800;",
    "&nbsp;",
    "{{ title }}",
    "_*[]()~`>#+-=|{}.!",
    "\\",
    "😀",
    "👨‍👩‍👧‍👦",
    "🇻🇳",
    "e\u{323}\u{302}",
    "Z\u{351}\u{36b}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{200f}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{fffd}",
    "\u{e000}",
    "\u{2800}",
    "@kenh",
    "#tag",
    "/start",
    "https://x.vn/?a=1&b=2",
    "漢字",
    "العربية",
    "𝕏",
    "\r\n",
    "\u{2028}",
    "\u{feff}",
    "tg://user?id=5",
];

/// Several pieces; now and then very many.
fn words(random: &mut Rng) -> String {
    let most = match random.u32(..100) {
        0 => 3000,
        1..10 => 300,
        _ => 30,
    };
    (0..random.usize(..most)).map(|_| *random.choice(PIECES).unwrap()).collect()
}

fn article(random: &mut Rng) -> Article {
    let first_seen: Timestamp = "2024-01-18T01:00:00Z".parse().unwrap();
    let address: String = (0..random.usize(..80)).map(|_| *random.choice(PIECES).unwrap()).collect();
    let mut url: url::Url = "https://catp.example/tin".parse().unwrap();
    url.set_path(&address);
    url.set_query(random.bool().then_some(address.as_str()));
    let stamp = |precision| Stamp { at: "2024-01-18T07:29+07:00[Asia/Ho_Chi_Minh]".parse().unwrap(), precision };
    Article {
        id: 1,
        feed: "catp".parse().unwrap(),
        uid: "urn:loa:1".into(),
        url,
        title: words(random),
        summary: random.bool().then(|| words(random)),
        text: words(random),
        html: String::new(),
        author: None,
        published: random.bool().then(|| stamp(if random.bool() { Precision::Minute } else { Precision::Day })),
        image: None,
        language: None,
        categories: Vec::new(),
        attachments: Vec::new(),
        files: Vec::new(),
        first_seen,
        changed: first_seen,
    }
}

/// A seed that can be asked for again.
fn random() -> Rng {
    let seed = std::env::var("LOA_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    eprintln!("LOA_SEED={seed}");
    Rng::with_seed(seed)
}

#[test]
fn telegrams_own_parser_takes_every_message_and_shows_what_was_meant() {
    if is_left_out() {
        return;
    }
    let mut random = random();
    let mut messages: Vec<(Message, Room)> = Vec::new();
    while messages.len() < COMPOSED - DIGESTS {
        let (article, source) = (article(&mut random), words(&mut random));
        for (room, language) in [(Room::Text, Language::Vietnamese), (Room::Caption, Language::English)] {
            messages.push((compose(&article, &source, room, language), room));
        }
    }
    while messages.len() < COMPOSED {
        let items: Vec<_> = (0..random.usize(2..60)).map(|_| (article(&mut random), words(&mut random))).collect();
        messages.push((digest(&items, Language::Vietnamese).0, Room::Text));
    }
    let verdicts = telegrams(messages.iter().map(|(message, _)| message.html.as_str()));
    assert_eq!(verdicts.len(), messages.len());
    for ((message, room), verdict) in messages.iter().zip(&verdicts) {
        assert_eq!(verdict.as_ref(), Ok(&message.shown), "{}", message.html);
        for shown in message.shown_forms() {
            assert!(text::utf16_len(shown) <= room.limit() && !shown.trim().is_empty(), "{} units: {shown}", text::utf16_len(shown));
        }
        assert!(message.html.len() <= MAX_BYTES, "{} bytes", message.html.len());
    }
}

#[test]
fn the_stand_in_says_what_telegrams_own_parser_says() {
    if is_left_out() {
        return;
    }
    let mut random = random();
    let marks =
        ["<i>", "</i>", "</>", "<b", "<code>", "</code>", "<pre>", "</pre>", "<span class='tg-spoiler'>", "</span>", "<p>", "<a>", "</a>"];
    let visible: Vec<&str> = PIECES.iter().copied().filter(|piece| *piece != "\u{0}").collect();
    let mut broken = |_| -> String {
        let piece = |random: &mut Rng| {
            // NUL never comes so far: before it parses, Telegram makes it a space.
            let pieces: &[&str] = if random.bool() { &visible } else { &marks };
            pieces[random.usize(..pieces.len())]
        };
        (0..1 + random.usize(..12)).map(|_| piece(&mut random)).collect()
    };
    let texts: Vec<String> = (0..BROKEN).map(&mut broken).collect();
    let verdicts = telegrams(texts.iter().map(String::as_str));
    let refused = verdicts.iter().filter(|verdict| verdict.is_err()).count();
    assert!(refused > BROKEN / 4 && refused < BROKEN, "{refused} are refused");
    for (source, verdict) in texts.iter().zip(verdicts) {
        let expected = verdict.map_err(|why| why.trim_start_matches("Can't parse entities: ").to_owned());
        assert_eq!(parse_html(source).map(|(shown, _)| shown), expected, "{source:?}");
    }
}
