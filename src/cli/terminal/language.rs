//! The language of the terminal, by the locale that the environment names.

use crate::words::Language;

/// Vietnamese where the locale says so, English otherwise: a terminal that names no language is read by scripts and by
/// the system's log.
pub fn language() -> Language {
    of_locale(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok()))
}

/// The first of the three that is set decides, as for every other program.
fn of_locale(locale: [Option<String>; 3]) -> Language {
    let named = locale.into_iter().flatten().find(|name| !name.is_empty()).unwrap_or_default();
    let language = named.split(['_', '.', '@', '-']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("vi") { Language::Vietnamese } else { Language::English }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_the_environment_counts() {
        let of = |locale: [&str; 3]| of_locale(locale.map(|name| (name != "-").then(|| name.to_owned())));
        let (vietnamese, english) = (Language::Vietnamese, Language::English);
        for (locale, expected) in [
            (["-", "-", "vi_VN.UTF-8"], vietnamese),
            (["-", "vi", "en_US.UTF-8"], vietnamese),
            (["C", "-", "vi_VN.UTF-8"], english),
            (["", "", "vi_VN"], vietnamese),
            (["-", "-", "de_DE.UTF-8"], english),
            (["-", "-", "visayan"], english),
            (["-", "-", "-"], english),
        ] {
            assert_eq!(of(locale), expected, "{locale:?}");
        }
    }
}
