//! What the class and id of an element say about it, in the words that page builders use.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// The kinds of words, in the order of the features that the table of trees was trained with. A `?` makes the character before it
/// one that may be missing, `\b` is the edge of a word.
/// `related` … `misc` speak against a block, `body`, `paragraph` and `lead` for it.
const PATTERNS: [&str; Hint::COUNT] = [
    r"related|recommend|popular|trending|most-?read|read-?more|also-?read|more-?on|teaser|outbrain|taboola|tin-?khac|lien-?quan|carousel|slider|mehr|verwandt|see-?also|siblings?|card|promo|recirc|upnext|up-next|next-?article",
    r"comment|disqus|discussion|reply|respond",
    r"share|social|follow|toolbar|print|tools",
    r"newsletter|subscri|sign-?up|paywall|login|register|donat|support|abo\b|piano|premium-|signin|membership|call-?to-?action|\bcta\b",
    r"sidebar|side-?bar|footer|nav|menu|breadcrumb|masthead|site-?header|topbar|skip",
    r"advert|\bads?\b|ad-|-ad\b|_ad_|sponsor|banner|dfp|\bad_",
    r"cookie|consent|gdpr|modal|popup|overlay|privacy|onetrust|didomi|cmp",
    r"byline|author|\bbio\b|meta\b|timestamp|date|published|dateline|kicker|category|\btags?\b|tag-?list|topics|keywords|infobox-?meta|reading-?time|readtime",
    r"caption|credit|gallery|figure|image|img|photo|picture|media|video|player|legend|lightbox|bildunter|chuthich|chu-thich|chu_thich|slideshow",
    r"widget|rating|rate\b|poll|disclaimer|copyright|hidden|feedback|factbox|fact-?box|infobox|info-?box|pullquote|pull-?quote|embed|toc\b|table-of-contents|summary-?list|correction|accordion|tooltip|sr-only|screen-?reader|visually-?hidden|audio|listen|quiz|app-?store",
    r"article-?_?-?body|articlebody|article-?_?-?content|story-?_?-?body|entry-?_?-?content|post-?_?-?content|post-?_?-?body|article-?_?-?text|body-?_?-?text|bodytext|story-?_?-?content|content-?_?-?body|body-?_?-?content|rich-?text|article__body|content__body|detail-?_?-?content|main-?_?-?content|journal-content|noidung|fck_detail|articletext|texto|article-main|article_main|news-?_?-?text|newstext|content-text|textblock|text-block|prose|paywall-?content",
    r"paragraph|text\b|\btxt|body-?copy|bodycopy|prose|\bp-|copy",
    r"lead|intro|chapo|standfirst|sapo|subtitle|sub-?title|sub-?head|deck|\bdek\b|summary|excerpt|description|abstract|teaser-?text|sub-?headline|strapline|vorspann|teasertext|anons|perex|epigraph|bajada|ingress|manchet|preamble",
];

/// Classes that hide by name.
const HIDDEN: [&str; 6] = ["hidden", "is-hidden", "invisible", "d-none", "sr-only", "visually-hidden"];

static WORDS: LazyLock<Words> = LazyLock::new(Words::all);

/// One way to write a word of a kind.
#[derive(Debug, Clone, Default)]
struct Word {
    kind: usize,
    text: String,
    /// Whether nothing may stand before and after it that goes on with the word.
    begins: bool,
    ends: bool,
}

/// All words, found in one go through a text.
struct Words {
    list: Vec<Word>,
    found: AhoCorasick,
}

impl Words {
    fn all() -> Self {
        let kinds = PATTERNS.iter().enumerate();
        let list: Vec<Word> = kinds.flat_map(|(kind, pattern)| pattern.split('|').flat_map(move |word| spellings(kind, word))).collect();
        let found = AhoCorasick::builder().ascii_case_insensitive(true).build(list.iter().map(|word| &word.text));
        Self { list, found: found.expect("the words are constant") }
    }

    /// A bit for each kind that `classes` have a word of.
    fn kinds(&self, classes: &str) -> u32 {
        let is_edge = |at: usize| is_part_of_word(classes.as_bytes(), at.checked_sub(1)) != is_part_of_word(classes.as_bytes(), Some(at));
        let found = self.found.find_overlapping_iter(classes).filter_map(|place| {
            let word = &self.list[place.pattern()];
            ((!word.begins || is_edge(place.start())) && (!word.ends || is_edge(place.end()))).then_some(word.kind)
        });
        found.fold(0, |kinds, kind| kinds | 1 << kind)
    }
}

fn is_part_of_word(bytes: &[u8], at: Option<usize>) -> bool {
    at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Every way to write a word of [`PATTERNS`].
fn spellings(kind: usize, pattern: &str) -> Vec<Word> {
    let begins = pattern.starts_with(r"\b");
    let inner = pattern.trim_start_matches(r"\b");
    let ends = inner.ends_with(r"\b");
    let mut texts = vec![String::new()];
    let mut rest = inner.trim_end_matches(r"\b").chars().peekable();
    while let Some(ch) = rest.next() {
        let without = if rest.next_if_eq(&'?').is_some() { texts.clone() } else { Vec::new() };
        texts.iter_mut().for_each(|text| text.push(ch));
        texts.extend(without);
    }
    texts.into_iter().map(|text| Word { kind, text, begins, ends }).collect()
}

/// A kind of word in [`Hints`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(dead_code, reason = "some kinds are features only, and are known by their place")]
pub enum Hint {
    Related,
    Comment,
    Share,
    Newsletter,
    Navigation,
    Advert,
    Cookie,
    Meta,
    Caption,
    Misc,
    Body,
    Paragraph,
    Lead,
}

impl Hint {
    pub const COUNT: usize = 13;
}

/// The kinds of words in the class and id of one or several elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints(u32);

impl Hints {
    const HIDDEN: u32 = 1 << 31;

    pub fn of(classes: &str) -> Self {
        if classes.is_empty() {
            return Self(0);
        }
        let is_hidden = classes.split_ascii_whitespace().any(|class| HIDDEN.iter().any(|hidden| class.eq_ignore_ascii_case(hidden)));
        Self(WORDS.kinds(classes) | if is_hidden { Self::HIDDEN } else { 0 })
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn has(self, hint: Hint) -> bool {
        self.has_kind(hint as usize)
    }

    /// The same by the place of the kind in [`Hint`].
    pub fn has_kind(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }

    /// A class that hides by name.
    pub fn hides(self) -> bool {
        self.0 & Self::HIDDEN != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_tell_what_a_box_is() {
        let hints = Hints::of("post-content ad-slot sr-only");
        assert!(hints.has(Hint::Body) && hints.has(Hint::Advert) && hints.hides());
        assert!(!hints.has(Hint::Comment));
        assert!(!Hints::of("shadow").has(Hint::Advert));
        assert!(Hints::of("Tin-khac").has(Hint::Related));
        assert_eq!(Hints::of(""), Hints::default());
        for (classes, hint) in [
            ("mostRead", Hint::Related),
            ("most-read", Hint::Related),
            ("article_-body", Hint::Body),
            ("c-ad", Hint::Advert),
            ("big_ad_", Hint::Advert),
            ("text", Hint::Paragraph),
        ] {
            assert!(Hints::of(classes).has(hint), "{classes}");
        }
        assert!(!Hints::of("textual").has(Hint::Paragraph) && !Hints::of("broads").has(Hint::Advert));
    }
}
