//! Errors in one voice: what happened, why, and a way out, a line each.

use anstyle::AnsiColor;

use super::{Looks, sheet::Sheet, warn};
use crate::{
    cause::{self, Told},
    words::{Language, errors, terminal},
};

/// Tells `error` on standard error.
pub fn tell(error: &anyhow::Error, language: Language) {
    warn(&words(error, language, super::errors()));
}

/// Tells what was not done, and a way out, where the command goes on.
pub fn tell_of(what: &str, hint: Option<&str>, language: Language) {
    warn(&sheet(&[what.to_owned()], hint.map(str::to_owned).as_slice(), language, super::errors()));
}

fn words(error: &anyhow::Error, language: Language, looks: Looks) -> String {
    let Told { said, hints } = cause::tell(error.as_ref());
    let said = if said.is_empty() { vec![error.to_string()] } else { said };
    sheet(&said, &hints, language, looks)
}

fn sheet(said: &[String], hints: &[String], language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    for (nth, what) in said.iter().enumerate() {
        let what = errors::told(language, what);
        match nth {
            0 => sheet.labelled(AnsiColor::Red.on_default().bold(), &terminal::error(language), &what),
            _ => sheet.cause(&terminal::cause(language), &what),
        }
    }
    for hint in hints {
        sheet.labelled(AnsiColor::Cyan.on_default().bold(), &terminal::hint(language), &errors::told(language, hint));
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use std::{io, path::Path};

    use anyhow::anyhow;
    use loa_reader::list::Obstacle;

    use super::*;
    use crate::{fetch, jobs::poll, service, store, target::Failure};

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

    /// Every error that an operator meets, as it comes from where it happens.
    #[test]
    fn they_look_well_everywhere() {
        let url = || "https://cong-an.portal.example/tin-tuc/an-ninh-trat-tu".to_owned();
        let problem =
            |text: &str| crate::feed::read("cong-an".parse().unwrap(), "feeds/cong-an.toml", text, Path::new(""), &|_| None).unwrap_err();
        let errors: Vec<anyhow::Error> = vec![
            anyhow!("connection refused").context(format!("`{}` cannot be reached", url())),
            fetch::Error::Timeout { url: url(), after: "30s".parse().unwrap() }.into(),
            fetch::Error::Status { url: url(), status: 503 }.into(),
            fetch::Error::Gone { url: url() }.into(),
            fetch::Error::Private { url: url(), address: [192, 168, 0, 1].into() }.into(),
            fetch::Error::Robots { url: url(), why: "its robots.txt forbids it".to_owned() }.into(),
            poll::Error::Empty { usual: 12, is_vacant: true, remarks: vec!["no list of headlines was found".to_owned()] }.into(),
            poll::Error::Obstacle { usual: 0, obstacle: Obstacle::Login }.into(),
            poll::Error::Unrelated { found: 7 }.into(),
            poll::Error::Older { again: 1, usual: 12, refused: Vec::new() }.into(),
            poll::Error::Vanished { again: 2, usual: 20, is_vacant: true }.into(),
            problem("urll = \"https://a.vn\"").into(),
            problem("url = \"https://a.vn\"\nevery = \"soon\"").into(),
            problem("url = \"https://a.vn\"\n[source.page]\nitem = \"h2 >\"").into(),
            store::Error::InUse { store: "sqlite:loa.db".to_owned() }.into(),
            store::Error::Newer { store: "loa.db".to_owned(), found: 14, known: 12 }.into(),
            store::Error::Damaged { store: "loa.db".to_owned(), why: "the file is damaged".to_owned() }.into(),
            store::Error::Missing { store: "loa.db".to_owned() }.into(),
            store::Error::Open { store: "/var/lib/loa/loa.db".to_owned(), source: io::ErrorKind::PermissionDenied.into() }.into(),
            store::Error::Taken { file: "/var/backups/loa.db".to_owned() }.into(),
            Failure::Token { why: "Unauthorized".to_owned() }.into(),
            Failure::NotSent { why: "`api.telegram.org` cannot be reached: no name server answers".to_owned() }.into(),
            anyhow!("the address is in use")
                .context("cannot listen on `127.0.0.1:8080`\nhint: another program may use it; `[web] listen` names another address"),
            service::Error::Refused { why: "there is no feed `polise`".to_owned(), hint: "did you mean `police`?".to_owned() }.into(),
        ];
        let show = |looks, language| errors.iter().map(|error| words(error, language, looks)).collect::<Vec<_>>().join("--\n");
        insta::assert_snapshot!("errors", super::super::in_every_look(show));
    }
}
