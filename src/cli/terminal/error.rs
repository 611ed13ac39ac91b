//! Errors in one voice: what happened, why, and a way out, a line each.

use anstyle::AnsiColor;

use super::{Looks, sheet::Sheet, warn};
use crate::{
    cause::{self, Told},
    words::{Language, terminal},
};

/// Tells `error` on standard error.
pub fn tell(error: &anyhow::Error, language: Language) {
    warn(&words(error, language, super::errors()));
}

fn words(error: &anyhow::Error, language: Language, looks: Looks) -> String {
    let Told { said, hints } = cause::tell(error.as_ref());
    let mut sheet = Sheet::new(looks);
    let what = said.first().map_or_else(|| error.to_string(), String::clone);
    sheet.labelled(AnsiColor::Red.on_default().bold(), &terminal::error(language), &what);
    for cause in said.iter().skip(1) {
        sheet.cause(&terminal::cause(language), cause);
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

    #[test]
    fn it_looks_well_everywhere() {
        let error = anyhow!("connection refused").context("`https://cong-an.portal.example/tin-tuc/an-ninh-trat-tu` cannot be reached\nhint: look whether this machine reaches the portal: the net, a firewall, or the address in `feeds/cong-an.toml`");
        insta::assert_snapshot!("error", super::super::in_every_look(|looks, language| words(&error, language, looks)));
    }
}
