//! The accepted blocks and pictures as plain HTML, in the order of the page, and the same words as text.

use std::fmt::Write;

use url::Url;

use super::{
    block::{Block, Style},
    features::ends_sentence,
    figures, media,
    media::{Kind, Medium},
    outline::Outline,
    sanitise::sanitise,
    table,
};

/// An article's body in its two forms, and its first picture.
#[derive(Default)]
pub struct Body {
    pub text: String,
    pub html: String,
    pub picture: Option<Url>,
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
    }
}

/// Writes what was `accepted`; `heading` is the block of the headline, addresses start from `base`.
pub fn write(outline: &Outline, accepted: &[bool], heading: Option<usize>, base: &Url) -> Body {
    let mut writer = Writer {
        outline,
        accepted,
        heading,
        base,
        paragraphs: Vec::new(),
        html: String::new(),
        open: Frame::None,
        item: None,
        picture: None,
    };
    writer.run();
    Body { text: writer.paragraphs.join("\n\n"), html: sanitise(&writer.html), picture: writer.picture }
}

/// The element that is open around what is written next, by its place in the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    None,
    List(usize, &'static str),
    Quote(usize),
}

struct Writer<'a> {
    outline: &'a Outline,
    accepted: &'a [bool],
    heading: Option<usize>,
    base: &'a Url,
    paragraphs: Vec<String>,
    html: String,
    open: Frame,
    /// The list item that is open.
    item: Option<usize>,
    picture: Option<Url>,
}

impl Writer<'_> {
    fn run(&mut self) {
        let media = figures::of_article(self.outline, self.accepted, self.heading);
        let mut media = media.into_iter().peekable();
        let mut at = 0;
        while at < self.outline.blocks.len() {
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
            at = match table::of_block(self.outline, self.accepted, at) {
                Some(table) => self.table(table, at),
                None => {
                    self.block(at);
                    at + 1
                }
            };
        }
        for medium in media {
            self.medium(medium, None);
        }
        self.frame(Frame::None);
    }

    /// Writes a picture or a film; true where the block that `follows` became its caption.
    fn medium(&mut self, medium: &Medium, follows: Option<usize>) -> bool {
        match &medium.kind {
            Kind::Picture { address, alt } => {
                let Some(address) = address.as_deref().and_then(|address| media::resolve(self.base, address)) else { return false };
                self.frame(Frame::None);
                self.picture.get_or_insert_with(|| address.clone());
                let _ = write!(self.html, "<figure><img src=\"{}\" alt=\"{}\">", escape(address.as_str()), escape(alt));
                let caption = figures::caption_of(self.outline, self.accepted, medium).filter(|caption| Some(*caption) == follows);
                if let Some(caption) = caption {
                    self.html.push_str("<figcaption>");
                    self.words(caption);
                    self.html.push_str("</figcaption>");
                }
                self.html.push_str("</figure>");
                caption.is_some()
            }
            Kind::Film { address } => {
                self.frame(Frame::None);
                self.film(address);
                false
            }
        }
    }

    /// A film that feed readers can play stays one; others become a still that links to them, or a link.
    fn film(&mut self, address: &str) {
        let Some(address) = media::resolve(self.base, address) else { return };
        let link = escape(address.as_str());
        let path = address.path().to_ascii_lowercase();
        if [".mp3", ".m4a", ".ogg", ".wav"].iter().any(|ending| path.ends_with(ending)) {
            let _ = write!(self.html, "<audio src=\"{link}\" controls></audio>");
        } else if let Some((watch, still)) = media::youtube(&address) {
            let _ = write!(self.html, "<figure><a href=\"{}\"><img src=\"{}\" alt=\"video\"></a></figure>", escape(&watch), escape(&still));
        } else if media::is_player(address.as_str()) {
            self.paragraphs.push(address.to_string());
            let _ = write!(self.html, "<p><a href=\"{link}\">{link}</a></p>");
        } else {
            let _ = write!(self.html, "<video src=\"{link}\" controls></video>");
        }
    }

    fn block(&mut self, at: usize) {
        let outline = self.outline;
        let block = &outline.blocks[at];
        let innermost =
            |names: &[&str]| block.chain.iter().rev().copied().find(|element| names.contains(&&*outline.elements[*element].name));
        // A whole sentence of some length is a lead, not a heading, whatever its element.
        let is_sentence = block.words > 14 && ends_sentence(&block.text);
        let heading = innermost(&["h1", "h2", "h3", "h4", "h5", "h6"]).filter(|_| !is_sentence);
        let element = if let Some(heading) = heading {
            self.frame(Frame::None);
            match &*outline.elements[heading].name {
                "h1" | "h2" => "h2",
                "h3" => "h3",
                _ => "h4",
            }
        } else if let (Some(list), Some(item)) = (innermost(&["ul", "ol"]), innermost(&["li"])) {
            let name = if &*outline.elements[list].name == "ol" { "ol" } else { "ul" };
            self.frame(Frame::List(list, name));
            self.item(item);
            // An item that is one block needs no paragraph of its own.
            if self.is_only_block_of(item, at) { "" } else { "p" }
        } else if let Some(quote) = innermost(&["blockquote"]) {
            self.frame(Frame::Quote(quote));
            "p"
        } else {
            self.frame(Frame::None);
            "p"
        };
        if !element.is_empty() {
            let _ = write!(self.html, "<{element}>");
        }
        self.words(at);
        if !element.is_empty() {
            let _ = write!(self.html, "</{element}>");
        }
    }

    fn is_only_block_of(&self, item: usize, at: usize) -> bool {
        let inside = |at: &usize| self.accepted[*at] && self.outline.blocks[*at].chain.contains(&item);
        let before = at.checked_sub(1).is_some_and(|before| inside(&before));
        let after = at + 1 < self.outline.blocks.len() && inside(&(at + 1));
        !before && !after
    }

    /// Closes what is open and opens `frame`, unless it is open.
    fn frame(&mut self, frame: Frame) {
        if self.open == frame {
            return;
        }
        if self.item.take().is_some() {
            self.html.push_str("</li>");
        }
        match self.open {
            Frame::None => (),
            Frame::List(_, name) => {
                let _ = write!(self.html, "</{name}>");
            }
            Frame::Quote(_) => self.html.push_str("</blockquote>"),
        }
        match frame {
            Frame::None => (),
            Frame::List(_, name) => {
                let _ = write!(self.html, "<{name}>");
            }
            Frame::Quote(_) => self.html.push_str("<blockquote>"),
        }
        self.open = frame;
    }

    fn item(&mut self, item: usize) {
        if self.item == Some(item) {
            return;
        }
        if self.item.is_some() {
            self.html.push_str("</li>");
        }
        self.html.push_str("<li>");
        self.item = Some(item);
    }

    /// Writes a table of data; gives the first block behind it.
    fn table(&mut self, table: usize, first: usize) -> usize {
        self.frame(Frame::None);
        let rows = table::rows(self.outline, table);
        self.html.push_str("<table><tbody>");
        let mut at = first;
        for row in rows {
            self.html.push_str("<tr>");
            for cell in row {
                let element = &self.outline.elements[cell];
                let name = if &*element.name == "th" { "th" } else { "td" };
                let _ = write!(self.html, "<{name}");
                for (attribute, span) in ["colspan", "rowspan"].iter().zip(element.spans) {
                    if let Some(span) = span {
                        let _ = write!(self.html, " {attribute}=\"{span}\"");
                    }
                }
                self.html.push('>');
                let inside: Vec<usize> = (at..self.outline.blocks.len())
                    .take_while(|at| self.outline.blocks[*at].chain.contains(&table))
                    .filter(|at| self.accepted[*at] && self.outline.blocks[*at].chain.contains(&cell))
                    .collect();
                for at in &inside {
                    if inside.len() > 1 {
                        self.html.push_str("<p>");
                    }
                    self.words(*at);
                    if inside.len() > 1 {
                        self.html.push_str("</p>");
                    }
                }
                at = inside.last().map_or(at, |last| last + 1);
                let _ = write!(self.html, "</{name}>");
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</tbody></table>");
        (at..self.outline.blocks.len()).find(|at| !self.outline.blocks[*at].chain.contains(&table)).unwrap_or(self.outline.blocks.len())
    }

    /// Writes the block's words in both forms.
    fn words(&mut self, at: usize) {
        let block = &self.outline.blocks[at];
        self.paragraphs.push(block.text.clone());
        push_pieces(&mut self.html, block, &self.outline.links, self.base);
    }
}

/// The pieces of a block with what stresses and links them.
fn push_pieces(html: &mut String, block: &Block, links: &[String], base: &Url) {
    const STYLES: [(Style, &str); 6] = [
        (Style::BOLD, "b"),
        (Style::ITALIC, "i"),
        (Style::SUBSCRIPT, "sub"),
        (Style::SUPERSCRIPT, "sup"),
        (Style::CODE, "code"),
        (Style::STRUCK, "s"),
    ];
    for piece in &block.pieces {
        let text = &block.text[piece.range.clone()];
        if text.trim().is_empty() {
            html.push_str(text);
            continue;
        }
        let href = piece.link.map(|link| links[link].as_str()).filter(|href| !href.trim_start().starts_with('#'));
        let address = href.and_then(|href| media::resolve(base, href));
        if let Some(address) = &address {
            let _ = write!(html, "<a href=\"{}\">", escape(address.as_str()));
        }
        let styles: Vec<&str> = STYLES.iter().filter(|(style, _)| piece.style.has(*style)).map(|(_, name)| *name).collect();
        for name in &styles {
            let _ = write!(html, "<{name}>");
        }
        html.push_str(&escape(text));
        for name in styles.iter().rev() {
            let _ = write!(html, "</{name}>");
        }
        if address.is_some() {
            html.push_str("</a>");
        }
    }
}

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
