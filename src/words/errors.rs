//! What errors and problems say, in another language than that of the code.
//!
//! Where something goes wrong it is said in English: so it is logged, kept with a feed, and answered by a daemon,
//! whoever looks at it later and in which language. Here such a text is recognised by its form in `en/errors.ftl`, and
//! said by the form of the same name in another language. What has no form stays as it is. The tests hold every form to
//! the code that says it.

use std::sync::LazyLock;

use fluent_bundle::FluentValue;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, PatternElement},
    parser,
};

use super::{Catalogue, Language, terminal};

const ENGLISH: &str = include_str!("en/errors.ftl");
/// The parameter that is an error of its own.
const WHY: &str = "why";
/// What stands before a way out, in the code's own words.
const HINT: &str = "hint: ";

pub(super) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        Catalogue::new("errors", &[], |language| match language {
            Language::English => ENGLISH,
            Language::Vietnamese => include_str!("vi/errors.ftl"),
        })
    });
    &CATALOGUE
}

/// `text` as `language` says it, line by line, each with what it is made of.
pub(crate) fn told(language: Language, text: &str) -> String {
    let line = |line: &str| match line.strip_prefix(HINT) {
        Some(way_out) => format!("{} {}", terminal::hint(language), sentence(language, way_out)),
        None => sentence(language, line),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// One sentence, or several with `; ` or `: ` between them.
fn sentence(language: Language, text: &str) -> String {
    if let Some(said) = whole(language, text) {
        return said;
    }
    if let Some((first, rest)) = text.split_once("; ") {
        return format!("{}; {}", sentence(language, first), sentence(language, rest));
    }
    let said = text
        .match_indices(": ")
        .find_map(|(at, _)| Some(format!("{}: {}", whole(language, &text[..at])?, sentence(language, &text[at + 2..]))));
    // What is before it is a name, such as that of a file.
    let named = || text.split_once(": ").map(|(name, rest)| format!("{name}: {}", sentence(language, rest)));
    said.or_else(named).unwrap_or_else(|| text.to_owned())
}

/// A text that has one form as a whole.
fn whole(language: Language, text: &str) -> Option<String> {
    let (form, values) = FORMS.iter().find_map(|form| Some((form, values(&form.pieces, text)?)))?;
    let values: Vec<(&'static str, FluentValue<'_>)> = values
        .into_iter()
        .map(|(name, value)| (name, if name == WHY { sentence(language, value) } else { value.to_owned() }.into()))
        .collect();
    Some(catalogue().say(language, form.name, &values))
}

/// How an error is said in English.
struct Form {
    name: &'static str,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy)]
enum Piece {
    Words(&'static str),
    Value(&'static str),
}

impl Form {
    /// Letters that it has of its own.
    fn weight(&self) -> usize {
        let length = |piece: &Piece| if let Piece::Words(words) = piece { words.len() } else { 0 };
        self.pieces.iter().map(length).sum()
    }
}

/// Those that say most first.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    // The tests read it whole; what could not be read stays in English.
    let resource = parser::parse(ENGLISH).unwrap_or_else(|(resource, _)| resource);
    let mut forms: Vec<Form> = resource.body.iter().filter_map(form).collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.weight()));
    forms
});

fn form(entry: &Entry<&'static str>) -> Option<Form> {
    let Entry::Message(message) = entry else { return None };
    let piece = |element: &PatternElement<&'static str>| match element {
        PatternElement::TextElement { value } => Some(Piece::Words(value)),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            Some(Piece::Value(id.name))
        }
        PatternElement::Placeable { .. } => None,
    };
    Some(Form { name: message.id.name, pieces: message.value.as_ref()?.elements.iter().map(piece).collect::<Option<_>>()? })
}

/// What `text` has in the places of the values, if it has this form.
fn values<'text>(pieces: &[Piece], text: &'text str) -> Option<Vec<(&'static str, &'text str)>> {
    values_after("", pieces, text)
}

fn values_after<'text>(before: &str, pieces: &[Piece], text: &'text str) -> Option<Vec<(&'static str, &'text str)>> {
    match pieces {
        [] => text.is_empty().then(Vec::new),
        [Piece::Words(words), rest @ ..] => values_after(words, rest, text.strip_prefix(words)?),
        [Piece::Value(name)] => is_value(name, before, text).then(|| vec![(*name, text)]),
        [Piece::Value(name), rest @ ..] => {
            let Some(Piece::Words(next)) = rest.first() else { return None };
            text.match_indices(next).filter(|(at, _)| is_value(name, before, &text[..*at])).find_map(|(at, _)| {
                let mut found = values_after("", rest, &text[at..])?;
                found.insert(0, (*name, &text[..at]));
                Some(found)
            })
        }
    }
}

/// Whether it can stand there: what has no signs around it is no sentence.
fn is_value(name: &str, before: &str, text: &str) -> bool {
    !text.is_empty() && (name == WHY || before.ends_with(['`', '“', '"']) || ![": ", "; "].iter().any(|sign| text.contains(sign)))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn an_error_is_said_in_the_language_of_who_reads_it() {
        let vietnamese = |text: &str| told(Language::Vietnamese, text);
        insta::assert_snapshot!(
            [
                "`https://a.vn/` cannot be reached: connection refused",
                "found 0 of usually 12 headlines: this is the page of an article, and no list of headlines; give the address of the list on which its headline stands",
                "`Ra quân: ngày đầu` could not be read: `https://a.vn/1` answers 503",
                "feeds/x.toml:3: unknown key `urll`: expected one of `url`, `title`\nhint: did you mean `url`?",
                "none of these can be reached: a.vn, Telegram",
                "Bad Request: chat not found",
            ]
            .map(vietnamese)
            .join("\n"),
            @r"
        không kết nối được tới `https://a.vn/`: kết nối bị từ chối
        không thấy tiêu đề nào, thường có 12: đây là trang của một bài viết, không phải danh sách tiêu đề; hãy cho địa chỉ danh sách có tiêu đề của bài
        không đọc được `Ra quân: ngày đầu`: `https://a.vn/1` trả lời 503
        feeds/x.toml:3: khóa lạ `urll`: cần một trong `url`, `title`
        gợi ý: có phải bạn muốn nói `url`?
        không tới được nơi nào trong số này: a.vn, Telegram
        Bad Request: chat not found
        "
        );
    }

    #[test]
    fn english_stays_word_for_word() {
        for text in
            ["`https://a.vn/` answers 404", "found no headlines: the page asks for a login; x", "hint: did you mean `url`?", "1.234 {x}"]
        {
            assert_eq!(told(Language::English, text), text);
        }
    }

    /// A form that no code says would never be found again, and the error it was for stays in English.
    #[test]
    fn every_form_is_said_somewhere_in_the_code() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut code = String::new();
        for folder in ["src", "crates/documents/src", "crates/reader/src"] {
            read_all(&root.join(folder), &mut code);
        }
        // As it is written in the code: across lines, with its own signs for quotes and new lines.
        let code = code.replace("\\\n", "").replace("\\\"", "\"").replace("{{", "{").replace("\\n", "\n");
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_said = |form: &&Form| {
            let longest = form
                .pieces
                .iter()
                .filter_map(|piece| if let Piece::Words(words) = piece { Some(*words) } else { None })
                .max_by_key(|it| it.len());
            // What is said in one case and not in another is written apart.
            longest.is_some_and(|words| words.split(", and ").flat_map(|part| part.split(": ")).all(|part| code.contains(part.trim())))
        };
        let unsaid: Vec<_> = FORMS.iter().filter(|form| !is_said(form)).map(|form| form.name).collect();
        assert_eq!(unsaid, [""; 0]);
    }

    #[test]
    fn every_language_has_every_form() {
        let resource = parser::parse(include_str!("vi/errors.ftl")).unwrap();
        let said: Vec<Form> = resource.body.iter().filter_map(form).collect();
        let names = |form: &Form| {
            let mut names: Vec<_> =
                form.pieces.iter().filter_map(|piece| if let Piece::Value(name) = piece { Some(*name) } else { None }).collect();
            names.sort_unstable();
            names
        };
        for form in FORMS.iter() {
            let other = said.iter().find(|other| other.name == form.name).map(names);
            assert_eq!(other, Some(names(form)), "`{}`", form.name);
        }
        assert_eq!(said.len(), FORMS.len());
        assert_eq!(parser::parse(ENGLISH).unwrap().body.iter().filter(|entry| matches!(entry, Entry::Message(_))).count(), FORMS.len());
    }

    fn read_all(folder: &Path, code: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read_all(&path, code);
            } else if path.extension().is_some_and(|it| it == "rs") {
                code.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
}
