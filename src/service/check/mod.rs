//! Whether everything is in order: whatever would stop the daemon, or spoil what it does, is found before anybody waits
//! for news.
//!
//! It changes nothing: the store is visited, folders are tried with files that have no names, and only what is asked
//! for is sent.

mod clock;
mod machine;
mod public_url;
mod telegram;
mod templates;

use std::path::Path;

use serde::Serialize;

use super::{Setup, definitions};
use crate::{
    cause::{self, Told},
    store::{self, Store},
    words::{Language, check as said, errors},
};

/// How a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    Good,
    /// To be known; it spoils nothing for certain.
    Note,
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub grade: Grade,
    pub words: String,
    /// The way out.
    pub hints: Vec<String>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub language: Language,
    /// Post a test message to each channel.
    pub sends: bool,
}

/// Takes findings in as they are known.
struct Findings<'a> {
    terms: Terms,
    tell: &'a mut dyn FnMut(Finding),
}

impl Findings<'_> {
    fn language(&self) -> Language {
        self.terms.language
    }

    fn good(&mut self, words: String) {
        (self.tell)(Finding { grade: Grade::Good, words, hints: Vec::new() });
    }

    fn note(&mut self, words: String) {
        (self.tell)(Finding { grade: Grade::Note, words, hints: Vec::new() });
    }

    fn wrong(&mut self, words: String, hint: Option<String>) {
        (self.tell)(Finding { grade: Grade::Wrong, words, hints: hint.into_iter().collect() });
    }

    /// An error with what it says of a way out.
    fn error(&mut self, error: &(dyn std::error::Error + 'static)) {
        let Told { said, hints } = cause::tell(error);
        let in_words = |text: &String| errors::told(self.terms.language, text);
        let words = said.iter().map(in_words).collect::<Vec<_>>().join(": ");
        (self.tell)(Finding { grade: Grade::Wrong, words, hints: hints.iter().map(in_words).collect() });
    }
}

/// Looks at everything that the settings file at `config` names, and tells each finding as soon as it is known.
pub async fn check(config: &Path, terms: Terms, tell: &mut dyn FnMut(Finding)) {
    let mut findings = Findings { terms, tell };
    let settings = match super::Settings::read(config) {
        Ok(settings) => settings,
        Err(problem) => return findings.error(&problem),
    };
    let setup = match settings.written().await {
        Ok(written) => settings.with(&written),
        Err(problem) => settings.without_feeds(problem),
    };
    files(&setup, config, &mut findings);
    let is_running = Store::is_in_use(&setup.config.store).await;
    machine::check(&setup, is_running, &mut findings);
    let store = store(&setup, &mut findings).await;
    public_url::check(&setup, is_running, &mut findings).await;
    let telegram = telegram::check(&setup, &mut findings).await;
    clock::check(&setup, telegram.as_ref(), &mut findings).await;
    if let Some(store) = store {
        templates::check(&setup, &store, &mut findings).await;
        store.close().await;
    }
}

fn files(setup: &Setup, config: &Path, findings: &mut Findings<'_>) {
    let language = findings.language();
    findings.good(config.display().to_string());
    for feed in setup.feeds.iter() {
        let place = definitions::place(setup.config.feeds.from, Path::new("feeds"), &feed.id);
        findings.good(format!("{place}: {}", feed.url));
    }
    for problem in &setup.problems {
        findings.error(problem);
    }
    if setup.feeds.is_empty() && setup.problems.is_empty() {
        findings.wrong(said::no_feeds(language), Some(said::no_feeds_hint(language)));
    }
}

/// The store, where there is one that can be read.
async fn store(setup: &Setup, findings: &mut Findings<'_>) -> Option<Store> {
    let language = findings.language();
    match Store::visit(&setup.config.store).await {
        Ok(store) => {
            match store.damage().await {
                Ok(None) => findings.good(said::store(language, &setup.config.store.name())),
                Ok(Some(why)) => findings.wrong(
                    said::store_damaged(language, &setup.config.store.name(), &errors::told(language, &why)),
                    Some(said::store_damaged_hint(language)),
                ),
                Err(error) => findings.error(&error),
            }
            if store.older_format().is_some() {
                findings.note(said::store_older(language));
            }
            Some(store)
        }
        Err(store::Error::Missing { store }) => {
            findings.note(said::store_missing(language, &store));
            None
        }
        Err(error) => {
            findings.error(&error);
            None
        }
    }
}
