//! The readers that are compared, each called as its own documentation says.

use std::{fmt, str::FromStr};

use dom_smoothie::Readability;
use loa_reader::{article, list};

use crate::pages::Page;

/// What the pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Articles,
    Lists,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Loa,
    DomSmoothie,
    Trafilatura,
}

impl Reader {
    pub const ALL: [Self; 3] = [Self::Loa, Self::DomSmoothie, Self::Trafilatura];

    /// Reads a page; gives how much it found, see [`finds`](Self::finds).
    pub fn read(self, kind: Kind, page: &Page) -> usize {
        match (self, kind) {
            (Self::Loa, Kind::Articles) => article::read(page, &article::Context::default()).text.len() / 1000,
            (Self::Loa, Kind::Lists) => list::discover(&list::Settings::default(), page, &list::Context::default()).candidates.len(),
            (Self::DomSmoothie, _) => {
                let article = Readability::new(page.html.as_str(), Some(page.url.as_str()), None).and_then(|mut reader| reader.parse());
                article.map_or(0, |article| article.text_content.len() / 1000)
            }
            (Self::Trafilatura, _) => {
                let mut options = trafilatura::Options::default();
                options.original_url = Some(page.url.clone());
                trafilatura::extract(&page.html, &options).map_or(0, |found| found.content_text.len() / 1000)
            }
        }
    }

    /// What the number that [`read`](Self::read) gives counts.
    pub fn finds(self, kind: Kind) -> &'static str {
        if (self, kind) == (Self::Loa, Kind::Lists) { "headlines" } else { "kB of text" }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loa => "loa",
            Self::DomSmoothie => "dom_smoothie",
            Self::Trafilatura => "trafilatura",
        }
    }
}

impl FromStr for Reader {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|reader| reader.as_str() == word).ok_or_else(|| format!("`{word}` is no reader"))
    }
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Lists => "lists",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        [Self::Articles, Self::Lists]
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| format!("expected `articles` or `lists`, found `{word}`"))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.as_str())
    }
}
