//! The accepted blocks and pictures as plain HTML, in the order of the page, and the same words as text.

use std::{collections::HashMap, fmt::Write};

use url::Url;

use super::{
    block::{Block, Style},
    features::ends_sentence,
    figures,
    layout::Layout,
    media,
    media::{Kind, Medium},
    sanitise::sanitise,
    table,
    videos::{self, Shown},
};
use crate::draft::Attachment;

/// Lists, items and quotations around a block that are written; what is nested deeper is written as if it were not.
const FRAMES: usize = 24;

/// An article's body in its two forms, and its first picture.
#[derive(Default)]
pub struct Body {
    pub text: String,
    pub html: String,
    pub picture: Option<Url>,
    pub attachments: Vec<Attachment>,
}

impl Body {
    /// Adds what the next page of the article says.
    pub fn append(&mut self, more: Self) {
        if !self.text.is_empty() && !more.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(&more.text);
        self.html.push_str(&more.html);
        self.picture = self.picture.take().or(more.picture);
        self.attachments.extend(more.attachments);
    }

    /// Links what is attached and was not linked in the text.
    pub fn link_attachments(&mut self) {
        let mut links = String::new();
        for Attachment { url, title, .. } in &self.attachments {
            let href = format!("href=\"{}\"", escape(url.as_str()));
            if !self.html.contains(&href) {
                let _ = write!(links, "<p><a {href}>{}</a></p>", escape(title));
            }
        }
        self.html.push_str(&sanitise(&links));
    }
}

/// Writes what was `accepted`; `heading` is the block of the headline, addresses start from `base`.
pub fn write(layout: &Layout, accepted: &[bool], heading: Option<usize>, base: &Url) -> Body {
    let mut writer = Writer {
        layout,
        accepted,
        heading,
        base,
        tables: HashMap::new(),
        paragraphs: Vec::new(),
        html: String::new(),
        open: Vec::new(),
        picture: None,
    };
    writer.run();
    Body { text: writer.paragraphs.join("\n\n"), html: sanitise(&writer.html), picture: writer.picture, attachments: Vec::new() }
}

/// An element that is open around what is written next, by its place in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    List(usize, &'static str),
    Item(usize),
    Quote(usize),
}

impl Frame {
    fn name(self) -> &'static str {
        match self {
            Self::List(_, name) => name,
            Self::Item(_) => "li",
            Self::Quote(_) => "blockquote",
        }
    }
}

struct Writer<'a> {
    layout: &'a Layout,
    accepted: &'a [bool],
    heading: Option<usize>,
    base: &'a Url,
    /// Whether a table holds data, asked of each once.
    tables: HashMap<usize, bool>,
    paragraphs: Vec<String>,
    html: String,
    /// From outside in.
    open: Vec<Frame>,
    picture: Option<Url>,
}

impl Writer<'_> {
    fn run(&mut self) {
        let media = figures::of_article(self.layout, self.accepted, self.heading);
        let mut media = media.into_iter().peekable();
        let mut at = 0;
        while at < self.layout.blocks.len() {
            let mut captioned = false;
            while let Some(medium) = media.next_if(|medium| medium.before <= at) {
                // Of several pictures in a row the caption is the last one's.
                let is_last = media.peek().is_none_or(|next| next.before > at);
                captioned |= self.medium(medium, is_last.then_some(at));
            }
            if captioned || !self.accepted[at] {
                at += 1;
                continue;
            }
            at = match (table::around(self.layout, at), self.around(at, &["pre"])) {
                (Some(table), _) if self.is_data(table) => self.table(table, at),
                (_, Some(lines)) => self.lines(lines, at),
                _ => {
                    self.block(at);
                    at + 1
                }
            };
        }
        for medium in media {
            self.medium(medium, None);
        }
        self.within(&[]);
    }

    fn is_data(&mut self, table: usize) -> bool {
        *self.tables.entry(table).or_insert_with(|| table::is_data(self.layout, self.accepted, table))
    }

    /// The address as it is written, as long as there is room for more.
    fn address(&self, written: &str) -> Option<Url> {
        media::resolve(self.base, written).filter(|address| self.layout.budget.spend_bytes(address.as_str().len()))
    }

    /// Writes a picture or a film; true where the block that `follows` became its caption.
    fn medium(&mut self, medium: &Medium, follows: Option<usize>) -> bool {
        match &medium.kind {
            Kind::Picture { address, alt } => {
                let Some(address) = address.as_deref().and_then(|address| self.address(address)) else { return false };
                self.within(&[]);
                self.picture.get_or_insert_with(|| address.clone());
                let _ = write!(self.html, "<figure><img src=\"{}\" alt=\"{}\">", escape(address.as_str()), escape(alt));
                let caption = figures::caption_of(self.layout, self.accepted, medium).filter(|caption| Some(*caption) == follows);
                if let Some(caption) = caption {
                    self.html.push_str("<figcaption>");
                    self.words(caption);
                    self.html.push_str("</figcaption>");
                }
                self.html.push_str("</figure>");
                caption.is_some()
            }
            Kind::Film { address } => {
                self.within(&[]);
                self.film(address);
                false
            }
        }
    }

    /// A film that feed readers can play stays one; others become a still that leads to them, or a line with a link.
    fn film(&mut self, address: &str) {
        let Some(address) = self.address(address) else { return };
        let _ = match videos::shown(address) {
            Shown::Audio(file) => write!(self.html, "<audio src=\"{}\" controls></audio>", escape(file.as_str())),
            Shown::Video(file) => write!(self.html, "<video src=\"{}\" controls></video>", escape(file.as_str())),
            Shown::Still { watch, still } => {
                let (watch, still) = (escape(watch.as_str()), escape(still.as_str()));
                write!(self.html, "<figure><a href=\"{watch}\"><img src=\"{still}\" alt=\"video\"></a></figure>")
            }
            Shown::Link(watch) => {
                self.paragraphs.push(format!("Video: {watch}"));
                let watch = escape(watch.as_str());
                write!(self.html, "<p>Video: <a href=\"{watch}\">{watch}</a></p>")
            }
        };
    }

    fn block(&mut self, at: usize) {
        let layout = self.layout;
        let block = &layout.blocks[at];
        // A whole sentence of some length is a lead, not a heading, whatever its element.
        let is_sentence = block.words > 14 && ends_sentence(&block.text);
        let heading = self.around(at, &["h1", "h2", "h3", "h4", "h5", "h6"]).filter(|_| !is_sentence);
        let element = if let Some(heading) = heading {
            self.within(&[]);
            match &*layout.elements[heading].name {
                "h1" | "h2" => "h2",
                "h3" => "h3",
                _ => "h4",
            }
        } else {
            let frames = self.frames(block);
            self.within(&frames);
            // An item that is one block needs no paragraph of its own.
            match frames.last() {
                Some(Frame::Item(item)) if self.is_only_block_of(*item, at) => "",
                _ => "p",
            }
        };
        if !element.is_empty() {
            let _ = write!(self.html, "<{element}>");
        }
        self.words(at);
        if !element.is_empty() {
            let _ = write!(self.html, "</{element}>");
        }
    }

    /// The innermost element of one of these names around a block.
    fn around(&self, at: usize, names: &[&str]) -> Option<usize> {
        let chain = &self.layout.blocks[at].chain;
        chain.iter().rev().copied().find(|element| names.contains(&&*self.layout.elements[*element].name))
    }

    /// Writes what stands in a `pre` as one paragraph with its lines; gives the first block behind it.
    fn lines(&mut self, element: usize, first: usize) -> usize {
        let layout = self.layout;
        let frames = self.frames(&layout.blocks[first]);
        self.within(&frames);
        let behind = layout.blocks_in(element).end.max(first + 1);
        self.html.push_str("<pre>");
        let mut text = String::new();
        for block in (first..behind).filter(|at| self.accepted[*at]).map(|at| &layout.blocks[at]) {
            if !text.is_empty() {
                text.push('\n');
                self.html.push('\n');
            }
            text.push_str(&block.text);
            self.pieces(block);
        }
        self.html.push_str("</pre>");
        self.paragraphs.push(text);
        behind
    }

    /// The lists, items and quotations around a block, from outside in.
    fn frames(&self, block: &Block) -> Vec<Frame> {
        let mut frames = Vec::new();
        let mut list = None;
        for element in &block.chain {
            if frames.len() >= FRAMES {
                break;
            }
            match &*self.layout.elements[*element].name {
                "ul" => list = Some(Frame::List(*element, "ul")),
                "ol" => list = Some(Frame::List(*element, "ol")),
                "li" => {
                    if let Some(list) = list.take() {
                        frames.extend([list, Frame::Item(*element)]);
                    }
                }
                "blockquote" if !frames.iter().any(|frame| matches!(frame, Frame::Quote(_))) => frames.push(Frame::Quote(*element)),
                _ => (),
            }
        }
        frames
    }

    /// Whether nothing else stands in the item, but for lists inside it.
    fn is_only_block_of(&self, item: usize, at: usize) -> bool {
        let inside =
            |at: usize| self.accepted.get(at) == Some(&true) && self.frames(&self.layout.blocks[at]).last() == Some(&Frame::Item(item));
        !at.checked_sub(1).is_some_and(inside) && !inside(at + 1)
    }

    /// Closes what is open and opens `frames`, but for those that stay open.
    fn within(&mut self, frames: &[Frame]) {
        let shared = self.open.iter().zip(frames).take_while(|(open, frame)| open == frame).count();
        for frame in self.open.drain(shared..).rev() {
            let _ = write!(self.html, "</{}>", frame.name());
        }
        for frame in &frames[shared..] {
            let _ = write!(self.html, "<{}>", frame.name());
            self.open.push(*frame);
        }
    }

    /// Writes a table of data; gives the first block behind it.
    fn table(&mut self, table: usize, first: usize) -> usize {
        self.within(&[]);
        let rows = table::rows(self.layout, table);
        self.html.push_str("<table>");
        if let Some(caption) = table::caption(self.layout, table) {
            self.html.push_str("<caption>");
            self.cell(&self.chosen(table, caption, first));
            self.html.push_str("</caption>");
        }
        self.html.push_str("<tbody>");
        let mut at = first;
        for row in rows {
            self.html.push_str("<tr>");
            for cell in row {
                let element = &self.layout.elements[cell];
                let name = if &*element.name == "th" { "th" } else { "td" };
                let _ = write!(self.html, "<{name}");
                for (attribute, span) in ["colspan", "rowspan"].iter().zip(element.spans) {
                    if let Some(span) = span {
                        let _ = write!(self.html, " {attribute}=\"{span}\"");
                    }
                }
                self.html.push('>');
                let inside = self.chosen(table, cell, at);
                self.cell(&inside);
                at = inside.last().map_or(at, |last| last + 1);
                let _ = write!(self.html, "</{name}>");
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</tbody></table>");
        (at..self.layout.blocks.len()).find(|at| !self.layout.blocks[*at].chain.contains(&table)).unwrap_or(self.layout.blocks.len())
    }

    /// The accepted blocks in a cell or caption of a table, from block `from` on.
    fn chosen(&self, table: usize, cell: usize, from: usize) -> Vec<usize> {
        let blocks = &self.layout.blocks;
        let inside = (from..blocks.len()).take_while(|at| blocks[*at].chain.contains(&table));
        inside.filter(|at| self.accepted[*at] && blocks[*at].chain.contains(&cell)).collect()
    }

    fn cell(&mut self, inside: &[usize]) {
        for at in inside {
            if inside.len() > 1 {
                self.html.push_str("<p>");
            }
            self.words(*at);
            if inside.len() > 1 {
                self.html.push_str("</p>");
            }
        }
    }

    /// Writes the block's words in both forms.
    fn words(&mut self, at: usize) {
        let block = &self.layout.blocks[at];
        self.paragraphs.push(block.text.clone());
        self.pieces(block);
    }

    /// The pieces of a block with what stresses and links them.
    fn pieces(&mut self, block: &Block) {
        for piece in &block.pieces {
            let text = &block.text[piece.range.clone()];
            if text.trim().is_empty() {
                self.html.push_str(text);
                continue;
            }
            let href = piece.link.map(|link| self.layout.links[link].as_str()).filter(|href| !href.trim_start().starts_with('#'));
            let address = href.and_then(|href| self.address(href));
            if let Some(address) = &address {
                let _ = write!(self.html, "<a href=\"{}\">", escape(address.as_str()));
            }
            let styles: Vec<&str> = STYLES.iter().filter(|(style, _)| piece.style.has(*style)).map(|(_, name)| *name).collect();
            for name in &styles {
                let _ = write!(self.html, "<{name}>");
            }
            self.html.push_str(&escape(text));
            for name in styles.iter().rev() {
                let _ = write!(self.html, "</{name}>");
            }
            if address.is_some() {
                self.html.push_str("</a>");
            }
        }
    }
}

/// How styles of letters are written.
const STYLES: [(Style, &str); 6] = [
    (Style::BOLD, "b"),
    (Style::ITALIC, "i"),
    (Style::SUBSCRIPT, "sub"),
    (Style::SUPERSCRIPT, "sup"),
    (Style::CODE, "code"),
    (Style::STRUCK, "s"),
];

/// Text as it may stand between tags and in an attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
