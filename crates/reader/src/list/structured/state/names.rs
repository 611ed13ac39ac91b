//! What the names of values say, where their shape does not: a lead and a text are both long, an author is any words.

use std::{collections::HashMap, sync::LazyLock};

use crate::wordlist;

const LIST: &str = include_str!("names.txt");
static ROLES: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let lines = Role::ALL.into_iter().flat_map(|(role, heading)| wordlist::lines(LIST, heading).map(move |line| (line, role)));
    lines.collect()
});

/// Names around one that says something, and names inside of it.
static AROUND: LazyLock<[Vec<&'static str>; 2]> =
    LazyLock::new(|| ["outer", "inner"].map(|heading| wordlist::lines(LIST, heading).collect()));

/// What a value is of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Lead,
    Body,
    Author,
    Image,
    Date,
}

impl Role {
    /// With the headings of their words.
    const ALL: [(Self, &'static str); 6] = [
        (Self::Title, "title"),
        (Self::Lead, "lead"),
        (Self::Body, "body"),
        (Self::Author, "author"),
        (Self::Image, "image"),
        (Self::Date, "date"),
    ];

    /// By the path of a value, `.tacGia.hoTen`: the first name that says something, if those before it and after it say
    /// nothing else. An author's picture is no author, and a section's description is no article's.
    pub(super) fn of(path: &str) -> Option<Self> {
        let names: Vec<String> = path.split('.').filter(|name| !name.is_empty()).map(plain).collect();
        let first = names.iter().position(|name| ROLES.contains_key(name.as_str()))?;
        let [outer, inner] = &*AROUND;
        let is_own = names[..first].iter().all(|name| outer.contains(&name.as_str()));
        (is_own && names[first + 1..].iter().all(|name| inner.contains(&name.as_str()))).then(|| ROLES[names[first].as_str()])
    }
}

/// `published_at` and `publishedAt` as `publishedat`.
fn plain(name: &str) -> String {
    name.chars().filter(|ch| ch.is_ascii_alphanumeric()).map(|ch| ch.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_value_is() {
        let cases = [
            (".tieuDe", Some(Role::Title)),
            (".title.rendered", Some(Role::Title)),
            (".attributes.published_at", Some(Role::Date)),
            (".tacGia.hoTen", Some(Role::Author)),
            (".authors.0.name", Some(Role::Author)),
            (".author.avatar", None),
            (".anhDaiDien.url", Some(Role::Image)),
            (".category.name", None),
            (".image.alt", None),
            (".section.description", None),
            (".node.fields.headline", Some(Role::Title)),
            (".noi_dung", Some(Role::Body)),
            (".id", None),
        ];
        for (path, expected) in cases {
            assert_eq!(Role::of(path), expected, "{path}");
        }
    }
}
