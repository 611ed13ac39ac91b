//! Errors in one voice: what happened, why, and a way out, a line each.

use anstyle::{AnsiColor, Style};

use super::{Looks, sheet::Sheet, warn};
use crate::{
    cause,
    words::{Language, terminal},
};

/// The beginning of a line that is a way out.
const HINT: &str = "hint: ";

/// Tells `error` on standard error.
pub fn tell(error: &anyhow::Error, language: Language) {
    warn(&words(error, language, super::errors()));
}

fn words(error: &anyhow::Error, language: Language, looks: Looks) -> String {
    let (mut said, mut hints): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for cause in error.chain() {
        let text = cause::of(cause);
        let (ways_out, words): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with(HINT));
        let words = words.join("\n");
        // Libraries like to repeat the words of what they wrap.
        if !words.is_empty() && !said.iter().any(|before| before.contains(&words)) {
            said.push(words);
        }
        hints.extend(ways_out.iter().map(|hint| hint[HINT.len()..].to_owned()).filter(|hint| !hints.contains(hint)).collect::<Vec<_>>());
    }
    let mut sheet = Sheet::new(looks);
    let what = said.first().map_or_else(|| error.to_string(), String::clone);
    sheet.labelled(AnsiColor::Red.on_default().bold(), &terminal::error(language), &what);
    for cause in said.iter().skip(1) {
        sheet.labelled(Style::new().bold(), &terminal::cause(language), cause);
    }
    for hint in &hints {
        sheet.labelled(AnsiColor::Cyan.on_default().bold(), &terminal::hint(language), hint);
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    fn say(error: &anyhow::Error) -> String {
        words(error, Language::English, Looks { width: Some(60), colour: false })
    }

    #[test]
    fn an_error_is_what_why_and_a_way_out() {
        let error = anyhow!("the address is in use")
            .context("cannot listen on `127.0.0.1:8080`\nhint: another program may use it; `[web] listen` names another address");
        insta::assert_snapshot!(say(&error), @r"
        error: cannot listen on `127.0.0.1:8080`
        cause: the address is in use
        hint: another program may use it; `[web] listen` names
              another address
        ");
    }

    #[test]
    fn what_is_said_twice_is_said_once() {
        let error = anyhow!("no answer in time").context("`https://a.vn/` cannot be reached: no answer in time");
        assert_eq!(say(&error), "error: `https://a.vn/` cannot be reached: no answer in time\n");
    }
}
