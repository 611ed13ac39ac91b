//! A page of which everything is read that needs no other page; what is left is told apart by the site and by further
//! pages.
//!
//! A page is parsed once, though it can be decided only when others were seen: this is what is kept of it meanwhile. It
//! holds no tree, so that it may pass from thread to thread.

use std::collections::HashSet;

use url::Url;

use super::{
    agency, attachments,
    author::Authors,
    block::Block,
    body::{self, Body},
    document, figures,
    layout::Layout,
    names::Publishers,
    names_in_title, other_stories, portal,
    repeated::{self, Repeated},
    rule::{Rule, Without},
    rules::length,
    summary, table, teasers,
};
use crate::{
    article::{Attachment, Draft},
    link,
    page::Page,
    site::{Fingerprint, Link, Others, PagePrints, Site},
    text, tree,
};

/// What [`Draft::problems`] says of a page that has no article.
pub const NO_TEXT: &str = "no article text was found";

/// Words from which a line that stands on two pages of an article is no line of the second one; "Trả lời:" may be.
const SHORTEST_REPEATED: usize = 3;

/// Words from which a line is a paragraph by which an article goes on.
const PARAGRAPH: usize = 8;

/// A page that was read, its article not yet told from its site.
pub struct Opened {
    /// The page's own address.
    pub(super) url: Url,
    /// The address that relative ones start from.
    pub(super) base: Url,
    /// What the head calls the next page; it may be the next article.
    pub(super) next: Option<Url>,
    pub(super) layout: Layout,
    /// Which blocks were taken for the article's, each by itself.
    pub(super) judged: Vec<bool>,
    /// The rule that is left out, if one is.
    pub(super) without: Without,
    /// The block of the headline.
    pub(super) heading: Option<usize>,
    /// All that the page calls itself, the most trusted first; nothing where it shows the headline that the list gave.
    pub(super) own_titles: Vec<String>,
    /// What the page calls itself, whole.
    pub(super) page_title: Option<String>,
    /// What its title and its main headings are made of, in words: what other pages say too is a name.
    pub(super) title_parts: Vec<String>,
    /// What the list calls it, where that is whole.
    pub(super) listed_title: Option<String>,
    /// Whether the form of Vietnamese portals is to be expected.
    pub(super) is_portal: bool,
    /// Whether a frame of the page shows a file.
    pub(super) is_embedded: bool,
    pub(super) description: Option<String>,
    /// The pictures that the page names for the article, the most trusted first.
    pub(super) pictures: Vec<Url>,
    pub(super) listed_picture: Option<Url>,
    /// How many of the categories are sections, and what the page calls its keywords.
    pub(super) sections: usize,
    pub(super) keywords: String,
    pub(super) authors: Authors,
    pub(super) publishers: Publishers,
    /// Who wrote, as the other reader sees it, line by line.
    pub(super) voted_byline: Vec<String>,
    /// All of the draft that is certain.
    pub(super) facts: Draft,
}

/// The article that begins on the first of `pages` and goes on over the others, without what is the site's.
pub fn join(pages: Vec<Opened>, site: &Site) -> Draft {
    let (mut body, mut byline, mut shown) = (Body::default(), None, Shown::default());
    let mut first: Option<Decided> = None;
    for page in pages {
        let mut page = page.decide(site);
        page.drop_shown(&shown);
        body.append(page.body());
        byline = byline.or(page.byline.take());
        shown.add(&page.page);
        first.get_or_insert(page);
    }
    first.map(|first| first.draft(body, byline)).unwrap_or_default()
}

impl Opened {
    /// A page that was not parsed.
    pub(super) fn refused(page: &Page, why: tree::Refused) -> Self {
        Self {
            url: page.url.clone(),
            base: page.url.clone(),
            next: None,
            layout: Layout::default(),
            judged: Vec::new(),
            without: Without::default(),
            heading: None,
            own_titles: Vec::new(),
            page_title: None,
            title_parts: Vec::new(),
            listed_title: None,
            is_portal: false,
            is_embedded: false,
            description: None,
            pictures: Vec::new(),
            listed_picture: None,
            sections: 0,
            keywords: String::new(),
            authors: Authors::default(),
            publishers: Publishers::of(None, None, ""),
            voted_byline: Vec::new(),
            facts: Draft { problems: vec![why.to_string()], ..Draft::default() },
        }
    }

    /// The article, without what is the site's.
    pub fn draft(self, site: &Site) -> Draft {
        join(vec![self], site)
    }

    /// What another page of the site may show too. Texts and pictures are those around the article: a headline in the
    /// sidebars of all other pages is no box of the site.
    pub fn page_prints(&self) -> PagePrints {
        let mut page_prints = PagePrints { address: link::identity(&self.url), title: self.known_title(), ..PagePrints::default() };
        let layout = &self.layout;
        let (accepted, _) = self.complete(&vec![false; self.judged.len()]);
        let Some(container) = layout.container(&accepted) else { return page_prints };
        for (block, accepted) in layout.blocks.iter().zip(&accepted) {
            if *accepted || block.chain.contains(&container) {
                page_prints.add_text(Fingerprint::of_text(&block.normal), &block.text);
            }
            if *accepted && repeated::is_prose(block) {
                page_prints.add_text(Fingerprint::of_article_text(&block.normal), &block.text);
            }
        }
        let media = figures::of_article(layout, &accepted, self.heading).into_iter().filter_map(|medium| medium.address(&self.base));
        page_prints.pictures = media.chain(self.pictures.iter().cloned()).map(|address| Fingerprint::of_address(&address)).collect();
        page_prints.links = (0..layout.links.len()).filter_map(|link| self.link(link)).collect();
        if !self.keywords.is_empty() {
            page_prints.add_text(self.keywords_print(), &self.keywords);
        }
        for part in &self.title_parts {
            page_prints.add_text(names_in_title::print(part), "");
        }
        page_prints
    }

    /// Whether this page goes on with the article on `pages`: under the same headline, with a paragraph that is on none
    /// of them. A last page may hold one sentence, so what stands where the first page has its paragraphs is one of the
    /// article.
    pub fn goes_on(&mut self, pages: &[Self]) -> bool {
        let Some(first) = pages.first() else { return false };
        let (title, of_first) = (self.folded_title(), first.folded_title());
        let mut shown = Shown::default();
        pages.iter().for_each(|page| shown.add(page));
        let is_paragraph = |block: &Block| length(block) >= PARAGRAPH && block.linked < 0.5;
        let (of_article, _) = first.complete(&vec![false; first.judged.len()]);
        let places: HashSet<u64> = (0..of_article.len())
            .filter(|at| of_article[*at] && is_paragraph(&first.layout.blocks[*at]))
            .map(|at| first.layout.place(at))
            .collect();
        for (at, block) in self.layout.blocks.iter().enumerate() {
            self.judged[at] |= is_paragraph(block) && !shown.texts.contains(&block.normal) && places.contains(&self.layout.place(at));
        }
        let (accepted, _) = self.complete(&vec![false; self.judged.len()]);
        let mut new =
            self.layout.blocks.iter().zip(&accepted).filter(|(block, accepted)| **accepted && !shown.texts.contains(&block.normal));
        (title.starts_with(&of_first) || of_first.starts_with(&title)) && new.any(|(block, _)| is_paragraph(block))
    }

    /// Where a link of the page leads, and where it stands.
    fn link(&self, link: usize) -> Option<Link> {
        let layout = &self.layout;
        let target = link::resolve(&self.base, &layout.links[link])?;
        let around = layout.upwards(layout.anchors[link]).skip(1).map(|element| &*element.name);
        Some(Link { target: Fingerprint::of_address(&target), path: Fingerprint::of_path(around.take_while(|name| *name != "body")) })
    }

    /// Where it was found.
    pub fn address(&self) -> &Url {
        &self.url
    }

    /// What the page calls itself, with the names of its site and section.
    pub fn page_title(&self) -> Option<&str> {
        self.page_title.as_deref()
    }

    /// What the article surely says already, before its text is told from the site's: its headline, its date, the
    /// picture that its page names for it.
    pub fn facts(&self) -> Draft {
        Draft { image: self.pictures.first().or(self.listed_picture.as_ref()).cloned(), ..self.facts.clone() }
    }

    /// Told from the same words in an article.
    fn keywords_print(&self) -> Fingerprint {
        Fingerprint::of_text(&format!("keywords: {}", self.keywords))
    }

    fn folded_title(&self) -> String {
        text::fold(self.facts.title.as_deref().unwrap_or_default())
    }

    /// By which the site knows the article: pages may all call themselves alike.
    fn known_title(&self) -> String {
        self.listed_title.as_deref().map_or_else(|| self.folded_title(), text::fold)
    }

    /// The title, unless it is a name that stands on other pages too; then the next that is none.
    fn name_by_itself(&mut self, others: &Others) {
        if !self.own_titles.is_empty() {
            self.facts.title = self.own_titles.iter().find_map(|title| names_in_title::without_names(title, others));
        }
    }

    /// Completes what was judged by itself, without what is `foreign`; gives the byline, taken out of the text.
    fn complete(&self, foreign: &[bool]) -> (Vec<bool>, Option<String>) {
        let layout = &self.layout;
        let judged = without(&self.judged, foreign);
        let is_kept = |rule| self.without.keeps(rule);
        let nothing = vec![false; judged.len()];
        let (teasers, others) = if is_kept(Rule::Teasers) {
            (teasers::of(layout, &judged, self.heading, &self.base), self.others(&judged))
        } else {
            (nothing.clone(), nothing)
        };
        let foreign: Vec<bool> =
            foreign.iter().zip(&teasers).zip(&others).map(|((foreign, teaser), other)| *foreign | teaser | other).collect();
        let mut accepted = without(&judged, &foreign);
        let mut cells = if is_kept(Rule::Tables) { table::accept(layout, &mut accepted) } else { vec![false; accepted.len()] };
        if is_kept(Rule::Galleries) {
            figures::accept_galleries(layout, &mut accepted, self.heading);
        }
        if self.is_portal {
            figures::accept_last(layout, &mut accepted, self.heading);
        }
        let mut byline = None;
        // Behind the paragraphs that were added may stand one more table.
        loop {
            if !self.is_portal || !is_kept(Rule::Portal) {
                break;
            }
            byline = portal::complete(layout, &mut accepted, self.heading, &foreign, &cells).or(byline);
            let known = cells.iter().filter(|cell| **cell).count();
            let mut with_tables = accepted.clone();
            if is_kept(Rule::Tables) {
                cells = table::accept(layout, &mut with_tables);
            }
            if cells.iter().filter(|cell| **cell).count() <= known {
                break;
            }
            accepted = with_tables;
        }
        (without(&accepted, &foreign), byline)
    }

    /// Which blocks are other stories'. Elsewhere a text may well be made of parts that lead on, the recipes of a week.
    fn others(&self, judged: &[bool]) -> Vec<bool> {
        if !self.is_portal {
            return vec![false; judged.len()];
        }
        other_stories::of(&self.layout, judged, self.heading, &self.url, &self.base)
    }

    fn decide(mut self, site: &Site) -> Decided {
        let (accepted, byline) = self.complete(&vec![false; self.judged.len()]);
        let others = site.besides(&link::identity(&self.url), &self.known_title());
        self.name_by_itself(&others);
        let repeated = Repeated::of(&self, &accepted, &others);
        self.pictures.retain(|picture| !repeated::is_pictured(picture, &others));
        let with_keywords = others.with_text(self.keywords_print());
        if with_keywords >= 2 && with_keywords * 2 >= others.pages() {
            self.facts.categories.truncate(self.sections);
        }
        let (accepted, byline) = if repeated.is_nothing() { (accepted, byline) } else { self.complete(&repeated.blocks) };
        self.layout.others = self.others(&self.judged);
        let mut foreign = repeated.media.iter();
        self.layout.media.retain(|_| !foreign.next().copied().unwrap_or(false));
        let is_sites = |link: usize| self.link(link).is_some_and(|link| others.with_link(link) >= 2);
        let attachments = attachments::of(&self.layout, &accepted, self.heading, &self.base, is_sites);
        agency::cut(&mut self.layout, &accepted);
        Decided { page: self, accepted, byline, attachments }
    }
}

fn without(accepted: &[bool], foreign: &[bool]) -> Vec<bool> {
    accepted.iter().zip(foreign).map(|(accepted, foreign)| *accepted && !foreign).collect()
}

/// One page, told from its site.
struct Decided {
    page: Opened,
    accepted: Vec<bool>,
    byline: Option<String>,
    attachments: Vec<Attachment>,
}

impl Decided {
    fn body(&mut self) -> Body {
        let body = body::write(&self.page.layout, &self.accepted, self.page.heading, &self.page.base);
        Body { attachments: std::mem::take(&mut self.attachments), ..body }
    }

    /// What stands on an earlier page of the article is not said again.
    fn drop_shown(&mut self, shown: &Shown) {
        for (accepted, block) in self.accepted.iter_mut().zip(&self.page.layout.blocks) {
            *accepted &= block.words < SHORTEST_REPEATED || !shown.texts.contains(&block.normal);
        }
        let base = &self.page.base;
        self.page.layout.media.retain(|medium| medium.address(base).is_none_or(|address| !shown.media.contains(&address)));
    }

    fn draft(self, mut body: Body, byline: Option<String>) -> Draft {
        body.link_attachments();
        let Self { page, accepted, .. } = self;
        let mut problems = page.facts.problems;
        problems.extend(page.layout.budget.problem());
        if body.text.is_empty() && page.layout.blocks.len() == accepted.len() && !page.layout.elements.is_empty() {
            problems.insert(0, NO_TEXT.to_owned());
        }
        let below = |heading| document::stands_below(&page.layout, heading, &page.base);
        Draft {
            has_document: body.text.is_empty() && (page.is_embedded || page.heading.is_some_and(below)),
            summary: summary::of(&page.layout, &accepted, page.description.as_deref(), page.facts.title.as_deref()),
            author: page.authors.choose(&page.publishers, &page.voted_byline, byline),
            image: page.pictures.into_iter().next().or(body.picture).or(page.listed_picture),
            text: body.text,
            html: body.html,
            attachments: body.attachments,
            problems,
            ..page.facts
        }
    }
}

/// What the pages of an article so far show, in the article and around it.
#[derive(Default)]
struct Shown {
    texts: HashSet<String>,
    media: HashSet<Url>,
}

impl Shown {
    fn add(&mut self, page: &Opened) {
        self.texts.extend(page.layout.blocks.iter().map(|block| block.normal.clone()));
        self.media.extend(page.layout.media.iter().filter_map(|medium| medium.address(&page.base)));
    }
}
