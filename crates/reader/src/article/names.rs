//! Names of people as bylines write them: parted, freed of "by" and brackets, told from names of publishers.

mod kinds;

use super::{credits, metadata::plain, title::host_label, words::normal};
use crate::pattern::Pattern;
use crate::time;
pub use kinds::{PARTICLES, is_account, is_desk, is_full, is_office, is_role};
use kinds::{is_company, is_no_name, is_path, is_stamp, without_weekday};

/// Longest name, in characters.
const MAX_NAME: usize = 80;
/// Names of one article; a longer list is of something else.
const MAX_NAMES: usize = 50;
/// Letters of the name of an account, which may have no capital.
const SHORTEST_ACCOUNT: usize = 4;

/// What says before a name that it wrote.
static PREFIX: Pattern = Pattern::new(concat!(
    r"(?i)^\s*(?:",
    r"(?:(?:analysis|article|column|commentary|contributed|created|interview|opinion|posted|published|report|reported|review|story|",
    r"submitted|text|words|written) )?by|",
    r"(?:(?:écrit|posté|publié|rédigé|recueillis?|propos recueillis) )?par|(?:(?:escrito|publicado|redactado) )?por|(?:geschreven )?door|",
    r"(?:aufgezeichnet|eingestellt|erstellt|geschrieben|verfasst|veröffentlicht) (?:durch|von)|(?:pubblicato|scritto) da|",
    r"text|tác giả|người viết|bài viết|author|autor|redaktion:|from|yazan|автор|текст)\s*:?\s+",
));

/// The names in bylines as a reader sees them, without the words for "by" that begin names as well.
pub fn shown<'a>(bylines: impl IntoIterator<Item = &'a str>, language: &str) -> Vec<String> {
    of(bylines.into_iter().map(|byline| without_particle(byline, language)))
}

/// The names in a line that may say other things too: several only where all of them are whole, and no office alone.
pub fn in_line(line: &str, language: &str) -> Vec<String> {
    let line = without_stamp(without_particle(line, language));
    let names = of([line]);
    if is_office(line) && line.split_whitespace().count() <= 2 {
        return Vec::new();
    }
    if names.len() < 2 || names.iter().all(|name| is_full(name)) { names } else { vec![tidy(line)] }
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

/// A byline without its stamp and what stands behind that: `Jane Doe, 18 November 2019 12:26`; where the stamp comes
/// first, what is said to have been written by behind it: `18 November 2019 by Jane Doe`.
pub fn without_stamp(byline: &str) -> &str {
    static LABEL: Pattern = Pattern::new(r"[^\p{L}\p{N}.)]*(?:\s(?:\p{Ll}+|Updated|Published|Posted))?[^\p{L}\p{N}.)]*$");
    let date = time::place(byline).filter(|date| byline[date.clone()].contains(|ch: char| ch.is_ascii_digit()));
    let Some(date) = date else { return byline };
    let before = &byline[..date.start];
    let name = without_weekday(LABEL.find(before).map_or(before, |label| &before[..label.start()]));
    if name.contains(char::is_uppercase) || name.chars().filter(|ch| ch.is_alphabetic()).count() >= SHORTEST_ACCOUNT {
        return name;
    }
    let after = byline[date.end..].trim_start_matches(|ch: char| !ch.is_alphabetic());
    if PREFIX.is_match(after) { after } else { byline }
}

/// The names in each of `texts`, each once.
pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    static SEVERAL: Pattern = Pattern::new(r"(?i)\s(and|und|et|y|&|và)\s|[;|/]");
    // Who did something else.
    static OTHERS: Pattern =
        Pattern::new(r"(?i)[.,;|•·–-]?\s+(?:(?:medically )?reviewed|edited|fact-checked|photos?|updated|translated) by\s.*$");
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if found.len() >= MAX_NAMES {
            break;
        }
        let text = plain(text);
        if text.starts_with("http:") || text.starts_with("https:") || is_stamp(&text) {
            continue;
        }
        let text = OTHERS.replace(without_stamp(&text), "").into_owned();
        // `Tin, ảnh: Minh Hà`
        let text = credits::of(&text).filter(|_| !credits::is_source(&text)).unwrap_or(text);
        let is_short = text.split_whitespace().count() <= 4 && !text.contains(',') && !SEVERAL.is_match(&text);
        let one = is_short || is_company(&text) || is_path(&text);
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

/// What stands behind a name and a comma and belongs to it.
const DEGREES: [&str; 22] = [
    "Jr", "Sr", "BA", "BSc", "CFA", "CFP", "CPA", "DDS", "DVM", "Esq", "JD", "LCSW", "LDN", "MA", "MBA", "MD", "MPH", "MSc", "PhD", "RD",
    "RDN", "RN",
];

/// Parts "A, B and C": a conjunction parts only before a capital, a degree belongs to the name before.
fn split(text: &str) -> Vec<String> {
    static MARKS: Pattern = Pattern::new(r"\s*[;|/]\s*|\s*[,、，]\s*");
    static AND: Pattern = Pattern::new(r"\s+(?:and|und|et|y|e|en|og|och|và|&)\s+(\p{Lu})");
    let parted = AND.replace_all(text, " | $1");
    let mut names: Vec<String> = Vec::new();
    for part in MARKS.regex().split(&parted) {
        match names.last_mut() {
            Some(last) if DEGREES.contains(&part.replace(['.', '*', ' '], "").as_str()) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => names.push(part.to_owned()),
        }
    }
    names
}

/// `Doe, Jane B.` as `Jane B. Doe`; whatever else stands there as it is.
pub fn given_first(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given)) if !given.contains([',', ';']) && !DEGREES.contains(&given) => format!("{given} {family}"),
        _ => name.to_owned(),
    }
}

/// Without "by", closing brackets, addresses and what stands around.
pub fn tidy(name: &str) -> String {
    static BRACKETS: Pattern = Pattern::new(r"\s*\([^)]*\)\s*$");
    static ADDRESS: Pattern = Pattern::new(r"https?://\S+|@\w+|\S+@\S+");
    static TAG: Pattern = Pattern::new(r"<[^>]+>");
    // What leads from a name to all that its bearer wrote.
    static MORE: Pattern = Pattern::new(concat!(
        r"(?i)(?:^|[\s,|·–-]+)(?:(?:show|view|see|read|zeige) )?(?:all (?:articles|posts|stories)|more (?:articles|posts|stories|by|from)|",
        r"print this|alle (?:artikel|beiträge)|mehr von|(?:tous|toutes) (?:ses|les)|(?:view|afficher) (?:my|mon))\b.*$",
    ));
    let name = TAG.replace_all(name, " ");
    let name = crate::text::squeeze(&name);
    let name = PREFIX.replace(&name, "");
    let name = BRACKETS.replace(&name, "");
    let name = ADDRESS.replace_all(&name, "");
    let name = MORE.replace(&name, "");
    // Behind Korean names stands what their bearers are.
    let name = name.trim_end().strip_suffix(" 기자").map_or_else(|| name.clone(), |name| name.to_owned().into());
    let name = name.trim_matches([' ', ',', ';', '|', '/', '-', '–', '—', '·', ':']);
    // The point behind a word is none of an initial.
    let ends = |name: &&str| name.rsplit(' ').next().is_some_and(|last| last.chars().filter(|ch| ch.is_alphabetic()).count() > 4);
    name.strip_suffix('.').filter(ends).unwrap_or(name).to_owned()
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
        of_host && !personal || DOMAIN.is_match(name.trim()) || DESK.is_match(name) || is_company(name) || abbreviation
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
        let cases: [(&str, &[&str]); 40] = [
            ("design: Bo Xu", &[]),
            ("Anna Lee November 18, 2019 11:03 PM", &["Anna Lee"]),
            ("June 5, 2019 by Anna Lee", &["Anna Lee"]),
            ("Anna Lee, Bo XuMonday, November 18", &["Anna Lee", "Bo Xu"]),
            ("Analysis by Anna Lee", &["Anna Lee"]),
            ("Recueilli par Anna LEMAIRE.", &["Anna LEMAIRE"]),
            ("erstellt von Anna —", &["Anna"]),
            ("Anna Lee, DVM. Reviewed by Bo Xu, DVM", &["Anna Lee, DVM"]),
            ("Anna Lee, More by Anna Lee", &["Anna Lee"]),
            ("Anna Lee Alle Artikel", &["Anna Lee"]),
            ("Bridge GmbH, Town, Germany", &["Bridge GmbH, Town, Germany"]),
            ("Anna Lee says", &[]),
            ("5:01 PM IST", &[]),
            ("Donnerstag", &[]),
            ("© Anna Lee", &[]),
            ("town.example/anna", &[]),
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
            ("Jane DoeTuesday, 18 November 2019", "Jane Doe"),
            ("Plácido Domingo, 18 November 2019", "Plácido Domingo"),
            ("18 November 2019 by Jane Doe", "by Jane Doe"),
            ("18/11/2019 Local News", "18/11/2019 Local News"),
            ("18/11/2019", "18/11/2019"),
            ("Jane Doe", "Jane Doe"),
        ] {
            assert_eq!(without_stamp(byline), name, "{byline}");
        }
    }

    #[test]
    fn a_line_may_say_other_things_than_names() {
        for (line, expected) in [
            ("Von Anna Schmidt und Bo Xu", &["Anna Schmidt", "Bo Xu"] as &[&str]),
            ("Die Ämter für Wasser, Wege und Brücken", &["Die Ämter für Wasser, Wege und Brücken"]),
            ("Expert Reviewer", &[]),
            ("Anna Schmidt, Senior Writer", &["Anna Schmidt, Senior Writer"]),
        ] {
            assert_eq!(in_line(line, "de"), expected, "{line}");
        }
    }

    #[test]
    fn libraries_put_the_family_first() {
        for (name, expected) in
            [("Lee, Anna B.", "Anna B. Lee"), ("Anna Lee", "Anna Lee"), ("Lee, PhD", "Lee, PhD"), ("Lee, Xu, Doe", "Lee, Xu, Doe")]
        {
            assert_eq!(given_first(name), expected);
        }
    }

    #[test]
    fn a_house_is_not_a_person() {
        let publishers = Publishers::of(Some("Báo Tin Mới"), None, "tinmoi.vn");
        for name in ["Báo tin mới", "Tin mới", "tinmoi.vn", "AFP", "Reuters", "News desk", "Bridge GmbH"] {
            assert!(publishers.has(name), "{name}");
        }
        for name in ["THANH CHƯƠNG", "Minh Hà", "Anna Post"] {
            assert!(!publishers.has(name), "{name}");
        }
    }
}
