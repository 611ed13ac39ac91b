//! A catalogue: what the words of one area say in each language, read once from texts that are a part of the program.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use super::Language;

/// One word: its name, which is its key in the files, and the names of its parameters.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(test), expect(dead_code, reason = "what is declared is compared with the texts by the tests"))]
pub struct Word {
    pub name: &'static str,
    pub parameters: &'static [&'static str],
}

/// An area's words in every language.
pub struct Catalogue {
    pub area: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "what is declared is compared with the texts by the tests"))]
    pub words: &'static [Word],
    /// In the order of [`Language::ALL`].
    texts: [FluentBundle<FluentResource>; 2],
}

impl Catalogue {
    /// What cannot be read of the texts is left out: the tests name it.
    pub fn new(area: &'static str, words: &'static [Word], text: impl Fn(Language) -> &'static str) -> Self {
        Self { area, words, texts: Language::ALL.map(|language| bundle(language, text(language))) }
    }

    /// What `name` says in `language`.
    pub fn say(&self, language: Language, name: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        // What goes wrong stands in the text as its name, and is found by the tests.
        self.find(language, name, arguments).unwrap_or_else(|| format!("{}.{name}", self.area))
    }

    /// The same; `None` where `language` has no such word.
    pub fn find(&self, language: Language, name: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
        let bundle = &self.texts[Language::ALL.iter().position(|it| *it == language).unwrap_or(0)];
        let pattern = bundle.get_message(name)?.value()?;
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        Some(bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
    }
}

fn bundle(language: Language, text: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(language.tag().parse().into_iter().collect());
    // The marks around a value are for texts of two directions, and show in many a terminal.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Vietnamese => |value, _| grouped(Language::Vietnamese, value),
        Language::English => |value, _| grouped(Language::English, value),
    }));
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "Fluent keeps numbers as floats; ours were whole ones")]
fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(language.number(number.value as u64)),
        _ => None,
    }
}

/// Declares the words of an area: `name;` or `name(parameter: type, …);`, each a function that takes the language
/// first.
macro_rules! words {
    ($area:literal: $($(#[$doc:meta])* $name:ident $(($($parameter:ident: $kind:ty),+))?;)*) => {
        pub(super) fn catalogue() -> &'static crate::words::Catalogue {
            static CATALOGUE: std::sync::LazyLock<crate::words::Catalogue> = std::sync::LazyLock::new(|| {
                let words = &[$(crate::words::catalogue::Word { name: stringify!($name), parameters: &[$($(stringify!($parameter)),+)?] }),*];
                crate::words::Catalogue::new($area, words, |language| match language {
                    crate::words::Language::English => include_str!(concat!("en/", $area, ".ftl")),
                    crate::words::Language::Vietnamese => include_str!(concat!("vi/", $area, ".ftl")),
                })
            });
            &CATALOGUE
        }

        $(
            $(#[$doc])*
            pub(crate) fn $name(language: crate::words::Language $($(, $parameter: $kind)+)?) -> String {
                catalogue().say(language, stringify!($name), &[$($((stringify!($parameter), $parameter.into())),+)?])
            }
        )*
    };
}

pub(super) use words;
