//! The help of the command line, in other languages than English: that stands at the commands and their arguments.
//!
//! A text is named by its command and argument, as `vi/help.ftl` explains; the tests of the command line hold the two
//! together.

use std::sync::LazyLock;

use super::{Catalogue, Language};

pub(super) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        Catalogue::new("help", &[], |language| match language {
            Language::English => "",
            Language::Vietnamese => include_str!("vi/help.ftl"),
        })
    });
    &CATALOGUE
}

/// Whether the help is written in `language` here.
pub(crate) fn is_there(language: Language) -> bool {
    told(language, "loa", &[]).is_some()
}

/// What is called `name`, with these values in it; `None` where nothing is.
pub(crate) fn told(language: Language, name: &str, values: &[(&'static str, &str)]) -> Option<String> {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    catalogue().find(language, name, &values)
}

/// The names of all texts.
#[cfg(test)]
pub(crate) fn names() -> Vec<String> {
    let resource = fluent_syntax::parser::parse(include_str!("vi/help.ftl")).unwrap();
    let messages = resource.body.iter().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    });
    messages.collect()
}
