//! What another reader, `dom_smoothie`, takes for the article: one voice among the features.

use dom_query::Document;
use dom_smoothie::Readability;

use super::{outline::Outline, shared::shares};

/// The other reader's answer.
#[derive(Default)]
pub struct Vote {
    text: String,
    pub byline: Option<String>,
}

impl Vote {
    /// Takes the document, for the other reader cuts it up.
    pub fn of(document: Document) -> Self {
        let Ok(mut reader) = Readability::with_document(document, None, None) else { return Self::default() };
        let Ok(article) = reader.parse() else { return Self::default() };
        let text = crate::tree::text_of(&reader.doc.root());
        Self { text, byline: article.byline.map(|byline| super::metadata::plain(&byline)) }
    }

    /// The share of each block that is in the answer, from 0 to 1.
    pub fn shares(&self, outline: &Outline) -> Vec<f32> {
        shares(&self.text, &outline.blocks)
    }
}
