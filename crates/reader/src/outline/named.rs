//! What is looked for by the name of its element wherever it stands: in the head, in the text, in what no reader sees.

use dom_query::NodeRef;
use html5ever::{LocalName, local_name, tendril::StrTendril};

/// Elements in the order of the page.
#[derive(Default)]
pub struct Named<'d> {
    pub metas: Vec<NodeRef<'d>>,
    /// `title` elements; a drawing has its own.
    pub titles: Vec<NodeRef<'d>>,
    pub bases: Vec<NodeRef<'d>>,
    /// `link` elements.
    pub links: Vec<NodeRef<'d>>,
    pub scripts: Vec<NodeRef<'d>>,
    /// What shows something of elsewhere: `iframe`, `embed` and `object`.
    pub frames: Vec<NodeRef<'d>>,
    /// How many `a` elements there are.
    pub anchors: usize,
}

impl<'d> Named<'d> {
    pub(super) fn add(&mut self, node: NodeRef<'d>, name: &LocalName) {
        match *name {
            local_name!("meta") => self.metas.push(node),
            local_name!("title") => self.titles.push(node),
            local_name!("base") => self.bases.push(node),
            local_name!("link") => self.links.push(node),
            local_name!("script") => self.scripts.push(node),
            local_name!("iframe") | local_name!("embed") | local_name!("object") => self.frames.push(node),
            local_name!("a") => self.anchors += 1,
            _ => (),
        }
    }

    /// The address of the first `link` in this relation to the page that has one.
    pub fn related(&self, relation: &str) -> Option<StrTendril> {
        let is_related = |link: &&NodeRef| link.attr("rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case(relation));
        self.links.iter().filter(is_related).find_map(|link| link.attr("href"))
    }
}
