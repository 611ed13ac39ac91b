//! Names of people as bylines write them: parted, freed of "by" and brackets, told from names of publishers.

use super::{credits, metadata::plain, title::host_label, words::normal};
use crate::pattern::Pattern;
use crate::time;

/// Longest name, in characters.
const MAX_NAME: usize = 80;
/// Names of one article; a longer list is of something else.
const MAX_NAMES: usize = 50;

static PREFIX: Pattern = Pattern::new(
    r"(?i)^\s*(by|par|por|door|text|words by|written by|tác giả|người viết|bài viết|author|autor|redaktion:|from|geschrieben von|yazan|автор)\s*:?\s+",
);

/// The names in bylines as a reader sees them, without the words for "by" that begin names as well.
pub fn shown<'a>(bylines: impl IntoIterator<Item = &'a str>, language: &str) -> Vec<String> {
    of(bylines.into_iter().map(|byline| without_particle(byline, language)))
}

/// `Von Anna Schmidt` without `Von`, but `Van Jones` as it is: a particle is a label only in its own language. Where
/// family names begin with it, too, it is one only before a name that is whole without it.
pub fn without_particle<'a>(byline: &'a str, language: &str) -> &'a str {
    let (particle, begins_names) = match language.split(['-', '_']).next().unwrap_or_default() {
        "de" => ("von", false),
        "da" => ("af", false),
        "nb" | "nn" | "no" | "sv" => ("av", false),
        "it" => ("di", true),
        "nl" => ("van", true),
        "es" | "ca" | "gl" | "pt" | "ro" => ("de", true),
        "vi" => ("bởi", false),
        _ => return byline,
    };
    let Some((first, name)) = byline.trim_start().split_once(char::is_whitespace) else { return byline };
    let is_label = first.trim_end_matches(':').to_lowercase() == particle;
    let is_whole = || first.starts_with(char::is_lowercase) || name.split_whitespace().nth(1).is_some();
    if is_label && (!begins_names || is_whole()) { name.trim_start() } else { byline }
}

/// A byline without the stamp behind its name, and what stands behind that: `Jane Doe, 18 November 2019 12:26`.
pub fn without_stamp(byline: &str) -> &str {
    static LABEL: Pattern = Pattern::new(r"[^\p{L}\p{N}.)]*(?:\s(?:\p{Ll}+|Updated|Published|Posted))?[^\p{L}\p{N}.)]*$");
    let date = time::place(byline).filter(|date| byline[date.clone()].contains(|ch: char| ch.is_ascii_digit()));
    let Some(date) = date else { return byline };
    let before = &byline[..date.start];
    let name = LABEL.find(before).map_or(before, |label| &before[..label.start()]);
    if name.chars().any(char::is_alphabetic) { name } else { byline }
}

/// The names in each of `texts`, each once.
pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    static SEVERAL: Pattern = Pattern::new(r"(?i)\s(and|und|et|y|&|và)\s|[;|/]");
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if found.len() >= MAX_NAMES {
            break;
        }
        let text = plain(text);
        if text.starts_with("http:") || text.starts_with("https:") || is_stamp(&text) {
            continue;
        }
        // `Tin, ảnh: Minh Hà`
        let text = credits::of(&text).filter(|_| !credits::is_source(&text)).unwrap_or(text);
        let one = text.split_whitespace().count() <= 4 && !text.contains(',') && !SEVERAL.is_match(&text);
        for name in if one { vec![text.clone()] } else { split(&text) }.into_iter().take(MAX_NAMES) {
            let name = tidy(&name);
            let known = found.iter().any(|known| normal(known) == normal(&name));
            if !normal(&name).is_empty() && !is_role(&name) && !is_no_name(&name) && name.chars().count() <= MAX_NAME && !known {
                found.push(name);
            }
        }
    }
    found
}

/// Parts "A, B and C": a conjunction parts only before a capital, "Jr" belongs to the name before.
fn split(text: &str) -> Vec<String> {
    static MARKS: Pattern = Pattern::new(r"\s*[;|/]\s*|\s*[,、，]\s*");
    static AND: Pattern = Pattern::new(r"\s+(?:and|und|et|y|e|en|og|och|và|&)\s+(\p{Lu})");
    let parted = AND.replace_all(text, " | $1");
    let mut names: Vec<String> = Vec::new();
    for part in MARKS.regex().split(&parted) {
        match names.last_mut() {
            Some(last) if matches!(part.trim_end_matches('.'), "Jr" | "Sr") => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => names.push(part.to_owned()),
        }
    }
    names
}

/// Without "by", closing brackets, addresses and what stands around.
pub fn tidy(name: &str) -> String {
    static BRACKETS: Pattern = Pattern::new(r"\s*\([^)]*\)\s*$");
    static ADDRESS: Pattern = Pattern::new(r"https?://\S+|@\w+|\S+@\S+");
    static TAG: Pattern = Pattern::new(r"<[^>]+>");
    let name = TAG.replace_all(name, " ");
    let name = crate::text::squeeze(&name);
    let name = PREFIX.replace(&name, "");
    let name = BRACKETS.replace(&name, "");
    let name = ADDRESS.replace_all(&name, "");
    // Behind Korean names stands what their bearers are.
    let name = name.trim_end().strip_suffix(" 기자").map_or_else(|| name.clone(), |name| name.to_owned().into());
    name.trim_matches([' ', ',', ';', '|', '/', '-', '–', '·', ':']).to_owned()
}

/// What stands where a name should: a role, an account of the site, nothing.
pub fn is_role(name: &str) -> bool {
    static ROLE: Pattern = Pattern::new(
        r"(?i)^(?:(?:super|site|web|sys)? ?(?:admin|administrator|user)(?: ?\d+)?|webmaster|moderator|root|editor|redaktion|redaction|staff|web ?desk|news ?desk|newsroom|guest|null|none|undefined|unknown|anonymous|wp_\w+|(?:ban |người )?quản trị(?: viên)?(?: (?:website|web|trang|cổng|hệ thống|nội dung|tin|mạng))*|ban biên tập|biên tập viên|bbt|btv|ctv|(?:sign|log) ?(?:in|up|out)|register|subscribe|reply|share|follow|menu|search|contact(?: us)?|read more|comments?|authors?|autor(?:in|en)?|auteurs?|(?:full |your )?name|e-?mail|(?:written|posted|published) (?:by|on|in|at)|(?:last|zuletzt) .{2,20})\W*$",
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

/// A number, a key of a template, a task with who did it (`design: …`), a name that a label is glued to: what is no
/// name of anybody.
fn is_no_name(name: &str) -> bool {
    const DONE: [&str; 7] = ["written by", "reviewed by", "edited by", "posted by", "published on", "fact-checked by", "updated on"];
    let is_key = || !name.contains(' ') && name.matches('.').count() > 1 && !name.contains(char::is_uppercase);
    let is_task = || name.split_once(": ").is_some_and(|(task, _)| task.chars().all(char::is_lowercase));
    let has_label = || {
        let lower = name.to_lowercase();
        DONE.iter().any(|done| lower.contains(done)) || lower.contains("updated") && lower.contains(|ch: char| ch.is_ascii_digit())
    };
    !name.chars().any(char::is_alphabetic) || is_key() || is_task() || (name.contains(' ') && has_label())
}

/// The name of an account: one word in small letters, of which readers are shown the name that its owner goes by.
pub fn is_account(name: &str) -> bool {
    !name.contains(' ') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte))
}

/// A date and its weekday, which stand in elements of authors too.
fn is_stamp(text: &str) -> bool {
    let Some(date) = time::place(text).filter(|_| text.contains(|ch: char| ch.is_ascii_digit())) else { return false };
    let mut around = [&text[..date.start], &text[date.end..]]
        .map(normal)
        .into_iter()
        .flat_map(|part| part.split(' ').map(str::to_owned).collect::<Vec<_>>());
    around.all(|word| {
        word.is_empty() || ["thứ", "hai", "ba", "tư", "năm", "sáu", "bảy", "chủ", "nhật", "ngày", "lúc", "gmt"].contains(&&*word)
    })
}

/// Who publishes: known by name, so that it is not taken for a person.
pub struct Publishers {
    site: String,
    publisher: String,
    label: String,
}

impl Publishers {
    pub fn of(site: Option<&str>, publisher: Option<&str>, host: &str) -> Self {
        Self {
            site: compact(site.unwrap_or_default()),
            publisher: compact(publisher.unwrap_or_default()),
            label: compact(host_label(host)),
        }
    }

    /// Whether `name` is the site's, an agency's or a newsdesk's rather than a person's.
    pub fn has(&self, name: &str) -> bool {
        static DESK: Pattern = Pattern::new(
            r"(?i)nachrichten|redaktion|redaction|newsroom|news ?desk|\beditors?\b$|\bstaff\b|developer|agentur|ban biên tập|cổng thông tin|^(afp|dpa|reuters|ap|sda|apa|epd|kna|tass|ansa|efe|ttxvn)$",
        );
        static DOMAIN: Pattern = Pattern::new(r"(?i)\.(com|de|vn|net|org|fr|co\.uk|tr|at|ch)$");
        static PAPER: Pattern = Pattern::new(r"news|times|post|daily|zeitung");
        let compact = compact(name);
        if compact.is_empty() || compact == self.site || compact == self.publisher {
            return true;
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        // A columnist's own site bears the columnist's name.
        let personal = (2..=3).contains(&words.len())
            && words.iter().all(|word| word.starts_with(char::is_uppercase))
            && compact == self.label
            && !PAPER.is_match(&compact);
        let of_host = compact.chars().count() > 3
            && self.label.chars().count() > 3
            && (self.label.contains(&compact) || compact.contains(&self.label));
        let abbreviation = compact.chars().count() <= 3 && name.chars().all(|ch| !ch.is_lowercase());
        of_host && !personal || DOMAIN.is_match(name.trim()) || DESK.is_match(name) || abbreviation
    }
}

/// Letters and digits without marks and case: `Tin Mới` is the publisher of `tinmoi.vn`.
pub fn compact(name: &str) -> String {
    crate::text::fold(&normal(name)).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_parted_into_names() {
        let cases: [(&str, &[&str]); 25] = [
            ("design: Bo Xu", &[]),
            ("Reviewed by Bo Xu", &[]),
            ("Anna Lee,Bo Xu", &["Anna Lee", "Bo Xu"]),
            ("신현주 기자", &["신현주"]),
            ("Name *", &[]),
            ("Sign In", &[]),
            ("Written by", &[]),
            ("Zuletzt geändert am", &[]),
            ("Tin, ảnh: Trọng Khôi", &["Trọng Khôi"]),
            ("By Anna Lee and Bo Xu", &["Anna Lee", "Bo Xu"]),
            ("Tác giả: Minh Hà", &["Minh Hà"]),
            ("Minh Hà, Thu Lan; MINH HÀ", &["Minh Hà", "Thu Lan"]),
            ("Sammy Davis, Jr., Otto", &["Sammy Davis, Jr.", "Otto"]),
            ("Ana Ruiz (Madrid) ana@x.example", &["Ana Ruiz (Madrid)"]),
            ("admin", &[]),
            ("Super User", &[]),
            ("Administrator", &[]),
            ("Quản trị viên", &[]),
            ("Quản trị hệ thống", &[]),
            ("BBT", &[]),
            ("Thứ sáu, 20/11/2026 - 08:15", &[]),
            ("20 tháng 11 năm 2026", &[]),
            ("Nguyễn Quản Trị", &["Nguyễn Quản Trị"]),
            ("Anna User", &["Anna User"]),
            ("https://x.example/nguoi", &[]),
        ];
        for (byline, expected) in cases {
            assert_eq!(of([byline]), expected, "{byline}");
        }
    }

    #[test]
    fn a_particle_is_by_only_in_its_own_language() {
        for name in ["Van Jones", "De Wang", "Di Xu", "Von Miller", "Av Flox", "Af Malhotra", "Van Morrison Hall"] {
            assert_eq!(of([name]), [name]);
            assert_eq!(shown([name], "en-US"), [name]);
        }
        for (byline, language, expected) in [
            ("Von Anna Schmidt", "de-AT", "Anna Schmidt"),
            ("von Anna", "de", "Anna"),
            ("Von DPA", "de", "DPA"),
            ("Af Ritzau", "da", "Ritzau"),
            ("Di Mario Rossi", "it", "Mario Rossi"),
            ("av Ola Nordmann", "nb", "Ola Nordmann"),
            ("bởi Minh Hà", "vi-VN", "Minh Hà"),
            ("Van Dijk", "nl", "Van Dijk"),
            ("van: Piet Jansen", "nl", "Piet Jansen"),
            ("De Niro", "it", "De Niro"),
            ("von", "de", "von"),
        ] {
            assert_eq!(shown([byline], language), [expected], "{byline}");
        }
    }

    #[test]
    fn a_stamp_is_no_part_of_a_byline() {
        for (byline, name) in [
            ("Jane Doe, 18 November 2019 12:26 PM Print", "Jane Doe"),
            ("Jane Doe on 04/08/2021", "Jane Doe"),
            ("Jane Doe | Updated: 2019-11-18", "Jane Doe"),
            ("Reuters Updated: November 18, 2019", "Reuters"),
            ("Anna Lee Jr. - 18/11/2019", "Anna Lee Jr."),
            ("18/11/2019", "18/11/2019"),
            ("Jane Doe", "Jane Doe"),
        ] {
            assert_eq!(without_stamp(byline), name, "{byline}");
        }
    }

    #[test]
    fn a_house_is_not_a_person() {
        let publishers = Publishers::of(Some("Báo Tin Mới"), None, "tinmoi.vn");
        for name in ["Báo tin mới", "Tin mới", "tinmoi.vn", "AFP", "Reuters", "News desk"] {
            assert!(publishers.has(name), "{name}");
        }
        for name in ["THANH CHƯƠNG", "Minh Hà", "Anna Post"] {
            assert!(!publishers.has(name), "{name}");
        }
    }
}
