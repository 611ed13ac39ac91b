//! What the class and id of an element say about it, in the words that page builders use.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// The kinds of words, in the order of the features that the table of trees was trained with.
/// `related` … `misc` speak against a block, `body`, `paragraph` and `lead` for it.
const PATTERNS: [&str; Mark::COUNT] = [
    r"related|recommend|popular|trending|most-?read|read-?more|also-?read|more-?on|teaser|outbrain|taboola|tin-?khac|lien-?quan|carousel|slider|mehr|verwandt|see-?also|siblings?|card|promo|recirc|upnext|up-next|next-?article",
    r"comment|disqus|discussion|reply|respond",
    r"share|social|follow|toolbar|print|tools",
    r"newsletter|subscri|sign-?up|paywall|login|register|donat|support|abo(?-u:\b)|piano|premium-|signin|membership|call-?to-?action|(?-u:\b)cta(?-u:\b)",
    r"sidebar|side-?bar|footer|nav|menu|breadcrumb|masthead|site-?header|topbar|skip",
    r"advert|(?-u:\b)ads?(?-u:\b)|ad-|-ad(?-u:\b)|_ad_|sponsor|banner|dfp|(?-u:\b)ad_",
    r"cookie|consent|gdpr|modal|popup|overlay|privacy|onetrust|didomi|cmp",
    r"byline|author|(?-u:\b)bio(?-u:\b)|meta(?-u:\b)|timestamp|date|published|dateline|kicker|category|(?-u:\b)tags?(?-u:\b)|tag-?list|topics|keywords|infobox-?meta|reading-?time|readtime",
    r"caption|credit|gallery|figure|image|img|photo|picture|media|video|player|legend|lightbox|bildunter|slideshow",
    r"widget|rating|rate(?-u:\b)|poll|disclaimer|copyright|hidden|feedback|factbox|fact-?box|infobox|info-?box|pullquote|pull-?quote|embed|toc(?-u:\b)|table-of-contents|summary-?list|correction|accordion|tooltip|sr-only|screen-?reader|visually-?hidden|audio|listen|quiz|app-?store",
    r"article-?_?-?body|articlebody|article-?_?-?content|story-?_?-?body|entry-?_?-?content|post-?_?-?content|post-?_?-?body|article-?_?-?text|body-?_?-?text|bodytext|story-?_?-?content|content-?_?-?body|body-?_?-?content|rich-?text|article__body|content__body|detail-?_?-?content|main-?_?-?content|journal-content|noidung|fck_detail|articletext|texto|article-main|article_main|news-?_?-?text|newstext|content-text|textblock|text-block|prose|paywall-?content",
    r"paragraph|text(?-u:\b)|(?-u:\b)txt|body-?copy|bodycopy|prose|(?-u:\b)p-|copy",
    r"lead|intro|chapo|standfirst|sapo|subtitle|sub-?title|sub-?head|deck|(?-u:\b)dek(?-u:\b)|summary|excerpt|description|abstract|teaser-?text|sub-?headline|strapline|vorspann|teasertext|anons|perex|epigraph|bajada|ingress|manchet|preamble",
];

static KINDS: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(PATTERNS.map(|pattern| format!("(?i){pattern}"))).expect("the patterns are constant"));

static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(^|\s)(hidden|is-hidden|invisible|d-none|sr-only|visually-hidden)(\s|$)").expect("the pattern is constant")
});

/// A kind of word in [`Marks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(dead_code, reason = "some kinds are features only, and are known by their place")]
pub enum Mark {
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

impl Mark {
    pub const COUNT: usize = 13;
}

/// The kinds of words in the class and id of one or several elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u32);

impl Marks {
    const HIDDEN: u32 = 1 << 31;

    pub fn of(classes: &str) -> Self {
        if classes.is_empty() {
            return Self(0);
        }
        let kinds = KINDS.matches(classes).iter().fold(0, |kinds, kind| kinds | 1 << kind);
        Self(if HIDDEN.is_match(classes) { kinds | Self::HIDDEN } else { kinds })
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn has(self, mark: Mark) -> bool {
        self.has_kind(mark as usize)
    }

    /// The same by the place of the kind in [`Mark`].
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
        let marks = Marks::of("post-content ad-slot sr-only");
        assert!(marks.has(Mark::Body) && marks.has(Mark::Advert) && marks.hides());
        assert!(!marks.has(Mark::Comment));
        assert!(!Marks::of("shadow").has(Mark::Advert));
        assert!(Marks::of("Tin-khac").has(Mark::Related));
        assert_eq!(Marks::of(""), Marks::default());
    }
}
