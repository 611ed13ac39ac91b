//! Settings files: TOML text made into a type, or words that name the line, what was expected and the nearest key.
//!
//! It reads no file: whoever does passes the text and the name to be shown.

use std::fmt;

use serde::de::DeserializeOwned;

/// What is wrong with a settings file, in the operator's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as the operator knows it.
    pub file: String,
    /// 1 for the first line; `None` where no line is to blame.
    pub line: Option<usize>,
    pub what: String,
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.what)?;
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// A problem with the key `path` (such as `telegram.pace`), which may stand in `text`.
    pub fn at_key(file: &str, text: &str, path: &str, what: impl fmt::Display) -> Self {
        Self::at_nth_key(file, text, path, 0, what)
    }

    /// The same in the `nth` table of that name, counted from 0, as `[[channel]]` may stand there more than once.
    pub fn at_nth_key(file: &str, text: &str, path: &str, nth: usize, what: impl fmt::Display) -> Self {
        Self { file: file.to_owned(), line: line_of_key(text, path, nth), what: format!("`{path}`: {what}"), hint: None }
    }

    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Reads `text`, the content of `file`.
///
/// # Errors
/// A [`Problem`] for the first thing that is wrong.
pub fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let (what, hint) = explain(error.message());
        // Words that begin with a path come from a check of ours, which knows the key better than the parser.
        let named = what.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(path, _)| path).filter(|path| path.contains('.'));
        let line = named.and_then(|path| line_of_key(text, path, 0)).or(line);
        let what = match error.span().and_then(|span| key_at(text, span.start)) {
            Some(key) if named.is_none() && !what.starts_with("unknown key") && !what.starts_with("the key") => format!("`{key}`: {what}"),
            _ => what,
        };
        Problem { file: file.to_owned(), line, what, hint }
    })
}

/// Serde's words in ours, and the nearest key for one that is unknown.
fn explain(message: &str) -> (String, Option<String>) {
    let message = message.trim().trim_end_matches('.');
    if let Some(key) = message.strip_prefix("missing field ") {
        return (format!("the key {key} is missing"), None);
    }
    let Some(rest) = message.strip_prefix("unknown field `") else {
        let plain =
            [("invalid type: ", "wrong kind of value: "), ("invalid value: ", "wrong value: "), ("unknown variant ", "unknown value ")];
        return (plain.iter().fold(message.to_owned(), |words, (from, to)| words.replace(from, to)), None);
    };
    let (found, expected) = rest.split_once('`').unwrap_or((rest, ""));
    let known: Vec<_> = expected.split('`').skip(1).step_by(2).collect();
    let nearest =
        known.iter().map(|key| (strsim::damerau_levenshtein(found, key), key)).min().filter(|(distance, key)| *distance <= key.len() / 2);
    let hint = nearest.map(|(_, key)| format!("did you mean `{key}`?"));
    let listed = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let what = match known.is_empty() {
        true => format!("unknown key `{found}`: expected no key here"),
        false => format!("unknown key `{found}`: expected one of {listed}"),
    };
    (what, hint)
}

/// The key of the line that `at` points into, with its table.
fn key_at(text: &str, at: usize) -> Option<String> {
    let start = text[..at.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
    let (key, _) = text[start..].lines().next()?.split_once('=')?;
    let table = text[..start].lines().rev().find_map(|line| line.trim().strip_prefix('['));
    let table = table.map(|rest| rest.trim_start_matches('[').split(']').next().unwrap_or_default().trim().to_owned());
    Some(match table {
        Some(table) => format!("{table}.{}", key.trim()),
        None => key.trim().to_owned(),
    })
}

/// The line on which a key is set, in the `nth` table of its name, as far as it is written the usual way.
fn line_of_key(text: &str, path: &str, nth: usize) -> Option<usize> {
    let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
    let mut here = String::new();
    let mut seen = 0;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix('[') {
            here = rest.trim_start_matches('[').split(']').next().unwrap_or_default().trim().to_owned();
            seen += usize::from(here == table);
        } else if here == table && (table.is_empty() || seen == nth + 1) && line.split_once('=').is_some_and(|(name, _)| name.trim() == key)
        {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
    struct Example {
        poll: Poll,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
    struct Poll {
        every: crate::unit::Duration,
        adaptive: bool,
    }

    fn words(text: &str) -> String {
        read::<Example>("bot.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_names_the_line_and_the_nearest() {
        insta::assert_snapshot!(words("# bot\n[poll]\nevry = \"15m\"\n"), @r"
        bot.toml:3: unknown key `evry`: expected one of `every`, `adaptive`
        hint: did you mean `every`?
        ");
        insta::assert_snapshot!(words("[pol]\n"), @r"
        bot.toml:1: unknown key `pol`: expected one of `poll`
        hint: did you mean `poll`?
        ");
    }

    #[test]
    fn a_wrong_value_names_the_key() {
        insta::assert_snapshot!(words("[poll]\nevery = \"15 minuten\"\n"), @"bot.toml:2: `poll.every`: expected a duration such as `15m`, found `15 minuten`");
        insta::assert_snapshot!(words("[poll]\nadaptive = \"yes\"\n"), @r#"bot.toml:2: `poll.adaptive`: wrong kind of value: string "yes", expected a boolean"#);
        insta::assert_snapshot!(words("[poll]\nadaptive = maybe\n"), @"bot.toml:2: `poll.adaptive`: string values must be quoted, expected literal string");
        insta::assert_snapshot!(words("[poll\n"), @"bot.toml:1: unclosed table, expected `]`");
    }

    #[test]
    fn a_key_is_found_again() {
        let text = "a = 1\n[[channel]]\nid = \"x\"\nchat = \"?\"\n[[channel]]\nid = \"y\"\n";
        assert_eq!(line_of_key(text, "channel.id", 1), Some(6));
        assert_eq!(line_of_key(text, "channel.chat", 0), Some(4));
        assert_eq!(line_of_key(text, "a", 0), Some(1));
        assert_eq!(line_of_key(text, "channel.topic", 0), None);
    }
}
