//! In which language the demo speaks, and with which words it announces an act.

use crate::{
    demo::Act,
    words::{Language, demo},
};

/// The language that the environment asks for, by the variables that any program goes by, in their order.
pub(super) fn language(variable: impl Fn(&str) -> Option<String>) -> Language {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|said| !said.is_empty());
    let tag = said.unwrap_or_default().to_ascii_lowercase();
    match tag.split(['_', '.', '-', '@']).next() {
        Some("vi") => Language::Vietnamese,
        _ => Language::English,
    }
}

pub(super) fn act(language: Language, act: Act) -> String {
    match act {
        Act::Headlines => demo::headlines(language),
        Act::Rebuilt => demo::rebuilt(language),
        Act::Killed => demo::killed(language),
        Act::StartedAgain => demo::started_again(language),
        Act::Flooded { seconds } => demo::flooded(language, seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_says_something_decides() {
        let of = |all: &'static str, messages: &'static str, lang: &'static str| {
            language(move |name| {
                let said = match name {
                    "LC_ALL" => all,
                    "LC_MESSAGES" => messages,
                    _ => lang,
                };
                Some(said.to_owned())
            })
        };
        assert_eq!(of("", "", "vi_VN.UTF-8"), Language::Vietnamese);
        assert_eq!(of("", "vi", "en_GB"), Language::Vietnamese);
        assert_eq!(of("C.UTF-8", "vi_VN", "vi_VN"), Language::English);
        assert_eq!(of("", "", "vie"), Language::English);
        assert_eq!(language(|_| None), Language::English);
    }
}
