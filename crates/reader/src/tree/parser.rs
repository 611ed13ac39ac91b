//! The parser behind the guard: plain tags and text go straight to html5ever's tree builder, all else is tokenized.
//!
//! The tokenizer takes a step for each letter of a tag, which is most of what parsing a page costs. It is asked only
//! for what [`tag`] does not read: comments, declarations, and markup that is broken. The tree is the same.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use dom_query::{Document, NodeId};
use html5ever::{
    LocalName, TokenizerResult,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{
        Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::{RawKind, State},
    },
    tree_builder::TreeBuilder,
};
use memchr::{memchr, memchr_iter, memchr3, memmem};

use super::{
    reference::{self, Place},
    tag,
};

/// Bytes that the tokenizer is given at once, at most.
const PIECE: usize = 2048;
/// Nobody asks for line numbers.
const LINE: u64 = 1;

/// Attributes that a formatting element keeps; the rest is of no use to a reader.
const MAX_ATTRIBUTES: usize = 20;
/// Bytes of a value of theirs: in a longer one a quote is missing, and every copy of the element would be read with it.
const MAX_VALUE: usize = 4_096;
/// Those that a reader asks for are kept first: broken quotes may put others before them.
const ASKED_FOR: [&str; 6] = ["href", "class", "id", "rel", "itemprop", "style"];

/// What makes a tree of tokens.
pub(super) type Builder = TreeBuilder<NodeId, Document>;

/// Cuts a page into tokens and gives them to the builder.
pub(super) struct Parser<'b> {
    builder: &'b Builder,
    page: StrTendril,
    /// What stands before is parsed.
    at: usize,
    /// Only while something is read that is not plain.
    tokenizer: Option<Tokenizer<Watch<'b>>>,
    /// Before what the tokenizer is in the midst of, unless that was looked at.
    unfinished: Option<usize>,
    weight: Rc<Weight>,
    names: tag::Names,
}

/// The most attributes that a formatting element had so far, and the most bytes of their values. Such an element is
/// made again, with all of them, in each block that begins before it ends.
#[derive(Debug, Default)]
struct Weight {
    attributes: Cell<usize>,
    bytes: Cell<usize>,
}

impl Weight {
    fn weigh(&self, tag: &mut Tag) {
        if tag.kind == TagKind::EndTag || tag.attrs.is_empty() {
            return;
        }
        let is_formatting = matches!(
            &*tag.name,
            "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
        );
        if is_formatting {
            tag.attrs.retain(|attribute| attribute.value.len() <= MAX_VALUE);
            if tag.attrs.len() > MAX_ATTRIBUTES {
                tag.attrs.sort_by_key(|attribute| !ASKED_FOR.contains(&&*attribute.name.local));
                tag.attrs.truncate(MAX_ATTRIBUTES);
            }
            self.attributes.set(self.attributes.get().max(tag.attrs.len()));
            self.bytes.set(self.bytes.get().max(tag.attrs.iter().map(|attribute| attribute.value.len()).sum()));
        }
    }
}

impl<'b> Parser<'b> {
    /// Begins with `html`, without a byte order mark and with plain line ends.
    pub(super) fn new(builder: &'b Builder, html: &str) -> Self {
        let html = html.trim_start_matches('\u{feff}');
        let page =
            if memchr(b'\r', html.as_bytes()).is_some() { html.replace("\r\n", "\n").replace('\r', "\n").into() } else { html.into() };
        Self { builder, page, at: 0, tokenizer: None, unfinished: None, weight: Rc::default(), names: tag::Names::default() }
    }

    /// The most attributes that the parser may copy with an element.
    pub(super) fn most_attributes_copied(&self) -> usize {
        self.weight.attributes.get()
    }

    /// The most bytes of attributes that the parser may copy with an element.
    pub(super) fn most_bytes_copied(&self) -> usize {
        self.weight.bytes.get()
    }

    /// Parses some more; true when that was all.
    pub(super) fn advance(&mut self) -> bool {
        let until = self.page.len().min(self.at + PIECE);
        while self.at < until {
            if self.tokenizer.is_some() || !self.take_plain() {
                self.feed();
            }
        }
        self.at == self.page.len()
    }

    /// Tells the builder that nothing more comes.
    pub(super) fn finish(self) {
        let Self { builder, weight, tokenizer, .. } = self;
        tokenizer.unwrap_or_else(|| Watch::tokenizer(builder, &weight, None, None)).end();
    }

    /// Takes a run of text or a tag; false where neither is plain.
    fn take_plain(&mut self) -> bool {
        let rest = &self.page.as_bytes()[self.at..];
        let text = memchr3(b'<', b'&', 0, rest).unwrap_or(rest.len());
        if text > 0 {
            self.take_text(text);
            return true;
        }
        if rest[0] == b'&' {
            let Some((found, length)) = reference::read(&self.page[self.at..], Place::Text) else { return false };
            self.process_text(found.into_iter().flatten().collect::<String>().into());
            self.at += length;
            return true;
        }
        let Some((tag, end)) = tag::read(&self.page, self.at, &mut self.names) else { return false };
        self.at = end;
        self.give(tag);
        true
    }

    #[inline(always)]
    fn give(&mut self, mut tag: Tag) {
        self.weight.weigh(&mut tag);
        let name = tag.name.clone();
        match self.builder.process_token(Token::TagToken(tag), LINE) {
            TokenSinkResult::RawData(kind) => self.take_raw(kind, &name),
            TokenSinkResult::Plaintext => self.tokenizer = Some(Watch::tokenizer(self.builder, &self.weight, Some(State::Plaintext), None)),
            TokenSinkResult::Continue | TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => (),
        }
    }

    fn take_text(&mut self, length: usize) {
        self.process_text(tag::part(&self.page, self.at, self.at + length));
        self.at += length;
    }

    fn process_text(&self, text: StrTendril) {
        // Text changes nothing about how the next token is read.
        let _ = self.builder.process_token(Token::CharacterTokens(text), LINE);
    }

    /// Takes the text of a script, a style sheet, a title: half of a page is such text. It ends with the element.
    fn take_raw(&mut self, kind: RawKind, name: &LocalName) {
        let rest = &self.page[self.at..];
        let end = memchr_iter(b'<', rest.as_bytes()).find(|at| tag::closes(&rest.as_bytes()[*at..], name));
        let plain = |end: usize| {
            let text = &rest[..end];
            match kind {
                _ if memchr(0, text.as_bytes()).is_some() => None,
                RawKind::Rcdata if text.contains('&') => Some((StrTendril::from(reference::resolve(text, Place::Text)?), end)),
                // A comment can hide the end of a script.
                RawKind::ScriptData if memmem::find(text.as_bytes(), b"<!--").is_some() => None,
                RawKind::ScriptDataEscaped(_) => None,
                _ => Some((tag::part(&self.page, self.at, self.at + end), end)),
            }
        };
        match end.and_then(plain) {
            Some((text, length)) => {
                self.process_text(text);
                self.at += length;
            }
            None => self.tokenizer = Some(Watch::tokenizer(self.builder, &self.weight, Some(State::RawData(kind)), Some(name.to_string()))),
        }
    }

    /// Gives the tokenizer what goes up to the next `>`, and lets it go when that has ended a tag or the like.
    fn feed(&mut self) {
        let rest = &self.page[self.at..];
        let piece = &rest[..rest.floor_char_boundary(PIECE)];
        let end = self.at + piece.find('>').map_or(piece.len(), |at| at + 1);
        let queue = BufferQueue::default();
        queue.push_back(tag::part(&self.page, self.at, end));
        let start = std::mem::replace(&mut self.at, end);
        let is_new = self.tokenizer.is_none();
        let (builder, weight) = (self.builder, &self.weight);
        let tokenizer = self.tokenizer.get_or_insert_with(|| Watch::tokenizer(builder, weight, None, None));
        tokenizer.sink.is_between_tags.set(false);
        tokenizer.sink.has_token.set(false);
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        if tokenizer.sink.is_between_tags.get() {
            self.tokenizer = None;
        } else if is_new || tokenizer.sink.has_token.get() {
            self.unfinished = Some(start);
        } else if let Some(start) = self.unfinished.take() {
            let overloaded = tag::read_overloaded(&self.page, start, tokenizer.sink.raw.borrow().as_ref());
            if let Some((tag, end)) = overloaded {
                // The tokenizer would compare each of its attributes with all of them.
                self.tokenizer = None;
                self.at = end;
                self.give(tag);
            }
        }
    }
}

/// Passes tokens on and sees when the tokenizer stands between two of them.
struct Watch<'b> {
    builder: &'b Builder,
    weight: Rc<Weight>,
    /// A tag, comment or declaration has just ended, and text comes that is not raw.
    is_between_tags: Cell<bool>,
    /// Something was passed on.
    has_token: Cell<bool>,
    /// The element whose raw text is read.
    raw: RefCell<Option<LocalName>>,
}

impl<'b> Watch<'b> {
    fn tokenizer(
        builder: &'b Builder,
        weight: &Rc<Weight>,
        initial_state: Option<State>,
        last_start_tag_name: Option<String>,
    ) -> Tokenizer<Self> {
        let options = TokenizerOpts { initial_state, last_start_tag_name, discard_bom: false, ..Default::default() };
        let raw = RefCell::new(options.last_start_tag_name.as_deref().map(LocalName::from));
        let (is_between_tags, has_token) = (Cell::new(false), Cell::new(false));
        Tokenizer::new(Self { builder, weight: weight.clone(), is_between_tags, has_token, raw }, options)
    }
}

impl TokenSink for Watch<'_> {
    type Handle = NodeId;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let name = if let Token::TagToken(tag) = &mut token {
            self.weight.weigh(tag);
            Some(tag.name.clone())
        } else {
            None
        };
        let is_error = matches!(token, Token::ParseError(_));
        self.has_token.set(self.has_token.get() || !is_error);
        let ends_with_bracket = match token {
            Token::ParseError(_) => self.is_between_tags.get(),
            Token::TagToken(_) | Token::CommentToken(_) | Token::DoctypeToken(_) => true,
            Token::CharacterTokens(_) | Token::NullCharacterToken | Token::EOFToken => false,
        };
        let result = self.builder.process_token(token, line);
        let is_raw = matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext);
        self.is_between_tags.set(ends_with_bracket && !is_raw);
        if name.is_some() {
            self.raw.replace(name.filter(|_| is_raw));
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
