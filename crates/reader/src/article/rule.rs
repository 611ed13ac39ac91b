//! The rules of the article reader by name, so that a trainer can leave one out and tell what it is worth.

/// Declares the rules once, with the names by which a trainer prints them.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident $name:literal,)*) => {
        /// A rule beside the tables of trees and weights: none of them was learned.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rule { $($(#[$doc])* $rule,)* }

        impl Rule {
            /// All of them, those of the text before those of its facts.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// What a trainer calls it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)* }
            }
        }
    };
}

rules! {
    /// What stands with most of the text belongs to it sooner than what stands elsewhere.
    Within "within the text",
    /// Another `<article>` with a heading is another story.
    OtherStories "other stories",
    /// What stands three times is the page's frame, of two copies the first is the text.
    Copies "copies",
    /// A lead before the first paragraph, by description or class.
    Lead "lead",
    /// The paragraph right behind the headline.
    Opening "opening",
    /// The headline is no part of the text.
    TitleInText "title in text",
    /// A label goes with the list of links that it announces.
    Labels "labels of lists",
    /// Headings that paragraphs follow.
    Subheadings "subheadings",
    /// Linked lines between paragraphs that lead to other sites.
    References "references",
    /// The other reader's text, where hardly anything was found.
    Voted "voted",
    /// Another story's headline with its lead, in a box.
    Teasers "teasers",
    /// Tables of data, whole.
    Tables "tables",
    /// Captions of galleries.
    Galleries "galleries",
    /// The form of Vietnamese portals.
    Portal "portal",
    /// A visible heading before an `og:title` that holds it, where no structured data has a headline.
    HeadingFirst "heading first",
    /// A visible main heading that the page's address spells out, before what search engines are told.
    HeadingInAddress "heading in address",
    /// A title that its heading only says more before: `Report: …`.
    HeadingLabelled "heading labelled",
    /// Names of the site behind a title.
    NameBehind "name behind title",
    /// Names of the site before a title.
    NameBefore "name before title",
    /// Authors in meta tags.
    AuthorMeta "author in metas",
    /// Authors marked by `rel` and `itemprop`.
    AuthorMarked "author marked",
    /// Elements that their class calls a byline.
    AuthorByline "author by class",
    /// Links to pages of authors.
    AuthorLinked "author linked",
    /// `By …` as a reader sees it.
    AuthorVisible "author visible",
    /// A name in the line below a label: `Written by`.
    AuthorLabelled "author below label",
    /// The author of the page, or its only person, where structured data have no article with one.
    AuthorOfPage "author of page",
    /// A line of names that holds those of the structured data and more.
    AuthorTogether "authors together",
    /// The name of an account, written as a name elsewhere.
    AuthorSpelled "author spelled",
    /// The other reader's byline.
    AuthorVoted "author voted",
    /// Publishers, where nobody is named.
    AuthorHouse "author a house",
    /// The time of day, or the zone, that stands beside the headline.
    DateRefined "date refined",
    /// An earlier day that is shown, where what is stated is no earlier than the last change.
    DateBeforeChange "date before change",
    /// An earlier day that is shown, where what is stated may be any day of the page.
    DateBeforeVague "date before vague",
    /// Values of scripts, days of pictures.
    DateGuessed "date guessed",
}

/// What is left out: nothing, or one rule.
#[derive(Debug, Clone, Copy, Default)]
pub struct Without(Option<Rule>);

impl Without {
    /// Everything but `rule`.
    pub fn rule(rule: Rule) -> Self {
        Self(Some(rule))
    }

    /// Whether `rule` is to be kept to.
    pub fn keeps(self, rule: Rule) -> bool {
        self.0 != Some(rule)
    }
}
