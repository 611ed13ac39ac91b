//! What is counted about each block, in the order in which the table of trees was trained.
//!
//! The counts must stay exactly as they are: another way of counting needs another table.

use memchr::memmem;

use super::{
    block::Block,
    class_hints::{Hint, Hints},
    hash::ByNumber,
    layout::{Element, Layout},
    shared::shares,
    surroundings::Surroundings,
    words,
};
use crate::pattern::Pattern;

/// Declares the features once: their places and their names in the table.
macro_rules! features {
    ($($feature:ident $name:literal,)*) => {
        #[derive(Clone, Copy)]
        pub enum Feature { $($feature,)* }
        /// What each feature is called in a table of trees, in the order in which they are counted.
        pub const NAMES: &[&str] = &[$($name,)*];
    };
}

features! {
    LogSize "logsize", Words "words", Link "link", Links "nlinks", AllLink "linkall", Stressed "bold", Marks "sent", Ends "ends",
    Upper "upper", Digits "digits",
    TagP "tag_p", TagLi "tag_li", TagH1 "tag_h1", TagH2 "tag_h2", TagH3 "tag_h3", TagH4 "tag_h4", TagH5 "tag_h5", TagDiv "tag_div",
    TagTd "tag_td", TagFigcaption "tag_figcaption", TagBlockquote "tag_blockquote", TagSpan "tag_span", TagSection "tag_section",
    TagA "tag_a", TagTime "tag_time", TagDd "tag_dd", TagPre "tag_pre", TagLabel "tag_label",
    InArticle "anc_article", InMain "anc_main", InAside "anc_aside", InFooter "anc_footer", InHeader "anc_header", InNav "anc_nav",
    InForm "anc_form", InFigure "anc_figure", InUl "anc_ul", InOl "anc_ol", InTable "anc_table", InBlockquote "anc_blockquote",
    InA "anc_a", InSection "anc_section", InP "anc_p",
    NearRelated "neg_rel_near", FarRelated "neg_rel_far", NearComment "neg_com_near", FarComment "neg_com_far",
    NearShare "neg_share_near", FarShare "neg_share_far", NearNewsletter "neg_nl_near", FarNewsletter "neg_nl_far",
    NearNavigation "neg_nav_near", FarNavigation "neg_nav_far", NearAdvert "neg_ad_near", FarAdvert "neg_ad_far",
    NearCookie "neg_cookie_near", FarCookie "neg_cookie_far", NearMeta "neg_meta_near", FarMeta "neg_meta_far",
    NearCaption "neg_cap_near", FarCaption "neg_cap_far", NearMisc "neg_misc_near", FarMisc "neg_misc_far",
    NearBody "pos_body_near", FarBody "pos_body_far", NearParagraph "pos_para_near", FarParagraph "pos_para_far",
    NearLead "pos_lead_near", FarLead "pos_lead_far",
    Hidden "hidden", InMost "in80", InHalf "in50", ParentMass "parmass", ParentShare "massfrac_par", GrandparentShare "massfrac_gp",
    PathMass "pathmass", Position "pos", Passed "cum", Good "good", AfterHeading "after_h1", HeadingDistance "dist_h1",
    IsTitle "istitle", IsDescription "isdesc", Repeated "dup", HasBody "hasab", InBody "inab", Colon "colon", Credit "copyr",
    CallToAction "cta", PathCount "g_n", PathGood "g_good", PathLink "g_link", PathWords "g_words", ParentCount "p_n",
    ParentGood "p_good", ParentLink "p_link", ParentWords "p_words", OtherArticle "oth_art", OutsideArticle "notin_hart",
    ArticleDepth "art_depth", NotFirstArticle "not_first_art", ArticleMass "art_mass", Headings "h1count", Copies "dup3",
    HiddenByClass "cls_hidden", GoodBefore "prevsize_far", GoodAfter "nextsize_far",
    PreviousGood "prev_good", PreviousLink "prev_link", PreviousSize "prev_size", PreviousParent "prev_samepar",
    PreviousPath "prev_samepath", NextGood "next_good", NextLink "next_link", NextSize "next_size", NextParent "next_samepar",
    NextPath "next_samepath", SecondBeforeGood "prev2_good", SecondBeforeLink "prev2_link", SecondBeforeSize "prev2_size",
    SecondAfterGood "next2_good", SecondAfterLink "next2_link", SecondAfterSize "next2_size", GoodAround "win_good",
    GoodFollows "last_good", Vote "dom_smoothie_vote", VoteInside "dom_smoothie_inside", VoteBefore "dom_smoothie_prev",
    VoteAfter "dom_smoothie_next",
}

/// Leaf elements of [`Feature::TagP`] and the features after it.
const TAGS: [&str; 18] = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "div",
    "td",
    "figcaption",
    "blockquote",
    "span",
    "section",
    "a",
    "time",
    "dd",
    "pre",
    "label",
];

/// Elements around a block, of [`Feature::InArticle`] and the features after it, and whether the innermost counts.
const AROUND: [(&str, bool); 15] = [
    ("article", true),
    ("main", true),
    ("aside", true),
    ("footer", true),
    ("header", true),
    ("nav", true),
    ("form", true),
    ("figure", true),
    ("ul", false),
    ("ol", false),
    ("table", false),
    ("blockquote", false),
    ("a", true),
    ("section", false),
    ("p", false),
];

static CREDIT: Pattern =
    Pattern::new(r"(?i)©|\(c\)|copyright|all rights|getty|reuters/|/afp|foto:|photo:|bild:|image:|ảnh:|zdjęcie|crédit");

static CALL_TO_ACTION: Pattern = Pattern::new(concat!(
    r"(?i)^(read|see|watch|more|also|related|lire|lees|lesen|mehr|leer|ver |xem|sign up|subscribe|follow|share|",
    r"advertisement|listen|click|story continues|photo|video|updated|published|by |von |par |por |credit|image|tags?:|",
    r"topics|source:|download)\b",
));

/// The counts of one block.
#[derive(Clone)]
pub struct Features {
    pub values: [f32; Self::COUNT],
}

impl Default for Features {
    fn default() -> Self {
        Self { values: [0.0; Self::COUNT] }
    }
}

impl Features {
    pub const COUNT: usize = NAMES.len();

    pub fn get(&self, feature: Feature) -> f32 {
        self.values[feature as usize]
    }

    fn set(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] = value;
    }

    fn flag(&mut self, feature: Feature, holds: bool) {
        self.set(feature, f32::from(u8::from(holds)));
    }
}

/// What the head of the page says about its article.
#[derive(Default)]
pub struct Claims {
    /// [`words::normal`] of the page's title and description.
    pub title: String,
    pub description: String,
    /// The article's text as structured data give it.
    pub body: String,
}

/// The counts of every block, all but the vote.
pub fn of_page(layout: &Layout, claims: &Claims) -> Vec<Features> {
    let around = Surroundings::of(layout, &claims.title);
    let in_body = if claims.body.is_empty() { Vec::new() } else { shares(&claims.body, &layout.blocks) };
    let has_body = claims.body.chars().nth(200).is_some();
    let place_among = |element: &Element| AROUND.iter().position(|(name, _)| *name == &*element.name);
    let places: Vec<Option<usize>> = layout.elements.iter().map(place_among).collect();
    let description = memmem::Finder::new(beginning(&claims.description, 60));
    let mut all: Vec<Features> = layout
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| {
            let mut features = Features::default();
            own(&mut features, block);
            elements(&mut features, layout, &places, block);
            place(&mut features, &around, at, block);
            claimed(&mut features, claims, &description, block);
            features.flag(Feature::HasBody, has_body);
            features.set(Feature::InBody, in_body.get(at).copied().unwrap_or_default());
            features
        })
        .collect();
    groups(&mut all, &around);
    neighbours(&mut all, layout, &around);
    all
}

/// What the text itself shows.
fn own(features: &mut Features, block: &Block) {
    let text = &block.text;
    features.set(Feature::LogSize, (1.0 + block.weight()).ln());
    features.set(Feature::Words, block.words.min(100) as f32 / 100.0);
    features.set(Feature::Link, block.linked.min(1.0));
    features.set(Feature::Links, block.links.min(10) as f32);
    features.flag(Feature::AllLink, block.linked > 0.9);
    features.set(Feature::Stressed, block.stressed.min(1.0));
    features.flag(Feature::Ends, ends_sentence(text));
    let mut letters = count(text, |byte| byte.is_ascii_alphabetic());
    let mut upper = count(text, |byte| byte.is_ascii_uppercase());
    let mut digits = count(text, |byte| byte.is_ascii_digit());
    let mut marks = count(text, |byte| matches!(byte, b'.' | b'!' | b'?' | b',' | b';' | b':'));
    for ch in crate::text::beyond_ascii(text) {
        let is_usual = words::is_usual_letter(ch);
        letters += usize::from(is_usual || ch.is_alphabetic());
        upper += usize::from(ch.is_uppercase());
        digits += usize::from(!is_usual && ch.is_numeric());
        marks += usize::from(is_punctuation(ch));
    }
    features.set(Feature::Marks, marks.min(10) as f32);
    features.set(Feature::Upper, upper as f32 / letters.max(1) as f32);
    features.set(Feature::Digits, digits as f32 / block.length as f32);
    features.flag(Feature::Colon, text.ends_with(':'));
    features.flag(Feature::Credit, CREDIT.is_match(text));
    features.flag(Feature::CallToAction, CALL_TO_ACTION.is_match(text));
}

/// How many bytes of a text `is_it` says yes to: of many at a time, as what is added up has room for so many.
fn count(text: &str, is_it: impl Fn(u8) -> bool) -> usize {
    let parts = text.as_bytes().chunks(usize::from(u8::MAX));
    parts.map(|part| usize::from(part.iter().map(|byte| u8::from(is_it(*byte))).sum::<u8>())).sum()
}

pub fn is_punctuation(ch: char) -> bool {
    matches!(ch, '.' | '!' | '?' | '…' | '。' | '！' | '？' | ',' | '，' | ';' | ':')
}

/// Whether the last mark, but for closing quotes and brackets, ends a sentence or announces what follows.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', ']']).ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';'])
}

/// What the elements around the block say; `places` are those of all elements in [`AROUND`].
fn elements(features: &mut Features, layout: &Layout, places: &[Option<usize>], block: &Block) {
    let depth = block.chain.len();
    let (mut near, mut far) = (Hints::default(), Hints::default());
    for (level, at) in block.chain.iter().copied().enumerate() {
        let element = &layout.elements[at];
        let innermost = level + 1 == depth;
        let marks = element.kinds;
        if level + 3 >= depth {
            near = near.and(marks);
        } else if !matches!(&*element.name, "body" | "html") {
            far = far.and(marks);
        }
        if level + 6 >= depth && marks.hides() {
            features.flag(Feature::HiddenByClass, true);
        }
        if element.hidden {
            features.flag(Feature::Hidden, true);
        }
        if innermost && let Some(tag) = TAGS.iter().position(|tag| *tag == &*element.name) {
            features.values[Feature::TagP as usize + tag] = 1.0;
        }
        if let Some(around) = places[at].filter(|around| AROUND[*around].1 || !innermost) {
            features.values[Feature::InArticle as usize + around] = 1.0;
        }
    }
    for kind in 0..Hint::COUNT {
        features.values[Feature::NearRelated as usize + 2 * kind] = f32::from(u8::from(near.has_kind(kind)));
        features.values[Feature::FarRelated as usize + 2 * kind] = f32::from(u8::from(far.has_kind(kind)));
    }
}

/// Where the block stands among the good text of the page.
fn place(features: &mut Features, around: &Surroundings, at: usize, block: &Block) {
    let total = around.total;
    let parent = block.parent();
    let grandparent = block.chain.len().checked_sub(3).map_or(parent, |level| block.chain[level]);
    features.flag(Feature::InMost, around.most.is_some_and(|element| block.chain.contains(&element)));
    features.flag(Feature::InHalf, around.half.is_some_and(|element| block.chain.contains(&element)));
    features.set(Feature::ParentMass, around.children[&parent].good_mass / around.best_parent);
    features.set(Feature::ParentShare, around.mass[parent] / total);
    features.set(Feature::GrandparentShare, around.mass[grandparent] / total);
    features.set(Feature::PathMass, around.path_group(at).good_mass / around.best_path);
    features.set(Feature::Position, at as f32 / around.good.len() as f32);
    features.set(Feature::Passed, around.passed[at] / total);
    features.flag(Feature::Good, around.good[at] > 0.0);
    features.flag(Feature::AfterHeading, around.heading.is_some_and(|heading| at > heading));
    features.set(Feature::HeadingDistance, around.heading.map_or(1.0, |heading| at.abs_diff(heading).min(20) as f32 / 20.0));
    features.flag(Feature::Repeated, around.copies[at] > 1);
    features.set(Feature::Copies, around.copies[at].min(6) as f32);
    features.set(Feature::Headings, around.headings_until[at].min(4) as f32);
    let articles = &around.articles[at];
    let outside = around.in_heading_article(articles).is_some_and(|inside| !inside);
    features.flag(Feature::OutsideArticle, outside);
    features.flag(Feature::OtherArticle, outside && !articles.is_empty());
    features.set(Feature::ArticleDepth, articles.len() as f32);
    if let (Some(outer), Some(inner)) = (articles.first(), articles.last()) {
        features.flag(Feature::NotFirstArticle, around.first_article.is_some_and(|first| first != *outer));
        features.set(Feature::ArticleMass, around.article_mass[inner] / total);
    }
}

/// Whether the head of the page names the block; `begins` finds the beginning of its description.
fn claimed(features: &mut Features, claims: &Claims, begins: &memmem::Finder, block: &Block) {
    let normal = &block.normal;
    let (title, description) = (&claims.title, &claims.description);
    features.flag(Feature::IsTitle, !title.is_empty() && normal.chars().nth(8).is_some() && title.contains(normal.as_str()));
    features.flag(
        Feature::IsDescription,
        !description.is_empty()
            && normal.chars().nth(20).is_some()
            && (begins.find(normal.as_bytes()).is_some()
                || memmem::find(description.as_bytes(), beginning(normal, 60).as_bytes()).is_some()),
    );
}

/// At most `characters` of `text`.
pub fn beginning(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

/// Blocks of the same kind, and those with the same parent, taken together.
fn groups(all: &mut [Features], around: &Surroundings) {
    let mut paths: ByNumber<u64, Sums> = ByNumber::default();
    let mut parents: ByNumber<usize, Sums> = ByNumber::default();
    for (at, features) in all.iter().enumerate() {
        paths.entry(around.paths[at]).or_default().add(features);
        parents.entry(around.parents[at]).or_default().add(features);
    }
    for (at, features) in all.iter_mut().enumerate() {
        let sums = &paths[&around.paths[at]];
        features.set(Feature::PathCount, sums.count.min(60.0));
        features.set(Feature::PathGood, sums.good / sums.count);
        features.set(Feature::PathLink, sums.link / sums.count);
        features.set(Feature::PathWords, sums.words / sums.count);
        let sums = &parents[&around.parents[at]];
        features.set(Feature::ParentCount, sums.count.min(60.0));
        features.set(Feature::ParentGood, sums.good / sums.count);
        features.set(Feature::ParentLink, sums.link / sums.count);
        features.set(Feature::ParentWords, sums.words.min(20.0));
    }
}

#[derive(Default)]
struct Sums {
    count: f32,
    good: f32,
    link: f32,
    words: f32,
}

impl Sums {
    fn add(&mut self, features: &Features) {
        self.count += 1.0;
        self.good += features.get(Feature::Good);
        self.link += features.get(Feature::Link);
        self.words += features.get(Feature::Words);
    }
}

/// What stands before and after each block.
fn neighbours(all: &mut [Features], layout: &Layout, around: &Surroundings) {
    let count = all.len();
    let good: Vec<f32> = all.iter().map(|features| features.get(Feature::Good)).collect();
    let mean = |from: usize, to: usize| if from >= to { 0.0 } else { good[from..to].iter().sum::<f32>() / (to - from) as f32 };
    let mut follows = false;
    for at in (0..count).rev() {
        all[at].set(Feature::GoodBefore, mean(at.saturating_sub(10), at));
        all[at].set(Feature::GoodAfter, mean(at + 1, count.min(at + 11)));
        all[at].set(Feature::GoodAround, mean(at.saturating_sub(4), count.min(at + 5)));
        all[at].flag(Feature::GoodFollows, follows);
        follows |= around.good[at] > 0.0 && layout.blocks[at].linked < 0.3;
    }
    for at in 0..count {
        let others = [
            (at.checked_sub(1), Feature::PreviousGood),
            (Some(at + 1), Feature::NextGood),
            (at.checked_sub(2), Feature::SecondBeforeGood),
            (Some(at + 2), Feature::SecondAfterGood),
        ];
        for (place, (other, first)) in others.into_iter().enumerate() {
            let other = other.filter(|other| *other < count);
            let (good, link, size) = other.map_or((0.0, 1.0, 0.0), |other| {
                let other = &all[other];
                (other.get(Feature::Good), other.get(Feature::Link), other.get(Feature::LogSize))
            });
            let first = first as usize;
            all[at].values[first..first + 3].copy_from_slice(&[good, link, size]);
            if place < 2
                && let Some(other) = other
            {
                let same_parent = layout.blocks[at].second_innermost() == layout.blocks[other].second_innermost();
                all[at].values[first + 3] = f32::from(u8::from(same_parent));
                all[at].values[first + 4] = f32::from(u8::from(around.paths[at] == around.paths[other]));
            }
        }
    }
}

/// What another reader may be taken to have made of each block where it gave no answer: it takes most of what stands
/// where most of the good text does, and is no link. To the trees, which know no page without an answer, none would
/// mean that it took nothing.
pub fn likely_votes(all: &[Features]) -> Vec<f32> {
    let is_likely = |features: &Features| features.get(Feature::InMost) > 0.0 && features.get(Feature::Link) < 0.5;
    all.iter().map(|features| f32::from(u8::from(is_likely(features)))).collect()
}

/// Adds what another reader made of each block: `votes` are the shares of the blocks that it took.
pub fn add_votes(all: &mut [Features], votes: &[f32]) {
    let taken = |at: &usize| votes[*at] >= 0.5 && all[*at].get(Feature::Words) >= 0.05;
    let first = (0..all.len()).find(taken);
    let last = (0..all.len()).rfind(taken);
    for (at, features) in all.iter_mut().enumerate() {
        features.set(Feature::Vote, votes[at]);
        features.flag(Feature::VoteInside, first.is_some_and(|first| first <= at) && last.is_some_and(|last| at <= last));
        features.set(Feature::VoteBefore, at.checked_sub(1).map_or(0.0, |before| votes[before]));
        features.set(Feature::VoteAfter, votes.get(at + 1).copied().unwrap_or(0.0));
    }
}
