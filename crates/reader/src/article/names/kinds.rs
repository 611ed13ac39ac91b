//! What a text is that stands where a name should: a whole name, an account, a desk, an office, a company; a role, a
//! moment, a right, and what else is no name of anybody.

use crate::{article::words::normal, pattern::Pattern, time};

/// Words of a name that begin with small letters.
pub const PARTICLES: [&str; 9] = ["de", "van", "von", "der", "la", "le", "del", "bin", "al"];

/// Two to four words that begin with capitals, but for particles.
pub fn is_full(name: &str) -> bool {
    let mut words = name.split_whitespace().filter(|word| !PARTICLES.contains(word));
    let is_part = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|ch| ch.is_alphabetic() || ".,'’-*".contains(ch));
    (2..=4).contains(&words.clone().count()) && name.starts_with(char::is_uppercase) && words.all(is_part) && !is_office(name)
}

/// What those are who write: `Senior Writer`.
pub fn is_office(text: &str) -> bool {
    static OFFICE: Pattern = Pattern::new(
        r"(?i)\b(?:writers?|editors?|reporters?|reviewers?|correspondents?|columnists?|contributors?|journalists?|redakteur(?:in)?|journaliste|redactora?)$",
    );
    OFFICE.is_match(text)
}

/// Whether a text names a company by its form.
pub fn is_company(name: &str) -> bool {
    static COMPANY: Pattern = Pattern::new(r"\b(?:GmbH|mbH|AG|KG|Inc|Ltd|LLC|Verlag)\b|\be\. ?V\.");
    COMPANY.is_match(name)
}

/// What stands where a name should: a role, an account of the site, nothing.
pub fn is_role(name: &str) -> bool {
    static ROLE: Pattern = Pattern::new(
        r"(?i)^(?:(?:super|site|web|sys)? ?(?:admin|administrator|user)(?: ?\d+)?|webmaster|moderator|root|editor|redaktion|redaction|staff|red\.?|web ?desk|news ?desk|newsroom|guest|null|none|undefined|unknown|unbenannt|untitled|anonymous|anonym|гость|wp_\w+|(?:ban |người )?quản trị(?: viên)?(?: (?:website|web|trang|cổng|hệ thống|nội dung|tin|mạng))*|ban biên tập|biên tập viên|bbt|btv|ctv|(?:sign|log) ?(?:in|up|out)|register|subscribe|reply|share|follow|menu|search|contact(?: us)?|read more|comments?|updated|published|posted|aktualisiert|veröffentlicht|authors?|autor(?:in|en)?|auteurs?|(?:full |your )?name|e-?mail|(?:written|posted|published) (?:by|on|in|at)|(?:last|zuletzt) .{2,20})\W*$",
    );
    ROLE.is_match(name)
}

/// Who stands for those of a paper that write without their names.
pub fn is_desk(name: &str) -> bool {
    static DESK: Pattern = Pattern::new(
        r"(?i)^(?:redaktion|redaction|rédaction|redacción|redazione|staff|editorial (?:staff|team)|news ?desk|web ?desk|newsroom|ban biên tập)$",
    );
    DESK.is_match(name)
}

/// A number, a key of a template, a task with who did it (`design: …`), a name that a label is glued to, a day, a
/// right: what is no name of anybody.
pub fn is_no_name(name: &str) -> bool {
    const DONE: [&str; 7] = ["written by", "reviewed by", "edited by", "posted by", "published on", "fact-checked by", "updated on"];
    static RIGHT: Pattern =
        Pattern::new(r"(?i)©|\bcopyright\b|\ball rights reserved\b|\bcreative commons\b|^(?:developed|designed|powered) by\b");
    // Who left a comment.
    static SAID: Pattern = Pattern::new(r"\s(?:says|said|schrieb|sagte?|meint|dit)\W*$");
    let is_key = || !name.contains(' ') && name.matches('.').count() > 1 && !name.contains(char::is_uppercase);
    let is_task = || name.split_once(": ").is_some_and(|(task, _)| task.chars().all(char::is_lowercase));
    let has_label = || {
        let lower = name.to_lowercase();
        DONE.iter().any(|done| lower.contains(done)) || lower.contains("updated") && lower.contains(|ch: char| ch.is_ascii_digit())
    };
    !name.chars().any(char::is_alphabetic)
        || is_key()
        || is_task()
        || (name.contains(' ') && has_label())
        || is_timed(name)
        || without_weekday(name).is_empty()
        || is_path(name)
        || [&RIGHT, &SAID].iter().any(|pattern| pattern.is_match(name))
}

/// Whether it is an address without its scheme.
pub fn is_path(name: &str) -> bool {
    static PATH: Pattern = Pattern::new(r"^[\w.-]+\.[a-z]{2,}/\S+$");
    PATH.is_match(name)
}

/// Whether a moment is named: a day with its number, a time of day.
fn is_timed(name: &str) -> bool {
    static CLOCK: Pattern = Pattern::new(r"(?i)\d[:.h]\d\d|\d\s?[ap]\.?m\b");
    let is_dated = || time::place(name).is_some_and(|date| name[date].contains(|ch: char| ch.is_ascii_digit()));
    name.contains(|ch: char| ch.is_ascii_digit()) && (CLOCK.is_match(name) || is_dated())
}

/// A name without the day of the week behind it, which may be glued to it: `Jane DoeMonday`. `Plácido Domingo` keeps
/// his.
pub fn without_weekday(name: &str) -> &str {
    static WEEKDAY: Pattern = Pattern::new(concat!(
        r"[\s,|•·–-]*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|",
        r"[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|[Ss]amedi|[Dd]imanche|",
        r"[Ll]unes|[Mm]artes|[Mm]iércoles|[Jj]ueves|[Vv]iernes|[Ss]ábado|[Dd]omingo)[\s,]*$",
    ));
    let rest = WEEKDAY.find(name).map_or(name, |day| &name[..day.start()]);
    if rest.is_empty() || rest.contains(' ') { rest } else { name }
}

/// The name of an account: one word in small letters, of which readers are shown the name that its owner goes by.
pub fn is_account(name: &str) -> bool {
    !name.contains(' ') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte))
}

/// A date and its weekday, which stand in elements of authors too.
pub fn is_stamp(text: &str) -> bool {
    let Some(date) = time::place(text).filter(|_| text.contains(|ch: char| ch.is_ascii_digit())) else { return false };
    let mut around = [&text[..date.start], &text[date.end..]]
        .map(normal)
        .into_iter()
        .flat_map(|part| part.split(' ').map(str::to_owned).collect::<Vec<_>>());
    around.all(|word| {
        word.is_empty() || ["thứ", "hai", "ba", "tư", "năm", "sáu", "bảy", "chủ", "nhật", "ngày", "lúc", "gmt"].contains(&&*word)
    })
}
